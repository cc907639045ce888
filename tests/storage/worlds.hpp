#pragma once
// Databases and records for the tests of this folder.

#include <doctest/doctest.h>

#include <string>

#include "base/random.hpp"
#include "database/connection.hpp"
#include "domain/records.hpp"
#include "storage/replica_store.hpp"
#include "storage/schema.hpp"
#include "storage/sqlite_world.hpp"
#include "support/test_sealer.hpp"

namespace showfloor::testing {

inline database::Connection central_in_memory() {
    auto db = std::move(*database::Connection::in_memory());
    for (const auto& statement : storage::schema_statements(storage::Flavour::kCentral))
        REQUIRE(db.run(statement).ok());
    return db;
}

inline database::Connection replica_in_memory() {
    auto db = std::move(*database::Connection::in_memory());
    REQUIRE(storage::ReplicaStore::create(db).ok());
    return db;
}

inline base::Uuid id_of(int n) {
    base::Uuid id;
    id.bytes[0] = 1;
    id.bytes[14] = static_cast<std::uint8_t>(n >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(n);
    return id;
}

inline domain::Car car_of(int n, const base::Uuid& branch = id_of(9000)) {
    domain::Car car;
    car.id = id_of(n);
    car.make = n % 2 == 0 ? "Toyota" : "Škoda";
    car.model = "Model " + std::to_string(n % 7);
    car.year = 2000 + n % 25;
    car.vin = "VIN" + std::to_string(10'000 + n);
    car.color = "red";
    car.price_minor = 100'000 * (n % 5);
    car.currency = "EUR";
    car.availability = static_cast<domain::Availability>(n % 5);
    if (n % 3 != 0) car.doors = n % 9;
    car.features = {"abs", "a \"quoted\" one"};
    car.stock_number = "S" + std::to_string(n);
    car.branch_id = branch;
    return car;
}

inline domain::Customer customer_of(int n) {
    domain::Customer customer;
    customer.id = id_of(n);
    customer.first_name = "Wilhelmina";
    customer.last_name = "Featherstonehaugh";
    customer.phone = "+4915100" + std::to_string(100'000 + n);
    customer.email = "mina" + std::to_string(n) + "@example.org";
    customer.address = "7 Planted Lane";  // central alone keeps it, once confirmed
    customer.branch_id = id_of(9000);
    return customer;
}

}  // namespace showfloor::testing
