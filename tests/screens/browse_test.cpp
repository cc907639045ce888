// Browse: searching, narrowing by chips and sliders, sorting, and coming back to the same place.

#include <doctest/doctest.h>

#include <algorithm>

#include "screen_stage.hpp"
#include "terminal/screens/car_words.hpp"
#include "ui/scroll.hpp"

using namespace showfloor;
using terminal::Catalogue;
using test::Dealership;
using test::ScreenStage;

TEST_CASE("browse: what is typed narrows what is shown, and clearing brings all back") {
    ScreenStage stage;
    CHECK(stage.shows("13 cars"));
    stage.type("field:search", "awd toyota");
    CHECK(stage.cards() == std::vector{Dealership::car(106).to_string()});
    CHECK(stage.shows("1 car"));
    stage.tap("clear:search");
    CHECK(stage.shows("13 cars"));
}

TEST_CASE("browse: a typing error and the beginning of a word find the car all the same") {
    ScreenStage stage;
    stage.type("field:search", "sabaru");
    CHECK(stage.cards() == std::vector{Dealership::car(102).to_string()});
    stage.tap("clear:search");
    stage.type("field:search", "corol");
    // The dealership's plain cars are Corollas too.
    const auto cards = stage.cards();
    CHECK(std::find(cards.begin(), cards.end(), Dealership::car(100).to_string()) != cards.end());
}

TEST_CASE("browse: nothing found says so and offers all cars") {
    ScreenStage stage;
    stage.type("field:search", "zeppelin");
    CHECK(stage.cards().empty());
    CHECK(stage.shows("No car matches"));
    stage.tap("button:clear");
    CHECK(stage.shows("13 cars"));
}

TEST_CASE("browse: chips narrow, show counts, and come off above the cars") {
    ScreenStage stage;
    stage.tap("chip:fuel_type_hybrid");
    CHECK(stage.shows("2 cars"));
    stage.tap("chip:body_style_sedan");
    CHECK(stage.cards() == std::vector{Dealership::car(105).to_string()});
    stage.tap("chip:off_fuel_type_hybrid");
    stage.tap("chip:off_body_style_sedan");
    CHECK(stage.shows("13 cars"));
    CHECK(stage.find("chip:off_fuel_type_hybrid") == nullptr);
}

TEST_CASE("browse: a count says how many cars a chip would bring") {
    ScreenStage stage;
    const auto count_of = [&](const char* id) {
        stage.tap(id);
        const std::size_t cars = stage.cards().size();
        stage.tap(id);
        return cars;
    };
    CHECK(count_of("chip:fuel_type_electric") == 1);
    stage.tap("chip:body_style_suv");
    CHECK(stage.shows("3 cars"));
    stage.tap("chip:fuel_type_petrol");  // its count was 3
    CHECK(stage.shows("3 cars"));
}

TEST_CASE("browse: the price slider narrows, says its limit, and comes off") {
    ScreenStage stage;
    REQUIRE(stage.find("slider:price/high") != nullptr);
    const ui::Item high = *stage.find("slider:price/high");
    const ui::Item low = *stage.find("slider:price/low");
    const ui::Point from = high.rect.centre(), to = {(low.rect.centre().x + from.x) / 2, from.y};
    stage.hand.drag(from, to, 8);
    const auto& ranges = stage.shell.visit.wanted.ranges;
    REQUIRE(ranges.contains(Catalogue::kPrice));
    const std::int64_t most = ranges.at(Catalogue::kPrice).most;
    CHECK(most < 560'000'000);
    for (const std::string& id : stage.cards()) {
        const auto* car = stage.app.catalogue()->find(base::Uuid::parse(id).value());
        REQUIRE(car != nullptr);
        CHECK(car->car.price_minor <= most);
    }
    CHECK(stage.shows("up to KES"));
    stage.tap("chip:off_price");
    CHECK(stage.shows("13 cars"));
}

TEST_CASE("browse: sorting puts the cheapest first") {
    ScreenStage stage;
    stage.tap("chip:sort");
    stage.tap("option:sort/price_up");
    CHECK(stage.cards().front() == Dealership::car(1).to_string());
    CHECK(stage.shows("Lowest price"));
}

TEST_CASE("browse: models are offered for the make that was chosen, and go with it") {
    ScreenStage stage;
    stage.tap("button:all_filters");
    CHECK(stage.find("chip:model_Forester") == nullptr);
    stage.tap("chip:make_Subaru");
    stage.tap("chip:model_Forester");
    stage.tap("button:show_found");
    CHECK(stage.cards() == std::vector{Dealership::car(102).to_string()});
    stage.tap("chip:off_make_Subaru");
    CHECK(stage.shows("13 cars"));
}

TEST_CASE("browse: upright, the filters stand in a sheet") {
    ScreenStage stage("en", "day", 1080, 1920);
    CHECK(stage.find("chip:make_Mazda") == nullptr);
    stage.tap("chip:filters");
    stage.tap("chip:make_Mazda");
    stage.tap("button:show_found");
    CHECK(stage.cards() == std::vector{Dealership::car(101).to_string()});
    stage.tap("chip:filters");
    stage.tap("button:reset_filters");
    stage.tap("button:show_found");
    CHECK(stage.shows("13 cars"));
}

