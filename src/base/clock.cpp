#include "base/clock.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace showfloor::base {

UtcMs SystemClock::wall() const {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    return duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::int64_t SystemClock::boot_ms() const {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

TrustedClock::TrustedClock(const Clock& clock, Saved saved)
    : clock_(clock),
      base_trusted_(std::max(saved.trusted, clock.wall())),
      base_boot_(clock.boot_ms()),
      highest_(saved.trusted) {
    // A wall clock set far ahead must not push trusted time ahead for ever: once central has been
    // heard (saved.trusted != 0) a later wall clock counts for at most the longest plausible
    // power-off, one year.
    constexpr std::int64_t kLongestOffMs = 366LL * 24 * 3600 * 1000;
    if (saved.trusted != 0 && clock.wall() > saved.trusted + kLongestOffMs)
        base_trusted_ = saved.trusted;
}

UtcMs TrustedClock::now() const {
    const UtcMs estimate = base_trusted_ + (clock_.boot_ms() - base_boot_);
    highest_ = std::max(highest_, estimate);
    return highest_;
}

void TrustedClock::heard_central(UtcMs server_time) {
    base_trusted_ = server_time;
    base_boot_ = clock_.boot_ms();
    heard_ = true;
    // Central is the authority: when our estimate had run ahead of it, time stands still until it
    // has caught up, rather than going backwards.
    highest_ = std::max(highest_, server_time);
}

std::int64_t TrustedClock::wall_skew_ms() const {
    if (!heard_) return 0;
    return clock_.wall() - (base_trusted_ + (clock_.boot_ms() - base_boot_));
}

}  // namespace showfloor::base
