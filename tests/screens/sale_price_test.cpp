// The price of a sale: promotions, fees, a discount and who approves it.

#include <doctest/doctest.h>

#include "domain/records_promotions.hpp"
#include "sale_stage.hpp"

using namespace showfloor;
using test::Dealership;
using test::SaleStage;
using test::ScreenStage;

TEST_CASE(
    "sale: a promotion is given by a touch; the total falls, the draft and the sale keep it") {
    SaleStage stage;
    domain::Promotion spring;
    spring.id = test::fixed_id(8, 1);
    spring.name = "Spring offer";
    spring.amount_minor = 20'000'000;
    spring.currency = "KES";
    spring.make = "Toyota";
    domain::Promotion other = spring;
    other.id = test::fixed_id(8, 2);
    other.make = "Subaru";
    stage.app.world.put(spring);
    stage.app.world.put(other);
    stage.open();
    stage.to_price();
    CHECK(stage.shows("KES 4,260,000"));
    CHECK(stage.find("chip:promotion:" + other.id.to_string()) == nullptr);
    stage.tap("chip:promotion:" + spring.id.to_string());
    CHECK(stage.shows("KES 4,060,000"));
    stage.tap("chip:promotion:" + spring.id.to_string());  // and taken back
    CHECK(stage.shows("KES 4,260,000"));
    stage.tap("chip:promotion:" + spring.id.to_string());
    stage.go_on();
    stage.pass(2000);
    CHECK(stage.app.kept_drafts.front().content["promotions"] == base::Json{spring.id.to_string()});
    stage.go_on();
    CHECK(stage.shows("Spring offer"));
    stage.sign();
    stage.tap("button:record_sale");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.args()["promotions"] == base::Json{spring.id.to_string()});
    CHECK(stage.app.submitted.back().terms["total_minor"] == 406'000'000);
    CHECK(stage.screen() == "receipt");
}

TEST_CASE("sale: a promotion that ended while it was being sold is said, and left out") {
    SaleStage stage;
    domain::Promotion spring;
    spring.id = test::fixed_id(8, 1);
    spring.name = "Spring offer";
    spring.percent_bp = 500;
    stage.app.world.put(spring);
    stage.open();
    stage.to_price();
    stage.tap("chip:promotion:" + spring.id.to_string());
    stage.go_on();
    stage.go_on();
    spring.active = false;
    stage.app.world.put(spring);
    stage.sign();
    stage.tap("button:record_sale");
    CHECK(stage.shows("This promotion is not for this car, branch or day."));
    stage.tap("button:step_back");
    stage.tap("button:step_back");
    CHECK(stage.shows("A promotion of this draft is offered no more."));
    CHECK(stage.shows("KES 4,260,000"));
    stage.tap("button:promotion_gone");
    CHECK(!stage.shows("A promotion of this draft is offered no more."));
}

TEST_CASE("sale: a car in another currency is sold without the branch's fees, and that is said") {
    SaleStage stage;
    auto car = *stage.app.world.get<domain::Car>(Dealership::car(100));
    car.currency = "USD";
    car.price_minor = 3'300'000;
    stage.app.world.put(car);
    stage.app.refresh();
    stage.open();
    stage.to_price();
    CHECK(stage.shows("This car is priced in USD"));
    stage.go_on();
    stage.go_on();
    stage.sign();
    stage.tap("button:record_sale");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted.back().terms["total_minor"] == 3'300'000);
    CHECK(stage.screen() == "receipt");
}

TEST_CASE("sale: a discount over the limit needs a reason, then an approver") {
    SaleStage stage;
    stage.to_price();
    stage.type("field:discount", "170000");
    CHECK(stage.shows("You may give up to 3"));
    stage.go_on();
    CHECK(stage.shows("Choose why the discount is given."));
    stage.tap("chip:reason_returning");
    stage.go_on();
    CHECK(stage.shows("This discount needs a manager’s approval."));
    stage.approve_as("manager", "wrong");
    CHECK(stage.shows("Wrong password. 4 tries left"));
    stage.hand.type("manager-and-keys");
    stage.hand.key(ui::Key::kEnter);
    CHECK(stage.shows("Approved by David, for this sale only."));
    CHECK(stage.app.person()->username == "seller");
    stage.go_on();
    stage.go_on();
    stage.tap("button:record_sale");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted.back().co_actor_id == stage.app.house.manager);
    CHECK(stage.args()["discount_reason"] == "Returning customer");
    CHECK(stage.screen() == "receipt");
}

