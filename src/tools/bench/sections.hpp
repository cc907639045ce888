#pragma once
// The sections of the measurement; bench.cpp calls them in order. Thread contract: main thread.

#include "tools/bench/bench.hpp"
#include "tools/bench/desk.hpp"
#include "tools/bench/stage.hpp"

namespace showfloor::bench {

// First fill of two terminals, until Browse could show the cars; the desk is the second.
base::Result<void> measure_fill(Stage& stage, int cars, Desk& desk,
                                const terminal::DataFolder& folder, const Tell& tell);
// Sales one by one, then many while central is away, then their way to central and back.
base::Result<void> measure_sales(Stage& stage, Desk& desk, int sales, const Tell& tell);
// "Anything new?" and GET of one car, over connections that stay open.
base::Result<void> measure_requests(Stage& stage, Desk& desk, const terminal::DataFolder& folder,
                                    const Tell& tell);
// Lists, dashboard and search over REST, with `each` cars, customers and sales at central.
base::Result<void> measure_lists(Stage& stage, int each, const Tell& tell);

// The real kiosk in a window: its start, its rest, its memory, also after so many minutes of random
// touches.
base::Result<void> measure_window(const terminal::DataFolder& folder, int minutes,
                                  const Tell& tell);
// More cars straight into the replica, as a pull would lay them down, until there are `wanted`.
base::Result<void> fill_up(Stage& stage, const terminal::DataFolder& folder, int have, int wanted);
// Search, frames and touch with the cars that are there.
base::Result<void> measure_frames(const terminal::DataFolder& folder, const Tell& tell);
// An admin's "Bearer ..." of central.
base::Result<std::string> bearer_of_admin(Stage& stage);
// Many terminals that only ask "anything new?" once a minute, over connections kept open.
base::Result<void> measure_idle(Stage& stage, Desk& desk, const terminal::DataFolder& folder,
                                int terminals, const Tell& tell);

}  // namespace showfloor::bench
