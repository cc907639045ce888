#include "base/encoding.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace showfloor::base {

TEST_CASE("base64: the vectors of RFC 4648") {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : vectors) {
        CHECK(to_base64(as_bytes(plain)) == coded);
        const auto back = from_base64(coded);
        REQUIRE(back);
        CHECK(as_text(*back) == plain);
    }
    CHECK(to_base64url(Bytes{0xFB, 0xEF, 0xFF}) == "--__");
    CHECK(to_base64url(as_bytes("f")) == "Zg");
}

TEST_CASE("base64: what is no base64 is refused") {
    for (const char* bad :
         {"Zg", "Zg=", "Zg===", "====", "Z===", "Zm9v!", "Zm 9", "Zm9v\n", "-_8="})
        CHECK_FALSE(from_base64(bad));
    for (const char* bad : {"Z", "Zg==", "Zm9vY", "+/8", "Zm9v."})
        CHECK_FALSE(from_base64url(bad));
}

TEST_CASE("base64: left-over bits must be zero, so that one value has one spelling") {
    CHECK_FALSE(from_base64("Zh=="));
    CHECK_FALSE(from_base64url("Zh"));
    CHECK_FALSE(from_base64url("Zm9vYmF"));
}

TEST_CASE("hex: both cases in, lower case out, nothing else") {
    CHECK(to_hex(Bytes{0x00, 0x9A, 0xFF}) == "009aff");
    CHECK(from_hex("009AfF") == Bytes{0x00, 0x9A, 0xFF});
    CHECK(from_hex("") == Bytes{});
    for (const char* bad : {"0", "0g", "0x11", " 11", "1:1"})
        CHECK_FALSE(from_hex(bad));
}

TEST_CASE("encodings: any bytes come back") {
    CHECK(rc::check("round trips", [](const Bytes& bytes) {
        RC_ASSERT(from_hex(to_hex(bytes)) == bytes);
        RC_ASSERT(from_base64(to_base64(bytes)) == bytes);
        RC_ASSERT(from_base64url(to_base64url(bytes)) == bytes);
    }));
    CHECK(rc::check("decoding any text never does harm, and what decodes has one spelling",
                    [](const std::string& text) {
                        if (const auto bytes = from_base64(text))
                            RC_ASSERT(to_base64(*bytes) == text);
                        if (const auto bytes = from_base64url(text))
                            RC_ASSERT(to_base64url(*bytes) == text);
                    }));
}

}  // namespace showfloor::base
