#include "text/zone.hpp"

#include <date/tz.h>

#include <chrono>
#include <exception>

namespace showfloor::text {

namespace {

// The library throws for what it does not know; no exception leaves this folder.
const date::time_zone* find(std::string_view zone) {
    if (zone.empty()) return nullptr;
    try {
        return date::locate_zone(zone);
    } catch (const std::exception&) {
        return nullptr;
    }
}

}  // namespace

int utc_offset_minutes(std::string_view zone, std::int64_t utc_ms) {
    const date::time_zone* known = find(zone);
    if (known == nullptr) return 0;
    try {
        const date::sys_seconds at{std::chrono::seconds{utc_ms / 1000}};
        const auto offset = known->get_info(at).offset;
        return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(offset).count());
    } catch (const std::exception&) {
        return 0;
    }
}

}  // namespace showfloor::text
