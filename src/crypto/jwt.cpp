#include "crypto/jwt.hpp"

#include "base/check.hpp"
#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/limits.hpp"

namespace showfloor::crypto {

namespace {

base::Error invalid() {
    return base::fail(base::ErrorKind::kRefused, "This access token is not valid; sign in again.",
                      "token_invalid");
}

bool is_our_header(std::string_view encoded) {
    const auto bytes = base::from_base64url(encoded);
    if (!bytes) return false;
    const auto header = base::parse_json(base::as_text(*bytes), kMaxTokenBytes);
    if (!header || !header->is_object()) return false;
    const auto alg = header->find("alg");
    return alg != header->end() && *alg == "HS256";
}

}  // namespace

std::string sign_token(const base::Json& claims, const Key256& key) {
    SHOWFLOOR_CHECK(
        claims.is_object() && claims.contains("exp") && claims["exp"].is_number_integer(),
        "a token without an end");
    const std::string text = base::to_base64url(base::as_bytes(R"({"alg":"HS256","typ":"JWT"})")) +
                             "." + base::to_base64url(base::as_bytes(base::dump_json(claims)));
    return text + "." + base::to_base64url(hmac_sha256(key.bytes(), base::as_bytes(text)));
}

base::Result<base::Json> verify_token(std::string_view token, const Key256& key, base::UtcMs now) {
    if (token.size() > kMaxTokenBytes) return invalid();
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos) return invalid();
    // The signature comes first: nothing of an unsigned token is parsed.
    const auto signature = base::from_base64url(token.substr(second + 1));
    if (!signature ||
        !equal_constant_time(*signature,
                             hmac_sha256(key.bytes(), base::as_bytes(token.substr(0, second)))))
        return invalid();
    if (!is_our_header(token.substr(0, first))) return invalid();
    const auto body = base::from_base64url(token.substr(first + 1, second - first - 1));
    if (!body) return invalid();
    auto claims = base::parse_json(base::as_text(*body), kMaxTokenBytes);
    if (!claims || !claims->is_object()) return invalid();
    const auto end = claims->find("exp");
    if (end == claims->end() || !end->is_number_integer()) return invalid();
    if (now / 1000 >= end->get<std::int64_t>()) {
        return base::fail(base::ErrorKind::kRefused, "This access token has ended; renew it.",
                          "token_expired");
    }
    return claims;
}

}  // namespace showfloor::crypto
