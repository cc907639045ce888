#include "terminal/catalogue.hpp"
#include "tools/bench/meter.hpp"
#include "tools/bench/sections.hpp"

namespace showfloor::bench {

base::Result<void> measure_fill(Stage& stage, int cars, Desk& desk,
                                const terminal::DataFolder& folder, const Tell& tell) {
    for (const bool cached : {false, true}) {
        Desk other;
        Desk& filled = cached ? desk : other;
        auto place = cached ? base::Result<terminal::DataFolder>(folder) : stage.enrol("first");
        if (!place) return place.error();
        const Meter meter(stage.server().pid());
        SHOWFLOOR_TRY(filled.open(*place));
        SHOWFLOOR_TRY(filled.settle());
        const double settled = meter.wall_ms();
        const auto catalogue = terminal::Catalogue::read(filled.engine->world());
        const double took = meter.wall_ms();
        if (static_cast<int>(catalogue->on_offer()) != cars)
            return base::fail("The fill is not whole.");
        const int rows = 2 * cars;  // each has its picture's row
        tell({cached ? "fill: rows per second, snapshot cached" : "fill: rows per second, first",
              rows / took * 1000, "rows/s", 57'000, Figure::Kind::kAtLeast,
              "cars and their pictures' rows over mutual TLS, " +
                  std::to_string(static_cast<int>(settled)) + " ms until they are here, " +
                  std::to_string(static_cast<int>(took)) + " until the catalogue stands; " +
                  meter.cpu()});
    }
    return {};
}

}  // namespace showfloor::bench
