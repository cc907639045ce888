#include "terminal/catalogue.hpp"

#include "dealership.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace showfloor::terminal {

namespace {

struct Fixture {
    domain::MapWorld world;
    test::Dealership shop{world};

    void change(int n, void (*edit)(domain::Car&)) {
        auto car = *world.get<domain::Car>(test::Dealership::car(n));
        edit(car);
        world.put(car);
    }
    std::vector<std::string> models(Catalogue& catalogue, std::string_view words,
                                    Catalogue::Sort sort = Catalogue::Sort::kPriceUp) {
        std::vector<std::string> found;
        for (const auto position : catalogue.search(words, sort))
            found.push_back(catalogue.cars()[position].car.model);
        return found;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "read: every car that is not archived; sold ones are not on offer") {
    change(1, [](domain::Car& car) { car.archived = true; });
    change(2, [](domain::Car& car) { car.availability = domain::Availability::kSold; });
    change(3, [](domain::Car& car) { car.availability = domain::Availability::kReserved; });
    change(4, [](domain::Car& car) { car.availability = domain::Availability::kArchived; });
    const auto catalogue = Catalogue::read(world);
    CHECK(catalogue->cars().size() == 4);
    CHECK(catalogue->on_offer() == 3);
    CHECK(catalogue->find(test::Dealership::car(1)) == nullptr);
    REQUIRE(catalogue->find(test::Dealership::car(2)) != nullptr);
    CHECK(catalogue->find(test::Dealership::car(2))->car.model == "Model 2");
}

TEST_CASE_FIXTURE(Fixture, "read: what cannot wait so long comes between its parts") {
    for (int i = 0; i < 1500; ++i) {
        auto car = *world.get<domain::Car>(test::Dealership::car(1));
        car.id = test::fixed_id(77, i);
        world.put(car);
    }
    int between = 0;
    const auto catalogue = Catalogue::read(world, [&] { ++between; });
    CHECK(catalogue->cars().size() > 1500);
    CHECK(between >= 7);  // once a thousand cars, and once an order
}

TEST_CASE_FIXTURE(Fixture,
                  "spread: one very dear car leaves the others their bars, and is and more") {
    change(1, [](domain::Car& car) { car.price_minor = 90'000'000'000; });
    const auto catalogue = Catalogue::read(world);
    const Catalogue::Spread& spread = catalogue->spread(Catalogue::kPrice);
    CHECK(spread.bounds.most < 1'000'000'000);
    CHECK(spread.furthest == 90'000'000'000);
    CHECK(std::count_if(spread.bars.begin(), spread.bars.end(), [](double n) { return n > 0; }) >
          4);
    CHECK(spread.bars.back() >= 2);  // its own dearest, and what lies beyond
}

TEST_CASE_FIXTURE(Fixture, "search: words, prefixes, synonyms, in the order asked for") {
    change(1, [](domain::Car& car) { car.color = "grey"; });
    change(2, [](domain::Car& car) { car.make = "Volkswagen"; });
    const auto catalogue = Catalogue::read(world);
    CHECK(models(*catalogue, "gray") == std::vector<std::string>{"Model 1"});
    CHECK(models(*catalogue, "vw") == std::vector<std::string>{"Model 2"});
    CHECK(models(*catalogue, "volk") == std::vector<std::string>{"Model 2"});
    CHECK(models(*catalogue, "zzz").empty());
    using Sort = Catalogue::Sort;
    CHECK(models(*catalogue, "", Sort::kPriceUp).front() == "Model 1");
    CHECK(models(*catalogue, "", Sort::kPriceDown).front() == "Model 6");
    CHECK(models(*catalogue, "", Sort::kYear).front() == "Model 6");
    CHECK(models(*catalogue, "", Sort::kMileage).front() == "Model 1");
    CHECK(models(*catalogue, "").size() == 6);
}

TEST_CASE_FIXTURE(Fixture, "search: options and colours in every language, from their beginnings") {
    for (int n = 1; n <= 6; ++n)
        change(n, [](domain::Car& car) {
            car.fuel_type = domain::FuelType::kPetrol;
            car.body_style = domain::BodyStyle::kSuv;
            car.transmission = domain::Transmission::kManual;
        });
    change(1, [](domain::Car& car) { car.fuel_type = domain::FuelType::kElectric; });
    change(2, [](domain::Car& car) { car.body_style = domain::BodyStyle::kSedan; });
    change(3, [](domain::Car& car) { car.transmission = domain::Transmission::kAutomatic; });
    change(4, [](domain::Car& car) { car.color = "Mica Blue"; });
    const auto catalogue = Catalogue::read(world);
    const auto finds = [&](std::string_view words, int n) {
        CAPTURE(words);
        CHECK(models(*catalogue, words) == std::vector<std::string>{"Model " + std::to_string(n)});
    };
    for (const char* words : {"électrique", "ELECTRIQUE", "électr", "umeme", "كهربائية"})
        finds(words, 1);
    for (const char* words : {"berline", "berl", "sedani", "sedani model"})
        finds(words, 2);
    for (const char* words : {"automatique", "otomatiki", "otom"})
        finds(words, 3);
    for (const char* words : {"bleu", "buluu", "bleue model 4"})
        finds(words, 4);
    CHECK(models(*catalogue, "essence").size() == 5);
    CHECK(models(*catalogue, "essen").size() == 5);
}

TEST_CASE_FIXTURE(Fixture, "read: a car comes back with every field it was stored with") {
    change(3, [](domain::Car& car) {
        car.description = "One owner.";
        car.features = {"Heated seats", "Roof \"box\""};
        car.doors = 5;
        car.condition = domain::Condition::kNew;
        car.trim_level = "Škoda";
    });
    const auto stored = *world.get<domain::Car>(test::Dealership::car(3));
    const auto catalogue = Catalogue::read(world);
    const auto* car = catalogue->find(stored.id);
    REQUIRE(car != nullptr);
    CHECK(domain::to_row(car->car) == domain::to_row(stored));
    CHECK(catalogue->find(shop.next_id()) == nullptr);
}

TEST_CASE_FIXTURE(Fixture, "cars: one that was just looked at stays; the rest come anew") {
    const auto model = *world.get<domain::Car>(test::Dealership::car(1));
    for (std::size_t i = 0; i < 2 * Catalogue::kKeptOpen; ++i) {
        auto car = model;
        car.id = shop.next_id();
        car.model = "Row " + std::to_string(i);
        world.put(car);
    }
    const auto catalogue = Catalogue::read(world);
    const auto cars = catalogue->cars();
    const CatalogueCar& first = cars[0];
    const std::string model_of_first = first.car.model;
    std::set<std::string> models;
    for (std::size_t i = 0; i < cars.size(); ++i) {
        models.insert(cars[i].car.model);
        if (i % 100 == 0) CHECK(&cars[0] == &first);  // looked at again in time
    }
    CHECK(models.size() == cars.size());
    for (std::size_t i = 0; i < cars.size(); ++i)
        (void)cars[i];
    CHECK(cars[0].car.model == model_of_first);
}

TEST_CASE_FIXTURE(Fixture, "read_first: exactly as the whole begins, whatever stands in between") {
    constexpr domain::Availability kStates[] = {
        domain::Availability::kInStock, domain::Availability::kReserved,
        domain::Availability::kInTransit, domain::Availability::kSold};
    const auto model = *world.get<domain::Car>(test::Dealership::car(1));
    constexpr int kCars = 400;
    for (const int moments : {1, 3, 40, 100'000}) {
        for (int i = 0; i < kCars; ++i) {
            auto car = model;
            car.id = test::fixed_id(77, i * 7919 % kCars);
            car.created_at = test::kMorning + i * 104'729 % moments;
            car.availability = kStates[i % 7 % std::size(kStates)];
            car.archived = i % 11 == 0;
            world.put(car);
        }
        const auto whole = Catalogue::read(world), first = Catalogue::read_first(world);
        CHECK(whole->whole());
        CHECK_FALSE(first->whole());
        const auto all = whole->search("", Catalogue::Sort::kNewest);
        const auto some = first->search("", Catalogue::Sort::kNewest);
        CAPTURE(moments);
        REQUIRE(some.size() <= Catalogue::kFirstCars);
        REQUIRE(some.size() >= Catalogue::kFirstCars / 2);
        for (std::size_t i = 0; i < some.size(); ++i)
            REQUIRE(first->id(some[i]) == whole->id(all[i]));
        CHECK(first->similar(first->cars()[0], 4).empty());
    }
}

TEST_CASE_FIXTURE(Fixture, "read_first: the prices of this moment") {
    change(2, [](domain::Car& car) {
        car.price_minor = 123'456;
        car.created_at = test::kMorning + test::kDay;
    });
    const auto first = Catalogue::read_first(world);
    const auto newest = first->search("", Catalogue::Sort::kNewest);
    REQUIRE(newest.size() == 6);  // a small dealership is there at once
    const CatalogueCar& car = first->cars()[newest.front()];
    CHECK(car.car.id == test::Dealership::car(2));
    CHECK(car.car.price_minor == 123'456);
    CHECK_FALSE(first->branch_name(car.car.branch_id).empty());
}

}  // namespace showfloor::terminal
