// A sale in five steps, by touch. Judged by what is shown and by the command that is submitted,
// which the real rules judge in turn.

#include <doctest/doctest.h>

#include "base/encoding.hpp"
#include "imaging/encode.hpp"
#include "sale_stage.hpp"
#include "terminal/limits.hpp"

using namespace showfloor;
using test::Dealership;
using test::SaleStage;
using test::ScreenStage;

TEST_CASE("sale: from Home a car is chosen first, from a car its customer") {
    ScreenStage stage;
    stage.sign_in_as(stage.app.house.seller);
    stage.shell.to_home();
    stage.settle();
    stage.tap("button:new_sale");
    CHECK(stage.shows("Choose the car"));
    stage.tap("button:continue");
    CHECK(stage.shows("Choose a car first."));
    stage.type("field:find_car", "subaru");
    stage.tap("card:car:" + Dealership::car(102).to_string());
    CHECK(stage.shows("KES 3,150,000"));
    stage.tap("button:continue");
    CHECK(stage.find("field:find_customer") != nullptr);
    SaleStage from_car;
    CHECK(from_car.find("field:find_customer") != nullptr);
    CHECK(from_car.shows("2022 Toyota Corolla Cross"));
}

TEST_CASE("sale: without a customer it does not go on, and the seller is told") {
    SaleStage stage;
    stage.go_on();
    CHECK(stage.shows("Choose a customer first."));
    CHECK(stage.find("field:find_customer") != nullptr);
}

TEST_CASE("sale: what is recorded is what was shown") {
    SaleStage stage;
    stage.to_price();
    stage.type("field:discount", "50000");
    stage.add_accessory("Tow bar", "62000");
    stage.add_trade_in("2012 Toyota Vitz, 140,000 km", "272000");
    // 4,250,000 - 50,000 + 62,000 + 10,000 registration
    CHECK(stage.shows("KES 4,272,000"));
    CHECK(stage.shows("KES 4,000,000"));  // left after the trade-in
    stage.go_on();
    stage.type("field:amount", "1000000");
    stage.type("field:reference", "till 4");
    stage.tap("button:add_part");
    stage.tap("chip:method_mobile_money:1");
    stage.type("field:amount:1", "500000");
    CHECK(stage.shows("KES 2,500,000"));
    stage.tap("chip:plan_3");
    stage.go_on();
    stage.type("field:warranty", "12 months");
    stage.sign();
    stage.tap("button:record_sale");
    REQUIRE(stage.app.submitted.size() == 1);
    const auto& command = stage.app.submitted.back();
    CHECK(command.name == "record_sale");
    CHECK(command.actor_id == stage.app.house.seller);
    CHECK(command.args["car_id"] == Dealership::car(100).to_string());
    CHECK(command.args["customer_id"] == stage.app.house.customer.to_string());
    CHECK(command.args["discount_minor"] == 5'000'000);
    CHECK(command.args["accessories"][0]["description"] == "Tow bar");
    CHECK(command.args["trade_in_value_minor"] == 27'200'000);
    REQUIRE(command.args["payments"].size() == 2);
    CHECK(command.args["payments"][0]["reference"] == "till 4");
    CHECK(command.args["payments"][1]["method"] == "mobile_money");
    REQUIRE(command.args["installments"].size() == 3);
    CHECK(command.args["installments"][0]["amount_minor"] == 83'333'400);
    CHECK(command.args["warranty"] == "12 months");
    CHECK(command.args["signature"].size() == 1);  // one stroke
    CHECK(command.terms["total_minor"] == 427'200'000);
    CHECK(stage.screen() == "receipt");
    CHECK(stage.shows("Sale recorded"));
    CHECK(stage.shows("The sale is safe on this terminal."));
    stage.tap("button:done");
    CHECK(stage.screen() == "home");
}

TEST_CASE("sale: a payment over the total is refused in words and the step stays") {
    SaleStage stage;
    stage.to_payment();
    stage.type("field:amount", "9999999");
    CHECK(stage.shows("More than the total."));
    stage.go_on();
    CHECK(stage.find("field:amount") != nullptr);
}

TEST_CASE("sale: all that is left is paid by one touch") {
    SaleStage stage;
    stage.to_payment();
    stage.type("field:amount", "1000000");
    stage.tap("chip:pay_rest");
    CHECK(stage.shows("KES 4,260,000"));
    CHECK(stage.find("chip:pay_rest") == nullptr);
    CHECK(stage.find("chip:plan_3") == nullptr);
}

