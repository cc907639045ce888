#pragma once
// A stage without a display: frames are made, input is judged, nothing is drawn. The clock moves
// only when told. Thread contract: one test at a time.

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>

#include "ui/input_driver.hpp"
#include "ui/stage.hpp"
#include "ui/widgets.hpp"

namespace ui_test {

using namespace showfloor;

class CountingTextures final : public ui::TextureMaker {
   public:
    ui::TextureId make(int, int, std::span<const std::uint8_t>) override {
        ++alive;
        return ++made;
    }
    void free(ui::TextureId) override { --alive; }
    ui::TextureId made = 0;
    int alive = 0;
};

struct TestStage {
    explicit TestStage(const std::string& locale = "en", const std::string& theme_name = "day")
        : strings(std::move(text::Strings::load(SHOWFLOOR_SOURCE_DIR "/assets/strings", locale))
                      .value()),
          theme(ui::load_theme(SHOWFLOOR_SOURCE_DIR "/assets/themes", theme_name).value()),
          stage(std::move(ui::Stage::make({"/usr/share/fonts", true}, maker)).value()),
          hand(
              *stage, [this] { return now_ms; }, [this] { settle(); }) {
        stage->use_strings(strings);
        stage->use_theme(theme);
        stage->reduce_motion(true);
    }
    void frame() {
        now_ms += 16;
        stage->frame(width, height, now_ms, draw);
    }
    // What the window does after an event: three frames, and more while something wants them.
    void settle() {
        for (int i = 0; i < 3; ++i)
            frame();
        for (int i = 0; i < 100 && stage->next_wake() && *stage->next_wake() <= now_ms + 16; ++i)
            frame();
    }
    void show(std::function<void(ui::Context&)> what) {
        draw = std::move(what);
        settle();
    }
    [[nodiscard]] const ui::Registry& shown() const { return stage->registry(); }

    int width = 1920, height = 1080;
    std::int64_t now_ms = 1000;
    CountingTextures maker;
    text::Strings strings;
    ui::Theme theme;
    std::unique_ptr<ui::Stage> stage;
    std::function<void(ui::Context&)> draw = [](ui::Context&) {};
    ui::InputDriver hand;
};

}  // namespace ui_test
