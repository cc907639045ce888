#include "imaging/draw.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <set>

#include "imaging/demo_cars.hpp"

using namespace showfloor::imaging;
using namespace showfloor::imaging::draw;

namespace {

double area(const Mask& mask) {
    double sum = 0;
    for (const float c : mask.cover)
        sum += static_cast<double>(c);
    return sum;
}

}  // namespace

TEST_CASE("mask: covers exactly the area of the path") {
    const Canvas canvas(100, 80);
    CHECK(area(canvas.mask(Path::rect(10.25, 20.5, 30.75, 40), {})) ==
          doctest::Approx(20.5 * 19.5).epsilon(0.0005));
    CHECK(area(canvas.mask(Path::ellipse({50, 40}, 20, 10), {})) ==
          doctest::Approx(std::numbers::pi * 200).epsilon(0.002));
    const std::array<Vertex, 3> triangle = {{{5, 5, 0}, {90, 10, 0}, {20, 70, 0}}};
    CHECK(area(canvas.mask(Path::polygon(triangle), {})) ==
          doctest::Approx(std::abs(85 * 65 - 15 * 5) / 2.0).epsilon(0.0005));
    // Upside down and twice as large.
    CHECK(area(canvas.mask(Path::rect(1, 1, 11, 6), {2, 0, 0, -2, 0, 60})) ==
          doctest::Approx(200).epsilon(0.0005));
}

TEST_CASE("mask: what lies outside the canvas is cut off") {
    const Canvas canvas(40, 40);
    CHECK(area(canvas.mask(Path::rect(-100, -100, 20, 10), {})) == doctest::Approx(200));
    CHECK(area(canvas.mask(Path::rect(35, 35, 900, 900), {})) == doctest::Approx(25));
    CHECK(area(canvas.mask(Path::rect(50, 50, 60, 60), {})) == 0);
}

TEST_CASE("blur: keeps the sum away from the border and spreads it") {
    const Canvas canvas(200, 200);
    Mask mask = canvas.mask(Path::rect(80, 80, 120, 120), {}, 40);
    const double before = area(mask);
    blur(mask, 6);
    CHECK(area(mask) == doctest::Approx(before).epsilon(0.001));
    CHECK(mask.at(100, 100) > 0.99F);
    CHECK(mask.at(80, 100) == doctest::Approx(0.5).epsilon(0.1));
    CHECK(mask.at(74, 100) > 0.01F);
}

TEST_CASE("paint: a gradient runs between its ends") {
    Canvas canvas(101, 3);
    const Mask all = canvas.mask(Path::rect(0, 0, 101, 3), {});
    canvas.paint(all, {{0, 0}, {101, 0}, {{0, colour(0x000000)}, {1, colour(0xFFFFFF)}}, false},
                 {});
    const Image image = canvas.image();
    CHECK(image.at(0, 1)[0] < 4);
    CHECK(std::abs(int{image.at(50, 1)[0]} - 127) < 4);
    CHECK(image.at(100, 1)[0] > 250);
    CHECK(image.at(50, 1)[3] == 255);
}

TEST_CASE("draw_car: opaque, its own colour, the same every time") {
    using namespace demo;
    const Image red = draw_car(BodyStyle::kSedan, {190, 20, 30}, View::kLeft);
    CHECK(red.width == 1600);
    CHECK(red.height == 1000);
    bool opaque = true;
    for (std::size_t i = 3; i < red.rgba.size(); i += 4)
        opaque = opaque && red.rgba[i] == 255;
    CHECK(opaque);
    CHECK(draw_car(BodyStyle::kSedan, {190, 20, 30}, View::kLeft).rgba == red.rgba);
    const Image blue = draw_car(BodyStyle::kSedan, {20, 40, 190}, View::kLeft);
    const std::uint8_t* door_red = red.at(700, 560);
    const std::uint8_t* door_blue = blue.at(700, 560);
    CHECK(door_red[0] > 2 * door_red[2]);
    CHECK(door_blue[2] > 2 * door_blue[0]);
}

TEST_CASE("draw_car: every body style has a picture of its own in every view") {
    using namespace demo;
    std::set<Bytes> pictures;
    for (int style = 0; style < 8; ++style)
        for (int view = 0; view < kViews; ++view)
            pictures.insert(
                draw_car(static_cast<BodyStyle>(style), {120, 130, 140}, static_cast<View>(view))
                    .rgba);
    CHECK(pictures.size() == 24);
}

TEST_CASE("draw_cars: several paints at once are the same pictures as one by one") {
    using namespace demo;
    const std::array<Rgb, 3> paints = {{{190, 20, 30}, {240, 240, 240}, {20, 40, 190}}};
    for (const View view : {View::kRight, View::kNear}) {
        const std::vector<Image> pictures = draw_cars(BodyStyle::kPickup, paints, view);
        REQUIRE(pictures.size() == paints.size());
        for (std::size_t i = 0; i < paints.size(); ++i)
            CHECK(pictures[i].rgba == draw_car(BodyStyle::kPickup, paints[i], view).rgba);
    }
    CHECK(draw_cars(BodyStyle::kVan, {}, View::kLeft).empty());
}

TEST_CASE("canvas: a part of the picture holds what the whole would hold there") {
    const Path path = Path::ellipse({50, 40}, 30, 25);
    const Paint red = Paint::plain(colour(0xC02010, 0.7));
    Canvas whole(100, 80);
    whole.paint(whole.mask(path, {}), red, {});
    Canvas part({20, 30, 50, 40});
    part.paint(part.mask(path, {}), red, {});
    part.paint(whole.mask(Path::rect(0, 0, 20, 80), {}), red, {});  // beside it: nothing happens
    Canvas laid(100, 80);
    laid.lay(part);
    const Image expected = whole.image();
    const Image got = laid.image();
    for (int y = 30; y < 70; ++y)
        for (int x = 20; x < 70; ++x)
            for (int c = 0; c < 4; ++c)
                CHECK(std::abs(int{got.at(x, y)[c]} - int{expected.at(x, y)[c]}) <= 1);
    CHECK(got.at(10, 40)[3] == 0);
    CHECK(got.at(50, 75)[3] == 0);
}

TEST_CASE("body_style: the words of the demo files") {
    using namespace demo;
    CHECK(body_style("pickup") == BodyStyle::kPickup);
    CHECK(body_style("compact_suv") == BodyStyle::kCompactSuv);
    CHECK_FALSE(body_style("Sedan"));
    CHECK_FALSE(body_style(""));
}
