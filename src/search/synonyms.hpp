#pragma once
// What people type for the same thing, in any language of the screens: "awd" and "quattro",
// "petrol", "essence" and "petroli". THE table, for the terminal's search and for central's.
// Thread contract: any thread.

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace showfloor::search {

using Synonyms = std::vector<std::vector<std::string>>;  // groups, as Index takes them

// Those of the trade, in English.
[[nodiscard]] const Synonyms& trade_words();
// The same and how every language names an option ("option.<field>.<option>" in the strings'
// files), read once; what cannot be read is left out.
[[nodiscard]] const Synonyms& search_words();

// The option of "option.color.*" that a colour's words name: "Pearl White" is "white"; empty when
// none does. Its names in every language are search_words() too: what is shown can be looked for.
[[nodiscard]] std::string_view color_option(std::string_view text);
inline constexpr std::array<std::string_view, 12> kColorOptions = {
    "white", "black", "grey",   "silver", "red",   "blue",
    "green", "brown", "yellow", "orange", "beige", "gold"};

// Adds `name` to the group of `option`; a name that stands for something already keeps that.
void add_name(Synonyms& groups, std::string_view option, std::string_view name);

}  // namespace showfloor::search
