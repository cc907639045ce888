#pragma once
// Numbers, money, dates and times as the readers of a locale write them. Knows no domain: money
// comes as minor units, an ISO 4217 code and how many minor digits it has. Spaces inside a figure
// never break a line (U+00A0). Thread contract: pure functions.

#include <cstdint>
#include <string>
#include <string_view>

#include "text/locale.hpp"

namespace showfloor::text {

class Strings;

std::string number(const Locale& locale, std::int64_t value);  // "1,234,567"

// `value` counts 10^-digits: decimal(en, 12345, 2) is "123.45".
std::string decimal(const Locale& locale, std::int64_t value, int digits);

// Words with figures as the trade writes them in English, "1.8 L", with the locale's decimal mark.
std::string with_decimal_mark(const Locale& locale, std::string_view words);

std::string percent(const Locale& locale, std::int64_t value, int digits);  // (40, 1) "4.0 %"

// A share or a rate in basis points, without idle zeros: "16 %", "14.9 %", "1.25 %".
std::string share(const Locale& locale, std::int64_t bp);

enum class MinorDigits { kWhenNeeded, kAlways };
// "KES 4,250,000"; with its minor part when that is not zero, or always (documents).
std::string money(const Locale& locale, std::int64_t minor, std::string_view currency, int digits,
                  MinorDigits show = MinorDigits::kWhenNeeded);
// A figure as written with its currency, where the locale puts that: "KES 4,250", "4 250 KES".
std::string with_currency(const Locale& locale, const std::string& figure,
                          std::string_view currency);
// "KES 5.6 M": at most three figures, cut to a glance. Under ten thousand it is money().
std::string money_compact(const Locale& locale, std::int64_t minor, std::string_view currency,
                          int digits);

enum class DistanceUnit { kKm, kMi };
std::string mileage(const Locale& locale, std::int64_t distance,
                    DistanceUnit unit = DistanceUnit::kKm);  // "21,400 km"

// A moment on a wall clock and calendar.
struct CivilTime {
    int year = 1970, month = 1, day = 1;  // month and day count from 1
    int hour = 0, minute = 0, second = 0;
    int weekday = 4;  // 0 = Sunday
};
CivilTime civil_time(std::int64_t utc_ms, int offset_minutes);

std::string date(const Locale& locale, const CivilTime& t);       // "21 Nov 2026"
std::string long_date(const Locale& locale, const CivilTime& t);  // "Saturday 21 November"
std::string time_of_day(const CivilTime& t);                      // "10:42"

// "just now", "4 s ago", "3 min ago", "2 h ago", "5 days ago" in the words of the catalogue.
std::string relative_age(const Strings& strings, std::int64_t age_ms);

}  // namespace showfloor::text
