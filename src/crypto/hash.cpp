#include "crypto/hash.hpp"

#include <mbedtls/md.h>
#include <mbedtls/sha256.h>

extern "C" {  // the one header of mbedTLS that does not say so itself
#include <mbedtls/constant_time.h>
}

#include "base/check.hpp"
#include "base/encoding.hpp"

namespace showfloor::crypto {

Sha256 sha256(std::span<const std::uint8_t> data) {
    Sha256 digest{};
    SHOWFLOOR_CHECK(mbedtls_sha256(data.data(), data.size(), digest.data(), 0) == 0, "SHA-256");
    return digest;
}

Sha256 sha256(std::string_view text) {
    return sha256(base::as_bytes(text));
}

Sha256 hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> data) {
    Sha256 digest{};
    const auto* kind = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
    SHOWFLOOR_CHECK(
        mbedtls_md_hmac(kind, key.data(), key.size(), data.data(), data.size(), digest.data()) == 0,
        "HMAC-SHA-256");
    return digest;
}

struct Sha256Stream::State {
    State() {
        mbedtls_sha256_init(&context);
        start();
    }
    ~State() { mbedtls_sha256_free(&context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    void start() { SHOWFLOOR_CHECK(mbedtls_sha256_starts(&context, 0) == 0, "SHA-256 start"); }

    mbedtls_sha256_context context;
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::update(std::span<const std::uint8_t> data) {
    SHOWFLOOR_CHECK(mbedtls_sha256_update(&state_->context, data.data(), data.size()) == 0,
                    "SHA-256 update");
}

Sha256 Sha256Stream::finish() {
    Sha256 digest{};
    SHOWFLOOR_CHECK(mbedtls_sha256_finish(&state_->context, digest.data()) == 0, "SHA-256 finish");
    state_->start();
    return digest;
}

bool equal_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
    return a.size() == b.size() && mbedtls_ct_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace showfloor::crypto
