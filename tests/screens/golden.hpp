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

// How far two pictures are apart: the mean of a channel's difference, and the share of pixels that
// anybody would see to differ.
struct Difference {
    double mean = 0, seen = 0;
};
inline Difference between(const imaging::Image& a, const imaging::Image& b) {
    Difference difference;
    double sum = 0, seen = 0;
    for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
        int most = 0;
        for (std::size_t c = 0; c < 3; ++c) {
            const int d =
                std::abs(static_cast<int>(a.rgba[i + c]) - static_cast<int>(b.rgba[i + c]));
            sum += d;
            most = std::max(most, d);
        }
        if (most > 40) ++seen;
    }
    const auto pixels = static_cast<double>(a.rgba.size() / 4);
    difference.mean = sum / pixels / 3;
    difference.seen = seen / pixels;
    return difference;
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
    // Other versions of the fonts' rasteriser move a few edges; a widget that moves is more.
    const Difference difference = between(*before, now);
    CHECK(difference.mean < 1.5);
    CHECK(difference.seen < 0.01);
}

}  // namespace showfloor::test
