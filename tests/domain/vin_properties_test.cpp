// Properties of VINs over all of them, not only those somebody thought of.

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "domain/vin.hpp"

namespace showfloor::domain {

namespace {

constexpr std::string_view kAllowed = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";

// 17 allowed characters; the check digit right when asked for.
rc::Gen<std::string> any_vin(bool right) {
    return rc::gen::map(
        rc::gen::container<std::string>(17, rc::gen::elementOf(std::string(kAllowed))),
        [right](std::string vin) {
            if (right) vin[8] = vin_check_digit(vin);
            return vin;
        });
}

}  // namespace

TEST_CASE("vin: whatever has a right check digit is taken and reads back the same") {
    CHECK(rc::check([] {
        const std::string text = *any_vin(true);
        const auto vin = Vin::parse(text);
        RC_ASSERT(vin.ok());
        RC_ASSERT(vin->text() == text);
        RC_ASSERT(vin->check_digit_fits());
        std::string lower = " " + text + "\t";
        for (char& c : lower)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        RC_ASSERT(Vin::parse(lower).value() == *vin);
    }));
}

TEST_CASE(
    "vin: one changed character of a North American VIN is always noticed, unless it means the "
    "same") {
    CHECK(rc::check([] {
        std::string text = *any_vin(false);
        text[0] = *rc::gen::element('1', '2', '3', '4', '5');
        text[8] = vin_check_digit(text);
        const auto at = *rc::gen::inRange<std::size_t>(1, 17);
        const char other = *rc::gen::elementOf(std::string(kAllowed));
        std::string changed = text;
        changed[at] = other;
        // Letters share values (A, J and 1): such a pair the check digit cannot tell apart.
        const bool same = vin_check_digit(changed) == changed[8];
        RC_ASSERT(Vin::parse(changed).ok() == same);
        if (at == 8) RC_ASSERT(Vin::parse(changed).ok() == (other == text[8]));
    }));
}

TEST_CASE("vin: the model year is within its two rounds and fits the tenth character") {
    CHECK(rc::check([] {
        const auto vin = Vin::parse(*any_vin(true));
        const int latest = *rc::gen::inRange(2010, 2040);
        const auto year = vin_model_year(*vin, latest);
        const char code = vin->text()[9];
        RC_ASSERT(year.has_value() == (code != '0' && code != 'U' && code != 'Z'));
        if (!year) return;
        RC_ASSERT(*year >= 1980);
        RC_ASSERT(*year <= 2039);
        constexpr std::string_view kYears = "ABCDEFGHJKLMNPRSTVWXY123456789";
        RC_ASSERT(kYears[static_cast<std::size_t>(*year - 1980) % 30] == code);
        const bool american = vin->text()[0] >= '1' && vin->text()[0] <= '5';
        if (!american) RC_ASSERT(*year <= std::max(latest, 2009));
    }));
}

TEST_CASE("vin: model years and regions of known cars") {
    const auto year = [](const char* text) {
        return vin_model_year(Vin::parse(text).value(), 2027);
    };
    CHECK(year("1M8GDM9AXKP042788") == 1989);  // the seventh is a figure
    CHECK(year("5YJ3E1EA2KF317000") == 2019);  // the seventh is a letter
    CHECK(year("JTDBR32E720123451") == 2002);
    CHECK(vin_region(Vin::parse("JTDBR32E720123451").value()) == "Asia");
    CHECK(vin_region(Vin::parse("1M8GDM9AXKP042788").value()) == "North America");
    CHECK(vin_region(Vin::parse("WDB1240301A123456").value()) == "Europe");
    CHECK(vin_year_is_certain(Vin::parse("1M8GDM9AXKP042788").value()));
    CHECK(!vin_year_is_certain(Vin::parse("JTDBR32E720123451").value()));
}

}  // namespace showfloor::domain
