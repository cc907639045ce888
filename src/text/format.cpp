#include "text/format.hpp"

#include <algorithm>
#include <cstdio>

#include "text/strings.hpp"

namespace showfloor::text {

namespace {

constexpr std::string_view kHardSpace = "\u00a0";

std::uint64_t magnitude(std::int64_t value) {
    return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

std::string grouped(const Locale& locale, std::uint64_t value) {
    const std::string digits = std::to_string(value);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0) out += locale.group;
        out.push_back(digits[i]);
    }
    return out;
}

std::uint64_t power_of_ten(int digits) {
    std::uint64_t p = 1;
    for (int i = 0; i < digits; ++i)
        p *= 10;
    return p;
}

std::string unsigned_decimal(const Locale& locale, std::uint64_t value, int digits) {
    const std::uint64_t unit = power_of_ten(digits);
    std::string out = grouped(locale, value / unit);
    if (digits > 0) {
        std::string tail = std::to_string(value % unit);
        tail.insert(0, static_cast<std::size_t>(digits) - tail.size(), '0');
        out += locale.decimal;
        out += tail;
    }
    return out;
}

// "6 ملايين", but "6.5 مليون": Arabic counts three to ten in the plural.
std::string_view counted(const Locale& locale, std::string_view mark, std::uint64_t count,
                         int digits) {
    if (locale.code != "ar" || digits != 0 || count < 3 || count > 10) return mark;
    if (mark == locale.thousand) return "آلاف";
    return mark == locale.million ? "ملايين" : "مليارات";
}

// U+2212 stands on the figures' line as the hyphen does not.
std::string sign(std::int64_t value) {
    return value < 0 ? "\u2212" : "";
}

std::string two_digits(int value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

std::string number(const Locale& locale, std::int64_t value) {
    return sign(value) + grouped(locale, magnitude(value));
}

std::string decimal(const Locale& locale, std::int64_t value, int digits) {
    return sign(value) + unsigned_decimal(locale, magnitude(value), digits);
}

std::string with_decimal_mark(const Locale& locale, std::string_view words) {
    constexpr std::string_view kFigure = "0123456789.";
    std::string out;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t begin = std::min(words.find_first_of(kFigure, at), words.size());
        const std::size_t end = std::min(words.find_first_not_of(kFigure, begin), words.size());
        const std::string_view figure = words.substr(begin, end - begin);
        const std::size_t point = figure.find('.');
        const bool decimal = point != std::string_view::npos && point != 0 &&
                             point + 1 != figure.size() && point == figure.rfind('.');
        out += words.substr(at, begin - at);
        out += figure.substr(0, point);
        if (decimal)
            out += std::string(locale.decimal) += figure.substr(point + 1);
        else if (point != std::string_view::npos)
            out += figure.substr(point);
        at = end;
    }
    return out;
}

std::string percent(const Locale& locale, std::int64_t value, int digits) {
    // Arabic sets the sign against its figure.
    const std::string_view space = locale.code == "ar" ? std::string_view() : kHardSpace;
    return decimal(locale, value, digits) + std::string(space) + "%";
}

std::string share(const Locale& locale, std::int64_t bp) {
    if (bp % 100 == 0) return percent(locale, bp / 100, 0);
    if (bp % 10 == 0) return percent(locale, bp / 10, 1);
    return percent(locale, bp, 2);
}

std::string with_currency(const Locale& locale, const std::string& figure,
                          std::string_view currency) {
    const std::string code(currency), space(kHardSpace);
    return locale.currency_first ? code + space + figure : figure + space + code;
}

std::string money(const Locale& locale, std::int64_t minor, std::string_view currency, int digits,
                  MinorDigits show) {
    const std::uint64_t amount = magnitude(minor);
    const std::uint64_t unit = power_of_ten(digits);
    const bool whole = show == MinorDigits::kWhenNeeded && amount % unit == 0;
    const std::string figure =
        whole ? grouped(locale, amount / unit) : unsigned_decimal(locale, amount, digits);
    return sign(minor) + with_currency(locale, figure, currency);
}

std::string money_compact(const Locale& locale, std::int64_t minor, std::string_view currency,
                          int digits) {
    const std::uint64_t major = magnitude(minor) / power_of_ten(digits);
    if (major < 10'000) return money(locale, minor, currency, digits);
    std::uint64_t step = 1'000;
    std::string_view mark = locale.thousand;
    // A figure that would round up to "1,000 K" is "1 M".
    if (major >= 1'000'000'000 - 500'000) {
        step = 1'000'000'000, mark = locale.billion;
    } else if (major >= 1'000'000 - 500) {
        step = 1'000'000, mark = locale.million;
    }
    int shown = major >= 100 * step ? 0 : major >= 10 * step ? 1 : 2;
    std::uint64_t scaled = (major * power_of_ten(shown) + step / 2) / step;
    while (shown > 0 && scaled % 10 == 0)
        scaled /= 10, --shown;
    const std::string figure = unsigned_decimal(locale, scaled, shown) + std::string(kHardSpace) +
                               std::string(counted(locale, mark, scaled, shown));
    // A word of the language stays with its figure: the currency comes after both.
    if (locale.direction == Direction::kRightToLeft)
        return sign(minor) + figure + std::string(kHardSpace) + std::string(currency);
    return sign(minor) + with_currency(locale, figure, currency);
}

std::string mileage(const Locale& locale, std::int64_t distance, DistanceUnit unit) {
    const bool arabic = locale.direction == Direction::kRightToLeft;
    const char* word = unit == DistanceUnit::kMi ? (arabic ? "ميل" : "mi") : arabic ? "كم" : "km";
    return number(locale, distance) + std::string(kHardSpace) + word;
}

CivilTime civil_time(std::int64_t utc_ms, int offset_minutes) {
    const std::int64_t local = utc_ms + std::int64_t{offset_minutes} * 60'000;
    std::int64_t days = local / 86'400'000;
    std::int64_t rest = local % 86'400'000;
    if (rest < 0) rest += 86'400'000, --days;
    CivilTime t;
    t.hour = static_cast<int>(rest / 3'600'000);
    t.minute = static_cast<int>(rest / 60'000 % 60);
    t.second = static_cast<int>(rest / 1000 % 60);
    t.weekday = static_cast<int>(((days + 4) % 7 + 7) % 7);
    // Days to civil, by eras of 400 years that begin in March (Howard Hinnant's algorithm).
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const std::int64_t day_of_era = days - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month = (5 * day_of_year + 2) / 153;
    t.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
    t.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
    t.year = static_cast<int>(year_of_era + era * 400 + (t.month <= 2 ? 1 : 0));
    return t;
}

std::string date(const Locale& locale, const CivilTime& t) {
    const auto month = locale.short_months.at(static_cast<std::size_t>(t.month - 1));
    const char* dot = locale.code == "de" ? "." : "";
    return std::to_string(t.day) + dot + " " + std::string(month) + " " + std::to_string(t.year);
}

std::string long_date(const Locale& locale, const CivilTime& t) {
    // It stands alone as a line: it begins with a capital, also where weekdays have none.
    std::string weekday(locale.weekdays.at(static_cast<std::size_t>(t.weekday)));
    if (weekday.front() >= 'a' && weekday.front() <= 'z') weekday.front() -= 'a' - 'A';
    const std::string month(locale.months.at(static_cast<std::size_t>(t.month - 1)));
    const std::string day = std::to_string(t.day);
    if (locale.code == "de") return weekday + ", " + day + ". " + month;
    if (locale.code == "es") return weekday + ", " + day + " de " + month;
    if (locale.code == "ar") return weekday + "، " + day + " " + month;
    return weekday + " " + day + " " + month;
}

std::string time_of_day(const CivilTime& t) {
    return two_digits(t.hour) + ":" + two_digits(t.minute);
}

std::string relative_age(const Strings& strings, std::int64_t age_ms) {
    const std::int64_t s = std::max<std::int64_t>(0, age_ms) / 1000;
    if (s < 2) return strings.get("age.now");
    if (s < 60) return strings.get("age.seconds", {{"count", s}});
    if (s < 3600) return strings.get("age.minutes", {{"count", s / 60}});
    if (s < 86'400) return strings.get("age.hours", {{"count", s / 3600}});
    return strings.get("age.days", {{"count", s / 86'400}});
}

}  // namespace showfloor::text
