#include "domain/sale_terms.hpp"

#include <algorithm>

#include "domain/code.hpp"
#include "domain/field_builder.hpp"
#include "domain/limits.hpp"
#include "domain/money.hpp"
#include "domain/promotions.hpp"
#include "domain/reservations.hpp"
#include "domain/taxes.hpp"

namespace showfloor::domain {

namespace {

using base::ErrorKind;

base::Error invalid(Code code, std::string field, std::string sentence) {
    return base::fail(ErrorKind::kInvalid, std::move(sentence), std::string(name_of(code)),
                      std::move(field));
}

// One taxed amount of the sale, before it is told apart into lines.
struct Part {
    LineKind kind;
    std::string description;
    std::int64_t amount_minor;
    std::string tax_code;
    Uuid product_id = {};
    std::int64_t quantity = 0;
};

// Goods as their frozen price says, typed lines as typed.
Part part_of(const SaleTerms& terms, const AccessoryLine& line) {
    const PricedProduct* product = find_product(terms.products, line.product_id);
    Part part{LineKind::kAccessory, line.description, line.amount_minor, line.tax_code};
    if (!line.product_id.is_nil() && product != nullptr) {
        part.description = line_text(*product, line.quantity);
        part.amount_minor = amount_of(*product, line.quantity).value_or(0);
        part.tax_code = product->tax_code;
        part.product_id = line.product_id;
        part.quantity = line.quantity;
    }
    if (part.tax_code.empty()) part.tax_code = terms.car_tax_code;
    return part;
}

std::vector<Part> parts_of(const SaleTerms& terms, const RecordSale& sale,
                           std::string_view car_description) {
    std::vector<Part> parts;
    parts.push_back(
        {LineKind::kCar, std::string(car_description), terms.price_minor, terms.car_tax_code});
    for (const AccessoryLine& accessory : sale.accessories)
        parts.push_back(part_of(terms, accessory));
    for (const Fee& fee : terms.fees)
        parts.push_back({LineKind::kFee, fee.name, fee.amount_minor, fee.tax_code});
    if (sale.discount_minor > 0)
        parts.push_back(
            {LineKind::kDiscount, sale.discount_reason, -sale.discount_minor, terms.car_tax_code});
    for (const GivenPromotion& one : terms.promotions)
        parts.push_back({LineKind::kDiscount, one.name, -one.amount_minor, terms.car_tax_code});
    return parts;
}

// A typed line says what it is and costs; goods say which and how many.
base::Result<void> check_accessories(const SaleTerms& terms, const RecordSale& sale) {
    for (std::size_t i = 0; i < sale.accessories.size(); ++i) {
        const AccessoryLine& line = sale.accessories[i];
        const std::string path = "accessories[" + std::to_string(i) + "].";
        if (line.product_id.is_nil()) {
            if (line.description.empty())
                return sum_error(path + "description", "Say what this accessory is.");
            continue;
        }
        // FIX: what goods cost is never the client's to say.
        if (line.amount_minor != 0 || !line.tax_code.empty())
            return sum_error(path + "amount_minor", "Goods are sold at their own price.");
        const PricedProduct* product = find_product(terms.products, line.product_id);
        if (product == nullptr)
            return sum_error(path + "product_id", "The terms do not name this product.");
        if (!amount_of(*product, line.quantity))
            return sum_error(path + "quantity", "This is too much of it for one line.");
    }
    return {};
}

}  // namespace

template <>
const Description& describe<AccessoryLine>() {
    using F = build::Of<AccessoryLine>;
    static const Description d{"accessory_line",
                               "",
                               {
                                   F::text<&AccessoryLine::description>("description", 200),
                                   F::money<&AccessoryLine::amount_minor>("amount_minor"),
                                   F::text<&AccessoryLine::tax_code>("tax_code", 20),
                                   F::id<&AccessoryLine::product_id>("product_id", "product"),
                                   F::integer<&AccessoryLine::quantity>("quantity", 1, 1'000'000),
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
            F::id<&RecordSale::reservation_id>("reservation_id", "reservation"),
            F::texts<&RecordSale::promotions>("promotions", kMaxPromotions),
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
            F::list<&SaleTerms::promotions>("promotions", kMaxPromotions),
            F::basis_points<&SaleTerms::commission_rate_bp>("commission_rate_bp").require(),
            F::basis_points<&SaleTerms::discount_limit_bp>("discount_limit_bp").require(),
            F::list<&SaleTerms::products>("products"),
            F::id<&SaleTerms::reservation_id>("reservation_id", "reservation"),
            F::money<&SaleTerms::deposit_minor>("deposit_minor"),
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

bool is_charged(const Fee& fee, const Branch& branch, std::string_view currency) {
    return (fee.currency.empty() ? branch.currency : fee.currency) == currency;
}

base::Result<SaleTerms> quote_sale(World& world, const RecordSale& sale, const Branch& branch,
                                   UtcMs at) {
    const auto car = world.get<Car>(sale.car_id);
    if (!car)
        return base::fail(ErrorKind::kNotFound, "This car is not there; refresh and try again.",
                          std::string(name_of(Code::kNotFound)), "car_id");
    SaleTerms terms;
    terms.currency = car->currency;
    terms.price_minor = car->price_minor;
    terms.car_tax_code = car->tax_code;
    terms.prices_include_tax = branch.prices_include_tax;
    // One invoice, one currency: a car priced in another one has the fees of its own.
    for (const Fee& fee : branch.fees) {
        if (is_charged(fee, branch, terms.currency)) terms.fees.push_back(fee);
    }
    SHOWFLOOR_ASSIGN(terms.promotions,
                     give_promotions(world, sale.promotions, *car, branch.id, at));
    terms.commission_rate_bp = branch.commission_rate_bp;
    terms.discount_limit_bp = branch.discount_limit_bp;
    for (std::size_t i = 0; i < sale.accessories.size(); ++i) {
        const Uuid& product_id = sale.accessories[i].product_id;
        if (product_id.is_nil() || find_product(terms.products, product_id) != nullptr) continue;
        SHOWFLOOR_ASSIGN(auto product,
                         price_product(world, product_id, terms.currency,
                                       "accessories[" + std::to_string(i) + "].product_id"));
        terms.products.push_back(std::move(product));
    }
    if (const auto reservation =
            reservation_for(world, sale.car_id, sale.customer_id, sale.reservation_id)) {
        terms.reservation_id = reservation->id;
        terms.deposit_minor = deposit_of(world, reservation->id);
    }
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
    SHOWFLOOR_TRY(check_given(terms.promotions, sale.promotions));
    const std::int64_t price = terms.price_minor - sale.discount_minor - sum_of(terms.promotions);
    if (price < 0)
        return invalid(Code::kInvalid, "promotions",
                       "Discount and promotions together are more than the price.");
    const bool foreign = std::any_of(terms.fees.begin(), terms.fees.end(), [&](const Fee& fee) {
        return !fee.currency.empty() && fee.currency != terms.currency;
    });
    if (foreign) return invalid(Code::kCurrencyMismatch, "fees", "A fee is in another currency.");
    SHOWFLOOR_TRY(check_accessories(terms, sale));
    const auto parts = parts_of(terms, sale, "");
    std::vector<TaxedAmount> amounts;
    for (const Part& part : parts)
        amounts.push_back({part.amount_minor, part.tax_code});
    SHOWFLOOR_ASSIGN(TaxedSum sum, sum_up(terms.tax_rates, terms.prices_include_tax, amounts));
    terms.taxes = std::move(sum.taxes);
    const std::int64_t rate = rate_bp_of(terms.tax_rates, terms.car_tax_code);
    terms.total_minor = sum.total_minor;
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
        line.tax_rate_bp = rate_bp_of(terms.tax_rates, part.tax_code);
        line.tax_code = std::move(part.tax_code);
        line.product_id = part.product_id;
        line.quantity = part.quantity;
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace showfloor::domain
