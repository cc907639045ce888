// Help & access, the warning before rest, and that nothing of a visitor is left after it.

#include <doctest/doctest.h>

#include "drawn.hpp"
#include "sale_stage.hpp"
#include "terminal/limits.hpp"

using namespace showfloor;
using terminal::Visit;
using test::Dealership;
using test::ScreenStage;

namespace {

constexpr const char* kPlanted = "Xylophonia";

void expect_nothing_left(ScreenStage& stage) {
    const Visit& visit = stage.shell.visit;
    CHECK(visit.wanted == terminal::Wanted{});
    CHECK(visit.picks.empty());
    CHECK(visit.compared.empty());
    CHECK(visit.settings == terminal::Settings{});
    CHECK(visit.finance == terminal::FinanceChoice{});
    for (const std::string* words :
         {&visit.lead.name, &visit.lead.phone, &visit.lead.email, &visit.lead.note})
        CHECK(words->empty());
    CHECK_FALSE(visit.lead.consent);
    CHECK(visit.leads_sent == 0);
    CHECK(visit.call.state == terminal::Call::State::kNone);
    CHECK(visit.overlay == terminal::Overlay::kNone);
    for (const std::string& text : stage.stage->registry().texts()) {
        INFO(text);
        CHECK(text.find(kPlanted) == std::string::npos);
    }
    CHECK(stage.stage->context().interaction().editing().empty());
    CHECK(stage.app.kept_drafts.empty());
    CHECK(stage.app.draft_writes == 0);
    for (const auto& command : stage.app.submitted)
        CHECK(base::dump_json(command.args).find(kPlanted) == std::string::npos);
}

}  // namespace

TEST_CASE("access: language, size, theme and ways apply at once, over the screen one is on") {
    ScreenStage stage;
    stage.offer_looks();
    stage.tap("card:" + Dealership::car(100).to_string());
    stage.tap("chip:access");
    CHECK(stage.shows("Help & access"));
    stage.tap("segment:text_size/2");
    CHECK(stage.stage->scale() == doctest::Approx(terminal::kTextSizes[2]));
    stage.tap("segment:theme/2");
    CHECK(stage.stage->context().theme().name == "contrast");
    stage.tap("switch:reduce_motion");
    stage.tap("chip:language_" + std::to_string(stage.shell.languages.size() - 1));
    CHECK(stage.stage->context().mirrored());
    stage.tap("button:reset_access");
    CHECK(stage.shell.visit.settings == terminal::Settings{});
    CHECK_FALSE(stage.stage->context().mirrored());
    CHECK(stage.stage->scale() == doctest::Approx(1.0F));
    stage.tap("button:close_access");
    CHECK(stage.screen() == "car");
    CHECK_FALSE(stage.shows("Help & access"));
}

TEST_CASE("access: reach mode keeps everything in the lower part") {
    for (const bool upright : {false, true}) {
        ScreenStage stage("en", "day", upright ? 1080 : 1920, upright ? 1920 : 1080);
        stage.shell.visit.settings.reach = true;
        stage.settle();
        const float high = static_cast<float>(stage.height);
        for (const ui::Item& item : stage.stage->registry().items()) {
            if (item.id == "button:reach_off" || item.visible.empty()) continue;
            INFO(item.id);
            CHECK(item.visible.y >= high / 2 - 1);
        }
        stage.tap("button:reach_off");
        CHECK_FALSE(stage.shell.visit.settings.reach);
    }
}

TEST_CASE("languages: the sheet is left by its cross and nothing is changed") {
    ScreenStage stage;
    stage.offer_looks();
    stage.tap("chip:language");
    REQUIRE(stage.find("row:language:1") != nullptr);
    stage.tap("button:close_languages");
    CHECK(stage.find("row:language:1") == nullptr);
    CHECK(stage.shell.visit.settings.language == 0);
}

