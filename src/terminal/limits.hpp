#pragma once
// The terminal's bounds, each with its reason.

#include <cstddef>
#include <cstdint>

namespace showfloor::terminal {

inline constexpr std::int64_t kLongestWaitMs = 60'000;  // then signals and clocks are looked at
inline constexpr std::int64_t kRestAfterMs = 1'000;     // without a frame: freed memory goes back
inline constexpr std::size_t kMaxQueuedWork = 256;      // a person taps far slower than this
// Pages of the replica that a connection keeps; the system keeps the file's pages anyway.
inline constexpr int kEngineCacheKib = 2 * 1024;
inline constexpr int kReaderCacheKib = 1024;              // it walks through, once
inline constexpr std::size_t kMaxErrands = 8;             // papers to print, one after the other
inline constexpr std::int64_t kPrintPatienceMs = 15'000;  // lp hands over and goes; then it hangs
inline constexpr std::size_t kMaxWaitingShown = 200;
inline constexpr std::size_t kMaxPictureBytes = 16u << 20;  // decoded, on their way to the screen
inline constexpr std::uint64_t kPictureRounds = 30;        // and then no frame wanted them any more
inline constexpr std::size_t kMaxQueuedPictures = 64;      // some screens of cards
inline constexpr std::size_t kMaxPictureFile = 16u << 20;  // the largest prepared blob is 12 MB
inline constexpr int kLongestMediaSide = 2560;             // a screen and a little more
inline constexpr std::int64_t kSignOutAfterMs = 90'000;    // experience.md: lock after 90 s idle
inline constexpr std::int64_t kAttractAfterMs = 60'000;    // and the customer's screens go to rest
inline constexpr std::int64_t kWarnForMs = 20'000;   // "Still there?", before anything is forgotten
inline constexpr std::int64_t kSaveAgainMs = 3'000;  // a draft that the disk did not take
inline constexpr std::int64_t kReadAgainMs = 3'000;  // rows that could not be read
inline constexpr std::int64_t kRingEveryMs = 10'000;  // while a call stands unanswered
inline constexpr std::int64_t kOfflineWarnDays = 3;
inline constexpr int kTriesBeforeLock = 5;
inline constexpr std::int64_t kLockMinutes[] = {1, 5, 15, 60};
inline constexpr std::int64_t kRenewalCheckMs = 6 * 3'600'000;  // a renewal has a year of time
inline constexpr std::size_t kMaxSocketMessage = 1u << 20;      // one command with its answer
inline constexpr std::int64_t kEngineAnswerMs = 30'000;  // then `do` says the engine is stuck
inline constexpr std::int64_t kTourPatienceMs = 45'000;  // a slow machine under load, and no more
inline constexpr std::int64_t kTourLookMs = 50;          // between looks at what must hold
inline constexpr std::int64_t kTourStillMs = 120;        // without a frame: nothing moves any more

}  // namespace showfloor::terminal
