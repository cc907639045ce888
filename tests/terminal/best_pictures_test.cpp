// Which cars the show takes.

#include <doctest/doctest.h>

#include "support/dealership.hpp"
#include "terminal/best_pictures.hpp"

namespace showfloor::test {

namespace {

std::pair<base::Uuid, terminal::CarImages::Images> car(int n, std::size_t pictures,
                                                       std::int64_t width) {
    domain::CarImage image;
    image.width = width;
    image.height = width * 3 / 4;
    return {Dealership::car(n), terminal::CarImages::Images(pictures, image)};
}

}  // namespace

TEST_CASE("best_pictured: more pictures first, then larger ones; told newest first") {
    const std::vector<std::pair<base::Uuid, terminal::CarImages::Images>> cars = {
        car(1, 0, 0), car(2, 1, 800), car(3, 6, 1600), car(4, 1, 1600), car(5, 5, 2400)};
    const auto id = [](int n) { return Dealership::car(n); };
    CHECK(terminal::best_pictured(cars, 1) == std::vector{id(5)});
    CHECK(terminal::best_pictured(cars, 2) == std::vector{id(3), id(5)});
    CHECK(terminal::best_pictured(cars, 3) == std::vector{id(3), id(4), id(5)});
    // Without a picture there is nothing to show.
    CHECK(terminal::best_pictured(cars, 12) == std::vector{id(2), id(3), id(4), id(5)});
    CHECK(terminal::best_pictured({}, 12).empty());
}

}  // namespace showfloor::test
