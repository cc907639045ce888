// Sales: made and delivered. What is decided about them later is in commands_decisions.cpp.

#include <algorithm>

#include "domain/deal.hpp"
#include "domain/handlers.hpp"
#include "domain/money.hpp"
#include "domain/reservations.hpp"
#include "domain/sale_terms.hpp"
#include "domain/shown.hpp"
#include "domain/stock.hpp"
#include "domain/transitions.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

// What record_sale gathers while it judges; written only when every rule has passed.
struct Deal {
    const RecordSale& args;
    Car car;
    Customer customer;
    Branch branch;
    SaleTerms terms;
    Uuid approver_id;
    Code dispute = Code::kNone;
    std::vector<Payment> payments;
    std::vector<std::string> receipt_numbers;
    std::string invoice_number;
    bool new_car = false, new_customer = false;  // not known here: made with the sale
    std::string car_line;                        // of the invoice
    std::optional<Reservation> reservation;      // that this sale fulfils
    StockNeed goods;
};

// The sale belongs to the seller's branch as it was then: a terminal lets only its own branch's
// people sign in, so its branch says it even when the person has moved since. Without a terminal,
// the seller's; the car's for whoever has none.
Uuid branch_of_sale(World& world, const Command& command, const Context& context, const Car& car) {
    if (const auto terminal = world.get<Terminal>(context.terminal_id)) return terminal->branch_id;
    const auto seller = world.get<User>(command.actor_id);
    return seller && !seller->branch_id.is_nil() ? seller->branch_id : car.branch_id;
}

base::Result<base::Json> quote_record_sale(World& world, const Command& command,
                                           const Context& context, const Row& row) {
    SHOWFLOOR_ASSIGN(const RecordSale sale, from_row<RecordSale>(row));
    const auto car = world.get<Car>(sale.car_id);
    const auto branch =
        car ? world.get<Branch>(branch_of_sale(world, command, context, *car)) : std::nullopt;
    if (!branch)
        return base::fail(base::ErrorKind::kNotFound,
                          "This car is not there; refresh and try again.",
                          std::string(name_of(Code::kNotFound)), car ? "branch_id" : "car_id");
    SHOWFLOOR_ASSIGN(SaleTerms terms, quote_sale(world, sale, *branch, command.occurred_at));
    terms.shown = shown_of(world, sale);
    return to_json(terms);
}

// A central that was set back may not know them any more; the sale happened all the same.
void make_unknown(Handling& handling, Deal& deal, std::optional<Car>& car,
                  std::optional<Customer>& customer) {
    if (!handling.must_apply()) return;
    const auto terms = from_json<SaleTerms>(handling.command.terms, Intake::kArguments);
    if (!terms) return;
    if (!car) {
        car = shown_car(*terms, deal.args);
        deal.new_car = car.has_value();
    }
    if (!customer) {
        customer = shown_customer(*terms, deal.args);
        deal.new_customer = true;
    }
    handling.flag(Code::kNotKnown);
}

Stopped find_parties(Handling& handling, Deal& deal) {
    if (auto stopped = check_new<Sale>(handling, deal.args.id)) return stopped;
    auto car = handling.world.get<Car>(deal.args.car_id);
    auto customer = customer_behind(handling.world, deal.args.customer_id);
    if (!car || !customer) make_unknown(handling, deal, car, customer);
    if (!car) return refuse(Code::kNotFound, "car_id");
    if (!customer) return refuse(Code::kNotFound, "customer_id");
    auto branch = handling.world.get<Branch>(
        branch_of_sale(handling.world, handling.command, handling.context, *car));
    if (!branch) return refuse(Code::kNotFound, "branch_id");
    deal.car = std::move(*car);
    deal.customer = std::move(*customer);
    deal.branch = std::move(*branch);
    if (deal.new_car) {
        deal.car.branch_id = deal.branch.id;
        deal.car.created_by = handling.actor.user_id;
    }
    if (deal.new_customer) deal.customer.branch_id = deal.branch.id;
    return std::nullopt;
}

