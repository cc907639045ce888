#include "imaging/probe.hpp"

#include <doctest/doctest.h>

#include "imaging/encode.hpp"
#include "pictures.hpp"

using namespace showfloor::imaging;
using namespace showfloor::imaging::testing;

namespace {

std::string code_of(const Bytes& file, const Limits& limits = {}) {
    const auto result = probe(file, limits);
    return result ? "" : result.error().code;
}

bool says(const Bytes& file, std::string_view words) {
    const auto result = probe(file);
    return !result && result.error().message.find(words) != std::string::npos;
}

Bytes ftyp(std::string_view brand) {
    Bytes out = bytes({0, 0, 0, 24, 'f', 't', 'y', 'p'});
    out.insert(out.end(), brand.begin(), brand.end());
    out.resize(40);
    return out;
}

}  // namespace

TEST_CASE("probe: kind and size come from the bytes") {
    const Image image = gradient(37, 21);
    const auto jpeg = probe(encode_jpeg(image, 80));
    REQUIRE(jpeg);
    CHECK(jpeg->format == Format::kJpeg);
    CHECK(jpeg->width == 37);
    CHECK(jpeg->height == 21);
    CHECK(jpeg->orientation == 1);
    const auto png = probe(encode_png(image));
    REQUIRE(png);
    CHECK(png->format == Format::kPng);
    CHECK(png->width == 37);
    const auto gif = probe(small_gif());
    REQUIRE(gif);
    CHECK(gif->format == Format::kGif);
    CHECK(gif->height == 2);
}

TEST_CASE("probe: a 30,000 x 30,000 picture is refused from its header") {
    const auto result = probe(png_header(30'000, 30'000));
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == showfloor::base::ErrorKind::kTooLarge);
    CHECK(result.error().code == "picture_too_many_pixels");
    CHECK(result.error().message.find("30000 x 30000") != std::string::npos);
    CHECK(code_of(png_header(0xFFFFFFFF, 0xFFFFFFFF)) == "picture_too_many_pixels");
    CHECK(code_of(png_header(0, 10)) == "picture_damaged");
}

TEST_CASE("probe: callers' smaller limits hold") {
    const Bytes file = encode_png(gradient(40, 30));
    CHECK(code_of(file, {file.size(), 1200, 40}).empty());
    CHECK(code_of(file, {file.size() - 1, 1200, 40}) == "picture_too_many_bytes");
    CHECK(code_of(file, {file.size(), 1199, 40}) == "picture_too_many_pixels");
    CHECK(code_of(file, {file.size(), 1200, 39}) == "picture_too_many_pixels");
}

TEST_CASE("probe: what is no picture is named, with what to do instead") {
    CHECK(code_of({}) == "picture_empty");
    CHECK(code_of(ftyp("heic")) == "picture_heic");
    CHECK(code_of(ftyp("mif1")) == "picture_heic");
    CHECK(says(ftyp("heic"), "Save it as JPEG"));
    CHECK(says(ftyp("avif"), "AVIF"));
    CHECK(says(ftyp("isom"), "a film"));
    CHECK(says(text("PK\x03\x04 photo.png"), "packed archive"));
    CHECK(says(text("%PDF-1.7"), "PDF"));
    CHECK(says(text("<svg xmlns="), "SVG"));
    CHECK(code_of(text("hello")) == "picture_not_a_picture");
    CHECK(code_of(text("\xFF\xD8")) == "picture_not_a_picture");
}

TEST_CASE("probe: every cut of a file is known as one") {
    const Image image = gradient(16, 16);
    for (const Bytes& file : {encode_jpeg(image, 70), encode_png(image), small_gif()}) {
        const std::size_t end = file == small_gif() ? file.size() - 1 : file.size();
        for (std::size_t length = 0; length < end; ++length) {
            CAPTURE(length);
            CHECK_FALSE(
                code_of(Bytes(file.begin(), file.begin() + static_cast<long>(length))).empty());
        }
    }
    Bytes jpeg = encode_jpeg(image, 70);
    jpeg.resize(jpeg.size() - 40);
    CHECK(code_of(jpeg) == "picture_cut_off");
    Bytes png = encode_png(image);
    png.resize(png.size() - 12);
    CHECK(code_of(png) == "picture_cut_off");
}

TEST_CASE("probe: a JPEG with more scans than any camera writes is refused") {
    Bytes jpeg = encode_jpeg(gradient(16, 16), 70);
    const auto end = jpeg.end() - 2;
    Bytes scans;
    for (int i = 0; i < kMaxJpegScans; ++i)
        for (const int v : {0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0})
            scans.push_back(static_cast<std::uint8_t>(v));
    jpeg.insert(end, scans.begin(), scans.end());
    CHECK(code_of(jpeg) == "picture_damaged");
}

TEST_CASE("probe: a Huffman table with more symbols than there are is refused") {
    Bytes jpeg = encode_jpeg(gradient(16, 16), 70);
    for (std::size_t at = 2; at + 20 < jpeg.size(); ++at) {
        if (jpeg[at] != 0xFF || jpeg[at + 1] != 0xC4) continue;
        jpeg[at + 4 + 16] = 255;
        break;
    }
    CHECK(code_of(jpeg) == "picture_damaged");
}

TEST_CASE("probe: EXIF orientation in both byte orders; nonsense counts as none") {
    const Bytes jpeg = encode_jpeg(gradient(16, 8), 80);
    for (int orientation = 1; orientation <= 8; ++orientation) {
        for (const bool big : {false, true}) {
            const auto info = probe(with_exif(jpeg, tiff(orientation, big)));
            REQUIRE(info);
            CHECK(info->orientation == orientation);
        }
    }
    Bytes far_directory = tiff(6, false);
    far_directory[4] = 0xFF;
    far_directory[7] = 0xFF;
    Bytes many_entries = tiff(6, false);
    many_entries[8] = many_entries[9] = 0xFF;
    Bytes other_type = tiff(6, false);
    other_type[12] = 4;
    for (const Bytes& block : {tiff(0, true), tiff(9, false), far_directory, many_entries,
                               other_type, Bytes{}, bytes({'I', 'I', 42})}) {
        const auto info = probe(with_exif(jpeg, block));
        REQUIRE(info);
        CHECK(info->orientation == 1);
    }
}

TEST_CASE("probe: WebP sizes are read from all three headers") {
    Bytes lossy =
        bytes({'R', 'I', 'F', 'F', 22, 0, 0, 0, 'W',  'E',  'B',  'P',  'V',  'P',  '8',
               ' ', 10,  0,   0,   0,  0, 0, 0, 0x9D, 0x01, 0x2A, 0x40, 0x01, 0xF0, 0x00});
    const auto info = probe(lossy);
    REQUIRE(info);
    CHECK(info->format == Format::kWebp);
    CHECK(info->width == 320);
    CHECK(info->height == 240);
    Bytes moving = lossy;
    moving[15] = 'X';
    moving[20] = 0x02;
    CHECK(says(moving, "WebP that moves"));
    Bytes huge = lossy;
    huge[15] = 'X';
    for (std::size_t i = 24; i < 30; ++i)
        huge[i] = 0xFF;
    huge[20] = 0;
    CHECK(code_of(huge) == "picture_too_many_pixels");
    lossy.pop_back();
    CHECK(code_of(lossy) == "picture_cut_off");
}
