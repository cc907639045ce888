#include "domain/records.hpp"

#include "domain/limits.hpp"
#include "domain/record_builder.hpp"
#include "domain/records_deliveries.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_imports.hpp"
#include "domain/records_leads.hpp"
#include "domain/records_orders.hpp"
#include "domain/records_own.hpp"
#include "domain/records_promotions.hpp"
#include "domain/records_workshop.hpp"

namespace showfloor::domain {

namespace {

using build::Builder;
using build::kCurrency;
using build::kEmail;
using build::kHash;
using build::kLongText;
using build::kPhone;
using build::Of;
using build::plain;
using build::with_base;

}  // namespace

// A table, a field a line: as it was laid out.
// clang-format off
template <>
const Description& describe<TaxRate>() {
    using F = Of<TaxRate>;
    static const Description d{"tax_rate", "", plain({
        F::text<&TaxRate::code>("code", 20).require().shown(),
        F::text<&TaxRate::name>("name", 40).require().shown(),
        F::basis_points<&TaxRate::rate_bp>("rate_bp").require().shown(),
    }), Synced::kNever, {}};
    return d;
}

template <>
const Description& describe<Fee>() {
    using F = Of<Fee>;
    static const Description d{"fee", "", plain({
        F::text<&Fee::name>("name").require().shown(),
        F::money<&Fee::amount_minor>("amount_minor").require().shown(),
        F::text<&Fee::tax_code>("tax_code", 20).shown(),
        F::text<&Fee::currency>("currency", kCurrency).shown(),
    }), Synced::kNever, {}};
    return d;
}

template <>
const Description& describe<FinanceRate>() {
    using F = Of<FinanceRate>;
    static const Description d{"finance_rate", "", plain({
        F::integer<&FinanceRate::months>("months", 1, 120).require().shown(),
        F::basis_points<&FinanceRate::annual_rate_bp>("annual_rate_bp").require().shown(),
    }), Synced::kNever, {}};
    return d;
}

template <>
const Description& describe<Branch>() {
    using F = Of<Branch>;
    static const Description d{"branch", "branches", with_base<Branch>({
        F::text<&Branch::name>("name").require().shown(),
        F::text<&Branch::code>("code", 5).require().shown(),
        F::text<&Branch::legal_name>("legal_name").shown(),
        F::text<&Branch::address>("address", 400).shown(),
        F::text<&Branch::phone>("phone", kPhone).shown(),
        F::text<&Branch::email>("email", kEmail).shown(),
        F::text<&Branch::tax_number>("tax_number", 40).shown(),
        F::text<&Branch::bank_details>("bank_details", 400),
        F::text<&Branch::logo>("logo", kHash).shown(),
        F::text<&Branch::accent_color>("accent_color").as_color().shown(),
        F::text<&Branch::invoice_footer>("invoice_footer", kLongText),
        F::text<&Branch::opening_hours>("opening_hours", 400).shown(),
        F::text<&Branch::time_zone>("time_zone", 60).shown(),
        F::text<&Branch::locale>("locale", 20).shown(),
        F::text<&Branch::currency>("currency", kCurrency).require().shown(),
        F::list<&Branch::tax_rates>("tax_rates", 20).shown(),
        F::boolean<&Branch::prices_include_tax>("prices_include_tax").shown(),
        F::basis_points<&Branch::commission_rate_bp>("commission_rate_bp"),
        F::basis_points<&Branch::discount_limit_bp>("discount_limit_bp"),
        F::list<&Branch::fees>("fees", 20).shown(),
        F::list<&Branch::finance_rates>("finance_rates", 20).shown(),
        F::integer<&Branch::offline_sign_in_days>("offline_sign_in_days", 1, 365),
        F::money<&Branch::labour_rate_minor>("labour_rate_minor"),
        F::text<&Branch::labour_tax_code>("labour_tax_code", 20),
        F::choice<&Branch::deposit_rule>("deposit_rule", kDepositRuleNames),
    }), Synced::kPublic, {{"unique:code"}}};
    return d;
}

template <>
const Description& describe<User>() {
    using F = Of<User>;
    static const Description d{"user", "users", with_base<User>({
        F::text<&User::first_name>("first_name").require().shown(),
        F::text<&User::last_name>("last_name").require(),
        F::text<&User::username>("username", 30).require(),
        F::text<&User::email>("email", kEmail).require().central_only(),
        F::text<&User::contact>("contact", kPhone).central_only(),
        F::text<&User::address>("address", 400).central_only(),
        F::choice<&User::role>("role", kRoleNames).require(),
        F::text<&User::image>("image", kHash).shown(),
        F::choice<&User::status>("status", kUserStatusNames),
        F::id<&User::branch_id>("branch_id", "branch"),
        F::text<&User::locale>("locale", 20),
        F::text<&User::specialty>("specialty"),
        F::boolean<&User::must_change_password>("must_change_password").set_by_handler(),
        F::time<&User::email_verified_at>("email_verified_at").set_by_handler().central_only(),
        F::boolean<&User::show_at_sign_in>("show_at_sign_in"),
        F::time<&User::last_sign_in_at>("last_sign_in_at").set_by_handler().central_only(),
    }), Synced::kBranch,
        {{"unique:username"}, {"unique:email"}, {"contact"}, {"branch_id"}, {"role"}}};
    return d;
}

template <>
const Description& describe<Verifier>() {
    using F = Of<Verifier>;
    static const Description d{"verifier", "", with_base<Verifier>({
        F::id<&Verifier::user_id>("user_id", "user").require(),
        F::id<&Verifier::terminal_id>("terminal_id", "terminal").require(),
        F::text<&Verifier::wrapped>("wrapped", 2000).require(),
    }), Synced::kTerminal, {{"user_id"}, {"terminal_id"}}};
    return d;
}

template <>
const Description& describe<Terminal>() {
    using F = Of<Terminal>;
    static const Description d{"terminal", "terminals", with_base<Terminal>({
        F::text<&Terminal::code>("code", 10).require(),
        F::text<&Terminal::name>("name").require(),
        F::id<&Terminal::branch_id>("branch_id", "branch").require(),
        F::choice<&Terminal::status>("status", kTerminalStatusNames),
        F::text<&Terminal::public_key>("public_key", kLongText).central_only(),
        F::text<&Terminal::certificate_serial>("certificate_serial", 80).central_only(),
        F::time<&Terminal::certificate_expires_at>("certificate_expires_at"),
    }), Synced::kTerminal, {{"branch_id"}}};
    return d;
}

template <>
const Description& describe<Car>() {
    using F = Of<Car>;
    static const Description d{"car", "cars", with_base<Car>({
        F::text<&Car::make>("make").require().shown(),
        F::text<&Car::model>("model").require().shown(),
        F::integer<&Car::year>("year", 1886, 2100).require().shown(),
        F::text<&Car::vin>("vin", 17).require().shown(),
        F::text<&Car::color>("color").require().shown(),
        F::integer<&Car::mileage>("mileage", 0, 5'000'000).require().shown(),
        F::choice<&Car::mileage_unit>("mileage_unit", kMileageUnitNames).shown(),
        F::choice<&Car::body_style>("body_style", kBodyStyleNames).shown(),
        F::choice<&Car::transmission>("transmission", kTransmissionNames).shown(),
        F::choice<&Car::fuel_type>("fuel_type", kFuelTypeNames).shown(),
        F::text<&Car::engine_size>("engine_size", 40).shown(),
        F::choice<&Car::drive_type>("drive_type", kDriveTypeNames).shown(),
        F::text<&Car::trim_level>("trim_level").shown(),
        F::choice<&Car::condition>("condition", kConditionNames).require().shown(),
        F::integer<&Car::cylinders>("cylinders", 0, 24).shown(),
        F::integer<&Car::doors>("doors", 0, 9).shown(),
        F::texts<&Car::features>("features").shown(),
        F::text<&Car::stock_number>("stock_number", 40).shown(),
        F::money<&Car::price_minor>("price_minor").require().shown(),
        F::text<&Car::currency>("currency", kCurrency).require().shown(),
        F::text<&Car::tax_code>("tax_code", 20).shown(),
        F::choice<&Car::availability>("availability", kAvailabilityNames).shown(),
        F::id<&Car::branch_id>("branch_id", "branch").shown(),
        F::id<&Car::created_by>("created_by", "user").set_by_handler(),
        F::text<&Car::description>("description", kLongText).shown(),
    }), Synced::kPublic,
        {{"vin"}, {"branch_id", "stock_number"}, {"availability"}, {"make", "model"}}};
    return d;
}

template <>
const Description& describe<CarCost>() {
    using F = Of<CarCost>;
    static const Description d{"car_cost", "car-costs", with_base<CarCost>({
        F::id<&CarCost::car_id>("car_id", "car").require().secret(),
        F::money<&CarCost::purchase_cost_minor>("purchase_cost_minor").require().secret(),
        F::text<&CarCost::currency>("currency", kCurrency).require().secret(),
        F::integer<&CarCost::rate_micro>("rate_micro", 0, 1'000'000'000'000).secret(),
        F::time<&CarCost::rate_at>("rate_at").secret(),
    }), Synced::kNever, {{"unique:car_id"}}};
    return d;
}

template <>
const Description& describe<CarImage>() {
    using F = Of<CarImage>;
    static const Description d{"car_image", "car-images", with_base<CarImage>({
        F::id<&CarImage::car_id>("car_id", "car").require().shown(),
        F::integer<&CarImage::position>("position", 0, 99).shown(),
        F::text<&CarImage::sha256>("sha256", kHash).require().shown(),
        F::text<&CarImage::sha256_medium>("sha256_medium", kHash).require().shown(),
        F::text<&CarImage::sha256_small>("sha256_small", kHash).require().shown(),
        F::integer<&CarImage::width>("width", 1, 20'000).require().shown(),
        F::integer<&CarImage::height>("height", 1, 20'000).require().shown(),
        F::text<&CarImage::blurhash>("blurhash", 60).shown(),
    }), Synced::kPublic, {{"car_id", "position"}}};
    return d;
}

template <>
const Description& describe<Customer>() {
    using F = Of<Customer>;
    static const Description d{"customer", "customers", with_base<Customer>({
        F::text<&Customer::first_name>("first_name").require().person().shown(),
        F::text<&Customer::last_name>("last_name").require().person().shown(),
        F::text<&Customer::company_name>("company_name").person().shown(),
        F::text<&Customer::tax_number>("tax_number", 40).person().shown(),
        F::text<&Customer::id_kind>("id_kind", 40).person().central_only().shown(),
        F::text<&Customer::id_number>("id_number", 40).person().central_only().shown(),
        F::text<&Customer::email>("email", kEmail).person().look_up().shown(),
        F::text<&Customer::phone>("phone", kPhone).person().look_up().shown(),
        F::text<&Customer::address>("address", 400).person().central_only().shown(),
        F::text<&Customer::image>("image", kHash).person().central_only().shown(),
        F::id<&Customer::seller_id>("seller_id", "user"),
        F::id<&Customer::branch_id>("branch_id", "branch").shown(),
        F::id<&Customer::user_id>("user_id", "user").set_by_handler(),
        F::text<&Customer::notes>("notes", kLongText).person().central_only(),
        F::id<&Customer::merged_into>("merged_into", "customer").set_by_handler(),
        F::boolean<&Customer::placeholder>("placeholder").set_by_handler().central_only(),
        F::time<&Customer::erased_at>("erased_at").set_by_handler().shown(),
    }), Synced::kBranch,
        {{"phone"}, {"email"}, {"branch_id"}, {"seller_id"}, {"merged_into"}, {"user_id"}}};
    return d;
}

template <>
const Description& describe<GivenPromotion>() {
    using F = Of<GivenPromotion>;
    static const Description d{"given_promotion", "", plain({
        F::id<&GivenPromotion::promotion_id>("promotion_id", "promotion").require().shown(),
        F::text<&GivenPromotion::name>("name").require().shown(),
        F::money<&GivenPromotion::amount_minor>("amount_minor").require().shown(),
    }), Synced::kNever, {}};
    return d;
}

template <>
const Description& describe<Sale>() {
    using F = Of<Sale>;
    static const Description d{"sale", "sales", with_base<Sale>({
        F::id<&Sale::car_id>("car_id", "car").require().shown(),
        F::id<&Sale::customer_id>("customer_id", "customer").require().shown(),
        F::id<&Sale::seller_id>("seller_id", "user").require().shown(),
        F::id<&Sale::branch_id>("branch_id", "branch").require().shown(),
        F::id<&Sale::terminal_id>("terminal_id", "terminal"),
        F::id<&Sale::invoice_id>("invoice_id", "invoice").shown(),
        F::id<&Sale::reservation_id>("reservation_id", "reservation").shown(),
        F::choice<&Sale::status>("status", kSaleStatusNames).require().shown(),
        F::text<&Sale::currency>("currency", kCurrency).require().shown(),
        F::money<&Sale::price_minor>("price_minor").require().shown(),
        F::money<&Sale::discount_minor>("discount_minor").shown(),
        F::text<&Sale::discount_reason>("discount_reason", 400),
        F::list<&Sale::promotions>("promotions", kMaxPromotions).shown(),
        F::id<&Sale::approver_id>("approver_id", "user"),
        F::text<&Sale::trade_in_description>("trade_in_description", 400).shown(),
        F::money<&Sale::trade_in_value_minor>("trade_in_value_minor").shown(),
        F::basis_points<&Sale::commission_rate_bp>("commission_rate_bp"),
        F::money<&Sale::commission_minor>("commission_minor"),
        F::money<&Sale::total_minor>("total_minor").shown(),
        F::time<&Sale::sale_date>("sale_date").shown(),
        F::time<&Sale::delivered_at>("delivered_at").shown(),
        F::text<&Sale::dispute_code>("dispute_code", 40),
        F::texts<&Sale::reviews>("reviews", 20),
        F::text<&Sale::notes>("notes", kLongText),
    }), Synced::kBranch,
        {{"car_id"}, {"customer_id"}, {"invoice_id"}, {"seller_id"}, {"branch_id", "sale_date"},
         {"status"}}};
    return d;
}

template <>
const Description& describe<InvoiceTax>() {
    using F = Of<InvoiceTax>;
    static const Description d{"invoice_tax", "", plain({
        F::text<&InvoiceTax::code>("code", 20).shown(),
        F::text<&InvoiceTax::name>("name", 40).shown(),
        F::basis_points<&InvoiceTax::rate_bp>("rate_bp").shown(),
        F::money<&InvoiceTax::base_minor>("base_minor").range(-build::kMoneyMax, build::kMoneyMax).shown(),
        F::money<&InvoiceTax::tax_minor>("tax_minor").range(-build::kMoneyMax, build::kMoneyMax).shown(),
    }), Synced::kNever, {}};
    return d;
}

template <>
const Description& describe<Installment>() {
    using F = Of<Installment>;
    static const Description d{"installment", "", plain({
        F::time<&Installment::due_at>("due_at").require().shown(),
        F::money<&Installment::amount_minor>("amount_minor").require().shown(),
    }), Synced::kNever, {}};
    return d;
}

template <>
const Description& describe<Invoice>() {
    using F = Of<Invoice>;
    static const Description d{"invoice", "invoices", with_base<Invoice>({
        F::text<&Invoice::number>("number", 40).require().shown(),
        F::id<&Invoice::sale_id>("sale_id", "sale").shown(),
        F::id<&Invoice::order_id>("order_id", "outgoing_order").shown(),
        F::id<&Invoice::ticket_id>("ticket_id", "service_ticket").shown(),
        F::id<&Invoice::customer_id>("customer_id", "customer").shown(),
        F::id<&Invoice::branch_id>("branch_id", "branch").require().shown(),
        F::id<&Invoice::seller_id>("seller_id", "user").shown(),
        F::time<&Invoice::date_of_purchase>("date_of_purchase").shown(),
        F::text<&Invoice::currency>("currency", kCurrency).require().shown(),
        F::boolean<&Invoice::prices_include_tax>("prices_include_tax").shown(),
        F::list<&Invoice::taxes>("taxes", 20).shown(),
        F::money<&Invoice::total_amount_minor>("total_amount_minor").shown(),
        F::money<&Invoice::amount_paid_minor>("amount_paid_minor")
            .range(-build::kMoneyMax, build::kMoneyMax).shown(),
        F::money<&Invoice::balance_minor>("balance_minor")
            .range(-build::kMoneyMax, build::kMoneyMax).shown(),
        F::money<&Invoice::credited_minor>("credited_minor").shown(),
        F::list<&Invoice::installments>("installments", 120).shown(),
        F::text<&Invoice::warranty>("warranty", kLongText).shown(),
        F::text<&Invoice::terms_and_conditions>("terms_and_conditions", kLongText).shown(),
        F::text<&Invoice::agreement_details>("agreement_details", kLongText).shown(),
        F::text<&Invoice::additional_accessories>("additional_accessories", kLongText).shown(),
        F::text<&Invoice::notes_instructions>("notes_instructions", kLongText).shown(),
        F::json<&Invoice::signature>("signature", 60'000).person().shown(),
        F::text<&Invoice::payment_proof>("payment_proof", kHash).shown(),
        F::json<&Invoice::bill_to>("bill_to", 4000).person().central_only(),
        F::choice<&Invoice::status>("status", kInvoiceStatusNames).shown(),
    }), Synced::kBranch,
        {{"unique:number"}, {"sale_id"}, {"order_id"}, {"ticket_id"}, {"customer_id"},
         {"branch_id"}, {"status"}}};
    return d;
}

template <>
const Description& describe<InvoiceLine>() {
    using F = Of<InvoiceLine>;
    static const Description d{"invoice_line", "invoice-lines", with_base<InvoiceLine>({
        F::id<&InvoiceLine::invoice_id>("invoice_id", "invoice").require().shown(),
        F::integer<&InvoiceLine::position>("position", 0, 1000).shown(),
        F::choice<&InvoiceLine::kind>("kind", kLineKindNames).shown(),
        F::text<&InvoiceLine::description>("description", 400).shown(),
        F::money<&InvoiceLine::amount_minor>("amount_minor")
            .range(-build::kMoneyMax, build::kMoneyMax).shown(),
        F::text<&InvoiceLine::tax_code>("tax_code", 20).shown(),
        F::basis_points<&InvoiceLine::tax_rate_bp>("tax_rate_bp").shown(),
        F::id<&InvoiceLine::product_id>("product_id", "product").shown(),
        F::integer<&InvoiceLine::quantity>("quantity", 0, build::kMostPieces).shown(),
    }), Synced::kBranch, {{"invoice_id", "position"}}};
    return d;
}

template <>
const Description& describe<Payment>() {
    using F = Of<Payment>;
    static const Description d{"payment", "payments", with_base<Payment>({
        F::id<&Payment::invoice_id>("invoice_id", "invoice").shown(),
        F::id<&Payment::reservation_id>("reservation_id", "reservation").shown(),
        F::id<&Payment::sale_id>("sale_id", "sale").shown(),
        F::id<&Payment::branch_id>("branch_id", "branch").shown(),
        F::id<&Payment::customer_id>("customer_id", "customer").shown(),
        F::id<&Payment::terminal_id>("terminal_id", "terminal"),
        F::id<&Payment::till_id>("till_id", "till"),
        F::money<&Payment::amount_minor>("amount_minor").require()
            .range(-build::kMoneyMax, build::kMoneyMax).shown(),
        F::text<&Payment::currency>("currency", kCurrency).require().shown(),
        F::choice<&Payment::method>("method", kPaymentMethodNames).shown(),
        F::text<&Payment::reference>("reference", 100).shown(),
        F::choice<&Payment::status>("status", kPaymentStatusNames).shown(),
        F::id<&Payment::received_by>("received_by", "user"),
        F::time<&Payment::at>("at").shown(),
        F::id<&Payment::reverses_id>("reverses_id", "payment").shown(),
        F::id<&Payment::reversed_by>("reversed_by", "payment").shown(),
        F::text<&Payment::reason>("reason", 400).shown(),
        F::texts<&Payment::reviews>("reviews", 20),
    }), Synced::kBranch,
        {{"invoice_id"}, {"sale_id"}, {"branch_id", "method", "reference"}, {"customer_id"},
         {"reservation_id"}, {"till_id"}}};
    return d;
}

template <>
const Description& describe<Receipt>() {
    using F = Of<Receipt>;
    static const Description d{"receipt", "receipts", with_base<Receipt>({
        F::text<&Receipt::number>("number", 40).require().shown(),
        F::id<&Receipt::payment_id>("payment_id", "payment").require().shown(),
        F::id<&Receipt::invoice_id>("invoice_id", "invoice").shown(),
        F::id<&Receipt::reservation_id>("reservation_id", "reservation").shown(),
        F::id<&Receipt::customer_id>("customer_id", "customer").shown(),
        F::id<&Receipt::user_id>("user_id", "user"),
        F::id<&Receipt::branch_id>("branch_id", "branch").shown(),
        F::text<&Receipt::currency>("currency", kCurrency).require().shown(),
        F::money<&Receipt::amount_paid_minor>("amount_paid_minor")
            .range(-build::kMoneyMax, build::kMoneyMax).shown(),
        F::money<&Receipt::balance_after_minor>("balance_after_minor")
            .range(-build::kMoneyMax, build::kMoneyMax).shown(),
    }), Synced::kBranch, {{"unique:number"}, {"payment_id"}, {"invoice_id"}, {"customer_id"}, {"reservation_id"}}};
    return d;
}

template <>
const Description& describe<CreditNote>() {
    using F = Of<CreditNote>;
    static const Description d{"credit_note", "credit-notes", with_base<CreditNote>({
        F::text<&CreditNote::number>("number", 40).require().shown(),
        F::id<&CreditNote::invoice_id>("invoice_id", "invoice").require().shown(),
        F::id<&CreditNote::sale_id>("sale_id", "sale").shown(),
        F::id<&CreditNote::customer_id>("customer_id", "customer").shown(),
        F::id<&CreditNote::branch_id>("branch_id", "branch").shown(),
        F::id<&CreditNote::issued_by>("issued_by", "user"),
        F::text<&CreditNote::currency>("currency", kCurrency).require().shown(),
        F::text<&CreditNote::reason>("reason", 400).shown(),
        F::boolean<&CreditNote::prices_include_tax>("prices_include_tax").shown(),
        F::list<&CreditNote::taxes>("taxes", 20).shown(),
        F::money<&CreditNote::total_minor>("total_minor").shown(),
    }), Synced::kBranch, {{"unique:number"}, {"invoice_id"}, {"sale_id"}}};
    return d;
}

template <>
const Description& describe<Report>() {
    using F = Of<Report>;
    const auto any = [](Builder field) {
        return field.range(-build::kMoneyMax, build::kMoneyMax).secret();
    };
    static const Description d{"report", "reports", with_base<Report>({
        F::id<&Report::sale_id>("sale_id", "sale").require().secret(),
        F::id<&Report::branch_id>("branch_id", "branch").secret(),
        F::id<&Report::seller_id>("seller_id", "user").secret(),
        F::text<&Report::currency>("currency", kCurrency).secret(),
        F::time<&Report::sale_date>("sale_date").secret(),
        any(F::money<&Report::price_minor>("price_minor")),
        any(F::money<&Report::purchase_cost_minor>("purchase_cost_minor")),
        any(F::money<&Report::import_expense_minor>("import_expense_minor")),
        any(F::money<&Report::commission_minor>("commission_minor")),
        any(F::money<&Report::company_profit_minor>("company_profit_minor")),
        F::boolean<&Report::incomplete>("incomplete").secret(),
        F::id<&Report::reverses_id>("reverses_id", "report").secret(),
    }), Synced::kNever, {{"sale_id"}, {"branch_id", "sale_date"}, {"seller_id"}}};
    return d;
}

template <>
const Description& describe<Notification>() {
    using F = Of<Notification>;
    static const Description d{"notification", "notifications", with_base<Notification>({
        F::text<&Notification::type>("type", 40).require(),
        F::text<&Notification::message>("message", 100).require(),
        F::json<&Notification::values>("values", 4000),
        F::text<&Notification::record>("record", 40),
        F::id<&Notification::record_id>("record_id"),
        F::id<&Notification::branch_id>("branch_id", "branch"),
        F::texts<&Notification::audience>("audience", 20),
        F::id<&Notification::user_id>("user_id", "user"),
        F::texts<&Notification::read_by>("read_by", 1000),
        F::texts<&Notification::dismissed_by>("dismissed_by", 1000),
        F::time<&Notification::resolved_at>("resolved_at"),
    }), Synced::kBranch, {{"branch_id"}, {"record_id"}, {"user_id"}}};
    return d;
}

template <>
const Description& describe<History>() {
    using F = Of<History>;
    static const Description d{"history", "history", with_base<History>({
        F::integer<&History::number>("number", 0, INT64_MAX).secret(),
        F::text<&History::command>("command", 60).secret(),
        F::id<&History::command_id>("command_id").secret(),
        F::id<&History::actor_id>("actor_id", "user").secret(),
        F::id<&History::co_actor_id>("co_actor_id", "user").secret(),
        F::id<&History::terminal_id>("terminal_id", "terminal").secret(),
        F::id<&History::branch_id>("branch_id", "branch").secret(),
        F::text<&History::record>("record", 40).secret(),
        F::id<&History::record_id>("record_id").secret(),
        F::json<&History::before>("before", 64'000).secret(),
        F::json<&History::after>("after", 64'000).secret(),
        F::text<&History::salt>("salt", kHash).secret(),
        F::text<&History::values_hash>("values_hash", kHash).secret(),
        F::text<&History::chain_hash>("chain_hash", kHash).secret(),
    }), Synced::kNever, {{"unique:number"}, {"record_id"}, {"actor_id"}, {"branch_id"}}};
    return d;
}

// clang-format on

const std::vector<const Description*>& all_records() {
    static const std::vector<const Description*> records = {
        &describe<Branch>(),         &describe<User>(),        &describe<Terminal>(),
        &describe<Verifier>(),       &describe<Car>(),         &describe<CarCost>(),
        &describe<CarImage>(),       &describe<Customer>(),    &describe<Sale>(),
        &describe<Invoice>(),        &describe<InvoiceLine>(), &describe<Payment>(),
        &describe<Receipt>(),        &describe<CreditNote>(),  &describe<Report>(),
        &describe<PriceChange>(),    &describe<Importation>(), &describe<Category>(),
        &describe<Product>(),        &describe<Promotion>(),   &describe<Supplier>(),
        &describe<IncomingOrder>(),  &describe<StockBatch>(),  &describe<StockMovement>(),
        &describe<ServiceTicket>(),  &describe<TicketPart>(),  &describe<TicketLabour>(),
        &describe<TicketMechanic>(), &describe<Delivery>(),    &describe<OwnedItem>(),
        &describe<UserPay>(),        &describe<Reservation>(), &describe<OutgoingOrder>(),
        &describe<Till>(),           &describe<Lead>(),        &describe<Assistance>(),
        &describe<Notification>(),   &describe<History>(),
    };
    return records;
}

std::optional<Role> parse_role(std::string_view name) {
    for (std::size_t i = 0; i < kRoleNames.size(); ++i) {
        if (kRoleNames[i] == name) return static_cast<Role>(i);
    }
    return std::nullopt;
}

const Description* find_record(std::string_view name_or_plural) {
    for (const Description* record : all_records()) {
        if (record->name == name_or_plural ||
            (!record->plural.empty() && record->plural == name_or_plural))
            return record;
    }
    return nullptr;
}

}  // namespace showfloor::domain
