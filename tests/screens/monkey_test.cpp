// A monkey plays with the terminal: nothing crashes, no screen holds it, and it finds no way out.
// 30 s of its time in every test run; SHOWFLOOR_LONG=1 plays 10 minutes a seed.

#include <malloc.h>

#include <algorithm>
#include <cstdlib>

#include "monkey.hpp"
#include "terminal/limits.hpp"

using namespace showfloor;

namespace {

constexpr int kMostInVain = 60;  // two of three acts are drags, keys and touches of nothing
constexpr std::size_t kMostGrowth = 1U << 20;

std::int64_t play_ms() {
    const bool is_long = std::getenv("SHOWFLOOR_LONG") != nullptr;
    return is_long ? 10 * 60'000 : 30'000;
}

// Nobody touches it any more: from wherever it was left the terminal comes back to the pictures by
// itself, remembers nothing, and a touch leads to the cars.
void check_way_home(test::ScreenStage& stage) {
    CHECK_FALSE(stage.shell.leave);  // it found no way out of the program
    stage.pass(terminal::kSignOutAfterMs + terminal::kWarnForMs + stage.shell.idle_ms);
    CHECK(stage.screen() == "attract");
    CHECK_FALSE(stage.app.person().has_value());
    CHECK(stage.shell.visit == terminal::Visit{});
    stage.tap("screen:attract");
    CHECK(stage.screen() == "browse");
    CHECK(stage.navigator.depth() == 1);
}

// What nobody's memory holds at the end was let go; 0 under a sanitizer, which looks for itself.
std::size_t heap_in_use() {
    return ::mallinfo2().uordblks + ::mallinfo2().hblkhd;
}

void play_as_visitor(const char* locale, int width, int height, std::uint32_t seed) {
    INFO("seed ", seed, " in ", locale, " on ", width, "x", height);
    test::ScreenStage stage(locale, "day", width, height);
    std::size_t before = 0;
    int screens = 0;
    for (const std::uint32_t round : {0U, 1U, 2U}) {
        const auto report = test::play(stage, seed + 10 * round, play_ms() / 3);
        CHECK(report.acts > 10);
        screens = std::max(screens, report.screens);
        CHECK(report.most_in_vain < kMostInVain);
        CHECK_FALSE(stage.app.person().has_value());  // nobody signs in by chance
        check_way_home(stage);
        // The first round fills what is kept on purpose: letters, the cars that were looked at.
        if (round == 1) before = heap_in_use();
    }
    CHECK(screens >= 2);
    CHECK(heap_in_use() < before + kMostGrowth);
}

}  // namespace

TEST_CASE("monkey: a visitor's screens, landscape") {
    play_as_visitor("en", 1920, 1080, 1);
}
TEST_CASE("monkey: a visitor's screens, portrait, Arabic") {
    play_as_visitor("ar", 1080, 1920, 2);
}

TEST_CASE("monkey: a seller's screens") {
    for (const std::uint32_t seed : {3U, 4U}) {
        INFO("seed ", seed);
        test::ScreenStage stage("en", "night", 1280, 800);
        stage.sign_in_as(stage.app.house.seller);
        stage.shell.to_sale(test::Dealership::car(100));
        stage.settle();
        const auto report = test::play(stage, seed, play_ms());
        CHECK(report.acts > 50);
        CHECK(report.most_in_vain < kMostInVain);
        check_way_home(stage);
    }
}
