#include "storage/sqlite_world.hpp"

#include <doctest/doctest.h>

#include <array>

#include "database/transaction.hpp"
#include "storage/worlds.hpp"
#include "support/explain.hpp"

using namespace showfloor;
using domain::Car;
using domain::Compare;
using domain::Customer;
using domain::Query;
using storage::SqliteWorld;
using testing::car_of;
using testing::customer_of;
using testing::id_of;

namespace {

const testing::TestSealer kSealer("terminal");

// A query as a person or a handler might make it; may find nothing.
Query random_query(base::Random& random) {
    const domain::Description& car = domain::describe<Car>();
    constexpr std::array<std::string_view, 6> kFields = {"branch_id", "availability", "price_minor",
                                                         "doors",     "make",         "vin"};
    Query query;
    for (std::uint64_t i = random.below(3); i > 0; --i) {
        const std::string_view field = kFields[random.below(kFields.size())];
        const domain::Row sample = domain::to_row(car_of(static_cast<int>(random.below(40))));
        query.where.push_back(
            {field, sample[car.index_of(field)], static_cast<Compare>(random.below(6))});
        if (random.below(8) == 0) query.where.back().value = domain::Value{};
    }
    query.order_by = random.below(2) == 0 ? "id" : kFields[random.below(kFields.size())];
    query.descending = random.below(2) == 0;
    query.limit = random.below(3) == 0 ? random.below(10) : 1000;
    query.offset = random.below(3) == 0 ? random.below(10) : 0;
    return query;
}

}  // namespace

TEST_CASE("plain and overlaid: every query answers as the map does") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        base::SeededRandom random(seed);
        auto central = testing::central_in_memory();
        auto replica = testing::replica_in_memory();
        storage::ReplicaStore store(replica, kSealer);
        domain::MapWorld map;
        SqliteWorld plain(central);
        SqliteWorld overlaid(replica, kSealer);
        std::array<bool, 60> pending{};
        for (int i = 0; i < 80; ++i) {
            const auto n = static_cast<int>(random.below(60));
            Car car = car_of(n, id_of(9000 + static_cast<int>(random.below(2))));
            car.price_minor = static_cast<std::int64_t>(random.below(4));
            const bool is_pending = random.below(2) == 0;
            if (is_pending) {
                pending[static_cast<std::size_t>(n)] = true;
                overlaid.put(car);
            } else {
                REQUIRE(store.put_confirmed(domain::describe<Car>(), domain::to_row(car)).ok());
                if (pending[static_cast<std::size_t>(n)]) continue;  // hidden by the pending one
            }
            map.put(car);
            plain.put(car);
        }
        for (int i = 0; i < 50; ++i) {
            const Query query = random_query(random);
            const auto expected = map.find_rows(domain::describe<Car>(), query);
            CHECK(plain.find_rows(domain::describe<Car>(), query) == expected);
            CHECK(overlaid.find_rows(domain::describe<Car>(), query) == expected);
        }
        for (int n = 0; n < 60; ++n) {
            const auto expected = map.get_row(domain::describe<Car>(), id_of(n));
            CHECK(plain.get_row(domain::describe<Car>(), id_of(n)) == expected);
            CHECK(overlaid.get_row(domain::describe<Car>(), id_of(n)) == expected);
        }
        CHECK(!plain.failure());
        CHECK(!overlaid.failure());
    }
}

TEST_CASE("plain: every record there is can be put, read back and put again") {
    auto central = testing::central_in_memory();
    SqliteWorld world(central);
    for (const auto* record : domain::all_records()) {
        domain::Row row(record->fields.size());
        row[0] = id_of(1).to_string();
        world.put_row(*record, row);
        world.put_row(*record, row);
        CAPTURE(record->name);
        CHECK(world.get_row(*record, id_of(1)) == row);
        CHECK(!world.failure());
    }
    CHECK(world.changes().size() == domain::all_records().size());
}

TEST_CASE("overlaid: records of central alone read as absent and cannot be put") {
    auto replica = testing::replica_in_memory();
    SqliteWorld world(replica, kSealer);
    CHECK(!world.get<domain::CarCost>(id_of(1)));
    CHECK(world.find<domain::CarCost>({}).empty());
    CHECK(!world.failure());
    domain::CarCost cost;
    cost.id = id_of(1);
    world.put(cost);
    REQUIRE(world.failure());
    CHECK(world.failure()->message.find("car_cost") != std::string::npos);
    world.clear_failure();
    CHECK(!world.failure());
}

TEST_CASE("failure: sticks, whatever is asked afterwards, until it is cleared") {
    auto central = testing::central_in_memory();
    SqliteWorld world(central);
    world.put(car_of(1));
    for (const int n : {1, 2}) {
        domain::Invoice invoice;
        invoice.id = id_of(n);
        invoice.number = "NBO-T03-I000001";
        world.put(invoice);
    }
    REQUIRE(world.failure());
    CHECK(world.failure()->code == "unique");
    CHECK(world.failure()->field == "number");
    CHECK(!world.get<Car>(id_of(1)));
    world.put(car_of(3));
    world.clear_failure();
    CHECK(world.get<Car>(id_of(1)));
    CHECK(!world.get<Car>(id_of(3)));
}

