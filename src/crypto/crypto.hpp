#pragma once
// The one start of the cryptographic library. Call it first in main, before any thread: TLS 1.3
// keeps its keys in a store that all threads of the process share.
// Thread contract: initialise() may be called again and from any thread; only the first works.

#include "base/result.hpp"

namespace showfloor::crypto {

// Fails only when the machine gives no entropy.
base::Result<void> initialise();

}  // namespace showfloor::crypto
