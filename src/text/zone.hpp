#pragma once
// Time zones by their IANA names, from the machine's own database (Debian: tzdata).
// Thread contract: any thread.

#include <cstdint>
#include <string_view>

namespace showfloor::text {

// Minutes east of UTC in that zone at that moment, daylight saving time included; 0 for an empty or
// unknown name, and when the machine has no database.
[[nodiscard]] int utc_offset_minutes(std::string_view zone, std::int64_t utc_ms);

}  // namespace showfloor::text
