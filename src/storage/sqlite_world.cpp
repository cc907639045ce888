#include "storage/sqlite_world.hpp"

#include <algorithm>

#include "storage/limits.hpp"
#include "storage/table.hpp"

namespace showfloor::storage {

namespace {

using base::ErrorKind;
using base::fail;
using database::Cell;
using database::sql_name;
using domain::Compare;
using domain::Description;
using domain::Field;
using domain::Query;
using domain::Row;
using domain::Where;

std::string dotted(const Description& record, std::string_view field) {
    return std::string(record.name) + "." + std::string(field);
}

// The field, when it can be asked for there.
base::Result<const Field*> searchable(const Description& record, std::string_view name,
                                      bool at_terminal) {
    const Field* field = record.find(name);
    if (field == nullptr) {
        return fail(ErrorKind::kInvalid, "There is no field " + dotted(record, name) + ".",
                    "unknown_field", std::string(name));
    }
    const bool has_column = field->personal || visible(*field, domain::View::kTerminal);
    if (at_terminal && !has_column) {
        return fail(ErrorKind::kInvalid,
                    dotted(record, name) + " is kept by central alone; ask central.",
                    "not_on_terminals", std::string(name));
    }
    return field;
}

std::string_view operator_of(Compare compare) {
    switch (compare) {
        case Compare::kEqual:
            return " = ?";
        case Compare::kNotEqual:
            return " IS NOT ?";
        case Compare::kLess:
            return " < ?";
        case Compare::kLessEqual:
            return " <= ?";
        case Compare::kGreater:
            return " > ?";
        case Compare::kGreaterEqual:
            return " >= ?";
    }
    return "";
}

base::Result<void> add_condition(const Description& record, const Where& where,
                                 const Sealer* sealer, Selection& selection) {
    SHOWFLOOR_ASSIGN(const Field* field, searchable(record, where.field, sealer != nullptr));
    std::string column(field->name);
    Cell value = to_cell(where.value);
    if (sealer != nullptr && field->personal) {
        if (!field->lookup || where.compare != Compare::kEqual) {
            return fail(ErrorKind::kInvalid,
                        dotted(record, field->name) +
                            " is sealed on a terminal; only looking up a whole phone number or "
                            "e-mail works.",
                        "sealed_field", column);
        }
        column += "_key";
        if (const auto* text = std::get_if<std::string>(&where.value)) {
            SHOWFLOOR_ASSIGN(auto key, sealer->lookup_key(dotted(record, field->name), *text));
            value = std::move(key);
        }
    }
    selection.sql += selection.values.empty() ? " WHERE " : " AND ";
    // A bound NULL is never equal to anything in SQL, and "IS ?" would lose the index's order.
    if (where.compare == Compare::kEqual && domain::is_null(where.value)) {
        selection.sql += sql_name(column) + " IS ?";
    } else {
        selection.sql += sql_name(column) + std::string(operator_of(where.compare));
    }
    selection.values.push_back(std::move(value));
    return {};
}

}  // namespace

base::Result<Selection> selection_of(const Description& record, const Query& query,
                                     const Sealer* sealer) {
    const bool at_terminal = sealer != nullptr;
    const Table& table = table_of(record, at_terminal ? Flavour::kReplica : Flavour::kCentral);
    Selection selection;
    selection.sql = "SELECT " + table.column_list + " FROM " +
                    sql_name(at_terminal ? now_name(record) : std::string(record.name));
    for (const Where& where : query.where)
        SHOWFLOOR_TRY(add_condition(record, where, sealer, selection));
    SHOWFLOOR_ASSIGN(const Field* by, searchable(record, query.order_by, at_terminal));
    if (at_terminal && by->personal) {
        return fail(ErrorKind::kInvalid,
                    dotted(record, by->name) + " is sealed on a terminal; sort by another field.",
                    "sealed_field", std::string(by->name));
    }
    selection.sql += " ORDER BY " + sql_name(by->name) + (query.descending ? " DESC" : "");
    if (by->name != "id") selection.sql += ", \"id\"";
    selection.sql += " LIMIT ? OFFSET ?";
    selection.values.emplace_back(static_cast<std::int64_t>(std::min(query.limit, kMostRows)));
    selection.values.emplace_back(static_cast<std::int64_t>(query.offset));
    return selection;
}

SqliteWorld::SqliteWorld(database::Connection& central) : connection_(central) {}
SqliteWorld::SqliteWorld(database::Connection& replica, const Sealer& sealer)
    : connection_(replica), sealer_(&sealer) {}

base::Result<std::optional<Row>> SqliteWorld::load(const Description& record,
                                                   const base::Uuid& id) {
    const Flavour flavour = overlaid() ? Flavour::kReplica : Flavour::kCentral;
    if (!has_table(record, flavour)) return std::optional<Row>();
    const Table& table = table_of(record, flavour);
    SHOWFLOOR_ASSIGN(auto statement,
                     connection_.prepare(overlaid() ? table.by_id_now : table.by_id));
    SHOWFLOOR_ASSIGN(const bool found, statement.bind(1, id.to_string()).step());
    if (!found) return std::optional<Row>();
    SHOWFLOOR_ASSIGN(Row row, decode(table, statement, sealer_));
    return std::optional<Row>(std::move(row));
}

base::Result<std::vector<Row>> SqliteWorld::select(const Description& record, const Query& query) {
    const Flavour flavour = overlaid() ? Flavour::kReplica : Flavour::kCentral;
    std::vector<Row> rows;
    if (!has_table(record, flavour)) return rows;
    const Table& table = table_of(record, flavour);
    SHOWFLOOR_ASSIGN(const Selection selection, selection_of(record, query, sealer_));
    SHOWFLOOR_ASSIGN(auto statement, connection_.prepare(selection.sql));
    statement.bind_all(selection.values);
    while (true) {
        SHOWFLOOR_ASSIGN(const bool found, statement.step());
        if (!found) return rows;
        SHOWFLOOR_ASSIGN(Row row, decode(table, statement, sealer_));
        rows.push_back(std::move(row));
    }
}

base::Result<void> SqliteWorld::store(const Description& record, const Row& row) {
    if (!overlaid()) {
        const Table& table = table_of(record, Flavour::kCentral);
        SHOWFLOOR_ASSIGN(const auto cells, encode(table, row, nullptr, Keep::kEverything));
        return connection_.run(table.upsert, cells);
    }
    return put_pending_row(connection_, *sealer_, record, row, mark_);
}

base::Result<void> put_pending_row(database::Connection& replica, const Sealer& sealer,
                                   const Description& record, const Row& row, PendingMark mark) {
    if (!has_table(record, Flavour::kReplica)) {
        return fail(std::string(record.name) +
                    " is kept by central alone and cannot be changed on a terminal; do it online.");
    }
    const Table& table = table_of(record, Flavour::kReplica);
    SHOWFLOOR_ASSIGN(auto cells, encode(table, row, &sealer, Keep::kEverything));
    cells.emplace_back(mark.seq);
    cells.emplace_back(std::int64_t{mark.in_doubt ? 1 : 0});
    return replica.run(table.upsert_pending, cells);
}

}  // namespace showfloor::storage
