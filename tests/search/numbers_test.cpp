#include "search/numbers.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <limits>

using showfloor::search::Numbers;

TEST_CASE("any numbers: come back as they were put, set, and cut, whatever their size") {
    CHECK(rc::check([] {
        using Limits = std::numeric_limits<std::int64_t>;
        const auto number = rc::gen::oneOf(
            rc::gen::inRange<std::int64_t>(-130, 130), rc::gen::inRange<std::int64_t>(0, 70'000),
            rc::gen::arbitrary<std::int64_t>(),
            rc::gen::element<std::int64_t>(Limits::min(), Limits::min() + 1, Limits::max()));
        auto truth = *rc::gen::container<std::vector<std::int64_t>>(number);
        Numbers numbers;
        for (const auto each : truth)
            numbers.push_back(each);
        if (!truth.empty()) {
            const auto at = *rc::gen::inRange<std::size_t>(0, truth.size());
            numbers.set(at, truth[at] = *number);
            const auto kept = *rc::gen::inRange<std::size_t>(0, truth.size() + 1);
            truth.resize(kept);
            numbers.resize(kept);
        }
        numbers.shrink_to_fit();
        RC_ASSERT(numbers.size() == truth.size());
        for (std::size_t i = 0; i < truth.size(); ++i)
            RC_ASSERT(numbers[i] == truth[i]);
    }));
}
