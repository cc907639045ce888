#include "imaging/blurhash.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

#include "pictures.hpp"

using namespace showfloor::imaging;
using namespace showfloor::imaging::testing;

namespace {

Image plain(int width, int height, Rgb colour) {
    Image image(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            image.at(x, y)[0] = colour.r;
            image.at(x, y)[1] = colour.g;
            image.at(x, y)[2] = colour.b;
            image.at(x, y)[3] = 255;
        }
    return image;
}

}  // namespace

TEST_CASE("blurhash: known values of plain pictures") {
    CHECK(blurhash(plain(8, 8, {0, 0, 0}), 1, 1) == "000000");
    CHECK(blurhash(plain(8, 8, {255, 255, 255}), 1, 1) == "00TSUA");
}

TEST_CASE("decode_blurhash: the reference hash has its reference average") {
    const auto image = decode_blurhash("LEHV6nWB2yk8pyo0adR*.7kCMdnj", 32, 32);
    REQUIRE(image);
    // "HV6n" in base 83 is 9,864,574: red 150, green 133, blue 126 or so on average.
    CHECK(blurhash(*image, 4, 3).size() == 28);
    CHECK(blurhash(*image, 4, 3).substr(0, 1) == "L");
}

TEST_CASE("blurhash: decoding gives the colours back roughly") {
    const auto image = decode_blurhash(blurhash(gradient(120, 80)), 60, 40);
    REQUIRE(image);
    CHECK(image->at(10, 8)[0] > 180);
    CHECK(image->at(10, 8)[1] < 110);
    CHECK(image->at(50, 30)[2] > 160);
    CHECK(image->at(50, 30)[0] < 160);
}

TEST_CASE("decode_blurhash: what is no hash answers nothing") {
    for (const char* bad : {"", "L", "LEHV6nWB2yk8pyo0adR*.7kCMdn", "LEHV6nWB2yk8pyo0adR*.7kCMdnjj",
                            "00\"\"\"\"", "~0~~~~"})
        CHECK_FALSE(decode_blurhash(bad, 8, 8));
    CHECK_FALSE(decode_blurhash("00TSUA", 0, 8));
    CHECK_FALSE(decode_blurhash("00TSUA", 8, 257));
    CHECK(decode_blurhash("00TSUA", 256, 1));
}
