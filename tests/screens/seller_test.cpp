// What a seller does: signs in, sells, decides what needs deciding. Judged by what the screens show
// and by the commands they submit; those are judged by the real rules.

#include <doctest/doctest.h>

#include "domain/records_workshop.hpp"
#include "screen_stage.hpp"

using namespace showfloor;
using test::Dealership;
using test::ScreenStage;

namespace {

terminal::AttentionItem disputed(const Dealership& house, bool can_decide) {
    terminal::AttentionItem item;
    item.number = 7;
    item.kind = "disputed";
    item.command = "record_sale";
    item.code = "car_sold";
    item.sale_id = test::fixed_id(7, 7);
    item.car_id = house.car(100);
    item.car_title = "2022 Toyota Corolla Cross";
    item.customer_name = "Wanjiru Otieno";
    item.can_decide = can_decide;
    return item;
}

}  // namespace

TEST_CASE("sign in: a wrong password shows the reason and the tries left, the right one lets in") {
    ScreenStage stage;
    stage.tap("button:staff");
    CHECK(stage.screen() == "sign_in");
    stage.tap("avatar:person:seller");
    stage.hand.type("wrong");
    stage.hand.key(ui::Key::kEnter);
    CHECK(stage.shows("Wrong password. 4 tries left"));
    CHECK_FALSE(stage.app.person().has_value());
    stage.type("field:password", "kiosk-and-keys");
    stage.tap("button:sign_in");
    REQUIRE(stage.app.person().has_value());
    CHECK(stage.screen() == "home");
    CHECK(stage.shows(", Amina"));
    CHECK(stage.shows("Amina H."));
    CHECK(stage.shows("All safe at central"));
}

TEST_CASE(
    "sign in: a PIN of today brings somebody back; a wrong one says how many tries are left") {
    ScreenStage stage;
    stage.app.tiles[0].has_pin = true;
    stage.app.pins["seller"] = "271828";
    stage.tap("button:staff");
    stage.tap("avatar:person:seller");
    CHECK(stage.find("field:password") == nullptr);
    stage.hand.type("271829");
    CHECK(stage.shows("Wrong PIN. 4 tries left"));
    CHECK_FALSE(stage.app.person().has_value());
    for (const char* key : {"2", "7", "1", "8", "2", "8"})
        stage.tap(std::string("pin:pin/") + key);
    REQUIRE(stage.app.person().has_value());
    CHECK(stage.app.person()->by_pin);
    CHECK(stage.screen() == "home");
}

TEST_CASE("sign in: whoever forgot the PIN types the password instead") {
    ScreenStage stage;
    stage.app.tiles[0].has_pin = true;
    stage.tap("button:staff");
    stage.tap("avatar:person:seller");
    stage.tap("button:use_password");
    stage.hand.type("kiosk-and-keys");
    stage.hand.key(ui::Key::kEnter);
    CHECK(stage.app.person().has_value());
}

TEST_CASE("sign in: someone without a tile types a name; nothing typed is said, not sent") {
    ScreenStage stage;
    stage.tap("button:staff");
    CHECK(stage.shows("Touch your name"));
    CHECK(stage.find("button:sign_in") == nullptr);
    stage.tap("avatar:someone_else");
    stage.tap("button:sign_in");
    CHECK(stage.shows("Choose who you are"));
    stage.type("field:login", "seller");
    stage.tap("button:sign_in");
    CHECK(stage.shows("Type the password first."));
    CHECK(stage.app.tries_left == 5);
    stage.type("field:password", "kiosk-and-keys");
    stage.tap("button:sign_in");
    CHECK(stage.app.person().has_value());
}

TEST_CASE("sign in: the keyboard never covers the field, and typing on it works") {
    ScreenStage stage("en", "day", 1280, 800);
    stage.tap("button:staff");
    stage.tap("avatar:person:seller");
    const ui::Item* field = stage.find("field:password");
    const ui::Item* key = stage.find("key:q");
    REQUIRE(field != nullptr);
    REQUIRE(key != nullptr);
    CHECK(field->rect.bottom() <= key->rect.y);
    stage.tap("key:q");
    stage.tap("key:done");
    CHECK(stage.app.tries_left == 4);
}

