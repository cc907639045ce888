#include "base/clock.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace showfloor::base {

namespace {

constexpr UtcMs kStart = 1'750'000'000'000;
constexpr UtcMs kHour = 3'600'000;
constexpr UtcMs kYear = 366LL * 24 * kHour;

}  // namespace

TEST_CASE("TrustedClock: never heard central: starts at the wall clock, then only counts") {
    FakeClock machine(kStart);
    TrustedClock trusted(machine, {});
    CHECK(trusted.now() == kStart);
    machine.jump_wall(10 * kYear);
    CHECK(trusted.now() == kStart);
    machine.jump_wall(-20 * kYear);
    machine.advance(kHour);
    CHECK(trusted.now() == kStart + kHour);
    CHECK(trusted.wall_skew_ms() == 0);
}

TEST_CASE("TrustedClock: central's time replaces the estimate and tells the skew") {
    FakeClock machine(kStart);
    TrustedClock trusted(machine, {});
    trusted.heard_central(kStart + 7 * kHour);
    CHECK(trusted.now() == kStart + 7 * kHour);
    CHECK(trusted.wall_skew_ms() == -7 * kHour);
    machine.advance(kHour);
    CHECK(trusted.now() == kStart + 8 * kHour);
    CHECK(trusted.wall_skew_ms() == -7 * kHour);
}

TEST_CASE("TrustedClock: central behind our estimate: time stands still, it never goes back") {
    FakeClock machine(kStart);
    TrustedClock trusted(machine, {});
    CHECK(trusted.now() == kStart);
    trusted.heard_central(kStart - kHour);
    CHECK(trusted.now() == kStart);
    machine.advance(kHour / 2);
    CHECK(trusted.now() == kStart);
    machine.advance(kHour);
    CHECK(trusted.now() == kStart + kHour / 2);
}

TEST_CASE(
    "TrustedClock: a restart with the wall clock turned back does not turn trusted time back") {
    FakeClock machine(kStart);
    TrustedClock::Saved saved;
    {
        TrustedClock trusted(machine, {});
        trusted.heard_central(kStart + kHour);
        saved = trusted.saved();
    }
    machine.reboot();
    machine.jump_wall(-5 * kYear);
    const TrustedClock again(machine, saved);
    CHECK(again.now() == kStart + kHour);
}

TEST_CASE("TrustedClock: a restart after a weekend goes on at the wall clock") {
    FakeClock machine(kStart);
    TrustedClock trusted(machine, {kStart - 60 * kHour});
    CHECK(trusted.now() == kStart);
}

TEST_CASE("TrustedClock: a wall clock set years ahead is not believed across a restart") {
    FakeClock machine(kStart);
    machine.jump_wall(10 * kYear);
    const TrustedClock trusted(machine, {kStart});
    CHECK(trusted.now() == kStart);
}

TEST_CASE("TrustedClock: never goes back, whatever happens") {
    CHECK(
        rc::check("monotonic", [](const std::vector<std::pair<std::uint8_t, std::int32_t>>& acts) {
            FakeClock machine(kStart);
            TrustedClock trusted(machine, {kStart});
            UtcMs before = trusted.now();
            for (const auto& [act, amount] : acts) {
                if (act % 3 == 0)
                    machine.advance(amount < 0 ? -static_cast<std::int64_t>(amount) : amount);
                if (act % 3 == 1) machine.jump_wall(amount);
                if (act % 3 == 2) trusted.heard_central(kStart + amount);
                RC_ASSERT(trusted.now() >= before);
                before = trusted.now();
            }
        }));
}

TEST_CASE("SystemClock: boot time moves on and wall time is of this century") {
    const SystemClock clock;
    const auto before = clock.boot_ms();
    CHECK(clock.boot_ms() >= before);
    CHECK(clock.wall() > 1'700'000'000'000);
}

}  // namespace showfloor::base
