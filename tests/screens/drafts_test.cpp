// What a seller typed survives everything: another sale, a lock, a refusal, a crash in the middle
// of recording. By touch, as it happens at the desk.

#include <doctest/doctest.h>

#include "sale_stage.hpp"

using namespace showfloor;
using test::Dealership;
using test::SaleStage;
using test::ScreenStage;

namespace {

std::string row_of(const terminal::Draft& draft) {
    return "row:draft:" + draft.id.to_string();
}

// The unfinished sale of the Corolla Cross, KES 123,000 typed.
void leave_first(SaleStage& stage) {
    stage.to_payment();
    stage.type("field:amount", "123000");
    stage.tap("button:save_for_later");
    REQUIRE(stage.screen() == "home");
    REQUIRE(stage.app.kept_drafts.size() == 1);
}

// One that has come as far as its customer.
void leave(SaleStage& stage, int car) {
    stage.shell.to_sale(Dealership::car(car));
    stage.settle();
    stage.choose_customer();
    stage.tap("button:save_for_later");
}

// Another one, of the CX-5.
void leave_second(SaleStage& stage) {
    leave(stage, 101);
    REQUIRE(stage.app.kept_drafts.size() == 2);
}

}  // namespace

TEST_CASE("drafts: a second sale leaves the first alone; both are listed and go on") {
    SaleStage stage;
    leave_first(stage);
    stage.app.set_now(stage.app.now() + 5 * 60'000);
    leave_second(stage);
    CHECK(stage.shows("2 sales are unfinished"));
    CHECK(stage.shows("2022 Toyota Corolla Cross"));
    CHECK(stage.shows("2021 Mazda CX-5 Touring"));
    CHECK(stage.shows("Wanjiru Otieno · 5 min ago"));
    // The newest first, in one line.
    const ui::Item* newer = stage.find(row_of(stage.app.kept_drafts[0]));
    const ui::Item* older = stage.find(row_of(stage.app.kept_drafts[1]));
    REQUIRE(newer != nullptr);
    REQUIRE(older != nullptr);
    CHECK(newer->rect.x < older->rect.x);
    CHECK(newer->rect.y == older->rect.y);
    stage.tap(row_of(stage.app.kept_drafts[1]));
    CHECK(stage.screen() == "sale");
    CHECK(stage.shows("KES 123,000"));
    stage.go_on();
    stage.tap("button:record_sale");
    CHECK(stage.screen() == "receipt");
    // The other one is still there.
    REQUIRE(stage.app.kept_drafts.size() == 1);
    CHECK(stage.app.kept_drafts[0].content["car_id"] == Dealership::car(101).to_string());
}

TEST_CASE("drafts: the car's own is taken up again from the car; a new sale is a new one") {
    SaleStage stage;
    leave_first(stage);
    stage.open();
    CHECK(stage.shows("KES 123,000"));
    stage.tap("button:save_for_later");
    CHECK(stage.app.kept_drafts.size() == 1);
    stage.tap("button:new_sale");
    CHECK(stage.screen() == "sale");
    CHECK_FALSE(stage.shows("KES 123,000"));
    stage.tap("card:car:" + Dealership::car(102).to_string());
    stage.tap("button:save_for_later");
    CHECK(stage.app.kept_drafts.size() == 2);
}

TEST_CASE("drafts: one is forgotten after a question, and only that one") {
    SaleStage stage;
    leave_first(stage);
    leave_second(stage);
    const base::Uuid first = stage.app.kept_drafts[1].id;
    stage.tap("button:discard:" + first.to_string());
    CHECK(stage.shows("Discard this sale?"));
    stage.tap("button:discard/cancel");
    CHECK(stage.app.kept_drafts.size() == 2);
    stage.tap("button:discard:" + first.to_string());
    stage.tap("button:discard/confirm");
    REQUIRE(stage.app.kept_drafts.size() == 1);
    CHECK(stage.app.kept_drafts[0].id != first);
    CHECK(stage.shows("A sale is unfinished"));
    CHECK_FALSE(stage.shows("2022 Toyota Corolla Cross"));
}

TEST_CASE("drafts: two are seen, more by a touch") {
    SaleStage stage;
    leave_first(stage);
    for (const int car : {101, 102, 103, 104}) {
        leave(stage, car);
    }
    REQUIRE(stage.app.kept_drafts.size() == 5);
    CHECK(stage.find(row_of(stage.app.kept_drafts[1])) != nullptr);
    CHECK(stage.find(row_of(stage.app.kept_drafts[2])) == nullptr);
    CHECK(stage.find(row_of(stage.app.kept_drafts[4])) == nullptr);
    stage.tap("button:all_drafts");
    CHECK(stage.find(row_of(stage.app.kept_drafts[4])) != nullptr);
}

TEST_CASE(
    "drafts: with some of them the day's figures, chart and list are seen without scrolling") {
    for (const auto& [wide, high] : {std::pair{1920, 1080}, {1280, 800}}) {
        INFO(wide, "x", high);
        SaleStage stage("en", wide, high);
        leave_first(stage);
        for (const int car : {101, 102, 103}) {
            leave(stage, car);
        }
        const float foot = stage.stage->context().whole().height();
        CHECK(stage.shows("4 sales are unfinished"));
        for (const char* words : {"Open balances", "Sales by week"})
            CHECK_FALSE(stage.stage->registry().place_of_text(words).empty());
        const ui::Item* queue = stage.find("row:today:queue");
        REQUIRE(queue != nullptr);
        CHECK(queue->visible.h >= queue->rect.h - 1);
        CHECK(queue->rect.bottom() <= foot);
    }
}

TEST_CASE("drafts: they are their seller's alone") {
    SaleStage stage;
    leave_first(stage);
    stage.sign_in_as(stage.app.house.other_seller);
    stage.shell.to_home();
    stage.settle();
    CHECK_FALSE(stage.shows("unfinished"));
    stage.open();
    CHECK_FALSE(stage.shows("KES 123,000"));
}

TEST_CASE("drafts: one kept by an earlier version goes on under its own id") {
    SaleStage stage;
    leave_first(stage);
    // As it was: one id for a person's every sale.
    const base::Uuid old = domain::derive_id(stage.app.house.seller, "draft_sale", 0);
    terminal::Draft& draft = stage.app.kept_drafts[0];
    draft.content["saved_at"] = draft.saved_at;
    stage.app.draft_owners[old] = stage.app.house.seller;
    draft.id = old;
    leave_second(stage);
    stage.tap(row_of(stage.app.kept_drafts[1]));
    CHECK(stage.shows("KES 123,000"));
    stage.go_on();
    stage.tap("button:record_sale");
    CHECK(stage.screen() == "receipt");
    REQUIRE(stage.app.kept_drafts.size() == 1);
    CHECK(stage.app.kept_drafts[0].id != old);
}

TEST_CASE("drafts: the signature is kept before the sale is recorded") {
    SaleStage stage;
    stage.to_review();
    stage.pass(2000);
    // So quickly that nothing was kept by itself meanwhile.
    const int writes = stage.app.draft_writes;
    stage.sign(2);
    REQUIRE(stage.app.draft_writes == writes);
    stage.app.next_outcome = domain::refuse(domain::Code::kCarSold);
    // The power goes before the answer: what counts is what was kept until then.
    stage.tap("button:record_sale");
    REQUIRE(stage.app.submitted.size() == 1);
    REQUIRE_FALSE(stage.app.submitted[0].args["signature"].empty());
    REQUIRE_FALSE(stage.app.kept_drafts.empty());
    const auto kept =
        base::parse_json(stage.app.kept_at_submit["signature"].get<std::string>(), 64 << 10);
    REQUIRE(kept.ok());
    CHECK(*kept == stage.app.submitted[0].args["signature"]);
}

TEST_CASE("drafts: a lock in the moment of typing loses nothing") {
    SaleStage stage;
    stage.to_payment();
    stage.pass(2000);
    stage.tap("field:amount");
    stage.hand.type("9");
    REQUIRE_FALSE(stage.app.kept_drafts.front().content["parts"][0]["amount"] == "9");
    stage.shell.sign_out();
    stage.settle();
    CHECK(stage.screen() == "browse");
    REQUIRE(stage.app.kept_drafts.size() == 1);
    CHECK(stage.app.kept_drafts[0].content["parts"][0]["amount"] == "9");
}

TEST_CASE(
    "drafts: one that the disk does not take is tried again, and nobody is led away from it") {
    SaleStage stage;
    stage.to_payment();
    stage.app.draft_error = base::fail(base::ErrorKind::kDiskFull, "No room.", "disk_full");
    stage.type("field:amount", "123000");
    stage.pass(2000);
    REQUIRE(stage.app.kept_drafts.empty());
    stage.tap("button:save_for_later");
    CHECK(stage.screen() == "sale");
    const int tries = stage.app.draft_writes;
    stage.pass(10'000);
    CHECK(stage.app.draft_writes > tries);
    CHECK(stage.app.draft_writes < tries + 10);  // not at every frame
    stage.app.draft_error.reset();
    stage.pass(5'000);
    REQUIRE(stage.app.kept_drafts.size() == 1);
    CHECK(stage.shows("draft saved here"));
    stage.tap("button:save_for_later");
    CHECK(stage.screen() == "home");
}

TEST_CASE("drafts: a new customer who is being typed is there again after a lock") {
    SaleStage stage;
    stage.write_customer("Zipporah");
    stage.type("field:company_name", "Mwangi Tours Ltd");
    stage.type("field:tax_number", "P051234567X");
    stage.tap("chip:id_passport");
    stage.type("field:id_number", "A1234567");
    stage.pass(terminal::kSignOutAfterMs + 1000);
    REQUIRE_FALSE(stage.app.person().has_value());
    stage.tap("screen:attract");
    stage.sign_in_as(stage.app.house.seller);
    stage.open();
    for (const char* words : {"Zipporah", "Mwangi Tours Ltd", "P051234567X", "A1234567"}) {
        INFO(std::string(words));
        CHECK(stage.shows(words));
    }
    stage.type("field:last_name", "Mwangi");
    stage.tap("button:save_customer");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.args()["first_name"] == "Zipporah");
    CHECK(stage.args()["id_kind"] == "passport");
}

TEST_CASE("drafts: who buys is not forgotten while customers are still on their way") {
    SaleStage stage;
    leave_first(stage);
    const auto customer = *stage.app.world.get<domain::Customer>(stage.app.house.customer);
    auto gone = customer;
    gone.archived = true;
    stage.app.world.put(gone);
    stage.app.link_.filling = true;
    stage.app.touch();
    stage.open();
    stage.pass(2000);
    stage.app.world.put(customer);
    stage.app.link_.filling = false;
    stage.app.touch();
    stage.settle();
    CHECK(stage.shows("Wanjiru Otieno"));
}
