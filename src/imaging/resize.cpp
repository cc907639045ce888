#include "imaging/resize.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/check.hpp"

#define STB_IMAGE_RESIZE_IMPLEMENTATION
#define STB_IMAGE_RESIZE_STATIC
#include <stb/stb_image_resize.h>

namespace showfloor::imaging {
namespace {

// Averages factor x factor blocks. A filter over a 50-megapixel picture takes seconds; this first
// step brings it near the wanted size, and the filter does the rest.
Image shrink_by(const Image& image, int factor) {
    Image out(image.width / factor, image.height / factor);
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            unsigned colour[3] = {};
            unsigned alpha = 0;
            for (int dy = 0; dy < factor; ++dy) {
                const std::uint8_t* from = image.at(x * factor, y * factor + dy);
                for (int dx = 0; dx < factor; ++dx, from += 4) {
                    for (int c = 0; c < 3; ++c)
                        colour[c] += unsigned{from[c]} * from[3];
                    alpha += from[3];
                }
            }
            std::uint8_t* to = out.at(x, y);
            const auto count = static_cast<unsigned>(factor * factor);
            for (int c = 0; c < 3 && alpha > 0; ++c)
                to[c] = static_cast<std::uint8_t>((colour[c] + alpha / 2) / alpha);
            to[3] = static_cast<std::uint8_t>((alpha + count / 2) / count);
        }
    }
    return out;
}

}  // namespace

Image turn(Image image, int orientation) {
    SHOWFLOOR_CHECK(orientation >= 1 && orientation <= 8, "an EXIF orientation");
    if (orientation == 1) return image;
    const bool swapped = orientation >= 5;
    Image out(swapped ? image.height : image.width, swapped ? image.width : image.height);
    const int right = image.width - 1;
    const int bottom = image.height - 1;
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            int sx = swapped ? y : x;
            int sy = swapped ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
                sx = right - sx;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
                sy = bottom - sy;
            std::memcpy(out.at(x, y), image.at(sx, sy), 4);
        }
    }
    return out;
}

Image resize(const Image& image, int width, int height) {
    SHOWFLOOR_CHECK(!image.empty() && width > 0 && height > 0, "a size to resize to");
    if (width == image.width && height == image.height) return image;
    const int factor = std::min(image.width / width, image.height / height) / 2;
    if (factor >= 2) return resize(shrink_by(image, std::min(factor, 64)), width, height);
    // Halving exactly, as from one kept size to the next, needs no filter.
    if (width * 2 == image.width && height * 2 == image.height) return shrink_by(image, 2);
    Image out(width, height);
    const int done = stbir_resize_uint8_srgb(image.rgba.data(), image.width, image.height, 0,
                                             out.rgba.data(), width, height, 0, 4, 3, 0);
    SHOWFLOOR_CHECK(done == 1, "stb_image_resize had no memory");
    return out;
}

Image fit(const Image& image, int longest_side) {
    const int longest = std::max(image.width, image.height);
    if (longest <= longest_side) return image;
    const double scale = static_cast<double>(longest_side) / longest;
    const auto side = [scale](int of) {
        return std::max(1, static_cast<int>(std::lround(of * scale)));
    };
    return resize(image, side(image.width), side(image.height));
}

void flatten(Image& image, Rgb ground) {
    const std::uint8_t under[3] = {ground.r, ground.g, ground.b};
    for (std::size_t i = 0; i < image.rgba.size(); i += 4) {
        const unsigned alpha = image.rgba[i + 3];
        if (alpha == 255) continue;
        for (std::size_t c = 0; c < 3; ++c) {
            const unsigned mixed = image.rgba[i + c] * alpha + under[c] * (255 - alpha);
            image.rgba[i + c] = static_cast<std::uint8_t>((mixed + 127) / 255);
        }
        image.rgba[i + 3] = 255;
    }
}

}  // namespace showfloor::imaging
