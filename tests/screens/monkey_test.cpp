// A monkey plays with the terminal: nothing crashes, no screen holds it, and it finds no way out.
// 30 s of its time in every test run; SHOWFLOOR_LONG=1 plays 10 minutes a seed.

#include <cstdlib>

#include "monkey.hpp"

using namespace showfloor;

namespace {

std::int64_t play_ms() {
    const bool is_long = std::getenv("SHOWFLOOR_LONG") != nullptr;
    return is_long ? 10 * 60'000 : 30'000;
}

// From wherever it is left, a person comes back to the first screen.
void check_way_home(test::ScreenStage& stage) {
    stage.app.sign_out();
    stage.shell.to_browse();
    stage.settle();
    CHECK(stage.screen() == "browse");
    CHECK(stage.navigator.depth() == 1);
}

void play_as_visitor(const char* locale, int width, int height, std::uint32_t seed) {
    INFO("seed ", seed, " in ", locale, " on ", width, "x", height);
    test::ScreenStage stage(locale, "day", width, height);
    const auto report = test::play(stage, seed, play_ms());
    CHECK(report.acts > 50);
    CHECK(report.screens >= 2);
    CHECK_FALSE(stage.app.person().has_value());  // nobody signs in by chance
    check_way_home(stage);
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
        check_way_home(stage);
    }
}
