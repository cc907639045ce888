#include "imaging/webp/webp.hpp"

#include <webp/decode.h>

#include <optional>

#include "imaging/decode.hpp"

namespace showfloor::imaging {
namespace {

std::optional<Image> decode_webp(ByteSpan bytes, const ImageInfo& info) {
    int width = 0;
    int height = 0;
    // The header was judged by our own reader; libwebp must see the same picture.
    if (WebPGetInfo(bytes.data(), bytes.size(), &width, &height) == 0 || width != info.width ||
        height != info.height)
        return std::nullopt;
    Image image(width, height);
    if (WebPDecodeRGBAInto(bytes.data(), bytes.size(), image.rgba.data(), image.rgba.size(),
                           width * 4) == nullptr)
        return std::nullopt;
    return image;
}

}  // namespace

void register_webp() {
    set_webp_decoder(decode_webp);
}

}  // namespace showfloor::imaging
