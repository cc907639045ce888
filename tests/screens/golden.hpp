#pragma once
// Small pictures that are kept (tests/screens/golden) and compared with a tolerance: what changes
// the look by accident is seen there. SHOWFLOOR_GOLDEN=write writes them anew; then look at them
// before they are committed. Thread contract: one test at a time.

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "imaging/decode.hpp"
#include "imaging/encode.hpp"

namespace showfloor::test {

// How far two pictures are apart: the mean of a channel's difference over all of it and over the
// worst block. Blocks lie half over each other, so that no word falls between two.
struct Difference {
    double mean = 0, worst = 0;
    int x = 0, y = 0;  // of the worst block
};
inline constexpr int kBlock = 24;  // pixels; a price is about 50 x 10 in a small picture

inline Difference between(const imaging::Image& a, const imaging::Image& b) {
    const auto sum_of = [&](int left, int top, int right, int bottom) {
        std::int64_t sum = 0;
        for (int y = top; y < bottom; ++y)
            for (int x = left; x < right; ++x)
                for (int c = 0; c < 3; ++c)
                    sum +=
                        std::abs(static_cast<int>(a.at(x, y)[c]) - static_cast<int>(b.at(x, y)[c]));
        return static_cast<double>(sum) / ((right - left) * (bottom - top) * 3);
    };
    Difference difference;
    difference.mean = sum_of(0, 0, a.width, a.height);
    for (int y = 0; y + kBlock <= a.height; y += kBlock / 2)
        for (int x = 0; x + kBlock <= a.width; x += kBlock / 2)
            if (const double mean = sum_of(x, y, x + kBlock, y + kBlock); mean > difference.worst)
                difference.worst = mean, difference.x = x, difference.y = y;
    return difference;
}

// Other versions of the fonts' rasteriser move a few edges (a whole pixel of the screen: 10.7 in
// the worst block, 1.3 over all); a price that is gone has 23.5 in a block. A word that is gone,
// moved or of another colour is more.
inline constexpr double kMostMean = 1.5, kMostOfBlock = 12.0;
inline bool alike(const Difference& difference) {
    return difference.mean < kMostMean && difference.worst < kMostOfBlock;
}

inline void check_golden(const std::string& path, const imaging::Image& now) {
    INFO(path);
    const char* how = std::getenv("SHOWFLOOR_GOLDEN");
    if (how != nullptr && std::string(how) == "write") {
        const auto png = imaging::encode_png(now);
        REQUIRE(base::write_file(path, base::as_text(png), 0644).ok());
        return;
    }
    const auto kept = base::read_file(path, 4u << 20);
    REQUIRE(kept.ok());
    const auto before = imaging::decode(base::as_bytes(*kept));
    REQUIRE(before.ok());
    REQUIRE(before->width == now.width);
    REQUIRE(before->height == now.height);
    const Difference difference = between(*before, now);
    INFO("mean ", difference.mean, ", worst block ", difference.worst, " at ", difference.x, ",",
         difference.y);
    CHECK(alike(difference));
}

}  // namespace showfloor::test
