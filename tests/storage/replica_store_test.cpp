#include "storage/replica_store.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "database/transaction.hpp"
#include "storage/worlds.hpp"
#include "support/fresh_folder.hpp"

using namespace showfloor;
using domain::Car;
using domain::Customer;
using storage::PendingMark;
using storage::ReplicaMeta;
using storage::ReplicaStore;
using storage::SqliteWorld;
using testing::car_of;
using testing::customer_of;
using testing::id_of;

namespace {

const testing::TestSealer kSealer("terminal");

struct Replica {
    database::Connection db = testing::replica_in_memory();
    ReplicaStore store{db, kSealer};
    SqliteWorld world{db, kSealer};

    void confirm(const Car& car) {
        REQUIRE(store.put_confirmed(domain::describe<Car>(), domain::to_row(car)).ok());
    }
    std::int64_t price(int n) {
        const auto car = world.get<Car>(id_of(n));
        return car ? car->price_minor : -1;
    }
};

Car priced(int n, std::int64_t price) {
    Car car = car_of(n);
    car.price_minor = price;
    return car;
}

std::int64_t count_of(ReplicaStore& store, std::string_view record) {
    const auto counts = store.counts();
    REQUIRE(counts.ok());
    for (const auto& [name, count] : *counts)
        if (name == record) return count;
    return -1;
}

}  // namespace

TEST_CASE("overlay: a pending row hides the confirmed one until it is cleared") {
    Replica replica;
    replica.confirm(priced(1, 100));
    replica.world.mark_with({.seq = 4});
    replica.world.put(priced(1, 200));
    replica.world.put(priced(2, 300));
    CHECK(replica.price(1) == 200);
    CHECK(replica.price(2) == 300);
    replica.confirm(priced(1, 150));
    CHECK(replica.price(1) == 200);
    const auto confirmed = replica.store.confirmed(domain::describe<Car>(), id_of(1));
    CHECK(domain::from_row<Car>(**confirmed)->price_minor == 150);
    REQUIRE(replica.store.clear_pending().ok());
    CHECK(replica.price(1) == 150);
    CHECK(replica.price(2) == -1);
}

TEST_CASE("overlay: a row whose pending version moved away is not found where it was") {
    Replica replica;
    replica.confirm(car_of(1, id_of(9000)));
    replica.world.put(car_of(1, id_of(9001)));
    const auto at = [&](int branch) {
        return replica.world.find<Car>({.where = {{"branch_id", id_of(branch).to_string()}}})
            .size();
    };
    CHECK(at(9000) == 0);
    CHECK(at(9001) == 1);
}

TEST_CASE("overlay: what central removes goes, what is pending over it stays") {
    Replica replica;
    replica.confirm(priced(1, 100));
    replica.confirm(priced(2, 100));
    replica.world.put(priced(2, 200));
    for (const int n : {1, 2, 3})
        CHECK(replica.store.remove_confirmed(domain::describe<Car>(), id_of(n)).ok());
    CHECK(replica.price(1) == -1);
    CHECK(replica.price(2) == 200);
}

TEST_CASE("marks: say whose a row is, and doubt stays with what is built on it") {
    Replica replica;
    const auto& car = domain::describe<Car>();
    replica.confirm(car_of(1));
    CHECK(!*replica.store.pending_mark(car, id_of(1)));
    REQUIRE(replica.store.put_pending(car, domain::to_row(priced(2, 5)), {7, true}).ok());
    CHECK(**replica.store.pending_mark(car, id_of(2)) == PendingMark{7, true});
    CHECK(replica.price(2) == 5);
    replica.world.mark_with({.seq = 8});
    replica.world.put(priced(2, 6));
    replica.world.put(car_of(3));
    CHECK(**replica.store.pending_mark(car, id_of(2)) == PendingMark{8, true});
    CHECK(**replica.store.pending_mark(car, id_of(3)) == PendingMark{8, false});
    const auto rows = replica.store.pending_rows(car);
    REQUIRE(rows->size() == 2);
    CHECK((*rows)[0].first == id_of(2));
    CHECK((*rows)[1].second == PendingMark{8, false});
}

TEST_CASE("counts: rows as they are shown, each once") {
    Replica replica;
    for (int n = 1; n <= 3; ++n)
        replica.confirm(car_of(n));
    replica.world.put(priced(3, 1));
    replica.world.put(car_of(4));
    CHECK(count_of(replica.store, "car") == 4);
    CHECK(count_of(replica.store, "customer") == 0);
    CHECK(count_of(replica.store, "car_cost") == -1);
}

