#pragma once
// What the commands of service tickets share; nothing outside src/domain includes it.
// Thread contract: pure functions over the Handling handed in.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/handlers.hpp"
#include "domain/ticket.hpp"

namespace showfloor::domain {

// Parts of workshop_commands(), a file each.
[[nodiscard]] std::vector<CommandSpec> ticket_mechanic_commands();
[[nodiscard]] std::vector<CommandSpec> ticket_work_commands();

[[nodiscard]] std::string_view text_of(TicketStatus status);
[[nodiscard]] Outcome wrong_state(TicketStatus from, std::string_view to);
[[nodiscard]] Outcome contested_at(const Handling& handling, std::string field);
void note_reviews(const Handling& handling, ServiceTicket& ticket);

// The ticket with the right to change it. Filled, or an outcome.
[[nodiscard]] std::optional<Outcome> find_ticket(Handling& handling, const Uuid& id,
                                                 std::optional<ServiceTicket>& ticket);
// Parts and labour go on a ticket that is worked on. What was done in the workshop was done.
[[nodiscard]] std::optional<Outcome> check_worked_on(Handling& handling,
                                                     const ServiceTicket& ticket);
// Somebody of this branch's workshop, still with us.
[[nodiscard]] std::optional<Outcome> check_mechanic(Handling& handling, const ServiceTicket& ticket,
                                                    const Uuid& id, const std::string& field);

// Works the sums out anew from all lines and puts the ticket; its lines are put before.
void settle_ticket(Handling& handling, ServiceTicket ticket);
// A part goes out of its ticket, its stock back to the batches it came from.
void give_back(Handling& handling, TicketPart part, int& ordinal);

// The frozen terms, or those of now when central decides on its own.
template <typename T>
[[nodiscard]] std::optional<Outcome> read_terms(Handling& handling, const base::Result<T>& now,
                                                T& terms) {
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

template <typename Args, Outcome (*Handler)(Handling&)>
[[nodiscard]] CommandSpec workshop_command(std::string_view name, Action action,
                                           std::vector<Code> refusals) {
    CommandSpec spec = central_command(name, Area::kTickets, action, describe<Args>(),
                                       &run_with<Args, Handler>, std::move(refusals));
    spec.from_terminal = true;
    return spec;
}

}  // namespace showfloor::domain
