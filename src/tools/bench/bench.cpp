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
    if (size.wants("window")) SHOWFLOOR_TRY(measure_window(folder, size.minutes, tell));
    if (!size.wants("frames") && !size.wants("window")) return {};
    stage->go_away();  // it does not know the cars that are added here
    if (size.wants("frames")) SHOWFLOOR_TRY(measure_frames(folder, tell));
    if (size.cars >= size.shown_cars) return {};
    SHOWFLOOR_TRY(fill_up(*stage, folder, size.cars, size.shown_cars));
    const Tell of_more = [&](Figure figure) {
        figure.name += ", " + std::to_string(size.shown_cars) + " cars";
        tell(figure);
    };
    if (size.wants("window")) SHOWFLOOR_TRY(measure_window(folder, 0, of_more));
    if (size.wants("frames")) SHOWFLOOR_TRY(measure_frames(folder, of_more));
    return {};
}

}  // namespace showfloor::bench
