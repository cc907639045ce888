// These need a display; the test runner gives one (Xvfb).

#include "ui/window.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <thread>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "ui/input_driver.hpp"
#include "ui/widgets.hpp"

using namespace showfloor;

namespace {

// The events come as GLFW gives them to the window. On the window of the test below: a display that
// loses its last window may not be there for the next one at once.
void check_held_keys(ui::Window& window) {
    int taps = 0, backs = 0;
    std::string name = "Amina Wanjiru";
    const auto draw = [&](ui::Context& ui) {
        ui::Area page = ui.screen().padded(48);
        if (ui::button(ui, page.cut_top(64), {.id = "go", .label = "Go"})) ++taps;
        (void)ui::text_field(ui, page.cut_top(120), {.id = "name", .label = "Name"}, name);
        if (ui.back_pressed()) ++backs;
    };
    const auto settle = [&] {
        window.draw_again();
        for (int quiet = 0; quiet < 2;)
            quiet = window.step(draw, 5) ? 0 : quiet + 1;
    };
    settle();
    GLFWwindow* native = glfwGetCurrentContext();
    const GLFWkeyfun on_key = glfwSetKeyCallback(native, nullptr);
    glfwSetKeyCallback(native, on_key);
    const GLFWcharfun on_char = glfwSetCharCallback(native, nullptr);
    glfwSetCharCallback(native, on_char);
    const auto hold = [&](int key, int times, unsigned int letter = 0) {
        for (int i = 0; i <= times; ++i) {
            on_key(native, key, 0, i == 0 ? GLFW_PRESS : GLFW_REPEAT, 0);
            if (letter != 0) on_char(native, letter);
            settle();
        }
        on_key(native, key, 0, GLFW_RELEASE, 0);
        settle();
    };
    ui::Interaction& keys = window.stage().context().interaction();
    keys.focus("button:go");
    hold(GLFW_KEY_ENTER, 5);
    CHECK(taps == 1);
    hold(GLFW_KEY_SPACE, 5, ' ');
    CHECK(taps == 2);
    hold(GLFW_KEY_ESCAPE, 5);
    CHECK(backs == 1);
    hold(GLFW_KEY_DOWN, 0);
    CHECK(keys.focused() == "field:name");
    hold(GLFW_KEY_END, 0);
    hold(GLFW_KEY_BACKSPACE, 6);
    CHECK(name == "Amina ");
    hold(GLFW_KEY_A, 2, 'a');
    CHECK(name == "Amina aaa");
    hold(GLFW_KEY_LEFT, 2);
    hold(GLFW_KEY_SPACE, 4, ' ');
    CHECK(name == "Amina  aaa");
    hold(GLFW_KEY_ESCAPE, 0);
    hold(GLFW_KEY_UP, 3);
    CHECK(keys.focused() == "button:go");
}

}  // namespace

TEST_CASE("window: draws first at once, nothing while idle, again when woken; held keys act once" *
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
    check_held_keys(window);
}
