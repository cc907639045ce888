#pragma once
// Photographer: the terminal's screens in a real window that paints only what is looked at, in
// every theme asked for. Needs a display. Thread contract: one test at a time.

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "imaging/encode.hpp"
#include "support/fake_app.hpp"
#include "terminal/screens/alerts.hpp"
#include "terminal/screens/looks.hpp"
#include "terminal/screens/rest.hpp"
#include "terminal/screens/shell.hpp"
#include "ui/input_driver.hpp"
#include "ui/window.hpp"

namespace showfloor::test {

class Photographer {
   public:
    Photographer(const std::string& locale, const std::vector<std::string>& themes, int width,
                 int height, bool with_pictures = true)
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
        if (with_pictures) app.draw_pictures();
    }

    void use_text_size(float size) { window_->use_text_size(size); }
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
    void pass(std::int64_t ms) {
        window_->pass(ms);
        settle();
    }
    [[nodiscard]] bool has(const std::string& id) const {
        return window_->stage().registry().find(id) != nullptr;
    }
    // In pixels, where these words stand.
    [[nodiscard]] ui::Rect place_of(std::string_view words) const {
        const ui::Rect dp = window_->stage().registry().place_of_text(words);
        const float scale = window_->stage().scale();
        return {dp.x * scale, dp.y * scale, dp.w * scale, dp.h * scale};
    }
    // The languages and the voice that the product offers, in this order.
    void offer_languages(std::vector<std::string> names) {
        shell.languages = std::move(names);
        shell.can_speak = true;
    }
    // What stands there now, in a theme that was asked for.
    [[nodiscard]] imaging::Image shoot(std::string_view theme) {
        for (const ui::Theme& each : themes_)
            if (each.name == theme) return shoot(each);
        FAIL("no such theme");
        return {};
    }
    // One picture a theme: <root>/<size>-<theme>-<language>/<name>.png.
    void look(const std::string& root, const std::string& name) {
        for (const ui::Theme& theme : themes_) {
            const imaging::Image image = shoot(theme);
            const std::string size =
                std::to_string(image.width) + "x" + std::to_string(image.height);
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

    FakeApp app;
    ui::Navigator navigator;
    terminal::Shell shell{app, navigator};
    terminal::Alerts alerts{shell};
    terminal::Rest rest{shell};

   private:
    // What a picture shows in passing is gone from the next.
    static constexpr std::int64_t kBetweenMs = 5'000;

    imaging::Image shoot(const ui::Theme& theme) {
        shown_ = terminal::look_of(theme, app.branch());
        window_->stage().use_theme(shown_);
        begin_themes_with(theme.name);
        do
            settle();
        while (app.pictures().busy());
        const auto shot = window_->screenshot([this](ui::Context& ui) { draw(ui); });
        imaging::Image image(shot.width, shot.height);
        image.rgba = shot.rgba;
        return image;
    }
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
    ui::Theme shown_;  // the one of them, in the dealer's colour
    std::unique_ptr<ui::Window> window_;
    ui::InputDriver hand_;
};

}  // namespace showfloor::test