TEST_CASE("attention: calm when there is nothing") {
    ScreenStage stage;
    stage.sign_in_as(stage.app.house.seller);
    stage.tap("button:attention");
    CHECK(stage.screen() == "attention");
    CHECK(stage.shows("Nothing needs you"));
}

TEST_CASE("attention: who may decide does, with the decision and the sale in the command") {
    ScreenStage stage;
    stage.app.items = {disputed(stage.app.house, true)};
    stage.app.link_.attention = 1;
    stage.sign_in_as(stage.app.house.manager);
    stage.tap("button:attention");
    CHECK(stage.shows("The same car was sold elsewhere"));
    stage.app.next_outcome = domain::Outcome{};
    stage.tap("button:give_car:7");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted.back().name == "decide_dispute");
    CHECK(stage.app.submitted.back().args["decision"] == "give_car");
    CHECK(stage.app.submitted.back().args["sale_id"] == test::fixed_id(7, 7).to_string());
    CHECK(stage.app.resolved == std::vector<std::int64_t>{7});
    CHECK(stage.shows("Nothing needs you"));
}

TEST_CASE("attention: a seller picks another car, and a manager signs in for it") {
    ScreenStage stage;
    stage.app.items = {disputed(stage.app.house, false)};
    stage.sign_in_as(stage.app.house.seller);
    stage.tap("button:attention");
    stage.tap("button:other_car:7");
    stage.type("field:find_car", "subaru");
    stage.tap("row:car:" + Dealership::car(102).to_string());
    CHECK(stage.app.submitted.empty());
    stage.tap("avatar:person:manager");
    stage.hand.type("manager-and-keys");
    stage.app.next_outcome = domain::refuse(domain::Code::kWrongState);
    stage.hand.key(ui::Key::kEnter);
    REQUIRE(stage.app.submitted.size() == 1);
    const auto& command = stage.app.submitted.back();
    CHECK(command.args["decision"] == "other_car");
    CHECK(command.args["other_car_id"] == Dealership::car(102).to_string());
    CHECK(command.co_actor_id == stage.app.house.manager);
    // Refused: it says why, and what needed a decision still stands there.
    CHECK(stage.shows("This cannot be done in its present state."));
    CHECK(stage.shows("Needs a decision"));
}

TEST_CASE("attention: a dispute names both sales: number, branch, terminal, time") {
    ScreenStage stage;
    auto item = disputed(stage.app.house, true);
    item.own = terminal::SaleSide{item.sale_id, "NBO-T01-I000007", "Westlands showroom", "T01",
                                  stage.app.now() - 3'600'000};
    item.other =
        terminal::SaleSide{{}, "MBA-T01-I000003", "Mombasa", "T01", stage.app.now() - 7'200'000};
    stage.app.items = {item};
    stage.sign_in_as(stage.app.house.manager);
    stage.tap("button:attention");
    CHECK(stage.shows("This sale: NBO-T01-I000007 · Westlands showroom · T01 · "));
    CHECK(stage.shows("The other sale: MBA-T01-I000003 · Mombasa · T01 · "));
    stage.app.items[0].other.reset();
    stage.app.touch();
    stage.settle();
    CHECK(stage.shows("The other sale: known at central only"));
}

TEST_CASE("attention: what was refused opens as a draft with all that was chosen, once") {
    ScreenStage stage;
    stage.sign_in_as(stage.app.house.seller);
    terminal::AttentionItem item;
    item.command_id = test::fixed_id(9, 1);
    item.number = 3;
    item.kind = "refused";
    item.command = "record_sale";
    item.code = "customer_archived";
    item.args = stage.app.house.sale_args(Dealership::car(100), 50'000'000);
    item.args["discount_minor"] = 1'000'000;
    item.args["discount_reason"] = "Returning customer";
    item.car_title = "2022 Toyota Corolla Cross";
    stage.app.items = {item};
    stage.shell.to_attention();
    stage.settle();
    stage.tap("button:open_again:3");
    REQUIRE(stage.screen() == "sale");
    CHECK(stage.shows("Wanjiru Otieno"));
    stage.tap("button:continue");
    CHECK(stage.shows("KES 10,000"));
    CHECK(stage.shows("Returning customer"));
    stage.tap("button:continue");
    CHECK(stage.shows("KES 500,000"));
    stage.tap("button:save_for_later");
    REQUIRE(stage.app.kept_drafts.size() == 1);
    // Its story stays until it was seen; opened again it is the same draft, not a second one.
    stage.shell.to_attention();
    stage.settle();
    CHECK(stage.shows("Refused by central"));
    stage.tap("button:open_again:3");
    CHECK(stage.shows("KES 500,000"));
    for (const char* id : {"button:continue", "button:record_sale"})
        stage.tap(id);
    CHECK(stage.screen() == "receipt");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted[0].args["discount_minor"] == 1'000'000);
    CHECK(stage.app.submitted[0].args["id"] != item.args["id"]);
    CHECK(stage.app.kept_drafts.empty());
}

