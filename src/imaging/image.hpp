#pragma once
// Image: pixels in memory, and what a picture file says about itself before it is decoded.
// Thread contract: plain values.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace showfloor::imaging {

using Bytes = std::vector<std::uint8_t>;
using ByteSpan = std::span<const std::uint8_t>;

struct Rgb {
    std::uint8_t r = 0;
    std::uint8_t g = 0;
    std::uint8_t b = 0;
    friend bool operator==(const Rgb&, const Rgb&) = default;
};

// 8-bit sRGB with straight alpha, rows from the top, no padding: 4 * width * height bytes.
struct Image {
    int width = 0;
    int height = 0;
    Bytes rgba;

    Image() = default;
    Image(int w, int h)
        : width(w),
          height(h),
          rgba(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 4) {}

    [[nodiscard]] bool empty() const { return rgba.empty(); }
    [[nodiscard]] std::uint8_t* at(int x, int y) { return rgba.data() + offset(x, y); }
    [[nodiscard]] const std::uint8_t* at(int x, int y) const { return rgba.data() + offset(x, y); }

   private:
    [[nodiscard]] std::size_t offset(int x, int y) const {
        return (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                static_cast<std::size_t>(x)) *
               4;
    }
};

enum class Format { kJpeg, kPng, kGif, kWebp };

struct ImageInfo {
    Format format = Format::kJpeg;
    int width = 0;        // as stored, before the turn
    int height = 0;       // as stored, before the turn
    int orientation = 1;  // EXIF 1..8; 1 = as stored
};

}  // namespace showfloor::imaging
