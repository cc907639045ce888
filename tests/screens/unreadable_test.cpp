// A disk that gives nothing back: every page says so, none claims that there is nothing or waits
// without a word, and each is right again by itself when the disk heals.

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "made_lead.hpp"
#include "sale_stage.hpp"

using namespace showfloor;
using base::Uuid;
using test::Dealership;
using test::SaleStage;
using test::ScreenStage;

namespace {

// What would be false while nobody can know.
constexpr const char* kClaims[] = {
    "attention.none",    "browse.none",   "car.gone",           "customer.empty", "customer.gone",
    "customer.no_match", "home.no_sales", "home.nothing_today", "leads.none",     "leads.none_new",
    "notification.none", "receipt.gone",  "sale.not_for_sale",  "sales.none",     "sales.no_match",
    "sync.none_waiting", "browse.empty",  "sale.no_car",
};

struct Page {
    const char* name;
    std::function<void()> go;
    std::string words;  // that stand there when it can be read
};

Uuid sell(ScreenStage& stage) {
    auto& house = stage.app.house;
    auto args = house.sale_args(Dealership::car(102), 100'000'000);
    auto command = house.make("record_sale", args, house.seller, house.terminal);
    const auto outcome = house.submit(command, house.terminal);
    REQUIRE(outcome.applied());
    stage.app.refresh();
    return Dealership::id_in(outcome, "sale_id");
}

void check_unreadable(ScreenStage& stage, const Page& page) {
    INFO(std::string(page.name), ": ", stage.what_is_there());
    CHECK(stage.screen() == page.name);
    // Not in the bar alone: where its content would stand.
    std::size_t said = 0;
    for (const std::string& text : stage.stage->registry().texts())
        said += text == stage.strings.get("link.unreadable") ? 1 : 0;
    CHECK(said >= (stage.app.person() ? 2U : 1U));
    for (const char* claim : kClaims)
        CHECK_MESSAGE(!stage.shows(stage.strings.get(claim)), claim);
    CHECK_FALSE(stage.shows(stage.strings.get("sync.waiting", {{"count", 0}})));
    for (const std::string& text : stage.stage->registry().texts())
        CHECK_MESSAGE(text != "0", "a count of what nobody can count");
}

}  // namespace

