#pragma once
// KeySealer: storage::Sealer under one 256-bit key, by protocol's layout. A terminal has one for
// its own files (key from a 0600 file or the system's credential store), and one for the life of
// each snapshot in transfer.
// Thread contract: callable from any thread when `random` is; SystemRandom is.

#include "base/random.hpp"
#include "crypto/seal.hpp"
#include "storage/sealer.hpp"

namespace showfloor::sync {

class KeySealer final : public storage::Sealer {
   public:
    // Borrows `random`.
    KeySealer(const crypto::Key256& key, base::Random& random);

    base::Result<base::Bytes> seal(std::string_view table, std::string_view id,
                                   std::string_view plaintext) const override;
    base::Result<std::string> open(std::string_view table, std::string_view id,
                                   std::span<const std::uint8_t> sealed) const override;
    base::Result<base::Bytes> lookup_key(std::string_view field,
                                         std::string_view value) const override;

   private:
    crypto::Key256 seal_key_;
    crypto::Key256 lookup_key_;
    base::Random& random_;
};

}  // namespace showfloor::sync
