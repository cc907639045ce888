#include "central/consequences.hpp"

#include <algorithm>
#include <string>

#include "central/history.hpp"
#include "domain/money.hpp"
#include "domain/promotions.hpp"
#include "domain/records.hpp"
#include "domain/records_deliveries.hpp"
#include "domain/records_imports.hpp"
#include "domain/records_leads.hpp"
#include "domain/records_orders.hpp"
#include "domain/records_own.hpp"
#include "domain/records_workshop.hpp"

namespace showfloor::central {

namespace {

using domain::describe;

// What one command books; ids follow from the command's, so that nothing is booked twice.
class Book {
   public:
    Book(domain::World& world, const domain::Command& command, const domain::Context& context)
        : world_(world), command_(command), context_(context) {}

    template <typename T>
    void put(T record, std::string_view name, int ordinal) {
        record.id = domain::derive_id(command_.id, name, ordinal);
        record.created_at = record.updated_at = context_.received_at;
        record.occurred_at = command_.occurred_at;
        world_.put(record);
    }
    void report(domain::Report report) { put(std::move(report), "report", reports_++); }
    void tell(domain::Notification note, const base::Json& values) {
        note.values = base::dump_json(values);
        put(std::move(note), "notification", notes_++);
    }
    [[nodiscard]] domain::World& world() { return world_; }
    [[nodiscard]] const domain::Command& command() const { return command_; }
    [[nodiscard]] const domain::Context& context() const { return context_; }

