#include "crypto/jwt.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

namespace showfloor::crypto {

using base::Json;

namespace {

constexpr base::UtcMs kNow = 1'760'000'000'000;

std::string signed_with(const Key256& key, std::string_view header, std::string_view body) {
    const std::string text =
        base::to_base64url(base::as_bytes(header)) + "." + base::to_base64url(base::as_bytes(body));
    return text + "." + base::to_base64url(hmac_sha256(key.bytes(), base::as_bytes(text)));
}

struct Fixture {
    base::SeededRandom random{31};
    Key256 key = Key256::random(random);
    Json claims = {{"sub", "user 7"}, {"exp", kNow / 1000 + 900}};
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "tokens: claims come back until they end") {
    const std::string token = sign_token(claims, key);
    const auto good = verify_token(token, key, kNow);
    REQUIRE(good);
    CHECK(*good == claims);
    CHECK(verify_token(token, key, kNow + 899'999).ok());
    CHECK(verify_token(token, key, kNow + 900'000).error().code == "token_expired");
}

TEST_CASE_FIXTURE(Fixture, "tokens: another key, another alg, no signature, no end") {
    const std::string token = sign_token(claims, key);
    CHECK(verify_token(token, Key256::random(random), kNow).error().code == "token_invalid");
    const std::string body = base::dump_json(claims);
    CHECK(verify_token(signed_with(key, R"({"alg":"HS256"})", body), key, kNow).ok());
    for (const char* header : {R"({"alg":"none"})", R"({"alg":"HS512"})", R"({"alg":null})", "{}",
                               "[]", "x", R"({"alg":"hs256"})"})
        CHECK(verify_token(signed_with(key, header, body), key, kNow).error().code ==
              "token_invalid");
    for (const char* claim : {"{}", R"({"exp":"9999999999"})", R"({"exp":1e12})", "[]", "7", ""})
        CHECK(verify_token(signed_with(key, R"({"alg":"HS256"})", claim), key, kNow).error().code ==
              "token_invalid");
    const auto cut = token.rfind('.');
    CHECK_FALSE(verify_token(token.substr(0, cut + 1), key, kNow));
    CHECK_FALSE(verify_token(token.substr(0, cut), key, kNow));
}

TEST_CASE_FIXTURE(Fixture, "tokens: every changed character is found") {
    const std::string token = sign_token(claims, key);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string bad = token;
        bad[i] = bad[i] == 'A' ? 'B' : 'A';
        CHECK_FALSE(verify_token(bad, key, kNow));
    }
    CHECK_FALSE(verify_token(token + "A", key, kNow));
    CHECK_FALSE(verify_token(token + ".A", key, kNow));
}

TEST_CASE_FIXTURE(Fixture, "tokens: anything does no harm") {
    for (const char* bad : {"", ".", "..", "...", "a.b", "a.b.c"})
        CHECK_FALSE(verify_token(bad, key, kNow));
    CHECK_FALSE(verify_token(std::string(5000, '.'), key, kNow));
    CHECK(rc::check("no crash",
                    [&](const std::string& text) { RC_ASSERT(!verify_token(text, key, kNow)); }));
}

}  // namespace showfloor::crypto
