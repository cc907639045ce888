#include "storage/schema.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "database/connection.hpp"
#include "domain/records.hpp"
#include "storage/table.hpp"

namespace showfloor::storage {

namespace {

using database::sql_name;
using domain::Description;
using domain::Field;
using domain::FieldType;

constexpr std::string_view kUnique = "unique:";

std::string_view sql_type(FieldType type) {
    switch (type) {
        case FieldType::kInteger:
        case FieldType::kBoolean:
        case FieldType::kTime:
            return "INTEGER";
        default:
            return "TEXT";
    }
}

// What people type to sign in is unique whatever the case.
bool ignores_case(const Description& record, std::string_view field) {
    return record.name == "user" && (field == "username" || field == "email");
}

std::string column_line(const Description& record, const Column& column, Flavour flavour) {
    std::string line = sql_name(column.name) + " " + std::string(column.type);
    if (column.name == "id") return line + " PRIMARY KEY NOT NULL";
    if (flavour != Flavour::kCentral) return line;
    const std::string_view target = record.fields[column.field].refers_to;
    // Deferred: one command writes rows that point to each other.
    if (!target.empty() && domain::find_record(target) != nullptr)
        line += " REFERENCES " + sql_name(target) + " (\"id\") DEFERRABLE INITIALLY DEFERRED";
    return line;
}

std::string create_table(const Description& record, Flavour flavour, bool pending) {
    const std::string name = pending ? pending_name(record) : std::string(record.name);
    std::string sql = "CREATE TABLE " + sql_name(name) + " (";
    const char* separator = "\n    ";
    for (const Column& column : columns_of(record, flavour)) {
        sql += separator + column_line(record, column, flavour);
        separator = ",\n    ";
    }
    if (pending) sql += ",\n    \"seq\" INTEGER NOT NULL,\n    \"in_doubt\" INTEGER NOT NULL";
    return sql + "\n) STRICT";
}

std::string create_view(const Description& record) {
    std::string columns;
    for (const Column& column : columns_of(record, Flavour::kReplica))
        columns += (columns.empty() ? "" : ", ") + sql_name(column.name);
    const std::string confirmed = sql_name(record.name);
    const std::string pending = sql_name(pending_name(record));
    return "CREATE VIEW " + sql_name(now_name(record)) + " AS\n    SELECT " + columns +
           "\n    FROM " + pending + "\n    UNION ALL\n    SELECT " + columns + "\n    FROM " +
           confirmed + "\n    WHERE NOT EXISTS (SELECT 1 FROM " + pending + " WHERE " + pending +
           ".\"id\" = " + confirmed + ".\"id\")";
}

std::string create_index(std::string_view table, const std::string& suffix,
                         const std::vector<std::string>& columns, bool unique) {
    std::string list;
    for (const std::string& column : columns)
        list += (list.empty() ? "" : ", ") + column;
    return std::string(unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") +
           sql_name(std::string(table) + suffix) + " ON " + sql_name(table) + " (" + list + ")";
}

// Adds one index of the description. Plain ones end with the id, which every order ends with.
void add_index(const Description& record, const std::vector<std::string_view>& fields,
               std::string_view table, Flavour flavour, std::vector<std::string>& statements) {
    std::string suffix;
    std::vector<std::string> columns;
    bool unique = false;
    bool any_case = false;
    for (std::string_view name : fields) {
        if (name.starts_with(kUnique)) {
            unique = flavour == Flavour::kCentral;
            name.remove_prefix(kUnique.size());
        }
        const Field& field = record.fields[record.index_of(name)];
        std::string column(name);
        if (flavour == Flavour::kReplica) {
            if (field.personal && !field.lookup) return;
            if (!field.personal && !visible(field, domain::View::kTerminal)) return;
            if (field.personal) column += "_key";
        }
        any_case = any_case || ignores_case(record, name);
        suffix += "_" + column;
        columns.push_back(sql_name(column));
    }
    if (unique && any_case) {
        std::vector<std::string> folded;
        for (const std::string& column : columns)
            folded.push_back(column + " COLLATE NOCASE");
        statements.push_back(create_index(table, suffix + "_any_case", folded, true));
        unique = false;
    }
    if (!unique) columns.push_back(sql_name("id"));
    statements.push_back(create_index(table, suffix, columns, unique));
}

void add_indexes(const Description& record, std::string_view table, Flavour flavour,
                 std::vector<std::string>& statements) {
    for (const auto& fields : record.indexes)
        add_index(record, fields, table, flavour, statements);
    // A terminal shows the newest cars before it has read them all.
    if (flavour == Flavour::kReplica && &record == &domain::describe<domain::Car>())
        add_index(record, {"availability", "created_at"}, table, flavour, statements);
}

}  // namespace

std::vector<Column> columns_of(const Description& record, Flavour flavour) {
    std::vector<Column> columns;
    std::vector<Column> keys;
    bool personal = false;
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const Field& field = record.fields[i];
        const std::string name(field.name);
        if (flavour == Flavour::kCentral) {
            columns.push_back({name, sql_type(field.type), Column::Holds::kField, i});
        } else if (field.personal) {
            personal = true;
            if (field.lookup) keys.push_back({name + "_key", "BLOB", Column::Holds::kLookupKey, i});
        } else if (visible(field, domain::View::kTerminal)) {
            columns.push_back({name, sql_type(field.type), Column::Holds::kField, i});
        }
    }
    SHOWFLOOR_CHECK(!columns.empty() && columns.front().name == "id", "a record begins with id");
    if (personal) columns.push_back({"sealed", "BLOB", Column::Holds::kSealed, 0});
    columns.insert(columns.end(), keys.begin(), keys.end());
    return columns;
}

bool has_table(const Description& record, Flavour flavour) {
    return flavour == Flavour::kCentral || record.synced != domain::Synced::kNever;
}

std::vector<const Description*> records_of(Flavour flavour) {
    std::vector<const Description*> records;
    for (const Description* record : domain::all_records())
        if (has_table(*record, flavour)) records.push_back(record);
    return records;
}

std::vector<std::string> schema_statements(Flavour flavour) {
    std::vector<std::string> statements;
    for (const Description* record : records_of(flavour)) {
        statements.push_back(create_table(*record, flavour, false));
        if (flavour == Flavour::kSnapshot) continue;
        add_indexes(*record, record->name, flavour, statements);
        if (flavour == Flavour::kCentral) continue;
        statements.push_back(create_table(*record, flavour, true));
        add_indexes(*record, pending_name(*record), flavour, statements);
        statements.push_back(create_view(*record));
    }
    if (flavour == Flavour::kCentral) return statements;
    statements.emplace_back(
        "CREATE TABLE \"meta\" (\n    \"one\" INTEGER PRIMARY KEY,\n    \"epoch\" TEXT NOT NULL,\n"
        "    \"cursor\" INTEGER NOT NULL,\n    \"replayed_seq\" INTEGER NOT NULL,\n"
        "    \"version\" INTEGER NOT NULL\n) STRICT");
    if (flavour == Flavour::kReplica) {
        statements.emplace_back(
            "CREATE TABLE \"staging\" (\n    \"page\" INTEGER PRIMARY KEY,\n"
            "    \"body\" BLOB NOT NULL\n) STRICT");
    }
    return statements;
}

const std::string& schema_fingerprint() {
    static const std::string fingerprint = [] {
        std::string all;
        for (const std::string& statement : schema_statements(Flavour::kReplica))
            all += statement + ";\n";
        return base::to_hex(crypto::sha256(all));
    }();
    return fingerprint;
}

}  // namespace showfloor::storage