TEST_CASE("languages: chosen from the bar in two touches, idling goes back to the first") {
    ScreenStage stage;
    stage.offer_looks();
    stage.tap("chip:language");
    const std::size_t arabic = stage.shell.languages.size() - 1;
    stage.tap("row:language:" + std::to_string(arabic));
    CHECK(stage.shell.visit.settings.language == arabic);
    CHECK(stage.stage->context().mirrored());
    stage.pass(terminal::kAttractAfterMs + terminal::kWarnForMs + 1000);
    CHECK(stage.shell.visit.settings.language == 0);
    CHECK_FALSE(stage.stage->context().mirrored());
}

TEST_CASE("idle: a visitor is asked, seen and spoken, and a touch extends") {
    ScreenStage stage;
    std::vector<std::string> said;
    stage.shell.say = [&](const std::string& words) { said.push_back(words); };
    int rung = 0;
    stage.shell.ring = [&](ui::Signal signal) { rung += signal == ui::Signal::kWarning ? 1 : 0; };
    stage.tap("card:" + Dealership::car(100).to_string());
    stage.pass(terminal::kAttractAfterMs - 1000);
    CHECK_FALSE(stage.shows("Still there?"));
    stage.pass(2000);
    CHECK(stage.shows("Still there?"));
    CHECK(stage.screen() == "car");
    REQUIRE(said.size() == 1);
    CHECK(rung == 1);
    CHECK(said[0].find("Still there?") != std::string::npos);
    stage.pass(10'000);
    CHECK(stage.shows("In 9 seconds"));
    stage.tap("button:still_there/confirm");
    CHECK_FALSE(stage.shows("Still there?"));
    CHECK(stage.screen() == "car");
    stage.pass(terminal::kAttractAfterMs + terminal::kWarnForMs + 1000);
    CHECK(stage.screen() == "attract");
    REQUIRE_FALSE(stage.app.in_use.empty());
    CHECK_FALSE(stage.app.in_use.back());
    stage.hand.tap_at({300, 300});
    CHECK(stage.screen() == "browse");
    CHECK(stage.app.in_use.back());
}

TEST_CASE("idle: who is done leaves at once") {
    ScreenStage stage;
    stage.shell.visit.toggle_pick(Dealership::car(100));
    stage.pass(terminal::kAttractAfterMs + 1000);
    stage.tap("button:still_there/cancel");
    CHECK(stage.screen() == "attract");
    expect_nothing_left(stage);
}

TEST_CASE("idle: a seller is warned, signed out, and finds every value of the draft again") {
    test::SaleStage stage;
    stage.to_price();
    stage.type("field:discount", "40000");
    stage.tap("chip:reason_other");
    stage.type("field:other_reason", "Third car of this family");
    stage.tap("button:add_accessory");
    stage.type("field:accessory:0", "All-weather mats");
    stage.type("field:accessory_amount:0", "14500");
    stage.go_on();
    stage.tap("chip:method_mobile_money");
    stage.type("field:amount", "123000");
    stage.tap("field:reference");
    stage.hand.type("QX7-441");  // the caret is still in it when they walk away
    stage.pass(terminal::kSignOutAfterMs - terminal::kWarnForMs - 1000);
    CHECK_FALSE(stage.shows("Your draft is kept"));
    stage.pass(2000);
    CHECK(stage.shows("Your draft is kept"));
    CHECK(stage.app.person().has_value());
    stage.pass(terminal::kWarnForMs + 1000);
    CHECK_FALSE(stage.app.person().has_value());
    CHECK(stage.screen() == "attract");
    CHECK_FALSE(stage.shows("123"));
    // Whoever comes next sees nothing of it; the seller finds all of it.
    stage.hand.tap_at({300, 300});
    stage.tap("button:staff");
    stage.tap("avatar:person:seller");
    stage.hand.type("kiosk-and-keys");
    stage.hand.key(ui::Key::kEnter);
    REQUIRE(stage.screen() == "home");
    REQUIRE(stage.app.kept_drafts.size() == 1);
    CHECK(stage.shows("Wanjiru Otieno"));
    stage.tap("row:draft:" + stage.app.kept_drafts[0].id.to_string());
    CHECK(stage.screen() == "sale");
    CHECK(stage.shows("QX7-441"));
    CHECK(stage.shows("KES 123,000"));
    stage.go_on();
    stage.tap("button:record_sale");
    REQUIRE(stage.screen() == "receipt");
    CHECK(stage.args()["car_id"] == Dealership::car(100).to_string());
    CHECK(stage.args()["customer_id"] == stage.app.house.customer.to_string());
    CHECK(stage.args()["discount_minor"] == 4'000'000);
    CHECK(stage.args()["discount_reason"] == "Third car of this family");
    REQUIRE(stage.args()["accessories"].size() == 1);
    CHECK(stage.args()["accessories"][0]["description"] == "All-weather mats");
    CHECK(stage.args()["accessories"][0]["amount_minor"] == 1'450'000);
    REQUIRE(stage.args()["payments"].size() == 1);
    CHECK(stage.args()["payments"][0]["method"] == "mobile_money");
    CHECK(stage.args()["payments"][0]["amount_minor"] == 12'300'000);
    CHECK(base::text_member(stage.args()["payments"][0], "reference") == "QX7-441");
    CHECK(stage.app.kept_drafts.empty());
}

TEST_CASE("rest: a visitor's words, planted everywhere, are nowhere afterwards") {
    ScreenStage stage;
    stage.offer_looks();
    stage.type("field:search", kPlanted);
    stage.tap("button:clear");
    stage.type("field:search", "toyota");
    stage.tap("chip:fuel_type_hybrid");
    stage.tap("button:keep:" + Dealership::car(100).to_string());
    stage.tap("card:" + Dealership::car(100).to_string());
    stage.tap("chip:compare");
    stage.shell.visit.finance = {3000, 24};
    stage.tap("button:test_drive");
    stage.type("field:name", kPlanted);
    stage.type("field:phone", "0712345678");
    stage.type("field:email", std::string(kPlanted) + "@example.com");
    stage.tap("switch:consent");
    stage.tap("chip:access");
    stage.tap("switch:speech");
    stage.tap("segment:theme/1");
    stage.tap("button:close_access");
    stage.tap("field:note");  // the caret is in a field when they walk away
    stage.hand.type(kPlanted);
    CHECK(stage.shell.visit.lead.note == kPlanted);
    stage.pass(terminal::kAttractAfterMs + terminal::kWarnForMs + 1000);
    CHECK(stage.screen() == "attract");
    expect_nothing_left(stage);
    // The next visitor finds an empty form and the beginning of the list.
    stage.hand.tap_at({300, 300});
    CHECK(stage.shows("13 cars"));
    stage.tap("card:" + Dealership::car(100).to_string());
    stage.tap("button:test_drive");
    expect_nothing_left(stage);
}

TEST_CASE("rest: the keyboard's letters go with the visitor who chose them") {
    ScreenStage stage;
    stage.tap("field:search");
    REQUIRE(stage.find("key:q") != nullptr);
    for (int i = 0; i < 4 && stage.find("key:q") != nullptr; ++i)
        stage.tap("key:language");
    REQUIRE(stage.find("key:q") == nullptr);
    stage.pass(terminal::kAttractAfterMs + terminal::kWarnForMs + 1000);
    CHECK(stage.screen() == "attract");
    stage.hand.tap_at({300, 300});
    stage.tap("field:search");
    CHECK(stage.find("key:q") != nullptr);
}

TEST_CASE("rest: what somebody set before the pictures, and left, is forgotten too") {
    ScreenStage stage;
    stage.offer_looks();
    stage.shell.to_attract();
    stage.settle();
    stage.tap("button:access");
    stage.tap("segment:theme/2");
    stage.tap("switch:reach");
    CHECK_FALSE(stage.shell.visit.settings == terminal::Settings{});
    stage.pass(terminal::kAttractAfterMs + terminal::kWarnForMs + 1000);
    CHECK(stage.screen() == "attract");
    expect_nothing_left(stage);
}

TEST_CASE("attract: still outside opening hours, and says when it opens") {
    ScreenStage stage;
    auto branch = *stage.app.world.get<domain::Branch>(stage.app.house.nairobi);
    branch.opening_hours = "Mon-Sun closed; Mon 08:00-08:01";
    stage.app.world.put(branch);
    stage.app.refresh();
    stage.shell.to_attract();
    stage.settle();
    CHECK(stage.shows("We open Monday at 08:00"));
    const int frames = stage.frames;
    stage.pass(30'000);
    CHECK(stage.frames - frames <= 6);  // the clock's minute at most
    stage.hand.tap_at({300, 300});
    CHECK(stage.screen() == "browse");
}

TEST_CASE("attract: the dealer's own pictures of this shape come before those of cars") {
    constexpr imaging::Rgb kWide{200, 40, 30}, kTall{20, 60, 200}, kCar{40, 160, 60};
    for (const auto& [width, height] : {std::pair{1920, 1080}, {1080, 1920}}) {
        CAPTURE(width);
        ScreenStage stage("en", "day", width, height);
        stage.app.put_picture(Dealership::car(100), 0, kCar, 80, 60);
        stage.app.refresh();
        stage.app.put_media("wide.png", kWide, 64, 36);
        stage.app.put_media("tall.png", kTall, 36, 64);
        stage.shell.to_attract();
        stage.settle_pictures();
        const auto& [own, other] =
            width > height ? std::pair(kWide, kTall) : std::pair(kTall, kWide);
        const auto place = test::place_of_picture(stage, own);
        REQUIRE(place.has_value());
        // Over all of the screen; no other and no car is shown with it, nor said.
        CHECK(place->contains({0, 0, static_cast<float>(width), static_cast<float>(height)}));
        CHECK_FALSE(test::place_of_picture(stage, other).has_value());
        CHECK_FALSE(test::place_of_picture(stage, kCar).has_value());
        CHECK_FALSE(stage.shows("Toyota"));
        // Those of the other shape alone are none: the car's picture is shown and named.
        std::erase_if(stage.app.media,
                      [&](const auto& each) { return each.upright() == (height > width); });
        stage.shell.to_browse();
        stage.settle();
        stage.shell.to_attract();
        stage.settle_pictures();
        CHECK_FALSE(test::place_of_picture(stage, other).has_value());
        CHECK(test::place_of_picture(stage, kCar).has_value());
        CHECK(stage.shows("Toyota Corolla Cross"));
    }
}

TEST_CASE("attract: a name of the dealer's own picture leads nowhere else") {
    CHECK(terminal::is_media_name("media/wide.jpg"));
    CHECK_FALSE(terminal::is_media_name("media/../outbox.db"));
    CHECK_FALSE(terminal::is_media_name("media/.hidden"));
    CHECK_FALSE(terminal::is_media_name("outbox.db"));
}

TEST_CASE("attract: one picture alone asks for no frame") {
    ScreenStage stage;
    stage.app.media = {{"media/wide.jpg", 1920, 1080}};
    stage.shell.to_attract();
    stage.settle();
    const int frames = stage.frames;
    stage.pass(30'000);
    CHECK(stage.frames == frames);
}

// Nothing in a visitor's bar moves with the minute: a frame for it is three frames for nothing.
TEST_CASE("browse: before a visitor it is drawn again for no clock, before the staff it is") {
    ScreenStage stage;
    stage.app.set_now(stage.app.now() / 60'000 * 60'000 + 55'000);
    stage.app.touch();
    stage.settle();
    REQUIRE(stage.stage->next_wake());
    CHECK(*stage.stage->next_wake() - stage.now_ms > 20'000);
    stage.sign_in_as(stage.app.house.seller);
    REQUIRE(stage.stage->next_wake());
    CHECK(*stage.stage->next_wake() - stage.now_ms <= 5'000);
}
