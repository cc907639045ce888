#pragma once
// Reading order of one line. Text is kept as people type it (logical order); what draws code point
// by code point needs it in visual order with Arabic letters joined. Thread contract: pure
// functions.

#include <string>
#include <string_view>

#include "text/locale.hpp"

namespace showfloor::text {

// True when some letter is written right to left, so that shape() changes the text.
[[nodiscard]] bool needs_shaping(std::string_view utf8);

// One line in visual order, left to right, Arabic letters in their joined presentation forms and
// without vowel signs, brackets mirrored. `direction` is the paragraph's. Text without
// right-to-left letters is returned as it came.
[[nodiscard]] std::string shape(std::string_view utf8, Direction direction);

}  // namespace showfloor::text