TEST_CASE(
    "confirmed: a row of another shape or of central alone is refused, the next one goes on") {
    Replica replica;
    auto transaction = std::move(*database::Transaction::begin(replica.db));
    const auto& car = domain::describe<Car>();
    domain::Row bad = domain::to_row(car_of(1));
    bad[car.index_of("year")] = std::string("soon");
    const auto refused = replica.store.put_confirmed(car, bad);
    REQUIRE(!refused.ok());
    CHECK(refused.error().kind == base::ErrorKind::kInvalid);
    CHECK(refused.error().field == "year");
    const auto& cost = domain::describe<domain::CarCost>();
    CHECK(replica.store.put_confirmed(cost, domain::Row(cost.fields.size())).error().kind ==
          base::ErrorKind::kInvalid);
    replica.confirm(car_of(2));
    REQUIRE(transaction.commit().ok());
    CHECK(count_of(replica.store, "car") == 1);
}

TEST_CASE("confirmed: what is central's alone is dropped once central has confirmed") {
    Replica replica;
    const auto& customer = domain::describe<Customer>();
    replica.world.put(customer_of(1));
    CHECK(replica.world.get<Customer>(id_of(1))->address == "7 Planted Lane");
    REQUIRE(replica.store.put_confirmed(customer, domain::to_row(customer_of(1))).ok());
    REQUIRE(replica.store.clear_pending().ok());
    const auto left = replica.world.get<Customer>(id_of(1));
    REQUIRE(left);
    CHECK(left->address.empty());
    CHECK(left->phone == customer_of(1).phone);
    CHECK(replica.world.find_one<Customer>({{"phone", customer_of(1).phone}}));
}

TEST_CASE("meta: comes back as it was set, in the transaction of the rows") {
    Replica replica;
    CHECK(*replica.store.meta() == ReplicaMeta{});
    const ReplicaMeta meta{"e1", 77, 5, 3};
    {
        auto transaction = std::move(*database::Transaction::begin(replica.db));
        REQUIRE(replica.store.set_meta(meta).ok());
    }
    CHECK(*replica.store.meta() == ReplicaMeta{});
    REQUIRE(replica.store.set_meta(meta).ok());
    REQUIRE(replica.store.bump_version().ok());
    CHECK(*replica.store.meta() == ReplicaMeta{"e1", 77, 5, 4});
}

TEST_CASE("schema: ours is known, another's is not") {
    auto db = testing::replica_in_memory();
    CHECK(*ReplicaStore::has_our_schema(db));
    REQUIRE(db.run("CREATE TRIGGER sly AFTER INSERT ON car BEGIN DELETE FROM meta; END").ok());
    CHECK(!*ReplicaStore::has_our_schema(db));
    auto empty = std::move(*database::Connection::in_memory());
    CHECK(!*ReplicaStore::has_our_schema(empty));
}

TEST_CASE("staging: pages wait sealed and go together") {
    Replica replica;
    REQUIRE(replica.store.stage_page(0, "{\"rows\":1}").ok());
    REQUIRE(replica.store.stage_page(1, "old").ok());
    REQUIRE(replica.store.stage_page(1, "new").ok());
    CHECK(*replica.store.staged_pages() == 2);
    CHECK(**replica.store.staged_page(0) == "{\"rows\":1}");
    CHECK(**replica.store.staged_page(1) == "new");
    CHECK(!*replica.store.staged_page(2));
    REQUIRE(replica.store.clear_staging().ok());
    CHECK(*replica.store.staged_pages() == 0);
}

TEST_CASE("sealed: who a customer is stands in no file of the folder") {
    testing::FreshFolder folder;
    auto db = std::move(*database::Connection::open(
        folder / "replica.db", {.synchronous = database::Synchronous::kNormal}));
    REQUIRE(ReplicaStore::create(db).ok());
    ReplicaStore store(db, kSealer);
    SqliteWorld world(db, kSealer);
    world.put(customer_of(1));
    REQUIRE(store.put_confirmed(domain::describe<Customer>(), domain::to_row(customer_of(2))).ok());
    REQUIRE(store.stage_page(0, "{\"phone\":\"" + customer_of(3).phone + "\"}").ok());
    world.put(car_of(1));
    const auto found = [&](std::string_view needle) {
        int files = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string content{std::istreambuf_iterator<char>(in), {}};
            if (content.find(needle) != std::string::npos) ++files;
        }
        return files;
    };
    for (const bool folded : {false, true}) {
        if (folded) REQUIRE(db.checkpoint().ok());
        CHECK(found("VIN10001") > 0);  // the search does find what is there
        for (const char* secret : {"Wilhelmina", "Featherstonehaugh", "4915100", "mina1@", "mina2@",
                                   "example.org", "Planted Lane"}) {
            CAPTURE(secret);
            CHECK(found(secret) == 0);
        }
    }
}
