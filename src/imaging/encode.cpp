#include "imaging/encode.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "imaging/resize.hpp"

#include <zlib.h>

#include <cstdlib>

namespace {

// For stb, which frees it: zlib at its fastest packs pictures several times as fast as stb's own.
unsigned char* packed(unsigned char* data, int size, int* packed_size, int) {
    uLongf length = compressBound(static_cast<uLong>(size));
    auto* out = static_cast<unsigned char*>(std::malloc(length));
    if (out == nullptr) return nullptr;
    if (compress2(out, &length, data, static_cast<uLong>(size), Z_BEST_SPEED) != Z_OK) {
        std::free(out);
        return nullptr;
    }
    *packed_size = static_cast<int>(length);
    return out;
}

}  // namespace

#define STBIW_ZLIB_COMPRESS packed
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#include <stb/stb_image_write.h>

namespace showfloor::imaging {
namespace {

void append(void* context, void* data, int size) {
    auto& out = *static_cast<Bytes*>(context);
    const auto* bytes = static_cast<const std::uint8_t*>(data);
    out.insert(out.end(), bytes, bytes + size);
}

}  // namespace

Bytes encode_jpeg(const Image& image, int quality) {
    SHOWFLOOR_CHECK(!image.empty(), "a picture to encode");
    bool opaque = true;
    for (std::size_t i = 3; i < image.rgba.size() && opaque; i += 4)
        opaque = image.rgba[i] == 255;
    Image flat;
    if (!opaque) {
        flat = image;
        flatten(flat, {255, 255, 255});
    }
    Bytes out;
    const int done = stbi_write_jpg_to_func(append, &out, image.width, image.height, 4,
                                            opaque ? image.rgba.data() : flat.rgba.data(),
                                            std::clamp(quality, 1, 100));
    SHOWFLOOR_CHECK(done != 0, "stb_image_write refused a JPEG");
    return out;
}

Bytes encode_png(const Image& image) {
    SHOWFLOOR_CHECK(!image.empty(), "a picture to encode");
    stbi_write_force_png_filter = 4;  // trying all five on each line takes longer than packing
    Bytes out;
    const int done =
        stbi_write_png_to_func(append, &out, image.width, image.height, 4, image.rgba.data(), 0);
    SHOWFLOOR_CHECK(done != 0, "stb_image_write had no memory for a PNG");
    return out;
}

}  // namespace showfloor::imaging
