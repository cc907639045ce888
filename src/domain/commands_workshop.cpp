// The workshop: tickets made and moved on, parts built in and taken out, labour, mechanics, and the
// invoice of what is done.

#include <algorithm>

#include "domain/command_parts.hpp"
#include "domain/deal.hpp"
#include "domain/limits.hpp"
#include "domain/stock.hpp"
#include "domain/ticket.hpp"
#include "domain/transitions_workshop.hpp"
#include "domain/vin.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct CreateTicket : ServiceTicket {};
struct AddPart {
    Uuid id, ticket_id, product_id;
    std::int64_t quantity = 0;
    Uuid batch_id;  // nil: first expired first
};
struct RemovePart {
    Uuid part_id;
};
struct AddLabour {
    Uuid id, ticket_id, mechanic_id;
    std::string description;
    std::int64_t minutes = 0;
};
struct RemoveLabour {
    Uuid labour_id;
};
struct TicketMechanicArgs {
    Uuid ticket_id, mechanic_id;
};
struct EditMechanics {
    Uuid ticket_id;
    std::vector<std::string> add_ids, remove_ids;
};
struct SetTicketStatus {
    Uuid ticket_id;
    TicketStatus status = TicketStatus::kOpen;
};

const Description& update_args() {
    static const Description d =
        args_like("update_ticket", describe<ServiceTicket>(), {"customer_id", "branch_id"}, true);
    return d;
}

}  // namespace

template <>
const Description& describe<CreateTicket>() {
    static const Description d = args_like("create_ticket", describe<ServiceTicket>(), {}, false);
    return d;
}