TEST_CASE("sale: a refusal shows its sentence and keeps what was typed") {
    SaleStage stage;
    stage.to_payment();
    stage.type("field:amount", "1000000");
    stage.go_on();
    stage.app.next_outcome = domain::refuse(domain::Code::kCarSold);
    stage.tap("button:record_sale");
    CHECK(stage.screen() == "sale");
    CHECK(stage.shows("This car is already sold. Choose another one."));
    CHECK(stage.shows("KES 1,000,000"));
    stage.tap("button:refused");
    CHECK_FALSE(stage.shows("This car is already sold."));
    stage.tap("button:record_sale");
    CHECK(stage.screen() == "receipt");
}

TEST_CASE("sale: one that was recorded before the power went is not recorded twice") {
    SaleStage stage;
    stage.to_review();
    stage.app.next_outcome = domain::refuse(domain::Code::kAlreadyDone);
    stage.pass(2000);
    stage.tap("button:record_sale");
    CHECK(stage.screen() == "receipt");
    CHECK(stage.app.kept_drafts.empty());
}

TEST_CASE("sale: a disk that is full is said in its own words") {
    SaleStage stage;
    stage.to_review();
    domain::Outcome full;
    full.kind = domain::Outcome::Kind::kFailed;
    full.failure = base::fail(base::ErrorKind::kDiskFull, "The disk is full. Nothing was stored.");
    stage.app.next_outcome = full;
    stage.tap("button:record_sale");
    CHECK(stage.shows("The disk is full. Nothing was stored. Tell an administrator."));
}

TEST_CASE("failures: in Arabic no English sentence reaches a screen, whatever went wrong") {
    SaleStage stage("ar");
    stage.to_review();
    domain::Outcome outcome;
    outcome.kind = domain::Outcome::Kind::kFailed;
    outcome.failure = base::fail(base::ErrorKind::kBusy, "An English sentence.", "no_such_code");
    stage.app.next_outcome = outcome;
    stage.tap("button:record_sale");
    CHECK_FALSE(stage.shows("English"));
    CHECK(stage.shows(stage.strings.get("error.busy")));
    stage.tap("button:refused");
    stage.tap("button:record_sale");
    REQUIRE(stage.screen() == "receipt");
    stage.app.print_result =
        base::fail(base::ErrorKind::kFailed, "An English sentence.", "print_failed");
    stage.app.pdf = base::fail(base::ErrorKind::kDiskFull, "An English sentence.");
    stage.tap("button:print");
    CHECK(stage.shows(stage.strings.get("error.print_failed")));
    stage.tap("button:save_pdf");
    CHECK(stage.shows(stage.strings.get("error.disk_full")));
    CHECK_FALSE(stage.shows("English"));
    stage.app.link_.online = false;
    stage.app.link_.cause = "something_new";
    stage.app.link_.sentence = "An English sentence.";
    stage.app.touch();
    stage.shell.to_sync();
    stage.settle();
    CHECK(stage.shows(stage.strings.get("sync.cause_other")));
    CHECK_FALSE(stage.shows("English"));
}

TEST_CASE("sale: a new customer is written down whole, added and chosen") {
    SaleStage stage;
    stage.write_customer("Grace", "Wanjiku");
    stage.type("field:phone", "+254712345680");
    stage.type("field:company_name", "Wanjiku Traders");
    stage.type("field:tax_number", "P051234567X");
    stage.tap("chip:id_passport");
    stage.type("field:id_number", "A1234567");
    stage.tap("button:save_customer");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted.back().name == "create_customer");
    CHECK(stage.args()["phone"] == "+254712345680");
    CHECK(stage.args()["company_name"] == "Wanjiku Traders");
    CHECK(stage.args()["tax_number"] == "P051234567X");
    CHECK(stage.args()["id_kind"] == "passport");
    CHECK(stage.args()["id_number"] == "A1234567");
    CHECK(stage.find("button:change_customer") != nullptr);
    CHECK(stage.shows("Grace Wanjiku"));
}

TEST_CASE("sale: who is here already is offered as one types the phone, however it is written") {
    SaleStage stage;
    stage.write_customer("W");
    stage.type("field:phone", "0712 345 678");
    CHECK(stage.shows("Wanjiru Otieno is already a customer"));
    stage.tap("button:use_other");
    CHECK(stage.find("button:change_customer") != nullptr);
    CHECK(stage.shows("Wanjiru Otieno"));
    CHECK(stage.app.submitted.empty());
}

