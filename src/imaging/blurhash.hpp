#pragma once
// BlurHash (blurha.sh): a picture's colours in about 28 characters, shown while the picture itself
// is on its way. Thread contract: pure functions.

#include <optional>
#include <string>
#include <string_view>

#include "imaging/image.hpp"

namespace showfloor::imaging {

// Components 1..9 each way; 4 x 3 suits a car. `image` not empty; large ones are shrunk first.
[[nodiscard]] std::string blurhash(const Image& image, int components_x = 4, int components_y = 3);

// nullopt when the text is no BlurHash or a side is outside 1..256.
[[nodiscard]] std::optional<Image> decode_blurhash(std::string_view hash, int width, int height);

}  // namespace showfloor::imaging
