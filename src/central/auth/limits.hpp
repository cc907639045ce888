#pragma once
// The bounds of signing in, each with its reason. Thread contract: constants.

#include <cstddef>
#include <cstdint>

namespace showfloor::central {

inline constexpr std::int64_t kAccessTokenMs = 15LL * 60 * 1000;
inline constexpr std::int64_t kRefreshTokenMs = 7LL * 24 * 3600 * 1000;
// Ended sessions are kept so long, to tell a reused token from nonsense.
inline constexpr std::int64_t kEndedSessionKeptMs = 30LL * 24 * 3600 * 1000;
// A person has a few devices; the oldest session ends when one more begins.
inline constexpr int kMaxSessionsPerUser = 20;

// Access tokens remembered as genuine, some 500 bytes each; all are forgotten when it is full.
inline constexpr std::size_t kMaxKnownTokens = 10'000;

// Failed sign-ins per account, and per address.
inline constexpr int kLoginTriesPerMinute = 5;
inline constexpr int kLoginTriesPerHour = 15;
// Names counted at once; each is some 200 bytes. The stalest go first.
inline constexpr std::size_t kMaxRateNames = 50'000;

// Argon2id takes 19 MiB and a core for 40 ms: two at a time on two cores; who waits longer than
// this is told to come back.
inline constexpr int kPasswordChecksAtOnce = 2;
inline constexpr int kPasswordCheckWaitMs = 5'000;

// Codes by e-mail: eight figures, a hundred million values; five tries at one open nothing.
inline constexpr std::int64_t kEmailCodeMs = 10LL * 60 * 1000;
inline constexpr int kTriesPerEmailCode = 5;

// Addresses remembered of each person: a phone changes its own often.
inline constexpr int kMaxKnownAddresses = 50;

inline constexpr std::size_t kShortestPassword = 10;  // characters
inline constexpr std::size_t kLongestPassword = 256;  // characters: nobody types more
inline constexpr std::size_t kLongestLogin = 254;     // bytes: an e-mail address

}  // namespace showfloor::central