TEST_CASE("sale: a refused customer says why at its field; a double is saved only on purpose") {
    SaleStage stage;
    stage.write_customer("Grace");
    stage.tap("button:save_customer");
    CHECK(stage.shows("First and last name are needed."));
    stage.type("field:last_name", "Wanjiku");
    stage.type("field:phone", "12");
    stage.tap("button:save_customer");
    CHECK(stage.shows("Something is not as it must be."));
    stage.tap("field:phone");
    for (int i = 0; i < 2; ++i)
        stage.hand.key(ui::Key::kBackspace);
    stage.hand.type("+254712345678");
    stage.hand.key(ui::Key::kEscape);
    stage.tap("button:save_customer");
    CHECK(stage.shows("is already a customer"));
    CHECK(stage.shows("Save as somebody else"));
    stage.tap("button:save_customer");
    CHECK(stage.args()["despite_duplicate"] == true);
    CHECK(stage.find("button:change_customer") != nullptr);
}

TEST_CASE("sale: its car is held at central, and the seller hears when a colleague was first") {
    SaleStage stage;
    CHECK(stage.app.held == Dealership::car(100));
    CHECK_FALSE(stage.shows("is working on this car"));
    stage.app.link_.car_taken = Dealership::car(101);  // of an earlier deal
    stage.frame();
    CHECK_FALSE(stage.shows("is working on this car"));
    stage.app.link_.car_taken = Dealership::car(100);
    stage.frame();
    CHECK(stage.shows("is working on this car"));
    stage.to_price();  // and goes on all the same
    stage.tap("button:save_for_later");
    CHECK(stage.app.held.is_nil());
}

