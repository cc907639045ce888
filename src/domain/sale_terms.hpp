#pragma once
// The arithmetic of a sale, in one place: what the Sale screen shows live, what record_sale
// freezes, what rebase and central check again. Thread contract: pure functions.

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/products.hpp"
#include "domain/records.hpp"
#include "domain/world.hpp"

namespace showfloor::domain {

// A typed line, or goods out of stock: those have their own price.
struct AccessoryLine {
    std::string description;
    std::int64_t amount_minor = 0;
    std::string tax_code = {};  // empty = the car's class
    Uuid product_id = {};
    std::int64_t quantity = 1;  // of the product
};
struct PaymentPart {
    PaymentMethod method = PaymentMethod::kCash;
    std::int64_t amount_minor = 0;
    std::string reference;
};

// record_sale's arguments. `do` and the Sale screen fill the same struct.
struct RecordSale {
    Uuid id;  // of the sale
    Uuid car_id, customer_id;
    std::int64_t discount_minor = 0;
    std::string discount_reason;
    std::vector<AccessoryLine> accessories;
    std::string trade_in_description;
    std::int64_t trade_in_value_minor = 0;  // becomes a cleared trade_in payment
    std::vector<PaymentPart> payments;
    std::vector<Installment> installments;  // must sum to the balance left, when given
    std::string warranty, terms_and_conditions, agreement_details, notes_instructions;
    std::string signature;                // strokes, as in Invoice
    std::string payment_proof;            // blob
    Uuid reservation_id;                  // that it fulfils; the customer's own is found without
    std::vector<std::string> promotions;  // ids
};

// What was shown: enough to check that it adds up without looking anything up.
struct SaleTerms {
    std::string currency;
    std::int64_t price_minor = 0;  // the car's
    std::string car_tax_code;
    bool prices_include_tax = true;
    std::vector<TaxRate> tax_rates;          // those that any line names
    std::vector<Fee> fees;                   // the branch's in this currency
    std::vector<GivenPromotion> promotions;  // those of RecordSale, in its order
    std::int64_t commission_rate_bp = 0;
    std::int64_t discount_limit_bp = 0;
    std::vector<PricedProduct> products;  // that accessories name
    Uuid reservation_id;                  // whose deposit is credited
    std::int64_t deposit_minor = 0;
    // derived, and checked again wherever the terms arrive:
    std::vector<InvoiceTax> taxes;
    std::int64_t total_minor = 0;
    std::int64_t net_price_minor = 0;  // price less discount and promotions, without tax
    std::int64_t commission_minor = 0;
    // JSON {car, customer}: what the papers say of them, so that a sale stands on its own where
    // they are not known (a central set back to last night's backup). Never priced by, and empty
    // in what is compared.
    std::string shown;
};

SHOWFLOOR_DESCRIBED(AccessoryLine);
SHOWFLOOR_DESCRIBED(PaymentPart);
SHOWFLOOR_DESCRIBED(RecordSale);
SHOWFLOOR_DESCRIBED(SaleTerms);

// The terms as World has them, for a sale at that moment. kNotFound when the car or the branch is
// not there; kInvalid when the arithmetic cannot be done (overflow, more taken off than the price)
// or a promotion does not apply.
[[nodiscard]] base::Result<SaleTerms> quote_sale(World& world, const RecordSale& sale,
                                                 const Branch& branch, UtcMs at);
// Whether the branch's fee goes on an invoice in this currency.
[[nodiscard]] bool is_charged(const Fee& fee, const Branch& branch, std::string_view currency);
// Fills the derived part of `terms` from its inputs and the chosen lines.
[[nodiscard]] base::Result<void> add_up(SaleTerms& terms, const RecordSale& sale);
// The invoice's lines in order: car, accessories, fees, discount and promotions (negative).
[[nodiscard]] std::vector<InvoiceLine> lines_of(const SaleTerms& terms, const RecordSale& sale,
                                                std::string_view car_description);

}  // namespace showfloor::domain
