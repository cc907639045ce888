#include "terminal/screens/sale_form.hpp"

#include <algorithm>

#include "domain/money.hpp"
#include "terminal/screens/seller_words.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::size_t kMostLines = 20;  // of accessories and of payments read from a draft

// Trade-in is no method to choose: it comes with the car that is taken in.
constexpr std::size_t kMethods = domain::kPaymentMethodNames.size() - 1;

std::int64_t integer_member(const base::Json& json, const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

bool flag_member(const base::Json& json, const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

base::Uuid id_member(const base::Json& json, const char* name) {
    return base::Uuid::parse(base::text_member(json, name)).value_or(base::Uuid{});
}

// One of a currency in its minor units: 100 cents.
std::int64_t unit_of(const std::string& currency) {
    std::int64_t unit = 1;
    for (int i = domain::minor_digits(currency).value_or(2); i > 0; --i)
        unit *= 10;
    return unit;
}

std::string id_text(const base::Uuid& id) {
    return id.is_nil() ? std::string() : id.to_string();
}

// Reads the typed texts of one form into a Reckoning.
class Reckoner {
   public:
    Reckoner(const SaleForm& form, const domain::SaleTerms& base,
             const std::vector<domain::GivenPromotion>& offered, base::UtcMs now)
        : form_(form), base_(base), offered_(offered), now_(now) {}

    Reckoning run() {
        auto& sale = out_.sale;
        sale.id = form_.sale_id;
        sale.car_id = form_.car_id;
        sale.customer_id = form_.customer_id;
        sale.warranty = form_.warranty;
        sale.notes_instructions = form_.notes;
        if (form_.customer_id.is_nil())
            bad(SaleStep::kCustomer, "customer", "sale.customer_missing");
        discount();
        accessories();
        domain::SaleTerms terms = base_;
        promotions(terms);
        if (!domain::add_up(terms, sale)) {
            bad(SaleStep::kPrice, "discount", "sale.bad_total");
            return std::move(out_);
        }
        out_.left_minor = terms.total_minor;
        trade_in();
        payments();
        if (out_.left_minor > 0 && form_.instalments > 0) {
            const base::UtcMs first = form_.soon ? now_ + 14 * kDayMs : months_later(now_, 1);
            sale.installments = plan_instalments(out_.left_minor, form_.instalments, first,
                                                 unit_of(base_.currency));
        }
        if (form_.signed_total_minor == terms.total_minor) sale.signature = form_.signature;
        out_.terms = std::move(terms);
        return std::move(out_);
    }

   private:
    void bad(SaleStep step, std::string field, std::string key) {
        out_.troubles.push_back({step, std::move(field), std::move(key)});
    }

    void discount() {
        auto& sale = out_.sale;
        const std::int64_t price = base_.price_minor;
        sale.discount_minor = amount_of(form_.discount, base_.currency);
        if (sale.discount_minor < 0 || sale.discount_minor > price) {
            bad(SaleStep::kPrice, "discount", "sale.bad_discount");
            sale.discount_minor = 0;
        }
        if (sale.discount_minor == 0) return;
        if (price > 0) out_.discount_bp = (sale.discount_minor * 10'000 + price - 1) / price;
        out_.over_limit = sale.discount_minor > domain::share_of(price, base_.discount_limit_bp);
        sale.discount_reason = form_.reason == "other" ? form_.other_reason : form_.reason;
        if (out_.over_limit && sale.discount_reason.empty())
            bad(SaleStep::kPrice, form_.reason == "other" ? "other_reason" : "reason",
                "sale.reason_missing");
    }

    void promotions(domain::SaleTerms& terms) {
        for (const base::Uuid& id : form_.promotions) {
            const auto found = std::find_if(offered_.begin(), offered_.end(), [&](const auto& one) {
                return one.promotion_id == id;
            });
            if (found == offered_.end()) {
                out_.promotion_gone = true;
                continue;
            }
            terms.promotions.push_back(*found);
            out_.sale.promotions.push_back(id.to_string());
        }
    }

    void accessories() {
        for (std::size_t i = 0; i < form_.accessories.size(); ++i) {
            const auto& each = form_.accessories[i];
            const std::int64_t amount = amount_of(each.amount, base_.currency);
            if (amount <= 0 || each.what.empty()) {
                bad(SaleStep::kPrice, "accessory:" + std::to_string(i), "sale.bad_accessory");
                continue;
            }
            out_.sale.accessories.push_back({each.what, amount, {}});
            out_.accessories_minor += amount;
        }
    }

    void trade_in() {
        if (!form_.with_trade_in) return;
        const std::int64_t value = amount_of(form_.trade_in_value, base_.currency);
        if (form_.trade_in.empty()) bad(SaleStep::kPrice, "trade_in", "sale.trade_in_missing");
        if (value <= 0) return bad(SaleStep::kPrice, "trade_in_value", "sale.bad_amount");
        if (value > out_.left_minor)
            return bad(SaleStep::kPrice, "trade_in_value", "sale.trade_in_over");
        out_.sale.trade_in_description = form_.trade_in;
        out_.sale.trade_in_value_minor = value;
        out_.left_minor -= value;
    }

    void payments() {
        for (std::size_t i = 0; i < form_.parts.size(); ++i) {
            const auto& part = form_.parts[i];
            const std::string field = "amount:" + std::to_string(i);
            const std::int64_t amount = amount_of(part.amount, base_.currency);
            if (amount < 0) {
                bad(SaleStep::kPayment, field, "sale.bad_amount");
                continue;
            }
            if (amount == 0) continue;
            if (amount > out_.left_minor) {
                bad(SaleStep::kPayment, field, "sale.over_total");
                continue;
            }
            out_.sale.payments.push_back({part.method, amount, part.reference});
            out_.paid_minor += amount;
            out_.left_minor -= amount;
        }
    }

    const SaleForm& form_;
    const domain::SaleTerms& base_;
    const std::vector<domain::GivenPromotion>& offered_;
    base::UtcMs now_;
    Reckoning out_;
};

}  // namespace

base::Json SaleForm::to_json() const {
    base::Json lines = base::Json::array(), payments = base::Json::array();
    base::Json given = base::Json::array();
    for (const base::Uuid& id : promotions)
        given.push_back(id.to_string());
    for (const auto& each : accessories)
        lines.push_back({{"what", each.what}, {"amount", each.amount}});
    for (const auto& each : parts)
        payments.push_back({{"method", static_cast<int>(each.method)},
                            {"amount", each.amount},
                            {"reference", each.reference}});
    return {{"step", static_cast<int>(step)},
            {"sale_id", id_text(sale_id)},
            {"car_id", id_text(car_id)},
            {"customer_id", id_text(customer_id)},
            {"new_customer", new_customer},
            {"discount", discount},
            {"reason", reason},
            {"other_reason", other_reason},
            {"with_trade_in", with_trade_in},
            {"trade_in", trade_in},
            {"trade_in_value", trade_in_value},
            {"accessories", lines},
            {"parts", payments},
            {"instalments", instalments},
            {"soon", soon},
            {"warranty", warranty},
            {"notes", notes},
            {"signature", signature},
            {"signed_total_minor", signed_total_minor},
            {"promotions", given}};
}

SaleForm SaleForm::from_json(const base::Json& json) {
    SaleForm form;
    form.parts = {Part{}};
    if (!json.is_object()) return form;
    form.step = static_cast<SaleStep>(
        std::clamp<std::int64_t>(integer_member(json, "step"), 0, kSaleSteps - 1));
    form.sale_id = id_member(json, "sale_id");
    form.car_id = id_member(json, "car_id");
    form.customer_id = id_member(json, "customer_id");
    if (const auto typed = json.find("new_customer"); typed != json.end() && typed->is_object())
        form.new_customer = *typed;
    form.discount = base::text_member(json, "discount");
    if (const auto given = json.find("promotions"); given != json.end() && given->is_array()) {
        for (const auto& each : *given) {
            const auto id =
                each.is_string() ? base::Uuid::parse(each.get<std::string>()) : std::nullopt;
            if (id && form.promotions.size() < kMostLines) form.promotions.push_back(*id);
        }
    }
    form.reason = base::text_member(json, "reason");
    form.other_reason = base::text_member(json, "other_reason");
    form.with_trade_in = flag_member(json, "with_trade_in");
    form.trade_in = base::text_member(json, "trade_in");
    form.trade_in_value = base::text_member(json, "trade_in_value");
    if (const auto lines = json.find("accessories"); lines != json.end() && lines->is_array()) {
        for (const auto& each : *lines)
            if (form.accessories.size() < kMostLines)
                form.accessories.push_back(
                    {base::text_member(each, "what"), base::text_member(each, "amount")});
    }
    if (const auto parts = json.find("parts"); parts != json.end() && parts->is_array()) {
        form.parts.clear();
        for (const auto& each : *parts) {
            if (form.parts.size() == kMostLines) break;
            Part part;
            const auto method = integer_member(each, "method");
            if (method > 0 && method < static_cast<std::int64_t>(kMethods))
                part.method = static_cast<domain::PaymentMethod>(method);
            part.amount = base::text_member(each, "amount");
            part.reference = base::text_member(each, "reference");
            form.parts.push_back(std::move(part));
        }
        if (form.parts.empty()) form.parts = {Part{}};
    }
    form.instalments = std::clamp<std::int64_t>(integer_member(json, "instalments"), 0, 120);
    form.soon = flag_member(json, "soon");
    form.warranty = base::text_member(json, "warranty");
    form.notes = base::text_member(json, "notes");
    form.signature = base::text_member(json, "signature");
    form.signed_total_minor = integer_member(json, "signed_total_minor");
    return form;
}

SaleForm SaleForm::from_command(const domain::RecordSale& sale, const std::string& currency) {
    SaleForm form;
    form.car_id = sale.car_id;
    form.customer_id = sale.customer_id;
    if (sale.discount_minor > 0) {
        form.discount = typed_amount(sale.discount_minor, currency);
        // Reasons are kept in the words that stood on the paper.
        form.reason = sale.discount_reason.empty() ? "" : "other";
        form.other_reason = sale.discount_reason;
    }
    for (const std::string& id : sale.promotions)
        if (const auto parsed = base::Uuid::parse(id)) form.promotions.push_back(*parsed);
    form.with_trade_in = sale.trade_in_value_minor > 0;
    if (form.with_trade_in) {
        form.trade_in = sale.trade_in_description;
        form.trade_in_value = typed_amount(sale.trade_in_value_minor, currency);
    }
    for (const auto& line : sale.accessories)
        form.accessories.push_back({line.description, typed_amount(line.amount_minor, currency)});
    for (const auto& part : sale.payments)
        form.parts.push_back(
            {part.method, typed_amount(part.amount_minor, currency), part.reference});
    if (form.parts.empty()) form.parts = {Part{}};
    form.instalments = static_cast<std::int64_t>(sale.installments.size());
    form.warranty = sale.warranty;
    form.notes = sale.notes_instructions;
    return form;
}

const SaleTrouble* Reckoning::trouble_at(SaleStep step) const {
    for (const auto& trouble : troubles)
        if (trouble.step == step) return &trouble;
    return nullptr;
}

const SaleTrouble* Reckoning::trouble_of(std::string_view field) const {
    for (const auto& trouble : troubles)
        if (trouble.field == field) return &trouble;
    return nullptr;
}

Reckoning reckon(const SaleForm& form, const domain::SaleTerms& base,
                 const std::vector<domain::GivenPromotion>& offered, base::UtcMs now) {
    return Reckoner(form, base, offered, now).run();
}

std::int64_t amount_of(const std::string& typed, const std::string& currency) {
    if (typed.empty()) return 0;
    const auto amount = domain::parse_amount(typed, currency);
    return amount ? *amount : -1;
}

std::string typed_amount(std::int64_t minor, const std::string& currency) {
    const int digits = domain::minor_digits(currency).value_or(2);
    const std::int64_t unit = unit_of(currency);
    std::string text = std::to_string(minor / unit);
    if (minor % unit == 0) return text;
    std::string rest = std::to_string(minor % unit);
    return text + "." + std::string(static_cast<std::size_t>(digits) - rest.size(), '0') + rest;
}

std::vector<domain::Installment> plan_instalments(std::int64_t total_minor, std::int64_t count,
                                                  base::UtcMs first_due_at,
                                                  std::int64_t unit_minor) {
    std::vector<domain::Installment> plan;
    if (count <= 0 || total_minor <= 0) return plan;
    std::int64_t each = total_minor / count;
    if (each >= unit_minor) each -= each % unit_minor;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t amount = i == 0 ? total_minor - each * (count - 1) : each;
        if (amount > 0) plan.push_back({months_later(first_due_at, static_cast<int>(i)), amount});
    }
    return plan;
}

}  // namespace showfloor::terminal
