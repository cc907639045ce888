// Reach: Help & access by one touch from every screen, and in reach mode everything that can be
// touched in the lower part of it, what a screen is for without scrolling.

#include <map>
#include <vector>

#include "stage_visit.hpp"

using namespace showfloor;
using test::ScreenStage;

namespace {

const ui::Item* way_to_access(const ScreenStage& stage) {
    const ui::Item* chip = stage.find("chip:access");
    return chip != nullptr ? chip : stage.find("button:access");
}

// What a dialog or the keyboard lies over is one touch further away, as everything there is.
bool something_lies_over(const ScreenStage& stage) {
    return stage.stage->registry().keys_from() != ui::Layer::kScreen ||
           stage.stage->context().edited().has_value();
}

void check_access(ScreenStage& stage, const std::string& name) {
    if (something_lies_over(stage)) return;
    INFO("on ", name, " of ", stage.width, "x", stage.height);
    const ui::Item* way = way_to_access(stage);
    REQUIRE(way != nullptr);
    CHECK(way->visible == way->rect);
    const std::string id = way->id;
    REQUIRE(stage.hand.tap(id));
    CHECK(stage.shell.visit.overlay == terminal::Overlay::kAccess);
    REQUIRE(stage.hand.tap("button:close_access"));
    CHECK(stage.shell.visit.overlay == terminal::Overlay::kNone);
}

// What people came to these screens for.
const std::map<std::string, std::vector<std::string>> kMain = {
    {"browse", {"button:call", "field:search"}},
    {"car", {"button:test_drive", "button:call", "chip:keep", "chip:compare"}},
    {"finance", {"chip:back"}},
    {"filters", {"button:show_found"}},
    {"picks", {"chip:back"}},
    {"gallery", {"button:close_gallery", "button:zoom_in"}},
    {"attract", {"language:0"}},
    {"access", {"button:close_access"}},
    {"languages", {"button:close_languages"}},
    {"call_ringing", {"button:call_cancel"}},
    {"call_desk", {"button:call_close"}},
    {"call_answered", {"button:call_close"}},
    {"idle_warning", {"button:still_there/confirm", "button:still_there/cancel"}},
    {"sign_in_password", {"field:password", "button:sign_in"}},
};

// Large pictures stay as large as the screen; all of the screen is one button there.
bool is_picture(const ui::Item& item) {
    return item.surface || item.id == "screen:attract" || item.id == "pager:gallery";
}

void check_reach(ScreenStage& stage, const std::string& name) {
    INFO("on ", name, " of ", stage.width, "x", stage.height);
    stage.shell.visit.settings.reach = true;
    stage.settle();
    const ui::Context& ui = stage.stage->context();
    const float high = ui.whole().height();
    const bool staff = stage.app.person() || stage.screen() == "sign_in";
    // The keyboard pushes the page up over the rest, as on every page.
    if (!ui.edited()) {
        const float line = ui.screen().rect.y;
        CHECK(line >= high * (staff && !ui.portrait() ? 0.35F : 0.5F) - 1);
        for (const ui::Item& item : stage.stage->registry().items()) {
            if (item.id == "button:reach_off" || is_picture(item)) continue;
            INFO(item.id, " at ", item.rect.x, ",", item.rect.y, " ", item.rect.w, "x", item.rect.h,
                 " of ", line, " to ", high);
            CHECK_FALSE((!item.visible.empty() && item.visible.y < line - 1));
            // What no page can be scrolled to has to be there whole.
            if (!item.scroll_id.empty()) continue;
            CHECK(item.rect.y >= line - 1);
            CHECK(item.rect.bottom() <= high + 1);
            CHECK(item.rect.h >= ui::kTouchSize - 0.5F);
        }
    }
    if (const auto main = kMain.find(name); main != kMain.end())
        for (const std::string& id : main->second) {
            INFO("what it is for: ", id);
            const ui::Item* item = stage.find(id);
            REQUIRE(item != nullptr);
            CHECK(item->visible.h >= item->rect.h - 1);
        }
    stage.shell.visit.settings.reach = false;
    stage.settle();
}

}  // namespace

TEST_CASE("access: in reach mode whole cards with their price stand on Browse") {
    for (const auto& [width, height] : {std::pair{1920, 1080}, {1280, 800}}) {
        ScreenStage stage("en", "day", width, height);
        stage.shell.visit.settings.reach = true;
        stage.settle();
        REQUIRE_FALSE(stage.cards().empty());
        const ui::Item* card = stage.find("card:" + stage.cards().front());
        REQUIRE(card != nullptr);
        CHECK(card->visible.h >= card->rect.h - 1);
        CHECK(stage.shows("KES 4,250,000"));
        // A heading without its slider says nothing.
        CHECK_FALSE(stage.shows("Price"));
        CHECK(stage.find("button:all_filters") != nullptr);
    }
}

TEST_CASE("access: reached by one touch from every screen") {
    for (const auto& [width, height] : {std::pair{1920, 1080}, {1080, 1920}}) {
        ScreenStage stage("en", "day", width, height);
        test::visit_every_screen(stage,
                                 [&](const std::string& name) { check_access(stage, name); });
    }
}

TEST_CASE("access: reach mode keeps every screen in the lower part, what it is for in sight") {
    for (const auto& [width, height] : {std::pair{1920, 1080}, {1080, 1920}}) {
        ScreenStage stage("en", "day", width, height);
        test::visit_every_screen(stage, [&](const std::string& name) { check_reach(stage, name); });
    }
}
