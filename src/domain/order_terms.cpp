#include "domain/order_terms.hpp"

#include <algorithm>

#include "domain/field_builder.hpp"
#include "domain/taxes.hpp"

namespace showfloor::domain {

namespace {

constexpr std::int64_t kMostOfOne = 1'000'000;

std::string path_of(std::size_t line, std::string_view field) {
    std::string path = "lines[";
    path += std::to_string(line) + "].";
    path += field;
    return path;
}

}  // namespace

template <>
const Description& describe<OrderItem>() {
    using F = build::Of<OrderItem>;
    static const Description d{"order_item",
                               "",
                               {
                                   F::id<&OrderItem::product_id>("product_id", "product").require(),
                                   F::integer<&OrderItem::quantity>("quantity", 1, kMostOfOne),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<CounterSale>() {
    using F = build::Of<CounterSale>;
    static const Description d{"record_counter_sale",
                               "",
                               {
                                   F::id<&CounterSale::id>("id").require(),
                                   F::id<&CounterSale::customer_id>("customer_id", "customer"),
                                   F::id<&CounterSale::branch_id>("branch_id", "branch"),
                                   F::list<&CounterSale::lines>("lines"),
                                   F::list<&CounterSale::payments>("payments", 50),
                                   F::text<&CounterSale::notes>("notes", 4000),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<CounterTerms>() {
    using F = build::Of<CounterTerms>;
    static const Description d{
        "counter_terms",
        "",
        {
            F::text<&CounterTerms::currency>("currency", 3).require(),
            F::boolean<&CounterTerms::prices_include_tax>("prices_include_tax").require(),
            F::list<&CounterTerms::tax_rates>("tax_rates", 20),
            F::list<&CounterTerms::products>("products").require(),
            F::list<&CounterTerms::taxes>("taxes", 20),
            F::money<&CounterTerms::total_minor>("total_minor").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

base::Result<CounterTerms> quote_counter_sale(World& world, const std::vector<OrderItem>& items,
                                              const Branch& branch) {
    CounterTerms terms;
    terms.currency = branch.currency;
    terms.prices_include_tax = branch.prices_include_tax;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (find_product(terms.products, items[i].product_id) != nullptr) continue;
        SHOWFLOOR_ASSIGN(auto product, price_product(world, items[i].product_id, terms.currency,
                                                     path_of(i, "product_id")));
        terms.products.push_back(std::move(product));
    }
    for (const TaxRate& rate : branch.tax_rates) {
        const bool named =
            std::any_of(terms.products.begin(), terms.products.end(),
                        [&](const auto& product) { return product.tax_code == rate.code; });
        if (named) terms.tax_rates.push_back(rate);
    }
    SHOWFLOOR_TRY(add_up(terms, items));
    return terms;
}

base::Result<void> add_up(CounterTerms& terms, const std::vector<OrderItem>& items) {
    std::vector<TaxedAmount> amounts;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const PricedProduct* product = find_product(terms.products, items[i].product_id);
        if (product == nullptr)
            return sum_error(path_of(i, "product_id"), "The terms do not name this product.");
        const auto amount = amount_of(*product, items[i].quantity);
        if (!amount)
            return sum_error(path_of(i, "quantity"), "This is too much of it for one line.");
        amounts.push_back({*amount, product->tax_code});
    }
    SHOWFLOOR_ASSIGN(TaxedSum sum, sum_up(terms.tax_rates, terms.prices_include_tax, amounts));
    terms.taxes = std::move(sum.taxes);
    terms.total_minor = sum.total_minor;
    return {};
}

std::vector<OrderLine> lines_of(const CounterTerms& terms, const std::vector<OrderItem>& items) {
    std::vector<OrderLine> lines;
    for (const OrderItem& item : items) {
        const PricedProduct* product = find_product(terms.products, item.product_id);
        if (product == nullptr) continue;
        OrderLine line;
        line.product_id = item.product_id;
        line.description = product->name;
        line.quantity = item.quantity;
        line.unit_price_minor = product->unit_price_minor;
        line.amount_minor = amount_of(*product, item.quantity).value_or(0);
        line.tax_code = product->tax_code;
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace showfloor::domain
