// Access without sight or reach: every screen is walked with keys alone, every stop has words to be
// spoken, and no word of the product is cut for want of room.

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "stage_visit.hpp"
#include "ui/speaker.hpp"

using namespace showfloor;
using test::ScreenStage;

namespace {

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
    if (name == "idle_warning_seller") return;  // any key is the answer
    INFO("on ", name);
    ui::Interaction& keys = stage.stage->context().interaction();
    const test::PutBack put_back(stage);
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

// Names that people gave may be longer than any line (see visit.cpp); nothing else may be.
bool is_long_name(const std::string& text) {
    for (const char* part : {"an extraordinarily long", "Wolfeschlegel", "WWWWWWWW", "very long"})
        if (text.find(part) != std::string::npos) return true;
    return false;
}

void check_words(const ScreenStage& stage, const std::string& name) {
    for (const std::string& text : stage.stage->registry().cut_texts()) {
        if (is_long_name(text)) continue;
        INFO("on ", name, " of ", stage.width, "x", stage.height, " in ",
             std::string(stage.strings.locale().code), ": ", text);
        CHECK_MESSAGE(false, "cut");
    }
}

// Pages are read to their ends.
void check_words_below(ScreenStage& stage, const std::string& name) {
    if (name == "idle_warning_seller") return;  // the sheet has the page
    const test::PutBack put_back(stage);
    ui::Interaction& pages = stage.stage->context().interaction();
    pages.stop_editing();
    stage.settle();
    const std::vector<ui::ScrollPlace> places = stage.stage->registry().scrolls();
    for (const ui::ScrollPlace& place : places) {
        if (place.horizontal) continue;
        constexpr int kMostSteps = 12;
        for (int i = 0; i < kMostSteps; ++i) {
            ui::Scroll& page = pages.scroll(place.id);
            if (page.offset >= page.furthest() - 1) break;
            page.offset = std::min(page.furthest(), page.offset + page.view * 0.8);
            stage.settle();
            check_words(stage, name);
        }
    }
}

void check_words_everywhere(float text_size) {
    for (const char* locale : {"en", "ar", "sw", "fr"})
        for (const auto& [width, height] : {std::pair{1920, 1080}, {1080, 1920}, {1280, 800}}) {
            ScreenStage stage(locale, "day", width, height);
            stage.stage->use_scale(stage.stage->scale() * text_size);
            stage.settle();
            test::visit_every_screen(stage, [&](const std::string& name) {
                check_words(stage, name);
                check_words_below(stage, name);
            });
        }
}

}  // namespace

TEST_CASE("access: keys walk round every screen and reach everything") {
    struct Walk {
        const char* locale;
        int width, height;
        float text;  // size
    };
    const float largest = *std::rbegin(terminal::kTextSizes);
    for (const Walk& walk :
         {Walk{"en", 1920, 1080, 1}, Walk{"en", 1080, 1920, 1}, Walk{"ar", 1920, 1080, 1},
          Walk{"en", 1920, 1080, largest}, Walk{"ar", 1080, 1920, largest}}) {
        INFO(std::string(walk.locale), " ", walk.width, "x", walk.height, " text ", walk.text);
        ScreenStage stage(walk.locale, "day", walk.width, walk.height);
        stage.stage->use_scale(stage.stage->scale() * walk.text);
        stage.settle();
        test::visit_every_screen(stage, [&](const std::string& name) { check_walk(stage, name); });
    }
}

TEST_CASE("access: everything that can be reached has words to be spoken") {
    for (const char* locale : {"en", "ar", "sw", "fr"}) {
        ScreenStage stage(locale);
        test::visit_every_screen(stage,
                                 [&](const std::string& name) { check_speech(stage, name); });
    }
}

TEST_CASE("access: no word is cut, in any language and size of screen") {
    check_words_everywhere(1);
}

TEST_CASE("access: no word is cut in the largest letters") {
    check_words_everywhere(*std::rbegin(terminal::kTextSizes));
}