TEST_CASE("query: a field that is not there, or sealed, is named instead of guessed") {
    auto central = testing::central_in_memory();
    auto replica = testing::replica_in_memory();
    const auto& customer = domain::describe<Customer>();
    CHECK(storage::selection_of(customer, {.where = {{"nonsense", {}}}}, nullptr).error().code ==
          "unknown_field");
    CHECK(storage::selection_of(customer, {.where = {{"last_name", "x"}}}, nullptr).ok());
    CHECK(storage::selection_of(customer, {.where = {{"last_name", "x"}}}, &kSealer).error().code ==
          "sealed_field");
    CHECK(storage::selection_of(customer, {.where = {}, .order_by = "phone"}, &kSealer)
              .error()
              .code == "sealed_field");
    CHECK(storage::selection_of(customer, {.where = {{"phone", "+1", Compare::kLess}}}, &kSealer)
              .error()
              .code == "sealed_field");
    CHECK(storage::selection_of(domain::describe<domain::User>(), {.where = {{"email", "x"}}},
                                &kSealer)
              .error()
              .code == "not_on_terminals");
}

TEST_CASE(
    "sealed: a customer made here is whole, found by phone and e-mail, and found no other way") {
    auto replica = testing::replica_in_memory();
    SqliteWorld world(replica, kSealer);
    for (int n = 1; n <= 5; ++n)
        world.put(customer_of(n));
    const auto found = world.find_one<Customer>({{"phone", customer_of(3).phone}});
    REQUIRE(found);
    CHECK(domain::to_row(*found) == domain::to_row(customer_of(3)));
    CHECK(world.find_one<Customer>({{"email", customer_of(4).email}})->id == id_of(4));
    CHECK(!world.find_one<Customer>({{"phone", "+49151"}}));
    CHECK(world.find<Customer>({.where = {{"branch_id", id_of(9000).to_string()}}}).size() == 5);
    CHECK(!world.failure());
}

TEST_CASE(
    "sealed: a blob moved to another row or changed by a bit is damage, not somebody's name") {
    auto replica = testing::replica_in_memory();
    SqliteWorld world(replica, kSealer);
    world.put(customer_of(1));
    world.put(customer_of(2));
    REQUIRE(replica
                .run("UPDATE customer_pending SET sealed = (SELECT sealed FROM customer_pending "
                     "WHERE id = ?) WHERE id = ?",
                     {id_of(1).to_string(), id_of(2).to_string()})
                .ok());
    CHECK(world.get<Customer>(id_of(1)));
    CHECK(!world.get<Customer>(id_of(2)));
    REQUIRE(world.failure());
    CHECK(world.failure()->kind == base::ErrorKind::kDamaged);
}

TEST_CASE("statements: with an equality on an index's first field nothing is walked") {
    for (const bool terminal : {false, true}) {
        auto db = terminal ? testing::replica_in_memory() : testing::central_in_memory();
        const auto flavour = terminal ? storage::Flavour::kReplica : storage::Flavour::kCentral;
        testing::StatementRecorder recorder(db);
        SqliteWorld plain(db);
        SqliteWorld overlaid(db, kSealer);
        SqliteWorld& world = terminal ? overlaid : plain;
        for (const auto* record : storage::records_of(flavour)) {
            domain::Row row(record->fields.size());
            row[0] = id_of(1).to_string();
            world.put_row(*record, row);
            for (const auto& index : record->indexes) {
                std::string_view first = index.front();
                if (first.starts_with("unique:")) first.remove_prefix(7);
                const auto& field = *record->find(first);
                if (terminal && !field.personal && !visible(field, domain::View::kTerminal))
                    continue;
                for (const bool descending : {false, true}) {
                    Query query{.where = {{first, std::string("x")}}};
                    query.descending = descending;
                    static_cast<void>(world.find_rows(*record, query));
                    if (index.size() < 2) continue;
                    query.order_by = index[1];
                    static_cast<void>(world.find_rows(*record, query));
                }
            }
        }
        REQUIRE(!world.failure());
        const auto statements = recorder.finish();
        CHECK(statements.size() > 50);
        for (const std::string& sql : statements) {
            const auto plan = testing::plan_of(db, sql);
            std::string text;
            for (const auto& line : plan)
                text += "\n  " + line;
            CHECK_MESSAGE(!testing::walks(plan), sql, text);
            // By id over an index of two fields, what was found is sorted; the rest is in order.
            const bool by_id = sql.find("ORDER BY \"id\"") != std::string::npos;
            if (!by_id) CHECK_MESSAGE(!testing::sorts(plan), sql, text);
        }
    }
}

TEST_CASE("statements: the check above can fail") {
    auto db = testing::replica_in_memory();
    const auto selection = storage::selection_of(
        domain::describe<Car>(), {.where = {{"color", "red"}}, .order_by = "year"}, &kSealer);
    REQUIRE(selection.ok());
    CHECK(testing::walks(testing::plan_of(db, selection->sql)));
    CHECK(testing::sorts(testing::plan_of(db, selection->sql)));
}

TEST_CASE("transaction: what a savepoint takes back is gone for the world too") {
    auto central = testing::central_in_memory();
    auto transaction = std::move(*database::Transaction::begin(central));
    SqliteWorld world(central);
    world.put(car_of(1));
    {
        auto savepoint = std::move(*database::Savepoint::begin(central));
        world.put(car_of(2));
        CHECK(world.get<Car>(id_of(2)));
    }
    CHECK(!world.get<Car>(id_of(2)));
    CHECK(world.get<Car>(id_of(1)));
}
