// Who works on a ticket.

#include <algorithm>

#include "domain/ticket_handling.hpp"

namespace showfloor::domain {

namespace {

struct TicketMechanicArgs {
    Uuid ticket_id, mechanic_id;
};
struct EditMechanics {
    Uuid ticket_id;
    std::vector<std::string> add_ids, remove_ids;
};
}  // namespace

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

namespace {

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

}  // namespace

std::vector<CommandSpec> ticket_mechanic_commands() {
    using enum Code;
    auto assign = workshop_command<TicketMechanicArgs, &assign_mechanic>(
        "assign_mechanic", Action::kChange, {kNotFound, kNotAllowed, kWrongState, kInvalid});
    auto remove = workshop_command<TicketMechanicArgs, &remove_mechanic>(
        "remove_mechanic", Action::kChange, {kNotFound, kNotAllowed, kWrongState});
    auto edit = workshop_command<EditMechanics, &edit_mechanics>(
        "edit_mechanics", Action::kChange, {kNotFound, kNotAllowed, kWrongState, kInvalid});
    return {std::move(assign), std::move(remove), std::move(edit)};
}

}  // namespace showfloor::domain
