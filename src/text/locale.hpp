#pragma once
// What a language and its readers expect: direction, separators, names of days and months, plural
// rule. Six are known; an unknown code is English. Thread contract: immutable data, any thread.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace showfloor::text {

enum class Direction { kLeftToRight, kRightToLeft };

// CLDR's names for the kinds of number that choose a word form.
enum class PluralForm { kZero, kOne, kTwo, kFew, kMany, kOther };

struct Locale {
    std::string_view code;      // "en"
    std::string_view own_name;  // "English", as its speakers write it
    Direction direction = Direction::kLeftToRight;
    std::string_view decimal;                  // "."
    std::string_view group;                    // ","
    bool currency_first = true;                // KES 100 or 100 KES
    std::array<std::string_view, 7> weekdays;  // Sunday first
    std::array<std::string_view, 12> months;
    std::array<std::string_view, 12> short_months;
    std::string_view thousand, million, billion;     // marks of compact figures
    PluralForm (*plural)(std::int64_t n) = nullptr;  // for whole numbers
};

// The locale of "en", "ar", "de-AT" (its language counts); English when unknown.
const Locale& locale_for(std::string_view code);
std::span<const Locale> all_locales();

std::string_view plural_name(PluralForm form);  // "one"

}  // namespace showfloor::text
