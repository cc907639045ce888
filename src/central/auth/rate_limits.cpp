#include "central/auth/rate_limits.hpp"

#include <algorithm>
#include <vector>

#include "central/auth/limits.hpp"

namespace showfloor::central {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr int kMostDoublings = 5;  // 32 minutes; the hour's own bound comes first

}  // namespace

base::Result<void> RateLimits::load(database::Connection& connection, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(
        auto statement,
        connection.prepare("SELECT name, minute_start, minute_count, hour_start, hour_count, "
                           "blocked_until FROM rate_window WHERE hour_start > ?1 OR "
                           "blocked_until > ?2 ORDER BY hour_start DESC LIMIT ?3"));
    statement.bind(1, now - kHourMs).bind(2, now).bind(3, std::int64_t{kMaxRateNames});
    const std::lock_guard lock(mutex_);
    while (true) {
        SHOWFLOOR_ASSIGN(const bool found, statement.step());
        if (!found) return {};
        Window& window = windows_[statement.text(0)];
        window.minute_start = statement.integer(1);
        window.minute_count = statement.integer(2);
        window.hour_start = statement.integer(3);
        window.hour_count = statement.integer(4);
        window.blocked_until = statement.integer(5);
    }
}

std::int64_t RateLimits::take(std::string_view name, const Rule& rule, base::UtcMs now) {
    const std::lock_guard lock(mutex_);
    auto found = windows_.find(name);
    if (found == windows_.end()) {
        make_room(now);
        found = windows_.emplace(std::string(name), Window{}).first;
    }
    Window& window = found->second;
    // A clock that was set back must not lock anybody out for longer than the rule says.
    if (now - window.hour_start >= kHourMs || now < window.hour_start) {
        window = Window{};
        window.hour_start = window.minute_start = now;
    } else if (now - window.minute_start >= kMinuteMs) {
        window.minute_start = now;
        window.minute_count = 0;
    }
    if (window.blocked_until > now) return (window.blocked_until - now + 999) / 1000;
    if (window.minute_count >= rule.per_minute) window.minute_count = 0;  // has waited it out
    ++window.minute_count;
    ++window.hour_count;
    window.changed = true;
    if (window.minute_count >= rule.per_minute) {
        const auto doublings = std::min<std::int64_t>(
            rule.back_off ? window.hour_count / rule.per_minute - 1 : 0, kMostDoublings);
        window.blocked_until = (rule.back_off ? now : window.minute_start) +
                               (kMinuteMs << std::max<std::int64_t>(doublings, 0));
    }
    if (rule.per_hour > 0 && window.hour_count >= rule.per_hour)
        window.blocked_until = std::max(window.blocked_until, window.hour_start + kHourMs);
    return 0;
}

void RateLimits::give_back(std::string_view name, const Rule& rule) {
    const std::lock_guard lock(mutex_);
    const auto found = windows_.find(name);
    if (found == windows_.end()) return;
    Window& window = found->second;
    window.minute_count = std::max<std::int64_t>(window.minute_count - 1, 0);
    window.hour_count = std::max<std::int64_t>(window.hour_count - 1, 0);
    const bool full = window.minute_count >= rule.per_minute ||
                      (rule.per_hour > 0 && window.hour_count >= rule.per_hour);
    if (!full) window.blocked_until = 0;
    window.changed = true;
}

base::Result<void> RateLimits::save(database::Connection& connection, std::string_view name) {
    Window window;
    {
        const std::lock_guard lock(mutex_);
        const auto found = windows_.find(name);
        if (found == windows_.end()) return {};
        window = found->second;
    }
    return write(connection, std::string(name), window);
}

base::Result<void> RateLimits::save_all(database::Connection& connection, base::UtcMs now) {
    std::vector<std::pair<std::string, Window>> changed;
    {
        const std::lock_guard lock(mutex_);
        for (auto& [name, window] : windows_) {
            if (!window.changed) continue;
            changed.emplace_back(name, window);
            window.changed = false;
        }
    }
    for (const auto& [name, window] : changed)
        SHOWFLOOR_TRY(write(connection, name, window));
    return connection.run("DELETE FROM rate_window WHERE hour_start <= ?1 AND blocked_until <= ?2",
                          {database::Cell(now - kHourMs), database::Cell(now)});
}

base::Result<void> RateLimits::write(database::Connection& connection, const std::string& name,
                                     const Window& window) {
    return connection.run(
        "INSERT OR REPLACE INTO rate_window (name, minute_start, minute_count, hour_start, "
        "hour_count, blocked_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        {database::Cell(name), database::Cell(window.minute_start),
         database::Cell(window.minute_count), database::Cell(window.hour_start),
         database::Cell(window.hour_count), database::Cell(window.blocked_until)});
}

void RateLimits::make_room(base::UtcMs now) {
    if (windows_.size() < kMaxRateNames) return;
    std::erase_if(windows_, [now](const auto& entry) {
        return entry.second.blocked_until <= now && now - entry.second.hour_start >= kMinuteMs;
    });
    // Still full: so many names within a minute are an attack; the first one has to make room.
    if (windows_.size() >= kMaxRateNames) windows_.erase(windows_.begin());
}

}  // namespace showfloor::central
