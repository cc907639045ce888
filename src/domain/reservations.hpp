#pragma once
// What a reservation means for others: who may have its car, and where its deposit goes. Nothing
// outside src/domain includes it. Thread contract: as handlers.hpp.

#include <optional>
#include <vector>

#include "domain/handlers.hpp"
#include "domain/records_orders.hpp"

namespace showfloor::domain {

// The one that keeps this car.
[[nodiscard]] std::optional<Reservation> active_reservation(World& world, const Uuid& car_id);

// The one that a sale of this car to this customer fulfils: the one named when it fits, else the
// customer's own. `happened`: the sale was made where nobody knew of its end yet.
[[nodiscard]] std::optional<Reservation> reservation_for(World& world, const Uuid& car_id,
                                                         const Uuid& customer_id, const Uuid& named,
                                                         bool happened = false);

// Deposits that are still the reservation's: taken, not failed, not given back, on no invoice.
[[nodiscard]] std::vector<Payment> standing_deposits(World& world, const Uuid& reservation_id);
[[nodiscard]] std::int64_t deposit_of(World& world, const Uuid& reservation_id);

// Puts its deposits on the sale's invoice (the sale is put already) and ends it; answers them.
[[nodiscard]] std::vector<Payment> fulfil(Handling& handling, Reservation reservation,
                                          const Sale& sale);

// The car is on offer again when only this reservation kept it; call before its status changes.
void give_car_back(Handling& handling, const Reservation& reservation);

// A deposit failed or was given back: what that makes of the reservation's.
void settle_deposit(Handling& handling, const Uuid& reservation_id);

}  // namespace showfloor::domain