TEST_CASE("unreadable: each page of a seller says it, claims nothing, and is right when it heals") {
    SaleStage stage;
    const Uuid sale = sell(stage);
    stage.app.world.put(test::lead_of(stage));
    stage.app.waiting_commands = {
        {4, "record_sale", "NBO-T01-I000007", "pending", stage.app.now() - 120'000}};
    terminal::AttentionItem item;
    item.number = 1;
    item.kind = "refused";
    item.command = "record_sale";
    item.code = "terms_changed";
    item.invoice_number = "NBO-T01-I000009";
    stage.app.items = {item};
    stage.app.touch();
    terminal::Shell& shell = stage.shell;
    const std::string invoice =
        stage.app.world.get<domain::Invoice>(stage.app.world.get<domain::Sale>(sale)->invoice_id)
            ->number;
    const std::vector<Page> pages = {
        {"home", [&] { shell.to_home(); }, stage.strings.get("home.by_week")},
        {"sale", [&] { shell.to_sale(Dealership::car(100)); }, "Toyota Corolla Cross"},
        {"sales", [&] { shell.to_sales(); }, invoice},
        {"invoices", [&] { shell.to_invoices(); }, invoice},
        {"sale_detail", [&] { shell.to_sale_detail(sale); }, "Wanjiru Otieno"},
        {"receipt", [&] { shell.to_sale({}), shell.to_receipt(sale); }, invoice},
        {"customers", [&] { shell.to_customers(); }, "Wanjiru Otieno"},
        {"customer", [&] { shell.to_customer(stage.app.house.customer); }, "Wanjiru Otieno"},
        {"leads", [&] { shell.to_leads(); }, "Peter Kamau"},
        {"attention", [&] { shell.to_attention(); }, "NBO-T01-I000009"},
        {"sync", [&] { shell.to_sync(); }, "NBO-T01-I000007"},
    };
    for (const Page& page : pages) {
        stage.app.damaged = true;
        shell.to_browse();
        page.go();
        stage.settle();
        check_unreadable(stage, page);
        // Read in vain once more, as the App has it done every few seconds.
        stage.app.touch();
        stage.settle();
        check_unreadable(stage, page);
        stage.app.heal();
        stage.settle();
        INFO(std::string(page.name), " healed: ", stage.what_is_there());
        CHECK(stage.shows(page.words));
        CHECK_FALSE(stage.shows(stage.strings.get("link.unreadable")));
    }
}

TEST_CASE("unreadable: notifications say it, and that there are none only when that is known") {
    ScreenStage stage;
    stage.sign_in_as(stage.app.house.seller);
    stage.app.damaged = true;
    stage.shell.to_notifications();
    stage.settle();
    check_unreadable(stage, {"notifications", {}, {}});
    stage.app.heal();
    stage.settle();
    CHECK(stage.shows(stage.strings.get("notification.none")));
}

TEST_CASE("unreadable: what stands on a page stays there, and is not taken for gone") {
    SaleStage stage;
    const Uuid sale = sell(stage);
    const auto look = [&](auto go, const char* words) {
        go();
        stage.settle();
        CHECK(stage.shows(words));
        stage.app.damaged = true;
        stage.app.touch();
        stage.settle();
        INFO(stage.what_is_there());
        CHECK(stage.shows(words));
        CHECK(stage.shows(stage.strings.get("link.unreadable")));
        for (const char* claim : kClaims)
            CHECK_MESSAGE(!stage.shows(stage.strings.get(claim)), claim);
        stage.app.heal();
        stage.settle();
    };
    look([&] { stage.shell.to_sales(); }, "Wanjiru Otieno");
    look([&] { stage.shell.to_sale_detail(sale); }, "Wanjiru Otieno");
    look([&] { stage.shell.to_customer(stage.app.house.customer); }, "Wanjiru Otieno");
    look([&] { stage.shell.to_browse(); }, "2022 Toyota Corolla Cross");
}

TEST_CASE("unreadable: a draft is taken up when it can be read again, none is begun beside it") {
    SaleStage stage;
    stage.to_payment();
    stage.type("field:amount", "123000");
    stage.tap("button:save_for_later");
    REQUIRE(stage.app.kept_drafts.size() == 1);
    stage.app.damaged = true;
    stage.open();
    CHECK_FALSE(stage.shows("KES 123,000"));
    stage.app.heal();
    stage.settle();
    CHECK(stage.shows("KES 123,000"));
    stage.tap("button:save_for_later");
    CHECK(stage.app.kept_drafts.size() == 1);
}

TEST_CASE("unreadable: visitors are told whom to ask, and see the cars when they are back") {
    ScreenStage stage;
    terminal::Shell& shell = stage.shell;
    const std::vector<Page> pages = {
        {"browse", [&] { shell.to_browse(); }, "2022 Toyota Corolla Cross"},
        {"car", [&] { shell.to_car(Dealership::car(100)); }, "2022 Toyota Corolla Cross"},
        {"finance", [&] { shell.to_finance(Dealership::car(100)); },
         stage.strings.get("finance.none")},
        {"compare", [&] { shell.to_compare(); }, "2022 Toyota Corolla Cross"},
        {"picks", [&] { shell.to_picks(); }, "2022 Toyota Corolla Cross"},
    };
    for (const Page& page : pages) {
        stage.app.start_damaged();
        shell.to_browse();
        shell.visit.picks = shell.visit.compared = {Dealership::car(100)};
        page.go();
        stage.settle();
        check_unreadable(stage, page);
        CHECK(stage.shows(stage.strings.get("link.unreadable_ask")));
        stage.app.heal();
        stage.settle();
        INFO(std::string(page.name), " healed: ", stage.what_is_there());
        CHECK(stage.shows(page.words));
        CHECK_FALSE(stage.shows(stage.strings.get("link.unreadable")));
    }
    // The pages that need no records stand.
    stage.app.start_damaged();
    shell.to_lead(Dealership::car(100), true);
    stage.settle();
    CHECK(stage.screen() == "lead");
    shell.to_attract();
    stage.settle();
    CHECK(stage.screen() == "attract");
}
