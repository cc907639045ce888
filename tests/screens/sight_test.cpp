// What a person must see without scrolling, whole and in its own line. Judged by where the widgets
// stand and what is written.

#include <doctest/doctest.h>

#include "domain/records_leads.hpp"
#include "domain/sale_terms.hpp"
#include "made_lead.hpp"
#include "sale_stage.hpp"
#include "terminal/screens/seller_words.hpp"

using namespace showfloor;
using test::Dealership;
using test::SaleStage;
using test::ScreenStage;

namespace {

constexpr std::pair<int, int> kWide[] = {{1920, 1080}, {1280, 800}};
constexpr std::int64_t kHourMs = 3'600'000;

bool whole(const ScreenStage& stage, std::string_view id) {
    const ui::Item* item = stage.find(id);
    if (item == nullptr) return false;
    const float scale = stage.stage->scale();
    const ui::Rect screen{0, 0, static_cast<float>(stage.width) / scale,
                          static_cast<float>(stage.height) / scale};
    return screen.contains(item->rect) && item->visible.h >= item->rect.h - 0.5F &&
           item->visible.w >= item->rect.w - 0.5F;
}

void put_leads(ScreenStage& stage, int count) {
    for (int i = 0; i < count; ++i) {
        domain::Lead lead = test::lead_of(stage);
        lead.car_id = Dealership::car(100 + i);
        stage.app.world.put(lead);
    }
    for (int i = 1; i <= 4; ++i) {
        terminal::AttentionItem item;
        item.number = i;
        item.kind = "refused";
        item.command = "record_sale";
        item.car_title = "2022 Toyota Corolla Cross";
        stage.app.items.push_back(item);
    }
    stage.app.refresh();
    stage.shell.to_home();
    stage.settle();
}

// The lines of Home's Today, and whether each is seen whole.
int lines_of_today(const ScreenStage& stage, bool& all_whole) {
    int count = 0;
    for (const ui::Item& item : stage.stage->registry().items()) {
        if (!item.id.starts_with("row:today:")) continue;
        ++count;
        all_whole = all_whole && whole(stage, item.id);
    }
    return count;
}

}  // namespace

TEST_CASE("sale: a new customer is saved without scrolling, whoever else is here already") {
    for (const auto& [wide, high] : kWide) {
        CAPTURE(wide);
        SaleStage stage("en", wide, high);
        stage.write_customer("Wanjiru");
        stage.type("field:phone", "0712345678");
        REQUIRE(stage.shows("is already a customer"));
        CHECK(whole(stage, "button:use_other"));
        CHECK(whole(stage, "button:save_customer"));
        CHECK(whole(stage, "button:cancel_customer"));
        // One thing to do next: the sale goes on when the customer is there.
        CHECK(stage.find("button:continue") == nullptr);
        stage.tap("button:cancel_customer");
        CHECK(stage.find("field:find_customer") != nullptr);
        CHECK(whole(stage, "button:continue"));
    }
}

TEST_CASE("customers: what is written down or corrected is saved without scrolling") {
    for (const auto& [wide, high] : kWide) {
        CAPTURE(wide);
        ScreenStage stage("en", "day", wide, high);
        stage.sign_in_as(stage.app.house.seller);
        stage.shell.to_customers();
        stage.settle();
        stage.tap("button:new_customer");
        stage.hand.key(ui::Key::kEscape);
        stage.type("field:phone", "0712345678");
        REQUIRE(stage.shows("is already a customer"));
        CHECK(whole(stage, "button:save_customer"));
        stage.shell.to_customer(stage.app.house.customer);
        stage.settle();
        stage.tap("button:edit_customer");
        CHECK(whole(stage, "button:save_customer"));
    }
}

TEST_CASE("sale: the pad to sign on and the button that records stand there without scrolling") {
    for (const auto& [wide, high] : kWide) {
        CAPTURE(wide);
        SaleStage stage("en", wide, high);
        stage.to_review();
        CHECK(whole(stage, "pad:signature"));
        CHECK(whole(stage, "button:record_sale"));
    }
}

TEST_CASE("sale: upright, too, the customer sees how the total they sign for comes about") {
    SaleStage stage("en", 1080, 1920);
    stage.to_review();
    domain::RecordSale sale;
    sale.car_id = Dealership::car(100);
    const auto branch = *stage.app.world.get<domain::Branch>(stage.app.house.nairobi);
    const auto terms = domain::quote_sale(stage.app.world, sale, branch, stage.app.now());
    REQUIRE(terms.ok());
    const auto written = [&](const std::string& words) {
        const auto& texts = stage.stage->registry().texts();
        return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
            return text.find(words) != std::string::npos;
        });
    };
    const auto money = [&](std::int64_t minor) {
        return terminal::money_of(stage.stage->context(), minor, terms->currency);
    };
    CHECK(written(money(terms->price_minor)));
    REQUIRE_FALSE(terms->fees.empty());
    for (const auto& fee : terms->fees) {
        CHECK(written(fee.name));
        CHECK(written(money(fee.amount_minor)));
    }
    REQUIRE_FALSE(terms->taxes.empty());
    for (const auto& tax : terms->taxes) {
        if (tax.tax_minor == 0) continue;
        CHECK(written(tax.name));
        CHECK(written(money(tax.tax_minor)));
    }
    CHECK(written(stage.strings.get("sale.total")));
    CHECK(written(money(terms->total_minor)));
    CHECK(whole(stage, "pad:signature"));
    // What the seller earns by it is not theirs to read.
    CHECK_FALSE(written(money(terms->commission_minor)));
}

