#include "imaging/decode.hpp"

#include <doctest/doctest.h>

#include <random>
#include <utility>

#include "imaging/encode.hpp"
#include "imaging/probe.hpp"
#include "imaging/resize.hpp"
#include "imaging/upload.hpp"
#include "pictures.hpp"

using namespace showfloor::imaging;
using namespace showfloor::imaging::testing;

TEST_CASE("decode: PNG comes back point by point, alpha too") {
    Image image = gradient(19, 7);
    image.at(3, 3)[3] = 77;
    const auto back = decode(encode_png(image));
    REQUIRE(back);
    CHECK(back->width == 19);
    CHECK(back->height == 7);
    CHECK(back->rgba == image.rgba);
}

TEST_CASE("decode: JPEG comes back close, transparent points on white") {
    Image image = gradient(32, 32);
    for (int x = 0; x < 32; ++x)
        for (int y = 16; y < 32; ++y)
            image.at(x, y)[3] = 0;
    const auto back = decode(encode_jpeg(image, 95));
    REQUIRE(back);
    CHECK(back->at(4, 4)[0] > 225);
    CHECK(back->at(4, 4)[1] < 40);
    for (int c = 0; c < 4; ++c)
        CHECK(back->at(16, 28)[c] > 245);
}

TEST_CASE("decode: GIF gives its first frame") {
    const auto back = decode(small_gif());
    REQUIRE(back);
    CHECK(back->at(0, 0)[0] == 255);
    CHECK(back->at(1, 0)[2] == 255);
    CHECK(back->at(1, 1)[0] == 255);
}

TEST_CASE("decode: each EXIF orientation puts the corner where it was seen") {
    // Where the stored top left corner must be shown, for orientation 1..8.
    const std::pair<bool, bool> right_bottom[8] = {{false, false}, {true, false},  {true, true},
                                                   {false, true},  {false, false}, {true, false},
                                                   {true, true},   {false, true}};
    const Bytes jpeg = encode_jpeg(gradient(64, 32), 95);
    for (int orientation = 1; orientation <= 8; ++orientation) {
        CAPTURE(orientation);
        const auto image = decode(with_exif(jpeg, tiff(orientation, orientation % 2 == 0)));
        REQUIRE(image);
        CHECK(image->width == (orientation >= 5 ? 32 : 64));
        CHECK(image->height == (orientation >= 5 ? 64 : 32));
        int found = 0;
        for (const bool right : {false, true}) {
            for (const bool bottom : {false, true}) {
                const int x = right ? image->width * 3 / 4 : image->width / 4;
                const int y = bottom ? image->height * 3 / 4 : image->height / 4;
                const bool corner = image->at(x, y)[0] > 200 && image->at(x, y)[1] < 60;
                const auto expected = right_bottom[orientation - 1];
                CHECK(corner == (right == expected.first && bottom == expected.second));
                found += corner ? 1 : 0;
            }
        }
        CHECK(found == 1);
    }
}

TEST_CASE("decode: files cut anywhere or with any byte changed answer, and never crash") {
    const Image image = gradient(16, 16);
    const Bytes files[] = {encode_jpeg(image, 60), encode_png(image), small_gif(),
                           with_exif(encode_jpeg(image, 60), tiff(6, true))};
    std::mt19937 random(20261121);  // NOLINT: repeatable on purpose
    for (const Bytes& file : files) {
        for (std::size_t length = 0; length < file.size(); ++length) {
            Bytes cut(file.begin(), file.begin() + static_cast<long>(length));
            const auto result = decode(cut);
            if (!result) CHECK_FALSE(result.error().message.empty());
        }
        for (int round = 0; round < 3000; ++round) {
            Bytes changed = file;
            for (int i = 0; i < 1 + round % 4; ++i)
                changed[random() % changed.size()] = static_cast<std::uint8_t>(random());
            const auto result = decode(changed, {kMaxBytes, 4'000'000, 4096});
            if (result) CHECK_FALSE(result->empty());
        }
    }
}

TEST_CASE("decode: a PNG that inflates beyond its own size is stopped") {
    // 1 x 1 in the header, yet the data of a 3000 x 3000 picture.
    Bytes file = encode_png(Image(3000, 3000));
    const Bytes tiny = png_header(1, 1);
    std::copy(tiny.begin() + 16, tiny.begin() + 24, file.begin() + 16);
    const auto result = decode(file);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == "picture_damaged");
}

