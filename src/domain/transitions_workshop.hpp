#pragma once
// The transition tables of service tickets and deliveries; apart from transitions.hpp, which sales
// include. Thread contract: constant data.

#include <span>

#include "domain/records_deliveries.hpp"
#include "domain/records_workshop.hpp"

namespace showfloor::domain {

struct TicketTransition {
    TicketStatus from, to;
};
[[nodiscard]] std::span<const TicketTransition> ticket_transitions();
[[nodiscard]] bool may_become(TicketStatus from, TicketStatus to);
// Work goes on: parts, labour and mechanics may still come and go.
[[nodiscard]] bool is_worked_on(TicketStatus status);

struct DeliveryTransition {
    DeliveryStatus from, to;
};
[[nodiscard]] std::span<const DeliveryTransition> delivery_transitions();
[[nodiscard]] bool may_become(DeliveryStatus from, DeliveryStatus to);

}  // namespace showfloor::domain
