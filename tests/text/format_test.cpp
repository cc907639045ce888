#include <doctest/doctest.h>

#include <limits>

#include "text/bidi.hpp"
#include "text/format.hpp"
#include "text/strings.hpp"

using namespace showfloor::text;

namespace {

const Locale& en() {
    return locale_for("en");
}
const Locale& de() {
    return locale_for("de");
}
const Locale& fr() {
    return locale_for("fr");
}

}  // namespace

TEST_CASE("number: grouped by locale, to the ends of 64 bits") {
    CHECK(number(en(), 1234567) == "1,234,567");
    CHECK(number(de(), 1234567) == "1.234.567");
    CHECK(number(fr(), 1234567) == "1\u202f234\u202f567");
    CHECK(number(en(), -999) == "\u2212999");
    CHECK(number(en(), std::numeric_limits<std::int64_t>::min()) ==
          "\u22129,223,372,036,854,775,808");
}

TEST_CASE("money: code, groups, minor part when there is one") {
    CHECK(money(en(), 425000000, "KES", 2) == "KES\u00a04,250,000");
    CHECK(money(en(), 425000050, "KES", 2) == "KES\u00a04,250,000.50");
    CHECK(money(en(), 100, "KES", 2, MinorDigits::kAlways) == "KES\u00a01.00");
    CHECK(money(de(), 1999, "EUR", 2) == "19,99\u00a0EUR");
    CHECK(money(en(), 1500, "JPY", 0) == "JPY\u00a01,500");
    CHECK(money(en(), 1234, "KWD", 3) == "KWD\u00a01.234");
    CHECK(money(en(), -5, "USD", 2) == "\u2212USD\u00a00.05");
}

TEST_CASE("money: compact keeps three figures and never says 1,000 of a unit") {
    CHECK(money_compact(en(), 560000000, "KES", 2) == "KES\u00a05.6\u00a0M");
    CHECK(money_compact(en(), 192000000, "KES", 2) == "KES\u00a01.92\u00a0M");
    CHECK(money_compact(en(), 2740000000, "KES", 2) == "KES\u00a027.4\u00a0M");
    CHECK(money_compact(en(), 8990000, "KES", 2) == "KES\u00a089.9\u00a0K");
    CHECK(money_compact(en(), 950000, "KES", 2) == "KES\u00a09,500");
    CHECK(money_compact(en(), 99999999, "KES", 2) == "KES\u00a01\u00a0M");
    // A reader of Arabic meets the number, its word, then the currency.
    const Locale& ar = locale_for("ar");
    CHECK(money_compact(ar, 600000000, "KES", 2) == "6\u00a0ملايين\u00a0KES");
    CHECK(money_compact(ar, 650000000, "KES", 2) == "6.5\u00a0مليون\u00a0KES");
    CHECK(money_compact(ar, 1100000000, "KES", 2) == "11\u00a0مليون\u00a0KES");
    CHECK(money_compact(ar, 200000000, "KES", 2) == "2\u00a0مليون\u00a0KES");
    CHECK(money_compact(ar, 1000000, "KES", 2) == "10\u00a0آلاف\u00a0KES");
    CHECK(money_compact(ar, 300000000000, "KES", 2) == "3\u00a0مليارات\u00a0KES");
    CHECK(shape(money_compact(ar, 600000000, "KES", 2), Direction::kRightToLeft) ==
          "KES\u00a0" + shape("ملايين", Direction::kRightToLeft) + "\u00a06");
    CHECK(money_compact(ar, 950000, "KES", 2) == "KES\u00a09,500");
}

TEST_CASE("percent and mileage") {
    CHECK(percent(en(), 40, 1) == "4.0\u00a0%");
    CHECK(percent(de(), 165, 1) == "16,5\u00a0%");
    CHECK(percent(locale_for("ar"), 165, 1) == "16.5%");
    CHECK(mileage(en(), 21400) == "21,400\u00a0km");
}

TEST_CASE("civil time: days across leap years, before 1970, and time zones") {
    const CivilTime t = civil_time(1795255200000, 180);  // 2026-11-21T09:20:00Z
    CHECK(t.year == 2026);
    CHECK(t.month == 11);
    CHECK(t.day == 21);
    CHECK(t.weekday == 6);
    const CivilTime leap = civil_time(951782400000, 0);
    CHECK(leap.day == 29);
    CHECK(leap.month == 2);
    const CivilTime before = civil_time(-1000, 0);
    CHECK(before.year == 1969);
    CHECK(before.month == 12);
    CHECK(before.second == 59);
    CHECK(before.weekday == 3);
    CHECK(civil_time(0, -60).day == 31);
}

TEST_CASE("dates: as readers of the locale write them") {
    const CivilTime t{2026, 11, 21, 10, 42, 0, 6};
    CHECK(date(en(), t) == "21 Nov 2026");
    CHECK(date(de(), t) == "21. Nov. 2026");
    CHECK(long_date(en(), t) == "Saturday 21 November");
    CHECK(long_date(locale_for("es"), t) == "Sábado, 21 de noviembre");
    CHECK(long_date(locale_for("fr"), t) == "Samedi 21 novembre");
    CHECK(time_of_day(t) == "10:42");
    CHECK(time_of_day({2026, 1, 1, 7, 5, 0, 4}) == "07:05");
}

TEST_CASE("age: from now to days") {
    const auto strings = Strings::load(SHOWFLOOR_SOURCE_DIR "/assets/strings", "en");
    REQUIRE(strings.ok());
    CHECK(relative_age(*strings, -5) == "just now");
    CHECK(relative_age(*strings, 4000) == "4 s ago");
    CHECK(relative_age(*strings, 180'000) == "3 min ago");
    CHECK(relative_age(*strings, 7'200'000) == "2 h ago");
    CHECK(relative_age(*strings, 86'400'000) == "1 day ago");
}

TEST_CASE("decimal mark: of figures among words, and of nothing else") {
    const Locale& fr = locale_for("fr");
    CHECK(with_decimal_mark(fr, "1.8 L") == "1,8 L");
    CHECK(with_decimal_mark(fr, "2.0L, 1.25 kW.") == "2,0L, 1,25 kW.");
    CHECK(with_decimal_mark(fr, "V. 6 .5 10.1.2 3. St. 1") == "V. 6 .5 10.1.2 3. St. 1");
    CHECK(with_decimal_mark(fr, "") == "");
    for (const char* code : {"en", "sw", "ar"})
        CHECK(with_decimal_mark(locale_for(code), "1.8 L") == "1.8 L");
}

TEST_CASE("share: no idle zeros, the locale's mark") {
    CHECK(share(locale_for("en"), 1600) == "16\u00a0%");
    CHECK(share(locale_for("fr"), 1490) == "14,9\u00a0%");
    CHECK(share(locale_for("fr"), 125) == "1,25\u00a0%");
    CHECK(share(locale_for("en"), 0) == "0\u00a0%");
}

TEST_CASE("mileage: in the words of the language, also miles") {
    CHECK(mileage(locale_for("ar"), 21'400) == "21,400\u00a0كم");
    CHECK(mileage(locale_for("ar"), 21'400, DistanceUnit::kMi) == "21,400\u00a0ميل");
    CHECK(mileage(locale_for("sw"), 21'400, DistanceUnit::kMi) == "21,400\u00a0mi");
}
