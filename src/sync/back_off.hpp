#pragma once
// BackOff: how long to wait after the n-th failure in a row: 1 s doubling to 5 min, each halved at
// random so that a showroom's terminals do not come back together. Thread contract: a plain value.

#include <algorithm>
#include <cstdint>

#include "base/random.hpp"
#include "sync/limits.hpp"

namespace showfloor::sync {

class BackOff {
   public:
    // The wait after one more failure, from 1 s to 5 min.
    [[nodiscard]] std::int64_t next_ms(base::Random& random) {
        const std::int64_t whole = step_;
        step_ = std::min(step_ * 2, kBackOffMostMs);
        const auto part = static_cast<std::uint64_t>(whole / 2);
        const auto wait = whole - static_cast<std::int64_t>(random.below(part + 1));
        return std::max(kBackOffFirstMs, wait);
    }
    void reset() { step_ = kBackOffFirstMs; }

   private:
    std::int64_t step_ = kBackOffFirstMs;
};

}  // namespace showfloor::sync
