#pragma once
// How a personal value is hidden at rest and in a snapshot: the one layout both sides agree on.
// Thread contract: pure functions; the Random belongs to its caller.

#include <span>
#include <string>
#include <string_view>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "crypto/seal.hpp"

namespace showfloor::protocol {

// AES-256-GCM under `key`; table and id are bound in as "table\nid".
[[nodiscard]] base::Result<base::Bytes> seal_value(const crypto::Key256& key,
                                                   std::string_view table, std::string_view id,
                                                   std::string_view plaintext,
                                                   base::Random& random);
// kDamaged when it was sealed for another place, by another key, or a bit differs.
[[nodiscard]] base::Result<std::string> open_value(const crypto::Key256& key,
                                                   std::string_view table, std::string_view id,
                                                   std::span<const std::uint8_t> sealed);
// HMAC-SHA-256 of "field\nvalue": equal values of one field give equal keys.
[[nodiscard]] base::Bytes lookup_key(const crypto::Key256& key, std::string_view field,
                                     std::string_view value);

}  // namespace showfloor::protocol
