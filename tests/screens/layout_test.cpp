// Every screen in its states, in each language and orientation: words that are there, nothing to
// touch that lies outside the screen or is too small. With SHOWFLOOR_PICTURES=DIR (and a display)
// the same walk writes PNGs for a person to look at; SHOWFLOOR_LOOK="en,day+night,1920x1080" says
// how, SHOWFLOOR_TEXT=1.45 in which of the text sizes of Help & access.

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "photographer.hpp"
#include "stage_visit.hpp"

using namespace showfloor;
using test::ScreenStage;
using test::Visitor;

namespace {

// What is shown as "sign_in.title" is a word nobody wrote.
bool is_bare_key(const std::string& text) {
    static const char* kPrefixes[] = {
        "access.",  "alert.",   "approval.", "attention.", "attract.",      "bar.",      "browse.",
        "call.",    "car.",     "compare.",  "customer.",  "detail.",       "document.", "finance.",
        "gallery.", "home.",    "idle.",     "lead.",      "leads.",        "link.",     "option.",
        "payment.", "picks.",   "profile.",  "receipt.",   "refusal.",      "sale.",     "sales.",
        "section.", "service.", "sign_in.",  "sync.",      "notification.", "ui.",       "when."};
    if (text.find(' ') != std::string::npos) return false;
    for (const char* prefix : kPrefixes)
        if (text.starts_with(prefix)) return true;
    return false;
}

void check_layout(const ScreenStage& stage, const std::string& name) {
    INFO("on ", name, " of ", stage.width, "x", stage.height);
    const float scale = stage.stage->scale();
    const ui::Rect screen{0, 0, static_cast<float>(stage.width) / scale,
                          static_cast<float>(stage.height) / scale};
    for (const std::string& text : stage.stage->registry().texts()) {
        INFO("text ", text);
        CHECK_FALSE(is_bare_key(text));
    }
    for (const ui::Item& item : stage.stage->registry().items()) {
        INFO("widget ", item.id, " at ", item.rect.x, ",", item.rect.y, " ", item.rect.w, "x",
             item.rect.h);
        CHECK(item.rect.w >= ui::kTouchSize - 0.5F);
        CHECK(item.rect.h >= ui::kTouchSize - 0.5F);
        // What the keyboard pushes up, or scrolls, may stand outside for the while.
        if (!item.scroll_id.empty() || stage.stage->context().edited()) continue;
        CHECK(screen.inflated(0.5F).contains(item.rect));
    }
}

// Nobody touches it: nothing is asked for and nothing drawn, whatever the screen.
void check_rest(ScreenStage& stage, const std::string& name) {
    INFO("on ", name);
    stage.settle_pictures();  // what the worker has in hand comes in its own time
    CHECK_FALSE(stage.app.poll());
    CHECK_FALSE(stage.due());
}

void walk(const char* locale, const char* theme, int width, int height, float text_size = 1) {
    ScreenStage stage(locale, theme, width, height);
    stage.stage->use_scale(stage.stage->scale() * text_size);
    test::visit_every_screen(stage, [&](const std::string& name) {
        check_layout(stage, name);
        check_rest(stage, name);
    });
}

}  // namespace

TEST_CASE("layout: every screen, English, landscape") {
    walk("en", "day", 1920, 1080);
}
TEST_CASE("layout: every screen, English, portrait") {
    walk("en", "day", 1080, 1920);
}
TEST_CASE("layout: every screen, English, a small screen") {
    walk("en", "day", 1280, 800);
}
TEST_CASE("layout: every screen, Arabic, landscape") {
    walk("ar", "night", 1920, 1080);
}
TEST_CASE("layout: every screen, Arabic, portrait") {
    walk("ar", "contrast", 1080, 1920);
}
TEST_CASE("layout: every screen, French, landscape") {
    walk("fr", "day", 1920, 1080);
}
TEST_CASE("layout: every screen, Swahili, portrait") {
    walk("sw", "day", 1080, 1920);
}

TEST_CASE("layout: every screen, English, landscape, the largest text") {
    walk("en", "day", 1920, 1080, *std::rbegin(terminal::kTextSizes));
}
// The fewest dp a page is ever given: capitals of 0.7 degrees on a display of 24 inches.
TEST_CASE("layout: every screen, English, landscape, the largest text of a small display") {
    const float most = ui::display_scale({.width_mm = 400, .zoom = 1.45F, .large = true});
    CHECK(most > 1.51F);
    walk("en", "day", 1920, 1080, most);
}
TEST_CASE("layout: every screen, French, a small screen, the largest text") {
    walk("fr", "day", 1280, 800, *std::rbegin(terminal::kTextSizes));
}
TEST_CASE("layout: every screen, Arabic, portrait, the largest text") {
    walk("ar", "contrast", 1080, 1920, *std::rbegin(terminal::kTextSizes));
}

TEST_CASE("pictures: of every screen, for people to look at, when they ask for them") {
    const char* folder = std::getenv("SHOWFLOOR_PICTURES");
    if (folder == nullptr) return;
    const char* how = std::getenv("SHOWFLOOR_LOOK");
    char locale[8] = "en", names[64] = "day";
    int width = 1920, height = 1080;
    if (how != nullptr)
        REQUIRE(std::sscanf(how, "%7[^,],%63[^,],%dx%d", locale, names, &width, &height) == 4);
    std::vector<std::string> themes;
    std::istringstream split(names);
    for (std::string name; std::getline(split, name, '+');)
        themes.push_back(name);
    test::Photographer photographer(locale, themes, width, height,
                                    std::getenv("SHOWFLOOR_DESK") == nullptr);
    if (const char* text = std::getenv("SHOWFLOOR_TEXT"))
        photographer.use_text_size(std::strtof(text, nullptr));
    const char* only = std::getenv("SHOWFLOOR_ONLY");
    int n = 0;
    // SHOWFLOOR_DESK=1: what follows a sale alone, without the cars' pictures, in a third of the
    // time.
    void (*const visit)(const Visitor&) = test::visit_every_screen;
    const bool desk = std::getenv("SHOWFLOOR_DESK") != nullptr;
    (desk ? test::visit_at_the_desk : visit)(
        {photographer.app, photographer.shell, [&](const std::string& id) { photographer.tap(id); },
         [&](const std::string& id, std::string_view words) { photographer.type(id, words); },
         [&] { photographer.settle(); },
         [&](const std::string& name) {
             ++n;
             if (only != nullptr && std::string(only).find(name) == std::string::npos) return;
             const std::string number = std::to_string(1000 + n).substr(1);
             photographer.look(folder, number + "_" + name);
         },
         [&](const std::string& id) { return photographer.has(id); },
         [&](std::int64_t ms) { photographer.pass(ms); }, locale});
}
