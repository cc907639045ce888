#pragma once
// Changes of geometry. Thread contract: pure functions.

#include "imaging/image.hpp"

namespace showfloor::imaging {

// The picture as it is meant to be seen, for an EXIF orientation 1..8.
[[nodiscard]] Image turn(Image image, int orientation);

// A good filter in linear light, alpha respected. Both sides at least 1; `image` not empty.
[[nodiscard]] Image resize(const Image& image, int width, int height);

// Fits into a square of `longest_side`, keeping the aspect; never enlarged.
[[nodiscard]] Image fit(const Image& image, int longest_side);

// Puts the picture on a plain ground, so that nothing is transparent (JPEG knows no alpha).
void flatten(Image& image, Rgb ground);

}  // namespace showfloor::imaging
