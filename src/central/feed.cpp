#include "central/feed.hpp"

#include <algorithm>

#include "central/store.hpp"
#include "database/transaction.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

// A page of this many bytes of values is sent although rows are left: signatures have 60 kB.
constexpr std::size_t kPageBytes = 8UL * 1024 * 1024;

struct Entry {
    std::string record, id;
    bool gone = false;
    std::int64_t change_no = 0;
};

base::Result<std::vector<Entry>> entries_after(database::Connection& connection,
                                               const std::vector<std::string>& scopes,
                                               std::int64_t cursor, int limit) {
    SHOWFLOOR_CHECK(scopes.size() == 3, "a terminal has three scopes");
    // Each part is read in order from feed_order; SQLite merges them and stops at the limit.
    SHOWFLOOR_ASSIGN(
        auto statement,
        connection.prepare("SELECT record, id, gone, change_no FROM feed "
                           "WHERE scope = ?1 AND change_no > ?4 UNION ALL "
                           "SELECT record, id, gone, change_no FROM feed "
                           "WHERE scope = ?2 AND change_no > ?4 UNION ALL "
                           "SELECT record, id, gone, change_no FROM feed "
                           "WHERE scope = ?3 AND change_no > ?4 ORDER BY change_no LIMIT ?5"));
    statement.bind(1, scopes[0]).bind(2, scopes[1]).bind(3, scopes[2]);
    statement.bind(4, cursor).bind(5, std::int64_t{limit});
    std::vector<Entry> entries;
    for (;;) {
        SHOWFLOOR_ASSIGN(const bool more, statement.step());
        if (!more) return entries;
        entries.push_back({statement.text(0), statement.text(1), statement.integer(2) != 0,
                           statement.integer(3)});
    }
}

// A row may leave one scope of the terminal and stand in another.
base::Result<bool> stands_elsewhere(database::Connection& connection,
                                    const std::vector<std::string>& scopes, const Entry& entry) {
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare("SELECT 1 FROM feed WHERE record = ?1 AND id = ?2 AND "
                                        "gone = 0 AND scope IN (?3, ?4, ?5)"));
    statement.bind(1, entry.record).bind(2, entry.id);
    statement.bind(3, scopes[0]).bind(4, scopes[1]).bind(5, scopes[2]);
    return statement.step();
}

std::size_t size_of(const domain::Row& row) {
    std::size_t size = 0;
    for (const domain::Value& value : row) {
        const auto* text = std::get_if<std::string>(&value);
        size += text == nullptr ? 8 : text->size();
    }
    return size;
}

base::Result<void> add_results(database::Connection& connection, const base::Uuid& terminal_id,
                               std::int64_t from, protocol::PullReply& reply) {
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare("SELECT seq, outcome, code, details FROM push_log WHERE "
                                        "terminal_id = ?1 AND feed_no > ?2 AND feed_no <= ?3 "
                                        "ORDER BY feed_no"));
    statement.bind(1, terminal_id.to_string()).bind(2, from).bind(3, reply.cursor);
    for (;;) {
        SHOWFLOOR_ASSIGN(const bool more, statement.step());
        if (!more) return {};
        SHOWFLOOR_ASSIGN(auto result, result_from_log(statement.integer(0), statement.text(1),
                                                      statement.text(2), statement.text(3)));
        reply.results.push_back(std::move(result));
    }
}

base::Result<std::int64_t> settled_up_to(database::Connection& connection,
                                         const base::Uuid& terminal_id, std::int64_t cursor) {
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare("SELECT seq FROM push_log WHERE terminal_id = ?1 AND "
                                        "feed_no <= ?2 ORDER BY feed_no DESC LIMIT 1"));
    statement.bind(1, terminal_id.to_string()).bind(2, cursor);
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    return found ? statement.integer(0) : 0;
}

}  // namespace

base::Result<FeedWriter> FeedWriter::begin(database::Connection& connection) {
    SHOWFLOOR_ASSIGN(const std::int64_t head, feed_head(connection));
    return FeedWriter(connection, head);
}

base::Result<void> FeedWriter::note(domain::World& world,
                                    const std::vector<domain::Change>& changes) {
    for (const domain::Change& change : changes) {
        if (change.record->synced == domain::Synced::kNever) continue;
        SHOWFLOOR_TRY(note_row(world, *change.record, change.after));
        for (const auto& [record, row] : dependants_of(world, change))
            SHOWFLOOR_TRY(note_row(world, *record, row));
    }
    if (world.failure()) return *world.failure();
    return {};
}

