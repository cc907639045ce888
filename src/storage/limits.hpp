#pragma once
// The bounds of this folder, each with its reason.

#include <cstddef>

namespace showfloor::storage {

// Rows of one find(). A screen shows a few dozen; the largest thing read whole is a branch's cars
// into the search index, which pages.
inline constexpr std::size_t kMostRows = 100'000;

// A row's personal fields as JSON: a signature of 60 kB and texts far below it.
inline constexpr std::size_t kLargestSealed = 256 * 1024;

}  // namespace showfloor::storage
