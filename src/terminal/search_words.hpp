#pragma once
// The words visitors search by, which are those central's search box knows too.
// Thread contract: any thread.

#include "search/synonyms.hpp"

namespace showfloor::terminal {

using SearchWords = search::Synonyms;
using search::color_option;
using search::kColorOptions;
using search::search_words;
using search::trade_words;

}  // namespace showfloor::terminal
