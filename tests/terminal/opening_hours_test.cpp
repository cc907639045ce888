// Opening hours: read from the branch's words; what cannot be read closes nothing.

#include <doctest/doctest.h>

#include "terminal/opening_hours.hpp"

using showfloor::terminal::parse_opening_hours;

TEST_CASE("opening hours: days, spans and closed days are read") {
    const auto hours =
        parse_opening_hours("Mon-Fri 08:00-18:00; Sat 09:00-12:00,13:00-16:00; Sun closed");
    REQUIRE(hours.has_value());
    CHECK(hours->open_at(1, 8 * 60));
    CHECK_FALSE(hours->open_at(1, 18 * 60));
    CHECK(hours->open_at(6, 15 * 60));
    CHECK_FALSE(hours->open_at(6, 12 * 60 + 30));
    CHECK_FALSE(hours->open_at(0, 12 * 60));
    const auto next = hours->next_opening(6, 17 * 60);
    REQUIRE(next.has_value());
    CHECK(next->days_ahead == 2);
    CHECK(next->weekday == 1);
    CHECK(next->minute == 8 * 60);
    CHECK(hours->next_opening(1, 6 * 60)->days_ahead == 0);
}

TEST_CASE("opening hours: a week that wraps, and what nobody can read") {
    const auto hours = parse_opening_hours("Fri-Mon 10:00-20:00");
    REQUIRE(hours.has_value());
    CHECK(hours->open_at(0, 11 * 60));
    CHECK_FALSE(hours->open_at(3, 11 * 60));
    CHECK_FALSE(parse_opening_hours("").has_value());
    CHECK_FALSE(parse_opening_hours("from dawn till dusk").has_value());
    CHECK_FALSE(parse_opening_hours("Mon 18:00-08:00").has_value());
    CHECK_FALSE(parse_opening_hours("Mon 25:00-26:00").has_value());
    // Closed for good: there is no next opening, and nothing loops.
    CHECK_FALSE(parse_opening_hours("Mon-Sun closed")->next_opening(2, 0).has_value());
}
