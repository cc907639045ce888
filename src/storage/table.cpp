#include "storage/table.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "base/check.hpp"
#include "base/json.hpp"
#include "storage/limits.hpp"

namespace showfloor::storage {

namespace {

using base::ErrorKind;
using base::Json;
using database::Cell;
using database::sql_name;
using domain::Description;
using domain::Field;
using domain::FieldType;
using domain::Row;
using domain::Value;

// INSERT that replaces the row with the same id. Never INSERT OR REPLACE, which deletes first and
// so makes foreign keys look for children.
std::string upsert_sql(const std::string& table, const std::vector<Column>& columns, bool pending) {
    std::string names;
    std::string marks;
    std::string updates;
    const auto add = [&](const std::string& name, const std::string& update) {
        names += (names.empty() ? "" : ", ") + sql_name(name);
        marks += marks.empty() ? "?" : ", ?";
        if (!update.empty())
            updates += (updates.empty() ? "" : ", ") + sql_name(name) + " = " + update;
    };
    for (const Column& column : columns)
        add(column.name, column.name == "id" ? "" : "excluded." + sql_name(column.name));
    if (pending) {
        add("seq", "excluded.\"seq\"");
        // What is built on something in doubt is in doubt.
        add("in_doubt", "max(\"in_doubt\", excluded.\"in_doubt\")");
    }
    return "INSERT INTO " + sql_name(table) + " (" + names + ") VALUES (" + marks +
           ") ON CONFLICT (\"id\") DO UPDATE SET " + updates;
}

std::unique_ptr<Table> make_table(const Description& record, Flavour flavour) {
    auto table = std::make_unique<Table>();
    table->record = &record;
    table->flavour = flavour;
    table->columns = columns_of(record, flavour);
    for (const Column& column : table->columns)
        table->column_list += (table->column_list.empty() ? "" : ", ") + sql_name(column.name);
    const auto by_id = [&](const std::string& from) {
        return "SELECT " + table->column_list + " FROM " + sql_name(from) + " WHERE \"id\" = ?";
    };
    const std::string name(record.name);
    table->by_id = by_id(name);
    table->upsert = upsert_sql(name, table->columns, false);
    if (flavour == Flavour::kReplica) {
        table->by_id_now = by_id(now_name(record));
        table->upsert_pending = upsert_sql(pending_name(record), table->columns, true);
    }
    return table;
}

bool has_type_of(const Field& field, const Value& value) {
    if (domain::is_null(value)) return true;
    switch (field.type) {
        case FieldType::kInteger:
        case FieldType::kBoolean:
        case FieldType::kTime:
            return std::holds_alternative<std::int64_t>(value);
        default:
            return std::holds_alternative<std::string>(value);
    }
}

bool kept(const Field& field, Keep keep) {
    return keep == Keep::kEverything || visible(field, domain::View::kTerminal);
}

// The personal fields of a row as one sealed cell; NULL when it has none.
base::Result<Cell> sealed_cell(const Description& record, const Row& row, const Sealer& sealer,
                               Keep keep) {
    Json personal = Json::object();
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const Field& field = record.fields[i];
        if (!field.personal || !kept(field, keep) || domain::is_null(row[i])) continue;
        Json& entry = personal[std::string(field.name)];
        if (const auto* number = std::get_if<std::int64_t>(&row[i])) {
            entry = *number;
        } else {
            entry = std::get<std::string>(row[i]);
        }
    }
    if (personal.empty()) return Cell{};
    SHOWFLOOR_ASSIGN(auto sealed, sealer.seal(record.name, std::get<std::string>(row.front()),
                                              base::dump_json(personal)));
    return Cell{std::move(sealed)};
}

base::Result<void> open_sealed(const Description& record, const base::Bytes& sealed,
                               const Sealer& sealer, Row& row) {
    SHOWFLOOR_ASSIGN(const std::string text,
                     sealer.open(record.name, std::get<std::string>(row.front()), sealed));
    SHOWFLOOR_ASSIGN(const Json personal, base::parse_json(text, kLargestSealed));
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const Field& field = record.fields[i];
        if (!field.personal) continue;
        const auto entry = personal.find(field.name);
        if (entry == personal.end()) continue;
        if (entry->is_number_integer()) row[i] = entry->get<std::int64_t>();
        if (entry->is_string()) row[i] = entry->get<std::string>();
    }
    return {};
}

}  // namespace

std::string pending_name(const Description& record) {
    return std::string(record.name) + "_pending";
}
std::string now_name(const Description& record) {
    return std::string(record.name) + "_now";
}

const Table& table_of(const Description& record, Flavour flavour) {
    static std::mutex mutex;
    static std::map<std::pair<const Description*, Flavour>, std::unique_ptr<Table>> tables;
    SHOWFLOOR_CHECK(has_table(record, flavour), "the record has no table there");
    const std::scoped_lock lock(mutex);
    auto& table = tables[{&record, flavour}];
    if (!table) table = make_table(record, flavour);
    return *table;
}

Cell to_cell(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return {};
}

base::Result<std::vector<Cell>> encode(const Table& table, const Row& row, const Sealer* sealer,
                                       Keep keep) {
    const Description& record = *table.record;
    SHOWFLOOR_CHECK(row.size() == record.fields.size(), "a row does not fit its description");
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (has_type_of(record.fields[i], row[i]) && (i > 0 || !domain::is_null(row[i]))) continue;
        return base::fail(ErrorKind::kInvalid,
                          std::string(record.name) + "." + std::string(record.fields[i].name) +
                              " has a value of the wrong type; the record was not stored.",
                          "wrong_type", std::string(record.fields[i].name));
    }
    std::vector<Cell> cells;
    cells.reserve(table.columns.size() + 2);  // seq and in_doubt may follow
    for (const Column& column : table.columns) {
        const Field& field = record.fields[column.field];
        const Value& value = row[column.field];
        switch (column.holds) {
            case Column::Holds::kField:
                cells.push_back(to_cell(value));
                break;
            case Column::Holds::kSealed: {
                SHOWFLOOR_ASSIGN(auto cell, sealed_cell(record, row, *sealer, keep));
                cells.push_back(std::move(cell));
                break;
            }
            case Column::Holds::kLookupKey: {
                const auto* text = std::get_if<std::string>(&value);
                // A snapshot travels without keys; who installs it makes them under its own.
                if (text == nullptr || !kept(field, keep) || table.flavour == Flavour::kSnapshot) {
                    cells.emplace_back();
                    break;
                }
                SHOWFLOOR_ASSIGN(
                    auto key, sealer->lookup_key(
                                  std::string(record.name) + "." + std::string(field.name), *text));
                cells.emplace_back(std::move(key));
                break;
            }
        }
    }
    return cells;
}

base::Result<Row> decode(const Table& table, const database::Statement& statement,
                         const Sealer* sealer) {
    Row row(table.record->fields.size());
    int position = 0;
    for (const Column& column : table.columns) {
        const int at = position++;
        if (column.holds == Column::Holds::kLookupKey || statement.is_null(at)) continue;
        if (column.holds == Column::Holds::kSealed) {
            SHOWFLOOR_TRY(open_sealed(*table.record, statement.bytes(at), *sealer, row));
        } else if (column.type == "INTEGER") {
            row[column.field] = statement.integer(at);
        } else {
            row[column.field] = statement.text(at);
        }
    }
    return row;
}

}  // namespace showfloor::storage