TEST_CASE("sale: the draft is kept while one types, says so, and is found again where it was") {
    SaleStage stage;
    CHECK(stage.app.draft_writes == 0);  // nothing was typed yet
    stage.to_payment();
    stage.type("field:amount", "123000");
    stage.pass(2000);
    REQUIRE(stage.app.kept_drafts.size() == 1);
    CHECK(stage.shows("draft saved here"));
    const int writes = stage.app.draft_writes;
    stage.pass(20'000);
    CHECK(stage.app.draft_writes == writes);  // unchanged, so not written again
    stage.tap("button:save_for_later");
    CHECK(stage.screen() == "home");
    CHECK(stage.shows("A sale is unfinished"));
    CHECK(stage.shows("2022 Toyota Corolla Cross"));
    CHECK(stage.shows("Wanjiru Otieno · "));
    stage.tap("row:draft:" + stage.app.kept_drafts.front().id.to_string());
    CHECK(stage.screen() == "sale");
    CHECK(stage.shows("KES 123,000"));
    stage.go_on();
    CHECK(stage.shows("Wanjiru Otieno"));
    stage.tap("button:record_sale");
    INFO(stage.what_is_there());
    CHECK(stage.screen() == "receipt");
    CHECK(stage.app.kept_drafts.empty());
}

TEST_CASE("idle: a seller is signed out after a while and the draft stays") {
    SaleStage stage;
    stage.to_payment();
    stage.type("field:amount", "123000");
    stage.pass(terminal::kSignOutAfterMs - 2000);
    CHECK(stage.app.person().has_value());
    stage.pass(3000);
    CHECK_FALSE(stage.app.person().has_value());
    CHECK(stage.screen() == "attract");
    REQUIRE(stage.app.kept_drafts.size() == 1);
    CHECK(stage.app.kept_drafts.front().content["parts"][0]["amount"] == "123000");
}

TEST_CASE("sale: upright and in Arabic the same five steps lead to the papers") {
    SaleStage stage("ar", 1080, 1920);
    stage.to_review();
    stage.tap("button:record_sale");
    CHECK(stage.screen() == "receipt");
}

TEST_CASE("sale: wide, the whole pad and what is left to pay are seen without scrolling") {
    struct Size {
        const char* locale;
        int wide, high;
    };
    for (const auto& size : {Size{"en", 1920, 1080}, Size{"ar", 1920, 1080}, Size{"fr", 1280, 800},
                             Size{"sw", 1280, 800}}) {
        INFO(std::string(size.locale), " ", size.wide, "x", size.high);
        SaleStage stage(size.locale, size.wide, size.high);
        stage.to_price();
        stage.discount_over_limit();
        stage.add_accessory("Tow bar", "62000");
        stage.add_trade_in("2012 Toyota Vitz", "400000");
        stage.approve_as("manager", "manager-and-keys");
        stage.go_on();
        stage.type("field:amount", "1000000");
        stage.go_on();
        // The worst page: a colleague is on the same car, and the words of that take their room.
        stage.app.link_.car_taken = Dealership::car(100);
        stage.app.touch();
        stage.settle();
        const ui::Item* pad = stage.find("pad:signature");
        REQUIRE(pad != nullptr);
        CHECK(pad->rect.h >= 180);
        CHECK(pad->visible.h == doctest::Approx(pad->rect.h));
        CHECK(pad->visible.w == doctest::Approx(pad->rect.w));
        for (const auto& place : stage.stage->registry().scrolls())
            if (place.id == "totals")
                CHECK(stage.stage->context().interaction().scroll("totals").furthest() < 1);
    }
}

TEST_CASE("receipt: the papers one taps are shown, printed and saved; a missing printer is said") {
    SaleStage stage;
    stage.to_payment();
    stage.type("field:amount", "1000000");
    stage.go_on();
    stage.tap("button:record_sale");
    CHECK(stage.shows("NBO-T01-R000001"));
    stage.tap("segment:paper_size/1");
    stage.tap("button:print");
    CHECK(stage.shows("Sent to the printer."));
    REQUIRE(stage.app.printed.size() == 1);
    CHECK(stage.app.printed[0] == terminal::App::PaperKind::kReceiptA4);
    stage.app.print_result = base::fail(base::ErrorKind::kNotFound, "No lp here.", "no_printing");
    stage.tap("button:print");
    CHECK(stage.shows("No printer is set up at this terminal."));
    stage.tap("chip:paper_1");
    CHECK(stage.shows("NBO-T01-I000001"));
    stage.tap("button:save_pdf");
    CHECK(stage.shows("until you sign out: NBO-T01-I000001.pdf"));
    stage.app.pdf = std::string("/media/amina/STICK/NBO-T01-I000001.pdf");
    stage.tap("button:save_pdf");
    CHECK(stage.shows("On the drive: /media/amina/STICK/NBO-T01-I000001.pdf"));
    REQUIRE(stage.app.saved);
    CHECK(stage.app.saved->logo.pixels == nullptr);
    stage.app.pdf = base::fail(base::ErrorKind::kDiskFull, "The disk is full.");
    stage.tap("button:save_pdf");
    CHECK(stage.shows("The disk is full."));
}

TEST_CASE("receipt: the branch's logo is on the paper, on its PDF, and stays when records move") {
    SaleStage stage;
    imaging::Image red(60, 20);
    for (std::size_t i = 0; i < red.rgba.size(); i += 4)
        red.rgba[i] = red.rgba[i + 3] = 255;
    stage.app.show_logo(std::string(base::as_text(imaging::encode_png(red))));
    stage.to_payment();
    stage.type("field:amount", "1000000");
    stage.go_on();
    stage.tap("button:record_sale");
    REQUIRE(stage.screen() == "receipt");
    const auto wait = [&] {
        do
            stage.settle();
        while (stage.app.pictures().busy());
    };
    wait();
    const auto drawn = [&] {
        const auto key = std::hash<std::string_view>{}(stage.app.branch().logo);
        return stage.stage->context().textures().find(key).width;
    };
    CHECK(drawn() == 60);
    stage.app.touch();  // the file is read anew
    wait();
    stage.tap("button:save_pdf");
    REQUIRE(stage.app.saved);
    REQUIRE(stage.app.saved->logo.pixels);
    CHECK(stage.app.saved->logo.pixels->height == 20);

    stage.app.show_logo("\x89PNG\r\n\x1a\n damaged");
    wait();
    stage.tap("button:save_pdf");
    CHECK(stage.app.saved->logo.pixels == nullptr);
}

TEST_CASE("sale: the rest by one touch is the rest, also where a sum was refused") {
    SaleStage stage;
    stage.to_payment();
    stage.type("field:amount", "99999999");
    stage.tap("chip:pay_rest");
    stage.go_on();
    stage.tap("button:record_sale");
    REQUIRE(stage.app.submitted.size() == 1);
    const auto& draft = stage.app.submitted.back();
    REQUIRE(draft.args["payments"].size() == 1);
    CHECK(draft.args["payments"][0]["amount_minor"] == draft.terms["total_minor"]);
}

TEST_CASE("sale: a signature for another sum goes, and that is said") {
    SaleStage stage;
    stage.to_review();
    stage.sign();
    REQUIRE(stage.find("button:clear_signature") != nullptr);
    stage.tap("step:2");
    stage.type("field:discount", "1000");
    stage.go_on();
    stage.go_on();
    CHECK(stage.find("button:clear_signature") == nullptr);
    CHECK(stage.shows("the signature is asked for again"));
}
