#include "ui/bell.hpp"

#include <canberra.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/log.hpp"

namespace showfloor::ui {

namespace {

// A sound card that plays, or a sound server. Without either ALSA fills the log at every try.
bool can_be_heard() {
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    std::error_code problem;
    if (std::getenv("PULSE_SERVER") != nullptr ||
        (runtime != nullptr &&
         std::filesystem::exists(std::string(runtime) + "/pulse/native", problem)))
        return true;
    for (std::filesystem::directory_iterator at("/dev/snd", problem), end; !problem && at != end;
         at.increment(problem)) {
        const std::string name = at->path().filename().string();
        if (name.starts_with("pcm") && name.ends_with("p")) return true;
    }
    return false;
}

}  // namespace

struct SystemBell::Player {
    Player() = default;
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;
    ~Player() {
        if (context != nullptr) ca_context_destroy(context);
    }

    int play(Signal signal, float volume) {
        if (!can_be_heard()) return CA_ERROR_NODRIVER;
        if (context == nullptr) {
            const int made = ca_context_create(&context);
            if (made != CA_SUCCESS) return made;
            ca_context_change_props(context, CA_PROP_APPLICATION_NAME, "Showfloor", nullptr);
        }
        const std::string decibels = std::to_string(20 * std::log10(std::min(volume, 2.F)));
        const char* event = signal == Signal::kCall ? "phone-incoming-call" : "dialog-warning";
        return ca_context_play(context, 0, CA_PROP_EVENT_ID, event, CA_PROP_CANBERRA_VOLUME,
                               decibels.c_str(), nullptr);
    }

    ca_context* context = nullptr;
    bool told = false;
};

SystemBell::SystemBell() : player_(std::make_unique<Player>()) {}

SystemBell::~SystemBell() = default;

void SystemBell::ring(Signal signal) {
    using namespace std::chrono_literals;
    if (volume_ <= 0) return;
    if (beginning_.valid() && beginning_.wait_for(0s) != std::future_status::ready) return;
    // The first one reads the theme and opens the device, which takes what disks and devices take.
    beginning_ = std::async(std::launch::async, [player = player_.get(), signal, loud = volume_] {
        const int played = player->play(signal, loud);
        if (played == CA_SUCCESS || player->told) return;
        player->told = true;
        base::log(base::LogLevel::kWarning, "no_sound", {{"why", ca_strerror(played)}});
    });
}

}  // namespace showfloor::ui
