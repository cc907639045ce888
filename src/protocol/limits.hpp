#pragma once
// The bounds of the wire; both sides refuse beyond them.

#include <cstddef>
#include <cstdint>

namespace showfloor::protocol {

inline constexpr int kProtocolVersion = 1;
inline constexpr int kOldestVersionUnderstood = 1;  // central understands two releases back

inline constexpr std::size_t kMaxCommandsPerPush = 200;   // one transaction stays under 100 ms
inline constexpr std::size_t kMaxBodyBytes = 128 * 1024;  // a sale with a finger signature is 20 KB
inline constexpr std::size_t kMaxPushBytes = 16 * 1024 * 1024;
inline constexpr std::size_t kMaxPullBytes = 32 * 1024 * 1024;
inline constexpr int kDefaultPullLimit = 1000;  // rows a page; a page applies in tens of ms
inline constexpr int kMaxPullLimit = 5000;
inline constexpr std::size_t kMaxBlobBytes = 12 * 1024 * 1024;  // the largest prepared picture
inline constexpr std::int64_t kMaxLeaseMinutes = 15;

}  // namespace showfloor::protocol
