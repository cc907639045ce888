#pragma once
// The terminal's screens on a stage without a display: real input events in, what the screens show
// and submit out. The clock moves only when told. Thread contract: one test at a time.

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "support/fake_app.hpp"
#include "terminal/screens/alerts.hpp"
#include "terminal/screens/looks.hpp"
#include "terminal/screens/rest.hpp"
#include "terminal/screens/shell.hpp"
#include "ui/input_driver.hpp"
#include "ui/stage.hpp"

namespace showfloor::test {

// Nothing is drawn; what would be is known by its size and the colour of its middle.
class NoTextures final : public ui::TextureMaker {
   public:
    struct Made {
        int width = 0, height = 0;
        imaging::Rgb color;
    };
    ui::TextureId make(int width, int height, std::span<const std::uint8_t> rgba) override {
        const auto middle =
            (static_cast<std::size_t>(height / 2) * static_cast<std::size_t>(width) +
             static_cast<std::size_t>(width / 2)) *
            4;
        made_[++last_] = {width, height, {rgba[middle], rgba[middle + 1], rgba[middle + 2]}};
        return last_;
    }
    void free(ui::TextureId texture) override { made_.erase(texture); }
    [[nodiscard]] std::optional<Made> made(ui::TextureId texture) const {
        const auto found = made_.find(texture);
        return found == made_.end() ? std::nullopt : std::optional(found->second);
    }

   private:
    // The letters' own texture is 1 without a renderer (ui/stage.cpp), and so is the soft shadow.
    ui::TextureId last_ = 0;
    std::map<ui::TextureId, Made> made_;
};

struct ScreenStage {
    explicit ScreenStage(const std::string& locale = "en", const std::string& theme_name = "day",
                         int wide = 1920, int high = 1080)
        : width(wide),
          height(high),
          strings(std::move(text::Strings::load(SHOWFLOOR_SOURCE_DIR "/assets/strings", locale))
                      .value()),
          theme(ui::load_theme(SHOWFLOOR_SOURCE_DIR "/assets/themes", theme_name).value()),
          stage(std::move(ui::Stage::make({"/usr/share/fonts", true}, maker)).value()),
          hand(
              *stage, [this] { return now_ms; }, [this] { settle(); }) {
        stage->use_strings(strings);
        stage->use_theme(theme);
        stage->use_scale(ui::display_scale({.width_px = width, .height_px = height}));
        stage->reduce_motion(true);
        shell.can_speak = true;
        shell.to_browse();
        settle();
    }

    void frame() {
        (void)app.poll();
        now_ms += 16;
        ++frames;
        stage->frame(width, height, now_ms, [this](ui::Context& ui) {
            shell.draw(ui);
            alerts.draw(ui);
            rest.watch(ui);
            if (looks && looks->apply(shell, *stage)) {
                stage->use_scale(ui::display_scale({.width_px = width, .height_px = height}) *
                                 looks->text_size());
                ui.draw_again();
            }
        });
    }
    // What the window does after an event: three frames, and more while something wants them.
    void settle() {
        for (int i = 0; i < 3; ++i)
            frame();
        int more = 0;
        constexpr int kFar = 240;  // a page thrown as hard as can be runs for three seconds
        while (more < kFar && (app.poll() || due()))
            ++more, frame();
        // What nobody touches must come to rest: a kiosk draws nothing unless something changed.
        CHECK_MESSAGE(more < kFar, "still drawing after " << kFar << " frames on " << screen());
    }
    // Pictures are read by a worker: until all that were asked for are there.
    void settle_pictures() {
        do
            settle();
        while (app.pictures().busy());
        settle();
    }
    [[nodiscard]] bool due() const {
        return stage->next_wake() && *stage->next_wake() <= now_ms + 16;
    }
    // Time goes by; frames are drawn when the screens asked for one.
    void pass(std::int64_t ms) {
        const std::int64_t until = now_ms + ms;
        while (stage->next_wake() && *stage->next_wake() <= until) {
            now_ms = std::max(now_ms, *stage->next_wake());
            settle();
        }
        now_ms = std::max(now_ms, until);
    }

    // ---- hands
    void tap(const std::string& id) {
        INFO("tap ", id, " on ", screen());
        if (!hand.tap(id)) {
            bring_up(id);
            REQUIRE_MESSAGE(hand.tap(id), "cannot be tapped: " << id << "; " << what_is_there());
        }
    }
    void type(const std::string& id, std::string_view words) {
        tap(id);
        hand.type(words);
        hand.key(ui::Key::kEscape);
    }
    // The other languages, themes and text sizes too, as in the real window.
    void offer_looks() {
        looks.emplace(
            std::move(terminal::Looks::load(SHOWFLOOR_SOURCE_DIR "/assets",
                                            std::string(strings.locale().code), theme.name))
                .value());
        looks->begin(shell, *stage);
        settle();
    }
    void sign_in_as(const base::Uuid& user_id) {
        app.enter(user_id);
        settle();
    }

    // ---- eyes
    [[nodiscard]] std::string screen() const { return std::string(navigator.top()->name()); }
    // Figures are written with spaces that do not break; a test need not know.
    [[nodiscard]] bool shows(std::string_view words) const {
        for (std::string text : stage->registry().texts()) {
            for (std::size_t at = 0; (at = text.find("\u00a0", at)) != std::string::npos;)
                text.replace(at, 2, " ");
            if (text.find(words) != std::string::npos) return true;
        }
        return false;
    }
    [[nodiscard]] const ui::Item* find(std::string_view id) const {
        return stage->registry().find(id);
    }
    // Ids of the cards of cars, in order.
    [[nodiscard]] std::vector<std::string> cards() const {
        std::vector<std::string> found;
        for (const auto& item : stage->registry().items())
            if (item.id.starts_with("card:")) found.push_back(item.id.substr(5));
        return found;
    }
    [[nodiscard]] std::string what_is_there() const {
        std::string all = screen() + " shows";
        for (const auto& item : stage->registry().items())
            all += " " + item.id;
        for (const auto& text : stage->registry().texts())
            all += " | " + text;
        return all;
    }

    // Scrolls the page the widget stands in until a finger can reach it.
    void bring_up(const std::string& id) {
        for (int i = 0; i < 20; ++i) {
            const ui::Item* item = find(id);
            if (item == nullptr || item->scroll_id.empty()) return;
            const ui::Item* hit = stage->registry().hit(item->visible.centre());
            if (!item->visible.empty() && hit != nullptr && hit->id == id) return;
            for (const auto& place : stage->registry().scrolls()) {
                if (place.id != item->scroll_id) continue;
                ui::Event wheel;
                wheel.type = ui::Event::Type::kWheel;
                const ui::Point at = place.view.centre();
                wheel.at = {at.x * stage->scale(), at.y * stage->scale()};
                wheel.wheel = item->rect.y > at.y ? 1.0F : -1.0F;
                stage->input().push(wheel);
                settle();
                break;
            }
        }
    }

    int width, height;
    std::int64_t now_ms = 1000;
    int frames = 0;
    FakeApp app;
    NoTextures maker;
    text::Strings strings;
    ui::Theme theme;
    std::unique_ptr<ui::Stage> stage;
    ui::Navigator navigator;
    terminal::Shell shell{app, navigator};
    terminal::Rest rest{shell};
    terminal::Alerts alerts{shell};
    std::optional<terminal::Looks> looks;
    ui::InputDriver hand;
};

}  // namespace showfloor::test
