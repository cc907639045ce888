// The public page behind a kiosk's QR code: what it shows, what it hides, and that nothing a dealer
// types becomes markup.

#include "central/api/car_page.hpp"
#include "api_fixture.hpp"
#include "storage/sqlite_world.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

std::string stock_of(Dealership& shop, const base::Uuid& car_id) {
    auto reader = shop.store->reader();
    storage::SqliteWorld world(reader->connection());
    return world.get<domain::Car>(car_id)->stock_number;
}

}  // namespace

TEST_CASE_FIXTURE(Dealership, "car page: one car with its description for machines, for anybody") {
    const std::string number = stock_of(*this, car(nbo));
    const auto page = send("GET", "/c/" + number);
    INFO(page.raw.body);
    REQUIRE(page.status == 200);
    CHECK(page.raw.body.find("application/ld+json") != std::string::npos);
    CHECK(page.raw.body.find("\"@type\":\"Car\"") != std::string::npos);
    CHECK(page.raw.body.find(number) != std::string::npos);
    CHECK(page.raw.body.find("cost") == std::string::npos);
    CHECK(page.raw.body.find("http://") == std::string::npos);  // nothing from elsewhere
}

TEST_CASE_FIXTURE(Dealership, "car page: several numbers, unknown ones left out, none is 404") {
    const std::string a = stock_of(*this, car(nbo)), b = stock_of(*this, car(nbo));
    const auto page = send("GET", "/c/" + a + ",NONE-1," + b);
    REQUIRE(page.status == 200);
    CHECK(page.raw.body.find(a) != std::string::npos);
    CHECK(page.raw.body.find(b) != std::string::npos);
    CHECK(send("GET", "/c/NONE-1").status == 404);
}

TEST_CASE("car page: what people type is never markup") {
    central::PageCar entry;
    entry.car.make = "<script>alert(1)</script>";
    entry.car.model = "\"'&";
    entry.car.description = "</script><b>bold</b>";
    entry.car.currency = "KES";
    entry.car.price_minor = 425'000'000;
    const std::string page = central::car_page({entry}, "cars.example");
    CHECK(page.find("<script>alert") == std::string::npos);
    CHECK(page.find("<b>bold") == std::string::npos);
    CHECK(page.find("KES 4,250,000") != std::string::npos);
    CHECK(central::html_escaped("<&>\"'") == "&lt;&amp;&gt;&quot;&#39;");
}
