#pragma once
// UTF-8 in and out of code points. Broken bytes become U+FFFD, never an error: text on a screen is
// shown as well as it can be. Thread contract: pure functions.

#include <cstddef>
#include <string>
#include <string_view>

namespace showfloor::text {

// Decodes the code point at `at` and moves `at` behind it. Needs at < utf8.size().
char32_t next_code_point(std::string_view utf8, std::size_t& at);

std::u32string to_code_points(std::string_view utf8);
void append_utf8(std::string& out, char32_t code_point);
std::string to_utf8(std::u32string_view code_points);

// Where the code point before `at` begins (0 when there is none), and where the next one begins.
std::size_t previous_boundary(std::string_view utf8, std::size_t at);
std::size_t next_boundary(std::string_view utf8, std::size_t at);

std::size_t count_code_points(std::string_view utf8);

}  // namespace showfloor::text
