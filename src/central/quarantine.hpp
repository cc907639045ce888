#pragma once
// Quarantine: what a terminal pushed and central could not take as it came (unreadable, forged,
// wrongly signed), kept for an administrator, and found by the reference that the terminal tells
// its people to pass on.
// Thread contract: as the connection.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "database/connection.hpp"
#include "domain/rights.hpp"

namespace showfloor::central {

inline constexpr std::size_t kMaxQuarantineListed = 50;  // each with what was sent: 3 MB at most

struct Quarantined {
    base::Uuid terminal_id, branch_id;
    std::string terminal;   // "NBO-T01"
    std::string reference;  // "NBO-T01-4F2A9C"; empty when no command's id is known
    base::Uuid command_id;  // nil: a whole push, whose journal does not hold
    std::string outcome;    // what the terminal was answered: poison, refused; or nothing
    std::string reason, content;
    std::int64_t seq = 0;
    base::UtcMs received_at = 0;
};

// Of the terminals that `actor` may look at, newest first, at most kMaxQuarantineListed.
// `reference` is one as above, its last six signs alone, the number of the document that was to be
// ("NBO-T01-I000002"), or empty for all; letters in either case.
base::Result<std::vector<Quarantined>> find_quarantined(database::Connection& connection,
                                                        const domain::Actor& actor,
                                                        std::string_view reference);

}  // namespace showfloor::central
