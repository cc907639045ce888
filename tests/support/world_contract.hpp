#pragma once
// What every World must do, whatever is under it. Include it in one test file and call
// run_world_contract(make) inside a TEST_CASE; `make` answers a fresh, empty world
// (std::unique_ptr<domain::World>). One that keeps only what may lie on a terminal says so with
// View::kTerminal: the records and fields of central alone are then left out.

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "dealership.hpp"

namespace showfloor::test {

using MakeWorld = std::function<std::unique_ptr<domain::World>()>;

inline domain::Car contract_car(int n, std::string vin, std::int64_t price) {
    domain::Car car;
    car.id = fixed_id(5, n);
    car.make = "Mazda";
    car.model = "Demio";
    car.year = 2016;
    car.vin = std::move(vin);
    car.color = "red";
    car.price_minor = price;
    car.currency = "KES";
    car.branch_id = fixed_id(1, 1);
    return car;
}

// A row with something of the right type in every field.
inline domain::Row sample_row(const domain::Description& record, const Uuid& id) {
    using domain::FieldType;
    domain::Row row;
    for (const domain::Field& field : record.fields) {
        switch (field.type) {
            case FieldType::kId:
                row.emplace_back(id.to_string());
                break;
            case FieldType::kText:
                row.emplace_back("t" + std::to_string(id.bytes[15]));
                break;
            case FieldType::kInteger:
            case FieldType::kTime:
                row.emplace_back(std::max<std::int64_t>(field.min, 7));
                break;
            case FieldType::kBoolean:
                row.emplace_back(std::int64_t{0});
                break;
            case FieldType::kEnum:
                row.emplace_back(std::string(field.options[0]));
                break;
            case FieldType::kTexts:
                row.emplace_back(std::string("[\"a\"]"));
                break;
            case FieldType::kList:
                row.emplace_back(std::monostate{});
                break;
            case FieldType::kJson:
                row.emplace_back(std::string("{\"a\":1}"));
                break;
        }
    }
    return row;
}

inline std::vector<Uuid> ids_of(domain::World& world, const domain::Query& query) {
    std::vector<Uuid> ids;
    for (const auto& car : world.find<domain::Car>(query))
        ids.push_back(car.id);
    return ids;
}

inline void run_world_contract(const MakeWorld& make, domain::View kept = domain::View::kAll) {
    using namespace domain;
    const auto a = fixed_id(5, 1), b = fixed_id(5, 2), c = fixed_id(5, 3);
    const auto value = [](const Uuid& id) { return Value{id.to_string()}; };

    SUBCASE("get: what was put comes back whole; what was not is absent") {
        auto world = make();
        Car car = contract_car(1, "AAAAAAAAAAAAAAAAA", 500);
        car.features = {"abs", "Größe \"L\""};
        car.doors = 5;
        world->put(car);
        const auto row = world->get_row(describe<Car>(), a);
        REQUIRE(row);
        CHECK(*row == to_row(car));
        CHECK(!world->get<Car>(b));
        CHECK(!world->get<Car>(Uuid{}));
        CHECK(!world->get<Customer>(a));
        CHECK(!world->failure());
    }
    SUBCASE("put: the second put of an id replaces the first") {
        auto world = make();
        world->put(contract_car(1, "AAAAAAAAAAAAAAAAA", 500));
        world->put(contract_car(1, "AAAAAAAAAAAAAAAAA", 700));
        CHECK(world->get<Car>(a)->price_minor == 700);
        CHECK(world->find<Car>({.where = {{"vin", Value{std::string("AAAAAAAAAAAAAAAAA")}}}})
                  .size() == 1);
    }
    SUBCASE("find: conditions, order, ties by id, limit and offset") {
        auto world = make();
        world->put(contract_car(3, "CCCCCCCCCCCCCCCCC", 500));
        world->put(contract_car(1, "AAAAAAAAAAAAAAAAA", 500));
        world->put(contract_car(2, "BBBBBBBBBBBBBBBBB", 300));
        const Where here{"branch_id", value(fixed_id(1, 1))};
        CHECK(ids_of(*world, {.where = {here}}) == std::vector{a, b, c});
        CHECK(ids_of(*world, {.where = {here}, .order_by = "price_minor"}) == std::vector{b, a, c});
        CHECK(ids_of(*world, {.where = {here}, .order_by = "price_minor", .descending = true}) ==
              std::vector{a, c, b});
        CHECK(ids_of(*world, {.where = {here}, .limit = 1, .offset = 1}) == std::vector{b});
        CHECK(
            ids_of(*world,
                   {.where = {here, {"price_minor", Value{std::int64_t{500}}, Compare::kLess}}}) ==
            std::vector{b});
        CHECK(ids_of(*world, {.where = {here,
                                        {"price_minor", Value{std::int64_t{500}},
                                         Compare::kGreaterEqual}}}) == std::vector{a, c});
        CHECK(ids_of(*world,
                     {.where = {here, {"vin", Value{std::string("B")}, Compare::kGreater}}}) ==
              std::vector{b, c});
        CHECK(ids_of(*world, {.where = {here,
                                        {"price_minor", Value{std::int64_t{500}},
                                         Compare::kNotEqual}}}) == std::vector{b});
        CHECK(ids_of(*world, {.where = {{"branch_id", value(fixed_id(1, 2))}}}).empty());
    }
    SUBCASE("find: null equals null alone, differs from everything, and is never less or greater") {
        auto world = make();
        Car with = contract_car(1, "AAAAAAAAAAAAAAAAA", 1);
        with.doors = 5;
        world->put(with);
        world->put(contract_car(2, "BBBBBBBBBBBBBBBBB", 1));
        const Where here{"branch_id", value(fixed_id(1, 1))};
        const Value five{std::int64_t{5}};
        CHECK(ids_of(*world, {.where = {here, {"doors", Value{}}}}) == std::vector{b});
        CHECK(ids_of(*world, {.where = {here, {"doors", Value{}, Compare::kNotEqual}}}) ==
              std::vector{a});
        CHECK(ids_of(*world, {.where = {here, {"doors", five, Compare::kNotEqual}}}) ==
              std::vector{b});
        CHECK(ids_of(*world, {.where = {here, {"doors", five, Compare::kLessEqual}}}) ==
              std::vector{a});
        CHECK(ids_of(*world, {.where = {here}, .order_by = "doors"}) == std::vector{b, a});
    }
    SUBCASE("changes: one entry a record, first before, last after; taken once") {
        auto world = make();
        world->put(contract_car(1, "AAAAAAAAAAAAAAAAA", 500));
        auto changes = world->take_changes();
        REQUIRE(changes.size() == 1);
        CHECK(!changes[0].before);
        CHECK(changes[0].id == a);
        CHECK(changes[0].record == &describe<Car>());
        CHECK(world->changes().empty());
        world->put(contract_car(1, "AAAAAAAAAAAAAAAAA", 600));
        world->put(contract_car(2, "BBBBBBBBBBBBBBBBB", 100));
        world->put(contract_car(1, "AAAAAAAAAAAAAAAAA", 700));
        changes = world->take_changes();
        REQUIRE(changes.size() == 2);
        REQUIRE(changes[0].before);
        CHECK(from_row<Car>(*changes[0].before)->price_minor == 500);
        CHECK(from_row<Car>(changes[0].after)->price_minor == 700);
        CHECK(!changes[1].before);
    }
    SUBCASE("every record: a row of it can be put, got and found") {
        auto world = make();
        int n = 0;
        for (const Description* record : all_records()) {
            if (kept == View::kTerminal && record->synced == Synced::kNever) continue;
            Row row = sample_row(*record, fixed_id(7, ++n));
            for (std::size_t i = 0; i < row.size(); ++i) {
                const Field& field = record->fields[i];
                if (!field.personal && !visible(field, kept)) row[i] = Value{};
            }
            world->put_row(*record, row);
            CHECK_MESSAGE(world->get_row(*record, fixed_id(7, n)) == row, record->name);
            CHECK(world->find_rows(*record, {.where = {{"id", value(fixed_id(7, n))}}}).size() ==
                  1);
        }
        CHECK(!world->failure());
    }
    SUBCASE("execute: a sale written through it adds up") {
        auto world = make();
        Dealership dealership(*world);
        const Uuid sale = dealership.sell(1, 1000);
        REQUIRE(world->get<Sale>(sale));
        const auto invoice = world->get<Invoice>(world->get<Sale>(sale)->invoice_id);
        REQUIRE(invoice);
        CHECK(invoice->amount_paid_minor == 1000);
        CHECK(invoice->balance_minor == invoice->total_amount_minor - 1000);
        CHECK(world->get<Car>(Dealership::car(1))->availability == Availability::kSold);
    }
}

}  // namespace showfloor::test
