#pragma once
// Figures of the workshop and of goods: mechanics' load, who did most, what the dashboard says of
// tickets, deliveries and stock. Never anybody's pay.
// Thread contract: the connection's thread.

#include "central/figures/figures.hpp"

namespace showfloor::central {

// [{mechanic_id, name, specialty, open_tickets, open_minutes}], the busiest first.
base::Result<base::Json> mechanics_load(database::Connection& connection, const FigureScope& scope);
// [{mechanic_id, name, specialty, tickets, minutes}] of tickets done from `from` until before `to`,
// most tickets first.
base::Result<base::Json> top_mechanics(database::Connection& connection, const FigureScope& scope,
                                       base::UtcMs from, base::UtcMs to);

// The dashboard's part of it.
base::Result<void> add_workshop(database::Connection& connection, const FigureScope& scope,
                                base::Json& board);

}  // namespace showfloor::central
