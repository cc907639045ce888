#pragma once
// The bounds of this folder, each with its reason.

#include <cstddef>
#include <cstdint>

namespace showfloor::database {

// Prepared statements kept per connection. Handlers, read models and sync together use fewer than
// 200 shapes; each costs a few kB.
inline constexpr std::size_t kStatementsKept = 256;

// Page cache of one connection. A terminal of 2 GB runs three connections next to pictures.
inline constexpr int kCacheKib = 8 * 1024;

// The WAL file is cut back to this after a checkpoint, so that one large transaction does not
// keep its size on an 8 GB flash for ever.
inline constexpr std::int64_t kWalKeptBytes = 16 * 1024 * 1024;

// So many pages of 4 KB stand in the WAL before a commit moves them into the file, which costs two
// syncs: a push of 200 sales writes 2,000 pages, and did it every time. Within kWalKeptBytes.
inline constexpr int kWalPagesKept = 4000;

// How long a writer waits for another process before it says kBusy.
inline constexpr int kBusyTimeoutMs = 5000;

// The longest text or blob bound or read; the largest thing stored is a sync page in staging.
inline constexpr int kLongestValue = 64 * 1024 * 1024;

}  // namespace showfloor::database
