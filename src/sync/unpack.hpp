#pragma once
// A downloaded snapshot, unpacked and proved to be what central said. Thread contract: any thread.

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace showfloor::sync {

// Unpacks the gzip file `packed` into `to` (0600). kDamaged when it is no whole gzip stream or its
// content has another SHA-256 (hex) than `sha256`; kDiskFull when there is no room; kTooLarge over
// most_bytes. Nothing stands at `to` then. `packed` stays.
base::Result<void> unpack_file(const std::string& packed, const std::string& to,
                               std::string_view sha256, std::int64_t most_bytes);

}  // namespace showfloor::sync
