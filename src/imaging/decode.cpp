#include "imaging/decode.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <string>

#include "imaging/probe.hpp"
#include "imaging/resize.hpp"

namespace showfloor::imaging {
namespace {

// stb_image grows its buffers as long as compressed data asks for it; this is the most it may ask
// for at once, so that a PNG of 1 x 1 with gigabytes packed inside ends at once.
thread_local std::size_t largest_allocation = 0;

// Zeroed, because stb_image reads tables that a damaged file never filled.
void* bounded_malloc(std::size_t size) {
    return size > largest_allocation ? nullptr : std::calloc(1, size);
}
void* bounded_realloc(void* block, std::size_t size) {
    return size > largest_allocation ? nullptr : std::realloc(block, size);
}

}  // namespace
}  // namespace showfloor::imaging

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_NO_STDIO
#define STBI_NO_HDR
#define STBI_NO_LINEAR
#define STBI_ONLY_JPEG
#define STBI_ONLY_PNG
#define STBI_ONLY_GIF
#define STBI_NO_FAILURE_STRINGS
#define STBI_MALLOC(size) showfloor::imaging::bounded_malloc(size)
#define STBI_REALLOC(block, size) showfloor::imaging::bounded_realloc(block, size)
#define STBI_FREE(block) std::free(block)
#include <stb/stb_image.h>

namespace showfloor::imaging {
namespace {

std::atomic<WebpDecoder> webp_decoder{nullptr};

base::Error broken_pixels(Format format) {
    return base::fail(
        base::ErrorKind::kInvalid,
        "The " + std::string(format_name(format)) +
            " picture is damaged and cannot be read. Open it in a photo program, save "
            "it as JPEG and add it again.",
        "picture_damaged", "image");
}

std::optional<Image> decode_stb(ByteSpan bytes, const ImageInfo& info) {
    const auto pixels =
        static_cast<std::size_t>(info.width) * static_cast<std::size_t>(info.height);
    // 16-bit RGBA is 8 bytes a point, doubled once by an interlaced PNG; small pictures need
    // tables.
    largest_allocation = pixels * 16 + 1024 * 1024;
    int width = 0;
    int height = 0;
    int channels = 0;
    const std::unique_ptr<stbi_uc, void (*)(void*)> data(
        stbi_load_from_memory(bytes.data(), static_cast<int>(bytes.size()), &width, &height,
                              &channels, 4),
        std::free);
    if (!data || width != info.width || height != info.height) return std::nullopt;
    Image image;
    image.width = width;
    image.height = height;
    image.rgba.assign(data.get(), data.get() + pixels * 4);
    return image;
}

}  // namespace

void set_webp_decoder(WebpDecoder decoder) {
    webp_decoder = decoder;
}

base::Result<Image> decode(ByteSpan bytes, const Limits& limits) {
    SHOWFLOOR_ASSIGN(const ImageInfo info, probe(bytes, limits));
    std::optional<Image> image;
    if (info.format == Format::kWebp) {
        const WebpDecoder decoder = webp_decoder;
        if (decoder == nullptr) {
            return base::fail(base::ErrorKind::kInvalid,
                              "WebP pictures are read by central only. Save it as JPEG or PNG and "
                              "add it again.",
                              "picture_unsupported", "image");
        }
        image = decoder(bytes, info);
    } else {
        image = decode_stb(bytes, info);
    }
    if (!image) return broken_pixels(info.format);
    return turn(std::move(*image), info.orientation);
}

}  // namespace showfloor::imaging
