#include "domain/reservations.hpp"

#include <algorithm>

#include "domain/limits.hpp"
#include "domain/transitions_orders.hpp"

namespace showfloor::domain {

namespace {

std::vector<Reservation> of_car(World& world, const Uuid& car_id) {
    return world.find<Reservation>(
        {.where = {{"car_id", Value{car_id.to_string()}}}, .limit = kMaxRelatedRows});
}

// Whether a sale may still fulfil it.
bool is_open(const Reservation& reservation, bool happened) {
    switch (reservation.status) {
        case ReservationStatus::kActive:
        case ReservationStatus::kDisputed:
            return true;
        case ReservationStatus::kExpired:
            return happened || reservation.deposit_state == DepositState::kOwed;
        default:
            return false;
    }
}

bool is_of(World& world, const Reservation& reservation, const Uuid& customer_id) {
    if (reservation.customer_id == customer_id) return !customer_id.is_nil();
    const auto theirs = customer_behind(world, reservation.customer_id);
    const auto ours = customer_behind(world, customer_id);
    return theirs && ours && theirs->id == ours->id;
}

}  // namespace

std::optional<Reservation> active_reservation(World& world, const Uuid& car_id) {
    for (Reservation& one : of_car(world, car_id)) {
        if (one.status == ReservationStatus::kActive) return std::move(one);
    }
    return std::nullopt;
}

std::optional<Reservation> reservation_for(World& world, const Uuid& car_id,
                                           const Uuid& customer_id, const Uuid& named,
                                           bool happened) {
    if (auto one = world.get<Reservation>(named)) {
        const bool theirs = one->customer_id.is_nil() || is_of(world, *one, customer_id);
        if (one->car_id == car_id && theirs && is_open(*one, happened)) return one;
    }
    std::optional<Reservation> best;
    for (Reservation& one : of_car(world, car_id)) {
        if (!is_open(one, false) || !is_of(world, one, customer_id)) continue;
        const bool active = one.status == ReservationStatus::kActive;
        if (!best || active) best = std::move(one);
        if (active) break;
    }
    return best;
}

std::vector<Payment> standing_deposits(World& world, const Uuid& reservation_id) {
    auto payments =
        world.find<Payment>({.where = {{"reservation_id", Value{reservation_id.to_string()}}},
                             .limit = kMaxRelatedRows});
    std::erase_if(payments, [](const Payment& one) {
        return one.status == PaymentStatus::kFailed || one.amount_minor <= 0 ||
               !one.reversed_by.is_nil() || !one.invoice_id.is_nil();
    });
    return payments;
}

std::int64_t deposit_of(World& world, const Uuid& reservation_id) {
    std::int64_t sum = 0;
    for (const Payment& one : standing_deposits(world, reservation_id))
        sum += one.amount_minor;
    return sum;
}

std::vector<Payment> fulfil(Handling& handling, Reservation reservation, const Sale& sale) {
    auto deposits = standing_deposits(handling.world, reservation.id);
    for (Payment& one : deposits) {
        one.invoice_id = sale.invoice_id;
        one.sale_id = sale.id;
        one.customer_id = sale.customer_id;
        handling.put(one);
    }
    if (!deposits.empty()) reservation.deposit_state = DepositState::kCredited;
    if (may_become(reservation.status, ReservationStatus::kFulfilled)) {
        reservation.status = ReservationStatus::kFulfilled;
        reservation.dispute_code.clear();
    }
    reservation.sale_id = sale.id;
    reservation.ended_at = handling.command.occurred_at;
    if (reservation.customer_id.is_nil()) reservation.customer_id = sale.customer_id;
    handling.put(std::move(reservation));
    return deposits;
}

void give_car_back(Handling& handling, const Reservation& reservation) {
    if (reservation.status != ReservationStatus::kActive) return;
    auto car = handling.world.get<Car>(reservation.car_id);
    if (!car || car->availability != Availability::kReserved) return;
    for (const Reservation& other : of_car(handling.world, car->id)) {
        if (other.id != reservation.id && other.status == ReservationStatus::kActive) return;
    }
    car->availability = reservation.car_was == Availability::kInTransit ? Availability::kInTransit
                                                                        : Availability::kInStock;
    handling.put(std::move(*car));
}

void settle_deposit(Handling& handling, const Uuid& reservation_id) {
    auto reservation = handling.world.get<Reservation>(reservation_id);
    if (!reservation) return;
    const bool held = reservation->deposit_state == DepositState::kHeld ||
                      reservation->deposit_state == DepositState::kOwed ||
                      reservation->deposit_state == DepositState::kForfeited;
    if (!held || !standing_deposits(handling.world, reservation_id).empty()) return;
    bool given_back = false;
    for (const Payment& one : handling.world.find<Payment>(
             {.where = {{"reservation_id", Value{reservation_id.to_string()}}},
   .limit = kMaxRelatedRows}))
        given_back = given_back || !one.reversed_by.is_nil();
    reservation->deposit_state = given_back ? DepositState::kRefunded : DepositState::kNone;
    handling.put(std::move(*reservation));
}

}  // namespace showfloor::domain
