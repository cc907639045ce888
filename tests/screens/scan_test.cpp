// A barcode scanner beside the keyboard: what it reads on a car opens that car.

#include <doctest/doctest.h>

#include "sale_stage.hpp"
#include "terminal/screens/scanning.hpp"

using namespace showfloor;
using test::Dealership;
using test::SaleStage;
using test::ScreenStage;

namespace {

// As a scanner types it: all at once, then Enter.
void scan(ScreenStage& stage, const std::string& code) {
    for (const char letter : code) {
        ui::Event event;
        event.type = ui::Event::Type::kLetter;
        event.letter = static_cast<char32_t>(letter);
        event.time_ms = stage.now_ms;
        stage.stage->input().push(event);
    }
    ui::Event enter;
    enter.type = ui::Event::Type::kKey;
    enter.key = ui::Key::kEnter;
    enter.time_ms = stage.now_ms;
    stage.stage->input().push(enter);
    stage.settle();
}

}  // namespace

TEST_CASE("car_code_of: a code alone, or the first car of our own page's address") {
    const std::string ours = "https://cars.example:8443";
    CHECK(terminal::car_code_of("NBO-1100", ours) == "NBO-1100");
    CHECK(terminal::car_code_of("https://cars.example:8443/c/NBO-1100,NBO-1101", ours) ==
          "NBO-1100");
    CHECK(terminal::car_code_of("https://cars.example:8443/c/NBO-1100?lang=ar", ours) ==
          "NBO-1100");
    CHECK(terminal::car_code_of("https://evil.example/c/NBO-1100", ours) ==
          "https://evil.example/c/NBO-1100");
    CHECK(terminal::car_code_of("/c/NBO-1100", "") == "/c/NBO-1100");
}

TEST_CASE("scan: VIN, stock number and our own code open the car, for visitor and seller") {
    for (const bool seller : {false, true}) {
        ScreenStage stage;
        if (seller) stage.sign_in_as(stage.app.house.seller);
        for (const char* code : {"JTDBR32E720110101", "NBO-1101", "nbo-1101",
                                 "https://cars.uhuru-motors.example/c/NBO-1101,NBO-1102"}) {
            INFO(std::string(code));
            scan(stage, code);
            CHECK(stage.screen() == "car");
            CHECK(stage.shows("2021 Mazda CX-5 Touring"));
            stage.tap("chip:back");
            CHECK(stage.screen() == "browse");
        }
        // From one car to the next.
        scan(stage, "NBO-1101");
        scan(stage, "NBO-1102");
        CHECK(stage.shows("2020 Subaru Forester"));
        stage.tap("chip:back");
        CHECK(stage.screen() == "browse");
    }
}

TEST_CASE("scan: it wakes the attract screen; what nobody knows is said") {
    ScreenStage stage;
    scan(stage, "4006381333931");
    CHECK(stage.screen() == "browse");
    CHECK(stage.shows("No car here has the code 4006381333931."));
    stage.shell.to_attract();
    stage.settle();
    scan(stage, "NBO-1102");
    CHECK(stage.screen() == "car");
    CHECK(stage.shows("2020 Subaru Forester"));
}

TEST_CASE("scan: in the sale's first step the code chooses the car; a sold one is refused") {
    SaleStage stage;
    stage.shell.to_home();
    stage.settle();
    stage.tap("button:new_sale");
    scan(stage, "NBO-1102");
    stage.go_on();
    CHECK(stage.shows("2020 Subaru Forester"));
    stage.tap("button:step_back");
    scan(stage, "NO-SUCH-CAR");
    CHECK(stage.shows("No car here has the code NO-SUCH-CAR."));
    auto sold = *stage.app.world.get<domain::Car>(Dealership::car(101));
    sold.availability = domain::Availability::kSold;
    stage.app.world.put(sold);
    stage.app.refresh();
    scan(stage, "NBO-1101");
    stage.go_on();
    CHECK(stage.shows("2020 Subaru Forester"));
}

TEST_CASE("scan: while nothing can be read no code is called unknown") {
    ScreenStage stage;
    stage.app.damaged = true;
    const std::string vin = stage.app.world.get<domain::Car>(Dealership::car(102))->vin;
    scan(stage, vin);
    CHECK(stage.shows(stage.strings.get("link.unreadable")));
    CHECK_FALSE(stage.shows(vin));
}
