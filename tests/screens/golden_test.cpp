// A few pages of the toolkit as small pictures that are kept (tests/screens/golden), compared with
// a tolerance: what changes the look by accident is seen here. SHOWFLOOR_GOLDEN=write writes them
// anew; then look at them before they are committed.

#include <doctest/doctest.h>

#include <cstdlib>

#include "golden.hpp"
#include "imaging/resize.hpp"
#include "terminal/gallery/pages.hpp"
#include "ui/window.hpp"

using namespace showfloor;

namespace {

struct Golden {
    std::size_t page;
    const char* theme;
    const char* locale;
};
constexpr Golden kGoldens[] = {{0, "day", "en"},     {1, "day", "en"},      {2, "day", "en"},
                               {5, "day", "en"},     {7, "day", "en"},      {1, "night", "ar"},
                               {2, "night", "ar"},   {0, "contrast", "ar"}, {8, "day", "en"},
                               {8, "contrast", "ar"}};
// Drawn at half size: a quarter of the time where drawing is done in software.
constexpr int kWidth = 960, kHeight = 540, kPart = 2;

imaging::Image shoot(ui::Window& window, const Golden& golden) {
    const auto strings = text::Strings::load(SHOWFLOOR_SOURCE_DIR "/assets/strings", golden.locale);
    const auto theme = ui::load_theme(SHOWFLOOR_SOURCE_DIR "/assets/themes", golden.theme);
    REQUIRE(strings.ok());
    REQUIRE(theme.ok());
    window.stage().use_strings(*strings);
    window.stage().use_theme(*theme);
    window.stage().reduce_motion(true);
    terminal::Pages pages;
    const auto draw = [&](ui::Context& ui) { pages.draw(ui, ui.screen(), golden.page); };
    window.draw_again();
    while (window.step(draw, 0)) {
    }
    const ui::Screenshot shot = window.screenshot(draw);
    imaging::Image image(shot.width, shot.height);
    image.rgba = shot.rgba;
    return imaging::resize(image, kWidth / kPart, kHeight / kPart);
}

}  // namespace

TEST_CASE("golden: the toolkit looks as it was last looked at") {
    auto window = ui::Window::open({.width = kWidth, .height = kHeight, .touch = false});
    if (!window && std::getenv("DISPLAY") == nullptr) {
        MESSAGE("no display: not looked at");
        return;
    }
    REQUIRE(window.ok());
    for (const Golden& golden : kGoldens) {
        const std::string path = SHOWFLOOR_SOURCE_DIR "/tests/screens/golden/page" +
                                 std::to_string(golden.page) + "_" + golden.theme + "_" +
                                 golden.locale + ".png";
        INFO(path);
        const imaging::Image now = shoot(**window, golden);
        test::check_golden(path, now);
    }
}
