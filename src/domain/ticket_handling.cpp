#include "domain/ticket_handling.hpp"

#include "domain/stock.hpp"
#include "domain/transitions_workshop.hpp"

namespace showfloor::domain {

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

std::optional<Outcome> find_ticket(Handling& handling, const Uuid& id,
                                   std::optional<ServiceTicket>& ticket) {
    ticket = handling.world.get<ServiceTicket>(id);
    if (!ticket) return refuse(Code::kNotFound, "ticket_id");
    return check_right(handling, Area::kTickets, Action::kChange, facts_about(handling, *ticket));
}

std::optional<Outcome> check_worked_on(Handling& handling, const ServiceTicket& ticket) {
    if (is_worked_on(ticket.status) || handling.tolerate(Code::kWrongState)) return std::nullopt;
    return wrong_state(ticket.status, text_of(TicketStatus::kInProgress));
}

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

std::optional<Outcome> check_mechanic(Handling& handling, const ServiceTicket& ticket,
                                      const Uuid& id, const std::string& field) {
    const auto user = handling.world.get<User>(id);
    if (!user) return refuse(Code::kNotFound, field);
    const bool fits = user->role == Role::kMechanic && user->branch_id == ticket.branch_id &&
                      user->status == UserStatus::kActive && !user->archived;
    if (!fits) return refuse(Code::kInvalid, field);
    return std::nullopt;
}

void give_back(Handling& handling, TicketPart part, int& ordinal) {
    give_back_stock(
        handling, {.kind = MovementKind::kGivenBack, .record = "ticket_part", .record_id = part.id},
        ordinal);
    part.archived = true;
    handling.put(std::move(part));
}

}  // namespace showfloor::domain
