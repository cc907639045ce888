// run: the kiosk itself: window, words, theme, screens, and the rest after people have gone.

#include <algorithm>
#include <cstdio>

#include "base/paths.hpp"
#include "terminal/cli/cli.hpp"
#include "terminal/cli/common.hpp"
#include "terminal/limits.hpp"
#include "terminal/screens/shell.hpp"
#include "terminal/tour.hpp"
#include "ui/window.hpp"

namespace showfloor::terminal::cli {

namespace {

// What the window needs from assets/, in the chosen language and theme.
struct Look {
    ui::Theme theme;
    text::Strings strings;
};

base::Result<Look> load_look(const std::string& locale, const std::string& theme_name) {
    SHOWFLOOR_ASSIGN(const std::string assets, base::asset_folder());
    SHOWFLOOR_ASSIGN(ui::Theme theme, ui::load_theme(assets + "/themes", theme_name));
    SHOWFLOOR_ASSIGN(text::Strings strings, text::Strings::load(assets + "/strings", locale));
    return Look{std::move(theme), std::move(strings)};
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

// After a while without anybody: sellers are signed out (their draft stays), visitors' screens go
// back to rest, and pulls slow down.
class Rest {
   public:
    explicit Rest(Shell& shell) : shell_(shell) {}
    void watch(ui::Context& ui) {
        const std::int64_t quiet = ui.now_ms() - ui.interaction().last_event_ms();
        const bool in_use = quiet < kAttractAfterMs;
        if (in_use != in_use_) {
            in_use_ = in_use;
            shell_.app.set_in_use(in_use);
        }
        const std::int64_t after = shell_.app.person() ? kSignOutAfterMs : kAttractAfterMs;
        const bool resting = shell_.navigator.top()->name() == "attract";
        if (resting) return;
        if (quiet < after) {
            ui.wake_at(ui.interaction().last_event_ms() + after);
            return;
        }
        if (shell_.app.person()) shell_.app.sign_out();
        shell_.to_attract();
    }

   private:
    Shell& shell_;
    bool in_use_ = true;
};

}  // namespace

int run(const base::Arguments& arguments) {
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
    screen.stage().use_strings(look->strings);
    ui::Navigator navigator;
    Shell shell{**app, navigator};
    Rest rest(shell);
    shell.to_attract();
    const auto draw = [&](ui::Context& ui) {
        navigator.draw(ui);
        rest.watch(ui);
    };
    if (arguments.has("tour")) return play_tour(shell, screen, draw, arguments.get("tour"));
    catch_signals();
    while (!screen.closing() && !asked_to_stop()) {
        if ((*app)->poll()) screen.draw_again();
        (void)screen.step(draw, kLongestWaitMs);
    }
    return base::kExitDone;
}

}  // namespace showfloor::terminal::cli
