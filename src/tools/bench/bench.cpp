#include "tools/bench/bench.hpp"

#include <poll.h>

#include "tools/bench/meter.hpp"
#include "tools/bench/sections.hpp"

namespace showfloor::bench {

namespace {

using Kind = Figure::Kind;

base::Result<void> measure_window(const terminal::DataFolder& folder, const Tell& tell) {
    Program kiosk;
    SHOWFLOOR_TRY(kiosk.start("showfloor-terminal",
                              {"run", "--data", folder.path, "--windowed", "1920x1080"}));
    constexpr int kSettleMs = 15'000, kStaticMs = 10'000;
    ::poll(nullptr, 0, kSettleMs);
    if (!kiosk.running()) return base::fail("The kiosk does not run here; is there a display?");
    const double before = cpu_ms(kiosk.pid());
    ::poll(nullptr, 0, kStaticMs);
    tell({"idle CPU, static screen", (cpu_ms(kiosk.pid()) - before) / kStaticMs * 100, "%", 0.05,
          Kind::kAtMost, "of a core over 10 s"});
    tell({"memory with all cars on screen", pss_mb(kiosk.pid()), "MB", 158, Kind::kAtMost,
          "PSS; goal: a third of Chromium's 475"});
    return {};
}

}  // namespace

base::Result<void> measure(const Size& size, const Tell& tell) {
    SHOWFLOOR_ASSIGN(const auto stage, Stage::make(size.cars));
    tell({"import: cars per second of CPU", stage->import_per_second(), "rows/s", 0, Kind::kTold,
          "as commands, with history and feed"});
    SHOWFLOOR_ASSIGN(const auto folder, stage->enrol("second"));
    {
        Desk desk;
        SHOWFLOOR_TRY(measure_fill(*stage, size.cars, desk, folder, tell));
        if (size.wants("sales")) SHOWFLOOR_TRY(measure_sales(*stage, desk, size.sales, tell));
        if (size.wants("requests")) SHOWFLOOR_TRY(measure_requests(*stage, desk, folder, tell));
        tell({"central: memory after all that", pss_mb(stage->server().pid()), "MB", 200,
              Kind::kAtMost, "PSS"});
    }
    if (size.wants("window")) SHOWFLOOR_TRY(measure_window(folder, tell));
    return {};
}

}  // namespace showfloor::bench
