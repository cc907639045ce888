#include "base/result.hpp"

#include <doctest/doctest.h>

#include <memory>

namespace showfloor::base {

namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return fail(ErrorKind::kInvalid, "Odd.", "odd", "number");
    return number / 2;
}

Result<int> quarter(int number) {
    SHOWFLOOR_ASSIGN(const int once, half(number));
    SHOWFLOOR_ASSIGN(const int twice, half(once));
    return twice;
}

Result<void> halves_twice(int number) {
    SHOWFLOOR_TRY(quarter(number));
    return {};
}

}  // namespace

TEST_CASE("Result: holds the value or the whole error") {
    CHECK(half(8).ok());
    CHECK(*half(8) == 4);
    const auto failed = half(7);
    CHECK_FALSE(failed);
    CHECK(failed.error().kind == ErrorKind::kInvalid);
    CHECK(failed.error().message == "Odd.");
    CHECK(failed.error().code == "odd");
    CHECK(failed.error().field == "number");
}

TEST_CASE("SHOWFLOOR_ASSIGN and SHOWFLOOR_TRY: the first failure leaves the function") {
    CHECK(*quarter(12) == 3);
    CHECK(quarter(6).error().code == "odd");
    CHECK(halves_twice(8).ok());
    CHECK(halves_twice(3).error().code == "odd");
}

TEST_CASE("Result: a value that can only be moved comes out whole") {
    Result<std::unique_ptr<int>> made = std::make_unique<int>(5);
    const std::unique_ptr<int> taken = std::move(made).value();
    CHECK(*taken == 5);
}

TEST_CASE("Result: a Result of Error-like text is not mistaken for a failure") {
    const Result<std::string> text = std::string("fine");
    CHECK(text.ok());
    CHECK(text->size() == 4);
}

}  // namespace showfloor::base
