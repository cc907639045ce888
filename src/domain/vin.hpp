#pragma once
// Vin: a vehicle identification number (ISO 3779: 17 characters, no I, O, Q). An invalid one cannot
// exist. Thread contract: a plain value.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace showfloor::domain {

class Vin {
   public:
    // Trims and upper-cases. kInvalid, code "vin_invalid", with a sentence: wrong length, a letter
    // that VINs never have, or, for North American makers (first character 1-5), a wrong check
    // digit (49 CFR 565.15(c)).
    static base::Result<Vin> parse(std::string_view text);

    [[nodiscard]] const std::string& text() const { return text_; }
    // Elsewhere the ninth character need not be a check digit: false = shown as a warning.
    [[nodiscard]] bool check_digit_fits() const;

    friend bool operator==(const Vin&, const Vin&) = default;

   private:
    explicit Vin(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

// The model year the tenth character stands for (49 CFR 565.15(d)): one letter comes back every 30
// years. North American makers tell the two rounds apart by the seventh character; for others the
// latest year up to `latest` is taken. nullopt when the character stands for no year.
[[nodiscard]] std::optional<int> vin_model_year(const Vin& vin, int latest);
// Whether the maker follows the North American scheme, so that the year can be relied on: made
// there, or with a check digit that fits.
[[nodiscard]] bool vin_year_is_certain(const Vin& vin);
// "Africa", "Asia", "Europe", "North America", "Oceania", "South America"; empty for '0'.
[[nodiscard]] std::string_view vin_region(const Vin& vin);

// The digit ('0'-'9' or 'X') that belongs in the ninth place of 17 allowed characters.
[[nodiscard]] char vin_check_digit(std::string_view vin);

}  // namespace showfloor::domain
