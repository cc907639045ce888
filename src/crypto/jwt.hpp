#pragma once
// Access tokens: JSON Web Tokens, HS256 alone ("alg" is never taken from the token).
// Thread contract: pure functions.

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "crypto/seal.hpp"

namespace showfloor::crypto {

// `claims` is an object and carries "exp" (seconds since 1970); a bug otherwise.
[[nodiscard]] std::string sign_token(const base::Json& claims, const Key256& key);

// The claims. kRefused with code "token_invalid" (not ours, changed, malformed) or "token_expired".
base::Result<base::Json> verify_token(std::string_view token, const Key256& key, base::UtcMs now);

}  // namespace showfloor::crypto
