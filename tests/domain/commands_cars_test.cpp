#include "domain/records_imports.hpp"
#include "judging.hpp"

namespace showfloor::domain {

namespace {

struct Fixture {
    MapWorld world;
    test::Dealership d{world};

    Outcome run(std::string_view name, base::Json args, const Uuid& actor) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor);
    }
    base::Json car(std::string vin = "JTDBR32E720999999") {
        return {{"id", d.next_id().to_string()},
                {"make", "Mazda"},
                {"model", "Demio"},
                {"year", 2016},
                {"vin", vin},
                {"color", "red"},
                {"mileage", 10},
                {"condition", "used"},
                {"price_minor", 5'000'000},
                {"currency", "KES"}};
    }
    base::Json picture(char c) {
        return {{"sha256", std::string(64, c)},
                {"sha256_medium", std::string(64, c)},
                {"sha256_small", std::string(64, c)},
                {"width", 1600},
                {"height", 1200}};
    }
    Car made(const Outcome& outcome) {
        return *world.get<Car>(test::Dealership::id_in(outcome, "car_id"));
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "create_car: with cost and pictures, all or nothing") {
    auto args = car();
    args["purchase_cost_minor"] = 3'000'000;
    args["images"] = {picture('a'), picture('b')};
    const auto outcome = run("create_car", args, d.manager);
    check_applied(outcome);
    const Car one = made(outcome);
    CHECK(one.stock_number == "NBO-000005");
    CHECK(one.tax_code == "standard");
    CHECK(one.branch_id == d.nairobi);
    CHECK(one.created_by == d.manager);
    const Where of{"car_id", Value{one.id.to_string()}};
    CHECK(world.find_one<CarCost>({of})->rate_micro == 1'000'000);
    const auto images = world.find<CarImage>({.where = {of}, .order_by = "position"});
    REQUIRE(images.size() == 2);
    CHECK(images[1].sha256 == std::string(64, 'b'));
    auto bad = car("JTDBR32E720999998");
    bad["purchase_cost_minor"] = 3;
    bad["purchase_currency"] = "QQQ";
    check_refused(world, run("create_car", bad, d.manager), Code::kInvalid, "currency");
}

TEST_CASE_FIXTURE(Fixture, "create_car: with its importations, all or nothing") {
    const auto importation = [&](std::int64_t fee, const char* currency) -> base::Json {
        return {{"country_of_origin", "JP"},       {"transport_fee_minor", fee},
                {"import_duty_minor", 5},          {"currency", currency},
                {"rate_micro", 129'500'000},       {"import_date", d.now},
                {"document", std::string(64, 'd')}};
    };
    auto args = car();
    args["purchase_cost_minor"] = 3'000'000;
    args["importations"] = {importation(100, "USD"), importation(200, "KES")};
    const auto outcome = run("create_car", args, d.manager);
    check_applied(outcome);
    const Where of{"car_id", Value{made(outcome).id.to_string()}};
    auto all = world.find<Importation>({.where = {of}});
    REQUIRE(all.size() == 2);
    if (all[0].currency != "USD") std::swap(all[0], all[1]);
    CHECK(all[0].transport_fee_minor == 100);
    CHECK(all[0].rate_micro == 129'500'000);
    CHECK(all[1].rate_micro == 1'000'000);  // the branch's own currency
    CHECK(!all[1].document_missing);

    const auto refused = [&](base::Json list, std::string_view field) {
        auto bad = car("JTDBR32E720999998");
        bad["importations"] = std::move(list);
        bad["images"] = {picture('c')};
        check_refused(world, run("create_car", bad, d.manager), Code::kInvalid, field);
    };
    auto wrong = importation(1, "USD");
    wrong["country_of_origin"] = "jp";
    refused({importation(1, "USD"), wrong}, "importations[1].country_of_origin");
    wrong = importation(1, "QQQ");
    refused(base::Json::array({wrong}), "importations[0].currency");
    wrong = importation(1, "USD");
    wrong.erase("document");
    refused(base::Json::array({wrong}), "importations[0].document");
    wrong = importation(1, "USD");
    wrong["car_id"] = d.car(1).to_string();  // it follows from the car's
    refused(base::Json::array({wrong}), "importations[0].car_id");
    // Confidential as ever: whose branch's costs are closed brings none along.
    auto elsewhere = car("JTDBR32E720999998");
    elsewhere["branch_id"] = d.mombasa.to_string();
    elsewhere["importations"] = {importation(1, "USD")};
    check_refused(world, run("create_car", elsewhere, d.manager), Code::kNotAllowed);
    elsewhere.erase("importations");
    check_applied(run("create_car", elsewhere, d.manager));
}

TEST_CASE_FIXTURE(Fixture, "create_car: who may, and what is refused with its field") {
    for (const Uuid& who :
         {d.staff, d.seller, d.mechanic, d.driver, d.supplier, d.buyer_login, Uuid{}})
        check_refused(world, run("create_car", car(), who), Code::kNotAllowed);
    const auto refused = [&](const char* field, base::Json value, Code code) {
        auto args = car();
        args[field] = std::move(value);
        check_refused(world, run("create_car", args, d.manager), code, field);
    };
    refused("vin", "1M8GDM9A1KP042788", Code::kVinInvalid);
    refused("price_minor", -1, Code::kInvalid);
    refused("price_minor", 0, Code::kInvalid);
    refused("currency", "QQQ", Code::kInvalid);
    refused("tax_code", "nonsense", Code::kInvalid);
    refused("availability", "sold", Code::kInvalid);
    refused("stock_number", "NBO-000001", Code::kStockNumberTaken);
    refused("branch_id", test::fixed_id(1, 9).to_string(), Code::kNotFound);
    refused("profit", 1, Code::kInvalid);
    auto sold = car();
    sold["availability"] = "sold";
    sold["branch_id"] = d.nairobi.to_string();
    check_applied(d.run_system("create_car", sold));  // the importer knows of such
}

TEST_CASE_FIXTURE(Fixture, "FIX create_car: a VIN is unique among cars that are not archived") {
    const auto outcome = run("create_car", car("jtdbr32e720123451"), d.manager);
    check_refused(world, outcome, Code::kVinTaken, "vin");
    CHECK(outcome.details["id"] == d.car(1).to_string());
    check_applied(run("archive_car", {{"car_id", d.car(1).to_string()}}, d.manager));
    CHECK(world.get<Car>(d.car(1))->availability == Availability::kArchived);
    check_applied(run("create_car", car("jtdbr32e720123451"), d.manager));
    check_refused(world, run("archive_car", {{"car_id", d.car(1).to_string()}}, d.manager),
                  Code::kAlreadyDone);
}

TEST_CASE_FIXTURE(
    Fixture, "stock numbers: go on from the highest, hand-made ones in between do not matter") {
    auto args = car("JTDBR32E720999991");
    args["stock_number"] = "NBO-99";
    check_applied(run("create_car", args, d.manager));
    args = car("JTDBR32E720999992");
    args["stock_number"] = "NBO-000041";
    check_applied(run("create_car", args, d.manager));
    CHECK(made(run("create_car", car("JTDBR32E720999993"), d.manager)).stock_number ==
          "NBO-000042");
    auto elsewhere = car("JTDBR32E720999994");
    elsewhere["branch_id"] = d.mombasa.to_string();
    CHECK(made(run("create_car", elsewhere, d.manager)).stock_number == "MBA-000001");
}

TEST_CASE_FIXTURE(Fixture,
                  "update_car: names what changes; sold and reserved are not made by hand") {
    const auto change = [&](base::Json fields, const Uuid& who) {
        fields["id"] = d.car(1).to_string();
        return run("update_car", std::move(fields), who);
    };
    check_applied(change({{"price_minor", 7}, {"doors", 3}}, d.manager));
    check_applied(change({{"doors", nullptr}, {"availability", "in_transit"}}, d.manager));
    const Car after = *world.get<Car>(d.car(1));
    CHECK(after.price_minor == 7);
    CHECK(!after.doors);
    CHECK(after.make == "Toyota");
    CHECK(after.availability == Availability::kInTransit);
    check_refused(world, change({{"availability", "sold"}}, d.manager), Code::kInvalid,
                  "availability");
    check_refused(world, change({{"vin", "JTDBR32E720123452"}}, d.manager), Code::kVinTaken);
    check_refused(world, change({{"branch_id", d.mombasa.to_string()}}, d.manager), Code::kInvalid,
                  "branch_id");
    check_refused(world, change({{"price_minor", 5}}, d.seller), Code::kNotAllowed);
    check_refused(world, run("update_car", {{"price_minor", 5}}, d.manager), Code::kNotFound);
}

TEST_CASE_FIXTURE(Fixture,
                  "transfer_car: moves it, with a number of its own there; not when it is sold") {
    auto there = *world.get<Car>(d.car(5));
    there.stock_number = "NBO-000001";
    world.put(there);
    const base::Json args = {{"car_id", d.car(1).to_string()},
                             {"branch_id", d.mombasa.to_string()}};
    const auto outcome = run("transfer_car", args, d.manager);
    check_applied(outcome);
    CHECK(outcome.details["stock_number"] == "MBA-000001");
    check_refused(world, run("transfer_car", args, d.manager), Code::kAlreadyDone);
    CHECK(!d.sell(2).is_nil());
    check_refused(
        world,
        run("transfer_car",
            {{"car_id", d.car(2).to_string()}, {"branch_id", d.mombasa.to_string()}}, d.manager),
        Code::kWrongState);
}

TEST_CASE_FIXTURE(
    Fixture, "set_car_cost: one a car, only for those of the scope, a foreign one keeps its rate") {
    base::Json args = {{"car_id", d.car(1).to_string()},
                       {"purchase_cost_minor", 5},
                       {"currency", "USD"},
                       {"rate_micro", 129'000'000}};
    for (const Uuid& who : {d.staff, d.seller, d.mombasa_manager})
        check_refused(world, run("set_car_cost", args, who), Code::kNotAllowed);
    check_applied(run("set_car_cost", args, d.manager));
    args["purchase_cost_minor"] = 6;
    check_applied(run("set_car_cost", args, d.owner));
    const auto costs = world.find<CarCost>({});
    REQUIRE(costs.size() == 1);
    CHECK(costs[0].purchase_cost_minor == 6);
    CHECK(costs[0].rate_micro == 129'000'000);
}

TEST_CASE_FIXTURE(Fixture, "pictures: added at the end, not twice, and the rest moves up") {
    const auto add = [&](char c) {
        auto args = picture(c);
        args["car_id"] = d.car(1).to_string();
        return run("add_car_image", args, d.manager);
    };
    const auto first = add('a');
    check_applied(first);
    check_applied(add('b'));
    check_refused(world, add('a'), Code::kDuplicate, "sha256");
    const base::Json that = {{"image_id", first.details["image_id"]}};
    check_refused(world, run("remove_car_image", that, d.seller), Code::kNotAllowed);
    check_applied(run("remove_car_image", that, d.manager));
    check_refused(world, run("remove_car_image", that, d.manager), Code::kAlreadyDone);
    const auto left = world.find<CarImage>(
        {.where = {{"car_id", Value{d.car(1).to_string()}}, {"archived", Value{std::int64_t{0}}}}});
    REQUIRE(left.size() == 1);
    CHECK(left[0].position == 0);
}

}  // namespace showfloor::domain
