// src/domain/README.md's tables are printed from the code; SHOWFLOOR_WRITE_README=1 rewrites them.

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "domain/command.hpp"
#include "domain/rights.hpp"
#include "domain/transitions.hpp"
#include "domain/transitions_goods.hpp"
#include "domain/transitions_orders.hpp"
#include "domain/transitions_workshop.hpp"

namespace showfloor::domain {

namespace {

constexpr std::string_view kBegin = "<!-- printed from the code: begin -->\n";
constexpr std::string_view kEnd = "<!-- printed from the code: end -->\n";

std::string fields_of(const Description& args, bool changes) {
    std::string text;
    for (const Field& field : args.fields) {
        if (!text.empty()) text += ", ";
        text += std::string(field.name) +
                (field.required && (!changes || field.name == "id") ? "*" : "");
    }
    return text;
}

std::string codes_of(const std::vector<Code>& codes) {
    std::string text;
    for (const Code code : codes)
        text += (text.empty() ? "" : ", ") + std::string(name_of(code));
    return text.empty() ? "-" : text;
}

std::string who_may(const CommandSpec& spec) {
    if (spec.system_only) return "system";
    std::string text;
    for (std::size_t role = 0; role < kRoleNames.size(); ++role) {
        const Actor actor{
            .user_id = {}, .role = static_cast<Role>(role), .branch_id = {}, .system = false};
        Reach reach = reach_of(actor, spec.area, spec.action);
        const bool asks =
            reach == Reach::kNone && reach_of(actor, spec.area, Action::kAsk) != Reach::kNone;
        if (reach == Reach::kNone && !asks) continue;
        text += (text.empty() ? "" : ", ") + std::string(kRoleNames[role]) + " " +
                (asks ? "(asks)" : std::string(name_of(reach)));
    }
    return text;
}

void print_commands(std::ostream& out) {
    out << "## Commands\n\n"
           "● records what already happened: central never refuses it unless forged. * is "
           "required. "
           "Before its own refusals every command may be refused for: ";
    out << codes_of({general_refusals().begin(), general_refusals().end()}) << ".\n\n"
        << "| command | where | who | fields | refusals, in order | contested | numbers |\n"
           "|---|---|---|---|---|---|---|\n";
    for (const CommandSpec& spec : command_table()) {
        std::string documents;
        for (const SeriesKind kind : spec.documents)
            documents += letter_of(kind);
        out << "| " << (spec.records_what_happened ? "●" : "") << spec.name << " v" << spec.version
            << " | " << (spec.from_terminal ? "terminal" : "central") << " | " << who_may(spec)
            << " | " << fields_of(*spec.args, spec.changes) << (spec.changes ? " (changes)" : "")
            << " | " << codes_of(spec.refusals) << " | " << codes_of(spec.contested) << " | "
            << (documents.empty() ? "-" : documents) << " |\n";
    }
}

void print_rights(std::ostream& out) {
    out << "\n## Rights\n\nr read, c create, u change, d delete, a ask, w work.\n\n| |";
    for (const auto role : kRoleNames)
        out << " " << role << " |";
    out << "\n|---|";
    for (std::size_t i = 0; i < kRoleNames.size(); ++i)
        out << "---|";
    out << "\n";
    for (int area = 0; area <= static_cast<int>(Area::kTerminals); ++area) {
        out << "| " << name_of(static_cast<Area>(area)) << " |";
        for (std::size_t role = 0; role < kRoleNames.size(); ++role) {
            std::string cell;
            for (int reach = 1; reach <= static_cast<int>(Reach::kPublicFields); ++reach) {
                std::string letters;
                for (const Right& right : rights_table()) {
                    if (right.role == static_cast<Role>(role) &&
                        right.area == static_cast<Area>(area) &&
                        right.reach == static_cast<Reach>(reach))
                        letters += "rcudaw"[static_cast<std::size_t>(right.action)];
                }
                if (!letters.empty())
                    cell += (cell.empty() ? "" : ", ") + letters + " " +
                            std::string(name_of(static_cast<Reach>(reach)));
            }
            out << " " << (cell.empty() ? "-" : cell) << " |";
        }
        out << "\n";
    }
}

void print_transitions(std::ostream& out) {
    out << "\n## Transitions\n";
    const auto draw = [&out](std::string_view what, const auto& table, const auto& names) {
        out << "\n" << what << ":\n\n```mermaid\nstateDiagram-v2\n";
        for (const auto& [from, to] : table)
            out << "    " << names[static_cast<std::size_t>(from)] << " --> "
                << names[static_cast<std::size_t>(to)] << "\n";
        out << "```\n";
    };
    draw("Sale", sale_transitions(), kSaleStatusNames);
    draw("Payment", payment_transitions(), kPaymentStatusNames);
    draw("Lead", lead_transitions(), kLeadStatusNames);
    draw("Incoming order", incoming_transitions(), kIncomingStatusNames);
    draw("Service ticket", ticket_transitions(), kTicketStatusNames);
    draw("Delivery", delivery_transitions(), kDeliveryStatusNames);
    draw("Reservation", reservation_transitions(), kReservationStatusNames);
    draw("Outgoing order", order_transitions(), kOrderStatusNames);
    draw("Till", till_transitions(), kTillStatusNames);
    draw("Call for a seller", assistance_transitions(), kAssistanceStatusNames);
}

std::string read_all(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("README: its tables are those of the code") {
    const std::string path = std::string(SHOWFLOOR_SOURCE_DIR) + "/src/domain/README.md";
    std::string text = read_all(path);
    const auto begin = text.find(kBegin);
    const auto end = text.find(kEnd);
    REQUIRE(begin != std::string::npos);
    REQUIRE(end != std::string::npos);
    std::ostringstream printed;
    print_commands(printed);
    print_rights(printed);
    print_transitions(printed);
    const std::size_t from = begin + kBegin.size();
    if (std::getenv("SHOWFLOOR_WRITE_README") != nullptr) {
        text.replace(from, end - from, printed.str());
        std::ofstream(path, std::ios::binary) << text;
        return;
    }
    CHECK_MESSAGE(text.substr(from, end - from) == printed.str(),
                  "run domain_test with SHOWFLOOR_WRITE_README=1");
}

}  // namespace showfloor::domain
