#pragma once
// gzip in memory. Thread contract: pure functions.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace showfloor::net {

[[nodiscard]] std::string gzip(std::string_view plain);

// kTooLarge as soon as more than `max_bytes` come out, however small the input; kInvalid when it is
// no whole gzip stream.
base::Result<std::string> gunzip(std::string_view packed, std::size_t max_bytes);

}  // namespace showfloor::net
