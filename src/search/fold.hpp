#pragma once
// Text as it is compared: lower case, without accents, cut into words. Thread contract: pure
// functions.

#include <string>
#include <string_view>
#include <vector>

namespace showfloor::search {

// Lower case without accents ("Škoda" -> "skoda", "ß" -> "ss"); what is no letter or digit becomes
// a space. Broken UTF-8 counts as a space.
[[nodiscard]] std::u32string fold(std::string_view text);

// Words of a text. With `joined`, what is written together is also one word: "CX-5" gives cx, 5,
// cx5.
[[nodiscard]] std::vector<std::u32string> words(std::string_view text, bool joined);

// words(text, true) in UTF-8, for text of ASCII alone, in a tenth of the time: most of what a
// hundred thousand cars say. False, and nothing is done, when there are other letters.
[[nodiscard]] bool ascii_words(std::string_view text, std::vector<std::string>& out);

[[nodiscard]] std::string to_utf8(std::u32string_view text);

}  // namespace showfloor::search
