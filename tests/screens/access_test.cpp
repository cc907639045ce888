// Access without sight or reach: every screen is walked with keys alone, every stop has words to be
// spoken, and no word of the product is cut for want of room.

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "screen_stage.hpp"
#include "ui/speaker.hpp"
#include "visit.hpp"

using namespace showfloor;
using test::ScreenStage;

namespace {

void visit(ScreenStage& stage, const std::function<void(const std::string&)>& look) {
    test::visit_every_screen(
        {stage.app, stage.shell, [&](const std::string& id) { stage.tap(id); },
         [&](const std::string& id, std::string_view words) { stage.type(id, words); },
         [&] { stage.settle(); }, look,
         [&](const std::string& id) { return stage.find(id) != nullptr; },
         std::string(stage.strings.locale().code)});
}

std::set<std::string> stops(const ScreenStage& stage) {
    std::set<std::string> ids;
    for (const ui::Item& item : stage.stage->registry().items())
        if (stage.stage->registry().keys_reach(item) && item.layer != ui::Layer::kKeyboard)
            ids.insert(item.id);
    return ids;
}

// Tab goes round every stop and comes back to where it began. The caret and the focus are put back,
// so that the visit goes on as a hand would.
void check_walk(ScreenStage& stage, const std::string& name) {
    INFO("on ", name);
    ui::Interaction& keys = stage.stage->context().interaction();
    const std::string editing = keys.editing(), focused = keys.focused();
    std::map<std::string, double> offsets;
    for (const ui::ScrollPlace& place : stage.stage->registry().scrolls())
        offsets[place.id] = keys.scroll(place.id).offset;
    stage.hand.key(ui::Key::kTab);
    const std::string first = keys.focused();
    std::set<std::string> walked = {first};
    // Pages scroll while one walks and show more; the bound is far above any screen's stops.
    bool round = false;
    for (int i = 0; i < 400 && !round; ++i) {
        stage.hand.key(ui::Key::kTab);
        walked.insert(keys.focused());
        round = keys.focused() == first;
    }
    INFO("stuck at ", keys.focused());
    CHECK(round);
    for (const std::string& id : stops(stage)) {
        INFO("not reached: ", id);
        CHECK(walked.contains(id));
    }
    for (const auto& [id, offset] : offsets)
        keys.scroll(id).offset = offset;
    keys.focus(focused);
    if (editing.empty())
        keys.stop_editing();
    else
        keys.edit(editing);
    stage.settle();
}

void check_speech(const ScreenStage& stage, const std::string& name) {
    for (const ui::Item& item : stage.stage->registry().items()) {
        if (item.surface) continue;
        INFO("on ", name, ": ", item.id);
        CHECK_FALSE(item.label.empty());
        CHECK_FALSE(ui::spoken(stage.strings, item).empty());
        // A masked field never says what is in it.
        if (item.id.find("password") != std::string::npos && item.field)
            CHECK(item.state.find("wrong") != 0);
    }
}

// Names that people gave may be long; the states with such names are called so.
bool has_long_names(const std::string& name) {
    return name.find("long") != std::string::npos;
}

void check_words(const ScreenStage& stage, const std::string& name) {
    if (has_long_names(name)) return;
    for (const std::string& text : stage.stage->registry().cut_texts()) {
        INFO("on ", name, " of ", stage.width, "x", stage.height, " in ",
             std::string(stage.strings.locale().code), ": ", text);
        CHECK_MESSAGE(false, "cut");
    }
}

}  // namespace

TEST_CASE("access: keys walk round every screen and reach everything") {
    ScreenStage stage;
    visit(stage, [&](const std::string& name) { check_walk(stage, name); });
}

TEST_CASE("access: everything that can be reached has words to be spoken") {
    for (const char* locale : {"en", "ar", "sw", "fr"}) {
        ScreenStage stage(locale);
        visit(stage, [&](const std::string& name) { check_speech(stage, name); });
    }
}

// What is to be touched says whole what it does, in the largest letters too.
TEST_CASE("access: no button's words are cut in the largest letters") {
    constexpr float kLargest = 1.45F;
    for (const char* locale : {"en", "ar", "sw", "fr"})
        for (const auto& [width, height] : {std::pair{1280, 800}, {1080, 1920}}) {
            ScreenStage stage(locale, "day", width, height);
            stage.stage->use_scale(ui::display_scale({.width_px = width, .height_px = height}) *
                                   kLargest);
            stage.settle();
            visit(stage, [&](const std::string& name) {
                const auto& cut = stage.stage->registry().cut_texts();
                for (const ui::Item& item : stage.stage->registry().items()) {
                    if (!item.id.starts_with("button:")) continue;
                    INFO("on ", name, " of ", width, "x", height, " in ", locale, ": ", item.label);
                    CHECK(std::find(cut.begin(), cut.end(), item.label) == cut.end());
                }
                if (std::getenv("SHOWFLOOR_CUT") != nullptr)
                    for (const std::string& text : cut)
                        MESSAGE(locale, " ", width, " ", name, ": ", text);
            });
        }
}

TEST_CASE("access: no word is cut, in any language and size") {
    for (const char* locale : {"en", "ar", "sw", "fr"})
        for (const auto& [width, height] : {std::pair{1920, 1080}, {1080, 1920}, {1280, 800}}) {
            ScreenStage stage(locale, "day", width, height);
            visit(stage, [&](const std::string& name) { check_words(stage, name); });
        }
}
