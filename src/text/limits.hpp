#pragma once
// The bounds of this folder, each with its reason.

#include <cstddef>

namespace showfloor::text {

// A catalogue of every word of the product is about 100 KB; this leaves room for long languages.
inline constexpr std::size_t kMaxCatalogueBytes = 4 * 1024 * 1024;
// Messages nest at most plural > value; deeper is a broken file.
inline constexpr int kMaxMessageDepth = 4;
// Missing keys are logged once each; beyond this the file is plainly wrong and more lines say
// nothing.
inline constexpr std::size_t kMaxMissingLogged = 200;
// FriBidi works on one line at a time; longer text is shown unshaped rather than slowly.
inline constexpr int kMaxIsolateDepth = 8;
inline constexpr std::size_t kMaxShapedChars = 16 * 1024;

}  // namespace showfloor::text
