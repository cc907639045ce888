#pragma once
// What visitors type for the same thing, in any language of the screens: "awd" and "quattro",
// "petrol", "essence" and "petroli". Thread contract: any thread.

#include <string>
#include <vector>

namespace showfloor::terminal {

using SearchWords = std::vector<std::vector<std::string>>;  // groups, as search::Index takes them

// Those of the trade, in English.
[[nodiscard]] const SearchWords& trade_words();
// The same and how every language names a car's options, read once from the strings' files; what
// cannot be read is left out.
[[nodiscard]] const SearchWords& search_words();

}  // namespace showfloor::terminal
