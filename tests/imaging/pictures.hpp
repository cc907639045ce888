#pragma once
// Pictures and files that the tests of this folder share.

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "imaging/image.hpp"

namespace showfloor::imaging::testing {

// A smooth picture with a red top left corner, so that turns can be told apart.
inline Image gradient(int width, int height) {
    Image image(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            std::uint8_t* p = image.at(x, y);
            const bool corner = x < width / 2 && y < height / 2;
            p[0] = static_cast<std::uint8_t>(corner ? 250 : x * 120 / width);
            p[1] = static_cast<std::uint8_t>(corner ? 10 : 100 + y * 120 / height);
            p[2] = corner ? 10 : 200;
            p[3] = 255;
        }
    }
    return image;
}

inline Bytes bytes(std::initializer_list<int> values) {
    Bytes out;
    for (const int v : values)
        out.push_back(static_cast<std::uint8_t>(v));
    return out;
}

inline Bytes text(std::string_view value) {
    return {value.begin(), value.end()};
}

// A TIFF block with one orientation entry, in either byte order.
inline Bytes tiff(int orientation, bool big_endian) {
    if (big_endian)
        return bytes({'M', 'M', 0, 42, 0, 0, 0,           8, 0, 1, 0x01, 0x12, 0,
                      3,   0,   0, 0,  1, 0, orientation, 0, 0, 0, 0,    0,    0});
    return bytes({'I', 'I', 42, 0, 8, 0,           0, 0, 1, 0, 0x12, 0x01, 3,
                  0,   1,   0,  0, 0, orientation, 0, 0, 0, 0, 0,    0,    0});
}

// `jpeg` with an EXIF segment right after its start marker.
inline Bytes with_exif(const Bytes& jpeg, const Bytes& block) {
    Bytes out(jpeg.begin(), jpeg.begin() + 2);
    const std::size_t length = block.size() + 8;
    for (const std::size_t v : {std::size_t{0xFF}, std::size_t{0xE1}, length >> 8U, length & 255U})
        out.push_back(static_cast<std::uint8_t>(v));
    const Bytes name = bytes({'E', 'x', 'i', 'f', 0, 0});
    out.insert(out.end(), name.begin(), name.end());
    out.insert(out.end(), block.begin(), block.end());
    out.insert(out.end(), jpeg.begin() + 2, jpeg.end());
    return out;
}

// The header of a PNG of that size, with the rest of an empty file behind it.
inline Bytes png_header(std::uint32_t width, std::uint32_t height) {
    Bytes out =
        bytes({0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'});
    for (const auto side : {width, height})
        for (unsigned shift = 32; shift > 0; shift -= 8)
            out.push_back(static_cast<std::uint8_t>(side >> (shift - 8)));
    const Bytes rest = bytes({8, 6, 0, 0, 0, 1, 2, 3, 4});
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
}

// 2 x 2, one frame: red, blue / blue, red.
inline Bytes small_gif() {
    return bytes({'G', 'I', 'F', '8', '9', 'a', 2,   0,    2,    0,    0x80, 0,
                  0,   255, 0,   0,   0,   0,   255, 0x2C, 0,    0,    0,    0,
                  2,   0,   2,   0,   0,   2,   3,   0x44, 0x02, 0x05, 0,    0x3B});
}

}  // namespace showfloor::imaging::testing
