// Every screen in its states, in each language and orientation: words that are there, nothing to
// touch that lies outside the screen or is too small. With SHOWFLOOR_PICTURES=DIR (and a display)
// the same walk writes PNGs for a person to look at; SHOWFLOOR_LOOK="en,day+night,1920x1080" says
// how, SHOWFLOOR_TEXT=1.45 in which of the text sizes of Help & access.

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>

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

void walk(const char* locale, const char* theme, int width, int height, float text_size = 1) {
    ScreenStage stage(locale, theme, width, height);
    stage.stage->use_scale(stage.stage->scale() * text_size);
    test::visit_every_screen(
        {stage.app, stage.shell, [&](const std::string& id) { stage.tap(id); },
         [&](const std::string& id, std::string_view words) { stage.type(id, words); },
         [&] { stage.settle(); },
         [&](const std::string& name) {
             check_layout(stage, name);
             check_rest(stage, name);
         },
         [&](const std::string& id) { return stage.find(id) != nullptr; }, locale});
}

// The same walk in a real window that paints only what is looked at, in every theme asked for.
class Photographer {
   public:
    Photographer(const std::string& locale, const std::vector<std::string>& themes, int width,
                 int height)
        : strings_(std::move(text::Strings::load(SHOWFLOOR_SOURCE_DIR "/assets/strings", locale))
                       .value()),
          window_(std::move(ui::Window::open({.width = width, .height = height, .unseen = true}))
                      .value()),
          hand_(
              window_->stage(), [this] { return window_->now_ms(); }, [this] { settle(); }) {
        for (const std::string& name : themes)
            themes_.push_back(ui::load_theme(SHOWFLOOR_SOURCE_DIR "/assets/themes", name).value());
        window_->stage().use_strings(strings_);
        window_->stage().use_theme(themes_.front());
        window_->stage().reduce_motion(true);
        if (std::getenv("SHOWFLOOR_DESK") == nullptr) app.draw_pictures();
    }

    void use_text_size(float size) { window_->use_zoom(size); }
    void settle() {
        window_->draw_again();
        for (int still = 0; still < 3;) {
            if (app.poll()) window_->draw_again();
            still = window_->step([this](ui::Context& ui) { draw(ui); }, 1) ? 0 : still + 1;
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
    // One picture a theme: <root>/<size>-<theme>-<language>/<name>.png.
    void look(const std::string& root, const std::string& name) {
        do
            settle();
        while (app.pictures().busy());
        for (const ui::Theme& theme : themes_) {
            window_->stage().use_theme(theme);
            begin_themes_with(theme.name);
            settle();
            const auto shot = window_->screenshot([this](ui::Context& ui) { draw(ui); });
            imaging::Image image(shot.width, shot.height);
            image.rgba = shot.rgba;
            const std::string size = std::to_string(shot.width) + "x" + std::to_string(shot.height);
            const std::string folder =
                root + "/" + size + "-" + theme.name + "-" + std::string(strings_.locale().code);
            std::filesystem::create_directories(folder);
            CHECK(base::write_file(folder + "/" + name + ".png",
                                   base::as_text(imaging::encode_png(image)), 0644)
                      .ok());
        }
        window_->stage().use_theme(themes_.front());
        begin_themes_with(themes_.front().name);
        window_->pass(kBetweenMs);
    }

    test::FakeApp app;
    ui::Navigator navigator;
    terminal::Shell shell{app, navigator};
    terminal::Alerts alerts{shell};
    terminal::Rest rest{shell};

   private:
    // What a picture shows in passing is gone from the next.
    static constexpr std::int64_t kBetweenMs = 5'000;

    void draw(ui::Context& ui) {
        shell.draw(ui);
        alerts.draw(ui);
        rest.watch(ui);
    }
    // As a terminal that starts in this theme offers them.
    void begin_themes_with(const std::string& first) {
        std::erase(shell.themes, first);
        shell.themes.insert(shell.themes.begin(), first);
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
    std::vector<ui::Theme> themes_;
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

TEST_CASE("layout: every screen, English, landscape, the largest text") {
    walk("en", "day", 1920, 1080, *std::rbegin(terminal::kTextSizes));
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
    Photographer photographer(locale, themes, width, height);
    if (const char* text = std::getenv("SHOWFLOOR_TEXT"))
        photographer.use_text_size(std::strtof(text, nullptr));
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
               const std::string number = std::to_string(1000 + n).substr(1);
               photographer.look(folder, number + "_" + name);
           },
           [&](const std::string& id) { return photographer.has(id); }, locale});
}
