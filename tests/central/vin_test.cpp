#include "api_fixture.hpp"
#include "central/vin/vin_facts.hpp"

using namespace showfloor;
using testing::Dealership;

TEST_CASE("vin: the list of makers can be read and knows the usual ones") {
    ::setenv("SHOWFLOOR_ASSETS", SHOWFLOOR_SOURCE_DIR "/assets", 0);
    const auto makers = central::VinMakers::load();
    REQUIRE(makers);
    CHECK(makers->size() > 500);
    for (const auto& [wmi, make] : {std::pair{"JTD", "Toyota"}, {"WBA", "BMW"}, {"1HG", "Honda"}}) {
        const auto* maker = makers->find(wmi);
        REQUIRE(maker != nullptr);
        CHECK(maker->makes == std::vector<std::string>{make});
    }
    CHECK(makers->find("ZZZ") == nullptr);
}

TEST_CASE("vin: the API tells maker and year, and what is wrong with a VIN") {
    Dealership shop;
    const auto found = shop.send("GET", "/api/v1/vin/5yj3e1ea2kf317000");
    INFO(found.raw.body);
    REQUIRE(found.status == 200);
    CHECK(found.body["vin"] == "5YJ3E1EA2KF317000");
    CHECK(found.body["make"] == "Tesla");
    CHECK(found.body["model_year"] == 2019);
    CHECK(found.body["year_is_certain"] == true);
    const auto wrong = shop.send("GET", "/api/v1/vin/5YJ3E1EA1KF317000");
    CHECK(wrong.status == 422);
    CHECK(wrong.code() == "vin_invalid");
    CHECK(wrong.body["fields"][0]["field"] == "vin");
}
