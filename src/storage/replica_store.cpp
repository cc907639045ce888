#include "storage/replica_store.hpp"

#include <algorithm>

#include "database/transaction.hpp"
#include "storage/table.hpp"

namespace showfloor::storage {

namespace {

using base::ErrorKind;
using base::fail;
using database::Cell;
using database::sql_name;
using domain::Description;
using domain::Row;

base::Error not_kept(const Description& record) {
    return fail(ErrorKind::kInvalid,
                std::string(record.name) + " is not kept on terminals; the row was set aside.",
                "not_on_terminals");
}

std::int64_t integer(const Cell& cell) {
    const auto* number = std::get_if<std::int64_t>(&cell);
    return number == nullptr ? 0 : *number;
}

}  // namespace

base::Result<bool> has_schema(database::Connection& connection, Flavour flavour) {
    // Indexes that SQLite makes by itself have no text.
    SHOWFLOOR_ASSIGN(const auto found,
                     connection.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"));
    std::vector<std::string> there;
    for (const auto& row : found)
        there.push_back(std::get<std::string>(row.front()));
    std::vector<std::string> expected = schema_statements(flavour);
    std::sort(there.begin(), there.end());
    std::sort(expected.begin(), expected.end());
    return there == expected;
}

base::Result<void> ReplicaStore::create(database::Connection& replica) {
    SHOWFLOOR_ASSIGN(auto transaction, database::Transaction::begin(replica));
    for (const std::string& statement : schema_statements(Flavour::kReplica))
        SHOWFLOOR_TRY(replica.run(statement));
    SHOWFLOOR_TRY(replica.run("INSERT INTO \"meta\" VALUES (1, '', 0, 0, 0)"));
    return transaction.commit();
}

base::Result<bool> ReplicaStore::has_our_schema(database::Connection& replica) {
    return has_schema(replica, Flavour::kReplica);
}

base::Result<void> ReplicaStore::put_confirmed(const Description& record, const Row& row) {
    if (!has_table(record, Flavour::kReplica)) return not_kept(record);
    const Table& table = table_of(record, Flavour::kReplica);
    SHOWFLOOR_ASSIGN(const auto cells, encode(table, row, &sealer_, Keep::kTerminalView));
    return connection_.run(table.upsert, cells);
}

base::Result<void> ReplicaStore::remove_confirmed(const Description& record, const base::Uuid& id) {
    if (!has_table(record, Flavour::kReplica)) return not_kept(record);
    return connection_.run("DELETE FROM " + sql_name(record.name) + " WHERE \"id\" = ?",
                           {id.to_string()});
}

base::Result<void> ReplicaStore::put_pending(const Description& record, const Row& row,
                                             PendingMark mark) {
    return put_pending_row(connection_, sealer_, record, row, mark);
}

base::Result<void> ReplicaStore::clear_pending() {
    for (const Description* record : records_of(Flavour::kReplica))
        SHOWFLOOR_TRY(connection_.run("DELETE FROM " + sql_name(pending_name(*record))));
    return {};
}

base::Result<std::optional<PendingMark>> ReplicaStore::pending_mark(const Description& record,
                                                                    const base::Uuid& id) {
    if (!has_table(record, Flavour::kReplica)) return std::optional<PendingMark>();
    SHOWFLOOR_ASSIGN(const auto rows,
                     connection_.rows("SELECT \"seq\", \"in_doubt\" FROM " +
                                          sql_name(pending_name(record)) + " WHERE \"id\" = ?",
                                      {id.to_string()}));
    if (rows.empty()) return std::optional<PendingMark>();
    return std::optional(PendingMark{integer(rows[0][0]), integer(rows[0][1]) != 0});
}

base::Result<std::vector<std::pair<base::Uuid, PendingMark>>> ReplicaStore::pending_rows(
    const Description& record) {
    std::vector<std::pair<base::Uuid, PendingMark>> pending;
    if (!has_table(record, Flavour::kReplica)) return pending;
    SHOWFLOOR_ASSIGN(
        const auto rows,
        connection_.rows("SELECT \"id\", \"seq\", \"in_doubt\" FROM " +
                         sql_name(pending_name(record)) + " ORDER BY \"seq\", \"id\""));
    for (const auto& row : rows) {
        const auto id = base::Uuid::parse(std::get<std::string>(row[0]));
        if (!id) {
            return fail(ErrorKind::kDamaged, "A pending " + std::string(record.name) +
                                                 " has no readable id; the replica has to be made "
                                                 "anew.");
        }
        pending.emplace_back(*id, PendingMark{integer(row[1]), integer(row[2]) != 0});
    }
    return pending;
}

base::Result<std::optional<Row>> ReplicaStore::confirmed(const Description& record,
                                                         const base::Uuid& id) {
    if (!has_table(record, Flavour::kReplica)) return std::optional<Row>();
    const Table& table = table_of(record, Flavour::kReplica);
    SHOWFLOOR_ASSIGN(auto statement, connection_.prepare(table.by_id));
    SHOWFLOOR_ASSIGN(const bool found, statement.bind(1, id.to_string()).step());
    if (!found) return std::optional<Row>();
    SHOWFLOOR_ASSIGN(Row row, decode(table, statement, &sealer_));
    return std::optional<Row>(std::move(row));
}

base::Result<std::vector<std::pair<std::string_view, std::int64_t>>> ReplicaStore::counts() {
    std::vector<std::pair<std::string_view, std::int64_t>> all;
    for (const Description* record : records_of(Flavour::kReplica)) {
        const std::string confirmed = sql_name(record->name);
        const std::string pending = sql_name(pending_name(*record));
        // Confirmed rows, and those pending that stand over none. Counting the view would build it.
        SHOWFLOOR_ASSIGN(const Cell count,
                         connection_.value("SELECT (SELECT count(*) FROM " + confirmed +
                                           ") + (SELECT count(*) FROM " + pending +
                                           " AS p WHERE NOT EXISTS (SELECT 1 FROM " + confirmed +
                                           " AS c WHERE c.\"id\" = p.\"id\"))"));
        all.emplace_back(record->name, integer(count));
    }
    return all;
}

base::Result<ReplicaMeta> ReplicaStore::meta() {
    SHOWFLOOR_ASSIGN(const auto rows,
                     connection_.rows("SELECT \"epoch\", \"cursor\", \"replayed_seq\", \"version\" "
                                      "FROM \"meta\" WHERE \"one\" = 1"));
    if (rows.empty()) {
        return fail(ErrorKind::kDamaged,
                    "The replica does not say where it stands; it has to be made anew.");
    }
    return ReplicaMeta{std::get<std::string>(rows[0][0]), integer(rows[0][1]), integer(rows[0][2]),
                       integer(rows[0][3])};
}

base::Result<void> ReplicaStore::set_meta(const ReplicaMeta& meta) {
    return connection_.run(
        "UPDATE \"meta\" SET \"epoch\" = ?, \"cursor\" = ?, "
        "\"replayed_seq\" = ?, \"version\" = ?",
        {meta.epoch, meta.cursor, meta.replayed_seq, meta.version});
}

base::Result<void> ReplicaStore::bump_version() {
    return connection_.run("UPDATE \"meta\" SET \"version\" = \"version\" + 1");
}

base::Result<void> ReplicaStore::stage_page(std::int64_t page, std::string_view body) {
    SHOWFLOOR_ASSIGN(auto sealed, sealer_.seal("staging", std::to_string(page), body));
    return connection_.run(
        "INSERT INTO \"staging\" VALUES (?, ?) ON CONFLICT (\"page\") DO UPDATE "
        "SET \"body\" = excluded.\"body\"",
        {page, std::move(sealed)});
}

base::Result<std::optional<std::string>> ReplicaStore::staged_page(std::int64_t page) {
    SHOWFLOOR_ASSIGN(
        const Cell cell,
        connection_.value("SELECT \"body\" FROM \"staging\" WHERE \"page\" = ?", {page}));
    const auto* sealed = std::get_if<base::Bytes>(&cell);
    if (sealed == nullptr) return std::optional<std::string>();
    SHOWFLOOR_ASSIGN(auto body, sealer_.open("staging", std::to_string(page), *sealed));
    return std::optional<std::string>(std::move(body));
}

base::Result<std::int64_t> ReplicaStore::staged_pages() {
    SHOWFLOOR_ASSIGN(const Cell count, connection_.value("SELECT count(*) FROM \"staging\""));
    return integer(count);
}

base::Result<void> ReplicaStore::clear_staging() {
    return connection_.run("DELETE FROM \"staging\"");
}

}  // namespace showfloor::storage
