#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "text/strings.hpp"

using namespace showfloor::text;

namespace {

const char* const kCars = "{count, plural, =0 {no cars} one {# car} other {# cars}}";

}  // namespace

TEST_CASE("plural: English has one and other, an exact number wins") {
    const Locale& en = locale_for("en");
    CHECK(format_message(en, kCars, {{"count", 0}}) == "no cars");
    CHECK(format_message(en, kCars, {{"count", 1}}) == "1 car");
    CHECK(format_message(en, kCars, {{"count", 14800}}) == "14,800 cars");
}

TEST_CASE("plural: Arabic has six forms") {
    const Locale& ar = locale_for("ar");
    const auto form = [&](std::int64_t n) { return plural_name(ar.plural(n)); };
    CHECK(form(0) == "zero");
    CHECK(form(1) == "one");
    CHECK(form(2) == "two");
    CHECK(form(3) == "few");
    CHECK(form(110) == "few");
    CHECK(form(11) == "many");
    CHECK(form(99) == "many");
    CHECK(form(100) == "other");
    CHECK(form(102) == "other");
}

TEST_CASE("plural: French counts nothing as one") {
    const Locale& fr = locale_for("fr");
    CHECK(plural_name(fr.plural(0)) == "one");
    CHECK(plural_name(fr.plural(2)) == "other");
    CHECK(plural_name(fr.plural(1'000'000)) == "many");
}

TEST_CASE("message: values inside a plural, and a hole nobody fills") {
    const Locale& en = locale_for("en");
    CHECK(format_message(en, "{n, plural, one {{who} has # car} other {{who} has # cars}}",
                         {{"n", 2}, {"who", "Amina"}}) == "Amina has 2 cars");
    CHECK(format_message(en, "Hello {name}", {}) == "Hello {name}");
}

TEST_CASE("message: words that fill a hole are isolated where the page reads from the right") {
    const Locale& ar = locale_for("ar");
    CHECK(format_message(ar, "وافق {name}.", {{"name", "J. M. Otieno Ltd."}}) ==
          "وافق \u2068J. M. Otieno Ltd.\u2069.");
    CHECK(format_message(ar, "{count} أيام", {{"count", 3}}) == "3 أيام");
    CHECK(format_message(locale_for("en"), "By {name}.", {{"name", "Otieno"}}) == "By Otieno.");
}

TEST_CASE("message: a broken pattern is told, not shown half") {
    const Locale& en = locale_for("en");
    CHECK_FALSE(format_message(en, "Hello {name", {{"name", "A"}}).has_value());
    CHECK_FALSE(format_message(en, "Hello name}", {}).has_value());
    CHECK_FALSE(format_message(en, "{n, plural, one {#}}", {{"n", 1}}).has_value());
    CHECK_FALSE(format_message(en, "{n, select, a {b}}", {{"n", 1}}).has_value());
}

TEST_CASE("strings: a missing key shows itself") {
    const auto strings = Strings::parse(R"({"hello": "Hello {name}"})", "en");
    REQUIRE(strings.ok());
    CHECK(strings->get("hello", {{"name", "Wanjiru"}}) == "Hello Wanjiru");
    CHECK(strings->get("no.such.key") == "no.such.key");
}

TEST_CASE("strings: what is no catalogue is refused with the key at fault") {
    CHECK_FALSE(Strings::parse("[]", "en").ok());
    const auto number = Strings::parse(R"({"a.key": 3})", "en");
    REQUIRE_FALSE(number.ok());
    CHECK(number.error().message.find("a.key") != std::string::npos);
    CHECK_FALSE(Strings::load("/nowhere", "en").ok());
}

TEST_CASE("strings: every message of every language is in working order for any number") {
    const std::string folder = SHOWFLOOR_SOURCE_DIR "/assets/strings";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string language = entry.path().stem().string();
        const auto strings = Strings::load(folder, language);
        REQUIRE_MESSAGE(strings.ok(), language);
        for (const auto& [key, pattern] : strings->all()) {
            for (const int n : {0, 1, 2, 3, 11, 100, 1'000'000}) {
                INFO(language, " ", key, " ", n);
                const auto filled =
                    format_message(strings->locale(), pattern, {{"count", n}, {"year", n}});
                REQUIRE(filled.has_value());
                CHECK(filled->find("plural") == std::string::npos);
            }
        }
    }
}
