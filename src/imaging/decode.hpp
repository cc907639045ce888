#pragma once
// Bytes to pixels. Everything is judged by probe() first; then the picture is decoded and turned
// the way the camera was held. Thread contract: pure, any thread; the WebP decoder is set once at
// start.

#include <optional>

#include "base/result.hpp"
#include "imaging/image.hpp"
#include "imaging/limits.hpp"

namespace showfloor::imaging {

// kInvalid or kTooLarge as probe(), and picture_damaged when the pixels inside are broken. GIF
// gives its first frame. WebP without a registered decoder is refused with picture_unsupported.
[[nodiscard]] base::Result<Image> decode(ByteSpan bytes, const Limits& limits = {});

// Decodes WebP of exactly the probed size; nullopt when it is broken.
using WebpDecoder = std::optional<Image> (*)(ByteSpan bytes, const ImageInfo& info);

// Central registers libwebp through imaging/webp; the terminal has none. Call before threads start.
void set_webp_decoder(WebpDecoder decoder);

}  // namespace showfloor::imaging
