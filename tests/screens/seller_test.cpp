// What a seller does: signs in, sells, decides what needs deciding. Judged by what the screens show
// and by the commands they submit; those are judged by the real rules.

#include <doctest/doctest.h>

#include "screen_stage.hpp"
#include "terminal/limits.hpp"

using namespace showfloor;
using test::Dealership;
using test::ScreenStage;

namespace {

// Signed in, on the sale of the Corolla Cross (KES 4,250,000), the customer chosen.
struct SaleStage : ScreenStage {
    SaleStage() {
        sign_in_as(app.house.seller);
        open();
    }
    void open() {
        shell.to_sale(Dealership::car(100));
        settle();
    }
    void choose_customer() { tap("row:customer:" + app.house.customer.to_string()); }
    void approve_as(const std::string& login, const std::string& password) {
        tap("button:approve");
        tap("avatar:person:" + login);
        hand.type(password);
        hand.key(ui::Key::kEnter);
    }
    [[nodiscard]] const base::Json& args() const { return app.submitted.back().args; }
};

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
    CHECK(stage.shows("Wrong name or password. 4 tries left"));
    CHECK_FALSE(stage.app.person().has_value());
    stage.type("field:password", "kiosk-and-keys");
    stage.tap("button:sign_in");
    REQUIRE(stage.app.person().has_value());
    CHECK(stage.screen() == "browse");
    CHECK(stage.shows("Amina H."));
    CHECK(stage.shows("All safe at central"));
}

TEST_CASE("sign in: someone without a tile types a name; nothing typed is said, not sent") {
    ScreenStage stage;
    stage.tap("button:staff");
    stage.tap("button:sign_in");
    CHECK(stage.shows("Choose who you are"));
    stage.tap("avatar:someone_else");
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

TEST_CASE("sale: without a customer nothing is sent, and the seller is told") {
    SaleStage stage;
    stage.tap("button:record_sale");
    CHECK(stage.shows("Choose a customer first."));
    CHECK(stage.app.submitted.empty());
}

TEST_CASE("sale: what is recorded is what was shown") {
    SaleStage stage;
    stage.choose_customer();
    stage.type("field:discount", "50000");
    stage.type("field:amount", "2000000");
    stage.type("field:reference", "till 4");
    // 4,250,000 - 50,000 + 10,000 registration
    CHECK(stage.shows("KES 4,210,000"));
    CHECK(stage.shows("KES 2,210,000"));
    stage.tap("button:record_sale");
    REQUIRE(stage.app.submitted.size() == 1);
    const auto& command = stage.app.submitted.back();
    CHECK(command.name == "record_sale");
    CHECK(command.actor_id == stage.app.house.seller);
    CHECK(command.args["car_id"] == Dealership::car(100).to_string());
    CHECK(command.args["customer_id"] == stage.app.house.customer.to_string());
    CHECK(command.args["discount_minor"] == 5'000'000);
    REQUIRE(command.args["payments"].size() == 1);
    CHECK(command.args["payments"][0]["method"] == "cash");
    CHECK(command.args["payments"][0]["amount_minor"] == 200'000'000);
    CHECK(command.args["payments"][0]["reference"] == "till 4");
    CHECK(command.terms["price_minor"] == 425'000'000);
    CHECK(command.terms["total_minor"] == 421'000'000);
    CHECK(stage.screen() == "receipt");
    CHECK(stage.shows("Sale recorded"));
    CHECK(stage.shows("The sale is safe on this terminal."));
    stage.tap("button:done");
    CHECK(stage.screen() == "browse");
    CHECK(stage.find("card:" + Dealership::car(100).to_string()) == nullptr);
}

TEST_CASE("sale: a discount over the limit needs a reason, then an approver") {
    SaleStage stage;
    stage.choose_customer();
    stage.type("field:discount", "170000");
    CHECK(stage.shows("Up to 3"));
    stage.tap("button:record_sale");
    CHECK(stage.shows("Choose why the discount is given."));
    stage.tap("chip:reason_returning");
    stage.tap("button:record_sale");
    CHECK(stage.shows("This discount needs a manager’s approval."));
    CHECK(stage.app.submitted.empty());
    stage.approve_as("manager", "wrong");
    CHECK(stage.shows("Wrong name or password. 4 tries left"));
    stage.type("field:password", "manager-and-keys");
    stage.tap("button:sign_in");
    CHECK(stage.shows("Approved by David, for this sale only."));
    CHECK(stage.app.person()->username == "seller");
    stage.tap("button:record_sale");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted.back().co_actor_id == stage.app.house.manager);
    CHECK(stage.args()["discount_reason"] == "Returning customer");
    CHECK(stage.screen() == "receipt");
}

