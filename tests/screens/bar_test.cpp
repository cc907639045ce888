// The bar of a signed-in person: what it says when there is little room, and whose face is shown.

#include <doctest/doctest.h>

#include <cstdlib>

#include "screen_stage.hpp"
#include "text/bidi.hpp"
#include "ui/window.hpp"

using namespace showfloor;
using test::Dealership;
using test::ScreenStage;

TEST_CASE("bar: a long name gives way to the network's state, which is said whole") {
    for (const char* locale : {"en", "fr", "sw", "ar"}) {
        ScreenStage stage(locale, "day", 1080, 1920);
        auto user = *stage.app.world.get<domain::User>(stage.app.house.seller);
        user.first_name = "Wolfeschlegelsteinhausenbergerdorff";
        stage.app.world.put(user);
        stage.app.link_.online = false;
        stage.app.link_.pending = 3;
        stage.app.link_.attention = 12;
        stage.sign_in_as(stage.app.house.seller);
        // The words before the time, without the space that may not break.
        const auto begin_of = [&](const char* key) {
            std::string words = text::without_isolates(
                stage.strings.get(key, {{"time", std::string("§")}, {"count", std::int64_t{3}}}));
            words.resize(words.find("§"));
            words.resize(words.find_last_not_of(" \u00a0") + 1);
            return words;
        };
        const std::string whole = begin_of("link.offline_safe"), brief = begin_of("link.offline");
        const auto check = [&] {
            INFO(std::string(locale), " on ", stage.screen(), " looking for ", whole);
            CHECK((stage.shows(whole) || stage.shows(brief)));
            for (const std::string& cut : stage.stage->registry().cut_texts()) {
                CHECK_FALSE(cut.starts_with(whole));
                CHECK_FALSE(cut.starts_with(brief));
            }
        };
        check();
        stage.tap("card:" + Dealership::car(100).to_string());
        check();
        stage.shell.to_sale(Dealership::car(100));
        stage.settle();
        check();
    }
}

TEST_CASE("bar: upright the staff see whose house it is, while there is room") {
    ScreenStage stage("en", "day", 1080, 1920);
    stage.sign_in_as(stage.app.house.seller);
    REQUIRE(stage.screen() == "browse");
    CHECK(stage.shows("Uhuru Motors"));
}

TEST_CASE("bar: it always says where one is and what time it is") {
    for (const auto& [wide, high] : {std::pair{1080, 1920}, {1280, 800}, {1920, 1080}}) {
        ScreenStage stage("en", "day", wide, high);
        stage.sign_in_as(stage.app.house.seller);
        const std::string clock = terminal::clock_of(stage.app.branch(), stage.app.now());
        const std::string branch = stage.app.person()->branch_name;
        const auto check = [&] {
            INFO(stage.screen(), " of ", wide, "x", high);
            CHECK(stage.shows(clock));
            CHECK(stage.shows(branch));
        };
        check();  // Browse
        stage.tap("card:" + Dealership::car(100).to_string());
        check();
        stage.shell.to_home();
        stage.settle();
        check();
        stage.shell.to_sale(Dealership::car(100));
        stage.settle();
        check();
    }
}

TEST_CASE("face: somebody has one colour where they sign in and in their profile") {
    test::FakeApp app;
    ui::Navigator navigator;
    terminal::Shell shell{app, navigator};
    auto window = ui::Window::open({.width = 960, .height = 540, .unseen = true});
    if (!window && std::getenv("DISPLAY") == nullptr) {
        MESSAGE("no display: not looked at");
        return;
    }
    REQUIRE(window.ok());
    const auto strings = text::Strings::load(SHOWFLOOR_SOURCE_DIR "/assets/strings", "en");
    const auto theme = ui::load_theme(SHOWFLOOR_SOURCE_DIR "/assets/themes", "day");
    ui::Stage& stage = (*window)->stage();
    stage.use_strings(*strings);
    stage.use_theme(*theme);
    stage.reduce_motion(true);
    const auto draw = [&](ui::Context& ui) { shell.draw(ui); };
    // Beside the letters, inside the disc.
    const auto face = [&] {
        (*window)->draw_again();
        for (int still = 0; still < 3;) {
            if (app.poll()) (*window)->draw_again();
            still = (*window)->step(draw, 1) ? 0 : still + 1;
        }
        const ui::Screenshot shot = (*window)->screenshot(draw);
        const ui::Rect letters = stage.registry().place_of_text("AH");
        REQUIRE_FALSE(letters.empty());
        const float scale = stage.scale();
        const auto x = static_cast<std::size_t>(letters.centre().x * scale);
        const auto y = static_cast<std::size_t>((letters.centre().y - 38) * scale);
        const std::size_t at = (y * static_cast<std::size_t>(shot.width) + x) * 4;
        return std::vector<int>{shot.rgba[at], shot.rgba[at + 1], shot.rgba[at + 2]};
    };
    shell.to_sign_in();
    const auto at_the_door = face();
    app.enter(app.house.seller);
    shell.to_profile();
    const auto in_profile = face();
    CHECK(at_the_door == in_profile);
    CHECK(at_the_door !=
          std::vector<int>{theme->color.card.r, theme->color.card.g, theme->color.card.b});
}

TEST_CASE("bar: rows that cannot be read are said, before anything else of the link") {
    ScreenStage stage;
    stage.sign_in_as(stage.app.house.seller);
    stage.app.link_.unreadable = true;
    stage.app.link_.online = false;
    stage.app.touch();
    stage.settle();
    CHECK(stage.shows("The records here cannot be read"));
}
