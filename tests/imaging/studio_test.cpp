#include "imaging/studio.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "base/paths.hpp"
#include "imaging/encode.hpp"
#include "imaging/image.hpp"

using namespace showfloor;
using namespace showfloor::imaging;

namespace {

Image grey(std::initializer_list<int> values) {
    Image image(static_cast<int>(values.size()), 1);
    int x = 0;
    for (const int v : values) {
        std::uint8_t* p = image.at(x++, 0);
        p[0] = p[1] = p[2] = static_cast<std::uint8_t>(v);
        p[3] = 255;
    }
    return image;
}

Rgb at(const Image& image, std::size_t x) {
    return {image.rgba[4 * x], image.rgba[4 * x + 1], image.rgba[4 * x + 2]};
}

}  // namespace

TEST_CASE("tint: only what is painted takes the colour") {
    // Tyre, paint in the light, paint in the shade, a white highlight on paint.
    const Studio studio{grey({40, 5, 5, 255}), grey({0, 180, 90, 120}), grey({0, 0, 0, 0})};
    const Image red = tint(studio, {190, 20, 30});
    const Image blue = tint(studio, {20, 40, 190});
    CHECK(at(red, 0) == at(blue, 0));
    CHECK(at(red, 0).r == at(red, 0).g);
    CHECK(at(red, 1).r > at(red, 1).b + 60);
    CHECK(at(blue, 1).b > at(blue, 1).r + 60);
    CHECK(at(red, 1).r > at(red, 2).r + 30);
    CHECK(at(blue, 3).r > 230);
}

TEST_CASE("tint: black paint leaves the base, white stays under 255 and above all others") {
    const Studio studio{grey({0, 60, 255}), grey({255, 200, 255}), grey({0, 0, 0})};
    const Image black = tint(studio, {0, 0, 0});
    const Image white = tint(studio, {255, 255, 255});
    CHECK(at(black, 0) == Rgb{0, 0, 0});
    for (std::size_t x = 0; x < 3; ++x)
        CHECK(at(white, x).g >= at(black, x).g);
    CHECK(at(white, 1).g > at(black, 1).g + 100);
    CHECK(at(white, 2).g >= 250);
}

TEST_CASE("tint: the ground changes the room and not the car") {
    const Studio studio{grey({120, 120}), grey({50, 50}), grey({255, 0})};
    const Image plain = tint(studio, {90, 90, 90});
    const Image dark = tint(studio, {90, 90, 90}, {0.2F, 0.2F, 0.25F});
    CHECK(at(dark, 1) == at(plain, 1));
    CHECK(at(dark, 0).r < at(plain, 0).r / 2 + 10);
    CHECK(at(dark, 0).b > at(dark, 0).r);
}

TEST_CASE("studio_style: every body style has pictures") {
    CHECK(studio_style("pickup") == "pickup");
    CHECK(studio_style("convertible") == "coupe");
    CHECK(studio_style("other") == "sedan");
    CHECK(studio_style("") == "sedan");
}

TEST_CASE("read_studio: all styles and views are there, of the right size, and differ by paint") {
    const std::string folder = base::asset_folder().value() + "/demo/studio";
    std::set<std::vector<std::uint8_t>> seen;
    std::uintmax_t bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder))
        bytes += file.file_size();
    CHECK(bytes < 25'000'000);
    for (const std::string_view style : kStudioStyles) {
        for (const std::string_view view : kStudioViews) {
            CAPTURE(style);
            CAPTURE(view);
            const auto studio = read_studio(folder, style, view);
            REQUIRE(studio);
            const Image red = tint(studio.value(), {142, 27, 40});
            CHECK(red.width == kStudioWidth);
            CHECK(red.height == kStudioHeight);
            CHECK(seen.insert(red.rgba).second);
        }
    }
    const auto studio = read_studio(folder, "sedan", "front").value();
    CHECK(tint(studio, {142, 27, 40}).rgba != tint(studio, {36, 75, 120}).rgba);
}

TEST_CASE("read_studio: missing pictures are an error") {
    CHECK(!read_studio("/nowhere", "sedan", "front"));
}
