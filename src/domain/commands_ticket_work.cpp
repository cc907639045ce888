// What goes into a ticket: parts out of stock and back into it, labour.

#include "domain/limits.hpp"
#include "domain/stock.hpp"
#include "domain/ticket_handling.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

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

}  // namespace

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

namespace {

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

}  // namespace

std::vector<CommandSpec> ticket_work_commands() {
    using enum Code;
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
    part_out.contested = {kActorInactive, kActorRoleChanged};
    auto labour = workshop_command<AddLabour, &add_labour>(
        "add_labour", Action::kChange,
        {kAlreadyDone, kNotFound, kNotAllowed, kWrongState, kInvalid, kForged, kTermsChanged,
         kCurrencyMismatch});
    labour.quote = &quote_add_labour;
    auto labour_out = workshop_command<RemoveLabour, &remove_labour>(
        "remove_labour", Action::kChange, {kNotFound, kNotAllowed, kAlreadyDone, kWrongState});
    return {std::move(part), std::move(part_out), std::move(labour), std::move(labour_out)};
}

}  // namespace showfloor::domain