Stopped check_rights(Handling& handling, const Deal& deal) {
    const Uuid seller = handling.actor.user_id;
    if (seller.is_nil()) return refuse(Code::kNotAllowed);  // a sale has a seller
    const Facts sale{.branch_id = deal.branch.id,
                     .owner_id = seller,
                     .subject_role = Role::kNobody,
                     .subject_id = {}};
    if (auto stopped = check_right(handling, Area::kSales, Action::kCreate, sale)) return stopped;
    return check_right(handling, Area::kCustomers, Action::kRead,
                       facts_about(handling, deal.customer), "customer_id");
}

// Frozen terms: against World at submit; afterwards they need only agree with themselves.
Stopped check_terms(Handling& handling, Deal& deal) {
    if (deal.args.discount_minor > 0 && handling.command.terms.is_object()) {
        const auto price = handling.command.terms.find("price_minor");
        const bool above = price != handling.command.terms.end() && price->is_number_integer() &&
                           deal.args.discount_minor > price->get<std::int64_t>();
        if (above) return refuse(Code::kInvalid, "discount_minor");
    }
    const auto now =
        quote_sale(handling.world, deal.args, deal.branch, handling.command.occurred_at);
    const bool against_world = handling.context.terms == Context::Terms::kAgainstWorld;
    if (against_world && !now) return refuse_for(now.error());
    auto given = from_json<SaleTerms>(handling.command.terms, Intake::kArguments);
    if (!given) {
        const std::string field = "terms." + given.error().field;
        return refuse(against_world ? Code::kInvalid : Code::kTermsDoNotAddUp, field);
    }
    deal.terms = std::move(*given);
    SaleTerms again = deal.terms;
    if (const auto summed = add_up(again, deal.args); !summed) {
        base::Error error = summed.error();
        if (!against_world) error.code = std::string(name_of(Code::kTermsDoNotAddUp));
        return refuse_for(error);
    }
    // What the papers say of car and customer is no price; it stands as it was shown.
    SaleTerms priced = deal.terms;
    priced.shown.clear();
    const auto shown = against_world ? std::nullopt : shown_car(deal.terms, deal.args);
    deal.car_line = describe_car(shown ? *shown : deal.car);
    const bool as_world =
        now && to_row(*now) == to_row(priced) && deal.car_line == describe_car(deal.car);
    if (against_world && !as_world)
        return refuse(Code::kTermsChanged, {}, {{"terms", to_json(*now)}});
    if (to_row(again) != to_row(deal.terms)) return refuse(Code::kTermsDoNotAddUp, "terms");
    if (!as_world) handling.flag(Code::kTermsChanged);
    // It was given in good faith and stands; why a person should look is said apart.
    if (!now && now.error().code == name_of(Code::kPromotionNotApplicable))
        handling.flag(Code::kPromotionNotApplicable);
    return std::nullopt;
}

Stopped check_discount(Handling& handling, Deal& deal) {
    const std::int64_t discount = deal.args.discount_minor;
    const std::int64_t price = deal.terms.price_minor;
    if (discount > share_of(price, deal.terms.discount_limit_bp)) {
        if (deal.args.discount_reason.empty())
            return refuse(Code::kReasonMissing, "discount_reason");
        const Facts facts{.branch_id = deal.branch.id,
                          .owner_id = handling.actor.user_id,
                          .subject_role = Role::kNobody,
                          .subject_id = {}};
        if (may(handling.actor, Area::kSaleDecisions, Action::kChange, facts)) {
            deal.approver_id = handling.actor.user_id;
            return std::nullopt;
        }
        if (auto stopped = check_approver(handling, Area::kSaleDecisions, Action::kChange, facts))
            return stopped;
        deal.approver_id = handling.command.co_actor_id;
        return std::nullopt;
    }
    if (discount > share_of(price, deal.branch.discount_limit_bp) &&
        !handling.contest(Code::kDiscountOverLimit))
        return handling.contested_outcome();
    return std::nullopt;
}

// Named by the seller, frozen when it was shown, or the customer's own.
Stopped find_reservation(Handling& handling, Deal& deal) {
    const Uuid named =
        deal.args.reservation_id.is_nil() ? deal.terms.reservation_id : deal.args.reservation_id;
    deal.reservation = reservation_for(handling.world, deal.car.id, deal.customer.id, named,
                                       handling.must_apply());
    const bool other = !deal.reservation || deal.reservation->id != deal.args.reservation_id;
    if (!deal.args.reservation_id.is_nil() && other && !handling.tolerate(Code::kTermsChanged))
        return refuse(Code::kInvalid, "reservation_id");
    return std::nullopt;
}

