#pragma once
// The arithmetic of goods over the counter, in one place: what is shown, what record_counter_sale
// freezes, what rebase and central check again. Thread contract: pure functions.

#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/products.hpp"
#include "domain/records_orders.hpp"
#include "domain/sale_terms.hpp"
#include "domain/world.hpp"

namespace showfloor::domain {

struct OrderItem {
    Uuid product_id;
    std::int64_t quantity = 1;
};

// record_counter_sale's arguments.
struct CounterSale {
    Uuid id;  // of the order
    Uuid customer_id, branch_id;
    std::vector<OrderItem> lines;
    std::vector<PaymentPart> payments;
    std::string notes;
};

// What was shown: enough to check that it adds up without looking anything up.
struct CounterTerms {
    std::string currency;
    bool prices_include_tax = true;
    std::vector<TaxRate> tax_rates;  // those that any product names
    std::vector<PricedProduct> products;
    // derived, and checked again wherever the terms arrive:
    std::vector<InvoiceTax> taxes;
    std::int64_t total_minor = 0;
};

SHOWFLOOR_DESCRIBED(OrderItem);
SHOWFLOOR_DESCRIBED(CounterSale);
SHOWFLOOR_DESCRIBED(CounterTerms);

// As World has it now; kNotFound names the line whose product is not sold.
[[nodiscard]] base::Result<CounterTerms> quote_counter_sale(World& world,
                                                            const std::vector<OrderItem>& items,
                                                            const Branch& branch);
// Fills the derived part from the rest.
[[nodiscard]] base::Result<void> add_up(CounterTerms& terms, const std::vector<OrderItem>& items);
// The order's lines; add_up() has passed.
[[nodiscard]] std::vector<OrderLine> lines_of(const CounterTerms& terms,
                                              const std::vector<OrderItem>& items);

}  // namespace showfloor::domain
