#include "domain/vin.hpp"

#include <doctest/doctest.h>

namespace showfloor::domain {

TEST_CASE("vin: trimmed and upper-cased; the check digit of North American makers is verified") {
    CHECK(Vin::parse(" 1m8gdm9axkp042788 ")->text() == "1M8GDM9AXKP042788");
    CHECK(Vin::parse("11111111111111111"));
    CHECK(!Vin::parse("1M8GDM9A1KP042788"));
    CHECK(vin_check_digit("1M8GDM9A_KP042788") == 'X');
}

TEST_CASE("vin: elsewhere a check digit that does not fit is a warning only") {
    const auto vin = Vin::parse("JTDBR32E720123451");
    REQUIRE(vin);
    CHECK(!vin->check_digit_fits());
}

TEST_CASE("vin: wrong length and letters that VINs never have are refused in words") {
    for (const char* text : {"", "1M8GDM9AXKP04278", "1M8GDM9AXKP0427889", "JTDBR32E7I0123451",
                             "JTDBR32E7O0123451", "JTDBR32E7Q0123451", "JTDBR32E7-0123451"}) {
        const auto vin = Vin::parse(text);
        REQUIRE_MESSAGE(!vin, text);
        CHECK(vin.error().code == "vin_invalid");
        CHECK(!vin.error().message.empty());
    }
}

}  // namespace showfloor::domain
