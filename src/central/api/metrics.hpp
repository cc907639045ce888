#pragma once
// Metrics: how central is doing, as text for Prometheus. Counts and times only: no names, no
// amounts, nothing about anybody.
// Thread contract: every call from any thread.

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "central/store.hpp"

namespace showfloor::central {

struct Route;

class Metrics {
   public:
    explicit Metrics(const base::Clock& clock) : clock_(clock), began_ms_(clock.boot_ms()) {}

    // `route`: null for an address that is none of ours.
    void note(const Route* route, int status, std::int64_t took_ms);
    base::Result<std::string> text(Store& store) const;

   private:
    struct Count {
        std::int64_t requests = 0, took_ms = 0;
    };
    const base::Clock& clock_;
    std::int64_t began_ms_;
    mutable std::mutex mutex_;
    // By operation and the first figure of the status: bounded by the route table.
    std::map<std::pair<std::string, int>, Count> counts_;
};

}  // namespace showfloor::central
