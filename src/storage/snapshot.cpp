#include "storage/snapshot.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

#include "database/transaction.hpp"
#include "storage/replica_store.hpp"
#include "storage/table.hpp"

namespace showfloor::storage {

namespace {

using base::ErrorKind;
using base::fail;
using database::Cell;
using database::Connection;
using database::sql_name;
using database::Synchronous;
using database::Transaction;
using domain::Description;
using domain::Row;

void remove_file(const std::string& path) {
    std::remove(path.c_str());
    std::remove((path + "-journal").c_str());
}

// From the transfer's key to the terminal's own, and the lookup keys that did not travel.
base::Result<void> reseal(Connection& file, const Description& record, const Sealer& from,
                          const Sealer& to) {
    const Table& table = table_of(record, Flavour::kReplica);
    const bool personal =
        std::any_of(table.columns.begin(), table.columns.end(),
                    [](const auto& c) { return c.holds == Column::Holds::kSealed; });
    if (!personal) return {};
    // In steps over the id: a statement must not walk the table that it changes.
    SHOWFLOOR_ASSIGN(auto next,
                     file.prepare("SELECT " + table.column_list + " FROM " + sql_name(record.name) +
                                  " WHERE \"id\" > ? ORDER BY \"id\" LIMIT 1"));
    SHOWFLOOR_ASSIGN(auto write, file.prepare(table.upsert));
    std::string last;
    while (true) {
        SHOWFLOOR_ASSIGN(const bool found, next.bind(1, last).step());
        if (!found) return {};
        last = next.text(0);
        SHOWFLOOR_ASSIGN(const Row row, decode(table, next, &from));
        next.reset();
        SHOWFLOOR_ASSIGN(const auto cells, encode(table, row, &to, Keep::kTerminalView));
        SHOWFLOOR_TRY(write.bind_all(cells).run());
    }
}

// What a replica has beyond a snapshot: pending tables, views, indexes, staging.
base::Result<void> complete_schema(Connection& file) {
    const auto there = schema_statements(Flavour::kSnapshot);
    for (const std::string& statement : schema_statements(Flavour::kReplica)) {
        if (std::find(there.begin(), there.end(), statement) == there.end())
            SHOWFLOOR_TRY(file.run(statement));
    }
    return {};
}

// The version a reader saw last; 0 when the replica holds nothing of ours.
std::int64_t version_of(Connection& replica) {
    const auto version = replica.value("SELECT \"version\" FROM \"meta\"");
    const auto* number = version ? std::get_if<std::int64_t>(&*version) : nullptr;
    return number == nullptr ? 0 : *number;
}

base::Result<SnapshotMark> install(const std::string& path, const Sealer& from, const Sealer& to,
                                   Connection& replica) {
    // The whole file is read, indexed and copied once: a cache that holds it, for so long.
    constexpr int kInstallCacheKib = 64 * 1024;
    SHOWFLOOR_ASSIGN(auto file, Connection::open(path, {.must_exist = true,
                                                        .wal = false,
                                                        .synchronous = Synchronous::kOff,
                                                        .cache_kib = kInstallCacheKib}));
    SHOWFLOOR_TRY(file.check_integrity());
    SHOWFLOOR_ASSIGN(const bool ours, has_schema(file, Flavour::kSnapshot));
    if (!ours) {
        return fail(ErrorKind::kRefused,
                    "Central's snapshot has other tables than this terminal; update the older of "
                    "the two.",
                    "other_schema");
    }
    SnapshotMark mark;
    {
        SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(file));
        for (const Description* record : records_of(Flavour::kReplica))
            SHOWFLOOR_TRY(reseal(file, *record, from, to));
        SHOWFLOOR_TRY(complete_schema(file));
        ReplicaStore store(file, to);
        SHOWFLOOR_ASSIGN(ReplicaMeta meta, store.meta());
        mark = {meta.epoch, meta.cursor};
        meta.replayed_seq = 0;
        meta.version = version_of(replica) + 1;
        SHOWFLOOR_TRY(store.set_meta(meta));
        SHOWFLOOR_TRY(transaction.commit());
    }
    SHOWFLOOR_TRY(replica.replace_content_with(file));
    return mark;
}

}  // namespace

struct SnapshotWriter::State {
    std::string path;
    const Sealer* sealer;
    std::optional<Connection> file;
    std::optional<Transaction> transaction;

    [[nodiscard]] std::string beside() const { return path + ".new"; }
};

SnapshotWriter::SnapshotWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SnapshotWriter::SnapshotWriter(SnapshotWriter&&) noexcept = default;

SnapshotWriter::~SnapshotWriter() {
    if (!state_ || !state_->file) return;
    state_->transaction.reset();
    state_->file.reset();
    remove_file(state_->beside());
}

