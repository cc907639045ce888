#include "domain/money.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace showfloor::domain {

namespace {

__extension__ using Wide = __int128;

// ISO 4217, each code four places apart. What is in none of the lists has two minor digits only if
// it is in kTwoDigits: an unknown code is refused, not guessed.
constexpr std::string_view kNoDigits =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF ";
constexpr std::string_view kThreeDigits = "BHD IQD JOD KWD LYD OMR TND ";
constexpr std::string_view kFourDigits = "CLF UYW ";
constexpr std::string_view kTwoDigits =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP "
    "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
    "TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG ";

bool listed(std::string_view codes, std::string_view code) {
    for (std::size_t i = 0; i + 4 <= codes.size(); i += 4) {
        if (codes.substr(i, 3) == code) return true;
    }
    return false;
}

constexpr std::array<std::int64_t, 5> kPowers = {1, 10, 100, 1000, 10'000};

// Half away from zero; `divisor` is positive.
Wide divide(Wide amount, Wide divisor) {
    const Wide half = divisor / 2;
    return amount >= 0 ? (amount + half) / divisor : -((-amount + half) / divisor);
}

base::Error no_amount(std::string sentence) {
    return base::fail(base::ErrorKind::kInvalid, std::move(sentence), "invalid");
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Digits, points and commas of `text`; nullopt when anything else is in it but the currency's code
// and spaces (plain, no-break, narrow no-break) and apostrophes between digits.
std::optional<std::string> figures_of(std::string_view text, std::string_view currency) {
    std::string kept;
    for (std::size_t i = 0; i < text.size();) {
        if (text.substr(i, currency.size()) == currency) {
            i += currency.size();
        } else if (text.substr(i, 2) == "\u00A0") {
            i += 2;
        } else if (text.substr(i, 3) == "\u202F" || text.substr(i, 3) == "\u2019") {
            i += 3;
        } else {
            const char c = text[i++];
            if (c == ' ' || c == '\'') continue;
            if (!is_digit(c) && c != '.' && c != ',') return std::nullopt;
            kept += c;
        }
    }
    return kept;
}

// Where the fraction begins: the last mark when both kinds are there, or the only one when what
// follows cannot be a group of three. npos = no fraction.
std::size_t fraction_mark(std::string_view figures, int digits) {
    const auto last = figures.find_last_of(".,");
    if (last == std::string_view::npos) return last;
    const char mark = figures[last];
    const char other = mark == '.' ? ',' : '.';
    const bool once = figures.find(mark) == last;
    if (figures.find(other) != std::string_view::npos) return once ? last : std::string_view::npos;
    if (!once) return std::string_view::npos;
    const bool group_of_three = figures.size() - last - 1 == 3 && last >= 1 && last <= 3;
    const bool fraction_of_three = digits == 3 && mark == '.';
    return group_of_three && !fraction_of_three ? std::string_view::npos : last;
}

// Groups are of three; the Indian kind (12,34,567) has twos before the last.
bool groups_fit(std::string_view whole) {
    const auto first = whole.find_first_of(".,");
    if (first == std::string_view::npos) return !whole.empty();
    if (first == 0 || first > 3) return false;
    const char mark = whole[first];
    std::size_t at = first;
    while (at != std::string_view::npos) {
        if (whole[at] != mark) return false;
        const auto next = whole.find_first_of(".,", at + 1);
        const std::size_t size = (next == std::string_view::npos ? whole.size() : next) - at - 1;
        const bool last = next == std::string_view::npos;
        if (size != 3 && !(size == 2 && !last && mark == ',')) return false;
        at = next;
    }
    return true;
}

}  // namespace

std::optional<int> minor_digits(std::string_view currency) {
    if (currency.size() != 3) return std::nullopt;
    if (listed(kTwoDigits, currency)) return 2;
    if (listed(kNoDigits, currency)) return 0;
    if (listed(kThreeDigits, currency)) return 3;
    if (listed(kFourDigits, currency)) return 4;
    return std::nullopt;
}

std::int64_t share_of(std::int64_t amount_minor, std::int64_t basis_points) {
    return static_cast<std::int64_t>(
        divide(static_cast<Wide>(amount_minor) * basis_points, 10'000));
}

std::int64_t tax_inside(std::int64_t amount_minor, std::int64_t basis_points) {
    return static_cast<std::int64_t>(divide(static_cast<Wide>(amount_minor) * basis_points,
                                            static_cast<Wide>(10'000) + basis_points));
}

std::int64_t proportion_of(std::int64_t amount_minor, std::int64_t part, std::int64_t whole) {
    const Wide product = static_cast<Wide>(amount_minor) * part;
    return static_cast<std::int64_t>(whole > 0 ? divide(product, whole) : divide(-product, -whole));
}

std::optional<std::int64_t> convert(std::int64_t amount_minor, int from_digits,
                                    std::int64_t rate_micro, int to_digits) {
    if (from_digits < 0 || from_digits > 4 || to_digits < 0 || to_digits > 4) return std::nullopt;
    const Wide up = kPowers[static_cast<std::size_t>(to_digits)];
    const Wide down = static_cast<Wide>(kPowers[static_cast<std::size_t>(from_digits)]) * 1'000'000;
    const Wide product = static_cast<Wide>(amount_minor) * rate_micro;  // below 2^126: fits
    constexpr Wide kRoom = (static_cast<Wide>(1) << 126) / 10'000;
    if (product > kRoom || product < -kRoom) return std::nullopt;
    const Wide result = divide(product * up, down);
    if (result > std::numeric_limits<std::int64_t>::max() ||
        result < std::numeric_limits<std::int64_t>::min())
        return std::nullopt;
    return static_cast<std::int64_t>(result);
}

base::Result<std::int64_t> parse_amount(std::string_view text, std::string_view currency) {
    const auto digits = minor_digits(currency);
    if (!digits) return no_amount("\"" + std::string(currency) + "\" is not a currency we know.");
    if (text.find('-') != std::string_view::npos) return no_amount("An amount cannot be negative.");
    const auto figures = figures_of(text, currency);
    if (!figures || figures->find_first_of("0123456789") == std::string::npos)
        return no_amount("This is not an amount; write figures, for example 4,250,000.50.");
    const std::string_view all = *figures;
    const std::size_t mark = fraction_mark(all, *digits);
    const std::string_view whole = all.substr(0, mark);
    std::string fraction(mark == std::string_view::npos ? "" : all.substr(mark + 1));
    if (!groups_fit(whole.empty() ? "0" : whole))
        return no_amount("This is not an amount; the groups of figures do not fit.");
    if (fraction.size() > static_cast<std::size_t>(*digits))
        return no_amount(std::string(currency) + " has " + std::to_string(*digits) +
                         " digits after the point; this has " + std::to_string(fraction.size()) +
                         ".");
    fraction.resize(static_cast<std::size_t>(*digits), '0');
    std::int64_t amount = 0;
    for (const char c : std::string(whole) + fraction) {
        if (!is_digit(c)) continue;
        if (amount > 1'000'000'000'000'000) return no_amount("This amount is too large.");
        amount = amount * 10 + (c - '0');
    }
    if (amount > 1'000'000'000'000'000) return no_amount("This amount is too large.");
    return amount;
}

std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
    return sum;
}

}  // namespace showfloor::domain
