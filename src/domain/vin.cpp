#include "domain/vin.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"

namespace showfloor::domain {

namespace {

constexpr std::size_t kLength = 17;
constexpr std::size_t kRoundPlace = 6;
constexpr std::size_t kCheckPlace = 8;
constexpr std::size_t kYearPlace = 9;

// 49 CFR 565.15(c), table IV: the value of A..Z; 0 marks the letters VINs never have.
constexpr std::array<int, 26> kLetterValues = {1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4,
                                               5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9};
constexpr std::array<int, kLength> kWeights = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

// -1 for a character that VINs never have.
int value_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c < 'A' || c > 'Z') return -1;
    const int value = kLetterValues[static_cast<std::size_t>(c - 'A')];
    return value == 0 ? -1 : value;
}

bool is_north_american(std::string_view vin) {
    return vin.front() >= '1' && vin.front() <= '5';
}

base::Error invalid(std::string sentence) {
    return base::fail(base::ErrorKind::kInvalid, std::move(sentence), "vin_invalid", "vin");
}

}  // namespace

char vin_check_digit(std::string_view vin) {
    SHOWFLOOR_CHECK(vin.size() == kLength, "a check digit needs 17 characters");
    int sum = 0;
    for (std::size_t i = 0; i < kLength; ++i) {
        if (i != kCheckPlace) sum += std::max(value_of(vin[i]), 0) * kWeights[i];
    }
    const int rest = sum % 11;
    return rest == 10 ? 'X' : static_cast<char>('0' + rest);
}

base::Result<Vin> Vin::parse(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    std::string vin(text);
    for (char& c : vin) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    if (vin.size() != kLength)
        return invalid("A VIN has 17 characters; this has " + std::to_string(vin.size()) + ".");
    for (const char c : vin) {
        if (value_of(c) < 0)
            return invalid("A VIN has only figures and letters, and never I, O or Q; look again.");
    }
    if (is_north_american(vin) && vin[kCheckPlace] != vin_check_digit(vin))
        return invalid(
            "This VIN's check digit does not fit, so one character is wrong; look again.");
    return Vin(std::move(vin));
}

bool Vin::check_digit_fits() const {
    return text_[kCheckPlace] == vin_check_digit(text_);
}

std::optional<int> vin_model_year(const Vin& vin, int latest) {
    constexpr std::string_view kYears = "ABCDEFGHJKLMNPRSTVWXY123456789";
    constexpr int kFirstYear = 1980;
    constexpr int kRound = 30;
    const auto place = kYears.find(vin.text()[kYearPlace]);
    if (place == std::string_view::npos) return std::nullopt;
    const int year = kFirstYear + static_cast<int>(place);
    if (is_north_american(vin.text())) {
        const char seventh = vin.text()[kRoundPlace];
        return seventh >= '0' && seventh <= '9' ? year : year + kRound;
    }
    return year + kRound <= latest ? year + kRound : year;
}

bool vin_year_is_certain(const Vin& vin) {
    return is_north_american(vin.text()) || vin.check_digit_fits();
}

std::string_view vin_region(const Vin& vin) {
    const char c = vin.text().front();
    if (c >= 'A' && c <= 'H') return "Africa";
    if (c >= 'J' && c <= 'R') return "Asia";
    if (c >= 'S' && c <= 'Z') return "Europe";
    if (c >= '1' && c <= '5') return "North America";
    if (c == '6' || c == '7') return "Oceania";
    if (c == '8' || c == '9') return "South America";
    return {};
}

}  // namespace showfloor::domain
