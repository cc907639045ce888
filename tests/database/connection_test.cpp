#include "database/connection.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "database/transaction.hpp"
#include "support/faulty_vfs.hpp"
#include "support/fresh_folder.hpp"

using namespace showfloor;
using base::ErrorKind;
using database::Cell;
using database::Connection;
using database::Options;
using testing::FaultyVfs;
using testing::FreshFolder;

namespace {

std::int64_t number(base::Result<Cell> cell) {
    REQUIRE_MESSAGE(cell.ok(), cell.error().message);
    return std::get<std::int64_t>(*cell);
}

Connection opened(const std::string& path, const Options& options = {}) {
    auto connection = Connection::open(path, options);
    REQUIRE_MESSAGE(connection.ok(), connection.error().message);
    return std::move(*connection);
}

void fill(Connection& db, int rows) {
    auto transaction = database::Transaction::begin(db);
    REQUIRE(transaction.ok());
    for (int i = 0; i < rows; ++i)
        REQUIRE(db.run("INSERT INTO t(b) VALUES (?)", {std::string(100, 'x')}).ok());
    REQUIRE(transaction->commit().ok());
}

}  // namespace

TEST_CASE("open: every kind of value comes back as it was bound") {
    FreshFolder folder;
    auto db = opened(folder / "a.db");
    REQUIRE(db.execute_script("CREATE TABLE t(a, b)").ok());
    const std::vector<Cell> values = {Cell{},
                                      Cell{std::int64_t{-5}},
                                      Cell{std::string("a\0b", 3)},
                                      Cell{std::string()},
                                      Cell{base::Bytes{0, 1, 255}},
                                      Cell{base::Bytes{}}};
    for (const Cell& value : values) {
        REQUIRE(db.run("DELETE FROM t").ok());
        REQUIRE(db.run("INSERT INTO t(a) VALUES (?)", {value}).ok());
        const auto back = db.value("SELECT a FROM t");
        REQUIRE(back.ok());
        CHECK(*back == value);
    }
}

TEST_CASE("open: files are readable by their owner alone") {
    FreshFolder folder;
    auto db = opened(folder / "a.db");
    REQUIRE(db.run("CREATE TABLE t(a)").ok());
    for (const char* name : {"a.db", "a.db-wal", "a.db-shm"}) {
        struct stat status {};
        REQUIRE(::stat((folder / name).c_str(), &status) == 0);
        CHECK((status.st_mode & 0777) == 0600);
    }
}

TEST_CASE("open: absent, unreachable and foreign files are told apart") {
    FreshFolder folder;
    CHECK(Connection::open(folder / "none.db", {.read_only = true}).error().kind ==
          ErrorKind::kNotFound);
    CHECK(Connection::open(folder / "none.db", {.must_exist = true}).error().kind ==
          ErrorKind::kNotFound);
    CHECK(Connection::open(folder / "no/such/folder.db").error().kind == ErrorKind::kNotFound);
    std::ofstream(folder / "letter.db") << std::string(5000, 'a');
    const auto letter = Connection::open(folder / "letter.db");
    REQUIRE(!letter.ok());
    CHECK(letter.error().kind == ErrorKind::kDamaged);
}

TEST_CASE("read-only: reads what writers commit and writes nothing") {
    FreshFolder folder;
    auto writer = opened(folder / "a.db");
    REQUIRE(writer.run("CREATE TABLE t(a)").ok());
    auto reader = opened(folder / "a.db", {.read_only = true});
    const auto before = reader.data_version();
    REQUIRE(writer.run("INSERT INTO t VALUES (7)").ok());
    CHECK(number(reader.value("SELECT a FROM t")) == 7);
    CHECK(*reader.data_version() != *before);
    const auto refused = reader.run("INSERT INTO t VALUES (8)");
    REQUIRE(!refused.ok());
    CHECK(refused.error().kind == ErrorKind::kDiskFull);
}

TEST_CASE("statement: the same one in use twice gives two, and both go back to the cache") {
    auto db = std::move(*Connection::in_memory());
    REQUIRE(db.execute_script("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)").ok());
    {
        auto outer = std::move(*db.prepare("SELECT a FROM t ORDER BY a"));
        REQUIRE(*outer.step());
        auto inner = std::move(*db.prepare("SELECT a FROM t ORDER BY a"));
        REQUIRE(*inner.step());
        REQUIRE(*inner.step());
        CHECK(inner.integer(0) == 2);
        CHECK(outer.integer(0) == 1);
    }
    auto again = std::move(*db.prepare("SELECT a FROM t ORDER BY a"));
    REQUIRE(*again.step());
    CHECK(again.integer(0) == 1);
}

TEST_CASE("statement: more shapes than are kept all work") {
    auto db = std::move(*Connection::in_memory());
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < static_cast<int>(database::kStatementsKept) + 50; ++i)
            REQUIRE(number(db.value("SELECT " + std::to_string(i))) == i);
    }
}

