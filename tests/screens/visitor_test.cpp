// What a visitor does: looks, searches, narrows, opens a car; and what happens when nobody is
// there.

#include <doctest/doctest.h>

#include <algorithm>

#include "screen_stage.hpp"
#include "terminal/limits.hpp"

using namespace showfloor;
using test::Dealership;
using test::ScreenStage;

TEST_CASE("attract: a touch anywhere leads to the cars") {
    ScreenStage stage;
    stage.shell.to_attract();
    stage.settle();
    CHECK(stage.shows("Toyota Corolla Cross"));
    stage.hand.tap_at({300, 300});
    CHECK(stage.screen() == "browse");
}

TEST_CASE("car: a tap on its card opens it, back returns to what was found") {
    ScreenStage stage;
    stage.type("field:search", "subaru");
    stage.tap("card:" + Dealership::car(102).to_string());
    CHECK(stage.screen() == "car");
    CHECK(stage.shows("2020 Subaru Forester"));
    CHECK(stage.shows("KES 3,150,000"));
    CHECK(stage.find("button:sell") == nullptr);  // a visitor sells nothing
    stage.tap("chip:back");
    CHECK(stage.screen() == "browse");
    CHECK(stage.cards().size() == 1);
}

TEST_CASE("car: figures are written as the language writes them") {
    for (const auto& [language, size] :
         {std::pair{"en", "1.8 L"}, {"fr", "1,8 L"}, {"sw", "1.8 L"}, {"ar", "1.8 L"}}) {
        ScreenStage stage(language);
        stage.tap("card:" + Dealership::car(102).to_string());
        CAPTURE(language);
        CHECK(stage.shows(size));
    }
}

TEST_CASE("car: one that is sold while somebody looks stays and says so") {
    ScreenStage stage;
    stage.sign_in_as(stage.app.house.seller);
    stage.tap("card:" + Dealership::car(102).to_string());
    CHECK(stage.find("button:sell") != nullptr);
    auto car = *stage.app.world.get<domain::Car>(Dealership::car(102));
    car.availability = domain::Availability::kSold;
    stage.app.world.put(car);
    stage.app.refresh();
    stage.settle();
    CHECK(stage.shows("2020 Subaru Forester"));
    CHECK(stage.shows("Sold"));
    CHECK(stage.find("button:sell") == nullptr);
}

TEST_CASE("bar: offline is said with the time and what is safe here") {
    ScreenStage stage;
    stage.app.link_.online = false;
    stage.app.link_.pending = 3;
    stage.app.touch();
    stage.sign_in_as(stage.app.house.seller);
    const std::string since =
        terminal::clock_of(stage.app.branch(), stage.app.link_.last_contact_at);
    CHECK(stage.shows("Offline since " + since + ", 3 entries safe here"));
    stage.app.link_.online = true;
    stage.app.link_.pending = 0;
    stage.settle();
    CHECK(stage.shows("All safe at central"));
}

TEST_CASE("bar: a visitor offline is told of when the prices are") {
    ScreenStage stage;
    CHECK_FALSE(stage.shows("All safe at central"));
    stage.app.link_.online = false;
    stage.settle();
    CHECK_FALSE(stage.shows("Prices as of"));  // a price of five minutes ago needs no words
    stage.app.set_now(stage.app.link_.last_contact_at + 3'600'000);
    stage.settle();
    CHECK(stage.shows("Prices as of"));
}

TEST_CASE("idle: a still screen asks for no frame before the clock moves") {
    ScreenStage stage;
    stage.app.set_now(test::kMorning / 60'000 * 60'000);  // a full minute
    stage.tap("card:" + Dealership::car(100).to_string());
    stage.pass(2000);
    REQUIRE(stage.stage->next_wake().has_value());
    CHECK(*stage.stage->next_wake() - stage.now_ms > 30'000);
}
