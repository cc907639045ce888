#include "tools/bench/bench.hpp"

#include "tools/bench/meter.hpp"
#include "tools/bench/sections.hpp"

namespace showfloor::bench {

namespace {

using Kind = Figure::Kind;

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
        if (size.wants("idle"))
            SHOWFLOOR_TRY(measure_idle(*stage, desk, folder, size.terminals, tell));
        tell({"central: memory after all that", pss_mb(stage->server().pid()), "MB", 200,
              Kind::kAtMost, "PSS"});
    }
    if (size.wants("lists")) SHOWFLOOR_TRY(measure_lists(*stage, size.listed, tell));
    if (size.wants("window")) SHOWFLOOR_TRY(measure_window(folder, tell));
    if (size.wants("frames"))
        SHOWFLOOR_TRY(measure_frames(*stage, folder, size.cars, size.shown_cars, tell));
    return {};
}

}  // namespace showfloor::bench
