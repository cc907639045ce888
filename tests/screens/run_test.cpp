// The call "run": what its options make of the window, and what the window makes of them.

#include <doctest/doctest.h>

#include <cstdlib>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "terminal/cli/cli.hpp"
#include "terminal/cli/run.hpp"
#include "terminal/screens/visit.hpp"

using namespace showfloor;

namespace {

constexpr float kCapital = 20 * 0.727F;  // of body text, dp
constexpr float kLargestText = terminal::kTextSizes[std::size(terminal::kTextSizes) - 1];

base::Result<ui::Window::Options> options_of(const std::vector<std::string>& words) {
    for (const base::CallSpec& call : terminal::cli::calls()) {
        if (call.name != "run") continue;
        const auto arguments = base::Arguments::parse(call, words);
        if (!arguments) return arguments.error();
        return terminal::cli::window_options(*arguments);
    }
    return base::fail(base::ErrorKind::kNotFound, "run");
}

}  // namespace

TEST_CASE("run: the display's size and the distance are options, and asked for when not given") {
    const auto plain = options_of({});
    REQUIRE(plain.ok());
    CHECK(plain->full_screen);
    CHECK(plain->width_mm == 0);
    CHECK(plain->distance_mm == 500);
    const auto told = options_of({"--display-mm", "531", "--distance-mm", "600"});
    REQUIRE(told.ok());
    CHECK(told->width_mm == 531);
    CHECK(told->distance_mm == 600);
    for (const char* wrong : {"0", "wide", "53.1", "531mm", "-531", "99999"}) {
        INFO(wrong);
        CHECK_FALSE(options_of({"--display-mm", wrong}).ok());
        CHECK_FALSE(options_of({"--distance-mm", wrong}).ok());
    }
}

TEST_CASE("run: the largest text has capitals of 0.7 degrees and targets of 9 mm, in the window" *
          doctest::skip(std::getenv("DISPLAY") == nullptr)) {
    auto options =
        options_of({"--windowed", "1920x1080", "--display-mm", "560", "--distance-mm", "520"});
    REQUIRE(options.ok());
    options->visible = false;
    const auto window = ui::Window::open(*options);
    REQUIRE(window.ok());
    const GLFWvidmode* mode = glfwGetVideoMode(glfwGetPrimaryMonitor());
    REQUIRE(mode != nullptr);
    const float px_per_mm = static_cast<float>(mode->width) / 560;
    const auto mm = [&](float dp) { return dp * (*window)->stage().scale() / px_per_mm; };
    CHECK(mm(ui::kTouchSize) >= 8.99F);
    CHECK(mm(kCapital) < 6.1F);
    (*window)->use_text_size(kLargestText, true);
    CHECK(mm(kCapital) == doctest::Approx(6.35).epsilon(0.01));  // 0.7 degrees at 520 mm
    CHECK(mm(ui::kTouchSize) >= 9);
}
