#pragma once
// Every bound of src/net, with its reason. Thread contract: constants.

#include <cstddef>

namespace showfloor::net {

// Server. One address is one shop behind a router: 64 covers its terminals and browsers, and leaves
// the other threads to the other shops.
inline constexpr int kMaxConnectionsPerAddress = 64;
// All connections of one central: about 40 KB of TLS buffers each.
inline constexpr int kMaxConnections = 4096;
// Connections waiting for a thread; more would wait longer than their senders do.
inline constexpr std::size_t kMaxQueuedConnections = 1024;
inline constexpr std::size_t kMinThreads = 4;
inline constexpr std::size_t kMaxThreads = 192;
// From the first byte (or the connection) to the end of the headers: slow headers hold a thread.
inline constexpr int kHeaderTimeoutMs = 5'000;
// A whole request body, and one written piece of an answer: a shop's worst link still manages that.
inline constexpr int kBodyTimeoutMs = 60'000;
inline constexpr int kWriteTimeoutMs = 30'000;
// Terminals poll at most every 75 s; twice that survives one lost poll.
inline constexpr int kKeepAliveMs = 150'000;
// After an answer the thread waits this long for the next request before it lets the connection go
// to the parking thread: a busy connection never changes threads.
inline constexpr int kLingerMs = 10;
// What stop() gives requests in flight.
inline constexpr int kDrainMs = 5'000;
// The longest path and query of ours is below 500 characters.
inline constexpr std::size_t kMaxTargetBytes = 2048;
// JSON requests; blobs raise it by option.
inline constexpr std::size_t kMaxBodyBytes = 8UL * 1024 * 1024;
// Smaller answers gain nothing by gzip.
inline constexpr std::size_t kGzipFromBytes = 1024;
// One read of a file that is being sent.
inline constexpr std::size_t kFileChunkBytes = 64UL * 1024;

// Client. Everything the terminal has under way at once: sync, pictures, back office.
inline constexpr std::size_t kMaxTransfers = 64;
inline constexpr long kMaxConnectionsPerHost = 6;
// Younger than the server's keep-alive, so that we do not write into a connection it just closed.
inline constexpr long kReuseWithinSeconds = 140;
// An answer kept in memory, decompressed.
inline constexpr std::size_t kMaxAnswerBytes = 64UL * 1024 * 1024;
// The answer to a failed download is words.
inline constexpr std::size_t kMaxErrorBytes = 64UL * 1024;
// A CA certificate is below 1 KB.
inline constexpr std::size_t kMaxCaBytes = 64UL * 1024;

}  // namespace showfloor::net
