#pragma once
// Words: what central writes with (pages, papers, letters), each language's file read once. And
// which language somebody reads. Thread contract: any thread.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "text/strings.hpp"

namespace showfloor::central {

// Of assets/<folder>/<language>.json; good for as long as the process runs. Tags like "fr-CA" are
// their language. kNotFound: there are no words in it, or this is no language.
base::Result<const text::Strings*> words_in(std::string_view folder, std::string_view language);
// English when there are none in it.
base::Result<const text::Strings*> words_or_english(std::string_view folder,
                                                    std::string_view language);

// The tags of an Accept-Language header that are wanted, best first, at most kMostLanguages; what
// is no such tag is left out.
inline constexpr std::size_t kMostLanguages = 16;  // a browser sends a few
[[nodiscard]] std::vector<std::string_view> accepted_languages(std::string_view header);

}  // namespace showfloor::central
