#include "imaging/probe.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "imaging/exif.hpp"

namespace showfloor::imaging {
namespace {

using base::Error;
using base::ErrorKind;
using base::fail;
using base::Result;

Error cut_off() {
    return fail(ErrorKind::kInvalid,
                "The picture is cut off: it was not saved or copied to its end. Copy it again from "
                "where it was taken.",
                "picture_cut_off", "image");
}

Error damaged(std::string_view format) {
    return fail(
        ErrorKind::kInvalid,
        "The " + std::string(format) +
            " picture is damaged and cannot be read. Open it in a photo program, save it as "
            "JPEG and add it again.",
        "picture_damaged", "image");
}

Error unsupported(std::string_view what) {
    return fail(ErrorKind::kInvalid,
                "The file is " + std::string(what) + ". Save it as JPEG or PNG and add it again.",
                "picture_unsupported", "image");
}

bool begins(ByteSpan bytes, std::string_view magic, std::size_t at = 0) {
    return bytes.size() >= at + magic.size() &&
           std::equal(magic.begin(), magic.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

unsigned be16(ByteSpan b, std::size_t at) {
    return b[at] << 8U | b[at + 1];
}
std::uint32_t be32(ByteSpan b, std::size_t at) {
    return std::uint32_t{b[at]} << 24U | std::uint32_t{b[at + 1]} << 16U |
           std::uint32_t{b[at + 2]} << 8U | b[at + 3];
}
unsigned le16(ByteSpan b, std::size_t at) {
    return b[at] | b[at + 1] << 8U;
}
std::uint32_t le24(ByteSpan b, std::size_t at) {
    return b[at] | std::uint32_t{b[at + 1]} << 8U | std::uint32_t{b[at + 2]} << 16U;
}
std::uint32_t le32(ByteSpan b, std::size_t at) {
    return le24(b, at) | std::uint32_t{b[at + 3]} << 24U;
}

Result<void> check_size(std::uint64_t width, std::uint64_t height, const Limits& limits,
                        std::string_view format) {
    if (width == 0 || height == 0) return damaged(format);
    const auto side = static_cast<std::uint64_t>(limits.max_side);
    if (width > side || height > side || width * height > limits.max_pixels) {
        return fail(ErrorKind::kTooLarge,
                    "The picture is " + std::to_string(width) + " x " + std::to_string(height) +
                        " points, more than the " + std::to_string(limits.max_pixels / 1'000'000) +
                        " million (and " + std::to_string(limits.max_side) +
                        " a side) that are read. Save it smaller and add it again.",
                    "picture_too_many_pixels", "image");
    }
    return {};
}

// JPEG: markers to the end of the picture. Dimensions are judged at the frame header, which comes
// before any pixel.
class JpegWalk {
   public:
    JpegWalk(ByteSpan bytes, const Limits& limits) : bytes_(bytes), limits_(limits) {}

    Result<ImageInfo> run() {
        for (int segments = 0; segments < kMaxSegments; ++segments) {
            const auto marker = next_marker();
            if (!marker) return info_.width == 0 ? damaged("JPEG") : cut_off();
            if (*marker == 0xD9) {
                if (scans_ == 0) return damaged("JPEG");
                return info_;
            }
            if (*marker == 0x01 || *marker == 0xD8) continue;
            SHOWFLOOR_TRY(segment(*marker));
        }
        return damaged("JPEG");
    }

   private:
    // The next marker that is neither stuffing nor a restart; pixels between are skipped.
    std::optional<std::uint8_t> next_marker() {
        while (at_ + 1 < bytes_.size()) {
            if (bytes_[at_] != 0xFF) {
                ++at_;
                continue;
            }
            const std::uint8_t code = bytes_[at_ + 1];
            if (code == 0xFF) {
                ++at_;
                continue;
            }
            at_ += 2;
            if (code != 0 && (code < 0xD0 || code > 0xD7)) return code;
        }
        return std::nullopt;
    }

    Result<void> segment(std::uint8_t marker) {
        if (at_ + 2 > bytes_.size()) return cut_off();
        const std::size_t length = be16(bytes_, at_);
        if (length < 2) return damaged("JPEG");
        if (at_ + length > bytes_.size()) return cut_off();
        const ByteSpan body = bytes_.subspan(at_ + 2, length - 2);
        at_ += length;
        if (marker == 0xE1 && begins(body, std::string_view("Exif\0\0", 6))) {
            if (!seen_exif_) info_.orientation = exif_orientation(body.subspan(6));
            seen_exif_ = true;
            return {};
        }
        if (marker == 0xDA) return scan(body);
        if (marker == 0xC4) return huffman_tables(body);
        const bool frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        return frame ? frame_header(marker, body) : Result<void>();
    }

    // stb_image 2.27 decodes with whatever memory held when a scan names a table that was never
    // defined (measured: a crash), so such a scan may not reach it.
    Result<void> scan(ByteSpan body) {
        if (info_.width == 0 || body.empty()) return damaged("JPEG");
        if (++scans_ > kMaxJpegScans) return damaged("JPEG");
        const std::size_t components = body[0];
        if (components < 1 || components > 4 || body.size() < 4 + components * 2)
            return damaged("JPEG");
        const unsigned first = body[1 + components * 2];
        const bool refines = (body[3 + components * 2] >> 4U) != 0;
        const bool needs_dc = !progressive_ || (first == 0 && !refines);
        const bool needs_ac = !progressive_ || first > 0;
        for (std::size_t i = 0; i < components; ++i) {
            const unsigned dc = body[2 + i * 2] >> 4U;
            const unsigned ac = body[2 + i * 2] & 15U;
            if (dc > 3 || ac > 3) return damaged("JPEG");
            if (needs_dc && !tables_[dc]) return damaged("JPEG");
            if (needs_ac && !tables_[4 + ac]) return damaged("JPEG");
        }
        return {};
    }

    // It also trusts the counts of a table and writes past its end.
    Result<void> huffman_tables(ByteSpan body) {
        std::size_t at = 0;
        while (at < body.size()) {
            if (at + 17 > body.size()) return damaged("JPEG");
            std::size_t symbols = 0;
            std::size_t code = 0;
            for (unsigned length = 1; length <= 16; ++length) {
                const std::size_t count = body[at + length];
                symbols += count;
                code = (code << 1U) + count;
                if (code > std::size_t{1} << length) return damaged("JPEG");
            }
            const unsigned kind = body[at] >> 4U;
            const unsigned number = body[at] & 15U;
            if (kind > 1 || number > 3) return damaged("JPEG");
            tables_[kind * 4 + number] = true;
            at += 17;
            if (symbols > 256 || at + symbols > body.size()) return damaged("JPEG");
            at += symbols;
        }
        return {};
    }

    Result<void> frame_header(std::uint8_t marker, ByteSpan body) {
        if (info_.width != 0 || body.size() < 6) return damaged("JPEG");
        SHOWFLOOR_TRY(check_size(be16(body, 3), be16(body, 1), limits_, "JPEG"));
        if (marker > 0xC2 || body[0] != 8)
            return unsupported("a JPEG stored in a rare way (arithmetic, lossless or 12-bit)");
        progressive_ = marker == 0xC2;
        info_.height = static_cast<int>(be16(body, 1));
        info_.width = static_cast<int>(be16(body, 3));
        return {};
    }

    ByteSpan bytes_;
    Limits limits_;
    ImageInfo info_{Format::kJpeg, 0, 0, 1};
    std::size_t at_ = 2;
    int scans_ = 0;
    bool progressive_ = false;
    std::array<bool, 8> tables_{};  // Huffman tables defined so far: 4 DC, 4 AC
    bool seen_exif_ = false;
};

Result<ImageInfo> probe_png(ByteSpan bytes, const Limits& limits) {
    ImageInfo info{Format::kPng, 0, 0, 1};
    std::size_t at = 8;
    bool data = false;
    for (int chunks = 0; chunks < kMaxSegments; ++chunks) {
        if (at + 12 > bytes.size()) return cut_off();
        const std::size_t length = be32(bytes, at);
        if (length > 0x7FFFFFFF) return damaged("PNG");
        const bool header = begins(bytes, "IHDR", at + 4);
        if (header != (chunks == 0) || (header && length != 13)) return damaged("PNG");
        if (bytes.size() - at - 12 < length) return cut_off();
        const ByteSpan body = bytes.subspan(at + 8, length);
        if (header) {
            SHOWFLOOR_TRY(check_size(be32(body, 0), be32(body, 4), limits, "PNG"));
            info.width = static_cast<int>(be32(body, 0));
            info.height = static_cast<int>(be32(body, 4));
        }
        data = data || begins(bytes, "IDAT", at + 4);
        if (begins(bytes, "eXIf", at + 4)) info.orientation = exif_orientation(body);
        if (begins(bytes, "IEND", at + 4)) {
            if (!data) return damaged("PNG");
            return info;
        }
        at += length + 12;
    }
    return damaged("PNG");
}

// GIF: to the end of the first picture, which is the one we show.
Result<ImageInfo> probe_gif(ByteSpan bytes, const Limits& limits) {
    if (bytes.size() < 13) return cut_off();
    const ImageInfo info{Format::kGif, static_cast<int>(le16(bytes, 6)),
                         static_cast<int>(le16(bytes, 8)), 1};
    SHOWFLOOR_TRY(check_size(le16(bytes, 6), le16(bytes, 8), limits, "GIF"));
    const auto table_bytes = [](std::uint8_t flags) -> std::size_t {
        return (flags & 0x80U) != 0 ? std::size_t{3} << ((flags & 7U) + 1) : 0;
    };
    std::size_t at = 13 + table_bytes(bytes[10]);
    const auto skip_blocks = [&bytes, &at] {
        while (at < bytes.size()) {
            const std::size_t length = bytes[at];
            at += length + 1;
            if (length == 0) return true;
        }
        return false;
    };
    for (int blocks = 0; blocks < kMaxSegments; ++blocks) {
        if (at >= bytes.size()) return cut_off();
        const std::uint8_t kind = bytes[at];
        if (kind == 0x21) {
            at += 2;
            if (!skip_blocks()) return cut_off();
        } else if (kind == 0x2C) {
            if (at + 11 > bytes.size()) return cut_off();
            at += 11 + table_bytes(bytes[at + 9]);
            if (!skip_blocks()) return cut_off();
            return info;
        } else {
            return damaged("GIF");
        }
    }
    return damaged("GIF");
}

Result<ImageInfo> probe_webp(ByteSpan bytes, const Limits& limits) {
    if (bytes.size() < 30) return cut_off();
    const std::size_t total = std::size_t{le32(bytes, 4)} + 8;
    if (total < 30) return damaged("WebP");
    if (total > bytes.size()) return cut_off();
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    int orientation = 1;
    if (begins(bytes, "VP8 ", 12)) {
        width = le16(bytes, 26) & 0x3FFFU;
        height = le16(bytes, 28) & 0x3FFFU;
    } else if (begins(bytes, "VP8L", 12)) {
        const std::uint32_t bits = le32(bytes, 21);
        width = (bits & 0x3FFFU) + 1;
        height = (bits >> 14U & 0x3FFFU) + 1;
    } else if (begins(bytes, "VP8X", 12)) {
        if ((bytes[20] & 0x02U) != 0) return unsupported("a WebP that moves");
        width = le24(bytes, 24) + 1;
        height = le24(bytes, 27) + 1;
        std::size_t at = 30;
        for (int chunks = 0; chunks < kMaxSegments && at + 8 <= total; ++chunks) {
            const std::size_t length = le32(bytes, at + 4);
            if (length > total - at - 8) return damaged("WebP");
            if (begins(bytes, "EXIF", at)) {
                ByteSpan exif = bytes.subspan(at + 8, length);
                if (begins(exif, std::string_view("Exif\0\0", 6))) exif = exif.subspan(6);
                orientation = exif_orientation(exif);
            }
            at += 8 + length + (length & 1U);
        }
    } else {
        return damaged("WebP");
    }
    SHOWFLOOR_TRY(check_size(width, height, limits, "WebP"));
    return ImageInfo{Format::kWebp, static_cast<int>(width), static_cast<int>(height), orientation};
}

// Files people add by mistake, by their first bytes, so that the answer can name them.
Error name_other(ByteSpan bytes) {
    if (begins(bytes, "ftyp", 4)) {
        constexpr std::array<std::string_view, 9> kHeic = {"heic", "heix", "heim", "heis", "hevc",
                                                           "hevx", "mif1", "msf1", "MiHE"};
        for (const auto brand : kHeic) {
            if (!begins(bytes, brand, 8)) continue;
            return fail(ErrorKind::kInvalid,
                        "This is an HEIC picture, as iPhones make them. Save it as JPEG (on the "
                        "phone: Settings, Camera, Formats, Most Compatible) and add it again.",
                        "picture_heic", "image");
        }
        if (begins(bytes, "avi", 8)) return unsupported("an AVIF picture, which is not read here");
        return unsupported("a film, not a picture");
    }
    struct Other {
        std::string_view magic;
        std::string_view what;
    };
    constexpr std::array<Other, 9> kPictures = {{
        {std::string_view("II*\0", 4), "a TIFF picture or a camera's raw file"},
        {std::string_view("MM\0*", 4), "a TIFF picture or a camera's raw file"},
        {"8BPS", "a Photoshop file"},
        {"BM", "a BMP picture"},
        {"<svg", "an SVG drawing"},
        {"%PDF", "a PDF document"},
        {std::string_view("\0\0\1\0", 4), "an icon file"},
        {std::string_view("\xFF\x0A", 2), "a JPEG XL picture"},
        {std::string_view("\0\0\0\x0CJXL ", 8), "a JPEG XL picture"},
    }};
    for (const auto& other : kPictures)
        if (begins(bytes, other.magic)) return unsupported(other.what);
    const bool archive = begins(bytes, "PK\x03\x04") || begins(bytes, "Rar!") ||
                         begins(bytes, "7z\xBC\xAF") || begins(bytes, "\x1F\x8B");
    return fail(ErrorKind::kInvalid,
                archive
                    ? "The file is not a picture but a packed archive (such as ZIP), whatever "
                      "its name says. Unpack it and add the pictures inside."
                    : "The file is not a picture that can be read. Add a JPEG, PNG, GIF or WebP "
                      "file.",
                "picture_not_a_picture", "image");
}

}  // namespace

base::Result<ImageInfo> probe(ByteSpan bytes, const Limits& limits) {
    if (bytes.empty()) {
        return fail(ErrorKind::kInvalid,
                    "The file is empty. Copy it again from where the picture was taken.",
                    "picture_empty", "image");
    }
    if (bytes.size() > limits.max_bytes) {
        return fail(ErrorKind::kTooLarge,
                    "The file has " + std::to_string(bytes.size() / 1'000'000) +
                        " MB, more than the " + std::to_string(limits.max_bytes / 1'000'000) +
                        " MB that are taken. Save the picture smaller and add it again.",
                    "picture_too_many_bytes", "image");
    }
    if (begins(bytes, "\xFF\xD8\xFF")) return JpegWalk(bytes, limits).run();
    if (begins(bytes, "\x89PNG\r\n\x1A\n")) return probe_png(bytes, limits);
    if (begins(bytes, "GIF87a") || begins(bytes, "GIF89a")) return probe_gif(bytes, limits);
    if (begins(bytes, "RIFF") && begins(bytes, "WEBP", 8)) return probe_webp(bytes, limits);
    return name_other(bytes);
}

std::string_view format_name(Format format) {
    switch (format) {
        case Format::kJpeg:
            return "JPEG";
        case Format::kPng:
            return "PNG";
        case Format::kGif:
            return "GIF";
        case Format::kWebp:
            return "WebP";
    }
    SHOWFLOOR_CHECK(false, "a format without a name");
}

}  // namespace showfloor::imaging
