#pragma once
// Which promotions a car has and what each takes off it: what the Sale screen offers, what
// record_sale freezes and judges. Thread contract: pure functions.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/records_promotions.hpp"
#include "domain/world.hpp"

namespace showfloor::domain {

// For a sale of this branch at this moment, whatever the currency.
[[nodiscard]] bool applies(const Promotion& promotion, const Car& car, const Uuid& branch_id,
                           UtcMs at);
// A share is of the list price, whatever else is given: so the order of promotions says nothing.
[[nodiscard]] std::int64_t amount_of(const Promotion& promotion, std::int64_t price_minor);

// All that a sale of the car may give at this moment, by name; those in another currency left out.
[[nodiscard]] std::vector<GivenPromotion> promotions_for(World& world, const Car& car,
                                                         const Uuid& branch_id, UtcMs at);
// Those that are named, as they are frozen into the terms. kNotFound, kPromotionNotApplicable,
// kPromotionRepeated or kCurrencyMismatch at "promotions[n]".
[[nodiscard]] base::Result<std::vector<GivenPromotion>> give_promotions(
    World& world, const std::vector<std::string>& ids, const Car& car, const Uuid& branch_id,
    UtcMs at);
// That `given` are those named, in their order, each once, and take something off.
[[nodiscard]] base::Result<void> check_given(const std::vector<GivenPromotion>& given,
                                             const std::vector<std::string>& ids);

// What they take off together; nothing takes off more than there can be.
[[nodiscard]] std::int64_t sum_of(const std::vector<GivenPromotion>& given);

}  // namespace showfloor::domain
