#pragma once
// The bounds of central, each with its reason.

#include <cstddef>
#include <cstdint>

namespace showfloor::central {

// ---- storage ----------------------------------------------------------------------------------
// Read connections kept open. More requests than this wait for one: two cores cannot read faster.
inline constexpr std::size_t kReaders = 8;
// A writer waits this long for another process (an import while serve runs) before it says busy.
inline constexpr int kWriterBusyMs = 15'000;
inline constexpr int kReaderCacheKib = 16 * 1024;  // each of them: the walk of 100,000 cars fits
inline constexpr int kWriterCacheKib = 32 * 1024;  // feed, journal and records of one busy hour
inline constexpr std::size_t kMaxKeyFileBytes = 64 * 1024;

// ---- push, pull, snapshots --------------------------------------------------------------------
// Numbers a terminal may have skipped in one step and still have booked as void; a larger jump is
// no lost paper, it is nonsense, and is refused without touching the series.
inline constexpr std::int64_t kMaxSkippedNumbers = 1000;
// Unreadable or forged things kept per terminal: enough for an admin to see what happened, too
// few to fill the disk.
inline constexpr std::int64_t kMaxQuarantinePerTerminal = 500;
// Commands of one terminal that wait for what central does not know (yet): more than a day's work,
// few enough that forged ones do not fill the disk.
inline constexpr std::int64_t kMaxWaitingPerTerminal = 2000;
// How far clocks may be off when a restored central asks whether something happened in the time
// that it lost.
inline constexpr std::int64_t kSetBackSlackMs = 12LL * 3600 * 1000;
// Entries of a row that left a scope are kept so long; who stayed away longer takes a snapshot.
inline constexpr std::int64_t kGoneKeptMs = 120LL * 24 * 3600 * 1000;
// A snapshot file serves for so long: the terminal pulls on from its cursor, and a broken download
// must find the same bytes again.
inline constexpr std::int64_t kSnapshotKeptMs = 10LL * 60 * 1000;
inline constexpr std::size_t kMaxSnapshots = 64;    // each some 10 MB; the oldest goes first
inline constexpr std::size_t kCompressFrom = 1024;  // shorter answers do not get shorter
// Contact times stay in memory and are written together: an idle poll must not cost an fsync.
inline constexpr std::int64_t kContactFlushMs = 60 * 1000;

// ---- people and machines ----------------------------------------------------------------------
inline constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
inline constexpr std::int64_t kEnrollCodeMs = 15LL * 60 * 1000;
// All addresses together; the REST port bounds each address on top. A code has 49 bits and lives a
// quarter of an hour, so this many tries open nothing, and few enough to notice.
inline constexpr int kEnrollTriesPerHour = 600;
inline constexpr std::int64_t kTerminalCertificateMs = 2LL * 365 * kDayMs;
inline constexpr std::int64_t kAuthorityMs = 20LL * 365 * kDayMs;
inline constexpr std::int64_t kServerCertificateMs = 2LL * 365 * kDayMs;
inline constexpr std::int64_t kRenewSkewMs = 10LL * 60 * 1000;
// Without contact for so long, the admins are told of a terminal.
inline constexpr std::int64_t kTerminalOfflineMs = 3 * kDayMs;
// Terminals hold verifiers of those who signed in within so long.
inline constexpr std::int64_t kVerifierKeptMs = 90 * kDayMs;
inline constexpr std::size_t kMaxStaffPerBranch = 1000;
inline constexpr std::size_t kMaxTerminals = 5000;
inline constexpr std::size_t kMaxBranches = 500;

// ---- history and consequences -----------------------------------------------------------------
// A longer text stands in history as its SHA-256: signatures have 60 kB.
inline constexpr std::size_t kLongestHistoryText = 2000;

// ---- import -----------------------------------------------------------------------------------
inline constexpr std::size_t kMaxImportBytes = 512UL * 1024 * 1024;
inline constexpr std::size_t kMaxImportLineBytes = 1024 * 1024;
inline constexpr std::size_t kMaxImportFields = 200;
inline constexpr std::size_t kImportRowsPerCommit = 500;  // others write in between
inline constexpr std::size_t kMaxRejectedListed = 10'000;
inline constexpr std::size_t kMaxImagesPerCar = 30;

}  // namespace showfloor::central
