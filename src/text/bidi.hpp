#pragma once
// Reading order of one line. Text is kept as people type it (logical order); what draws code point
// by code point needs it in visual order with Arabic letters joined. Thread contract: pure
// functions.

#include <string>
#include <string_view>
#include <vector>

#include "text/locale.hpp"

namespace showfloor::text {

// True when some letter is written right to left, so that shape() changes the text.
[[nodiscard]] bool needs_shaping(std::string_view utf8);

// One line in visual order, left to right, Arabic letters in their joined presentation forms, signs
// behind their letter, brackets mirrored, isolates honoured and gone. `direction` is the
// paragraph's. Text without right-to-left letters and isolates is returned as it came.
[[nodiscard]] std::string shape(std::string_view utf8, Direction direction);

// A sign that stands over or under the letter before it and takes no room: Arabic vowels, shadda.
[[nodiscard]] bool is_sign(char32_t c);

// Words that are set into a line of the other direction, between Unicode's isolates: a name keeps
// its stop, a telephone number its plus, and neither moves what stands around. As they came where
// nothing can go wrong.
[[nodiscard]] std::string isolated(const Locale& locale, std::string words);
// For what is read by a machine, an ear or a pasting person.
[[nodiscard]] std::string without_isolates(std::string words);
// Lines broken from one text: an isolate that a line leaves open goes on in the next.
void carry_isolates(std::vector<std::string>& lines);

}  // namespace showfloor::text
