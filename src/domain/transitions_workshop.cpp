#include "domain/transitions_workshop.hpp"

#include <array>

#include "domain/transition_table.hpp"

namespace showfloor::domain {

namespace {

using T = TicketStatus;
constexpr std::array kTicket = {
    TicketTransition{T::kOpen, T::kInProgress},
    TicketTransition{T::kOpen, T::kCancelled},
    TicketTransition{T::kInProgress, T::kWaitingParts},
    TicketTransition{T::kInProgress, T::kDone},
    TicketTransition{T::kInProgress, T::kCancelled},
    TicketTransition{T::kWaitingParts, T::kInProgress},
    TicketTransition{T::kWaitingParts, T::kDone},
    TicketTransition{T::kWaitingParts, T::kCancelled},
    TicketTransition{T::kDone, T::kCollected},
};

using D = DeliveryStatus;
constexpr std::array kDelivery = {
    DeliveryTransition{D::kPending, D::kShipped},
    DeliveryTransition{D::kPending, D::kCancelled},
    DeliveryTransition{D::kShipped, D::kDelivered},
    DeliveryTransition{D::kShipped, D::kCancelled},
};

}  // namespace

std::span<const TicketTransition> ticket_transitions() {
    return kTicket;
}
bool may_become(TicketStatus from, TicketStatus to) {
    return has_step(kTicket, from, to);
}
bool is_worked_on(TicketStatus status) {
    return status == T::kOpen || status == T::kInProgress || status == T::kWaitingParts;
}

std::span<const DeliveryTransition> delivery_transitions() {
    return kDelivery;
}
bool may_become(DeliveryStatus from, DeliveryStatus to) {
    return has_step(kDelivery, from, to);
}

}  // namespace showfloor::domain
