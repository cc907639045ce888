#pragma once
// The bounds of domain, each with its reason. Thread contract: constants.

#include <cstddef>
#include <cstdint>

namespace showfloor::domain {

// One command as text: the largest is a sale with 100 accessories, 120 instalments and a signature
// of 60,000 characters; twice that leaves room and still stops a bomb.
inline constexpr std::size_t kMaxCommandBytes = 256 * 1024;

// One text inside a list of texts ("features", "reviews", ids).
inline constexpr std::size_t kMaxListedText = 200;

// Rows that belong together and are read as one: payments of an invoice, sales of a car. Far above
// any real deal; reached only by a fault, which the sums then show.
inline constexpr std::size_t kMaxRelatedRows = 10'000;

// merge_customers may chain; a longer chain is a loop.
inline constexpr int kMaxMergeHops = 16;

// A car's pictures: position has two digits.
inline constexpr std::size_t kMaxCarImages = 100;

// Promotions of one sale; each is a line of its invoice.
inline constexpr std::int64_t kMaxPromotions = 10;

// What bringing one car here may be made of.
inline constexpr std::size_t kMaxCarImportations = 20;

// How long a visitor who called for a seller waits before the kiosk says "please ask at the desk".
inline constexpr std::int64_t kCallWaitsMs = 60'000;
// Calls of one branch looked through for those that still wait: more than its terminals.
inline constexpr std::size_t kMaxOpenCalls = 1000;
// What one visitor may leave before the kiosk's next visit begins; the screens count it.
inline constexpr int kMaxLeadsPerVisit = 5;
// A preferred time lies within this: nobody plans a test drive further ahead.
inline constexpr std::int64_t kMaxLeadAheadMs = 366LL * 86'400'000;
// A car is kept this long at most without anybody looking at it again.
inline constexpr std::int64_t kMaxReservedAheadMs = 90LL * 86'400'000;

// Pieces of one product in one line of a ticket, and minutes in one line of labour (a fortnight).
inline constexpr std::int64_t kMaxTicketPieces = 1'000'000;
inline constexpr std::int64_t kMaxLabourMinutes = 20'160;
// Lines of one ticket: with them its frozen invoice stays well below kMaxCommandBytes.
inline constexpr std::int64_t kMaxTicketLines = 300;

// How long tax law wants to know whom an invoice was made out to (the longest term of the countries
// we know); then what an erased person left on it goes too.
inline constexpr std::int64_t kTaxTermMs = 3653LL * 86'400'000;

}  // namespace showfloor::domain