Stopped check_car_and_customer(Handling& handling, const Deal& deal) {
    const auto found = [&](Code code) -> Stopped {
        if (handling.contest(code)) return std::nullopt;
        return handling.contested_outcome();
    };
    const Car& car = deal.car;
    if (deal.customer.archived) {
        if (auto stopped = found(Code::kCustomerArchived)) return stopped;
    }
    if (car.archived || car.availability == Availability::kArchived)
        return found(Code::kCarArchived);
    if (car.availability == Availability::kSold || holder_of(handling.world, car.id, deal.args.id))
        return found(Code::kCarSold);
    const bool own = deal.reservation && deal.reservation->status == ReservationStatus::kActive;
    if (car.availability == Availability::kReserved && !own)
        return found(Code::kCarReservedByOther);
    return std::nullopt;
}

// Goods among the accessories come out of stock. What a sale far away lacked disputes no car: the
// sale is flagged.
Stopped check_goods(Handling& handling, Deal& deal) {
    const auto& lines = deal.args.accessories;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].product_id.is_nil()) continue;
        std::string path = "accessories[";
        path += std::to_string(i) + "].quantity";
        if (auto stopped = deal.goods.add(handling, deal.branch.id, lines[i].product_id,
                                          lines[i].quantity, path))
            return stopped;
    }
    return std::nullopt;
}

PaymentFor what_is_paid(const Handling& handling, const Deal& deal) {
    return {.invoice_id = handling.derived_id("invoice", 0),
            .reservation_id = {},
            .sale_id = deal.args.id,
            .branch_id = deal.branch.id,
            .customer_id = deal.customer.id,
            .currency = deal.terms.currency};
}

Stopped check_payments(Handling& handling, Deal& deal) {
    std::int64_t left = deal.terms.total_minor;
    if (deal.reservation) left -= deposit_of(handling.world, deal.reservation->id);
    const PaymentFor what = what_is_paid(handling, deal);
    if (auto stopped = gather_payments(handling, what, deal.args.payments, left, deal.payments))
        return stopped;
    if (deal.args.trade_in_value_minor > left)
        return refuse(Code::kOverBalance, "trade_in_value_minor", {{"balance_minor", left}});
    if (deal.args.trade_in_value_minor > 0) {
        left -= deal.args.trade_in_value_minor;
        deal.payments.push_back(payment_for(handling, what, static_cast<int>(deal.payments.size()),
                                            PaymentMethod::kTradeIn, deal.args.trade_in_value_minor,
                                            ""));
    }
    if (deal.args.installments.empty()) return std::nullopt;
    for (const Installment& part : deal.args.installments) {
        if (part.amount_minor > left) return refuse(Code::kInvalid, "installments");
        left -= part.amount_minor;
    }
    if (left != 0) return refuse(Code::kInvalid, "installments");
    return std::nullopt;
}

Stopped take_numbers(Handling& handling, Deal& deal) {
    auto invoice = take_number(handling, deal.branch, SeriesKind::kInvoice);
    if (!invoice) return refuse(Code::kForged, "numbers");
    deal.invoice_number = std::move(*invoice);
    auto receipts = take_receipt_numbers(handling, deal.branch, deal.payments.size());
    if (!receipts) return refuse(Code::kForged, "numbers");
    deal.receipt_numbers = std::move(*receipts);
    return std::nullopt;
}

Sale sale_of(const Handling& handling, const Deal& deal) {
    Sale sale;
    sale.id = deal.args.id;
    sale.car_id = deal.car.id;
    sale.customer_id = deal.customer.id;
    sale.seller_id = handling.actor.user_id;
    sale.branch_id = deal.branch.id;
    sale.terminal_id = handling.context.terminal_id;
    sale.invoice_id = handling.derived_id("invoice", 0);
    if (deal.reservation) sale.reservation_id = deal.reservation->id;
    sale.status = deal.dispute == Code::kNone ? SaleStatus::kCompleted : SaleStatus::kDisputed;
    sale.dispute_code = std::string(name_of(deal.dispute));
    sale.currency = deal.terms.currency;
    sale.price_minor = deal.terms.price_minor;
    sale.discount_minor = deal.args.discount_minor;
    sale.discount_reason = deal.args.discount_reason;
    sale.promotions = deal.terms.promotions;
    sale.approver_id = deal.approver_id;
    sale.trade_in_description = deal.args.trade_in_description;
    sale.trade_in_value_minor = deal.args.trade_in_value_minor;
    sale.commission_rate_bp = deal.terms.commission_rate_bp;
    sale.commission_minor = deal.terms.commission_minor;
    sale.total_minor = deal.terms.total_minor;
    sale.sale_date = handling.command.occurred_at;
    if (handling.contested != deal.dispute) add_review(sale.reviews, handling.contested);
    for (const Code review : handling.reviews)
        add_review(sale.reviews, review);
    return sale;
}