TEST_CASE("lead: what is amiss and the button that sends are seen at once") {
    for (const auto& [wide, high] : kWide) {
        CAPTURE(wide);
        ScreenStage stage("en", "day", wide, high);
        stage.shell.to_lead(Dealership::car(100), true);
        stage.settle();
        CHECK(whole(stage, "button:send"));
        stage.tap("button:send");
        CHECK(stage.shows("Tell us what to call you."));
        CHECK(stage.shows("Without your agreement"));
        CHECK(whole(stage, "field:name"));
        CHECK(whole(stage, "button:send"));
    }
}

TEST_CASE("access: the way back to normal is in sight once there is one, at any text size") {
    for (const auto& [wide, high] : {std::pair{1920, 1080}, {1280, 800}, {1080, 1920}}) {
        CAPTURE(wide);
        ScreenStage stage("en", "day", wide, high);
        stage.offer_looks();
        stage.tap("chip:access");
        CHECK(stage.find("button:reset_access") == nullptr);
        stage.tap("segment:text_size/2");
        CHECK(whole(stage, "button:reset_access"));
    }
}

TEST_CASE("home: every line of Today is whole; what has no room is one touch away") {
    for (const auto& [wide, high] : {std::pair{1920, 1080}, {1280, 800}, {1080, 1920}}) {
        CAPTURE(wide);
        ScreenStage stage("en", "day", wide, high);
        stage.sign_in_as(stage.app.house.seller);
        put_leads(stage, 4);
        bool all_whole = true;
        CHECK(lines_of_today(stage, all_whole) >= 3);
        CHECK(all_whole);
        if (high > wide) continue;  // upright there is room for all of them
        REQUIRE(stage.find("button:more_today") != nullptr);
        CHECK(whole(stage, "button:more_today"));
        stage.tap("button:more_today");
        CHECK(stage.find("button:more_today") == nullptr);
        CHECK(lines_of_today(stage, all_whole) == 9);  // and whether all is safe at central
    }
}

TEST_CASE("home: with the largest text Today stands above the weeks, as wide as the page") {
    ScreenStage stage;
    stage.stage->use_scale(stage.stage->scale() * *std::rbegin(terminal::kTextSizes));
    stage.sign_in_as(stage.app.house.seller);
    put_leads(stage, 2);
    const auto first = stage.find("row:today:attention:1")->rect;
    const float page = static_cast<float>(stage.width) / stage.stage->scale();
    CHECK(first.w > page / 2);
    CHECK(stage.find("button:more_today") == nullptr);
}

TEST_CASE("assistance: the car is named in a line of its own") {
    for (const auto& [wide, high] : kWide) {
        CAPTURE(wide);
        ScreenStage stage("en", "day", wide, high);
        stage.sign_in_as(stage.app.house.seller);
        domain::Assistance call;
        call.id = stage.app.house.next_id();
        call.created_at = call.updated_at = call.occurred_at = call.called_at = stage.app.now();
        call.branch_id = stage.app.house.nairobi;
        call.terminal_id = stage.app.house.other_terminal;
        call.car_id = Dealership::car(100);
        stage.app.world.put(call);
        stage.app.touch();
        stage.settle();
        const auto& texts = stage.stage->registry().texts();
        CHECK(std::count(texts.begin(), texts.end(), "2022 Toyota Corolla Cross") >= 1);
        CHECK(stage.shows("a customer asks for help"));
    }
}

TEST_CASE(
    "offline: since when is said as the language says it, with the day when it is not today") {
    struct Said {
        const char* language;
        const char* today;
        const char* before;
        const char* whole;
    };
    const Said said[] = {
        {"en", "Offline since 1", "Offline since 12 Jun 2025", "Offline since 12 Jun 2025, 1"},
        {"fr", "Hors ligne depuis 1", "Hors ligne depuis le 12 juin 2025",
         "Hors ligne depuis le 12 juin 2025 à 1"},
    };
    for (const Said& each : said) {
        CAPTURE(each.language);
        ScreenStage stage(each.language);
        stage.sign_in_as(stage.app.house.seller);
        stage.app.link_.online = false;
        stage.app.link_.last_contact_at = stage.app.now();
        stage.shell.to_sync();
        stage.settle();
        CHECK(stage.shows(each.today));
        stage.app.link_.last_contact_at = stage.app.now() - 72 * kHourMs;
        stage.app.touch();
        stage.settle();
        CHECK(stage.shows(each.before));  // in the bar
        CHECK(stage.shows(each.whole));   // on the page
    }
}
