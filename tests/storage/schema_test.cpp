#include "storage/schema.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/file.hpp"
#include "database/migrator.hpp"
#include "domain/records.hpp"
#include "storage/schema_scripts.hpp"

using namespace showfloor;
using database::Connection;
using storage::Flavour;

namespace {

const std::string kRecordsFile = SHOWFLOOR_SOURCE_DIR "/schema/central/0001_records.sql";

std::string generated_script() {
    std::string text =
        "-- The records of src/domain/records.cpp as central keeps them. Generated: after a "
        "change\n"
        "-- of a description, run  SHOWFLOOR_WRITE_SCHEMA=1 build/bin/storage_test  and read the\n"
        "-- difference. Frozen at the first release; from then on changes are scripts of their "
        "own.\n";
    for (const std::string& statement : storage::schema_statements(Flavour::kCentral))
        text += "\n" + statement + ";\n";
    return text;
}

// "table: name type pk" and "index: name unique(columns and collations)" of the records' tables,
// without the indexes that only central's own lists need (0014_speed.sql).
std::set<std::string> shape_of(Connection& db) {
    std::set<std::string> shape;
    for (const auto* record : storage::records_of(Flavour::kCentral)) {
        const std::string table(record->name);
        const auto columns = db.rows("SELECT name, type, pk FROM pragma_table_info(?)", {table});
        REQUIRE(columns.ok());
        for (const auto& column : *columns) {
            shape.insert(table + ": " + std::get<std::string>(column[0]) + " " +
                         std::get<std::string>(column[1]) +
                         (column[2] == database::Cell{std::int64_t{0}} ? "" : " primary"));
        }
        const auto keys =
            db.rows("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?)", {table});
        REQUIRE(keys.ok());
        for (const auto& key : *keys)
            shape.insert(table + ": " + std::get<std::string>(key[0]) + " -> " +
                         std::get<std::string>(key[1]));
        const auto indexes = db.rows(
            "SELECT l.name, l.\"unique\", x.name, x.coll FROM pragma_index_list(?) AS l, "
            "pragma_index_xinfo(l.name) AS x WHERE x.key AND l.origin = 'c' AND l.name NOT LIKE "
            "'central\\_%' ESCAPE '\\'",
            {table});
        REQUIRE(indexes.ok());
        for (const auto& index : *indexes)
            shape.insert(std::get<std::string>(index[0]) +
                         (index[1] == database::Cell{std::int64_t{1}} ? " unique: " : ": ") +
                         std::get<std::string>(index[2]) + " " + std::get<std::string>(index[3]));
    }
    return shape;
}

std::string missing(const std::set<std::string>& from, const std::set<std::string>& in) {
    std::string text;
    for (const auto& line : from)
        if (!in.contains(line)) text += "\n  " + line;
    return text;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string all_statements(Flavour flavour) {
    std::string all;
    for (const auto& statement : storage::schema_statements(flavour))
        all += statement + ";\n";
    return all;
}

}  // namespace

TEST_CASE("schema/central: the migrations build what the descriptions say") {
    if (std::getenv("SHOWFLOOR_WRITE_SCHEMA") != nullptr) {
        REQUIRE(base::write_file(kRecordsFile, generated_script()).ok());
        MESSAGE("wrote ", kRecordsFile, "; configure and build again to have it inside");
        return;
    }
    auto migrated = std::move(*Connection::in_memory());
    const auto done = database::migrate(migrated, storage::schema_scripts("central"));
    REQUIRE_MESSAGE(done.ok(), done.error().message);
    auto described = std::move(*Connection::in_memory());
    for (const auto& statement : storage::schema_statements(Flavour::kCentral))
        REQUIRE(described.run(statement).ok());
    const auto has = shape_of(migrated);
    const auto wanted = shape_of(described);
    CHECK_MESSAGE(has == wanted,
                  "schema/central differs from the descriptions.\nmissing:", missing(wanted, has),
                  "\nno longer described:", missing(has, wanted),
                  "\nSHOWFLOOR_WRITE_SCHEMA=1 rewrites 0001_records.sql before the first release; "
                  "after it, add a script.");
}

TEST_CASE("schema: every flavour can be built, and every script of schema/ runs") {
    for (const auto flavour : {Flavour::kCentral, Flavour::kReplica, Flavour::kSnapshot}) {
        auto db = std::move(*Connection::in_memory());
        for (const auto& statement : storage::schema_statements(flavour)) {
            const auto done = db.run(statement);
            REQUIRE_MESSAGE(done.ok(), statement);
        }
    }
    auto outbox = std::move(*Connection::in_memory());
    const auto done = database::migrate(outbox, storage::schema_scripts("outbox"));
    CHECK_MESSAGE(done.ok(), done.error().message);
}

TEST_CASE("schema: nothing confidential has a place on a terminal") {
    for (const auto flavour : {Flavour::kReplica, Flavour::kSnapshot}) {
        for (const auto* record : storage::records_of(flavour)) {
            CHECK(record->synced != domain::Synced::kNever);
            for (const auto& column : storage::columns_of(*record, flavour)) {
                if (column.holds == storage::Column::Holds::kSealed) continue;
                const auto& field = record->fields[column.field];
                CAPTURE(std::string(record->name) + "." + column.name);
                CHECK(!field.confidential);
                if (column.holds == storage::Column::Holds::kField) {
                    CHECK(!field.personal);
                    CHECK(field.at_terminal);
                }
            }
        }
        const std::string all = all_statements(flavour);
        CHECK(!contains(all, "car_cost"));
        CHECK(!contains(all, "purchase_cost"));
        CHECK(!contains(all, "\"report\""));
        CHECK(!contains(all, "\"phone\" TEXT,\n    \"address\" TEXT,\n    \"image\""));
    }
}

TEST_CASE("schema: constraints live at central alone") {
    const std::string central = all_statements(Flavour::kCentral);
    CHECK(contains(central, "CREATE UNIQUE INDEX \"invoice_number\" ON \"invoice\" (\"number\")"));
    CHECK(contains(central, "(\"username\" COLLATE NOCASE)"));
    CHECK(contains(central, "\"branch_id\" TEXT REFERENCES \"branch\" (\"id\") DEFERRABLE"));
    for (const auto flavour : {Flavour::kReplica, Flavour::kSnapshot}) {
        const std::string terminal = all_statements(flavour);
        CHECK(!contains(terminal, "UNIQUE"));
        CHECK(!contains(terminal, "REFERENCES"));
        CHECK(!contains(terminal, "CHECK"));
    }
    CHECK(!contains(all_statements(Flavour::kSnapshot), "CREATE INDEX"));
}

TEST_CASE("schema: sign-in names are unique whatever the case") {
    auto db = std::move(*Connection::in_memory());
    REQUIRE(database::migrate(db, storage::schema_scripts("central")).ok());
    REQUIRE(db.run("INSERT INTO user(id, username) VALUES ('1', 'Ann')").ok());
    const auto doubled = db.run("INSERT INTO user(id, username) VALUES ('2', 'aNN')");
    REQUIRE(!doubled.ok());
    CHECK(doubled.error().code == "unique");
    CHECK(doubled.error().field == "username");
}

TEST_CASE("fingerprint: 64 hex digits, the same every time") {
    CHECK(storage::schema_fingerprint().size() == 64);
    CHECK(storage::schema_fingerprint() == storage::schema_fingerprint());
}
