// Some of the terminal's screens as small golden pictures: both journeys, lying, upright and on a
// small screen, a sheet, in the three themes and in the four languages.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

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

imaging::Image made_small(const imaging::Image& whole) {
    return imaging::resize(whole, whole.width / kPart, whole.height / kPart);
}

void check(Photographer& photographer, const std::string& name, const std::string& theme) {
    test::check_golden(
        SHOWFLOOR_SOURCE_DIR "/tests/screens/golden/screen_" + name + "_" + theme + ".png",
        made_small(photographer.shoot(theme)));
}

// The words are painted over with what stands beside them.
void erase(imaging::Image& image, const ui::Rect& place) {
    REQUIRE_FALSE(place.empty());
    const auto top = static_cast<int>(place.y), left = static_cast<int>(place.x);
    for (int y = top; y < top + static_cast<int>(place.h); ++y)
        for (int x = left; x < left + static_cast<int>(place.w); ++x)
            std::copy_n(image.at(left - 2, y), 4, image.at(x, y));
}

// As a rasteriser that sets every letter a third of a small picture's pixel further on.
imaging::Image shaken(const imaging::Image& image) {
    imaging::Image moved = image;
    for (int y = 0; y < image.height; ++y)
        for (int x = 1; x < image.width; ++x)
            std::copy_n(image.at(x - 1, y), 4, moved.at(x, y));
    return moved;
}

}  // namespace

TEST_CASE("golden: what a customer sees, lying, in English") {
    if (!has_display()) return;
    Photographer at("en", {"day", "night"}, 1920, 1080);
    at.offer_languages({"English", "العربية", "Français", "Kiswahili"});
    at.shell.to_browse();
    check(at, "browse_en", "day");
    at.shell.to_car(Dealership::car(100));
    check(at, "car_en", "day");
    at.shell.to_attract();
    check(at, "attract_en", "night");
}

TEST_CASE("golden: one price less is seen, edges of letters that stand a little further are not") {
    if (!has_display()) return;
    Photographer at("en", {"day"}, 1920, 1080, false);
    at.shell.to_browse();
    const imaging::Image whole = at.shoot("day");
    imaging::Image erased = whole;
    erase(erased, at.place_of("KES\u00a04,250,000"));
    const auto missing = test::between(made_small(whole), made_small(erased));
    const auto noise = test::between(made_small(whole), made_small(shaken(whole)));
    INFO("missing ", missing.worst, " (mean ", missing.mean, "), noise ", noise.worst, " (mean ",
         noise.mean, ")");
    CHECK_FALSE(test::alike(missing));
    CHECK(test::alike(noise));
}

TEST_CASE("golden: what a customer sees, upright, in Arabic") {
    if (!has_display()) return;
    Photographer at("ar", {"night", "contrast"}, 1080, 1920);
    at.offer_languages({"العربية", "English", "Français", "Kiswahili"});
    at.shell.to_browse();
    check(at, "browse_ar", "contrast");
    at.shell.to_car(Dealership::car(100));
    check(at, "car_ar", "night");
}

TEST_CASE("golden: Help & access over a screen, in Swahili") {
    if (!has_display()) return;
    Photographer at("sw", {"day"}, 1920, 1080, false);
    at.offer_languages({"Kiswahili", "English", "العربية", "Français"});
    at.shell.to_picks();
    at.settle();
    check(at, "picks_sw", "day");
    at.tap("chip:access");
    check(at, "access_sw", "day");
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

TEST_CASE("golden: what a seller sees, upright, in English") {
    if (!has_display()) return;
    Photographer at("en", {"night"}, 1080, 1920, false);
    at.app.enter(at.app.house.seller);
    at.shell.to_home();
    check(at, "home_en", "night");
}
