#pragma once
// Pixels to bytes, with no metadata. Thread contract: pure functions.

#include "imaging/image.hpp"

namespace showfloor::imaging {

// Quality 1..100. Transparent points are put on white. `image` not empty.
[[nodiscard]] Bytes encode_jpeg(const Image& image, int quality);

// Lossless with alpha; for screenshots and tests. `image` not empty.
[[nodiscard]] Bytes encode_png(const Image& image);

}  // namespace showfloor::imaging
