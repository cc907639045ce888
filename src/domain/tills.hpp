#pragma once
// Tills: the money of a terminal from opening to closing. Nothing outside src/domain includes it.
// Thread contract: as handlers.hpp.

#include <optional>

#include "domain/handlers.hpp"
#include "domain/records_orders.hpp"

namespace showfloor::domain {

// The till that is open at this terminal, the last when (by a fault) there are more.
[[nodiscard]] std::optional<Till> open_till(World& world, const Uuid& terminal_id);

// Says where this money is taken or given: every payment passes here when it is made.
void book_at_till(Handling& handling, Payment& payment);

}  // namespace showfloor::domain