base::Result<SnapshotWriter> SnapshotWriter::create(const std::string& path, const Sealer& sealer,
                                                    const std::string& central_path) {
    auto state = std::make_unique<State>();
    state->path = path;
    state->sealer = &sealer;
    remove_file(state->beside());
    SHOWFLOOR_ASSIGN(
        state->file,
        Connection::open(state->beside(), {.wal = false, .synchronous = Synchronous::kOff}));
    SnapshotWriter writer(std::move(state));
    State& made = *writer.state_;
    if (!central_path.empty())
        SHOWFLOOR_TRY(made.file->run("ATTACH DATABASE ? AS central", {central_path}));
    // One that only reads so far: to begin by writing would lock central's database too.
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(*made.file, Transaction::Kind::kRead));
    made.transaction.emplace(std::move(transaction));
    for (const std::string& statement : schema_statements(Flavour::kSnapshot))
        SHOWFLOOR_TRY(made.file->run(statement));
    return writer;
}

base::Result<void> SnapshotWriter::add(const Description& record, const Row& row) {
    SHOWFLOOR_CHECK(state_->transaction.has_value(), "a finished snapshot takes no rows");
    if (!has_table(record, Flavour::kSnapshot)) {
        return fail(ErrorKind::kInvalid,
                    std::string(record.name) + " is not kept on terminals and was left out.",
                    "not_on_terminals");
    }
    const Table& table = table_of(record, Flavour::kSnapshot);
    SHOWFLOOR_ASSIGN(const auto cells, encode(table, row, state_->sealer, Keep::kTerminalView));
    return state_->file->run(table.upsert, cells);
}

base::Result<void> SnapshotWriter::add_from(Connection& central, const Description& record,
                                            const base::Uuid& id) {
    const Table& table = table_of(record, Flavour::kCentral);
    SHOWFLOOR_ASSIGN(auto statement, central.prepare(table.by_id));
    SHOWFLOOR_ASSIGN(const bool found, statement.bind(1, id.to_string()).step());
    if (!found) return {};
    SHOWFLOOR_ASSIGN(const Row row, decode(table, statement, nullptr));
    return add(record, row);
}

base::Result<void> SnapshotWriter::add_selected(const Description& record, std::string_view ids_sql,
                                                const std::vector<Cell>& values) {
    SHOWFLOOR_CHECK(state_->transaction.has_value(), "a finished snapshot takes no rows");
    Connection& file = *state_->file;
    const Table& table = table_of(record, Flavour::kSnapshot);
    const std::string from = " FROM central." + sql_name(record.name) + " WHERE \"id\" IN (" +
                             std::string(ids_sql) + ")";
    const bool sealed = std::any_of(table.columns.begin(), table.columns.end(),
                                    [](const auto& c) { return c.holds != Column::Holds::kField; });
    if (!sealed) {
        return file.run("INSERT INTO main." + sql_name(record.name) + " (" + table.column_list +
                            ") SELECT " + table.column_list + from,
                        values);
    }
    const Table& plain = table_of(record, Flavour::kCentral);
    SHOWFLOOR_ASSIGN(auto statement, file.prepare("SELECT " + plain.column_list + from));
    statement.bind_all(values);
    while (true) {
        SHOWFLOOR_ASSIGN(const bool found, statement.step());
        if (!found) return {};
        SHOWFLOOR_ASSIGN(const Row row, decode(plain, statement, nullptr));
        SHOWFLOOR_TRY(add(record, row));
    }
}

base::Result<Cell> SnapshotWriter::central_value(std::string_view sql) {
    return state_->file->value(sql);
}

base::Result<void> SnapshotWriter::finish(const SnapshotMark& mark) {
    SHOWFLOOR_CHECK(state_->transaction.has_value(), "a snapshot is finished once");
    SHOWFLOOR_TRY(state_->file->run("INSERT INTO \"meta\" VALUES (1, ?, ?, 0, 0)",
                                    {mark.epoch, mark.cursor}));
    SHOWFLOOR_TRY(state_->transaction->commit());
    state_->transaction.reset();
    state_->file.reset();
    if (std::rename(state_->beside().c_str(), state_->path.c_str()) != 0) {
        remove_file(state_->beside());
        return fail(ErrorKind::kDiskFull, "Cannot put the snapshot at " + state_->path +
                                              "; check the disk and the folder's rights.");
    }
    return {};
}

base::Result<SnapshotMark> install_snapshot(const std::string& snapshot_path, const Sealer& from,
                                            const Sealer& to, Connection& replica) {
    auto mark = install(snapshot_path, from, to, replica);
    remove_file(snapshot_path);
    return mark;
}

}  // namespace showfloor::storage
