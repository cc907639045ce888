// Goods over the counter: sold, cancelled; a customer's own orders.

#include "domain/command_parts.hpp"
#include "domain/deal.hpp"
#include "domain/order_terms.hpp"
#include "domain/orders.hpp"
#include "domain/shown.hpp"
#include "domain/stock.hpp"
#include "domain/taxes.hpp"
#include "domain/transitions_orders.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct CancelOrder {
    Uuid order_id;
    std::string reason;
};
struct CreateOrder {
    Uuid id, branch_id;
    std::vector<OrderItem> lines;
    std::string notes;
};
struct CompleteOrder {
    Uuid order_id;
    std::vector<PaymentPart> payments;
};

}  // namespace

template <>
const Description& describe<CancelOrder>() {
    using F = build::Of<CancelOrder>;
    static const Description d{
        "cancel_outgoing_order",
        "",
        {
            F::id<&CancelOrder::order_id>("order_id", "outgoing_order").require(),
            F::text<&CancelOrder::reason>("reason", 400),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<CreateOrder>() {
    using F = build::Of<CreateOrder>;
    static const Description d{"create_outgoing_order",
                               "",
                               {
                                   F::id<&CreateOrder::id>("id").require(),
                                   F::id<&CreateOrder::branch_id>("branch_id", "branch"),
                                   F::list<&CreateOrder::lines>("lines"),
                                   F::text<&CreateOrder::notes>("notes", 4000),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<CompleteOrder>() {
    using F = build::Of<CompleteOrder>;
    static const Description d{
        "complete_outgoing_order",
        "",
        {
            F::id<&CompleteOrder::order_id>("order_id", "outgoing_order").require(),
            F::list<&CompleteOrder::payments>("payments", 50),
        },
        Synced::kNever,
        {}};
    return d;
}

namespace {

std::string_view text_of(OrderStatus status) {
    return kOrderStatusNames[static_cast<std::size_t>(status)];
}

Outcome wrong_state(const OutgoingOrder& order, OrderStatus to) {
    return refuse(Code::kWrongState, "order_id",
                  {{"from", text_of(order.status)}, {"to", text_of(to)}});
}

// ---- record_counter_sale ----------------------------------------------------------------------

// At a terminal its own branch, else the seller's; whoever has none names it.
Uuid branch_of(World& world, const Command& command, const Context& context, const Uuid& named) {
    if (const auto terminal = world.get<Terminal>(context.terminal_id)) return terminal->branch_id;
    const auto seller = world.get<User>(command.actor_id);
    return seller && !seller->branch_id.is_nil() ? seller->branch_id : named;
}

base::Result<base::Json> quote_sale_of_goods(World& world, const Command& command,
                                             const Context& context, const Row& row) {
    SHOWFLOOR_ASSIGN(const auto args, from_row<CounterSale>(row));
    const auto branch = world.get<Branch>(branch_of(world, command, context, args.branch_id));
    if (!branch)
        return base::fail(base::ErrorKind::kNotFound, "This branch is not there.",
                          std::string(name_of(Code::kNotFound)), "branch_id");
    SHOWFLOOR_ASSIGN(const auto terms, quote_counter_sale(world, args.lines, *branch));
    return to_json(terms);
}

// What is gathered while it is judged; written only when every rule has passed.
struct Counter {
    std::vector<OrderItem> items;
    std::vector<PaymentPart> parts;
    Branch branch;
    CounterTerms terms;
    OutgoingOrder order;
    std::optional<Customer> new_customer;
    StockNeed goods;
    std::vector<Payment> payments;
    std::string invoice_number;
    std::vector<std::string> receipt_numbers;
};

Stopped find_parties(Handling& handling, const CounterSale& args, Counter& counter) {
    if (auto stopped = check_new<OutgoingOrder>(handling, args.id)) return stopped;
    auto branch = handling.world.get<Branch>(
        branch_of(handling.world, handling.command, handling.context, args.branch_id));
    if (!branch) return refuse(Code::kNotFound, "branch_id");
    counter.branch = std::move(*branch);
    const Uuid seller = handling.actor.user_id;
    if (seller.is_nil()) return refuse(Code::kNotAllowed);
    const Facts own{.branch_id = counter.branch.id,
                    .owner_id = seller,
                    .subject_role = Role::kNobody,
                    .subject_id = {}};
    if (auto stopped = check_right(handling, Area::kOutgoingOrders, Action::kCreate, own))
        return stopped;
    if (args.customer_id.is_nil()) return std::nullopt;
    auto customer = customer_behind(handling.world, args.customer_id);
    if (!customer) {
        // A central that was set back may not know them any more; the sale happened all the same.
        if (!handling.tolerate(Code::kNotKnown)) return refuse(Code::kNotFound, "customer_id");
        counter.new_customer = unknown_customer(args.customer_id);
        counter.new_customer->branch_id = counter.branch.id;
        counter.order.customer_id = args.customer_id;
        return std::nullopt;
    }
    counter.order.customer_id = customer->id;
    if (auto stopped = check_right(handling, Area::kCustomers, Action::kRead,
                                   facts_about(handling, *customer), "customer_id"))
        return stopped;
    if (customer->archived && !handling.contest(Code::kCustomerArchived))
        return handling.contested_outcome();
    return std::nullopt;
}

// Frozen terms: against World at submit; afterwards they need only agree with themselves.
Stopped check_terms(Handling& handling, Counter& counter) {
    if (counter.items.empty()) return refuse(Code::kInvalid, "lines");
    const auto now = quote_counter_sale(handling.world, counter.items, counter.branch);
    const bool against_world = handling.context.terms == Context::Terms::kAgainstWorld;
    if (against_world && !now) return refuse_for(now.error());
    auto given = from_json<CounterTerms>(handling.command.terms, Intake::kArguments);
    if (!given) {
        std::string field = "terms.";
        field += given.error().field;
        return refuse(against_world ? Code::kInvalid : Code::kTermsDoNotAddUp, field);
    }
    counter.terms = std::move(*given);
    CounterTerms again = counter.terms;
    if (!add_up(again, counter.items) || to_row(again) != to_row(counter.terms))
        return refuse(Code::kTermsDoNotAddUp, "terms");
    const bool as_world = now && to_row(*now) == to_row(counter.terms);
    if (against_world && !as_world)
        return refuse(Code::kTermsChanged, {}, {{"terms", to_json(*now)}});
    if (!as_world) handling.flag(Code::kTermsChanged);
    return std::nullopt;
}

Stopped check_goods(Handling& handling, Counter& counter) {
    for (std::size_t i = 0; i < counter.items.size(); ++i) {
        std::string path = "lines[";
        path += std::to_string(i) + "].quantity";
        if (auto stopped =
                counter.goods.add(handling, counter.branch.id, counter.items[i].product_id,
                                  counter.items[i].quantity, path))
            return stopped;
    }
    return std::nullopt;
}

// Sold beyond the stock, or by whom or to whom it should not have been: a person decides.
void note_dispute(const Handling& handling, OutgoingOrder& order) {
    order.status = OrderStatus::kCompleted;
    if (handling.contested == Code::kNone) return;
    order.status = OrderStatus::kDisputed;
    order.dispute_code = std::string(name_of(handling.contested));
}

Stopped pay_and_number(Handling& handling, Counter& counter) {
    std::int64_t left = counter.terms.total_minor;
    const PaymentFor what{.invoice_id = handling.derived_id("invoice", 0),
                          .reservation_id = {},
                          .sale_id = {},
                          .branch_id = counter.branch.id,
                          .customer_id = counter.order.customer_id,
                          .currency = counter.terms.currency};
    if (auto stopped = gather_payments(handling, what, counter.parts, left, counter.payments))
        return stopped;
    auto invoice = take_number(handling, counter.branch, SeriesKind::kInvoice);
    if (!invoice) return refuse(Code::kForged, "numbers");
    auto receipts = take_receipt_numbers(handling, counter.branch, counter.payments.size());
    if (!receipts) return refuse(Code::kForged, "numbers");
    counter.invoice_number = std::move(*invoice);
    counter.receipt_numbers = std::move(*receipts);
    return std::nullopt;
}

Invoice invoice_of(const Handling& handling, const Counter& counter) {
    Invoice invoice;
    invoice.id = handling.derived_id("invoice", 0);
    invoice.number = counter.invoice_number;
    invoice.order_id = counter.order.id;
    invoice.customer_id = counter.order.customer_id;
    invoice.branch_id = counter.branch.id;
    invoice.seller_id = counter.order.seller_id;
    invoice.date_of_purchase = handling.command.occurred_at;
    invoice.currency = counter.terms.currency;
    invoice.prices_include_tax = counter.terms.prices_include_tax;
    invoice.taxes = counter.terms.taxes;
    invoice.total_amount_minor = counter.terms.total_minor;
    return invoice;
}

void write_lines(Handling& handling, const Counter& counter, const Uuid& invoice_id) {
    int ordinal = 0;
    for (const OrderItem& item : counter.items) {
        const PricedProduct* product = find_product(counter.terms.products, item.product_id);
        if (product == nullptr) continue;
        InvoiceLine line;
        line.id = handling.derived_id("invoice_line", ordinal);
        line.invoice_id = invoice_id;
        line.position = ordinal++;
        line.kind = LineKind::kProduct;
        line.description = line_text(*product, item.quantity);
        line.amount_minor = amount_of(*product, item.quantity).value_or(0);
        line.tax_code = product->tax_code;
        line.tax_rate_bp = rate_bp_of(counter.terms.tax_rates, product->tax_code);
        line.quantity = item.quantity;
        if (handling.world.get<Product>(item.product_id)) line.product_id = item.product_id;
        handling.put(std::move(line));
    }
}

// Order, invoice, payments, receipts and stock, once nothing refuses any more.
Outcome write_counter(Handling& handling, Counter& counter) {
    OutgoingOrder& order = counter.order;
    order.branch_id = counter.branch.id;
    order.terminal_id = handling.context.terminal_id;
    order.invoice_id = handling.derived_id("invoice", 0);
    order.currency = counter.terms.currency;
    order.lines = lines_of(counter.terms, counter.items);
    order.total_minor = counter.terms.total_minor;
    order.order_date = handling.command.occurred_at;
    if (name_of(handling.contested) != order.dispute_code)
        add_review(order.reviews, handling.contested);
    for (const Code review : handling.reviews)
        add_review(order.reviews, review);
    if (counter.new_customer) handling.put(*counter.new_customer);
    Invoice invoice = invoice_of(handling, counter);
    const Uuid invoice_id = invoice.id;
    std::int64_t balance = invoice.total_amount_minor;
    base::Json details = {{"order_id", order.id.to_string()},
                          {"invoice_id", invoice_id.to_string()},
                          {"invoice_number", invoice.number},
                          {"total_minor", balance},
                          {"status", text_of(order.status)}};
    const auto missing = counter.goods.take(
        handling, {.kind = MovementKind::kUsed, .record = "outgoing_order", .record_id = order.id});
    for (std::size_t i = 0; i < missing.size() && i < order.lines.size(); ++i)
        order.lines[i].missing_quantity = missing[i];
    handling.put(order);
    settle(handling, std::move(invoice), counter.payments);
    write_payments(handling, counter.payments, std::move(counter.receipt_numbers), balance,
                   details);
    write_lines(handling, counter, invoice_id);
    return done(handling, std::move(details));
}

Outcome record_counter_sale(Handling& handling) {
    const auto& args = handling.as<CounterSale>();
    Counter counter;
    counter.items = args.lines;
    counter.parts = args.payments;
    counter.order.id = args.id;
    counter.order.seller_id = handling.actor.user_id;
    counter.order.notes = args.notes;
    if (auto stopped = find_parties(handling, args, counter)) return *stopped;
    if (auto stopped = check_terms(handling, counter)) return *stopped;
    if (auto stopped = check_goods(handling, counter)) return *stopped;
    note_dispute(handling, counter.order);
    if (auto stopped = pay_and_number(handling, counter)) return *stopped;
    return write_counter(handling, counter);
}

// ---- a customer's own orders ------------------------------------------------------------------

Stopped check_customers_branch(Handling& handling, const Uuid& named, const Customer& customer,
                               Branch& branch) {
    auto found = handling.world.get<Branch>(named.is_nil() ? customer.branch_id : named);
    if (!found || found->archived) return refuse(Code::kNotFound, "branch_id");
    branch = std::move(*found);
    return std::nullopt;
}

// Ordered from outside: prices are those of now, the goods are taken when it is completed.
Outcome create_outgoing_order(Handling& handling) {
    const auto& args = handling.as<CreateOrder>();
    if (auto stopped = check_new<OutgoingOrder>(handling, args.id)) return *stopped;
    if (args.lines.empty()) return refuse(Code::kInvalid, "lines");
    if (handling.actor.user_id.is_nil()) return refuse(Code::kNotAllowed);
    const auto customer =
        handling.world.find_one<Customer>({{"user_id", handling.actor.user_id.to_string()}});
    if (!customer || customer->archived) return refuse(Code::kNotAllowed);
    Branch branch;
    if (auto stopped = check_customers_branch(handling, args.branch_id, *customer, branch))
        return *stopped;
    OutgoingOrder order;
    order.id = args.id;
    order.customer_id = customer->id;
    order.seller_id = customer->seller_id;
    order.branch_id = branch.id;
    if (auto stopped = check_right(handling, Area::kOutgoingOrders, Action::kCreate,
                                   facts_about(handling, order)))
        return *stopped;
    // FIX: lines name goods and how many; prices and sums are ours.
    const auto terms = quote_counter_sale(handling.world, args.lines, branch);
    if (!terms) return refuse_for(terms.error());
    order.status = OrderStatus::kPending;
    order.currency = terms->currency;
    order.lines = lines_of(*terms, args.lines);
    order.total_minor = terms->total_minor;
    order.order_date = handling.command.occurred_at;
    order.notes = args.notes;
    base::Json details = {{"order_id", order.id.to_string()}, {"total_minor", order.total_minor}};
    handling.put(std::move(order));
    return done(handling, std::move(details));
}

// The prices of the order's own moment, the taxes of now.
CounterTerms terms_of(const OutgoingOrder& order, const Branch& branch) {
    CounterTerms terms;
    terms.currency = order.currency;
    terms.prices_include_tax = branch.prices_include_tax;
    terms.tax_rates = branch.tax_rates;
    for (const OrderLine& line : order.lines) {
        if (find_product(terms.products, line.product_id) == nullptr)
            terms.products.push_back(
                {line.product_id, line.description, line.unit_price_minor, line.tax_code});
    }
    return terms;
}

Outcome complete_outgoing_order(Handling& handling) {
    const auto& args = handling.as<CompleteOrder>();
    auto order = handling.world.get<OutgoingOrder>(args.order_id);
    auto branch = order ? handling.world.get<Branch>(order->branch_id) : std::nullopt;
    if (!order || !branch) return refuse(Code::kNotFound, "order_id");
    Facts facts = facts_about(handling, *order);
    // Staff of the branch hand it out as well as whose customer it is.
    if (!may(handling.actor, Area::kOutgoingOrders, Action::kChange, facts)) {
        facts.subject_id = {};
        if (auto stopped = check_right(handling, Area::kOutgoingOrders, Action::kCreate, facts))
            return *stopped;
    }
    if (order->status != OrderStatus::kPending) return wrong_state(*order, OrderStatus::kCompleted);
    Counter counter;
    for (const OrderLine& line : order->lines)
        counter.items.push_back({line.product_id, line.quantity});
    counter.parts = args.payments;
    counter.branch = std::move(*branch);
    counter.terms = terms_of(*order, counter.branch);
    if (const auto summed = add_up(counter.terms, counter.items); !summed)
        return refuse_for(summed.error());
    counter.order = std::move(*order);
    if (counter.order.seller_id.is_nil()) counter.order.seller_id = handling.actor.user_id;
    if (auto stopped = check_goods(handling, counter)) return *stopped;
    note_dispute(handling, counter.order);
    if (auto stopped = pay_and_number(handling, counter)) return *stopped;
    return write_counter(handling, counter);
}

// ---- cancel_outgoing_order --------------------------------------------------------------------

base::Result<base::Json> quote_cancel(World& world, const Command&, const Context&,
                                      const Row& row) {
    SHOWFLOOR_ASSIGN(const auto args, from_row<CancelOrder>(row));
    const auto order = world.get<OutgoingOrder>(args.order_id);
    if (!order)
        return base::fail(base::ErrorKind::kNotFound, "This order is not there.",
                          std::string(name_of(Code::kNotFound)), "order_id");
    const auto invoice = world.get<Invoice>(order->invoice_id);
    return invoice ? to_json(quote_refund(world, *invoice)) : base::Json::object();
}

// A pending one is withdrawn by whoever ordered or keeps it. One that was sold is money and goods
// back, which sellers ask for.
Stopped check_cancel_right(Handling& handling, const OutgoingOrder& order) {
    const Facts facts = facts_about(handling, order);
    if (order.status != OrderStatus::kPending) {
        if (handling.actor.role == Role::kCustomer &&
            may(handling.actor, Area::kOutgoingOrders, Action::kRead, facts))
            return wrong_state(order, OrderStatus::kCancelled);
        return check_right(handling, Area::kSaleDecisions, Action::kChange, facts);
    }
    if (may(handling.actor, Area::kOutgoingOrders, Action::kWork, facts)) return std::nullopt;
    return check_right(handling, Area::kOutgoingOrders, Action::kChange, facts);
}

Outcome cancel_outgoing_order(Handling& handling) {
    const auto& args = handling.as<CancelOrder>();
    auto order = handling.world.get<OutgoingOrder>(args.order_id);
    if (!order) return refuse(Code::kNotFound, "order_id");
    if (auto stopped = check_cancel_right(handling, *order)) return *stopped;
    const bool ends = may_become(order->status, OrderStatus::kCancelled);
    if (!ends && !handling.tolerate(Code::kWrongState))
        return wrong_state(*order, OrderStatus::kCancelled);
    const bool sold = !order->invoice_id.is_nil();
    if (sold && args.reason.empty()) return refuse(Code::kReasonMissing, "reason");
    base::Json details = {{"order_id", order->id.to_string()}};
    if (auto stopped = end_order(handling, std::move(*order), args.reason, details))
        return *stopped;
    return done(handling, std::move(details));
}

}  // namespace

std::optional<Outcome> end_order(Handling& handling, OutgoingOrder order, std::string_view reason,
                                 base::Json& details) {
    if (!order.invoice_id.is_nil()) {
        if (auto stopped =
                give_money_back(handling, order.invoice_id, order.reviews, reason, details))
            return stopped;
    }
    // FIX: cancelling gives the stock back, to the batches it came from.
    int ordinal = 0;
    give_back_stock(handling,
                    {.kind = MovementKind::kGivenBack,
                     .record = "outgoing_order",
                     .record_id = order.id,
                     .reason = reason},
                    ordinal);
    if (may_become(order.status, OrderStatus::kCancelled)) {
        order.status = OrderStatus::kCancelled;
        order.dispute_code.clear();
        order.reason = std::string(reason);
    }
    handling.put(std::move(order));
    return std::nullopt;
}

std::optional<Outcome> complete_order(Handling& handling, OutgoingOrder order) {
    StockNeed goods;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        const OrderLine& line = order.lines[i];
        if (line.missing_quantity == 0) continue;
        if (auto stopped = goods.add(handling, order.branch_id, line.product_id,
                                     line.missing_quantity, "order_id"))
            return stopped;
    }
    goods.take(handling,
               {.kind = MovementKind::kUsed, .record = "outgoing_order", .record_id = order.id});
    for (OrderLine& line : order.lines)
        line.missing_quantity = 0;
    order.status = OrderStatus::kCompleted;
    order.dispute_code.clear();
    handling.put(std::move(order));
    return std::nullopt;
}

std::vector<CommandSpec> order_commands() {
    using enum Code;
    using A = Area;
    CommandSpec record{
        .name = "record_counter_sale",
        .from_terminal = true,
        .records_what_happened = true,
        .area = A::kOutgoingOrders,
        .action = Action::kCreate,
        .args = &describe<CounterSale>(),
        .run = &run_with<CounterSale, &record_counter_sale>,
        .quote = &quote_sale_of_goods,
        .refusals = {kAlreadyDone, kNotFound, kNotAllowed, kInvalid, kCurrencyMismatch,
                     kTermsDoNotAddUp, kTermsChanged, kOverBalance, kForged},
        .contested = {kActorInactive, kActorRoleChanged, kCustomerArchived, kOversold,
                      kReferenceUsed},
        .documents = {SeriesKind::kInvoice, SeriesKind::kReceipt}};
    // Its door is reading: who may withdraw a pending one and who may undo a sale differ.
    CommandSpec cancel{.name = "cancel_outgoing_order",
                       .from_terminal = true,
                       .others_build_on_it = true,
                       .area = A::kOutgoingOrders,
                       .action = Action::kRead,
                       .args = &describe<CancelOrder>(),
                       .run = &run_with<CancelOrder, &cancel_outgoing_order>,
                       .quote = &quote_cancel,
                       .refusals = {kNotFound, kNotAllowed, kApproverMissing, kApproverNotAllowed,
                                    kWrongState, kReasonMissing, kInvalid, kTermsChanged, kForged},
                       .contested = {kActorInactive, kActorRoleChanged},
                       .documents = {SeriesKind::kCreditNote, SeriesKind::kReceipt}};
    CommandSpec create =
        central_command("create_outgoing_order", A::kOutgoingOrders, Action::kCreate,
                        describe<CreateOrder>(), &run_with<CreateOrder, &create_outgoing_order>,
                        {kAlreadyDone, kInvalid, kNotAllowed, kNotFound, kCurrencyMismatch});
    CommandSpec complete = central_command(
        "complete_outgoing_order", A::kOutgoingOrders, Action::kCreate, describe<CompleteOrder>(),
        &run_with<CompleteOrder, &complete_outgoing_order>,
        {kNotFound, kNotAllowed, kWrongState, kInvalid, kOverBalance});
    complete.contested = {kOversold, kReferenceUsed};
    complete.documents = {SeriesKind::kInvoice, SeriesKind::kReceipt};
    return {std::move(record), std::move(cancel), std::move(create), std::move(complete)};
}

}  // namespace showfloor::domain
