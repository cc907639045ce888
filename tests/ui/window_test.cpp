// These need a display; the test runner gives one (Xvfb).

#include "ui/window.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <thread>

#include "ui/input_driver.hpp"
#include "ui/widgets.hpp"

using namespace showfloor;

TEST_CASE("window: draws first at once, nothing while idle, and again when woken" *
          doctest::skip(std::getenv("DISPLAY") == nullptr)) {
    auto opened = ui::Window::open({.width = 640, .height = 480, .visible = false, .touch = true});
    REQUIRE_MESSAGE(opened.ok(), (opened.ok() ? "" : opened.error().message));
    ui::Window& window = **opened;
    const auto theme = ui::load_theme(SHOWFLOOR_SOURCE_DIR "/assets/themes", "day");
    const auto strings = text::Strings::load(SHOWFLOOR_SOURCE_DIR "/assets/strings", "en");
    window.stage().use_theme(*theme);
    window.stage().use_strings(*strings);
    int taps = 0;
    const auto draw = [&](ui::Context& ui) {
        if (ui::button(ui, ui.screen().padded(48).cut_top(64), {.id = "go", .label = "Go"})) ++taps;
    };
    const auto settle = [&] {
        window.draw_again();
        for (int quiet = 0; quiet < 2;)
            quiet = window.step(draw, 20) ? 0 : quiet + 1;
    };
    settle();
    CHECK(window.first_frame_ms() >= 0);

    const std::uint64_t before = window.frames_drawn();
    for (int i = 0; i < 10; ++i)
        window.step(draw, 10);
    CHECK(window.frames_drawn() == before);

    std::thread([] { ui::Window::wake(); }).join();
    for (int i = 0; i < 10; ++i)
        window.step(draw, 10);
    CHECK(window.frames_drawn() == before);  // nobody said yet that something changed
    window.draw_again();
    for (int i = 0; i < 10; ++i)
        window.step(draw, 10);
    CHECK(window.frames_drawn() > before);
    CHECK(window.frames_drawn() <= before + 3);

    ui::InputDriver hand(
        window.stage(), [&] { return window.now_ms(); }, settle);
    CHECK(hand.tap("button:go"));
    CHECK(taps == 1);

    const ui::Screenshot shot = window.screenshot(draw);
    CHECK(shot.width == 640);
    REQUIRE(shot.rgba.size() == 640u * 480u * 4u);
    const ui::Color ground = theme->color.ground;
    CHECK(shot.rgba[0] == ground.r);
    CHECK(shot.rgba[1] == ground.g);
    CHECK(shot.rgba[2] == ground.b);
}
