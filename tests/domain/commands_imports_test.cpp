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
    base::Json args(std::int64_t fee, std::int64_t duty) {
        return {{"id", d.next_id().to_string()},   {"car_id", d.car(1).to_string()},
                {"country_of_origin", "JP"},       {"transport_fee_minor", fee},
                {"import_duty_minor", duty},       {"currency", "USD"},
                {"rate_micro", 129'500'000},       {"import_date", d.now},
                {"document", std::string(64, 'a')}};
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "importation: for admins of the car's branch alone, with its document") {
    for (const Uuid& who : {d.staff, d.seller, d.mechanic, d.driver, d.supplier, d.buyer_login,
                            d.mombasa_manager, Uuid{}})
        check_refused(world, run("add_importation", args(1, 2), who), Code::kNotAllowed);
    auto without = args(1, 2);
    without.erase("document");
    check_refused(world, run("add_importation", without, d.manager), Code::kInvalid, "document");
    auto wrong = args(1, 2);
    wrong["country_of_origin"] = "jp";
    check_refused(world, run("add_importation", wrong, d.manager), Code::kInvalid,
                  "country_of_origin");
    check_applied(run("add_importation", args(1, 2), d.manager));
    // The importer alone may bring one without its paper; then it is flagged.
    check_applied(d.run_system("add_importation", without));
    const auto id = *Uuid::parse(without["id"].get<std::string>());
    CHECK(world.get<Importation>(id)->document_missing);
    check_applied(run("update_importation",
                      {{"id", id.to_string()}, {"document", std::string(64, 'b')}}, d.manager));
    CHECK(!world.get<Importation>(id)->document_missing);
}

TEST_CASE_FIXTURE(Fixture, "importation: corrected and taken out, once") {
    const auto made = args(1, 2);
    check_applied(run("add_importation", made, d.manager));
    const base::Json id = {{"importation_id", made["id"]}};
    check_applied(
        run("update_importation", {{"id", made["id"]}, {"import_duty_minor", 7}}, d.owner));
    check_applied(run("remove_importation", id, d.manager));
    check_refused(world, run("remove_importation", id, d.manager), Code::kAlreadyDone);
    check_refused(
        world, run("update_importation", {{"id", made["id"]}, {"import_duty_minor", 8}}, d.manager),
        Code::kWrongState);
}

TEST_CASE_FIXTURE(Fixture,
                  "update_car: a new price leaves the old one in the car's price history") {
    const base::Json cheaper = {{"id", d.car(1).to_string()}, {"price_minor", 90'000'000}};
    const auto before = world.get<Car>(d.car(1))->price_minor;
    check_applied(run("update_car", cheaper, d.manager));
    check_applied(run("update_car", cheaper, d.manager));
    const auto prices = world.find<PriceChange>({.where = {{"car_id", d.car(1).to_string()}}});
    REQUIRE(prices.size() == 1);
    CHECK(prices[0].old_price_minor == before);
    CHECK(prices[0].new_price_minor == 90'000'000);
    CHECK(prices[0].changed_by == d.manager);
}

}  // namespace showfloor::domain
