// What a visitor does with cars that please: keeps them, compares them, works out the month, looks
// at the pictures closely.

#include <doctest/doctest.h>

#include "domain/finance.hpp"
#include "screen_stage.hpp"
#include "terminal/screens/picks_screen.hpp"
#include "text/format.hpp"

using namespace showfloor;
using test::Dealership;
using test::ScreenStage;

namespace {

void give_rates(ScreenStage& stage) {
    auto branch = *stage.app.world.get<domain::Branch>(stage.app.house.nairobi);
    branch.finance_rates = {{12, 1290}, {36, 1390}, {60, 1490}};
    stage.app.world.put(branch);
    stage.app.refresh();
    stage.settle();
}

void open_car(ScreenStage& stage, int n) {
    stage.tap("card:" + Dealership::car(n).to_string());
    REQUIRE(stage.screen() == "car");
}

}  // namespace

TEST_CASE("car: the whole specification by group, features behind their count") {
    ScreenStage stage;
    open_car(stage, 100);
    CHECK(stage.shows("Engine and drive"));
    stage.hand.drag({900, 900}, {900, 300}, 8);
    CHECK(stage.shows("JTDBR32E720110100"));
    CHECK_FALSE(stage.shows("LED headlamps"));
    stage.hand.drag({900, 300}, {900, 900}, 8);
    stage.tap("button:features");
    CHECK(stage.shows("LED headlamps"));
    stage.tap("button:close_features");
    CHECK_FALSE(stage.shows("LED headlamps"));
}

TEST_CASE("toast: leaves the buttons of its page to be seen, and goes with it") {
    const std::string words = "Chosen for comparing. Open another car and touch “Compare”.";
    for (const bool upright : {false, true}) {
        ScreenStage stage("en", "day", upright ? 1080 : 1920, upright ? 1920 : 1080);
        open_car(stage, 100);
        stage.tap("chip:compare");
        const auto check = [&](const char* button) {
            INFO(std::string(button), " on ", stage.screen(), upright ? " upright" : "");
            const ui::Rect toast = stage.stage->registry().place_of_text(words);
            REQUIRE_FALSE(toast.empty());
            REQUIRE(stage.find(button) != nullptr);
            CHECK_FALSE(toast.inflated(12).overlaps(stage.find(button)->visible));
        };
        check("button:call");
        check("button:test_drive");
        // It speaks of this page; the next has its own.
        stage.tap("button:test_drive");
        CHECK(stage.screen() == "lead");
        CHECK_FALSE(stage.shows(words));
    }
}

TEST_CASE("car: features that go on in a second line leave no dot behind") {
    ScreenStage stage;
    open_car(stage, 100);
    bool found = false;
    for (const std::string& text : stage.stage->registry().texts()) {
        if (text.find("Blind-spot") == std::string::npos) continue;
        found = true;
        CHECK(text.find('\n') != std::string::npos);
        CHECK(text.find(" ·\n") == std::string::npos);
        CHECK(text.find("\n·") == std::string::npos);
    }
    CHECK(found);
}

TEST_CASE("car: one feature more than fits is shown, not hidden behind its count") {
    ScreenStage stage;
    auto car = *stage.app.world.get<domain::Car>(Dealership::car(100));
    car.features.resize(6);
    stage.app.world.put(car);
    stage.app.refresh();
    open_car(stage, 100);
    CHECK(stage.shows("LED headlamps"));
    CHECK(stage.find("button:features") == nullptr);
}

TEST_CASE("car: kept and compared from its bar") {
    ScreenStage stage;
    open_car(stage, 100);
    stage.tap("chip:keep");
    CHECK(stage.shell.visit.is_picked(Dealership::car(100)));
    stage.tap("chip:compare");
    CHECK(stage.shell.visit.is_compared(Dealership::car(100)));
    CHECK(stage.screen() == "car");  // one alone is nothing to compare
}

TEST_CASE("car: similar ones are offered, never itself") {
    ScreenStage stage;
    const auto catalogue = stage.app.catalogue();
    const auto* forester = catalogue->find(Dealership::car(102));
    const auto similar = catalogue->similar(*forester, 4);
    REQUIRE(similar.size() == 4);
    CHECK(catalogue->cars()[similar[0]].car.body_style == domain::BodyStyle::kSuv);
    for (const auto position : similar)
        CHECK(catalogue->cars()[position].car.id != Dealership::car(102));
}

TEST_CASE("picks: what was kept, and a code with the page's address") {
    ScreenStage stage;
    stage.tap("chip:picks");
    CHECK(stage.screen() == "picks");
    CHECK(stage.shows("Nothing kept yet"));
    stage.tap("button:to_cars");
    stage.tap("button:keep:" + Dealership::car(100).to_string());
    stage.tap("button:keep:" + Dealership::car(101).to_string());
    stage.tap("chip:picks");
    CHECK(stage.cards().size() == 2);
    CHECK(stage.shows("My 2 picks"));
    const auto catalogue = stage.app.catalogue();
    const auto home = terminal::take_home(
        stage.stage->context(), stage.shell,
        {catalogue->find(Dealership::car(100)), catalogue->find(Dealership::car(101))});
    CHECK(home.text == "https://cars.uhuru-motors.example/c/NBO-1100,NBO-1101?l=en");
    stage.tap("button:compare_picks");
    CHECK(stage.screen() == "compare");
}

