#pragma once
// Sealing: AES-256-GCM, keys that wipe themselves, keys derived from keys.
// Thread contract: plain values and pure functions; a Random belongs to its caller.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "base/result.hpp"

namespace showfloor::crypto {

// 256 secret bits. Wiped when it goes; every copy wipes itself too.
class Key256 {
   public:
    Key256() = default;  // all zero; filled by whoever makes it
    Key256(const Key256&) = default;
    Key256& operator=(const Key256&) = default;
    ~Key256();

    [[nodiscard]] static Key256 random(base::Random& random);
    // nullopt unless exactly 32 bytes.
    [[nodiscard]] static std::optional<Key256> from_bytes(std::span<const std::uint8_t> bytes);

    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return bytes_; }
    [[nodiscard]] std::span<std::uint8_t> writable() { return bytes_; }

   private:
    std::array<std::uint8_t, 32> bytes_{};
};

// Overwrites secret text before it is freed; the compiler may not leave it out.
void wipe(std::string& text);
void wipe(base::Bytes& bytes);

// nonce (12 random bytes) | ciphertext | tag (16). `aad` is not hidden but must be the same to open
// (a table and a row id, so that a sealed value cannot be moved elsewhere). kTooLarge over 64 MB.
// One key seals at most 2^32 values (random nonces); nothing here comes near.
base::Result<base::Bytes> seal(const Key256& key, std::span<const std::uint8_t> plaintext,
                               std::span<const std::uint8_t> aad, base::Random& random);
// kDamaged when the key, the aad or a single bit differ.
base::Result<base::Bytes> open(const Key256& key, std::span<const std::uint8_t> sealed,
                               std::span<const std::uint8_t> aad);

// HKDF-SHA-256 (RFC 5869): a key for one purpose, named in `info`, out of a shared secret.
[[nodiscard]] Key256 derive_key(std::span<const std::uint8_t> secret,
                                std::span<const std::uint8_t> salt, std::string_view info);
// The same with a chosen length, up to 255 * 32 bytes.
[[nodiscard]] base::Bytes hkdf_sha256(std::span<const std::uint8_t> secret,
                                      std::span<const std::uint8_t> salt,
                                      std::span<const std::uint8_t> info, std::size_t length);

}  // namespace showfloor::crypto
