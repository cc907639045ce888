// Tickets of the workshop: made, moved on, and the invoice of what is done. Who works on them and
// what goes into them: commands_ticket_mechanics.cpp, commands_ticket_work.cpp.

#include "domain/command_parts.hpp"
#include "domain/deal.hpp"
#include "domain/ticket_handling.hpp"
#include "domain/transitions_workshop.hpp"
#include "domain/vin.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct CreateTicket : ServiceTicket {};
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

}  // namespace

std::vector<CommandSpec> workshop_commands() {
    using enum Code;
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
    auto status = workshop_command<SetTicketStatus, &set_ticket_status>(
        "set_ticket_status", Action::kChange,
        {kNotFound, kNotAllowed, kWrongState, kForged, kTermsChanged, kTermsDoNotAddUp});
    status.quote = &quote_status;
    // The invoice is handed out and paid on.
    status.others_build_on_it = true;
    status.contested = {kActorInactive, kActorRoleChanged};
    status.documents = {SeriesKind::kInvoice};
    std::vector<CommandSpec> all = {std::move(create), std::move(update)};
    for (auto part : {ticket_mechanic_commands(), ticket_work_commands()})
        all.insert(all.end(), part.begin(), part.end());
    all.push_back(std::move(status));
    return all;
}

}  // namespace showfloor::domain
