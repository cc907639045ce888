#pragma once
// RateLimits: how often something was done within the last minute and hour, by name. Counted in
// memory, written to table rate_window, so that a restart forgives nobody.
// Thread contract: every call from any thread.

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "database/connection.hpp"

namespace showfloor::central {

class RateLimits {
   public:
    struct Rule {
        int per_minute = 0;
        int per_hour = 0;       // 0 = no bound by the hour
        bool back_off = false;  // each full minute within the hour waits twice as long
    };

    // Reads what still counts; called once, before the first take().
    base::Result<void> load(database::Connection& connection, base::UtcMs now);

    // Counts one. 0, or the seconds to wait (at least 1) when it is too often; then not counted.
    [[nodiscard]] std::int64_t take(std::string_view name, const Rule& rule, base::UtcMs now);
    // What was taken does not count after all.
    void give_back(std::string_view name, const Rule& rule);

    // Writes one name within the caller's transaction; everything else with save_all().
    base::Result<void> save(database::Connection& connection, std::string_view name);
    base::Result<void> save_all(database::Connection& connection, base::UtcMs now);

   private:
    struct Window {
        base::UtcMs minute_start = 0, hour_start = 0, blocked_until = 0;
        std::int64_t minute_count = 0, hour_count = 0;
        bool changed = false;
    };
    static base::Result<void> write(database::Connection& connection, const std::string& name,
                                    const Window& window);
    void make_room(base::UtcMs now);

    std::mutex mutex_;
    std::map<std::string, Window, std::less<>> windows_;
};

}  // namespace showfloor::central
