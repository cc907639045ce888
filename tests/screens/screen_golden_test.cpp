// Some of the terminal's screens as small golden pictures: both journeys, lying, upright and on a
// small screen, in the three themes and in three languages.

#include <doctest/doctest.h>

#include <cstdlib>
#include <functional>

#include "golden.hpp"
#include "imaging/resize.hpp"
#include "photographer.hpp"

using namespace showfloor;
using test::Dealership;
using test::Photographer;

namespace {

constexpr int kPart = 3;  // of its size; words can still be told

bool has_display() {
    if (std::getenv("DISPLAY") != nullptr) return true;
    MESSAGE("no display: not looked at");
    return false;
}

void check(Photographer& photographer, const std::string& name, const std::string& theme) {
    const imaging::Image whole = photographer.shoot(theme);
    test::check_golden(
        SHOWFLOOR_SOURCE_DIR "/tests/screens/golden/screen_" + name + "_" + theme + ".png",
        imaging::resize(whole, whole.width / kPart, whole.height / kPart));
}

}  // namespace

TEST_CASE("golden: what a customer sees, lying, in English") {
    if (!has_display()) return;
    Photographer at("en", {"day", "night"}, 1920, 1080);
    at.shell.to_browse();
    check(at, "browse_en", "day");
    at.shell.to_car(Dealership::car(100));
    check(at, "car_en", "day");
    at.shell.to_attract();
    check(at, "attract_en", "night");
}

TEST_CASE("golden: what a customer sees, upright, in Arabic") {
    if (!has_display()) return;
    Photographer at("ar", {"night", "contrast"}, 1080, 1920);
    at.shell.to_browse();
    check(at, "browse_ar", "contrast");
    at.shell.to_car(Dealership::car(100));
    check(at, "car_ar", "night");
}

TEST_CASE("golden: what a seller sees, on a small screen, in French") {
    if (!has_display()) return;
    Photographer at("fr", {"day"}, 1280, 800);
    at.app.enter(at.app.house.seller);
    at.shell.to_home();
    check(at, "home_fr", "day");
    at.shell.to_sale(Dealership::car(100));
    check(at, "sale_fr", "day");
    at.shell.to_customers();
    check(at, "customers_fr", "day");
}
