#pragma once
// What a sale's papers say of its car and customer. Frozen into the terms at submit; where central
// does not know them (any more), they are made from it, because what happened is never refused.
// Nothing outside src/domain includes it. Thread contract: pure functions.

#include <optional>
#include <string>

#include "domain/handlers.hpp"
#include "domain/sale_terms.hpp"

namespace showfloor::domain {

// For SaleTerms::shown.
[[nodiscard]] std::string shown_of(World& world, const RecordSale& sale);

// As frozen, with the id and price of the sale and the branch not set; nullopt when the terms do
// not say enough for a car of ours.
[[nodiscard]] std::optional<Car> shown_car(const SaleTerms& terms, const RecordSale& sale);
// Always somebody: with the names of the papers, or "?" where they are not there.
[[nodiscard]] Customer shown_customer(const SaleTerms& terms, const RecordSale& sale);
// Somebody of whom nothing but the id is known; their own create_customer is to come.
[[nodiscard]] Customer unknown_customer(const Uuid& id);

// "2019 Toyota Corolla, VIN ...": an invoice's line.
[[nodiscard]] std::string describe_car(const Car& car);

}  // namespace showfloor::domain