   private:
    domain::World& world_;
    const domain::Command& command_;
    const domain::Context& context_;
    int reports_ = 0;
    int notes_ = 0;
};

// ---- profit -----------------------------------------------------------------------------------

bool earns(const domain::Sale& sale) {
    return sale.status == domain::SaleStatus::kCompleted ||
           sale.status == domain::SaleStatus::kDelivered;
}

// Price after discount and promotions, without tax: as the invoice's own car line says it is taxed.
std::int64_t net_price_of(domain::World& world, const domain::Sale& sale) {
    const std::int64_t price =
        sale.price_minor - sale.discount_minor - domain::sum_of(sale.promotions);
    const auto invoice = world.get<domain::Invoice>(sale.invoice_id);
    if (!invoice || !invoice->prices_include_tax) return price;
    for (const auto& line : world.find<domain::InvoiceLine>(
             {.where = {{"invoice_id", sale.invoice_id.to_string()}}, .order_by = "position"})) {
        if (line.kind == domain::LineKind::kCar)
            return price - domain::tax_inside(price, line.tax_rate_bp);
    }
    return price;
}

// An amount in the sale's currency; nullopt when the rate is missing.
std::optional<std::int64_t> in_currency_of(domain::World& world, const domain::Sale& sale,
                                           std::int64_t amount_minor, const std::string& currency,
                                           std::int64_t rate_micro) {
    if (currency == sale.currency) return amount_minor;
    const auto branch = world.get<domain::Branch>(sale.branch_id);
    const auto from = domain::minor_digits(currency);
    const auto to = domain::minor_digits(sale.currency);
    if (!branch || branch->currency != sale.currency || rate_micro == 0 || !from || !to)
        return std::nullopt;
    return domain::convert(amount_minor, *from, rate_micro, *to);
}

// The purchase cost in the sale's currency; nullopt when it or its rate is missing.
std::optional<std::int64_t> cost_of(domain::World& world, const domain::Sale& sale) {
    const auto cost = world.find_one<domain::CarCost>({{"car_id", sale.car_id.to_string()}});
    if (!cost || cost->archived) return std::nullopt;
    return in_currency_of(world, sale, cost->purchase_cost_minor, cost->currency, cost->rate_micro);
}

// FIX: fee + duty of all importations of the car, each at its own rate; never a sum of different
// currencies. 0 when there is none, nullopt when one has no rate.
std::optional<std::int64_t> import_expense_of(domain::World& world, const domain::Sale& sale) {
    std::int64_t sum = 0;
    for (const auto& one :
         world.find<domain::Importation>({.where = {{"car_id", sale.car_id.to_string()}}})) {
        if (one.archived) continue;
        const auto expense =
            in_currency_of(world, sale, one.transport_fee_minor + one.import_duty_minor,
                           one.currency, one.rate_micro);
        if (!expense) return std::nullopt;
        sum += *expense;
    }
    return sum;
}

// A seller's own rate is confidential, so that terminals reckon with the branch's; here the sale
// gets the one that holds.
domain::Sale with_own_rate(Book& book, const domain::Change& change, domain::Sale sale) {
    if (change.before) return sale;
    const auto pay =
        book.world().find_one<domain::UserPay>({{"user_id", sale.seller_id.to_string()}});
    if (!pay || pay->archived || !pay->commission_rate_bp) return sale;
    sale.commission_rate_bp = *pay->commission_rate_bp;
    sale.commission_minor =
        domain::share_of(net_price_of(book.world(), sale), sale.commission_rate_bp);
    book.world().put(sale);
    return sale;
}

domain::Report profit_of(Book& book, const domain::Sale& sale) {
    domain::Report report;
    report.sale_id = sale.id;
    report.branch_id = sale.branch_id;
    report.seller_id = sale.seller_id;
    report.currency = sale.currency;
    report.sale_date = sale.sale_date;
    report.price_minor = net_price_of(book.world(), sale);
    report.commission_minor = sale.commission_minor;
    const auto cost = cost_of(book.world(), sale);
    const auto expense = import_expense_of(book.world(), sale);
    if (cost && expense) {
        report.purchase_cost_minor = *cost;
        report.import_expense_minor = *expense;
        report.company_profit_minor =
            report.price_minor - *cost - report.import_expense_minor - report.commission_minor;
    } else {
        report.incomplete = true;
    }
    return report;
}

void book_profit(Book& book, const domain::Sale& sale) {
    book.report(profit_of(book, sale));
}

// Reports of the sale that no other one takes back.
std::vector<domain::Report> open_reports(domain::World& world, const base::Uuid& sale_id) {
    const auto all = world.find<domain::Report>({.where = {{"sale_id", sale_id.to_string()}}});
    std::vector<domain::Report> open;
    for (const domain::Report& report : all) {
        const bool reversed = std::any_of(all.begin(), all.end(), [&](const auto& other) {
            return other.reverses_id == report.id;
        });
        if (report.reverses_id.is_nil() && !reversed) open.push_back(report);
    }
    return open;
}

void book_reverse(Book& book, domain::Report report) {
    report.reverses_id = report.id;
    report.price_minor = -report.price_minor;
    report.purchase_cost_minor = -report.purchase_cost_minor;
    report.import_expense_minor = -report.import_expense_minor;
    report.commission_minor = -report.commission_minor;
    report.company_profit_minor = -report.company_profit_minor;
    book.report(std::move(report));
}

void follow_sale(Book& book, const domain::Change& change, const domain::Sale& sale) {
    bool earned = false;
    if (change.before) {
        const auto before = domain::from_row<domain::Sale>(*change.before);
        earned = before && earns(*before);
    }
    if (earns(sale) == earned) return;
    if (!earned) {
        book_profit(book, sale);
        return;
    }
    for (auto& report : open_reports(book.world(), sale.id))
        book_reverse(book, std::move(report));
}

// A cost or an importation that became known or was corrected later: what was booked otherwise is
// taken back and booked anew.
void follow_cost(Book& book, const base::Uuid& car_id) {
    for (const auto& sale :
         book.world().find<domain::Sale>({.where = {{"car_id", car_id.to_string()}}})) {
        if (!earns(sale)) continue;
        const domain::Report now = profit_of(book, sale);
        for (auto& report : open_reports(book.world(), sale.id)) {
            const bool same = report.incomplete == now.incomplete &&
                              report.purchase_cost_minor == now.purchase_cost_minor &&
                              report.import_expense_minor == now.import_expense_minor;
            if (same) continue;
            book_reverse(book, std::move(report));
            book_profit(book, sale);
        }
    }
}

// ---- notifications ----------------------------------------------------------------------------

domain::Notification note_of(std::string type, const domain::Description& record,
                             const base::Uuid& id, const base::Uuid& branch_id,
                             std::vector<std::string> audience) {
    domain::Notification note;
    note.message = "notification." + type;
    note.type = std::move(type);
    note.record = record.name;
    note.record_id = id;
    note.branch_id = branch_id;
    note.audience = std::move(audience);
    return note;
}

std::string car_title(const domain::Car& car) {
    return std::to_string(car.year) + " " + car.make + " " + car.model;
}

base::Json sale_values(Book& book, const domain::Sale& sale) {
    base::Json values = {{"amount_minor", sale.total_minor}, {"currency", sale.currency}};
    if (const auto car = book.world().get<domain::Car>(sale.car_id)) {
        values["car"] = car_title(*car);
        values["stock_number"] = car->stock_number;
    }
    return values;
}

void tell_of_dispute(Book& book, const domain::Sale& sale) {
    base::Json values = sale_values(book, sale);
    values["code"] = sale.dispute_code;
    book.tell(note_of("dispute", describe<domain::Sale>(), sale.id, sale.branch_id,
                      {"super_admin", "admin"}),
              values);
    auto own = note_of("dispute", describe<domain::Sale>(), sale.id, sale.branch_id, {});
    own.user_id = sale.seller_id;
    book.tell(std::move(own), values);
}

void tell_of_sale(Book& book, const domain::Change& change, const domain::Sale& sale) {
    const auto before = change.before ? domain::from_row<domain::Sale>(*change.before)
                                      : base::Result<domain::Sale>(domain::Sale{});
    const bool was_disputed =
        change.before && before && before->status == domain::SaleStatus::kDisputed;
    if (sale.status == domain::SaleStatus::kDisputed && !was_disputed) tell_of_dispute(book, sale);
    if (change.before || book.context().system) return;
    const base::Json values = sale_values(book, sale);
    book.tell(note_of("sale", describe<domain::Sale>(), sale.id, sale.branch_id,
                      {"super_admin", "admin"}),
              values);
    const auto car = book.world().get<domain::Car>(sale.car_id);
    if (!car || car->branch_id.is_nil() || car->branch_id == sale.branch_id) return;
    auto told = note_of("sale", describe<domain::Sale>(), sale.id, car->branch_id,
                        {"admin", "staff", "seller"});
    told.message = "notification.car_sold_elsewhere";
    book.tell(std::move(told), values);
}

template <typename T>
void tell_of_document(Book& book, std::string type, const T& record, std::int64_t amount_minor,
                      const base::Uuid& user_id) {
    auto note = note_of(std::move(type), describe<T>(), record.id, record.branch_id, {});
    note.user_id = user_id;
    if (user_id.is_nil()) note.audience = {"admin"};
    book.tell(
        std::move(note),
        {{"number", record.number}, {"amount_minor", amount_minor}, {"currency", record.currency}});
}

// What nobody need look at any more: the lead is claimed, the call answered or over.
void settle_notes(Book& book, const base::Uuid& record_id) {
    for (auto& note : book.world().find<domain::Notification>(
             {.where = {{"record_id", record_id.to_string()}, {"resolved_at", domain::Value{}}}})) {
        note.resolved_at = note.updated_at = book.context().received_at;
        book.world().put(note);
    }
}

base::Json visitor_values(Book& book, const base::Uuid& car_id, const base::Uuid& terminal_id) {
    base::Json values = base::Json::object();
    if (const auto car = book.world().get<domain::Car>(car_id)) {
        values["car"] = car_title(*car);
        values["stock_number"] = car->stock_number;
    }
    if (const auto terminal = book.world().get<domain::Terminal>(terminal_id))
        values["terminal"] = terminal->name;
    return values;
}

void follow_lead(Book& book, const domain::Change& change) {
    const auto lead = domain::from_row<domain::Lead>(change.after);
    if (!lead) return;
    if (lead->status != domain::LeadStatus::kNew) return settle_notes(book, lead->id);
    if (change.before) return;
    base::Json values = visitor_values(book, lead->car_id, lead->terminal_id);
    values["kind"] = domain::kLeadKindNames[static_cast<std::size_t>(lead->kind)];
    book.tell(note_of("lead", *change.record, lead->id, lead->branch_id, {"admin", "seller"}),
              values);
}

void follow_call(Book& book, const domain::Change& change) {
    const auto call = domain::from_row<domain::Assistance>(change.after);
    if (!call) return;
    if (call->status != domain::AssistanceStatus::kCalling) return settle_notes(book, call->id);
    if (change.before) return;
    book.tell(note_of("assistance", *change.record, call->id, call->branch_id,
                      {"admin", "staff", "seller"}),
              visitor_values(book, call->car_id, call->terminal_id));
}

template <typename T>
auto status_before(const domain::Change& change) -> std::optional<decltype(T::status)> {
    if (!change.before) return std::nullopt;
    const auto was = domain::from_row<T>(*change.before);
    return was ? std::optional(was->status) : std::nullopt;
}

// A new ticket is the workshop's news, a finished one its seller's too.
void follow_ticket(Book& book, const domain::Change& change) {
    const auto ticket = domain::from_row<domain::ServiceTicket>(change.after);
    if (!ticket || book.context().system) return;
    const auto before = status_before<domain::ServiceTicket>(change);
    if (ticket->status != domain::TicketStatus::kOpen) settle_notes(book, ticket->id);
    base::Json values = {{"car", ticket->vehicle.empty() ? ticket->vin : ticket->vehicle}};
    if (const auto car = book.world().get<domain::Car>(ticket->car_id))
        values["car"] = car_title(*car);
    if (!before) {
        book.tell(
            note_of("ticket", *change.record, ticket->id, ticket->branch_id, {"admin", "mechanic"}),
            values);
    } else if (ticket->status == domain::TicketStatus::kDone && *before != ticket->status) {
        auto note = note_of("ticket", *change.record, ticket->id, ticket->branch_id, {"admin"});
        note.message = "notification.ticket_done";
        if (const auto customer = book.world().get<domain::Customer>(ticket->customer_id))
            note.user_id = customer->seller_id;
        book.tell(std::move(note), values);
    }
}

// Whose work it is hears of it; the seller when it has arrived.
void follow_delivery(Book& book, const domain::Change& change) {
    const auto delivery = domain::from_row<domain::Delivery>(change.after);
    if (!delivery || book.context().system) return;
    base::Uuid person_before;
    if (change.before) {
        if (const auto was = domain::from_row<domain::Delivery>(*change.before))
            person_before = was->delivery_person_id;
    }
    const base::Json values = {{"number", delivery->tracking_number}};
    const base::Uuid person = delivery->delivery_person_id;
    if (!person.is_nil() && person != person_before && person != book.command().actor_id) {
        auto note = note_of("delivery", *change.record, delivery->id, delivery->branch_id, {});
        note.user_id = person;
        book.tell(std::move(note), values);
    }
    const auto before = status_before<domain::Delivery>(change);
    if (delivery->status != domain::DeliveryStatus::kDelivered || before == delivery->status)
        return;
    settle_notes(book, delivery->id);
    auto note = note_of("delivery", *change.record, delivery->id, delivery->branch_id, {"admin"});
    note.message = "notification.delivered";
    if (const auto sale = book.world().get<domain::Sale>(delivery->sale_id))
        note.user_id = sale->seller_id;
    if (const auto order = book.world().get<domain::OutgoingOrder>(delivery->order_id))
        note.user_id = order->seller_id;
    book.tell(std::move(note), values);
}

void tell_admins_and(Book& book, domain::Notification note, const base::Uuid& user_id,
                     const base::Json& values) {
    domain::Notification own = note;
    note.audience = {"super_admin", "admin"};
    book.tell(std::move(note), values);
    if (user_id.is_nil()) return;
    own.audience = {};
    own.user_id = user_id;
    book.tell(std::move(own), values);
}

void follow_reservation(Book& book, const domain::Change& change) {
    using Status = domain::ReservationStatus;
    const auto kept = domain::from_row<domain::Reservation>(change.after);
    if (!kept) return;
    std::optional<Status> before;
    if (change.before) {
        if (const auto was = domain::from_row<domain::Reservation>(*change.before))
            before = was->status;
    }
    if (before == kept->status) return;
    base::Json values = visitor_values(book, kept->car_id, {});
    values["until"] = kept->until;
    if (kept->status != Status::kActive) settle_notes(book, kept->id);
    auto note = note_of("reservation", *change.record, kept->id, kept->branch_id, {});
    if (kept->status == Status::kDisputed) {
        values["code"] = kept->dispute_code;
        note.type = "dispute";
        note.message = "notification.reservation_disputed";
        tell_admins_and(book, std::move(note), kept->seller_id, values);
    } else if (kept->status == Status::kExpired) {
        // Whoever owes money back has to hear of it.
        note.message = kept->deposit_state == domain::DepositState::kOwed
                           ? "notification.reservation_owed"
                           : "notification.reservation_expired";
        tell_admins_and(book, std::move(note), kept->seller_id, values);
    } else if (kept->status == Status::kActive && !book.context().system) {
        note.audience = {"admin", "staff", "seller"};
        book.tell(note, values);
        const auto car = book.world().get<domain::Car>(kept->car_id);
        if (!car || car->branch_id.is_nil() || car->branch_id == kept->branch_id) return;
        note.branch_id = car->branch_id;
        book.tell(std::move(note), values);
    }
}

void follow_order(Book& book, const domain::Change& change) {
    using Status = domain::OrderStatus;
    const auto order = domain::from_row<domain::OutgoingOrder>(change.after);
    if (!order) return;
    std::optional<Status> before;
    if (change.before) {
        if (const auto was = domain::from_row<domain::OutgoingOrder>(*change.before))
            before = was->status;
    }
    if (before == order->status) return;
    if (before == Status::kDisputed || before == Status::kPending) settle_notes(book, order->id);
    const base::Json values = {{"amount_minor", order->total_minor},
                               {"currency", order->currency},
                               {"code", order->dispute_code}};
    auto note = note_of("dispute", *change.record, order->id, order->branch_id, {});
    note.message = "notification.order_disputed";
    if (order->status == Status::kDisputed) {
        tell_admins_and(book, std::move(note), order->seller_id, values);
    } else if (order->status == Status::kPending) {
        note.type = "sale";
        note.message = "notification.order_pending";
        note.audience = {"admin", "staff"};
        book.tell(std::move(note), values);
    }
}

void tell_of(Book& book, const domain::Change& change) {
    const bool created = !change.before.has_value();
    const domain::Description* record = change.record;
    if (!created || book.context().system) return;
    if (record == &describe<domain::Customer>()) {
        if (const auto customer = domain::from_row<domain::Customer>(change.after))
            book.tell(
                note_of("customer", *record, customer->id, customer->branch_id, {"admin", "staff"}),
                base::Json::object());
    } else if (record == &describe<domain::Car>()) {
        if (const auto car = domain::from_row<domain::Car>(change.after))
            book.tell(note_of("inventory", *record, car->id, car->branch_id,
                              {"admin", "staff", "seller"}),
                      {{"car", car_title(*car)}, {"stock_number", car->stock_number}});
    } else if (record == &describe<domain::User>()) {
        if (const auto user = domain::from_row<domain::User>(change.after))
            book.tell(
                note_of("sign_up", *record, user->id, user->branch_id, {"super_admin", "admin"}),
                {{"role", domain::kRoleNames[static_cast<std::size_t>(user->role)]}});
    } else if (record == &describe<domain::Invoice>()) {
        if (const auto invoice = domain::from_row<domain::Invoice>(change.after))
            tell_of_document(book, "invoice", *invoice, invoice->total_amount_minor,
                             invoice->seller_id);
    } else if (record == &describe<domain::Receipt>()) {
        if (const auto receipt = domain::from_row<domain::Receipt>(change.after))
            tell_of_document(book, "receipt", *receipt, receipt->amount_paid_minor,
                             receipt->user_id);
    }
}

// One notification for all a person should look at, about the first record that changed.
void tell_of_reviews(Book& book, const domain::Outcome& outcome,
                     const std::vector<domain::Change>& changes) {
    base::Json codes = base::Json::array();
    for (const domain::Code code : outcome.reviews)
        codes.push_back(domain::name_of(code));
    // A contested command that made nothing disputed (a payment over the balance) is told here.
    const bool disputed = std::any_of(changes.begin(), changes.end(), [](const auto& change) {
        return change.record == &describe<domain::Sale>() ||
               change.record == &describe<domain::Reservation>() ||
               change.record == &describe<domain::OutgoingOrder>();
    });
    if (outcome.kind == domain::Outcome::Kind::kContested && !disputed)
        codes.push_back(domain::name_of(outcome.code));
    if (codes.empty() || changes.empty()) return;
    const domain::Change& first = changes.front();
    base::Uuid branch;
    if (first.record->find("branch_id") != nullptr) {
        const auto& value = first.after[first.record->index_of("branch_id")];
        if (const auto* text = std::get_if<std::string>(&value))
            branch = base::Uuid::parse(*text).value_or(base::Uuid{});
    }
    book.tell(note_of("review", *first.record, first.id, branch, {"super_admin", "admin"}),
              {{"codes", codes}, {"command", book.command().name}});
}

}  // namespace

void book_consequences(domain::World& world, const domain::Command& command,
                       const domain::Context& context, const domain::Outcome& outcome,
                       const std::vector<domain::Change>& changes) {
    Book book(world, command, context);
    for (const domain::Change& change : changes) {
        if (change.record == &describe<domain::Sale>()) {
            if (const auto recorded = domain::from_row<domain::Sale>(change.after)) {
                const domain::Sale sale = with_own_rate(book, change, *recorded);
                follow_sale(book, change, sale);
                tell_of_sale(book, change, sale);
            }
        } else if (change.record == &describe<domain::CarCost>()) {
            if (const auto cost = domain::from_row<domain::CarCost>(change.after))
                follow_cost(book, cost->car_id);
        } else if (change.record == &describe<domain::Importation>()) {
            if (const auto importation = domain::from_row<domain::Importation>(change.after))
                follow_cost(book, importation->car_id);
        } else if (change.record == &describe<domain::Lead>()) {
            follow_lead(book, change);
        } else if (change.record == &describe<domain::Assistance>()) {
            follow_call(book, change);
        } else if (change.record == &describe<domain::ServiceTicket>()) {
            follow_ticket(book, change);
        } else if (change.record == &describe<domain::Delivery>()) {
            follow_delivery(book, change);
        } else if (change.record == &describe<domain::Reservation>()) {
            follow_reservation(book, change);
        } else if (change.record == &describe<domain::OutgoingOrder>()) {
            follow_order(book, change);
        } else {
            tell_of(book, change);
        }
    }
    tell_of_reviews(book, outcome, changes);
    if (command.name != "erase_person" && command.name != "close_business") return;
    for (const domain::Change& change : changes)
        forget_in_history(world, *change.record, change.id);
}

}  // namespace showfloor::central