base::Result<void> FeedWriter::note_row(domain::World& world, const domain::Description& record,
                                        const domain::Row& row) {
    const std::vector<std::string> now = scopes_of(world, record, row);
    const std::string id = domain::row_id(row).to_string();
    const std::string name(record.name);
    std::vector<std::string> left;
    {
        SHOWFLOOR_ASSIGN(auto statement,
                         connection_.prepare("SELECT scope FROM feed WHERE record = ?1 AND "
                                             "id = ?2 AND gone = 0"));
        statement.bind(1, name).bind(2, id);
        for (;;) {
            SHOWFLOOR_ASSIGN(const bool more, statement.step());
            if (!more) break;
            std::string scope = statement.text(0);
            if (!std::binary_search(now.begin(), now.end(), scope))
                left.push_back(std::move(scope));
        }
    }
    const auto write = [&](const std::string& scope, bool gone) -> base::Result<void> {
        SHOWFLOOR_ASSIGN(auto statement,
                         connection_.prepare(
                             "INSERT INTO feed (record, id, scope, change_no, gone) VALUES "
                             "(?1, ?2, ?3, ?4, ?5) ON CONFLICT (record, id, scope) DO UPDATE SET "
                             "change_no = excluded.change_no, gone = excluded.gone"));
        statement.bind(1, name).bind(2, id).bind(3, scope);
        statement.bind(4, ++head_).bind(5, std::int64_t{gone ? 1 : 0});
        return statement.run();
    };
    for (const std::string& scope : left)
        SHOWFLOOR_TRY(write(scope, true));
    for (const std::string& scope : now)
        SHOWFLOOR_TRY(write(scope, false));
    return {};
}

base::Result<void> FeedWriter::finish() {
    if (head_ == stored_) return {};
    SHOWFLOOR_TRY(set_counter(connection_, "feed_head", head_));
    stored_ = head_;
    return {};
}

base::Result<std::int64_t> feed_head(database::Connection& connection) {
    return get_counter(connection, "feed_head");
}

std::vector<std::string> scopes_of_terminal(const base::Uuid& terminal_id,
                                            const base::Uuid& branch_id) {
    return {"public", "branch:" + branch_id.to_string(), "terminal:" + terminal_id.to_string()};
}

base::Result<protocol::PushResult> result_from_log(std::int64_t seq, std::string_view outcome,
                                                   std::string_view code,
                                                   std::string_view details) {
    protocol::PushResult result;
    result.seq = seq;
    for (const auto kind : {protocol::PushOutcome::kApplied, protocol::PushOutcome::kRefused,
                            protocol::PushOutcome::kDisputed, protocol::PushOutcome::kPoison}) {
        if (protocol::name_of(kind) == outcome) result.outcome = kind;
    }
    result.code = code;
    SHOWFLOOR_ASSIGN(result.details, base::parse_json(details, 1024UL * 1024));
    return result;
}

base::Result<protocol::PullReply> pull_page(database::Connection& connection,
                                            const base::Uuid& terminal_id,
                                            const base::Uuid& branch_id, std::int64_t cursor,
                                            int limit) {
    SHOWFLOOR_ASSIGN(auto reading,
                     database::Transaction::begin(connection, database::Transaction::Kind::kRead));
    SHOWFLOOR_ASSIGN(const std::int64_t head, feed_head(connection));
    SHOWFLOOR_ASSIGN(const std::int64_t horizon, get_counter(connection, "feed_horizon"));
    if (cursor < 0 || cursor > head || (cursor > 0 && cursor < horizon))
        return base::fail(base::ErrorKind::kNotFound,
                          "The feed no longer reaches back to this cursor; take a snapshot.",
                          "cursor_gone");
    limit = std::clamp(limit, 1, protocol::kMaxPullLimit);
    const auto scopes = scopes_of_terminal(terminal_id, branch_id);
    SHOWFLOOR_ASSIGN(auto entries, entries_after(connection, scopes, cursor, limit + 1));

    protocol::PullReply reply;
    reply.cursor = head;
    storage::SqliteWorld world(connection);
    std::size_t bytes = 0;
    std::size_t taken = 0;
    for (; taken < entries.size(); ++taken) {
        if (taken == static_cast<std::size_t>(limit) || bytes > kPageBytes) break;
        const Entry& entry = entries[taken];
        const domain::Description* record = domain::find_record(entry.record);
        const auto id = base::Uuid::parse(entry.id);
        if (record == nullptr || !id) continue;
        if (entry.gone) {
            SHOWFLOOR_ASSIGN(const bool stays, stands_elsewhere(connection, scopes, entry));
            if (!stays) reply.removed[entry.record].push_back(*id);
        } else if (const auto row = world.get_row(*record, *id)) {
            bytes += size_of(*row);
            reply.rows[entry.record].push_back(
                domain::row_to_json(*record, *row, domain::View::kTerminal));
        }
    }
    if (world.failure()) return *world.failure();
    if (taken < entries.size()) {
        reply.more = true;
        reply.cursor = entries[taken - 1].change_no;
    } else {
        SHOWFLOOR_ASSIGN(reply.last_seq, settled_up_to(connection, terminal_id, reply.cursor));
    }
    SHOWFLOOR_TRY(add_results(connection, terminal_id, cursor, reply));
    return reply;
}

base::Result<void> prune_feed(database::Connection& connection, std::int64_t change_no) {
    SHOWFLOOR_TRY(
        connection.run("DELETE FROM feed WHERE gone = 1 AND change_no <= ?1", {change_no}));
    SHOWFLOOR_ASSIGN(const std::int64_t horizon, get_counter(connection, "feed_horizon"));
    if (change_no <= horizon) return {};
    return set_counter(connection, "feed_horizon", change_no);
}

}  // namespace showfloor::central
