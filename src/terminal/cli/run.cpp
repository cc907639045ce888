// run: the kiosk itself: window, words, theme, screens, and the rest after people have gone.

#include <array>
#include <cstdio>
#include <vector>

#include "base/log.hpp"
#include "base/paths.hpp"
#include "terminal/cli/cli.hpp"
#include "terminal/cli/common.hpp"
#include "terminal/gallery/gallery.hpp"
#include "terminal/limits.hpp"
#include "terminal/screens/rest.hpp"
#include "terminal/tour.hpp"
#include "ui/window.hpp"

namespace showfloor::terminal::cli {

namespace {

// What the window needs from assets/, in the chosen language and theme.
struct Look {
    ui::Theme theme;
    std::vector<text::Strings> strings;  // the terminal's own language first
};

// A language is finished when a test says so; these are.
constexpr std::array<const char*, 2> kLanguages = {"en", "ar"};

base::Result<Look> load_look(const std::string& locale, const std::string& theme_name) {
    SHOWFLOOR_ASSIGN(const std::string assets, base::asset_folder());
    SHOWFLOOR_ASSIGN(ui::Theme theme, ui::load_theme(assets + "/themes", theme_name));
    Look look{std::move(theme), {}};
    std::vector<std::string> codes = {locale};
    for (const char* code : kLanguages)
        if (locale != code) codes.emplace_back(code);
    for (const std::string& code : codes) {
        SHOWFLOOR_ASSIGN(text::Strings strings, text::Strings::load(assets + "/strings", code));
        look.strings.push_back(std::move(strings));
    }
    return look;
}

base::Result<ui::Window::Options> window_options(const base::Arguments& arguments) {
    ui::Window::Options options;
    options.full_screen = !arguments.has("windowed");
    const std::string size = arguments.get("windowed", "1920x1080");
    if (std::sscanf(size.c_str(), "%dx%d", &options.width, &options.height) != 2 ||
        options.width < 640 || options.height < 480) {
        return base::fail(base::ErrorKind::kInvalid,
                          "--windowed takes WIDTHxHEIGHT of at least 640x480, for example "
                          "1280x800.",
                          "usage");
    }
    return options;
}

// Needs no terminal and no dealership.
int gallery(const base::Arguments& arguments) {
    const auto options = window_options(arguments);
    if (!options) return fail_with(options.error());
    const auto shown = show_gallery(*options, arguments.get("tour"));
    return shown ? base::kExitDone : fail_with(shown.error());
}

}  // namespace

int run(const base::Arguments& arguments) {
    if (arguments.has("gallery")) return gallery(arguments);
    if (!arguments.has("data"))
        return fail_with(
            base::fail(base::ErrorKind::kInvalid, "run needs --data DIR, or --gallery."));
    const std::string locale = arguments.get("locale", "en");
    auto look = load_look(locale, arguments.get("theme", "day"));
    if (!look) return fail_with(look.error());
    const auto options = window_options(arguments);
    if (!options) return fail_with(options.error());
    auto app = App::open({folder_of(arguments).path, [] { ui::Window::wake(); }, locale});
    if (!app) return fail_with(app.error());
    auto window = ui::Window::open(*options);
    if (!window) return fail_with(window.error());
    ui::Window& screen = **window;
    screen.stage().use_theme(look->theme);
    screen.stage().use_strings(look->strings.front());
    ui::Navigator navigator;
    Shell shell{**app, navigator};
    for (const text::Strings& strings : look->strings)
        shell.languages.push_back(strings.get("ui.language"));
    Rest rest(shell);
    shell.to_attract();
    const auto draw = [&](ui::Context& ui) {
        navigator.draw(ui);
        rest.watch(ui);
        // Words are changed between frames, never within one.
        if (&ui.strings() != &look->strings[shell.language]) ui.draw_again();
    };
    if (arguments.has("tour")) return play_tour(shell, screen, draw, arguments.get("tour"));
    catch_signals();
    bool told = false;
    while (!screen.closing() && !asked_to_stop()) {
        if ((*app)->poll()) screen.draw_again();
        screen.stage().use_strings(look->strings[shell.language]);
        const bool drew = screen.step(draw, kLongestWaitMs);
        if (drew && !told && (*app)->catalogue()->on_offer() > 0 &&
            (*app)->pictures().version() > 0) {
            told = true;  // what is waited for when starts are measured
            base::log(base::LogLevel::kInfo, "cars_on_screen");
        }
    }
    return base::kExitDone;
}

}  // namespace showfloor::terminal::cli
