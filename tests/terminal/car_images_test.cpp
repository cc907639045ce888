#include "terminal/car_images.hpp"

#include "dealership.hpp"

#include <doctest/doctest.h>

namespace showfloor::terminal {

namespace {

struct Fixture {
    domain::MapWorld world;
    test::Dealership shop{world};
    int woken = 0;
    CarImages images{[this] { ++woken; }};

    domain::CarImage image(int car, int position) {
        domain::CarImage image;
        image.id = shop.next_id();
        image.car_id = test::Dealership::car(car);
        image.position = position;
        image.sha256 = image.sha256_medium = image.sha256_small = std::string(64, 'a');
        image.width = image.height = 10;
        return image;
    }
    void answer() {
        for (const base::Uuid& car : images.take_wanted())
            images.put(car, CarImages::read(world, car));
    }
};

const base::Uuid kCar = test::Dealership::car(1);

}  // namespace

TEST_CASE_FIXTURE(Fixture, "read: a car's pictures by position, without the archived ones") {
    for (const int position : {2, 0, 1, 3}) {
        auto each = image(1, position);
        each.archived = position == 3;
        world.put(each);
    }
    world.put(image(2, 0));
    const auto read = CarImages::read(world, kCar);
    REQUIRE(read.size() == 3);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(read[i].position == static_cast<int>(i));
    CHECK(CarImages::read(world, test::Dealership::car(3)).empty());
}

TEST_CASE_FIXTURE(Fixture, "of: asks once, and knows after the answer; none is an answer too") {
    world.put(image(1, 0));
    CHECK(images.of(kCar) == nullptr);
    CHECK(images.of(kCar) == nullptr);
    CHECK(images.of(test::Dealership::car(2)) == nullptr);
    CHECK(woken == 1);  // the next frame takes both
    const auto version = images.version();
    answer();
    CHECK(images.version() != version);
    REQUIRE(images.of(kCar) != nullptr);
    CHECK(images.of(kCar)->size() == 1);
    REQUIRE(images.of(test::Dealership::car(2)) != nullptr);
    CHECK(images.of(test::Dealership::car(2))->empty());
    CHECK(images.take_wanted().empty());
    CHECK(woken == 1);
}

TEST_CASE_FIXTURE(Fixture, "expect: what was read before anybody asked is not read again") {
    images.expect(kCar, {image(1, 0)});
    REQUIRE(images.of(kCar) != nullptr);
    CHECK(images.take_wanted().empty());
    CHECK(woken == 0);
}

TEST_CASE_FIXTURE(Fixture, "outdate: shown on, and read anew when somebody looks") {
    world.put(image(1, 0));
    (void)images.of(kCar);
    answer();
    world.put(image(1, 1));
    images.outdate();
    CHECK(images.take_wanted().empty());  // nobody looks
    REQUIRE(images.of(kCar) != nullptr);
    CHECK(images.of(kCar)->size() == 1);
    answer();
    CHECK(images.of(kCar)->size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "outdate: an answer that was read before it is not the last word") {
    (void)images.of(kCar);
    const auto before = CarImages::read(world, kCar);
    CHECK(images.take_wanted().size() == 1);
    world.put(image(1, 0));
    images.outdate();
    images.put(kCar, before);
    (void)images.of(kCar);
    answer();
    REQUIRE(images.of(kCar) != nullptr);
    CHECK(images.of(kCar)->size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "of: what was looked at longest ago is forgotten first") {
    for (std::size_t i = 0; i <= CarImages::kKept; ++i) {
        images.expect(test::fixed_id(77, static_cast<int>(i)), {});
        if (i + 1 == CarImages::kKept) (void)images.of(test::fixed_id(77, 0));
    }
    CHECK(images.of(test::fixed_id(77, 0)) != nullptr);
    CHECK(images.of(test::fixed_id(77, 1)) == nullptr);
}

}  // namespace showfloor::terminal
