#pragma once
// Goods on a paper: what a product is called and costs, frozen when it was shown.
// Thread contract: plain values, pure functions.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/records.hpp"
#include "domain/world.hpp"

namespace showfloor::domain {

struct PricedProduct {
    Uuid product_id;
    std::string name;
    std::int64_t unit_price_minor = 0;
    std::string tax_code;
};
SHOWFLOOR_DESCRIBED(PricedProduct);

// As World has it. kNotFound (field) when it is not sold, kCurrencyMismatch when its price is in
// another currency.
[[nodiscard]] base::Result<PricedProduct> price_product(World& world, const Uuid& product_id,
                                                        std::string_view currency,
                                                        const std::string& field);

[[nodiscard]] const PricedProduct* find_product(const std::vector<PricedProduct>& products,
                                                const Uuid& product_id);

// quantity x unit price; nullopt when it does not fit into money.
[[nodiscard]] std::optional<std::int64_t> amount_of(const PricedProduct& product,
                                                    std::int64_t quantity);
// "Oil filter x 2", as it stands on the line.
[[nodiscard]] std::string line_text(const PricedProduct& product, std::int64_t quantity);

}  // namespace showfloor::domain
