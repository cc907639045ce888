// Whole journeys by touch alone, upright and wide: a customer from the first touch to the thanks
// and to being forgotten; a seller from the tiles to the papers and the sale in the list. Nothing
// here opens a screen but a finger.

#include <doctest/doctest.h>

#include "domain/records_leads.hpp"
#include "screen_stage.hpp"
#include "terminal/limits.hpp"

using namespace showfloor;
using test::Dealership;
using test::ScreenStage;

namespace {

struct Shape {
    const char* locale;
    int width, height;
};
constexpr Shape kShapes[] = {{"en", 1920, 1080}, {"en", 1080, 1920}, {"ar", 1080, 1920}};

// As the terminal stands in the morning.
struct Morning : ScreenStage {
    explicit Morning(const Shape& shape)
        : ScreenStage(shape.locale, "day", shape.width, shape.height) {
        auto branch = *app.world.get<domain::Branch>(app.house.nairobi);
        branch.finance_rates = {{12, 1290}, {60, 1490}};
        app.world.put(branch);
        app.refresh();
        shell.to_attract();
        settle();
    }
    [[nodiscard]] bool upright() const { return height > width; }
    [[nodiscard]] std::string words(const char* key) const { return strings.get(key); }
};

void narrow(Morning& stage) {
    stage.type("field:search", "toyota");
    if (stage.upright()) stage.tap("chip:filters");
    stage.tap("chip:body_style_compact_suv");
    if (stage.upright()) stage.tap("button:show_found");
    CHECK(stage.cards() == std::vector{Dealership::car(100).to_string()});
}

void sign(Morning& stage) {
    stage.bring_up("pad:signature");
    const ui::Rect pad = stage.find("pad:signature")->visible;
    stage.hand.drag({pad.x + 40, pad.y + pad.h * 0.3F}, {pad.x + 300, pad.y + pad.h * 0.7F}, 12);
    CHECK(stage.find("button:clear_signature") != nullptr);
}

}  // namespace

TEST_CASE("journey: a customer looks, keeps, reckons and leaves a number; then is forgotten") {
    for (const Shape& shape : kShapes) {
        INFO(std::string(shape.locale), " ", shape.width, "x", shape.height);
        Morning stage(shape);
        REQUIRE(stage.screen() == "attract");
        stage.hand.tap_at({200, 400});
        REQUIRE(stage.screen() == "browse");
        narrow(stage);
        stage.tap("card:" + Dealership::car(100).to_string());
        REQUIRE(stage.screen() == "car");
        stage.tap("chip:keep");
        CHECK(stage.shell.visit.is_picked(Dealership::car(100)));
        stage.tap("button:finance");
        CHECK(stage.screen() == "finance");
        CHECK(stage.shows(stage.words("finance.estimate")));
        stage.tap("chip:back");
        stage.tap("button:test_drive");
        REQUIRE(stage.screen() == "lead");
        stage.type("field:name", "Zuhura Achieng");
        stage.type("field:phone", "0712345678");
        stage.tap("chip:day_2");
        stage.tap("switch:consent");
        stage.tap("button:send");
        CHECK(stage.shows(stage.words("lead.sent")));
        CHECK(stage.app.world.find_one<domain::Lead>({{"name", std::string("Zuhura Achieng")}}));
        stage.tap("button:to_cars");
        REQUIRE(stage.screen() == "browse");
        stage.tap("chip:picks");
        CHECK(stage.screen() == "picks");
        CHECK(stage.cards() == std::vector{Dealership::car(100).to_string()});
        stage.tap("chip:back");
        // Gone, and the next one finds nothing of it.
        stage.pass(terminal::kAttractAfterMs + terminal::kWarnForMs + 1000);
        CHECK(stage.screen() == "attract");
        CHECK(stage.shell.visit.picks.empty());
        CHECK(stage.shell.visit.lead.name.empty());
        CHECK(stage.shell.visit.wanted == terminal::Wanted{});
    }
}

TEST_CASE("journey: a seller signs in, sells with a signature, and finds the sale again") {
    for (const Shape& shape : kShapes) {
        INFO(std::string(shape.locale), " ", shape.width, "x", shape.height);
        Morning stage(shape);
        stage.hand.tap_at({200, 400});
        stage.tap("button:staff");
        stage.tap("avatar:person:seller");
        stage.hand.type("kiosk-and-keys");
        stage.hand.key(ui::Key::kEnter);
        REQUIRE(stage.screen() == "home");
        stage.tap("button:new_sale");
        stage.type("field:find_car", "corolla");
        stage.tap("card:car:" + Dealership::car(100).to_string());
        stage.tap("button:continue");
        stage.tap("row:customer:" + stage.app.house.customer.to_string());
        stage.tap("button:continue");
        stage.type("field:discount", "50000");
        stage.tap("button:continue");
        stage.type("field:amount", "1000000");
        stage.tap("chip:plan_3");
        stage.tap("button:continue");
        sign(stage);
        stage.tap("button:record_sale");
        REQUIRE(stage.screen() == "receipt");
        REQUIRE_FALSE(stage.app.submitted.empty());
        const auto& args = stage.app.submitted.back().args;
        CHECK(args.at("discount_minor") == 5'000'000);
        CHECK(args.at("installments").size() == 3);
        CHECK(args.at("signature").size() == 1);
        stage.tap("button:done");
        REQUIRE(stage.screen() == "home");
        stage.tap("rail:sales");
        CHECK(stage.screen() == "sales");
        CHECK(stage.shows("Wanjiru Otieno"));
        stage.tap("chip:sign_out");
        CHECK_FALSE(stage.app.person().has_value());
    }
}