TEST_CASE("sale: who was approved loses it when the discount changes") {
    SaleStage stage;
    stage.choose_customer();
    stage.type("field:discount", "170000");
    stage.tap("chip:reason_returning");
    stage.approve_as("manager", "manager-and-keys");
    REQUIRE(stage.shows("Approved by David"));
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
    stage.type("field:discount", "170000");
    stage.tap("chip:reason_demo");
    CHECK(stage.find("button:approve") == nullptr);
    stage.tap("button:record_sale");
    CHECK(stage.screen() == "receipt");
}

TEST_CASE("sale: a payment over the total is refused in words and nothing is sent") {
    SaleStage stage;
    stage.choose_customer();
    stage.type("field:amount", "9999999");
    CHECK(stage.shows("More than the total."));
    stage.tap("button:record_sale");
    CHECK(stage.app.submitted.empty());
}

TEST_CASE("sale: a refusal shows its sentence and keeps what was typed") {
    SaleStage stage;
    stage.choose_customer();
    stage.type("field:amount", "1000000");
    stage.app.next_outcome = domain::refuse(domain::Code::kCarSold);
    stage.tap("button:record_sale");
    CHECK(stage.screen() == "sale");
    CHECK(stage.shows("This car is already sold. Choose another one."));
    CHECK(stage.shows("KES 1,000,000"));
    CHECK(stage.find("button:change_customer") != nullptr);
    stage.tap("button:refused");
    CHECK_FALSE(stage.shows("This car is already sold."));
    stage.tap("button:record_sale");
    CHECK(stage.screen() == "receipt");
}

TEST_CASE("sale: a disk that is full is said in its own words") {
    SaleStage stage;
    stage.choose_customer();
    domain::Outcome full;
    full.kind = domain::Outcome::Kind::kFailed;
    full.failure = base::fail(base::ErrorKind::kDiskFull, "The disk is full. Nothing was stored.");
    stage.app.next_outcome = full;
    stage.tap("button:record_sale");
    CHECK(stage.shows("The disk is full. Nothing was stored."));
}

TEST_CASE("sale: a new customer is added and chosen; a refused one says why at its field") {
    SaleStage stage;
    stage.tap("button:new_customer");
    stage.hand.key(ui::Key::kEscape);
    stage.type("field:first_name", "Grace");
    stage.type("field:last_name", "Wanjiku");
    stage.type("field:phone", "+254712345680");
    stage.app.next_outcome = domain::refuse(domain::Code::kDuplicate, "phone");
    stage.tap("button:save_customer");
    CHECK(stage.shows("There is already one like this. Use that one."));
    CHECK(stage.shows("Grace"));
    stage.tap("button:save_customer");
    CHECK(stage.find("button:change_customer") != nullptr);
    CHECK(stage.shows("Grace Wanjiku"));
    CHECK(stage.args()["phone"] == "+254712345680");
}

TEST_CASE("sale: the draft is kept while one types, and found again") {
    SaleStage stage;
    CHECK(stage.app.draft_writes == 0);  // nothing was typed yet
    stage.choose_customer();
    stage.type("field:discount", "50000");
    stage.type("field:amount", "123000");
    stage.pass(2000);
    REQUIRE(stage.app.drafts.contains("sale"));
    CHECK(stage.shows("Draft kept on this terminal"));
    const int writes = stage.app.draft_writes;
    stage.pass(20'000);
    CHECK(stage.app.draft_writes == writes);  // unchanged, so not written again
    stage.tap("button:back");
    stage.open();
    CHECK(stage.shows("Wanjiru Otieno"));
    CHECK(stage.shows("KES 50,000"));
    stage.bring_up("field:amount");
    CHECK(stage.shows("KES 123,000"));
    stage.tap("button:record_sale");
    INFO(stage.what_is_there());
    CHECK(stage.screen() == "receipt");
    CHECK_FALSE(stage.app.drafts.contains("sale"));
}

TEST_CASE("idle: a seller is signed out after a while and the draft stays") {
    SaleStage stage;
    stage.choose_customer();
    stage.type("field:amount", "123000");
    stage.pass(terminal::kSignOutAfterMs - 2000);
    CHECK(stage.app.person().has_value());
    stage.pass(3000);
    CHECK_FALSE(stage.app.person().has_value());
    CHECK(stage.screen() == "attract");
    REQUIRE(stage.app.drafts.contains("sale"));
    CHECK(stage.app.drafts["sale"]["amount"] == "123000");
}

TEST_CASE("receipt: the papers one taps are shown, and a saved one says where it is") {
    SaleStage stage;
    stage.choose_customer();
    stage.type("field:amount", "1000000");
    stage.tap("button:record_sale");
    CHECK(stage.shows("NBO-T01-R000001"));
    stage.tap("chip:paper_1");
    CHECK(stage.shows("NBO-T01-I000001"));
    stage.tap("button:save_pdf");
    CHECK(stage.shows("/papers/NBO-T01-I000001.pdf"));
    stage.app.pdf = base::fail(base::ErrorKind::kDiskFull, "The disk is full.");
    stage.tap("button:save_pdf");
    CHECK(stage.shows("The disk is full."));
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
