#include "domain/transitions_workshop.hpp"

#include <algorithm>
#include <array>

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

template <typename Table, typename Status>
bool has(const Table& table, Status from, Status to) {
    return std::any_of(table.begin(), table.end(),
                       [&](const auto& one) { return one.from == from && one.to == to; });
}

}  // namespace

std::span<const TicketTransition> ticket_transitions() {
    return kTicket;
}
bool may_become(TicketStatus from, TicketStatus to) {
    return has(kTicket, from, to);
}
bool is_worked_on(TicketStatus status) {
    return status == T::kOpen || status == T::kInProgress || status == T::kWaitingParts;
}

std::span<const DeliveryTransition> delivery_transitions() {
    return kDelivery;
}
bool may_become(DeliveryStatus from, DeliveryStatus to) {
    return has(kDelivery, from, to);
}

}  // namespace showfloor::domain
