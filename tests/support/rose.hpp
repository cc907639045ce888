#pragma once
// A logo as tests have it: one colour that stands nowhere else on a paper, to be found by.
// Thread contract: pure functions.

#include "imaging/image.hpp"
#include "papers.hpp"

namespace showfloor::testing {

constexpr Rgb kRose = {200, 0, 120};

inline imaging::Image rose(int width, int height) {
    imaging::Image image(width, height);
    for (std::size_t i = 0; i < image.rgba.size(); i += 4) {
        for (std::size_t c = 0; c < kRose.size(); ++c)
            image.rgba[i + c] = kRose[c];
        image.rgba[i + 3] = 255;
    }
    return image;
}

}  // namespace showfloor::testing
