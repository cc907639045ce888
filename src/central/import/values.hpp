#pragma once
// Figures as people write them in lists: "KES 4.25M", "$12,500", "12.500,00 EUR", "45,000 km".
// Thread contract: pure functions.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace showfloor::central {

[[nodiscard]] std::string lower_ascii(std::string_view text);
// Without blanks around it; no-break spaces count as blanks.
[[nodiscard]] std::string_view trimmed(std::string_view text);

struct ReadAmount {
    std::int64_t minor = 0;
    std::string currency;
};
// `home`: the currency when the text names none; "$" is its own when `home` is a dollar, else USD.
// kInvalid with a sentence about the text.
base::Result<ReadAmount> read_amount(std::string_view text, std::string_view home);

struct ReadDistance {
    std::int64_t value = 0;
    std::string unit;  // "km", "mi" or empty
};
base::Result<ReadDistance> read_distance(std::string_view text);

// "1,234" and "1 234" too.
base::Result<std::int64_t> read_whole(std::string_view text);

// "10499.50": whole units with all of the currency's digits.
[[nodiscard]] std::string amount_text(std::int64_t minor, std::string_view currency);

}  // namespace showfloor::central