TEST_CASE("statement: a value that was bound does not stay for the next use") {
    auto db = std::move(*Connection::in_memory());
    REQUIRE(db.value("SELECT ?", {std::int64_t{3}}).ok());
    CHECK(*db.value("SELECT ?") == Cell{});
}

TEST_CASE("statement: binding a parameter that is not there is an error, not silence") {
    auto db = std::move(*Connection::in_memory());
    CHECK(!db.value("SELECT ?", {std::int64_t{1}, std::int64_t{2}}).ok());
    CHECK(!db.run("SELECT nonsense").ok());
}

TEST_CASE("constraint: unique and foreign keys are refusals that name themselves") {
    FreshFolder folder;
    auto db = opened(folder / "a.db", {.foreign_keys = true});
    REQUIRE(db.execute_script("CREATE TABLE p(id INTEGER PRIMARY KEY, vin TEXT UNIQUE);"
                              "CREATE TABLE c(p REFERENCES p(id) DEFERRABLE INITIALLY DEFERRED);"
                              "INSERT INTO p VALUES (1, 'v')")
                .ok());
    const auto doubled = db.run("INSERT INTO p VALUES (2, 'v')");
    REQUIRE(!doubled.ok());
    CHECK(doubled.error().kind == ErrorKind::kRefused);
    CHECK(doubled.error().code == "unique");
    CHECK(doubled.error().field == "vin");
    auto transaction = database::Transaction::begin(db);
    CHECK(!db.has_deferred_violations());
    REQUIRE(db.run("INSERT INTO c VALUES (9)").ok());
    CHECK(db.has_deferred_violations());
    const auto committed = transaction->commit();
    REQUIRE(!committed.ok());
    CHECK(committed.error().code == "foreign_key");
    CHECK(!db.in_transaction());
    CHECK(number(db.value("SELECT count(*) FROM c")) == 0);
}

TEST_CASE("busy: a second writer is told to try again") {
    FreshFolder folder;
    auto one = opened(folder / "a.db");
    auto two = opened(folder / "a.db", {.busy_timeout_ms = 0});
    auto held = database::Transaction::begin(one);
    REQUIRE(held.ok());
    const auto refused = database::Transaction::begin(two);
    REQUIRE(!refused.ok());
    CHECK(refused.error().kind == ErrorKind::kBusy);
    CHECK(database::Transaction::begin(two, database::Transaction::Kind::kRead).ok());
}

TEST_CASE("disk full: the change is refused in words, what was committed stays") {
    FreshFolder folder;
    FaultyVfs disk;
    auto db = opened(folder / "a.db", {.vfs = disk.name()});
    REQUIRE(db.execute_script("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)").ok());
    fill(db, 100);
    disk.calm();
    disk.full_after_bytes = 20'000;
    base::Error error;
    for (int i = 0; i < 1000 && error.message.empty(); ++i) {
        const auto done = db.run("INSERT INTO t(b) VALUES (?)", {std::string(1000, 'y')});
        if (!done) error = done.error();
    }
    CHECK(error.kind == ErrorKind::kDiskFull);
    CHECK(error.message.find("free some disk space") != std::string::npos);
    CHECK(error.message.find("INSERT") == std::string::npos);
    disk.calm();
    CHECK(number(db.value("SELECT count(*) FROM t WHERE b LIKE 'x%'")) == 100);
    CHECK(db.check_integrity().ok());
    CHECK(db.run("INSERT INTO t(b) VALUES ('z')").ok());
}

TEST_CASE("disk: whichever write or sync fails, a transaction is there whole or not at all") {
    for (const bool sync : {false, true}) {
        for (std::int64_t n = 1; n <= 12; ++n) {
            CAPTURE(sync);
            CAPTURE(n);
            FreshFolder folder;
            FaultyVfs disk;
            bool committed = false;
            {
                auto db = opened(folder / "a.db", {.vfs = disk.name()});
                REQUIRE(db.execute_script("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)").ok());
                disk.calm();
                (sync ? disk.fail_from_sync : disk.fail_from_write) = n;
                auto transaction = database::Transaction::begin(db);
                REQUIRE(transaction.ok());
                bool good = true;
                for (int i = 0; i < 10 && good; ++i)
                    good = db.run("INSERT INTO t(b) VALUES (?)", {std::string(1500, 'x')}).ok();
                const auto result = good ? transaction->commit() : base::fail("a write failed");
                committed = result.ok();
                if (!committed && good) CHECK(result.error().kind == ErrorKind::kDiskFull);
            }
            disk.calm();
            auto db = opened(folder / "a.db");
            CHECK(db.check_integrity().ok());
            const auto rows = number(db.value("SELECT count(*) FROM t"));
            if (committed) CHECK(rows == 10);
            if (!committed) CHECK((rows == 0 || rows == 10));
        }
    }
}

