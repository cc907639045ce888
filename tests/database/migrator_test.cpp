#include "database/migrator.hpp"

#include <doctest/doctest.h>

#include "database/transaction.hpp"
#include "support/fresh_folder.hpp"

using namespace showfloor;
using base::ErrorKind;
using database::Cell;
using database::Connection;
using database::migrate;
using database::Script;

namespace {

const std::vector<Script> kScripts = {
    {1, "0001_first", "CREATE TABLE a(x); INSERT INTO a VALUES (1);"},
    {2, "0002_second", "CREATE TABLE b(x);\nINSERT INTO b SELECT x + 1 FROM a;"},
};

std::span<const Script> first(std::size_t count) {
    return std::span(kScripts).first(count);
}

std::string schema(Connection& db) {
    const auto cell = db.value("SELECT group_concat(sql, char(10)) FROM sqlite_schema");
    REQUIRE(cell.ok());
    const auto* text = std::get_if<std::string>(&*cell);
    return text == nullptr ? std::string() : *text;
}

}  // namespace

TEST_CASE("migrate: scripts run once, in order, and later ones catch up") {
    auto db = std::move(*Connection::in_memory());
    CHECK(database::check_migrated(db, kScripts).error().code == "older_database");
    CHECK(*migrate(db, first(1)) == 1);
    CHECK(*migrate(db, kScripts) == 1);
    CHECK(*migrate(db, kScripts) == 0);
    CHECK(*db.value("SELECT x FROM b") == Cell{std::int64_t{2}});
    CHECK(database::check_migrated(db, kScripts).ok());
}

TEST_CASE("migrate: a newer database is refused and untouched") {
    auto db = std::move(*Connection::in_memory());
    REQUIRE(migrate(db, kScripts).ok());
    const auto before = schema(db);
    const auto changes = db.total_changes();
    const auto refused = migrate(db, first(1));
    REQUIRE(!refused.ok());
    CHECK(refused.error().kind == ErrorKind::kRefused);
    CHECK(refused.error().code == "newer_database");
    CHECK(refused.error().message.find("newer") != std::string::npos);
    CHECK(schema(db) == before);
    CHECK(db.total_changes() == changes);
    CHECK(database::check_migrated(db, first(1)).error().code == "newer_database");
}

TEST_CASE("migrate: a script with another text than the one applied is noticed") {
    auto db = std::move(*Connection::in_memory());
    REQUIRE(migrate(db, first(1)).ok());
    auto changed = kScripts;
    changed[0].sql += " -- harmless?";
    CHECK(migrate(db, changed).error().code == "changed_script");
    CHECK(schema(db).find("CREATE TABLE b") == std::string::npos);
    auto windows = kScripts;
    windows[1].sql = "CREATE TABLE b(x);\r\nINSERT INTO b SELECT x + 1 FROM a;";
    CHECK(*migrate(db, windows) == 1);
    CHECK(migrate(db, kScripts).ok());  // line ends do not matter
}

TEST_CASE("migrate: a script that fails leaves the database at the one before") {
    auto db = std::move(*Connection::in_memory());
    auto broken = kScripts;
    broken[1].sql += "; INSERT INTO nowhere VALUES (1)";
    CHECK(!migrate(db, broken).ok());
    CHECK(!db.in_transaction());
    CHECK(schema(db).find("CREATE TABLE b") == std::string::npos);
    CHECK(database::check_migrated(db, first(1)).ok());
    CHECK(*migrate(db, kScripts) == 1);
}

TEST_CASE("migrate: foreign keys sleep during scripts, are checked after, and come back") {
    testing::FreshFolder folder;
    auto db = std::move(*Connection::open(folder / "a.db", {.foreign_keys = true}));
    std::vector<Script> scripts = {
        {1, "0001",
         "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(p REFERENCES p(id));"
         "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)"},
        {2, "0002",
         "CREATE TABLE n(id INTEGER PRIMARY KEY, extra); INSERT INTO n(id) SELECT id "
         "FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p"},
        {3, "0003", "DELETE FROM p"},
    };
    const auto dangling = migrate(db, scripts);
    REQUIRE(!dangling.ok());
    CHECK(dangling.error().kind == ErrorKind::kDamaged);
    CHECK(*db.value("SELECT count(*) FROM p") == Cell{std::int64_t{1}});
    CHECK(*db.value("PRAGMA foreign_keys") == Cell{std::int64_t{1}});
    CHECK(database::check_migrated(db, std::span(scripts).first(2)).ok());
}