template <>
const Description& describe<AddPart>() {
    using F = build::Of<AddPart>;
    static const Description d{
        "add_part",
        "",
        {
            F::id<&AddPart::id>("id").require(),
            F::id<&AddPart::ticket_id>("ticket_id", "service_ticket").require(),
            F::id<&AddPart::product_id>("product_id", "product").require(),
            F::integer<&AddPart::quantity>("quantity", 1, kMaxTicketPieces).require(),
            F::id<&AddPart::batch_id>("batch_id", "stock_batch"),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<RemovePart>() {
    using F = build::Of<RemovePart>;
    static const Description d{"remove_part",
                               "",
                               {F::id<&RemovePart::part_id>("part_id", "ticket_part").require()},
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<AddLabour>() {
    using F = build::Of<AddLabour>;
    static const Description d{
        "add_labour",
        "",
        {
            F::id<&AddLabour::id>("id").require(),
            F::id<&AddLabour::ticket_id>("ticket_id", "service_ticket").require(),
            F::id<&AddLabour::mechanic_id>("mechanic_id", "user"),
            F::text<&AddLabour::description>("description", 200),
            F::integer<&AddLabour::minutes>("minutes", 1, kMaxLabourMinutes).require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<RemoveLabour>() {
    using F = build::Of<RemoveLabour>;
    static const Description d{
        "remove_labour",
        "",
        {F::id<&RemoveLabour::labour_id>("labour_id", "ticket_labour").require()},
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<TicketMechanicArgs>() {
    using F = build::Of<TicketMechanicArgs>;
    static const Description d{
        "assign_mechanic",
        "",
        {
            F::id<&TicketMechanicArgs::ticket_id>("ticket_id", "service_ticket").require(),
            F::id<&TicketMechanicArgs::mechanic_id>("mechanic_id", "user").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<EditMechanics>() {
    using F = build::Of<EditMechanics>;
    static const Description d{
        "edit_mechanics",
        "",
        {
            F::id<&EditMechanics::ticket_id>("ticket_id", "service_ticket").require(),
            F::texts<&EditMechanics::add_ids>("add_ids"),
            F::texts<&EditMechanics::remove_ids>("remove_ids"),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<SetTicketStatus>() {
    using F = build::Of<SetTicketStatus>;
    static const Description d{
        "set_ticket_status",
        "",
        {
            F::id<&SetTicketStatus::ticket_id>("ticket_id", "service_ticket").require(),
            F::choice<&SetTicketStatus::status>("status", kTicketStatusNames).require(),
        },
        Synced::kNever,
        {}};
    return d;
}

namespace {

std::string_view text_of(TicketStatus status) {
    return kTicketStatusNames[static_cast<std::size_t>(status)];
}

Outcome wrong_state(TicketStatus from, std::string_view to) {
    return refuse(Code::kWrongState, "ticket_id", {{"from", text_of(from)}, {"to", to}});
}

Outcome contested_at(const Handling& handling, std::string field) {
    Outcome outcome = handling.contested_outcome();
    outcome.field = std::move(field);
    return outcome;
}

void note_reviews(const Handling& handling, ServiceTicket& ticket) {
    if (handling.contested != Code::kNone) add_review(ticket.reviews, handling.contested);
    for (const Code review : handling.reviews)
        add_review(ticket.reviews, review);
}

// The ticket with the right to change it. Filled, or an outcome.
Stopped find_ticket(Handling& handling, const Uuid& id, std::optional<ServiceTicket>& ticket) {
    ticket = handling.world.get<ServiceTicket>(id);
    if (!ticket) return refuse(Code::kNotFound, "ticket_id");
    return check_right(handling, Area::kTickets, Action::kChange, facts_about(handling, *ticket));
}

// Parts and labour go on a ticket that is worked on. What was done in the workshop was done.
Stopped check_worked_on(Handling& handling, const ServiceTicket& ticket) {
    if (is_worked_on(ticket.status) || handling.tolerate(Code::kWrongState)) return std::nullopt;
    return wrong_state(ticket.status, text_of(TicketStatus::kInProgress));
}

// The frozen terms, or those of now when central decides on its own.
template <typename T>
Stopped read_terms(Handling& handling, const base::Result<T>& now, T& terms) {
    const bool against_world = handling.context.terms == Context::Terms::kAgainstWorld;
    if (handling.command.terms.empty()) {
        if (!handling.context.terminal_id.is_nil()) return refuse(Code::kInvalid, "terms");
        if (!now) return refuse_for(now.error());
        terms = *now;
        return std::nullopt;
    }
    auto given = from_json<T>(handling.command.terms, Intake::kArguments);
    if (!given) return refuse(Code::kForged, "terms." + given.error().field);
    terms = std::move(*given);
    if (now && to_row(terms) == to_row(*now)) return std::nullopt;
    if (against_world) return now ? refuse(Code::kTermsChanged) : refuse_for(now.error());
    handling.flag(Code::kTermsChanged);
    return std::nullopt;
}

// Works the sums out anew from all lines and puts the ticket; its lines are put before.
void settle_ticket(Handling& handling, ServiceTicket ticket) {
    ticket.parts_minor = ticket.labour_minor = ticket.tax_minor = 0;
    if (const auto terms = quote_ticket(handling.world, ticket)) {
        for (const TicketLine& line : terms->lines)
            (line.kind == LineKind::kPart ? ticket.parts_minor : ticket.labour_minor) +=
                line.amount_minor;
        for (const InvoiceTax& tax : terms->taxes)
            ticket.tax_minor += tax.tax_minor;
        ticket.total_minor = terms->total_minor;
    }
    note_reviews(handling, ticket);
    handling.put(std::move(ticket));
}

// ---- create and update ------------------------------------------------------------------------

// Which vehicle: one of ours, by VIN, or as people call it.
Stopped check_vehicle(Handling& handling, ServiceTicket& ticket) {
    if (!ticket.car_id.is_nil()) {
        const auto car = handling.world.get<Car>(ticket.car_id);
        if (!car) {
            // Central was set back and will not hear of the car again; the vehicle stands there.
            if (!handling.tolerate(Code::kNotKnown)) return refuse(Code::kNotFound, "car_id");
            ticket.car_id = {};
            if (ticket.vehicle.empty()) ticket.vehicle = "?";
            return std::nullopt;
        }
        if (!ticket.vin.empty() && ticket.vin != car->vin) return refuse(Code::kInvalid, "vin");
        ticket.vin = car->vin;
        return std::nullopt;
    }
    if (ticket.vin.empty()) {
        if (ticket.plate.empty() && ticket.vehicle.empty()) return refuse(Code::kInvalid, "vin");
        return std::nullopt;
    }
    const auto vin = Vin::parse(ticket.vin);
    if (!vin) return refuse(Code::kVinInvalid, "vin", {{"message", vin.error().message}});
    ticket.vin = vin->text();
    if (const auto car = handling.world.find_one<Car>({{"vin", Value{ticket.vin}}}))
        ticket.car_id = car->id;
    return std::nullopt;
}

// The branch whose workshop it is: as given, else the actor's, the terminal's, the customer's.
Uuid branch_for(Handling& handling, const ServiceTicket& ticket, const Customer& customer) {
    if (!ticket.branch_id.is_nil()) return ticket.branch_id;
    if (!handling.actor.branch_id.is_nil()) return handling.actor.branch_id;
    if (const auto terminal = handling.world.get<Terminal>(handling.context.terminal_id))
        return terminal->branch_id;
    return customer.branch_id;
}

Outcome create_ticket(Handling& handling) {
    ServiceTicket ticket = handling.as<CreateTicket>();
    if (auto stopped = check_new<ServiceTicket>(handling, ticket.id)) return *stopped;
    const auto customer = customer_behind(handling.world, ticket.customer_id);
    if (!customer) return refuse(Code::kNotFound, "customer_id");
    ticket.customer_id = customer->id;
    ticket.branch_id = branch_for(handling, ticket, *customer);
    const auto branch = handling.world.get<Branch>(ticket.branch_id);
    if (!branch) return refuse(Code::kNotFound, "branch_id");
    if (auto stopped =
            check_right(handling, Area::kTickets, Action::kCreate, facts_about(handling, ticket)))
        return *stopped;
    // A customer says what is wrong and when it would suit; the workshop plans.
    const bool plans = !ticket.bay.empty() || ticket.promised_at != 0 || !ticket.notes.empty();
    if (handling.actor.role == Role::kCustomer && plans)
        return refuse(Code::kNotAllowed, "promised_at");
    if (customer->archived && !handling.contest(Code::kCustomerArchived))
        return contested_at(handling, "customer_id");
    if (auto stopped = check_vehicle(handling, ticket)) return *stopped;
    ticket.created_by = handling.actor.user_id;
    ticket.currency = branch->currency;
    ticket.prices_include_tax = branch->prices_include_tax;
    note_reviews(handling, ticket);
    base::Json details = {{"ticket_id", ticket.id.to_string()}};
    handling.put(std::move(ticket));
    return done(handling, std::move(details));
}

Outcome update_ticket(Handling& handling) {
    const auto before = handling.world.get<ServiceTicket>(changed_id(handling));
    if (!before) return refuse(Code::kNotFound, "id");
    if (auto stopped =
            check_right(handling, Area::kTickets, Action::kChange, facts_about(handling, *before)))
        return *stopped;
    if (before->status == TicketStatus::kCollected || before->status == TicketStatus::kCancelled)
        return refuse(Code::kWrongState, "id", {{"from", text_of(before->status)}});
    ServiceTicket ticket = *before;
    apply_changes_to(handling, ticket);
    // Another VIN is another car, and the other way round.
    if (ticket.vin != before->vin && ticket.car_id == before->car_id) ticket.car_id = {};
    if (ticket.car_id != before->car_id && ticket.vin == before->vin) ticket.vin.clear();
    if (auto stopped = check_vehicle(handling, ticket)) return *stopped;
    handling.put(std::move(ticket));
    return done(handling);
}

// ---- parts ------------------------------------------------------------------------------------

base::Result<WorkTerms> part_terms_now(World& world, const AddPart& args) {
    const auto not_found = [](std::string field) {
        return base::fail(base::ErrorKind::kNotFound, "This is not there; refresh and try again.",
                          std::string(name_of(Code::kNotFound)), std::move(field));
    };
    const auto ticket = world.get<ServiceTicket>(args.ticket_id);
    if (!ticket) return not_found("ticket_id");
    const auto product = world.get<Product>(args.product_id);
    if (!product) return not_found("product_id");
    const auto branch = world.get<Branch>(ticket->branch_id);
    if (!branch) return not_found("branch_id");
    return part_terms(*product, *branch);
}

base::Result<base::Json> quote_add_part(World& world, const Command&, const Context&,
                                        const Row& row) {
    SHOWFLOOR_ASSIGN(const auto args, from_row<AddPart>(row));
    SHOWFLOOR_ASSIGN(const WorkTerms terms, part_terms_now(world, args));
    return to_json(terms);
}

// The batches to take from: the one named, or all of the product in the branch.
Stopped find_batches(Handling& handling, const AddPart& args, const ServiceTicket& ticket,
                     std::vector<StockBatch>& batches) {
    if (args.batch_id.is_nil()) {
        batches = batches_of(handling.world, args.product_id, ticket.branch_id);
        return std::nullopt;
    }
    auto batch = handling.world.get<StockBatch>(args.batch_id);
    const bool fits = batch && batch->product_id == args.product_id &&
                      batch->branch_id == ticket.branch_id && !batch->archived;
    if (!fits) return refuse(Code::kNotFound, "batch_id");
    batches.push_back(std::move(*batch));
    return std::nullopt;
}

// Room for one more line of this amount.
Stopped check_room(Handling& handling, const ServiceTicket& ticket, std::int64_t amount,
                   const char* field) {
    constexpr std::int64_t kRoom = build::kMoneyMax / 4;  // taxes on top stay within kMoneyMax
    if (amount > kRoom - ticket.parts_minor - ticket.labour_minor)
        return refuse(Code::kInvalid, field);
    const std::size_t lines =
        parts_of(handling.world, ticket.id).size() + labour_of(handling.world, ticket.id).size();
    if (lines >= static_cast<std::size_t>(kMaxTicketLines) && !handling.tolerate(Code::kInvalid))
        return refuse(Code::kInvalid, "ticket_id", {{"most", kMaxTicketLines}});
    return std::nullopt;
}

// FIX: adding a part takes stock, in the same transaction. What was built in offline beyond the
// books is kept, short, and a person looks at it.
Outcome add_part(Handling& handling) {
    const auto& args = handling.as<AddPart>();
    if (auto stopped = check_new<TicketPart>(handling, args.id)) return *stopped;
    std::optional<ServiceTicket> ticket;
    if (auto stopped = find_ticket(handling, args.ticket_id, ticket)) return *stopped;
    const auto product = handling.world.get<Product>(args.product_id);
    if (!product) return refuse(Code::kNotFound, "product_id");
    if ((product->archived || !product->active) && !handling.tolerate(Code::kNotFound))
        return refuse(Code::kNotFound, "product_id");
    if (auto stopped = check_worked_on(handling, *ticket)) return *stopped;
    WorkTerms terms;
    if (auto stopped = read_terms(handling, part_terms_now(handling.world, args), terms))
        return *stopped;
    if (terms.currency != ticket->currency) return refuse(Code::kCurrencyMismatch, "product_id");
    if (terms.unit_minor > build::kMoneyMax / args.quantity)
        return refuse(Code::kInvalid, "quantity");
    TicketPart part;
    part.amount_minor = terms.unit_minor * args.quantity;
    if (auto stopped = check_room(handling, *ticket, part.amount_minor, "quantity"))
        return *stopped;
    std::vector<StockBatch> batches;
    if (auto stopped = find_batches(handling, args, *ticket, batches)) return *stopped;
    const std::int64_t available = available_in(batches);
    if (available < args.quantity && !handling.contest(Code::kOversold)) {
        Outcome outcome = contested_at(handling, "quantity");
        outcome.details = oversold("quantity", available, args.quantity).details;
        return outcome;
    }
    part.id = args.id;
    part.ticket_id = ticket->id;
    part.branch_id = ticket->branch_id;
    part.product_id = product->id;
    part.description = terms.description;
    part.quantity = args.quantity;
    part.unit_price_minor = terms.unit_minor;
    part.tax_code = terms.tax_code;
    part.tax_rate_bp = terms.tax_rate_bp;
    part.added_by = handling.actor.user_id;
    int ordinal = 0;
    part.short_quantity = take_stock(
        handling, std::move(batches), args.quantity,
        {.kind = MovementKind::kUsed, .record = "ticket_part", .record_id = part.id}, ordinal);
    base::Json details = {{"part_id", part.id.to_string()},
                          {"amount_minor", part.amount_minor},
                          {"short_quantity", part.short_quantity}};
    handling.put(std::move(part));
    settle_ticket(handling, std::move(*ticket));
    return done(handling, std::move(details));
}

void give_back(Handling& handling, TicketPart part, int& ordinal) {
    give_back_stock(
        handling, {.kind = MovementKind::kGivenBack, .record = "ticket_part", .record_id = part.id},
        ordinal);
    part.archived = true;
    handling.put(std::move(part));
}

// FIX: removing a part gives its stock back to the batches it came from, in the same transaction.
Outcome remove_part(Handling& handling) {
    auto part = handling.world.get<TicketPart>(handling.as<RemovePart>().part_id);
    if (!part) return refuse(Code::kNotFound, "part_id");
    std::optional<ServiceTicket> ticket;
    if (auto stopped = find_ticket(handling, part->ticket_id, ticket)) return *stopped;
    if (part->archived) {
        if (!handling.tolerate(Code::kAlreadyDone)) return refuse(Code::kAlreadyDone, "part_id");
        return done(handling);
    }
    if (auto stopped = check_worked_on(handling, *ticket)) return *stopped;
    int ordinal = 0;
    give_back(handling, std::move(*part), ordinal);
    settle_ticket(handling, std::move(*ticket));
    return done(handling);
}

// ---- labour -----------------------------------------------------------------------------------

base::Result<WorkTerms> labour_terms_now(World& world, const AddLabour& args) {
    const auto ticket = world.get<ServiceTicket>(args.ticket_id);
    const auto branch = ticket ? world.get<Branch>(ticket->branch_id) : std::nullopt;
    if (!branch)
        return base::fail(base::ErrorKind::kNotFound, "This ticket is not there.",
                          std::string(name_of(Code::kNotFound)), "ticket_id");
    return labour_terms(*branch);
}

base::Result<base::Json> quote_add_labour(World& world, const Command&, const Context&,
                                          const Row& row) {
    SHOWFLOOR_ASSIGN(const auto args, from_row<AddLabour>(row));
    SHOWFLOOR_ASSIGN(const WorkTerms terms, labour_terms_now(world, args));
    return to_json(terms);
}

// Somebody of this branch's workshop, still with us.
Stopped check_mechanic(Handling& handling, const ServiceTicket& ticket, const Uuid& id,
                       const std::string& field) {
    const auto user = handling.world.get<User>(id);
    if (!user) return refuse(Code::kNotFound, field);
    const bool fits = user->role == Role::kMechanic && user->branch_id == ticket.branch_id &&
                      user->status == UserStatus::kActive && !user->archived;
    if (!fits) return refuse(Code::kInvalid, field);
    return std::nullopt;
}

Outcome add_labour(Handling& handling) {
    const auto& args = handling.as<AddLabour>();
    if (auto stopped = check_new<TicketLabour>(handling, args.id)) return *stopped;
    std::optional<ServiceTicket> ticket;
    if (auto stopped = find_ticket(handling, args.ticket_id, ticket)) return *stopped;
    if (auto stopped = check_worked_on(handling, *ticket)) return *stopped;
    TicketLabour labour;
    labour.mechanic_id = args.mechanic_id;
    if (labour.mechanic_id.is_nil() && handling.actor.role == Role::kMechanic)
        labour.mechanic_id = handling.actor.user_id;
    if (!labour.mechanic_id.is_nil()) {
        if (auto stopped = check_mechanic(handling, *ticket, labour.mechanic_id, "mechanic_id"))
            return *stopped;
    }
    WorkTerms terms;
    if (auto stopped = read_terms(handling, labour_terms_now(handling.world, args), terms))
        return *stopped;
    if (terms.currency != ticket->currency) return refuse(Code::kCurrencyMismatch, "ticket_id");
    labour.amount_minor = labour_amount(terms.unit_minor, args.minutes);
    if (auto stopped = check_room(handling, *ticket, labour.amount_minor, "minutes"))
        return *stopped;
    labour.id = args.id;
    labour.ticket_id = ticket->id;
    labour.branch_id = ticket->branch_id;
    labour.description = args.description;
    labour.minutes = args.minutes;
    labour.rate_minor = terms.unit_minor;
    labour.tax_code = terms.tax_code;
    labour.tax_rate_bp = terms.tax_rate_bp;
    base::Json details = {{"labour_id", labour.id.to_string()},
                          {"amount_minor", labour.amount_minor}};
    handling.put(std::move(labour));
    settle_ticket(handling, std::move(*ticket));
    return done(handling, std::move(details));
}

Outcome remove_labour(Handling& handling) {
    auto labour = handling.world.get<TicketLabour>(handling.as<RemoveLabour>().labour_id);
    if (!labour) return refuse(Code::kNotFound, "labour_id");
    std::optional<ServiceTicket> ticket;
    if (auto stopped = find_ticket(handling, labour->ticket_id, ticket)) return *stopped;
    if (labour->archived) return refuse(Code::kAlreadyDone, "labour_id");
    if (auto stopped = check_worked_on(handling, *ticket)) return *stopped;
    labour->archived = true;
    handling.put(std::move(*labour));
    settle_ticket(handling, std::move(*ticket));
    return done(handling);
}

// ---- mechanics --------------------------------------------------------------------------------

// One row for a ticket and a person, so that two terminals that assign the same one agree.
Uuid assignment_id(const Uuid& ticket_id, const Uuid& user_id) {
    return derive_id(ticket_id, "ticket_mechanic/" + user_id.to_string(), 0);
}

// Idempotent: who is assigned already stays so. Whether anything changed.
bool set_assigned(Handling& handling, const ServiceTicket& ticket, const Uuid& user_id,
                  bool assigned) {
    const Uuid id = assignment_id(ticket.id, user_id);
    auto row = handling.world.get<TicketMechanic>(id);
    const bool is_assigned = row && !row->archived;
    if (is_assigned == assigned) return false;
    TicketMechanic one = row.value_or(TicketMechanic{});
    one.id = id;
    one.ticket_id = ticket.id;
    one.branch_id = ticket.branch_id;
    one.user_id = user_id;
    one.archived = !assigned;
    handling.put(std::move(one));
    return true;
}

Outcome assign_mechanic(Handling& handling) {
    const auto& args = handling.as<TicketMechanicArgs>();
    std::optional<ServiceTicket> ticket;
    if (auto stopped = find_ticket(handling, args.ticket_id, ticket)) return *stopped;
    if (auto stopped = check_worked_on(handling, *ticket)) return *stopped;
    if (auto stopped = check_mechanic(handling, *ticket, args.mechanic_id, "mechanic_id"))
        return *stopped;
    const bool changed = set_assigned(handling, *ticket, args.mechanic_id, true);
    return done(handling, {{"changed", changed}});
}

Outcome remove_mechanic(Handling& handling) {
    const auto& args = handling.as<TicketMechanicArgs>();
    std::optional<ServiceTicket> ticket;
    if (auto stopped = find_ticket(handling, args.ticket_id, ticket)) return *stopped;
    if (auto stopped = check_worked_on(handling, *ticket)) return *stopped;
    const bool changed = set_assigned(handling, *ticket, args.mechanic_id, false);
    return done(handling, {{"changed", changed}});
}

// Several come and go at once, all or nothing.
Outcome edit_mechanics(Handling& handling) {
    const auto& args = handling.as<EditMechanics>();
    std::optional<ServiceTicket> ticket;
    if (auto stopped = find_ticket(handling, args.ticket_id, ticket)) return *stopped;
    if (auto stopped = check_worked_on(handling, *ticket)) return *stopped;
    std::vector<Uuid> add, remove;
    for (const std::string& text : args.add_ids) {
        const auto id = base::Uuid::parse(text);
        if (!id) return refuse(Code::kInvalid, "add_ids");
        if (auto stopped = check_mechanic(handling, *ticket, *id, "add_ids")) return *stopped;
        add.push_back(*id);
    }
    for (const std::string& text : args.remove_ids) {
        const auto id = base::Uuid::parse(text);
        if (!id || std::find(add.begin(), add.end(), *id) != add.end())
            return refuse(Code::kInvalid, "remove_ids");
        remove.push_back(*id);
    }
    int changed = 0;
    for (const Uuid& id : add)
        changed += set_assigned(handling, *ticket, id, true) ? 1 : 0;
    for (const Uuid& id : remove)
        changed += set_assigned(handling, *ticket, id, false) ? 1 : 0;
    return done(handling, {{"changed", changed}});
}

// ---- status and invoice -----------------------------------------------------------------------

base::Result<base::Json> quote_status(World& world, const Command&, const Context&,
                                      const Row& row) {
    SHOWFLOOR_ASSIGN(const auto args, from_row<SetTicketStatus>(row));
    const auto ticket = world.get<ServiceTicket>(args.ticket_id);
    if (!ticket || args.status != TicketStatus::kDone) return base::Json::object();
    SHOWFLOOR_ASSIGN(const TicketTerms terms, quote_ticket(world, *ticket));
    return to_json(terms);
}

// The terms a done ticket is invoiced by; they must add up wherever they come from.
Stopped read_invoice_terms(Handling& handling, const ServiceTicket& ticket, TicketTerms& terms) {
    if (auto stopped = read_terms(handling, quote_ticket(handling.world, ticket), terms))
        return stopped;
    TicketTerms added = terms;
    const bool adds_up = add_up(added) && to_row(added) == to_row(terms);
    if (!adds_up || terms.currency != ticket.currency)
        return refuse(Code::kTermsDoNotAddUp, "terms");
    return std::nullopt;
}

// The invoice of a done ticket, with its own number. An outcome = refused, nothing written.
Stopped issue_invoice(Handling& handling, ServiceTicket& ticket, const TicketTerms& terms,
                      base::Json& details) {
    const auto branch = handling.world.get<Branch>(ticket.branch_id);
    const auto customer = handling.world.get<Customer>(ticket.customer_id);
    if (!branch || !customer) return refuse(Code::kNotFound, "ticket_id");
    auto number = take_number(handling, *branch, SeriesKind::kInvoice);
    if (!number) return refuse(Code::kForged, "numbers");
    Invoice invoice;
    invoice.id = handling.derived_id("invoice", 0);
    invoice.number = std::move(*number);
    invoice.ticket_id = ticket.id;
    invoice.customer_id = ticket.customer_id;
    invoice.branch_id = ticket.branch_id;
    invoice.seller_id = customer->seller_id;
    invoice.date_of_purchase = handling.command.occurred_at;
    invoice.currency = terms.currency;
    invoice.prices_include_tax = terms.prices_include_tax;
    invoice.taxes = terms.taxes;
    invoice.total_amount_minor = terms.total_minor;
    invoice.notes_instructions = ticket.description;
    details["invoice_id"] = invoice.id.to_string();
    details["invoice_number"] = invoice.number;
    details["total_minor"] = terms.total_minor;
    if (ticket.invoice_id.is_nil()) ticket.invoice_id = invoice.id;
    const Uuid invoice_id = invoice.id;
    settle(handling, std::move(invoice), {});
    int ordinal = 0;
    for (const TicketLine& one : terms.lines) {
        InvoiceLine line;
        line.id = handling.derived_id("invoice_line", ordinal);
        line.invoice_id = invoice_id;
        line.position = ordinal++;
        line.kind = one.kind;
        line.description = one.description;
        line.amount_minor = one.amount_minor;
        line.tax_code = one.tax_code;
        line.tax_rate_bp = one.tax_rate_bp;
        handling.put(std::move(line));
    }
    return std::nullopt;
}

Outcome finish(Handling& handling, ServiceTicket ticket) {
    const bool ready = may_become(ticket.status, TicketStatus::kDone);
    // The paper is handed out: it stands beside whatever was done elsewhere meanwhile.
    const Code found = ticket.invoice_id.is_nil() ? Code::kWrongState : Code::kAlreadyDone;
    if (!ready && !handling.tolerate(found))
        return wrong_state(ticket.status, text_of(TicketStatus::kDone));
    TicketTerms terms;
    if (auto stopped = read_invoice_terms(handling, ticket, terms)) return *stopped;
    base::Json details = {{"status", text_of(TicketStatus::kDone)}};
    // Nothing built in and nothing to pay for: there is nothing to invoice.
    if (!terms.lines.empty()) {
        if (auto stopped = issue_invoice(handling, ticket, terms, details)) return *stopped;
    }
    if (ticket.status != TicketStatus::kCollected) ticket.status = TicketStatus::kDone;
    if (ticket.done_at == 0) ticket.done_at = handling.command.occurred_at;
    note_reviews(handling, ticket);
    handling.put(std::move(ticket));
    return done(handling, std::move(details));
}

// A cancelled ticket gives back every part it holds.
Outcome cancel(Handling& handling, ServiceTicket ticket) {
    ticket.status = TicketStatus::kCancelled;
    int ordinal = 0;
    for (TicketPart& part : parts_of(handling.world, ticket.id))
        give_back(handling, std::move(part), ordinal);
    settle_ticket(handling, std::move(ticket));
    return done(handling, {{"status", text_of(TicketStatus::kCancelled)}});
}

Outcome set_ticket_status(Handling& handling) {
    const auto& args = handling.as<SetTicketStatus>();
    std::optional<ServiceTicket> ticket;
    if (auto stopped = find_ticket(handling, args.ticket_id, ticket)) return *stopped;
    if (args.status == TicketStatus::kDone) return finish(handling, std::move(*ticket));
    if (!may_become(ticket->status, args.status))
        return wrong_state(ticket->status, text_of(args.status));
    if (args.status == TicketStatus::kCancelled) return cancel(handling, std::move(*ticket));
    ticket->status = args.status;
    if (args.status == TicketStatus::kCollected)
        ticket->collected_at = handling.command.occurred_at;
    note_reviews(handling, *ticket);
    handling.put(std::move(*ticket));
    return done(handling, {{"status", text_of(args.status)}});
}

template <typename Args, Outcome (*Handler)(Handling&)>
CommandSpec workshop_command(std::string_view name, Action action, std::vector<Code> refusals) {
    CommandSpec spec = central_command(name, Area::kTickets, action, describe<Args>(),
                                       &run_with<Args, Handler>, std::move(refusals));
    spec.from_terminal = true;
    return spec;
}

}  // namespace

std::vector<CommandSpec> workshop_commands() {
    using enum Code;
    const std::vector<Code> people = {kActorInactive, kActorRoleChanged};
    auto create = workshop_command<CreateTicket, &create_ticket>(
        "create_ticket", Action::kCreate,
        {kAlreadyDone, kNotFound, kNotAllowed, kInvalid, kVinInvalid});
    // Parts, labour and the invoice are built on it.
    create.others_build_on_it = true;
    create.contested = {kActorInactive, kActorRoleChanged, kCustomerArchived};
    CommandSpec update = central_command(
        "update_ticket", Area::kTickets, Action::kChange, update_args(), &update_ticket,
        {kNotFound, kNotAllowed, kWrongState, kInvalid, kVinInvalid});
    update.from_terminal = update.changes = true;
    auto assign = workshop_command<TicketMechanicArgs, &assign_mechanic>(
        "assign_mechanic", Action::kChange, {kNotFound, kNotAllowed, kWrongState, kInvalid});
    auto remove = workshop_command<TicketMechanicArgs, &remove_mechanic>(
        "remove_mechanic", Action::kChange, {kNotFound, kNotAllowed, kWrongState});
    auto edit = workshop_command<EditMechanics, &edit_mechanics>(
        "edit_mechanics", Action::kChange, {kNotFound, kNotAllowed, kWrongState, kInvalid});
    auto part =
        workshop_command<AddPart, &add_part>("add_part", Action::kChange,
                                             {kAlreadyDone, kNotFound, kNotAllowed, kWrongState,
                                              kInvalid, kForged, kTermsChanged, kCurrencyMismatch});
    part.records_what_happened = true;
    part.quote = &quote_add_part;
    part.contested = {kActorInactive, kActorRoleChanged, kOversold};
    auto part_out = workshop_command<RemovePart, &remove_part>(
        "remove_part", Action::kChange, {kNotFound, kNotAllowed, kAlreadyDone, kWrongState});
    part_out.records_what_happened = true;
    part_out.contested = people;
    auto labour = workshop_command<AddLabour, &add_labour>(
        "add_labour", Action::kChange,
        {kAlreadyDone, kNotFound, kNotAllowed, kWrongState, kInvalid, kForged, kTermsChanged,
         kCurrencyMismatch});
    labour.quote = &quote_add_labour;
    auto labour_out = workshop_command<RemoveLabour, &remove_labour>(
        "remove_labour", Action::kChange, {kNotFound, kNotAllowed, kAlreadyDone, kWrongState});
    auto status = workshop_command<SetTicketStatus, &set_ticket_status>(
        "set_ticket_status", Action::kChange,
        {kNotFound, kNotAllowed, kWrongState, kForged, kTermsChanged, kTermsDoNotAddUp});
    status.quote = &quote_status;
    // The invoice is handed out and paid on.
    status.others_build_on_it = true;
    status.contested = people;
    status.documents = {SeriesKind::kInvoice};
    return {std::move(create),     std::move(update), std::move(assign),   std::move(remove),
            std::move(edit),       std::move(part),   std::move(part_out), std::move(labour),
            std::move(labour_out), std::move(status)};
}

}  // namespace showfloor::domain
