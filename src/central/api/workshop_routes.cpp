// Writing in the workshop: tickets, their parts, labour and mechanics.

#include "central/api/goods.hpp"
#include "domain/records_workshop.hpp"

namespace showfloor::central {

namespace {

using domain::describe;

WriteRoute on_ticket(const char* method, std::string path, const char* command,
                     std::string_view argument, const domain::Description& target,
                     const domain::Description& answer, bool creates, const char* summary) {
    WriteRoute route{.method = method,
                     .path = std::move(path),
                     .operation = command,
                     .summary = summary,
                     .commands = {{"", command}},
                     .path_argument = argument,
                     .path_record = &target,
                     .answer_record = &answer};
    route.creates = creates;
    return route;
}

}  // namespace

std::vector<WriteRoute> workshop_routes() {
    const auto& ticket = describe<domain::ServiceTicket>();
    const auto& part = describe<domain::TicketPart>();
    const auto& labour = describe<domain::TicketLabour>();
    WriteRoute create{.method = "POST",
                      .path = "service-tickets",
                      .operation = "create_ticket",
                      .summary = "A vehicle comes to the workshop; customers may ask for it too.",
                      .commands = {{"", "create_ticket"}},
                      .answer_record = &ticket,
                      .creates = true};
    return {
        std::move(create),
        on_ticket("PATCH", "service-tickets/{id}", "update_ticket", "id", ticket, ticket, false,
                  "Change what a ticket says."),
        on_ticket("PATCH", "service-tickets/{id}/status", "set_ticket_status", "ticket_id", ticket,
                  ticket, false,
                  "Move a ticket on: done issues its invoice, cancelled gives its parts back."),
        on_ticket("POST", "service-tickets/{id}/parts", "add_part", "ticket_id", ticket, part, true,
                  "Build a part in: it is taken out of stock, at the product's own price."),
        on_ticket("DELETE", "ticket-parts/{id}", "remove_part", "part_id", part, part, false,
                  "Take a part out again: its stock is given back."),
        on_ticket("POST", "service-tickets/{id}/labour", "add_labour", "ticket_id", ticket, labour,
                  true, "Note minutes of work, at the branch's hour."),
        on_ticket("DELETE", "ticket-labour/{id}", "remove_labour", "labour_id", labour, labour,
                  false, "Take a line of labour off its ticket."),
        on_ticket("POST", "service-tickets/{id}/mechanics", "assign_mechanic", "ticket_id", ticket,
                  ticket, false, "Put a mechanic on a ticket; twice is once."),
        on_ticket("POST", "service-tickets/{id}/mechanics/remove", "remove_mechanic", "ticket_id",
                  ticket, ticket, false, "Take a mechanic off a ticket; twice is once."),
        on_ticket("PATCH", "service-tickets/{id}/mechanics", "edit_mechanics", "ticket_id", ticket,
                  ticket, false, "Several mechanics come and go at once, all or nothing."),
    };
}

}  // namespace showfloor::central
