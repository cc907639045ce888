// run: the kiosk itself: window, words, theme, screens, and the rest after people have gone.

#include <atomic>
#include <cstdio>
#include <future>
#include <string>

#include "base/heap.hpp"
#include "base/log.hpp"
#include "base/paths.hpp"
#include "terminal/cli/cli.hpp"
#include "terminal/cli/common.hpp"
#include "terminal/cli/run.hpp"
#include "terminal/gallery/gallery.hpp"
#include "terminal/limits.hpp"
#include "terminal/screens/alerts.hpp"
#include "terminal/screens/looks.hpp"
#include "terminal/screens/rest.hpp"
#include "terminal/tour.hpp"
#include "ui/speaker.hpp"
#include "ui/window.hpp"

namespace showfloor::terminal::cli {

namespace {

// A length in millimetres, between what the smallest and the largest of its kind have.
base::Result<float> length_mm(const base::Arguments& arguments, const std::string& name,
                              float otherwise, int least, int most) {
    if (!arguments.has(name)) return otherwise;
    SHOWFLOOR_ASSIGN(const auto mm, arguments.number(name, least, least, most));
    return static_cast<float>(mm);
}

}  // namespace

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
    // Nothing told: the window asks the display, and believes it when what it says can be true.
    SHOWFLOOR_ASSIGN(options.width_mm, length_mm(arguments, "display-mm", 0, 100, 5000));
    SHOWFLOOR_ASSIGN(options.distance_mm,
                     length_mm(arguments, "distance-mm", options.distance_mm, 200, 5000));
    return options;
}

namespace {

void give_back() {
    base::give_back_heap();
    // Software drawing compiles its shaders with it, some 30 MB of code that then lies idle.
    base::give_back_code("libLLVM");
}

// Needs no terminal and no dealership.
int gallery(const base::Arguments& arguments) {
    const auto options = window_options(arguments);
    if (!options) return fail_with(options.error());
    const auto shown = show_gallery(*options, arguments.get("tour"), arguments.get("locale", "en"),
                                    arguments.get("theme", "day"));
    return shown ? base::kExitDone : fail_with(shown.error());
}

}  // namespace

int run(const base::Arguments& arguments) {
    if (arguments.has("gallery")) return gallery(arguments);
    if (!arguments.has("data"))
        return fail_with(
            base::fail(base::ErrorKind::kInvalid, "run needs --data DIR, or --gallery."));
    const std::string locale = arguments.get("locale", "en");
    const auto assets = base::asset_folder();
    if (!assets) return fail_with(assets.error());
    const auto options = window_options(arguments);
    if (!options) return fail_with(options.error());
    constexpr long kMostIdleSeconds = 86'400;
    const auto idle = arguments.number("idle", kAttractAfterMs / 1000, 1, kMostIdleSeconds);
    if (!idle) return fail_with(idle.error());
    // Words, files and first cars on one core while the window and its drawing come up on the
    // other.
    auto looking = std::async(std::launch::async, [&] {
        return Looks::load(*assets, locale, arguments.get("theme", "day"));
    });
    std::atomic<bool> awake{false};  // before it nothing could be woken
    auto opening = std::async(std::launch::async, [&] {
        const auto wake = [&] {
            if (awake) ui::Window::wake();
        };
        return App::open({folder_of(arguments).path, wake, locale, version()});
    });
    auto window = ui::Window::open(*options);
    awake = window.ok();
    auto looks = looking.get();
    auto app = opening.get();
    if (!looks) return fail_with(looks.error());
    if (!app) return fail_with(app.error());
    if (!window) return fail_with(window.error());
    ui::Window& screen = **window;
    ui::Navigator navigator;
    Shell shell{**app, navigator};
    looks->begin(shell, screen.stage());
    shell.idle_ms = std::int64_t{*idle} * 1000;
    const auto speaker = ui::SystemSpeaker::find();
    shell.can_speak = speaker != nullptr;
    if (speaker) {
        shell.say = [&](const std::string& words) {
            speaker->say(words, screen.stage().context().locale().code);
        };
    }
    ui::SystemBell bell;
    shell.ring = [&](ui::Signal signal) { bell.ring(signal); };
    Rest rest(shell);
    Alerts alerts(shell);
    shell.to_attract();
    const auto draw = [&](ui::Context& ui) {
        shell.draw(ui);
        alerts.draw(ui);
        rest.watch(ui);
        // Looks are changed between frames, never within one.
        if (!looks->apply(shell, screen.stage())) return;
        screen.use_text_size(looks->text_size(), looks->largest());
        const float volume = kVolumes[shell.visit.settings.volume];
        bell.use_volume(volume);
        if (speaker) speaker->use_volume(volume);
        screen.stage().use_speaker(shell.visit.settings.speech ? speaker.get() : nullptr);
        ui.draw_again();
    };
    if (arguments.has("tour")) return play_tour(shell, screen, draw, arguments.get("tour"));
    catch_signals();
    // What is waited for when starts are measured.
    bool told = false, told_all = false;
    bool restless = true;
    std::future<void> giving_back;
    while (!screen.closing() && !asked_to_stop() && !shell.leave) {
        if ((*app)->poll()) screen.draw_again();
        const bool drew = screen.step(draw, restless ? kRestAfterMs : kLongestWaitMs);
        // Once nothing moves any more, what drawing left behind goes back: beside this thread, so
        // that no touch waits for it.
        if (!drew && restless) giving_back = std::async(std::launch::async, give_back);
        restless = drew;
        if (drew && !told && (*app)->catalogue()->on_offer() > 0 &&
            (*app)->pictures().version() > 0) {
            told = true;
            base::log(base::LogLevel::kInfo, "cars_on_screen");
        }
        if (told && !told_all && (*app)->catalogue()->whole()) {
            told_all = true;
            base::log(base::LogLevel::kInfo, "all_cars_here");
        }
    }
    return base::kExitDone;
}

}  // namespace showfloor::terminal::cli
