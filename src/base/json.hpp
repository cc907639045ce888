#pragma once
// JSON: nlohmann::json (keys sorted, so the same value always prints the same bytes), and the two
// calls that keep its exceptions inside. Thread contract: plain values.

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace showfloor::base {

using Json = nlohmann::json;

// Parses text that came from outside. Refuses what is no JSON, is nested deeper than 32, or is
// longer than `max_bytes`; the message names the byte where it went wrong.
Result<Json> parse_json(std::string_view text, std::size_t max_bytes);

// Compact, UTF-8; bytes that are no UTF-8 become U+FFFD instead of throwing.
std::string dump_json(const Json& value);

// The text member of an object; empty when there is none of that name and type.
std::string text_member(const Json& object, const char* name);

}  // namespace showfloor::base
