#pragma once
// Desk: a terminal's engine in this process, over the real network. Thread contract: main thread.

#include <functional>
#include <memory>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "net/http_client.hpp"
#include "terminal/data_folder.hpp"
#include "terminal/engine.hpp"
#include "terminal/person.hpp"

namespace showfloor::bench {

struct Desk {
    base::SystemClock clock;
    base::SystemRandom random;
    std::shared_ptr<net::HttpClient> client;
    std::unique_ptr<terminal::Engine> engine;

    base::Result<void> open(const terminal::DataFolder& folder);
    // Ticks until `done`; fails with the cause when three minutes were not enough.
    base::Result<void> tick_until(const std::function<bool()>& done);
    base::Result<void> settle();
    base::Result<terminal::Person> sign_in();
};

}  // namespace showfloor::bench
