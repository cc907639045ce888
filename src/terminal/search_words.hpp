#pragma once
// What visitors type for the same thing, in any language of the screens: "awd" and "quattro",
// "petrol", "essence" and "petroli". Thread contract: any thread.

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace showfloor::terminal {

using SearchWords = std::vector<std::vector<std::string>>;  // groups, as search::Index takes them

// Those of the trade, in English.
[[nodiscard]] const SearchWords& trade_words();
// The same and how every language names a car's options, read once from the strings' files; what
// cannot be read is left out.
[[nodiscard]] const SearchWords& search_words();

// The option of "option.color.*" that a colour's words name: "Pearl White" is "white"; empty when
// none does. The names of each language are search_words() too: what is shown can be looked for.
[[nodiscard]] std::string_view color_option(std::string_view words);
inline constexpr std::array<std::string_view, 12> kColorOptions = {
    "white", "black", "grey",   "silver", "red",   "blue",
    "green", "brown", "yellow", "orange", "beige", "gold"};

}  // namespace showfloor::terminal