TEST_CASE("browse: wide, every filter of a house of many makes is seen without scrolling") {
    for (const auto& [wide, high] : {std::pair{1920, 1080}, std::pair{1280, 800}}) {
        INFO(wide, "x", high);
        ScreenStage stage("en", "day", wide, high);
        // The makes, colours and kinds of the demo's 162 cars.
        static const char* kMakes[] = {
            "Toyota",        "Nissan", "Mazda",   "Subaru", "Honda", "Mitsubishi", "Volkswagen",
            "Mercedes-Benz", "BMW",    "Audi",    "Ford",   "Kia",   "Hyundai",    "Land Rover",
            "Lexus",         "Volvo",  "Porsche", "Jeep",   "Tesla", "MINI",       "Suzuki"};
        static const char* kColours[] = {"Ocean Blue",    "Champagne",     "Graphite Grey",
                                         "Silver",        "Signal Yellow", "Pearl White",
                                         "Barcelona Red", "Burnt Orange",  "Midnight Black",
                                         "Forest Green",  "Wine",          "Sky Blue",
                                         "Deep Brown",    "Sand"};
        for (const auto& entry : stage.app.catalogue()->cars()) {
            auto gone = entry.car;
            gone.archived = true;
            stage.app.world.put(gone);
        }
        for (int i = 0; i < 162; ++i) {
            domain::Car car = *stage.app.world.get<domain::Car>(Dealership::car(100));
            car.archived = false;
            car.id = Dealership::car(200 + i);
            car.vin = "JTDBR32E7201" + std::to_string(20'000 + i);
            car.make = kMakes[i % 21];
            car.color = kColours[i % 14];
            car.body_style = static_cast<domain::BodyStyle>(1 + i % 8);
            car.fuel_type = static_cast<domain::FuelType>(1 + i % 4);
            car.transmission = static_cast<domain::Transmission>(1 + i % 2);
            car.drive_type = static_cast<domain::DriveType>(1 + i % 4);
            car.condition = static_cast<domain::Condition>(i % 3);
            car.price_minor += i * 1'000'000;
            car.mileage += i * 100;
            car.year = 2012 + i % 14;
            stage.app.world.put(car);
        }
        stage.app.refresh();
        stage.settle();
        stage.tap("button:all_filters");
        std::size_t chips = 0;
        float view_bottom = 0, lowest = 0, view_height = 0;
        for (const auto& place : stage.stage->registry().scrolls()) {
            if (place.id != "all_filters") continue;
            view_bottom = place.view.bottom(), view_height = place.view.h;
        }
        for (const auto& item : stage.stage->registry().items()) {
            if (item.scroll_id != "all_filters") continue;
            ++chips;
            lowest = std::max(lowest, item.rect.bottom());
        }
        CHECK(chips > 55);
        // On the small screen a second view shows the rest.
        CHECK(lowest <= view_bottom + (wide == 1920 ? 0 : view_height));
    }
}

TEST_CASE("browse: comes back to the same place after a car") {
    ScreenStage stage;
    const auto before = stage.cards();
    stage.bring_up("card:" + before.back());
    auto& context = stage.stage->context();
    terminal::Shell& shell = stage.shell;
    const std::string last = Dealership::car(6).to_string();
    for (int i = 0; i < 10 && stage.find("card:" + last) == nullptr; ++i)
        stage.hand.drag({1000, 900}, {1000, 500}, 8);
    stage.tap("card:" + stage.cards().back());
    CHECK(stage.screen() == "car");
    const double place = ui::scroll_offset(context, "cars");
    REQUIRE(place > 0);
    stage.tap("chip:back");
    CHECK(stage.screen() == "browse");
    CHECK(ui::scroll_offset(context, "cars") == doctest::Approx(place));
    CHECK(shell.visit.wanted == terminal::Wanted{});
}

TEST_CASE("browse: a heart keeps the car and the bar counts it") {
    ScreenStage stage;
    const std::string id = Dealership::car(100).to_string();
    stage.tap("button:keep:" + id);
    CHECK(stage.screen() == "browse");  // the card below was not meant
    CHECK(stage.shell.visit.is_picked(Dealership::car(100)));
    stage.tap("button:keep:" + id);
    CHECK(stage.shell.visit.picks.empty());
}

TEST_CASE("browse: the first cars are on their way") {
    ScreenStage stage;
    for (const auto& entry : stage.app.catalogue()->cars()) {
        auto gone = entry.car;
        gone.archived = true;
        stage.app.world.put(gone);
    }
    stage.app.link_.filling = true;
    stage.app.refresh();
    stage.settle();
    CHECK(stage.shows("Fetching cars and prices"));
    CHECK_FALSE(stage.shows("No cars"));
    stage.app.link_.filling = false;
    stage.app.touch();
    stage.settle();
    CHECK(stage.shows("No cars here yet"));
}

TEST_CASE("browse: the newest cars stand there before all are read, and open") {
    ScreenStage stage;
    const auto whole = stage.cards();
    stage.app.refresh_first();
    stage.settle();
    CHECK(stage.cards() == whole);        // the same ones in the same places
    CHECK_FALSE(stage.shows("13 cars"));  // how many there are is not known yet
    CHECK(stage.find("button:all_filters") == nullptr);
    stage.tap("card:" + whole.front());
    CHECK(stage.navigator.top()->name() == "car");
    CHECK_FALSE(stage.shows("just sold"));
    stage.app.refresh();
    stage.settle();
    CHECK(stage.navigator.top()->name() == "car");
}

TEST_CASE("browse: a search before all are read answers when they are, never with half of them") {
    for (const bool upright : {false, true}) {
        ScreenStage stage("en", "day", upright ? 1080 : 1920, upright ? 1920 : 1080);
        stage.app.refresh_first();
        stage.settle();
        stage.type("field:search", "awd toyota");
        CHECK(stage.cards().empty());
        CHECK_FALSE(stage.shows("No car matches"));
        CHECK_FALSE(stage.shows("1 car"));
        auto changed = *stage.app.world.get<domain::Car>(Dealership::car(106));
        changed.price_minor = 987'654'00;  // meanwhile
        stage.app.world.put(changed);
        stage.app.refresh();
        stage.settle();
        CHECK(stage.cards() == std::vector{Dealership::car(106).to_string()});
        CHECK(stage.shows("1 car"));
        CHECK(stage.shows("987,654"));
    }
}

TEST_CASE("browse: a card says what it costs by the month when the branch has a rate") {
    ScreenStage stage;
    CHECK_FALSE(stage.shows("/ mo"));
    auto branch = *stage.app.world.get<domain::Branch>(stage.app.house.nairobi);
    branch.finance_rates = {{60, 980}};
    stage.app.world.put(branch);
    stage.app.refresh();
    stage.settle();
    CHECK(stage.shows("KES 89,882 / mo"));  // 4,250,000 at 9.8 % over 60 months
}

TEST_CASE("browse: the month stands on every card, in every language, also on a small screen") {
    for (const auto& [wide, high] : {std::pair(1280, 800), std::pair(1920, 1080)}) {
        for (const char* language : {"en", "ar", "fr", "sw"}) {
            INFO(std::string(language), " ", wide);
            ScreenStage stage(language, "day", wide, high);
            auto branch = *stage.app.world.get<domain::Branch>(stage.app.house.nairobi);
            branch.finance_rates = {{60, 980}};
            stage.app.world.put(branch);
            stage.app.refresh();
            stage.settle();
            const auto catalogue = stage.app.catalogue();
            std::size_t shown = 0;
            for (const std::string& id : stage.cards()) {
                const ui::Item* card = stage.find("card:" + id);
                if (card->visible.h + 1 < card->rect.h) continue;  // below the edge
                const auto* car = catalogue->find(*base::Uuid::parse(id));
                const auto monthly = terminal::monthly_of(stage.shell, car->car);
                REQUIRE(monthly.has_value());
                std::string words = stage.strings.get(
                    "browse.a_month",
                    {{"amount", terminal::estimate_of(stage.stage->context(),
                                                      monthly->monthly_minor, "KES")}});
                for (const char* sign : {"\u2068", "\u2069"})
                    while (words.find(sign) != std::string::npos)
                        words.erase(words.find(sign), 3);
                while (words.find("\u00a0") != std::string::npos)
                    words.replace(words.find("\u00a0"), 2, " ");
                CHECK_MESSAGE(stage.shows(words), words);
                ++shown;
            }
            CHECK(shown >= 3);
        }
    }
}

TEST_CASE("car: a colour is told in the language shown, as the search knows it") {
    ScreenStage stage("ar");
    stage.tap("card:" + Dealership::car(105).to_string());  // Graphite Grey
    CHECK(stage.shows("رمادي"));
    stage.hand.drag({900, 900}, {900, 300}, 8);
    CHECK(stage.shows("Graphite Grey"));  // the maker's name, in the specification
    stage.hand.drag({900, 300}, {900, 900}, 8);
    ScreenStage english;
    english.tap("card:" + Dealership::car(105).to_string());
    CHECK(english.shows("Graphite Grey"));
    CHECK_FALSE(english.shows("Grey (Graphite Grey)"));
    auto car = *stage.app.world.get<domain::Car>(Dealership::car(105));
    car.color = "White";
    stage.app.world.put(car);
    stage.app.refresh();
    stage.settle();
    CHECK(stage.shows("أبيض"));
    CHECK_FALSE(stage.shows("White"));
    CHECK(stage.shows("مقاعد مدفأة"));
    CHECK_FALSE(stage.shows("Heated seats"));
    car.color = "Champagne";
    stage.app.world.put(car);
    stage.app.refresh();
    stage.settle();
    CHECK(stage.shows("Champagne"));
}