TEST_CASE(
    "sale: the approver's sheet is left by its cross, also while somebody types, and nothing is "
    "given") {
    SaleStage stage;
    stage.to_price();
    stage.discount_over_limit();
    for (const bool typing : {false, true}) {
        stage.tap("button:approve");
        REQUIRE(stage.shows("A manager approves"));
        if (typing) stage.tap("avatar:person:manager");
        CHECK((stage.stage->context().edited().has_value()) == typing);
        const ui::Item* cross = stage.find("button:close_approval");
        REQUIRE(cross != nullptr);
        CHECK(cross->rect.y >= 0);  // the keyboard does not push it out
        stage.tap("button:close_approval");
        CHECK_FALSE(stage.shows("A manager approves"));
        CHECK_FALSE(stage.shows("Approved by"));
        CHECK(stage.find("button:approve") != nullptr);
    }
}

TEST_CASE("sale: what stands beside each other in the price step stands on one line") {
    SaleStage stage;
    stage.to_price();
    stage.type("field:discount", "170000");
    stage.tap("button:add_trade_in");
    stage.hand.key(ui::Key::kEscape);
    const auto& shown = stage.stage->registry();
    const ui::Rect reason = shown.place_of_text("Reason"), trade = shown.place_of_text("Trade-in");
    REQUIRE_FALSE(reason.empty());
    REQUIRE_FALSE(trade.empty());
    CHECK(reason.y == doctest::Approx(trade.y));
    CHECK(stage.find("chip:reason_returning")->rect.y ==
          doctest::Approx(stage.find("field:trade_in")->rect.y));
}

TEST_CASE("sale: an approval is not used up by what needs none, and goes with another discount") {
    SaleStage stage;
    stage.to_price();
    stage.discount_over_limit();
    stage.approve_as("manager", "manager-and-keys");
    REQUIRE(stage.shows("Approved by David"));
    // Somebody else buys after all: a customer is added meanwhile.
    stage.tap("button:step_back");
    stage.tap("button:change_customer");
    stage.write_customer("Grace", "Wanjiku");
    stage.tap("button:save_customer");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted.back().co_actor_id.is_nil());
    stage.go_on();
    CHECK(stage.shows("Approved by David"));
    stage.type("field:discount", "0");
    CHECK_FALSE(stage.shows("Approved by David"));
    CHECK(stage.find("button:approve") != nullptr);
}

TEST_CASE("sale: a manager who sells needs nobody's approval") {
    ScreenStage stage;
    stage.sign_in_as(stage.app.house.manager);
    stage.shell.to_sale(Dealership::car(100));
    stage.settle();
    stage.tap("row:customer:" + stage.app.house.customer.to_string());
    stage.tap("button:continue");
    stage.type("field:discount", "170000");
    stage.tap("chip:reason_demo");
    CHECK(stage.find("button:approve") == nullptr);
    for (const char* id : {"button:continue", "button:continue", "button:record_sale"})
        stage.tap(id);
    CHECK(stage.screen() == "receipt");
}

TEST_CASE("sale: of the people only those who may approve are offered for it") {
    SaleStage stage;
    stage.to_price();
    stage.type("field:discount", "400000");
    stage.tap("button:approve");
    CHECK(stage.find("avatar:person:manager") != nullptr);
    CHECK(stage.find("avatar:person:other_seller") == nullptr);
    CHECK(stage.find("avatar:person:seller") == nullptr);
    CHECK(stage.find("avatar:someone_else") != nullptr);
}

TEST_CASE("sale: an approval that comes when its sheet was closed is none") {
    SaleStage stage;
    stage.to_price();
    stage.discount_over_limit();
    stage.tap("button:approve");
    stage.tap("avatar:person:manager");
    stage.hand.type("manager-and-keys");
    stage.app.slow = true;
    stage.hand.key(ui::Key::kEnter);
    stage.tap("button:close_approval");
    stage.app.slow = false;
    stage.settle();
    CHECK_FALSE(stage.app.approved());
    CHECK(stage.find("button:approve") != nullptr);
}

TEST_CASE("sale: an approval goes with the car it was given for, and with the page") {
    SaleStage stage;
    stage.to_price();
    stage.discount_over_limit();
    stage.approve_as("manager", "manager-and-keys");
    REQUIRE(stage.app.approved());
    stage.tap("step:0");
    stage.tap("card:car:" + Dealership::car(101).to_string());
    stage.go_on();
    stage.go_on();
    CHECK_FALSE(stage.shows("Approved by"));
    CHECK_FALSE(stage.app.approved());
    stage.approve_as("manager", "manager-and-keys");
    REQUIRE(stage.app.approved());
    stage.tap("button:save_for_later");
    REQUIRE(stage.screen() == "home");
    CHECK_FALSE(stage.app.approved());
}
