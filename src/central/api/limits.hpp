#pragma once
// The bounds of the REST API, each with its reason. Thread contract: constants.

#include <cstddef>
#include <cstdint>

namespace showfloor::central {

inline constexpr int kAnonymousReadsPerMinute = 120;  // per address
inline constexpr int kWritesPerMinute = 60;           // per person
// Nobody's own writes are leads: what one visitor leaves in a minute, what an address in an hour.
inline constexpr int kAnonymousWritesPerMinute = 5;
inline constexpr int kAnonymousWritesPerHour = 20;

inline constexpr std::size_t kMaxJsonBodyBytes = 256UL * 1024;  // a sale with a signature: 120 kB
inline constexpr std::size_t kMaxUploadBytes = 24UL * 1024 * 1024;
// Some 60,000 cars: what one person uploads while they wait. Larger ones take the command line.
inline constexpr std::size_t kMaxListBytes = 16UL * 1024 * 1024;
inline constexpr std::size_t kMaxHeaderToken = 4096;
inline constexpr std::size_t kMaxIdempotencyKey = 255;
inline constexpr std::int64_t kIdempotentAnswerMs = 48LL * 3600 * 1000;

inline constexpr std::size_t kDefaultPage = 25;
inline constexpr std::size_t kMaxPage = 100;
// Rows looked at for one page when some of them are not this person's to see; the page then ends
// early with a cursor that goes on.
inline constexpr std::size_t kMaxRowsScanned = 2000;
inline constexpr std::size_t kMaxFilters = 20;
inline constexpr std::size_t kMaxSearchWords = 8;
inline constexpr std::size_t kMaxCursorBytes = 1024;

}  // namespace showfloor::central
