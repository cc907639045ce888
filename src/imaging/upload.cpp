#include "imaging/upload.hpp"

#include <array>
#include <optional>
#include <utility>

#include "imaging/blurhash.hpp"
#include "imaging/decode.hpp"
#include "imaging/encode.hpp"
#include "imaging/probe.hpp"
#include "imaging/resize.hpp"

namespace showfloor::imaging {
namespace {

// Lower case, without the dot; empty when the name has none.
std::string extension_of(std::string_view name) {
    const auto slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return {};
    std::string out;
    for (const char c : name.substr(dot + 1))
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

base::Result<void> check_name(std::string_view name, Format format) {
    constexpr std::array<std::pair<std::string_view, Format>, 7> kExtensions = {
        {{"jpg", Format::kJpeg},
         {"jpeg", Format::kJpeg},
         {"jfif", Format::kJpeg},
         {"jpe", Format::kJpeg},
         {"png", Format::kPng},
         {"gif", Format::kGif},
         {"webp", Format::kWebp}}};
    const std::string extension = extension_of(name);
    if (extension.empty()) return {};
    for (const auto& [known, kind] : kExtensions)
        if (extension == known && kind == format) return {};
    const std::string is(format_name(format));
    const std::string ending = format == Format::kJpeg  ? ".jpg"
                               : format == Format::kPng ? ".png"
                               : format == Format::kGif ? ".gif"
                                                        : ".webp";
    return base::fail(base::ErrorKind::kInvalid,
                      "The file's name does not fit what is in it, a " + is +
                          " picture. Rename it to end in " + ending + " and add it again.",
                      "picture_name_lies", "image");
}

}  // namespace

Prepared prepare(Image image) {
    flatten(image, {255, 255, 255});
    const Image large = fit(image, kLargeSide);
    image = {};
    const Image medium = fit(large, kMediumSide);
    const Image small = fit(medium, kSmallSide);
    Prepared out;
    out.large_jpeg = encode_jpeg(large, 85);
    out.medium_jpeg = encode_jpeg(medium, 82);
    out.small_jpeg = encode_jpeg(small, 80);
    out.width = large.width;
    out.height = large.height;
    out.blurhash = blurhash(small);
    return out;
}

base::Result<Prepared> prepare_upload(ByteSpan bytes, std::string_view declared_name,
                                      const Limits& limits) {
    SHOWFLOOR_ASSIGN(const ImageInfo info, probe(bytes, limits));
    SHOWFLOOR_TRY(check_name(declared_name, info.format));
    SHOWFLOOR_ASSIGN(Image image, decode(bytes, limits));
    return prepare(std::move(image));
}

}  // namespace showfloor::imaging
