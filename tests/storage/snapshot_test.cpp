#include "storage/snapshot.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "database/transaction.hpp"
#include "storage/worlds.hpp"
#include "support/explain.hpp"
#include "support/faulty_vfs.hpp"
#include "support/fresh_folder.hpp"

using namespace showfloor;
using database::Connection;
using domain::Car;
using domain::Customer;
using storage::install_snapshot;
using storage::ReplicaStore;
using storage::SnapshotWriter;
using storage::SqliteWorld;
using testing::car_of;
using testing::customer_of;
using testing::FreshFolder;
using testing::id_of;

namespace {

const testing::TestSealer kTransfer("transfer");
const testing::TestSealer kTerminal("terminal");

// Twenty cars and three customers of central, as a file.
void write(const std::string& path) {
    auto central = testing::central_in_memory();
    SqliteWorld world(central);
    for (int n = 1; n <= 20; ++n)
        world.put(car_of(n));
    for (int n = 101; n <= 103; ++n)
        world.put(customer_of(n));
    REQUIRE(!world.failure());
    auto writer = SnapshotWriter::create(path, kTransfer);
    REQUIRE_MESSAGE(writer.ok(), writer.error().message);
    const auto add = [&](const domain::Description& record, int n) {
        REQUIRE(writer->add_from(central, record, id_of(n)).ok());
    };
    for (int n = 1; n <= 21; ++n)
        add(domain::describe<Car>(), n);  // 21 is not there
    for (int n = 101; n <= 103; ++n)
        add(domain::describe<Customer>(), n);
    CHECK(!std::filesystem::exists(path));
    REQUIRE(writer->finish({"epoch-1", 42}).ok());
}

Connection replica_at(const std::string& path) {
    auto db = Connection::open(path, {.synchronous = database::Synchronous::kNormal});
    REQUIRE(db.ok());
    return std::move(*db);
}

bool contains(const std::string& path, std::string_view needle) {
    std::ifstream in(path, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    return content.find(needle) != std::string::npos;
}

}  // namespace

TEST_CASE("snapshot: rows, seals, keys, indexes and mark arrive, into an empty file") {
    FreshFolder folder;
    write(folder / "s.db");
    CHECK(contains(folder / "s.db", "VIN10001"));
    CHECK(!contains(folder / "s.db", "Featherstonehaugh"));
    CHECK(!contains(folder / "s.db", "4915100"));

    auto replica = replica_at(folder / "replica.db");
    const auto mark = install_snapshot(folder / "s.db", kTransfer, kTerminal, replica);
    REQUIRE_MESSAGE(mark.ok(), mark.error().message);
    CHECK(mark->epoch == "epoch-1");
    CHECK(mark->cursor == 42);
    CHECK(!std::filesystem::exists(folder / "s.db"));
    CHECK(*ReplicaStore::has_our_schema(replica));
    CHECK(replica.check_integrity().ok());
    CHECK(*ReplicaStore(replica, kTerminal).meta() == storage::ReplicaMeta{"epoch-1", 42, 0, 1});

    SqliteWorld world(replica, kTerminal);
    CHECK(domain::to_row(*world.get<Car>(id_of(7))) == domain::to_row(car_of(7)));
    CHECK(world.find<Car>({}).size() == 20);
    const auto customer = world.find_one<Customer>({{"phone", customer_of(102).phone}});
    REQUIRE(customer);
    CHECK(customer->last_name == "Featherstonehaugh");
    CHECK(customer->address.empty());  // central's alone
    CHECK(!world.failure());
    const auto lookup = storage::selection_of(domain::describe<Customer>(),
                                              {.where = {{"phone", std::string("x")}}}, &kTerminal);
    CHECK(!testing::walks(testing::plan_of(replica, lookup->sql)));
}

TEST_CASE("snapshot: replaces what was there; open readers go over, the version moves on") {
    FreshFolder folder;
    auto replica = replica_at(folder / "replica.db");
    REQUIRE(ReplicaStore::create(replica).ok());
    ReplicaStore store(replica, kTerminal);
    REQUIRE(store.set_meta({"epoch-0", 9, 3, 10}).ok());
    REQUIRE(store.put_confirmed(domain::describe<Car>(), domain::to_row(car_of(500))).ok());
    SqliteWorld(replica, kTerminal).put(car_of(501));
    auto reader = std::move(*Connection::open(folder / "replica.db", {.read_only = true}));
    SqliteWorld seen(reader, kTerminal);
    CHECK(seen.find<Car>({}).size() == 2);

    write(folder / "s.db");
    REQUIRE(install_snapshot(folder / "s.db", kTransfer, kTerminal, replica).ok());
    CHECK(seen.find<Car>({}).size() == 20);
    CHECK(!seen.get<Car>(id_of(501)));
    CHECK(*store.meta() == storage::ReplicaMeta{"epoch-1", 42, 0, 11});
    REQUIRE(store.put_confirmed(domain::describe<Car>(), domain::to_row(car_of(500))).ok());
    CHECK(seen.find<Car>({}).size() == 21);
}

TEST_CASE("snapshot: other tables are refused, and the replica stays as it was") {
    FreshFolder folder;
    auto replica = replica_at(folder / "replica.db");
    REQUIRE(ReplicaStore::create(replica).ok());
    ReplicaStore store(replica, kTerminal);
    REQUIRE(store.put_confirmed(domain::describe<Car>(), domain::to_row(car_of(500))).ok());
    for (const char* change :
         {"ALTER TABLE car ADD COLUMN wings TEXT", "DROP TABLE sale", "CREATE TABLE extra(a)",
          "CREATE TRIGGER sly AFTER INSERT ON car BEGIN DELETE FROM meta; END"}) {
        CAPTURE(change);
        write(folder / "s.db");
        {
            auto file = std::move(*Connection::open(folder / "s.db", {.wal = false}));
            REQUIRE(file.run(change).ok());
        }
        const auto refused = install_snapshot(folder / "s.db", kTransfer, kTerminal, replica);
        REQUIRE(!refused.ok());
        CHECK(refused.error().code == "other_schema");
        CHECK(!std::filesystem::exists(folder / "s.db"));
        CHECK(SqliteWorld(replica, kTerminal).find<Car>({}).size() == 1);
    }
}

TEST_CASE("snapshot: damage, a wrong key and an absent file are told apart") {
    FreshFolder folder;
    auto replica = replica_at(folder / "replica.db");
    write(folder / "s.db");
    {
        std::fstream file(folder / "s.db", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(3 * 4096);
        file << std::string(4096, '\x77');
    }
    CHECK(install_snapshot(folder / "s.db", kTransfer, kTerminal, replica).error().kind ==
          base::ErrorKind::kDamaged);
    write(folder / "s.db");
    CHECK(install_snapshot(folder / "s.db", kTerminal, kTerminal, replica).error().kind ==
          base::ErrorKind::kDamaged);
    CHECK(install_snapshot(folder / "none.db", kTransfer, kTerminal, replica).error().kind ==
          base::ErrorKind::kNotFound);
    CHECK(*replica.value("SELECT count(*) FROM sqlite_schema") == database::Cell{std::int64_t{0}});
}

TEST_CASE(
    "snapshot: whichever write of the swap fails, the replica holds the old rows or the new") {
    for (std::int64_t n = 1; n <= 400; n = n * 2 + 1) {
        CAPTURE(n);
        FreshFolder folder;
        testing::FaultyVfs disk;
        bool installed = false;
        {
            auto db = Connection::open(
                folder / "replica.db",
                {.synchronous = database::Synchronous::kNormal, .vfs = disk.name()});
            REQUIRE(db.ok());
            REQUIRE(ReplicaStore::create(*db).ok());
            ReplicaStore store(*db, kTerminal);
            REQUIRE(store.put_confirmed(domain::describe<Car>(), domain::to_row(car_of(500))).ok());
            write(folder / "s.db");
            disk.calm();
            disk.fail_from_write = n;
            const auto result = install_snapshot(folder / "s.db", kTransfer, kTerminal, *db);
            installed = result.ok();
            if (!installed) CHECK(result.error().kind == base::ErrorKind::kDiskFull);
        }
        disk.calm();
        auto db = replica_at(folder / "replica.db");
        CHECK(db.check_integrity().ok());
        const auto cars = SqliteWorld(db, kTerminal).find<Car>({}).size();
        if (installed) CHECK(cars == 20);
        if (!installed) CHECK((cars == 1 || cars == 20));
    }
}

TEST_CASE(
    "snapshot writer: left unfinished it leaves nothing, and takes nothing of central alone") {
    FreshFolder folder;
    {
        auto writer = std::move(*SnapshotWriter::create(folder / "s.db", kTransfer));
        const auto& cost = domain::describe<domain::CarCost>();
        domain::Row row(cost.fields.size());
        row[0] = id_of(1).to_string();
        CHECK(writer.add(cost, row).error().kind == base::ErrorKind::kInvalid);
        CHECK(writer.add(domain::describe<Car>(), domain::to_row(car_of(1))).ok());
    }
    CHECK(std::filesystem::is_empty(folder.path()));
    CHECK(SnapshotWriter::create(folder / "no/such/s.db", kTransfer).error().kind ==
          base::ErrorKind::kNotFound);
}
