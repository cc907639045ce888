#pragma once
// Messages with holes, in the part of ICU MessageFormat translators know:
//   "Hello {name}"    "{count, plural, =0 {No cars} one {# car} other {# cars}}"
// Thread contract: pure functions.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "text/locale.hpp"

namespace showfloor::text {

// What fills one hole: words as they are, or a whole number (written by locale, chooses a plural).
struct Value {
    std::string_view name;
    std::variant<std::string, std::int64_t> content;

    Value(std::string_view n, std::string words) : name(n), content(std::move(words)) {}
    Value(std::string_view n, std::string_view words) : name(n), content(std::string(words)) {}
    Value(std::string_view n, const char* words) : name(n), content(std::string(words)) {}
    Value(std::string_view n, std::int64_t number) : name(n), content(number) {}
    Value(std::string_view n, int number) : name(n), content(std::int64_t{number}) {}
    Value(std::string_view n, std::size_t number)
        : name(n), content(static_cast<std::int64_t>(number)) {}
};
using Values = std::initializer_list<Value>;

// The filled message; nothing when the pattern is broken (unbalanced braces, a plural without
// `other`). A hole that no value fills stays visible as {name}. Words that fill one are isolated()
// where the direction may change.
std::optional<std::string> format_message(const Locale& locale, std::string_view pattern,
                                          Values values);

}  // namespace showfloor::text
