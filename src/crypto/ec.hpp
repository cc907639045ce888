#pragma once
// P-256 keys: signatures (ECDSA, SHA-256, deterministic as RFC 6979) and wrapping something for one
// holder of a key (ephemeral ECDH, HKDF, AES-256-GCM).
// Thread contract: plain values; any thread. A private key wipes itself.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "crypto/seal.hpp"

namespace showfloor::crypto {

using Signature = std::array<std::uint8_t, 64>;  // r | s, big-endian: always 64 bytes

class PublicKey {
   public:
    PublicKey() = default;  // belongs to nobody: verifies nothing

    // kInvalid when it is no point of P-256. PEM "PUBLIC KEY", or the 65 bytes 04 | x | y.
    static base::Result<PublicKey> from_pem(std::string_view pem);
    static base::Result<PublicKey> from_point(std::span<const std::uint8_t> point);
    [[nodiscard]] std::string to_pem() const;
    [[nodiscard]] std::span<const std::uint8_t> point() const { return point_; }

    [[nodiscard]] bool verify(std::span<const std::uint8_t> message,
                              std::span<const std::uint8_t> signature) const;

    friend bool operator==(const PublicKey&, const PublicKey&) = default;

   private:
    std::array<std::uint8_t, 65> point_{};
};

class PrivateKey {
   public:
    static PrivateKey generate(base::Random& random);
    // SEC 1 or PKCS #8, unencrypted. kInvalid when it is no P-256 key.
    static base::Result<PrivateKey> from_pem(std::string_view pem);
    // SEC 1. Secret: to a 0600 file or nowhere.
    [[nodiscard]] std::string to_pem() const;

    [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
    [[nodiscard]] std::span<const std::uint8_t> secret() const { return secret_.bytes(); }
    [[nodiscard]] Signature sign(std::span<const std::uint8_t> message) const;

   private:
    PrivateKey() = default;
    Key256 secret_;
    PublicKey public_key_;
};

// ephemeral public point (65) | sealed. Only the private key of `receiver` opens it.
base::Result<base::Bytes> wrap_for(const PublicKey& receiver,
                                   std::span<const std::uint8_t> plaintext, base::Random& random);
// kDamaged when it was wrapped for somebody else or changed.
base::Result<base::Bytes> unwrap(const PrivateKey& receiver, std::span<const std::uint8_t> wrapped);

}  // namespace showfloor::crypto
