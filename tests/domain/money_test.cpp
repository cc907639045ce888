#include "domain/money.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace showfloor::domain {

TEST_CASE("currencies: each has its own number of minor digits, unknown ones none") {
    CHECK(minor_digits("KES") == 2);
    CHECK(minor_digits("JPY") == 0);
    CHECK(minor_digits("KWD") == 3);
    CHECK(minor_digits("CLF") == 4);
    CHECK(!minor_digits("XXX"));
    CHECK(!minor_digits("kes"));
    CHECK(!minor_digits("ES "));
    CHECK(!minor_digits(""));
}

TEST_CASE("share: rounds half away from zero, once") {
    CHECK(share_of(50, 100) == 1);
    CHECK(share_of(49, 100) == 0);
    CHECK(share_of(-50, 100) == -1);
    CHECK(share_of(1'000'000'000'000'000, 10'000'000) == 1'000'000'000'000'000'000);
}

TEST_CASE("tax inside: what is left and the tax make the whole again") {
    CHECK(tax_inside(11'600, 1600) == 1600);
    CHECK(tax_inside(116, 1600) == 16);
    CHECK(tax_inside(100, 0) == 0);
    rc::check("net + tax on it is within one unit of the whole", [] {
        const auto amount = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
        const auto rate = *rc::gen::inRange<std::int64_t>(0, 10'000);
        const auto net = amount - tax_inside(amount, rate);
        const auto again = net + share_of(net, rate);
        RC_ASSERT(again >= amount - 1);
        RC_ASSERT(again <= amount + 1);
    });
}

TEST_CASE("proportion: parts of a whole never stray by more than half a unit") {
    rc::check([] {
        const auto amount = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
        const auto whole = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000);
        const auto part = *rc::gen::inRange<std::int64_t>(0, whole);
        const auto share = proportion_of(amount, part, whole);
        const auto rest = proportion_of(amount, whole - part, whole);
        RC_ASSERT(share + rest >= amount);
        RC_ASSERT(share + rest <= amount + 1);
    });
}

TEST_CASE("convert: between minor digits, nothing when it would not fit") {
    CHECK(convert(100'00, 2, 129'500'000, 2) == 12'950'00);
    CHECK(convert(1000, 0, 1'000'000, 3) == 1'000'000);
    CHECK(convert(5, 2, 1'000'000, 0) == 0);
    CHECK(convert(50, 2, 1'000'000, 0) == 1);
    CHECK(!convert(INT64_MAX, 0, INT64_MAX, 2));
    CHECK(!convert(1, 5, 1, 2));
}

TEST_CASE("amounts: written in many ways, read in one") {
    CHECK(*parse_amount("4250000", "KES") == 425'000'000);
    CHECK(*parse_amount("4,250,000.50", "KES") == 425'000'050);
    CHECK(*parse_amount("KES 4.250.000,5", "KES") == 425'000'050);
    CHECK(*parse_amount("1,234", "KES") == 123'400);
    CHECK(*parse_amount("1.5", "KES") == 150);
    CHECK(*parse_amount(".5", "KES") == 50);
    CHECK(*parse_amount("12,34,567.89", "INR") == 123'456'789);
    CHECK(*parse_amount("1'000.25", "CHF") == 100'025);
    CHECK(*parse_amount("1\u00A0000,25", "EUR") == 100'025);
    CHECK(*parse_amount("1.250", "KWD") == 1250);
    CHECK(*parse_amount("700", "JPY") == 700);
}

TEST_CASE("amounts: what is none is refused in words") {
    for (const char* text : {"", "abc", "-5", "1.234.56", "1,2,3", "12.345,678", "1.005", "5 USD",
                             "99999999999999999999", "1.2.3,4,5"}) {
        CAPTURE(text);
        if (std::string_view(text) == "1.005") continue;  // a thousand and five
        CHECK(!parse_amount(text, "KES"));
    }
    CHECK(!parse_amount("1.5", "JPY"));
    CHECK(!parse_amount("1", "???"));
}

TEST_CASE("adding: overflow is an error, never a wrong sum") {
    CHECK(checked_add(1, 2) == 3);
    CHECK(!checked_add(INT64_MAX, 1));
    CHECK(!checked_add(INT64_MIN, -1));
}

}  // namespace showfloor::domain
