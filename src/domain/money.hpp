#pragma once
// Money: an integer of minor units and a currency. Sums of different currencies do not exist.
// Thread contract: plain values, pure functions.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace showfloor::domain {

// The currency's own number of minor digits (ISO 4217): 0 for JPY, 2 for KES, 3 for KWD;
// nullopt when the code is not one we know.
[[nodiscard]] std::optional<int> minor_digits(std::string_view currency);

struct Money {
    std::int64_t minor = 0;
    std::string currency;

    friend bool operator==(const Money&, const Money&) = default;
};

// amount x rate / 10,000, rounded half away from zero once. Exact for |amount| <= 10^15 and
// rates up to 10,000,000 basis points (128-bit inside).
[[nodiscard]] std::int64_t share_of(std::int64_t amount_minor, std::int64_t basis_points);

// The tax contained in an amount that has it inside: amount x rate / (10,000 + rate), half up once.
[[nodiscard]] std::int64_t tax_inside(std::int64_t amount_minor, std::int64_t basis_points);

// amount x part / whole, half away from zero once; whole is not 0, all within 10^15.
[[nodiscard]] std::int64_t proportion_of(std::int64_t amount_minor, std::int64_t part,
                                         std::int64_t whole);

// amount x rate_micro / 1,000,000 between currencies of given minor digits, half up once;
// nullopt when it would not fit. rate_micro = units of `to` per unit of `from`, times 10^6.
[[nodiscard]] std::optional<std::int64_t> convert(std::int64_t amount_minor, int from_digits,
                                                  std::int64_t rate_micro, int to_digits);

// "4250000", "4,250,000.50", "KES 4.250.000,5" are taken; kInvalid says what is wrong with others
// (too many digits after the point, negative, no number).
[[nodiscard]] base::Result<std::int64_t> parse_amount(std::string_view text,
                                                      std::string_view currency);

// Overflow is an error, never a wrong sum.
[[nodiscard]] std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b);

}  // namespace showfloor::domain
