#pragma once
// The bounds of mail, each with its reason. Thread contract: constants.

#include <array>
#include <cstddef>
#include <cstdint>

namespace showfloor::central {

// After the first failed try, the second, ...; then the last again and again.
inline constexpr std::array<std::int64_t, 5> kMailRetryMs = {60'000, 300'000, 900'000, 3'600'000,
                                                             4 * 3'600'000};
// A letter nobody took for three days is stuck: a person has to look at it.
inline constexpr std::int64_t kMailTriedForMs = 3LL * 24 * 3'600'000;
// A sender that died comes back within this time even when nobody starts it anew.
inline constexpr std::int64_t kMailClaimMs = 10LL * 60'000;
// Looked for so often: the queue is filled by other processes too (the command line).
inline constexpr std::int64_t kMailPollMs = 2'000;
// What was sent or dropped stays to be shown, then goes.
inline constexpr std::int64_t kMailKeptMs = 90LL * 24 * 3'600'000;
// When the mail server is away, one letter finds out for all.
inline constexpr int kMailAtOnce = 100;  // letters of one round, so that stopping is quick
inline constexpr std::size_t kMailListed = 1000;
inline constexpr std::size_t kMaxMailPasswordBytes = 1024;
inline constexpr std::size_t kMaxMailCaBytes = 1024UL * 1024;

}  // namespace showfloor::central
