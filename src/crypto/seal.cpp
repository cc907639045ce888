#include "crypto/seal.hpp"

#include <mbedtls/gcm.h>
#include <mbedtls/hkdf.h>
#include <mbedtls/platform_util.h>

#include <algorithm>

#include "base/check.hpp"
#include "crypto/limits.hpp"

namespace showfloor::crypto {

namespace {

constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;

class Gcm {
   public:
    explicit Gcm(const Key256& key) {
        mbedtls_gcm_init(&context_);
        SHOWFLOOR_CHECK(
            mbedtls_gcm_setkey(&context_, MBEDTLS_CIPHER_ID_AES, key.bytes().data(), 256) == 0,
            "AES key");
    }
    ~Gcm() { mbedtls_gcm_free(&context_); }
    Gcm(const Gcm&) = delete;
    Gcm& operator=(const Gcm&) = delete;
    mbedtls_gcm_context* get() { return &context_; }

   private:
    mbedtls_gcm_context context_;
};

}  // namespace

Key256::~Key256() {
    mbedtls_platform_zeroize(bytes_.data(), bytes_.size());
}

Key256 Key256::random(base::Random& random) {
    Key256 key;
    random.fill(key.bytes_);
    return key;
}

std::optional<Key256> Key256::from_bytes(std::span<const std::uint8_t> bytes) {
    Key256 key;
    if (bytes.size() != key.bytes_.size()) return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), key.bytes_.begin());
    return key;
}

void wipe(std::string& text) {
    mbedtls_platform_zeroize(text.data(), text.size());
    text.clear();
}

void wipe(base::Bytes& bytes) {
    mbedtls_platform_zeroize(bytes.data(), bytes.size());
    bytes.clear();
}

base::Result<base::Bytes> seal(const Key256& key, std::span<const std::uint8_t> plaintext,
                               std::span<const std::uint8_t> aad, base::Random& random) {
    if (plaintext.size() > kMaxSealedBytes) {
        return base::fail(base::ErrorKind::kTooLarge,
                          "This is too large to be sealed at once; the limit is 64 MB.");
    }
    base::Bytes sealed(kNonce + plaintext.size() + kTag);
    random.fill(std::span(sealed).first(kNonce));
    Gcm gcm(key);
    const int problem = mbedtls_gcm_crypt_and_tag(gcm.get(), MBEDTLS_GCM_ENCRYPT, plaintext.size(),
                                                  sealed.data(), kNonce, aad.data(), aad.size(),
                                                  plaintext.data(), sealed.data() + kNonce, kTag,
                                                  sealed.data() + kNonce + plaintext.size());
    SHOWFLOOR_CHECK(problem == 0, "AES-GCM seal");
    return sealed;
}

base::Result<base::Bytes> open(const Key256& key, std::span<const std::uint8_t> sealed,
                               std::span<const std::uint8_t> aad) {
    if (sealed.size() < kNonce + kTag)
        return base::fail(base::ErrorKind::kDamaged, "This sealed value is cut off.");
    const std::size_t size = sealed.size() - kNonce - kTag;
    if (size > kMaxSealedBytes)
        return base::fail(base::ErrorKind::kTooLarge, "This sealed value is larger than 64 MB.");
    base::Bytes plaintext(size);
    Gcm gcm(key);
    const int problem = mbedtls_gcm_auth_decrypt(gcm.get(), size, sealed.data(), kNonce, aad.data(),
                                                 aad.size(), sealed.data() + kNonce + size, kTag,
                                                 sealed.data() + kNonce, plaintext.data());
    if (problem != 0) {
        return base::fail(base::ErrorKind::kDamaged,
                          "This sealed value does not open: it was changed, moved, or sealed with "
                          "another key.");
    }
    return plaintext;
}

base::Bytes hkdf_sha256(std::span<const std::uint8_t> secret, std::span<const std::uint8_t> salt,
                        std::span<const std::uint8_t> info, std::size_t length) {
    base::Bytes derived(length);
    SHOWFLOOR_CHECK(mbedtls_hkdf(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), salt.data(),
                                 salt.size(), secret.data(), secret.size(), info.data(),
                                 info.size(), derived.data(), length) == 0,
                    "HKDF asked for more than 255 blocks");
    return derived;
}

Key256 derive_key(std::span<const std::uint8_t> secret, std::span<const std::uint8_t> salt,
                  std::string_view info) {
    base::Bytes derived = hkdf_sha256(secret, salt, base::as_bytes(info), 32);
    const auto key = Key256::from_bytes(derived);
    wipe(derived);
    return *key;
}

}  // namespace showfloor::crypto
