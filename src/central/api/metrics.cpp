#include "central/api/metrics.hpp"

#include <filesystem>

#include "central/api/route.hpp"
#include "central/mail/mail_queue.hpp"

namespace showfloor::central {

namespace {

using database::Cell;

void add(std::string& out, const char* name, const char* type, const char* help,
         std::int64_t value) {
    out += std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " " + type + "\n" +
           name + " " + std::to_string(value) + "\n";
}

std::string in_seconds(std::int64_t ms) {
    std::string fraction = std::to_string(ms % 1000);
    fraction.insert(0, 3 - fraction.size(), '0');
    return std::to_string(ms / 1000) + "." + fraction;
}

base::Result<std::int64_t> count_of(database::Connection& connection, const char* sql,
                                    const std::vector<Cell>& values = {}) {
    SHOWFLOOR_ASSIGN(const Cell cell, connection.value(sql, values));
    const auto* number = std::get_if<std::int64_t>(&cell);
    return number != nullptr ? *number : 0;
}

// What the database knows: letters, terminals, what waits for a person.
base::Result<void> add_stored(database::Connection& connection, base::UtcMs now, std::string& out) {
    // Terminals ask at least every 75 seconds; three missed and one is away.
    constexpr std::int64_t kAwayMs = 225'000;
    SHOWFLOOR_ASSIGN(const MailFigures mail, mail_figures(connection));
    add(out, "showfloor_mail_waiting", "gauge", "Letters on their way.", mail.waiting);
    add(out, "showfloor_mail_stuck", "gauge", "Letters that need a person.", mail.stuck);
    add(out, "showfloor_mail_oldest_seconds", "gauge", "How long the oldest letter has waited.",
        mail.oldest_at == 0 ? 0 : (now - mail.oldest_at) / 1000);
    SHOWFLOOR_ASSIGN(const auto terminals,
                     count_of(connection,
                              "SELECT COUNT(*) FROM terminal WHERE archived = 0 AND status = "
                              "'active'"));
    add(out, "showfloor_terminals", "gauge", "Terminals that may speak.", terminals);
    SHOWFLOOR_ASSIGN(
        const auto online,
        count_of(connection,
                 "SELECT COUNT(*) FROM terminal t JOIN terminal_state x ON x.terminal_id = t.id "
                 "WHERE t.archived = 0 AND t.status = 'active' AND x.last_contact_at > ?",
                 {Cell(now - kAwayMs)}));
    add(out, "showfloor_terminals_online", "gauge", "Of those, heard of in the last minutes.",
        online);
    SHOWFLOOR_ASSIGN(const auto waiting, count_of(connection, "SELECT COUNT(*) FROM push_waiting"));
    add(out, "showfloor_push_waiting", "gauge", "Pushed commands that wait for another.", waiting);
    SHOWFLOOR_ASSIGN(const auto kept, count_of(connection, "SELECT COUNT(*) FROM quarantine"));
    add(out, "showfloor_quarantine", "gauge", "Pushed commands kept for an admin.", kept);
    SHOWFLOOR_ASSIGN(const auto changes,
                     count_of(connection, "SELECT COALESCE(MAX(change_no), 0) FROM feed"));
    add(out, "showfloor_feed_changes_total", "counter", "Changes told to terminals.", changes);
    return {};
}

}  // namespace

void Metrics::note(const Route* route, int status, std::int64_t took_ms) {
    const std::lock_guard lock(mutex_);
    Count& count = counts_[{route != nullptr ? route->operation : "none", status / 100}];
    ++count.requests;
    count.took_ms += took_ms;
}

base::Result<std::string> Metrics::text(Store& store) const {
    std::string out;
    add(out, "showfloor_up_seconds", "gauge", "Since this process began.",
        (clock_.boot_ms() - began_ms_) / 1000);
    std::error_code ignored;
    const auto bytes = std::filesystem::file_size(store.database_path(), ignored);
    add(out, "showfloor_database_bytes", "gauge", "Size of central.db.",
        ignored ? 0 : static_cast<std::int64_t>(bytes));
    {
        SHOWFLOOR_ASSIGN(auto reader, store.reader());
        SHOWFLOOR_TRY(add_stored(reader.connection(), clock_.wall(), out));
    }
    std::string took;
    out +=
        "# HELP showfloor_requests_total Answers of the REST API.\n"
        "# TYPE showfloor_requests_total counter\n";
    const std::lock_guard lock(mutex_);
    for (const auto& [key, count] : counts_) {
        const std::string labels =
            "{operation=\"" + key.first + "\",status=\"" + std::to_string(key.second) + "xx\"} ";
        out += "showfloor_requests_total" + labels + std::to_string(count.requests) + "\n";
        took += "showfloor_request_seconds_total" + labels + in_seconds(count.took_ms) + "\n";
    }
    out +=
        "# HELP showfloor_request_seconds_total Time spent on them.\n"
        "# TYPE showfloor_request_seconds_total counter\n" +
        took;
    return out;
}

}  // namespace showfloor::central