TEST_CASE("read-only disk: said as such, and reading goes on") {
    FreshFolder folder;
    FaultyVfs disk;
    auto db = opened(folder / "a.db", {.vfs = disk.name()});
    REQUIRE(db.execute_script("CREATE TABLE t(a); INSERT INTO t VALUES (1)").ok());
    disk.read_only = true;
    const auto refused = db.run("INSERT INTO t VALUES (2)");
    REQUIRE(!refused.ok());
    CHECK(refused.error().kind == ErrorKind::kDiskFull);
    CHECK(number(db.value("SELECT a FROM t")) == 1);
}

TEST_CASE("power cut: a commit under FULL is there, an open transaction is not") {
    FreshFolder folder;
    FaultyVfs disk;
    auto db =
        opened(folder / "a.db", {.synchronous = database::Synchronous::kFull, .vfs = disk.name()});
    REQUIRE(db.execute_script("CREATE TABLE t(a)").ok());
    REQUIRE(db.run("INSERT INTO t VALUES (1)").ok());
    auto transaction = database::Transaction::begin(db);
    REQUIRE(db.run("INSERT INTO t VALUES (2)").ok());
    disk.write_what_survives(folder.path() / "after");
    auto survivor = opened(folder / "after/a.db");
    CHECK(survivor.check_integrity().ok());
    CHECK(number(survivor.value("SELECT count(*) FROM t")) == 1);
    CHECK(number(survivor.value("SELECT max(a) FROM t")) == 1);
}

TEST_CASE("integrity: a page of rubbish is found") {
    FreshFolder folder;
    {
        auto db = opened(folder / "a.db");
        REQUIRE(db.execute_script("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)").ok());
        fill(db, 1000);
        REQUIRE(db.check_integrity().ok());
        REQUIRE(db.checkpoint().ok());
    }
    {
        std::fstream file(folder / "a.db", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(5 * 4096);
        file << std::string(4096, '\x5a');
    }
    auto db = opened(folder / "a.db");
    const auto found = db.check_integrity();
    REQUIRE(!found.ok());
    CHECK(found.error().kind == ErrorKind::kDamaged);
    CHECK(found.error().message.find("backup") != std::string::npos);
}

TEST_CASE("backup: a consistent copy while another writes, replacing an older one") {
    FreshFolder folder;
    auto db = opened(folder / "a.db");
    REQUIRE(db.execute_script("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)").ok());
    fill(db, 500);
    auto copier = opened(folder / "a.db", {.read_only = true});
    std::ofstream(folder / "copy.db") << "an older copy";
    {
        auto other = database::Transaction::begin(db);
        REQUIRE(db.run("DELETE FROM t").ok());
        REQUIRE_MESSAGE(copier.backup_to(folder / "copy.db").ok(), "backup");
    }
    auto copy = opened(folder / "copy.db", {.wal = false});
    CHECK(number(copy.value("SELECT count(*) FROM t")) == 500);
    CHECK(!std::filesystem::exists(folder / "copy.db-wal"));
    CHECK(!std::filesystem::exists(folder / "copy.db.new"));
}

TEST_CASE("backup: a place that is absent or in use is refused") {
    FreshFolder folder;
    auto db = opened(folder / "a.db");
    REQUIRE(db.execute_script("CREATE TABLE t(a)").ok());
    CHECK(db.backup_to(folder / "no/such/copy.db").error().kind == ErrorKind::kNotFound);
    REQUIRE(db.backup_to(folder / "copy.db").ok());
    auto user = opened(folder / "copy.db");
    REQUIRE(user.run("INSERT INTO t VALUES (1)").ok());
    CHECK(db.backup_to(folder / "copy.db").error().kind == ErrorKind::kBusy);
}

TEST_CASE("replace content: readers of the file go over from old to new") {
    FreshFolder folder;
    auto db = opened(folder / "a.db");
    REQUIRE(db.execute_script("CREATE TABLE t(a); INSERT INTO t VALUES (1)").ok());
    auto reader = opened(folder / "a.db", {.read_only = true});
    CHECK(number(reader.value("SELECT a FROM t")) == 1);
    auto source = opened(folder / "new.db", {.wal = false});
    REQUIRE(source.execute_script("CREATE TABLE t(x, a); INSERT INTO t VALUES (1, 2)").ok());
    {
        auto view = database::Transaction::begin(reader, database::Transaction::Kind::kRead);
        CHECK(number(reader.value("SELECT a FROM t")) == 1);
        REQUIRE(db.replace_content_with(source).ok());
        CHECK(number(reader.value("SELECT a FROM t")) == 1);
    }
    CHECK(number(reader.value("SELECT a FROM t")) == 2);
    CHECK(number(db.value("SELECT x FROM t")) == 1);
    CHECK(*db.value("PRAGMA journal_mode") == Cell{std::string("wal")});
    REQUIRE(db.run("INSERT INTO t VALUES (3, 4)").ok());
    CHECK(db.check_integrity().ok());
}
