#pragma once
// Passwords: Argon2id hashes, secrets sealed with a password (sign-in without a network), and
// one-time passwords a person can read aloud. What a good password is, is not decided here.
// Thread contract: any thread; one hash takes about 40 ms and 19 MiB, so never the UI thread.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "crypto/seal.hpp"

namespace showfloor::crypto {

// PHC string, "$argon2id$v=19$m=19456,t=2,p=1$salt$hash". kTooLarge over 1,024 bytes.
base::Result<std::string> hash_password(std::string_view password, base::Random& random);

// False for a wrong password, and for a string that is no Argon2id or asks for more memory or time
// than limits.hpp allows.
[[nodiscard]] bool verify_password(std::string_view password, std::string_view phc);

// True when `phc` was made with less than today's parameters: hash anew at the next sign-in.
[[nodiscard]] bool needs_rehash(std::string_view phc);

// Material only the password opens: a terminal keeps it to sign people in offline. The parameters
// and the salt stand in front of the sealed bytes.
base::Result<base::Bytes> seal_with_password(std::string_view password,
                                             std::span<const std::uint8_t> plaintext,
                                             std::span<const std::uint8_t> aad,
                                             base::Random& random);
// kRefused with code "wrong_password"; kDamaged when it is no such value.
base::Result<base::Bytes> open_with_password(std::string_view password,
                                             std::span<const std::uint8_t> sealed,
                                             std::span<const std::uint8_t> aad);

// "k7mwp-3xqhe-9rvta": 74 bits, no letter that looks like another.
[[nodiscard]] std::string random_password(base::Random& random);
// "K7MWP-3XQHE": 49 bits, for codes that live minutes and allow few tries.
[[nodiscard]] std::string random_code(base::Random& random);

}  // namespace showfloor::crypto
