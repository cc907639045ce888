#pragma once
// Consequences: what central alone makes of an applied command, in the same transaction: profit
// reports and notifications. History and feed are noted by the batch itself.
// Thread contract: belongs to the writing transaction.

#include <vector>

#include "domain/command.hpp"
#include "domain/world.hpp"

namespace showfloor::central {

// Puts reports and notifications for these changes of `command` into `world`.
void book_consequences(domain::World& world, const domain::Command& command,
                       const domain::Context& context, const domain::Outcome& outcome,
                       const std::vector<domain::Change>& changes);

}  // namespace showfloor::central
