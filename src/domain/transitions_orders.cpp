#include "domain/transitions_orders.hpp"

#include <array>

#include "domain/transition_table.hpp"

namespace showfloor::domain {

namespace {

using R = ReservationStatus;
// An expired one is still fulfilled when the sale was made before anybody there could know.
constexpr std::array kReservation = {
    ReservationTransition{R::kActive, R::kFulfilled},
    ReservationTransition{R::kActive, R::kCancelled},
    ReservationTransition{R::kActive, R::kExpired},
    ReservationTransition{R::kActive, R::kDisputed},
    ReservationTransition{R::kDisputed, R::kFulfilled},
    ReservationTransition{R::kDisputed, R::kCancelled},
    ReservationTransition{R::kExpired, R::kFulfilled},
};

using O = OrderStatus;
constexpr std::array kOrder = {
    OrderTransition{O::kPending, O::kCompleted},  OrderTransition{O::kPending, O::kCancelled},
    OrderTransition{O::kPending, O::kDisputed},   OrderTransition{O::kCompleted, O::kCancelled},
    OrderTransition{O::kDisputed, O::kCompleted}, OrderTransition{O::kDisputed, O::kCancelled},
};

constexpr std::array kTill = {TillTransition{TillStatus::kOpen, TillStatus::kClosed}};

}  // namespace

std::span<const ReservationTransition> reservation_transitions() {
    return kReservation;
}
bool may_become(ReservationStatus from, ReservationStatus to) {
    return has_step(kReservation, from, to);
}

std::span<const OrderTransition> order_transitions() {
    return kOrder;
}
bool may_become(OrderStatus from, OrderStatus to) {
    return has_step(kOrder, from, to);
}

std::span<const TillTransition> till_transitions() {
    return kTill;
}
bool may_become(TillStatus from, TillStatus to) {
    return has_step(kTill, from, to);
}

}  // namespace showfloor::domain
