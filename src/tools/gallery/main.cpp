// showfloor-gallery: every part of the toolkit on a few pages, in any theme and language.
//   showfloor-gallery --shot FILE [--page N] [--theme day] [--locale en] [--size 1920x1080]
// Without --shot it opens a window; the chips on top turn pages.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "imaging/encode.hpp"
#include "tools/gallery/pages.hpp"
#include "ui/input_driver.hpp"
#include "ui/window.hpp"

namespace {

using namespace showfloor;

struct Arguments {
    std::string shot, theme = "day", locale = "en", assets = "assets", tap;
    int page = 0, width = 1920, height = 1080;
};

bool parse(int argc, char** argv, Arguments& out) {
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i], value = argv[i + 1];
        if (name == "--shot")
            out.shot = value;
        else if (name == "--theme")
            out.theme = value;
        else if (name == "--locale")
            out.locale = value;
        else if (name == "--assets")
            out.assets = value;
        else if (name == "--tap")
            out.tap = value;
        else if (name == "--page")
            out.page = std::atoi(value.c_str());
        else if (name == "--size") {
            if (std::sscanf(value.c_str(), "%dx%d", &out.width, &out.height) != 2) return false;
        } else
            return false;
    }
    return argc % 2 == 1;
}

int fail(const base::Error& error) {
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    if (!parse(argc, argv, arguments)) {
        std::fprintf(
            stderr,
            "usage: showfloor-gallery [--shot FILE] [--page N] [--theme day|night|contrast]"
            " [--locale en|ar] [--size WxH] [--assets DIR] [--tap ID]\n");
        return 2;
    }
    const auto theme = ui::load_theme(arguments.assets + "/themes", arguments.theme);
    if (!theme) return fail(theme.error());
    auto strings = text::Strings::load(arguments.assets + "/strings", arguments.locale);
    if (!strings) return fail(strings.error());
    ui::Window::Options options;
    options.title = "Showfloor gallery";
    options.width = arguments.width;
    options.height = arguments.height;
    auto opened = ui::Window::open(options);
    if (!opened) return fail(opened.error());
    ui::Window& window = **opened;
    window.stage().use_theme(*theme);
    window.stage().use_strings(*strings);
    gallery::Pages pages(arguments.locale == "ar", arguments.page);
    const auto draw = [&](ui::Context& ui) { pages.draw(ui); };
    if (arguments.shot.empty()) {
        window.run(draw);
        return 0;
    }
    window.stage().reduce_motion(true);
    const auto settle = [&] {
        window.draw_again();
        while (window.step(draw, 0)) {
        }
        while (window.step(draw, 40)) {
        }
    };
    settle();
    ui::InputDriver driver(
        window.stage(), [&] { return window.now_ms(); }, settle);
    for (std::size_t at = 0; at < arguments.tap.size();) {
        const std::size_t end = std::min(arguments.tap.find(',', at), arguments.tap.size());
        const std::string id = arguments.tap.substr(at, end - at);
        if (!driver.tap(id)) std::fprintf(stderr, "%s cannot be tapped\n", id.c_str());
        at = end + 1;
    }
    const ui::Screenshot shot = window.screenshot(draw);
    imaging::Image image(shot.width, shot.height);
    image.rgba = shot.rgba;
    const auto wrote =
        base::write_file(arguments.shot, base::as_text(imaging::encode_png(image)), 0644);
    return wrote ? 0 : fail(wrote.error());
}