Invoice invoice_of(const Handling& handling, const Deal& deal) {
    Invoice invoice;
    invoice.id = handling.derived_id("invoice", 0);
    invoice.number = deal.invoice_number;
    invoice.sale_id = deal.args.id;
    invoice.customer_id = deal.customer.id;
    invoice.branch_id = deal.branch.id;
    invoice.seller_id = handling.actor.user_id;
    invoice.date_of_purchase = handling.command.occurred_at;
    invoice.currency = deal.terms.currency;
    invoice.prices_include_tax = deal.terms.prices_include_tax;
    invoice.taxes = deal.terms.taxes;
    invoice.total_amount_minor = deal.terms.total_minor;
    invoice.installments = deal.args.installments;
    invoice.warranty = deal.args.warranty;
    invoice.terms_and_conditions = deal.args.terms_and_conditions;
    invoice.agreement_details = deal.args.agreement_details;
    for (const AccessoryLine& accessory : deal.args.accessories) {
        if (!invoice.additional_accessories.empty()) invoice.additional_accessories += "\n";
        const PricedProduct* product = find_product(deal.terms.products, accessory.product_id);
        invoice.additional_accessories +=
            product == nullptr ? accessory.description : line_text(*product, accessory.quantity);
    }
    invoice.notes_instructions = deal.args.notes_instructions;
    invoice.signature = deal.args.signature;
    invoice.payment_proof = deal.args.payment_proof;
    return invoice;
}

void write_lines(Handling& handling, const Deal& deal) {
    int ordinal = 0;
    for (InvoiceLine& line : lines_of(deal.terms, deal.args, deal.car_line)) {
        line.id = handling.derived_id("invoice_line", ordinal++);
        line.invoice_id = handling.derived_id("invoice", 0);
        if (!line.product_id.is_nil() && !handling.world.get<Product>(line.product_id))
            line.product_id = {};
        handling.put(std::move(line));
    }
}

Outcome write_deal(Handling& handling, Deal& deal) {
    // What others refer to comes first: while a reference is open, SQLite looks for one at every
    // row that is put.
    const Sale sale = sale_of(handling, deal);
    handling.put(sale);
    Invoice invoice = invoice_of(handling, deal);
    const std::int64_t total = invoice.total_amount_minor;
    base::Json details = {{"sale_id", sale.id.to_string()},
                          {"invoice_id", invoice.id.to_string()},
                          {"invoice_number", invoice.number},
                          {"total_minor", total}};
    if (deal.reservation) handling.put(invoice);  // deposits will refer to it
    std::vector<Payment> all = deal.payments;
    std::int64_t balance = total;
    if (deal.reservation) {
        details["reservation_id"] = deal.reservation->id.to_string();
        for (Payment& deposit : fulfil(handling, std::move(*deal.reservation), sale)) {
            if (deposit.status == PaymentStatus::kCleared) balance -= deposit.amount_minor;
            all.push_back(std::move(deposit));
        }
    }
    settle(handling, std::move(invoice), all);
    write_payments(handling, deal.payments, std::move(deal.receipt_numbers), balance, details);
    write_lines(handling, deal);
    deal.goods.take(handling,
                    {.kind = MovementKind::kUsed, .record = "sale", .record_id = sale.id});
    if (deal.new_customer) handling.put(deal.customer);
    if (holds_car(sale)) deal.car.availability = Availability::kSold;
    if (holds_car(sale) || deal.new_car) handling.put(deal.car);
    return done(handling, std::move(details));
}

