#pragma once
// TestSealer: a storage::Sealer as terminals have one (AES-256-GCM, HMAC-SHA-256), its keys made
// from a number. Thread contract: one test thread.

#include <string>
#include <string_view>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "crypto/hash.hpp"
#include "crypto/seal.hpp"
#include "storage/sealer.hpp"

namespace showfloor::testing {

class TestSealer final : public storage::Sealer {
   public:
    explicit TestSealer(std::string_view name)
        : key_(*crypto::Key256::from_bytes(crypto::sha256(name))) {}

    [[nodiscard]] base::Result<base::Bytes> seal(std::string_view table, std::string_view id,
                                                 std::string_view plaintext) const override {
        return crypto::seal(key_, base::as_bytes(plaintext), base::as_bytes(place(table, id)),
                            random_);
    }
    [[nodiscard]] base::Result<std::string> open(
        std::string_view table, std::string_view id,
        std::span<const std::uint8_t> sealed) const override {
        SHOWFLOOR_ASSIGN(const base::Bytes opened,
                         crypto::open(key_, sealed, base::as_bytes(place(table, id))));
        return base::as_text(opened);
    }
    [[nodiscard]] base::Result<base::Bytes> lookup_key(std::string_view field,
                                                       std::string_view value) const override {
        const auto key = crypto::hmac_sha256(key_.bytes(), base::as_bytes(place(field, value)));
        return base::Bytes(key.begin(), key.end());
    }

   private:
    static std::string place(std::string_view table, std::string_view id) {
        return std::string(table) + '\n' + std::string(id);
    }

    crypto::Key256 key_;
    mutable base::SystemRandom random_;
};

}  // namespace showfloor::testing
