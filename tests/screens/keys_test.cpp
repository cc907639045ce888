// The four arrows alone: every stop of every screen is reached from the first, both ways up and in
// both directions of reading.

#include <deque>
#include <map>
#include <set>

#include "stage_visit.hpp"

using namespace showfloor;
using test::ScreenStage;
using ui::Key;

namespace {

constexpr Key kArrows[] = {Key::kUp, Key::kDown, Key::kLeft, Key::kRight};

// Sideways keys move a caret or a slider; the way on leads up or down.
bool leads_on(const ui::Item& item, Key arrow) {
    const bool sideways = arrow == Key::kLeft || arrow == Key::kRight;
    return !sideways || !(item.adjustable || item.field);
}

// From each stop reached, the arrows that lead there from the first.
std::map<std::string, std::vector<Key>> reached(const ui::Registry& shown) {
    std::map<std::string, std::vector<Key>> ways;
    const ui::Item* first = ui::Interaction::next_stop(shown, nullptr, Key::kDown);
    if (first == nullptr) return ways;
    ways[first->id] = {};
    std::deque<const ui::Item*> waiting = {first};
    while (!waiting.empty()) {
        const ui::Item* from = waiting.front();
        waiting.pop_front();
        for (const Key arrow : kArrows) {
            if (!leads_on(*from, arrow)) continue;
            const ui::Item* to = ui::Interaction::next_stop(shown, from, arrow);
            if (to == nullptr || ways.contains(to->id)) continue;
            ways[to->id] = ways[from->id];
            ways[to->id].push_back(arrow);
            waiting.push_back(to);
        }
    }
    return ways;
}

void check_arrows(const ScreenStage& stage, const std::string& name) {
    INFO("on ", name, " of ", stage.width, "x", stage.height, " in ",
         std::string(stage.strings.locale().code));
    const ui::Registry& shown = stage.stage->registry();
    const auto ways = reached(shown);
    for (const ui::Item& item : shown.items()) {
        if (!shown.keys_reach(item)) continue;
        // What the keyboard lies over comes back when the field is left.
        if (stage.stage->context().edited() && item.layer == ui::Layer::kScreen) {
            const ui::Item* seen = shown.hit(item.rect.centre());
            if (seen == nullptr || seen->layer != ui::Layer::kScreen) continue;
        }
        INFO("not reached: ", item.id, " at ", item.rect.x, ",", item.rect.y, " ", item.rect.w, "x",
             item.rect.h);
        CHECK(ways.contains(item.id));
    }
}

void walk(const char* locale, int width, int height) {
    ScreenStage stage(locale, "day", width, height);
    test::visit_every_screen(stage, [&](const std::string& name) { check_arrows(stage, name); });
}

}  // namespace

TEST_CASE("keys: arrows alone reach every stop, English, landscape") {
    walk("en", 1920, 1080);
}
TEST_CASE("keys: arrows alone reach every stop, English, portrait") {
    walk("en", 1080, 1920);
}
TEST_CASE("keys: arrows alone reach every stop, Arabic, landscape") {
    walk("ar", 1920, 1080);
}
TEST_CASE("keys: arrows alone reach every stop, Arabic, portrait") {
    walk("ar", 1080, 1920);
}

// The ways above are those of hands: pressed one after another they end where they say.
TEST_CASE("keys: arrows pressed on the list of cars go where their ways lead") {
    ScreenStage stage;
    stage.tap("card:" + test::Dealership::car(100).to_string());
    const auto ways = reached(stage.stage->registry());
    REQUIRE(ways.size() > 8);
    for (const auto& [id, way] : ways) {
        const ui::Item* item = stage.find(id);
        if (item == nullptr || !item->scroll_id.empty()) continue;  // the page moves under those
        stage.stage->context().interaction().focus("");
        stage.hand.key(Key::kDown);
        for (const Key arrow : way)
            stage.hand.key(arrow);
        INFO(id);
        CHECK(stage.stage->context().interaction().focused() == id);
    }
}
