#pragma once
// Bounds of reading files, beside those of central/limits.hpp. Thread contract: constants.

#include <cstddef>

namespace showfloor::central {

inline constexpr std::size_t kImportChunkBytes = 1024UL * 1024;  // read at once, kept in memory

}  // namespace showfloor::central
