#pragma once
// SaleForm: what a seller has chosen and typed so far, as it is kept in the draft; Reckoning: what
// it comes to. The Sale screen shows both and owns nothing else of the sale.
// Thread contract: plain values, pure functions.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "domain/sale_terms.hpp"

namespace showfloor::terminal {

inline constexpr char kSaleDraft[] = "sale";  // the kind of a sale's drafts

enum class SaleStep { kCar, kCustomer, kPrice, kPayment, kReview };
inline constexpr int kSaleSteps = 5;

struct SaleForm {
    // Amounts as they are typed, in major units.
    struct Accessory {
        std::string what, amount;
    };
    struct Part {
        domain::PaymentMethod method = domain::PaymentMethod::kCash;
        std::string amount, reference;
    };

    SaleStep step = SaleStep::kCar;
    base::Uuid sale_id;  // made once, so that a sale sent twice is one sale
    base::Uuid car_id, customer_id;
    base::Json new_customer;  // what was typed of one who is not saved yet; null = nobody
    std::string discount;
    std::vector<base::Uuid> promotions;  // in the order they were touched
    std::string reason, other_reason;    // "returning", ... ; the words when it is "other"
    bool with_trade_in = false;
    std::string trade_in, trade_in_value;
    std::vector<Accessory> accessories;
    std::vector<Part> parts;       // at least one
    std::int64_t instalments = 0;  // 0 = what is left has no plan
    bool soon = false;             // the first one in two weeks instead of a month
    std::string warranty, notes;
    std::string signature;  // as in Invoice; belongs to the figures it was given for
    std::int64_t signed_total_minor = 0;

    [[nodiscard]] base::Json to_json() const;
    [[nodiscard]] static SaleForm from_json(const base::Json& json);
    // What a command had said, to be gone over and recorded as another sale: for nothing was
    // recorded the first time. Its signature was for that one.
    [[nodiscard]] static SaleForm from_command(const domain::RecordSale& sale,
                                               const std::string& currency);
};

// What has to be put right before the sale goes on, at the field it is about.
struct SaleTrouble {
    SaleStep step = SaleStep::kCar;
    std::string field;  // "amount:0"
    std::string key;    // of the words
};

struct Reckoning {
    domain::RecordSale sale;  // as it would be recorded
    std::optional<domain::SaleTerms>
        terms;  // with every choice; nothing when it cannot be added up
    std::int64_t accessories_minor = 0;
    bool promotion_gone = false;   // one of the draft's is offered no more and does not count
    std::int64_t paid_minor = 0;   // all parts, cleared or not
    std::int64_t left_minor = 0;   // total - trade-in - parts
    std::int64_t discount_bp = 0;  // rounded up: never below what the rule sees
    bool over_limit = false;
    std::vector<SaleTrouble> troubles;

    [[nodiscard]] const SaleTrouble* trouble_at(SaleStep step) const;  // the first; nullptr = none
    [[nodiscard]] const SaleTrouble* trouble_of(std::string_view field) const;
};

// `base` are the terms as World has them, without choices; `offered` the promotions the car may
// have. `now` begins the plan of instalments.
[[nodiscard]] Reckoning reckon(const SaleForm& form, const domain::SaleTerms& base,
                               const std::vector<domain::GivenPromotion>& offered, base::UtcMs now);

// Minor units; 0 for nothing typed, -1 for what is no amount.
[[nodiscard]] std::int64_t amount_of(const std::string& typed, const std::string& currency);
// As a field holds it: "1234.50", "1234".
[[nodiscard]] std::string typed_amount(std::int64_t minor, const std::string& currency);

// `total` in `count` parts whose sum is `total`: all alike and in whole units of the currency
// (100 minor units), where there is so much; the first takes what does not divide.
[[nodiscard]] std::vector<domain::Installment> plan_instalments(std::int64_t total_minor,
                                                                std::int64_t count,
                                                                base::UtcMs first_due_at,
                                                                std::int64_t unit_minor);

}  // namespace showfloor::terminal
