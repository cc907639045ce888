#include "central/quarantine.hpp"

#include <algorithm>
#include <charconv>

#include "domain/records.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

constexpr std::size_t kEnd = 6;  // of a command's id, in a reference

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return result;
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

// A document's number, of which the series ends where its figures begin.
struct Wanted {
    std::string end;     // of a command's id
    std::string prefix;  // "NBO-T01-", or nothing
    std::string series;
    std::int64_t n = -1;
};

Wanted wanted_of(std::string_view reference) {
    Wanted wanted;
    const std::size_t dash = reference.rfind('-');
    const std::size_t from = dash == std::string_view::npos ? 0 : dash + 1;
    wanted.prefix = upper(reference.substr(0, from));
    wanted.end = lower(reference.substr(from));
    const std::size_t figures = reference.find_last_not_of("0123456789") + 1;
    const std::string_view digits = reference.substr(figures);
    std::from_chars(digits.data(), digits.data() + digits.size(), wanted.n);
    wanted.series = upper(reference.substr(0, figures));
    return wanted;
}

}  // namespace

base::Result<std::vector<Quarantined>> find_quarantined(database::Connection& connection,
                                                        const domain::Actor& actor,
                                                        std::string_view reference) {
    const Wanted wanted = wanted_of(reference);
    // What is in the push log at its place is another entry where the journal did not hold.
    SHOWFLOOR_ASSIGN(
        auto statement,
        connection.prepare(
            "SELECT q.terminal_id, q.seq, q.reason, q.content, q.received_at, p.command_id, "
            "p.outcome FROM quarantine q LEFT JOIN push_log p ON p.terminal_id = q.terminal_id "
            "AND p.seq = q.seq AND p.outcome IN ('poison', 'refused') WHERE ?4 = '' OR "
            "substr(p.command_id, -6) = ?1 OR EXISTS (SELECT 1 FROM number_void v WHERE "
            "v.command_id = p.command_id AND v.series = ?2 AND v.n = ?3) "
            "ORDER BY q.number DESC"));
    statement.bind(1, wanted.end).bind(2, wanted.series).bind(3, wanted.n);
    statement.bind(4, std::string(reference));
    storage::SqliteWorld world(connection);
    std::vector<Quarantined> found;
    while (found.size() < kMaxQuarantineListed) {
        SHOWFLOOR_ASSIGN(const bool more, statement.step());
        if (!more) break;
        Quarantined one;
        one.terminal_id = base::Uuid::parse(statement.text(0)).value_or(base::Uuid{});
        one.seq = statement.integer(1);
        one.reason = statement.text(2);
        one.content = statement.text(3);
        one.received_at = statement.integer(4);
        if (!statement.is_null(5)) {
            one.command_id = base::Uuid::parse(statement.text(5)).value_or(base::Uuid{});
            one.outcome = statement.text(6);
        }
        if (const auto terminal = world.get<domain::Terminal>(one.terminal_id)) {
            one.branch_id = terminal->branch_id;
            const auto branch = world.get<domain::Branch>(terminal->branch_id);
            one.terminal = (branch ? branch->code : "?") + "-" + terminal->code;
        }
        if (!domain::may(actor, domain::Area::kTerminals, domain::Action::kRead,
                         {.branch_id = one.branch_id,
                          .owner_id = {},
                          .subject_role = domain::Role::kNobody,
                          .subject_id = {}}))
            continue;
        const std::string id = one.command_id.to_string();
        const std::string end = id.substr(id.size() - kEnd);
        if (!one.command_id.is_nil()) one.reference = one.terminal + "-" + upper(end);
        // Another terminal's, that ends alike.
        if (end == wanted.end && !wanted.prefix.empty() && wanted.prefix != one.terminal + "-")
            continue;
        found.push_back(std::move(one));
    }
    if (world.failure()) return *world.failure();
    return found;
}

}  // namespace showfloor::central
