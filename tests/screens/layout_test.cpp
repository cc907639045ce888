// Every screen in its states, in each language and orientation: words that are there, nothing to
// touch that lies outside the screen or is too small. With SHOWFLOOR_PICTURES=DIR (and a display)
// the same walk writes PNGs for a person to look at; SHOWFLOOR_LOOK="en,day,1920x1080" says how.

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "imaging/encode.hpp"
#include "screen_stage.hpp"
#include "ui/window.hpp"
#include "visit.hpp"

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
    CHECK_FALSE(stage.app.poll());
    CHECK_FALSE(stage.due());
}

void walk(const char* locale, const char* theme, int width, int height) {
    ScreenStage stage(locale, theme, width, height);
    test::visit_every_screen(
        {stage.app, stage.shell, [&](const std::string& id) { stage.tap(id); },
         [&](const std::string& id, std::string_view words) { stage.type(id, words); },
         [&] { stage.settle(); },
         [&](const std::string& name) {
             check_layout(stage, name);
             check_rest(stage, name);
         },
         [&](const std::string& id) { return stage.find(id) != nullptr; }});
}

// The same walk in a real window, with pictures.
class Photographer {
   public:
    Photographer(const std::string& locale, const std::string& theme_name, int width, int height)
        : strings_(std::move(text::Strings::load(SHOWFLOOR_SOURCE_DIR "/assets/strings", locale))
                       .value()),
          theme_(ui::load_theme(SHOWFLOOR_SOURCE_DIR "/assets/themes", theme_name).value()),
          window_(std::move(ui::Window::open({.width = width, .height = height})).value()),
          hand_(
              window_->stage(), [this] { return window_->now_ms(); }, [this] { settle(); }) {
        window_->stage().use_strings(strings_);
        window_->stage().use_theme(theme_);
        window_->stage().reduce_motion(true);
        if (std::getenv("SHOWFLOOR_DESK") == nullptr) app.draw_pictures();
    }

    void settle() {
        window_->draw_again();
        for (int still = 0; still < 3;) {
            if (app.poll()) window_->draw_again();
            still = window_->step([this](ui::Context& ui) { draw(ui); }, 20) ? 0 : still + 1;
        }
    }
    void tap(const std::string& id) {
        for (int i = 0; i < 30 && !hand_.tap(id); ++i)
            scroll_towards(id);
    }
    void type(const std::string& id, std::string_view words) {
        tap(id);
        hand_.type(words);
        hand_.key(ui::Key::kEscape);
    }
    [[nodiscard]] bool has(const std::string& id) const {
        return window_->stage().registry().find(id) != nullptr;
    }
    void look(const std::string& path) {
        settle();
        const auto shot = window_->screenshot([this](ui::Context& ui) { draw(ui); });
        imaging::Image image(shot.width, shot.height);
        image.rgba = shot.rgba;
        const auto png = imaging::encode_png(image);
        CHECK(base::write_file(path, base::as_text(png), 0644).ok());
    }

    test::FakeApp app;
    ui::Navigator navigator;
    terminal::Shell shell{app, navigator};
    terminal::Alerts alerts{shell};

   private:
    void draw(ui::Context& ui) {
        shell.draw(ui);
        alerts.draw(ui);
    }
    void scroll_towards(const std::string& id) {
        const ui::Item* item = window_->stage().registry().find(id);
        if (item == nullptr) return;
        for (const auto& place : window_->stage().registry().scrolls()) {
            if (place.id != item->scroll_id) continue;
            ui::Event wheel;
            wheel.type = ui::Event::Type::kWheel;
            const ui::Point at = place.view.centre();
            const float scale = window_->stage().scale();
            wheel.at = {at.x * scale, at.y * scale};
            wheel.wheel = item->rect.centre().y > at.y ? 1.0F : -1.0F;
            window_->stage().input().push(wheel);
        }
        settle();
    }

    text::Strings strings_;
    ui::Theme theme_;
    std::unique_ptr<ui::Window> window_;
    ui::InputDriver hand_;
};

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

TEST_CASE("pictures: of every screen, for people to look at, when they ask for them") {
    const char* folder = std::getenv("SHOWFLOOR_PICTURES");
    if (folder == nullptr) return;
    const char* how = std::getenv("SHOWFLOOR_LOOK");
    char locale[8] = "en", theme[16] = "day";
    int width = 1920, height = 1080;
    if (how != nullptr)
        REQUIRE(std::sscanf(how, "%7[^,],%15[^,],%dx%d", locale, theme, &width, &height) == 4);
    Photographer photographer(locale, theme, width, height);
    const char* only = std::getenv("SHOWFLOOR_ONLY");
    int n = 0;
    // SHOWFLOOR_DESK=1: what follows a sale alone, without the cars' pictures, in a third of the
    // time.
    const auto visit = std::getenv("SHOWFLOOR_DESK") == nullptr ? test::visit_every_screen
                                                                : test::visit_at_the_desk;
    visit({photographer.app, photographer.shell,
           [&](const std::string& id) { photographer.tap(id); },
           [&](const std::string& id, std::string_view words) { photographer.type(id, words); },
           [&] { photographer.settle(); },
           [&](const std::string& name) {
               ++n;
               if (only != nullptr && std::string(only).find(name) == std::string::npos) return;
               photographer.look(std::string(folder) + "/" + (n < 10 ? "0" : "") +
                                 std::to_string(n) + "_" + name + ".png");
           },
           [&](const std::string& id) { return photographer.has(id); }});
}
