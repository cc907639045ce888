// A monkey plays with the terminal: nothing crashes, no screen holds it, it finds no way out, and
// what it does leaves nothing behind in memory. SHOWFLOOR_LONG=1 plays fifteen times as long.

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <vector>

#include "monkey.hpp"
#include "terminal/limits.hpp"

using namespace showfloor;

namespace {

constexpr int kMostInVain = 60;  // two of three acts are drags, keys and touches of nothing
// The first rounds fill what is kept on purpose: letters, pages, the cars that were looked at.
constexpr int kRounds = 8, kWarmRounds = 2;
constexpr double kMostBytesAnAct = 1024;

int acts_of_a_round() {
    const bool is_long = std::getenv("SHOWFLOOR_LONG") != nullptr;
    return is_long ? 3000 : 200;
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

// What one act left behind in the middlemost round: what is kept on purpose grows in one round or
// another by a leap (a sheet of letters twice as large), a leak in every one.
double bytes_an_act(const std::vector<std::size_t>& heap, int acts) {
    std::vector<double> grown;
    for (std::size_t i = 1; i < heap.size(); ++i)
        grown.push_back(static_cast<double>(heap[i]) - static_cast<double>(heap[i - 1]));
    const auto middle = grown.begin() + static_cast<std::ptrdiff_t>(grown.size() / 2);
    std::nth_element(grown.begin(), middle, grown.end());
    return *middle / acts;
}

struct Player {
    const char* locale;
    const char* theme;
    int width, height;
    std::uint32_t seed;
    std::size_t least_screens;  // in all rounds together
};

// `begin` is what a round begins with.
void play_rounds(const Player& who, const std::function<void(test::ScreenStage&)>& begin) {
    INFO("seed ", who.seed, " in ", std::string(who.locale), " on ", who.width, "x", who.height);
    test::ScreenStage stage(who.locale, who.theme, who.width, who.height);
    std::set<std::string> screens;
    std::vector<std::size_t> heap;
    for (int round = 0; round < kRounds; ++round) {
        begin(stage);
        auto report =
            test::play(stage, who.seed + 10 * static_cast<std::uint32_t>(round), acts_of_a_round());
        screens.merge(report.screens);
        CHECK(report.most_in_vain < kMostInVain);
        check_way_home(stage);
        stage.app.submitted = {};
        if (round >= kWarmRounds) heap.push_back(heap_in_use());
    }
    std::string seen;
    for (const std::string& screen : screens)
        seen += screen + " ";
    INFO("saw ", seen);
    CHECK(screens.size() >= who.least_screens);
    const double left = bytes_an_act(heap, acts_of_a_round());
    CHECK(left < kMostBytesAnAct);
}

void play_as_visitor(const Player& who) {
    play_rounds(who, [](test::ScreenStage& stage) {
        CHECK_FALSE(stage.app.person().has_value());  // nobody signs in by chance
    });
}

void play_as_seller(const Player& who) {
    int round = 0;
    play_rounds(who, [&](test::ScreenStage& stage) {
        stage.sign_in_as(stage.app.house.seller);
        if (round++ % 2 == 0)
            stage.shell.to_sale(test::Dealership::car(100));
        else
            stage.shell.to_home();
        stage.settle();
    });
}

}  // namespace

TEST_CASE("monkey: a visitor's screens, landscape") {
    play_as_visitor({"en", "day", 1920, 1080, 1, 5});
}
TEST_CASE("monkey: a visitor's screens, portrait, Arabic") {
    play_as_visitor({"ar", "day", 1080, 1920, 2, 5});
}

TEST_CASE("monkey: a seller's screens, small") {
    play_as_seller({"en", "night", 1280, 800, 3, 12});
}
TEST_CASE("monkey: a seller's screens, portrait, French") {
    play_as_seller({"fr", "contrast", 1080, 1920, 4, 8});
}
