#pragma once
// The transition tables of reservations, outgoing orders and tills; apart from transitions.hpp,
// which sales include. Thread contract: constant data.

#include <span>

#include "domain/records_orders.hpp"

namespace showfloor::domain {

struct ReservationTransition {
    ReservationStatus from, to;
};
[[nodiscard]] std::span<const ReservationTransition> reservation_transitions();
[[nodiscard]] bool may_become(ReservationStatus from, ReservationStatus to);

struct OrderTransition {
    OrderStatus from, to;
};
[[nodiscard]] std::span<const OrderTransition> order_transitions();
[[nodiscard]] bool may_become(OrderStatus from, OrderStatus to);

struct TillTransition {
    TillStatus from, to;
};
[[nodiscard]] std::span<const TillTransition> till_transitions();
[[nodiscard]] bool may_become(TillStatus from, TillStatus to);

}  // namespace showfloor::domain