TEST_CASE("picks: where no telephone can reach central, the code holds plain text") {
    ScreenStage stage;
    stage.app.address = "https://localhost:8443";
    const auto catalogue = stage.app.catalogue();
    const auto home = terminal::take_home(stage.stage->context(), stage.shell,
                                          {catalogue->find(Dealership::car(100))});
    CHECK_FALSE(home.is_link);
    CHECK(home.text.find("2022 Toyota Corolla Cross") != std::string::npos);
    CHECK(home.text.find("NBO-1100") != std::string::npos);
    const auto code = terminal::qr_of(home.text);
    REQUIRE(code.has_value());
    CHECK(code->modules.size() == static_cast<std::size_t>(code->side * code->side));
    CHECK_FALSE(terminal::qr_of("").has_value());
    CHECK_FALSE(terminal::qr_of(std::string(5000, 'x')).has_value());
}

TEST_CASE("compare: differences are marked, alike lines can be left out, three are the most") {
    ScreenStage stage;
    auto& visit = stage.shell.visit;
    for (const int n : {100, 101, 102})
        CHECK(visit.toggle_compared(Dealership::car(n)));
    CHECK_FALSE(visit.toggle_compared(Dealership::car(103)));
    stage.shell.to_compare();
    stage.settle();
    CHECK(stage.shows("2022 Toyota Corolla Cross"));
    CHECK(stage.shows("Gearbox"));  // all automatic
    stage.tap("chip:only_differences");
    CHECK_FALSE(stage.shows("Gearbox"));
    CHECK(stage.shows("Mileage"));
    stage.tap("button:off:" + Dealership::car(101).to_string());
    CHECK(visit.compared.size() == 2);
    stage.tap("button:off:" + Dealership::car(100).to_string());
    stage.tap("button:off:" + Dealership::car(102).to_string());
    CHECK(stage.shows("Nothing to compare yet"));
}

TEST_CASE("finance: deposit and term change the month, and it is said to be an estimate") {
    ScreenStage stage;
    give_rates(stage);
    open_car(stage, 100);
    const auto at_first = domain::finance_plan(425'000'000, 1490, 60);
    CHECK(stage.shows("a month for 60 months"));
    stage.tap("button:finance");
    CHECK(stage.screen() == "finance");
    CHECK(stage.shows("An estimate, not an offer."));
    CHECK(stage.shows("14.9 %"));
    const auto whole = [](std::int64_t minor) { return (minor + 50) / 100; };
    const auto figure = [&](std::int64_t minor) {
        return "KES " + text::number(stage.strings.locale(), whole(minor));
    };
    CHECK(stage.shows(figure(at_first.monthly_minor)));
    stage.shell.visit.finance = {2000, 36};
    stage.settle();
    const auto then = domain::finance_plan(340'000'000, 1390, 36);
    CHECK(stage.shows(figure(then.monthly_minor)));
    CHECK(stage.shows(figure(85'000'000)));  // the deposit
    CHECK(stage.shows(figure(then.total_minor + 85'000'000)));
    stage.tap("slider:deposit");  // a tap on the track moves it
    CHECK(stage.shell.visit.finance.deposit_bp != 2000);
}

TEST_CASE("finance: without rates of the branch nothing is made up") {
    ScreenStage stage;
    open_car(stage, 100);
    CHECK(stage.find("button:finance") == nullptr);
    stage.shell.to_finance(Dealership::car(100));
    stage.settle();
    CHECK(stage.shows("Please ask us about paying by the month"));
}

TEST_CASE("gallery: larger, smaller, the next picture, and out again") {
    ScreenStage stage;
    for (int i = 0; i < 3; ++i) {
        domain::CarImage image;
        image.id = test::fixed_id(6, i);
        image.car_id = Dealership::car(100);
        image.position = i;
        image.sha256 = image.sha256_medium = image.sha256_small =
            std::string(64, static_cast<char>('a' + i));
        image.blurhash = "LEHV6nWB2yk8pyo0adR*.7kCMdnj";
        stage.app.world.put(image);
    }
    stage.app.refresh();
    stage.settle();
    open_car(stage, 100);
    CHECK(stage.shows("1 / 3"));
    stage.tap("chip:gallery");
    CHECK(stage.screen() == "gallery");
    stage.tap("button:picture_after");
    CHECK(stage.shows("2 / 3"));
    stage.tap("button:zoom_in");
    stage.tap("button:zoom_out");
    stage.tap("button:close_gallery");
    CHECK(stage.screen() == "car");
}
