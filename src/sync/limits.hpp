#pragma once
// Every bound and time of src/sync, each with its reason.

#include <cstddef>
#include <cstdint>

namespace showfloor::sync {

inline constexpr std::int64_t kSecond = 1000;
inline constexpr std::int64_t kMinute = 60 * kSecond;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;

// protocol.md, "Timing".
inline constexpr std::int64_t kPullInUseMs = 15 * kSecond;
inline constexpr std::int64_t kPullIdleMs = 20 * kSecond;  // a visitor's call waits for 60 s
inline constexpr std::int64_t kPullCallOpenMs = 1 * kSecond;
inline constexpr int kPullJitterPercent =
    10;  // so that a showroom's terminals do not march in step
inline constexpr std::int64_t kBackOffFirstMs = 1 * kSecond;
inline constexpr std::int64_t kBackOffMostMs = 5 * kMinute;

// After this long without an answer the status names the cause, while the request goes on.
inline constexpr std::int64_t kNameCauseAfterMs = 4 * kSecond;
inline constexpr std::size_t kMostProblemBytes = 64 * 1024;  // of an answer that says no
inline constexpr std::int64_t kRequestTimeoutMs = 30 * kSecond;
inline constexpr std::int64_t kSnapshotTimeoutMs = 10 * kMinute;  // 50,000 cars over 1 Mbit/s
// A wall clock this far from central's is said to the person.
inline constexpr std::int64_t kClockWrongMs = 5 * kMinute;

// A central restored from last night's backup is handed again what it lacks; a month of backups.
inline constexpr std::int64_t kKeepAnsweredMs = 35 * kDay;
// Trusted time and last contact are saved this often when nothing else is written: an idle pull
// writes nothing.
inline constexpr std::int64_t kSaveClockEveryMs = 1 * kHour;

// Bytes of bodies in one push; beside kMaxCommandsPerPush, so that a slow link sees progress.
inline constexpr std::size_t kMostPushBodyBytes = 2 * 1024 * 1024;
inline constexpr std::size_t kMostEntriesListed = 10'000;  // export-outbox, in pages
// Items a seller has to look at; beyond it the oldest resolved ones go.
inline constexpr std::size_t kMostInboxItems = 1000;
inline constexpr std::size_t kMostDrafts = 200;
inline constexpr std::size_t kMostDraftBytes = 256 * 1024;
inline constexpr std::size_t kMostSignInLocks = 1000;
inline constexpr std::size_t kMostPins = 200;  // people of one branch who return quickly
inline constexpr std::size_t kMostUploads = 1000;
// 200,000 changed rows in pages of 1,000; a longer way is a snapshot's.
inline constexpr std::int64_t kMostStagedPages = 200;

inline constexpr std::int64_t kImageCacheBytes = 4LL * 1024 * 1024 * 1024;  // half of an 8 GB flash
inline constexpr std::size_t kBlobsAtOnce = 4;         // hides the latency; more starves the pulls
inline constexpr std::size_t kMostWanted = 64;         // one screen of pictures
inline constexpr std::size_t kMostPrefetch = 200'000;  // hashes in memory, 64 bytes each
inline constexpr std::int64_t kBlobRetryMs = 10 * kMinute;  // a picture central does not have

}  // namespace showfloor::sync
