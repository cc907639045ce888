#pragma once
// What commands about outgoing orders share. Nothing outside src/domain includes it.
// Thread contract: as handlers.hpp.

#include <optional>
#include <string_view>

#include "domain/handlers.hpp"
#include "domain/records_orders.hpp"

namespace showfloor::domain {

// Ends an order: money back (the command's RefundTerms), the goods back where they came from. An
// outcome = refused, nothing written.
[[nodiscard]] std::optional<Outcome> end_order(Handling& handling, OutgoingOrder order,
                                               std::string_view reason, base::Json& details);
// Hands out what was missing, from what is there by now; refused as oversold when it is not.
[[nodiscard]] std::optional<Outcome> complete_order(Handling& handling, OutgoingOrder order);

}  // namespace showfloor::domain
