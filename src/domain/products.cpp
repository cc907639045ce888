#include "domain/products.hpp"

#include <algorithm>

#include "domain/code.hpp"
#include "domain/field_builder.hpp"
#include "domain/records_goods.hpp"

namespace showfloor::domain {

template <>
const Description& describe<PricedProduct>() {
    using F = build::Of<PricedProduct>;
    static const Description d{
        "priced_product",
        "",
        {
            F::id<&PricedProduct::product_id>("product_id", "product").require(),
            F::text<&PricedProduct::name>("name").require(),
            F::money<&PricedProduct::unit_price_minor>("unit_price_minor").require(),
            F::text<&PricedProduct::tax_code>("tax_code", 20),
        },
        Synced::kNever,
        {}};
    return d;
}

base::Result<PricedProduct> price_product(World& world, const Uuid& product_id,
                                          std::string_view currency, const std::string& field) {
    const auto product = world.get<Product>(product_id);
    if (!product || product->archived || !product->active)
        return base::fail(base::ErrorKind::kNotFound, "This product is not sold (any more).",
                          std::string(name_of(Code::kNotFound)), field);
    if (product->currency != currency)
        return base::fail(base::ErrorKind::kInvalid,
                          "This product is priced in another currency than the rest.",
                          std::string(name_of(Code::kCurrencyMismatch)), field);
    return PricedProduct{product->id, product->name, product->price_minor, product->tax_code};
}

const PricedProduct* find_product(const std::vector<PricedProduct>& products,
                                  const Uuid& product_id) {
    const auto found = std::find_if(products.begin(), products.end(),
                                    [&](const auto& one) { return one.product_id == product_id; });
    return found == products.end() ? nullptr : &*found;
}

std::optional<std::int64_t> amount_of(const PricedProduct& product, std::int64_t quantity) {
    if (quantity < 1) return std::nullopt;
    if (product.unit_price_minor > build::kMoneyMax / quantity) return std::nullopt;
    return product.unit_price_minor * quantity;
}

std::string line_text(const PricedProduct& product, std::int64_t quantity) {
    std::string text = product.name;
    if (quantity > 1) {
        text += " x ";
        text += std::to_string(quantity);
    }
    return text;
}

}  // namespace showfloor::domain
