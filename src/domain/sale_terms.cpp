#include "domain/sale_terms.hpp"

#include <algorithm>

#include "domain/code.hpp"
#include "domain/field_builder.hpp"
#include "domain/money.hpp"

namespace showfloor::domain {

namespace {

using base::ErrorKind;

base::Error invalid(Code code, std::string field, std::string sentence) {
    return base::fail(ErrorKind::kInvalid, std::move(sentence), std::string(name_of(code)),
                      std::move(field));
}

base::Error too_large() {
    return invalid(Code::kInvalid, "total_minor", "The amounts of this sale are too large.");
}

// One taxed amount of the sale, before it is told apart into lines.
struct Part {
    LineKind kind;
    std::string description;
    std::int64_t amount_minor;
    std::string tax_code;
};

std::vector<Part> parts_of(const SaleTerms& terms, const RecordSale& sale,
                           std::string_view car_description) {
    std::vector<Part> parts;
    parts.push_back(
        {LineKind::kCar, std::string(car_description), terms.price_minor, terms.car_tax_code});
    for (const AccessoryLine& accessory : sale.accessories) {
        parts.push_back({LineKind::kAccessory, accessory.description, accessory.amount_minor,
                         accessory.tax_code.empty() ? terms.car_tax_code : accessory.tax_code});
    }
    for (const Fee& fee : terms.fees)
        parts.push_back({LineKind::kFee, fee.name, fee.amount_minor, fee.tax_code});
    if (sale.discount_minor > 0)
        parts.push_back(
            {LineKind::kDiscount, sale.discount_reason, -sale.discount_minor, terms.car_tax_code});
    return parts;
}

const TaxRate* rate_named(const std::vector<TaxRate>& rates, std::string_view code) {
    const auto found = std::find_if(rates.begin(), rates.end(),
                                    [&](const TaxRate& rate) { return rate.code == code; });
    return found == rates.end() ? nullptr : &*found;
}

std::int64_t rate_bp_of(const SaleTerms& terms, std::string_view code) {
    const TaxRate* rate = rate_named(terms.tax_rates, code);
    return rate == nullptr ? 0 : rate->rate_bp;
}

// Tax per class on the sum of its lines, rounded once; classes in the order of the rates.
base::Result<void> add_taxes(SaleTerms& terms, const std::vector<Part>& parts) {
    terms.taxes.clear();
    for (const TaxRate& rate : terms.tax_rates) {
        InvoiceTax tax{rate.code, rate.name, rate.rate_bp, 0, 0};
        bool used = false;
        for (const Part& part : parts) {
            if (part.tax_code != rate.code) continue;
            used = true;
            const auto sum = checked_add(tax.base_minor, part.amount_minor);
            if (!sum || *sum > build::kMoneyMax || *sum < -build::kMoneyMax) return too_large();
            tax.base_minor = *sum;
        }
        if (!used) continue;
        tax.tax_minor = terms.prices_include_tax ? tax_inside(tax.base_minor, rate.rate_bp)
                                                 : share_of(tax.base_minor, rate.rate_bp);
        terms.taxes.push_back(std::move(tax));
    }
    return {};
}

}  // namespace

template <>
const Description& describe<AccessoryLine>() {
    using F = build::Of<AccessoryLine>;
    static const Description d{
        "accessory_line",
        "",
        {
            F::text<&AccessoryLine::description>("description", 200).require(),
            F::money<&AccessoryLine::amount_minor>("amount_minor").require(),
            F::text<&AccessoryLine::tax_code>("tax_code", 20),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<PaymentPart>() {
    using F = build::Of<PaymentPart>;
    static const Description d{
        "payment_part",
        "",
        {
            F::choice<&PaymentPart::method>("method", kPaymentMethodNames).require(),
            F::money<&PaymentPart::amount_minor>("amount_minor")
                .require()
                .range(1, build::kMoneyMax),
            F::text<&PaymentPart::reference>("reference", 100),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<RecordSale>() {
    using F = build::Of<RecordSale>;
    constexpr std::int64_t kLongText = 4000;
    static const Description d{
        "record_sale",
        "",
        {
            F::id<&RecordSale::id>("id").require(),
            F::id<&RecordSale::car_id>("car_id", "car").require(),
            F::id<&RecordSale::customer_id>("customer_id", "customer").require(),
            F::money<&RecordSale::discount_minor>("discount_minor"),
            F::text<&RecordSale::discount_reason>("discount_reason", 400),
            F::list<&RecordSale::accessories>("accessories"),
            F::text<&RecordSale::trade_in_description>("trade_in_description", 400),
            F::money<&RecordSale::trade_in_value_minor>("trade_in_value_minor"),
            F::list<&RecordSale::payments>("payments", 50),
            F::list<&RecordSale::installments>("installments", 120),
            F::text<&RecordSale::warranty>("warranty", kLongText),
            F::text<&RecordSale::terms_and_conditions>("terms_and_conditions", kLongText),
            F::text<&RecordSale::agreement_details>("agreement_details", kLongText),
            F::text<&RecordSale::notes_instructions>("notes_instructions", kLongText),
            F::json<&RecordSale::signature>("signature", 60'000),
            F::text<&RecordSale::payment_proof>("payment_proof", 64),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<SaleTerms>() {
    using F = build::Of<SaleTerms>;
    static const Description d{
        "sale_terms",
        "",
        {
            F::text<&SaleTerms::currency>("currency", 3).require(),
            F::money<&SaleTerms::price_minor>("price_minor").require(),
            F::text<&SaleTerms::car_tax_code>("car_tax_code", 20),
            F::boolean<&SaleTerms::prices_include_tax>("prices_include_tax").require(),
            F::list<&SaleTerms::tax_rates>("tax_rates", 20),
            F::list<&SaleTerms::fees>("fees", 20),
            F::basis_points<&SaleTerms::commission_rate_bp>("commission_rate_bp").require(),
            F::basis_points<&SaleTerms::discount_limit_bp>("discount_limit_bp").require(),
            F::list<&SaleTerms::taxes>("taxes", 20),
            F::money<&SaleTerms::total_minor>("total_minor").require(),
            F::money<&SaleTerms::net_price_minor>("net_price_minor").require(),
            F::money<&SaleTerms::commission_minor>("commission_minor").require(),
            F::json<&SaleTerms::shown>("shown", 4000),
        },
        Synced::kNever,
        {}};
    return d;
}

base::Result<SaleTerms> quote_sale(World& world, const RecordSale& sale, const Branch& branch) {
    const auto car = world.get<Car>(sale.car_id);
    if (!car)
        return base::fail(ErrorKind::kNotFound, "This car is not there; refresh and try again.",
                          std::string(name_of(Code::kNotFound)), "car_id");
    if (!branch.fees.empty() && car->currency != branch.currency)
        return invalid(Code::kCurrencyMismatch, "car_id",
                       "This car is priced in " + car->currency + " but the branch's fees are in " +
                           branch.currency + "; they cannot go on one invoice.");
    SaleTerms terms;
    terms.currency = car->currency;
    terms.price_minor = car->price_minor;
    terms.car_tax_code = car->tax_code;
    terms.prices_include_tax = branch.prices_include_tax;
    terms.fees = branch.fees;
    terms.commission_rate_bp = branch.commission_rate_bp;
    terms.discount_limit_bp = branch.discount_limit_bp;
    const auto parts = parts_of(terms, sale, "");
    for (const TaxRate& rate : branch.tax_rates) {
        const bool named = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
            return part.tax_code == rate.code;
        });
        if (named) terms.tax_rates.push_back(rate);
    }
    SHOWFLOOR_TRY(add_up(terms, sale));
    return terms;
}

base::Result<void> add_up(SaleTerms& terms, const RecordSale& sale) {
    if (sale.discount_minor < 0 || sale.discount_minor > terms.price_minor)
        return invalid(Code::kInvalid, "discount_minor",
                       "The discount must be from nothing to the price.");
    for (const TaxRate& rate : terms.tax_rates) {
        if (rate_named(terms.tax_rates, rate.code) != &rate)
            return invalid(Code::kInvalid, "tax_rates", "A tax rate stands there twice.");
    }
    const auto parts = parts_of(terms, sale, "");
    std::int64_t total = 0;
    for (const Part& part : parts) {
        if (!part.tax_code.empty() && rate_named(terms.tax_rates, part.tax_code) == nullptr)
            return invalid(Code::kInvalid, "tax_code",
                           "The branch has no tax rate \"" + part.tax_code + "\".");
        const auto sum = checked_add(total, part.amount_minor);
        if (!sum || *sum > build::kMoneyMax) return too_large();
        total = *sum;
    }
    SHOWFLOOR_TRY(add_taxes(terms, parts));
    if (!terms.prices_include_tax) {
        for (const InvoiceTax& tax : terms.taxes)
            total += tax.tax_minor;
    }
    if (total < 0 || total > build::kMoneyMax) return too_large();
    const std::int64_t price = terms.price_minor - sale.discount_minor;
    const std::int64_t rate = rate_bp_of(terms, terms.car_tax_code);
    terms.total_minor = total;
    terms.net_price_minor = terms.prices_include_tax ? price - tax_inside(price, rate) : price;
    terms.commission_minor = share_of(terms.net_price_minor, terms.commission_rate_bp);
    return {};
}

std::vector<InvoiceLine> lines_of(const SaleTerms& terms, const RecordSale& sale,
                                  std::string_view car_description) {
    std::vector<InvoiceLine> lines;
    for (Part& part : parts_of(terms, sale, car_description)) {
        InvoiceLine line;
        line.position = static_cast<std::int64_t>(lines.size());
        line.kind = part.kind;
        line.description = std::move(part.description);
        line.amount_minor = part.amount_minor;
        line.tax_rate_bp = rate_bp_of(terms, part.tax_code);
        line.tax_code = std::move(part.tax_code);
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace showfloor::domain