TEST_CASE("decode: WebP without a registered decoder says who reads it") {
    const Bytes webp =
        bytes({'R', 'I', 'F', 'F', 22, 0, 0, 0, 'W',  'E',  'B',  'P',  'V', 'P',  '8',
               ' ', 10,  0,   0,   0,  0, 0, 0, 0x9D, 0x01, 0x2A, 0x40, 0,   0x40, 0});
    const auto refused = decode(webp);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "picture_unsupported");
    set_webp_decoder([](ByteSpan, const ImageInfo& info) {
        return std::optional<Image>(Image(info.width, info.height));
    });
    const auto decoded = decode(webp);
    set_webp_decoder(nullptr);
    REQUIRE(decoded);
    CHECK(decoded->width == 64);
}

TEST_CASE("prepare_upload: three sizes, turned, without metadata") {
    const Bytes file = with_exif(encode_jpeg(gradient(2400, 1200), 80), tiff(6, false));
    const auto prepared = prepare_upload(file, "IMG_0001.JPG");
    REQUIRE(prepared);
    CHECK(prepared->width == 960);
    CHECK(prepared->height == 1920);
    const std::pair<const Bytes*, int> sizes[] = {{&prepared->small_jpeg, kSmallSide},
                                                  {&prepared->medium_jpeg, kMediumSide},
                                                  {&prepared->large_jpeg, kLargeSide}};
    for (const auto& [jpeg, side] : sizes) {
        const auto info = probe(*jpeg);
        REQUIRE(info);
        CHECK(info->height == side);
        CHECK(info->width == side / 2);
        CHECK(info->orientation == 1);
    }
    CHECK(prepared->blurhash.size() == 28);
}

TEST_CASE("prepare_upload: a small original is never enlarged") {
    const auto prepared = prepare_upload(encode_png(gradient(300, 200)), "tiny.png");
    REQUIRE(prepared);
    CHECK(prepared->width == 300);
    CHECK(probe(prepared->small_jpeg)->width == 300);
    CHECK(probe(prepared->large_jpeg)->width == 300);
}

TEST_CASE("prepare_upload: a name that lies is refused, no name is fine") {
    const Bytes jpeg = encode_jpeg(gradient(20, 20), 80);
    for (const char* name : {"a.png", "a.exe", "a.heic", "C:\\pictures\\a.gif"}) {
        const auto result = prepare_upload(jpeg, name);
        REQUIRE_FALSE(result);
        CHECK(result.error().code == "picture_name_lies");
        CHECK(result.error().message.find("JPEG") != std::string::npos);
    }
    for (const char* name : {"", "scan", "a.jpg", "a.JPEG", "folder.png/a", ".hidden"})
        CHECK(prepare_upload(jpeg, name).ok());
    const auto zip = prepare_upload(text("PK\x03\x04 and more"), "car.png");
    REQUIRE_FALSE(zip);
    CHECK(zip.error().code == "picture_not_a_picture");
}

TEST_CASE("resize: a plain colour stays, hidden colours do not bleed") {
    Image plain(101, 57);
    for (std::size_t i = 0; i < plain.rgba.size(); ++i)
        plain.rgba[i] = static_cast<std::uint8_t>(i % 4 == 3 ? 255 : 90);
    for (const int width : {7, 50, 100, 300}) {
        const Image out = resize(plain, width, width / 2);
        CHECK(out.width == width);
        for (int c = 0; c < 3; ++c)
            CHECK(std::abs(int{out.at(width / 2, 1)[c]} - 90) <= 1);
    }
    // Left half red and opaque, right half green and fully transparent.
    Image half(64, 64);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) {
            half.at(x, y)[x < 32 ? 0 : 1] = 255;
            half.at(x, y)[3] = x < 32 ? 255 : 0;
        }
    const Image out = resize(half, 5, 5);
    CHECK(out.at(2, 2)[1] < 8);
    CHECK(out.at(0, 2)[0] > 250);
}

TEST_CASE("fit: keeps the aspect and at least one point") {
    CHECK(fit(Image(4000, 1000), 400).height == 100);
    CHECK(fit(Image(1, 5000), 10).width == 1);
    CHECK(fit(Image(30, 20), 400).width == 30);
}