TEST_CASE("attention: for what central cannot read there is a number to tell and diagnostics") {
    ScreenStage stage;
    terminal::AttentionItem item;
    const std::string id = "01890a5d-ac96-774b-bcce-b302099a8057", short_id = "9A8057";
    item.command_id = base::Uuid::parse(id).value();
    item.number = 4;
    item.kind = "poison";
    item.command = "record_sale";
    stage.app.items = {item};
    stage.sign_in_as(stage.app.house.seller);
    stage.tap("button:attention");
    // Short enough to be read out: the terminal, and the end of the command's id.
    CHECK(stage.shows("Tell an administrator this reference: NBO-T01-" + short_id + "."));
    CHECK(stage.find("button:open_again:4") == nullptr);
    stage.tap("button:diagnostics:4");
    CHECK(stage.shows("/papers/diagnostics-NBO-T01.json"));
    stage.tap("button:seen:4");
    CHECK(stage.app.resolved == std::vector<std::int64_t>{4});
}

TEST_CASE("home: the workshop is done with a customer's car: their own seller hears of it") {
    ScreenStage stage;
    auto customer = *stage.app.world.get<domain::Customer>(stage.app.house.customer);
    customer.seller_id = stage.app.house.seller;
    customer.phone = "+254722000118";
    stage.app.world.put(customer);
    domain::ServiceTicket ticket;
    ticket.id = stage.app.house.next_id();
    ticket.customer_id = customer.id;
    ticket.branch_id = stage.app.house.nairobi;
    ticket.vehicle = "Ranger";
    ticket.plate = "KDG 412B";
    ticket.status = domain::TicketStatus::kInProgress;
    stage.app.world.put(ticket);
    stage.sign_in_as(stage.app.house.seller);
    stage.shell.to_home();
    stage.settle();
    CHECK_FALSE(stage.shows("is ready"));
    ticket.status = domain::TicketStatus::kDone;
    ticket.done_at = stage.app.now();
    stage.app.world.put(ticket);
    stage.app.touch();
    stage.settle();
    CHECK(stage.shows("Ranger KDG 412B is ready"));
    CHECK(stage.shows("Wanjiru Otieno · +254722000118"));
    stage.tap("row:today:ready:" + ticket.id.to_string());
    CHECK(stage.screen() == "customer");
    stage.sign_in_as(stage.app.house.other_seller);
    stage.shell.to_home();
    stage.settle();
    CHECK_FALSE(stage.shows("is ready"));
}

TEST_CASE("sign in: an answer that comes when its asker has gone signs nobody in") {
    for (const bool by_rest : {false, true}) {
        ScreenStage stage;
        stage.tap("button:staff");
        stage.tap("avatar:person:seller");
        stage.hand.type("kiosk-and-keys");
        stage.app.slow = true;
        stage.hand.key(ui::Key::kEnter);
        if (by_rest)
            stage.pass(terminal::kAttractAfterMs + terminal::kWarnForMs + 1000);
        else
            stage.tap("chip:back");
        REQUIRE(stage.screen() != "sign_in");
        stage.app.slow = false;
        stage.settle();
        CHECK_FALSE(stage.app.person().has_value());
        CHECK(stage.screen() != "home");
    }
}

TEST_CASE("sync: while something is on its way the page never says that nothing waits") {
    ScreenStage stage;
    stage.sign_in_as(stage.app.house.seller);
    stage.app.link_.pending = 3;
    stage.app.touch();
    stage.shell.to_sync();
    stage.settle();
    CHECK(stage.shows("Sending 3 entries"));
    CHECK_FALSE(stage.shows("Nothing waiting"));
    stage.app.link_.pending = 0;
    stage.app.touch();
    stage.settle();
    CHECK(stage.shows("Nothing waiting"));
}
