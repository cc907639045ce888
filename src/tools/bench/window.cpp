#include <poll.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <string>

#include "tools/bench/meter.hpp"
#include "tools/bench/sections.hpp"

namespace showfloor::bench {

namespace {

using Kind = Figure::Kind;

constexpr int kLookMs = 5;

bool says(const std::string& path, const std::string& event) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        if (line.find("\"event\":\"" + event + "\"") != std::string::npos) return true;
    }
    return false;
}

// Milliseconds from the start of the kiosk's process until its log says so; fails after a minute.
base::Result<double> until_said(Program& kiosk, const std::string& log, const std::string& event,
                                double begun) {
    constexpr double kMostMs = 60'000;
    while (!says(log, event)) {
        if (!kiosk.running()) return base::fail("The kiosk does not run here; is there a display?");
        if (now_ms() - begun > kMostMs) return base::fail("The kiosk shows no cars.");
        ::poll(nullptr, 0, kLookMs);
    }
    return now_ms() - begun;
}

// A tap in the middle of the screen; the tool is in the tests' packages.
bool tap() {
    return std::system("xdotool mousemove 960 540 click 1 >/dev/null 2>&1") == 0;
}

void wheel(int notches) {
    const std::string call = "xdotool mousemove 1200 700 click --repeat " +
                             std::to_string(notches) + " --delay 60 5 >/dev/null 2>&1";
    if (std::system(call.c_str()) != 0) return;
}

// A monkey with one finger: touches and turns of the wheel, the same ones in every run.
base::Result<void> play(Program& kiosk, int minutes) {
    constexpr int kActs = 40;  // in one call
    std::mt19937 random(7);
    const auto below = [&](std::uint32_t bound) { return random() % bound; };
    for (const double until = now_ms() + minutes * 60'000.0; now_ms() < until;) {
        std::string call = "xdotool";
        for (int i = 0; i < kActs; ++i)
            call += " mousemove " + std::to_string(below(1920)) + " " +
                    std::to_string(below(1080)) + " click " +
                    (below(3) == 0 ? "--repeat 8 --delay 16 " + std::to_string(4 + below(2))
                                   : std::string("1")) +
                    " sleep 0.3";
        if (std::system((call + " >/dev/null 2>&1").c_str()) != 0)
            return base::fail("xdotool cannot touch the window.");
        if (!kiosk.running()) return base::fail("The kiosk ended while it was touched.");
    }
    return {};
}

}  // namespace

base::Result<void> measure_window(const terminal::DataFolder& folder, int minutes,
                                  const Tell& tell) {
    const std::string log = folder.path + "/bench.log";
    Program empty;
    const bool has_empty = empty.start("showfloor-bench", {"--empty-window"}, "/dev/null").ok();
    ::poll(nullptr, 0, 3000);
    const double empty_mb = has_empty && empty.running() ? pss_mb(empty.pid()) : 0;
    empty.stop();
    std::vector<double> starts;
    double last_begun = 0;
    Program kiosk;
    constexpr int kStarts = 3;
    for (int i = 0; i < kStarts; ++i) {
        kiosk.stop();
        std::ofstream(log, std::ios::trunc).close();  // what the one before said is not said now
        const double begun = last_begun = now_ms();
        SHOWFLOOR_TRY(kiosk.start("showfloor-terminal",
                                  {"run", "--data", folder.path, "--windowed", "1920x1080"}, log));
        SHOWFLOOR_ASSIGN(const double took, until_said(kiosk, log, "cars_on_screen", begun));
        starts.push_back(took);
    }
    const double started_cpu = cpu_ms(kiosk.pid());
    SHOWFLOOR_ASSIGN(const double all, until_said(kiosk, log, "all_cars_here", last_begun));
    tell({"start until cars and a picture stand there", quantile(starts, 0.5), "ms", 333,
          Kind::kAtMost,
          "median of three starts of the real program; goal: a third of Chromium's 1.0 s; " +
              std::to_string(static_cast<int>(started_cpu)) + " ms of CPU"});
    tell(
        {"start until all cars can be searched", all, "ms", 0, Kind::kTold,
         "the newest can be touched and opened since the row above; the last of the three starts"});
    constexpr int kCalmMs = 8'000, kStaticMs = 10'000;
    ::poll(nullptr, 0, 2000);
    const bool tapped = tap();
    ::poll(nullptr, 0, kCalmMs);
    const double before = cpu_ms(kiosk.pid());
    ::poll(nullptr, 0, kStaticMs);
    tell({"idle CPU, static screen", (cpu_ms(kiosk.pid()) - before) / kStaticMs * 100, "%", 0.05,
          Kind::kAtMost,
          tapped ? "of a core over 10 s of Browse"
                 : "of a core over 10 s of the attract screen: there is no xdotool to tap with"});
    wheel(30);
    ::poll(nullptr, 0, 3000);
    const double used_mb = pss_mb(kiosk.pid());
    tell({"memory in Browse after some use", used_mb, "MB", 158, Kind::kAtMost,
          "PSS; goal: a third of Chromium's 475"});
    if (empty_mb > 0)
        tell({"memory over an empty window", used_mb - empty_mb, "MB", 50, Kind::kAtMost,
              "an empty GLFW window takes " + std::to_string(static_cast<int>(empty_mb)) +
                  " MB in software drawing"});
    if (minutes == 0 || !tapped) return {};
    SHOWFLOOR_TRY(play(kiosk, minutes));
    ::poll(nullptr, 0, 3000);
    tell({"memory after random touches", pss_mb(kiosk.pid()), "MB", 158, Kind::kAtMost,
          std::to_string(minutes) + " minutes of them, seeded, over all a visitor can do"});
    return {};
}

}  // namespace showfloor::bench
