#include "text/zone.hpp"

#include <doctest/doctest.h>

using namespace showfloor::text;

namespace {

constexpr std::int64_t kJanuary2026 = 1'767'268'800'000;  // 2026-01-01T12:00Z
constexpr std::int64_t kJuly2026 = 1'782'907'200'000;     // 2026-07-01T12:00Z
constexpr std::int64_t kJuly2060 = 2'855'908'800'000;     // beyond every list of transitions

}  // namespace

TEST_CASE("zone: offsets by name, summer and winter, east and west, half hours") {
    CHECK(utc_offset_minutes("Africa/Nairobi", kJanuary2026) == 180);
    CHECK(utc_offset_minutes("Africa/Nairobi", kJuly2026) == 180);
    CHECK(utc_offset_minutes("Europe/Berlin", kJanuary2026) == 60);
    CHECK(utc_offset_minutes("Europe/Berlin", kJuly2026) == 120);
    CHECK(utc_offset_minutes("America/New_York", kJanuary2026) == -300);
    CHECK(utc_offset_minutes("America/New_York", kJuly2026) == -240);
    CHECK(utc_offset_minutes("Asia/Kolkata", kJuly2026) == 330);
    CHECK(utc_offset_minutes("UTC", kJuly2026) == 0);
    CHECK(utc_offset_minutes("Africa/Nairobi", kJuly2060) == 180);
}

TEST_CASE("zone: an unknown or empty name is UTC") {
    CHECK(utc_offset_minutes("", kJuly2026) == 0);
    CHECK(utc_offset_minutes("Mars/Olympus", kJuly2026) == 0);
    CHECK(utc_offset_minutes("../../etc/passwd", kJuly2026) == 0);
}
