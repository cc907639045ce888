// What a visitor does with cars that please: keeps them, compares them, works out the month, looks
// at the pictures closely.

#include <doctest/doctest.h>

#include "domain/finance.hpp"
#include "drawn.hpp"
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
        stage.tap("chip:back");
        stage.tap("chip:keep");
        stage.tap("chip:picks");
        // One car beside nothing is no comparison.
        CHECK(stage.find("button:compare_now") == nullptr);
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
    // The car's page says the same, with what is paid first.
    stage.tap("chip:back");
    CHECK(stage.shows("or " + figure(then.monthly_minor) + " a month for 36 months after " +
                      figure(85'000'000)));
    stage.tap("button:finance");
    stage.tap("slider:deposit");  // a tap on the track moves it
    CHECK(stage.shell.visit.finance.deposit_bp != 2000);
}

TEST_CASE("finance: without rates of the branch nothing is made up") {
    ScreenStage stage;
    open_car(stage, 100);
    CHECK(stage.find("button:finance") == nullptr);
    stage.shell.to_finance(Dealership::car(100));
    stage.settle();
    CHECK(stage.shows("Ask us about monthly payments"));
}

namespace {

constexpr imaging::Rgb kPictures[] = {{200, 40, 30}, {20, 60, 200}, {40, 160, 60}};

// Three pictures of one car on 1920 x 1080: whole each is 1440 x 1080.
struct GalleryStage : ScreenStage {
    GalleryStage() {
        for (int i = 0; i < 3; ++i)
            app.put_picture(Dealership::car(100), i, kPictures[i], 400, 300);
        app.refresh();
        settle();
        open_car(*this, 100);
        tap("chip:gallery");
        settle_pictures();
    }
    // Where the picture of this place stands, also what of it lies outside of the screen.
    [[nodiscard]] ui::Rect place(int index) const {
        const auto place = test::place_of_picture(*this, kPictures[index]);
        REQUIRE(place.has_value());
        return *place;
    }
    [[nodiscard]] bool shown(int index) const {
        return test::place_of_picture(*this, kPictures[index]).has_value();
    }
    [[nodiscard]] float zoom(int index) const { return place(index).w / 1440; }
    void double_tap(ui::Point at) {
        hand.tap_at(at);
        hand.tap_at(at);
        pass(1000);
    }
};

}  // namespace

TEST_CASE("gallery: a picture at a time, the next and the one before, and out again") {
    GalleryStage stage;
    CHECK(stage.screen() == "gallery");
    CHECK(stage.shows("1 / 3"));
    CHECK(stage.place(0).x == doctest::Approx(240));
    CHECK(stage.place(0).y == doctest::Approx(0));
    CHECK(stage.place(0).h == doctest::Approx(1080));
    CHECK_FALSE(stage.shown(1));
    CHECK(stage.find("button:picture_before") == nullptr);
    stage.tap("button:picture_after");
    stage.settle_pictures();
    CHECK(stage.shows("2 / 3"));
    CHECK_FALSE(stage.shown(0));
    CHECK(stage.zoom(1) == doctest::Approx(1));
    // A swipe turns the page too; the last has none after it.
    stage.hand.drag({1500, 540}, {400, 540}, 6);
    stage.settle_pictures();
    CHECK(stage.shows("3 / 3"));
    CHECK(stage.shown(2));
    CHECK_FALSE(stage.shown(1));
    CHECK(stage.find("button:picture_after") == nullptr);
    stage.tap("button:picture_before");
    CHECK(stage.shows("2 / 3"));
    stage.tap("button:close_gallery");
    CHECK(stage.screen() == "car");
}

TEST_CASE("gallery: the buttons make it larger in steps, to five times and back to the whole") {
    GalleryStage stage;
    for (const float zoom : {1.6F, 2.56F, 4.096F, 5.F}) {
        stage.tap("button:zoom_in");
        CHECK(stage.zoom(0) == doctest::Approx(zoom).epsilon(0.01));
        // About its middle.
        CHECK(stage.place(0).centre().x == doctest::Approx(960).epsilon(0.01));
        CHECK(stage.place(0).centre().y == doctest::Approx(540).epsilon(0.01));
    }
    CHECK_FALSE(stage.find("button:zoom_in")->enabled);
    for (const float zoom : {3.125F, 1.953F, 1.2207F, 1.F}) {
        stage.tap("button:zoom_out");
        CHECK(stage.zoom(0) == doctest::Approx(zoom).epsilon(0.01));
    }
    CHECK_FALSE(stage.find("button:zoom_out")->enabled);
    // Another picture is whole again.
    stage.tap("button:zoom_in");
    stage.tap("button:picture_after");
    stage.settle_pictures();
    CHECK(stage.zoom(1) == doctest::Approx(1));
    stage.tap("button:picture_before");
    CHECK(stage.zoom(0) == doctest::Approx(1));
}

TEST_CASE("gallery: a double tap goes close to that place, another back to the whole") {
    GalleryStage stage;
    // Two fifths along the picture and down it.
    stage.double_tap({240 + 0.4F * 1440, 0.4F * 1080});
    CHECK(stage.zoom(0) == doctest::Approx(2.5).epsilon(0.01));
    const ui::Rect close = stage.place(0);
    CHECK(close.x + 0.4F * close.w == doctest::Approx(960).epsilon(0.02));
    CHECK(close.y + 0.4F * close.h == doctest::Approx(540).epsilon(0.02));
    CHECK(stage.shows("1 / 3"));
    stage.double_tap({700, 500});
    CHECK(stage.zoom(0) == doctest::Approx(1));
    CHECK(stage.place(0).x == doctest::Approx(240));
    // Once is not twice.
    stage.hand.tap_at({900, 500});
    stage.pass(1000);
    stage.hand.tap_at({900, 500});
    stage.pass(1000);
    CHECK(stage.zoom(0) == doctest::Approx(1));
}

TEST_CASE("gallery: a finger moves what is enlarged as far as its edges, and turns no page") {
    GalleryStage stage;
    stage.double_tap({960, 540});
    const ui::Rect before = stage.place(0);
    stage.hand.drag({960, 540}, {760, 440}, 8);
    stage.pass(1000);
    const ui::Rect after = stage.place(0);
    CHECK(after.x - before.x == doctest::Approx(-200).epsilon(0.15));
    CHECK(after.y - before.y == doctest::Approx(-100).epsilon(0.15));
    CHECK(after.w == doctest::Approx(before.w));
    for (int i = 0; i < 3; ++i)
        stage.hand.drag({1700, 900}, {200, 100}, 6);
    stage.pass(1000);
    CHECK(stage.place(0).right() == doctest::Approx(1920));
    CHECK(stage.place(0).bottom() == doctest::Approx(1080));
    for (int i = 0; i < 3; ++i)
        stage.hand.drag({200, 100}, {1700, 900}, 6);
    stage.pass(1000);
    CHECK(stage.place(0).x == doctest::Approx(0));
    CHECK(stage.place(0).y == doctest::Approx(0));
    CHECK(stage.shows("1 / 3"));
}