Outcome record_sale(Handling& handling) {
    Deal deal{.args = handling.as<RecordSale>(),
              .car = {},
              .customer = {},
              .branch = {},
              .terms = {},
              .approver_id = {},
              .payments = {},
              .receipt_numbers = {},
              .invoice_number = {},
              .new_car = false,
              .new_customer = false,
              .car_line = {},
              .reservation = {},
              .goods = {}};
    if (auto stopped = find_parties(handling, deal)) return *stopped;
    if (auto stopped = check_rights(handling, deal)) return *stopped;
    if (auto stopped = check_terms(handling, deal)) return *stopped;
    if (auto stopped = find_reservation(handling, deal)) return *stopped;
    if (auto stopped = check_car_and_customer(handling, deal)) return *stopped;
    if (auto stopped = check_discount(handling, deal)) return *stopped;
    deal.dispute =
        handling.contested;  // a used reference, below, is looked at; it disputes nothing
    if (auto stopped = check_goods(handling, deal)) return *stopped;
    if (auto stopped = check_payments(handling, deal)) return *stopped;
    if (auto stopped = take_numbers(handling, deal)) return *stopped;
    return write_deal(handling, deal);
}

// ---- deliver_sale -----------------------------------------------------------------------------

struct DeliverSale {
    Uuid sale_id;
};

}  // namespace

template <>
const Description& describe<DeliverSale>() {
    using F = build::Of<DeliverSale>;
    static const Description d{"deliver_sale",
                               "",
                               {
                                   F::id<&DeliverSale::sale_id>("sale_id", "sale").require(),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

namespace {

Outcome deliver_sale(Handling& handling) {
    auto sale = handling.world.get<Sale>(handling.as<DeliverSale>().sale_id);
    if (!sale) return refuse(Code::kNotFound, "sale_id");
    if (auto stopped =
            check_right(handling, Area::kSales, Action::kChange, facts_about(handling, *sale)))
        return *stopped;
    // A disputed sale waits for the decision, although the table lets the decision deliver it.
    const bool ready = sale->status == SaleStatus::kCompleted;
    if (!ready && !handling.tolerate(Code::kWrongState)) {
        const auto from = kSaleStatusNames[static_cast<std::size_t>(sale->status)];
        return refuse(Code::kWrongState, "sale_id", {{"from", from}, {"to", "delivered"}});
    }
    if (ready) sale->status = SaleStatus::kDelivered;
    if (sale->delivered_at == 0) sale->delivered_at = handling.command.occurred_at;
    for (const Code review : handling.reviews)
        add_review(sale->reviews, review);
    handling.put(std::move(*sale));
    return done(handling);
}

}  // namespace

std::vector<CommandSpec> sale_commands() {
    CommandSpec record{
        .name = "record_sale",
        .from_terminal = true,
        .records_what_happened = true,
        .area = Area::kSales,
        .action = Action::kCreate,
        .args = &describe<RecordSale>(),
        .run = &run_with<RecordSale, &record_sale>,
        .quote = &quote_record_sale,
        .refusals = {Code::kAlreadyDone, Code::kNotFound, Code::kNotAllowed, Code::kInvalid,
                     Code::kPromotionNotApplicable, Code::kPromotionRepeated,
                     Code::kCurrencyMismatch, Code::kTermsChanged, Code::kTermsDoNotAddUp,
                     Code::kReasonMissing, Code::kApproverMissing, Code::kApproverNotAllowed,
                     Code::kOverBalance, Code::kForged},
        .contested = {Code::kActorInactive, Code::kActorRoleChanged, Code::kCustomerArchived,
                      Code::kCarArchived, Code::kCarSold, Code::kCarReservedByOther,
                      Code::kDiscountOverLimit, Code::kOversold, Code::kReferenceUsed},
        .documents = {SeriesKind::kInvoice, SeriesKind::kReceipt}};
    CommandSpec deliver{.name = "deliver_sale",
                        .from_terminal = true,
                        .records_what_happened = true,
                        .area = Area::kSales,
                        .action = Action::kChange,
                        .args = &describe<DeliverSale>(),
                        .run = &run_with<DeliverSale, &deliver_sale>,
                        .quote = nullptr,
                        .refusals = {Code::kNotFound, Code::kNotAllowed, Code::kWrongState},
                        .contested = {Code::kActorInactive, Code::kActorRoleChanged},
                        .documents = {}};
    return {std::move(record), std::move(deliver)};
}

}  // namespace showfloor::domain
