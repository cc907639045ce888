#include "central/import/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "domain/money.hpp"

namespace showfloor::central {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Longer ones first where one begins with another.
constexpr std::array kSymbols = {Pair{"us$", "USD"}, Pair{"ksh", "KES"}, Pair{"kshs", "KES"},
                                 Pair{"tsh", "TZS"}, Pair{"ush", "UGX"}, Pair{"€", "EUR"},
                                 Pair{"£", "GBP"},   Pair{"¥", "JPY"},   Pair{"₹", "INR"},
                                 Pair{"₦", "NGN"},   Pair{"₺", "TRY"},   Pair{"dhs", "AED"},
                                 Pair{"c$", "CAD"},  Pair{"a$", "AUD"}};
constexpr std::array<std::string_view, 10> kDollars = {"USD", "CAD", "AUD", "NZD", "SGD",
                                                       "HKD", "NAD", "TTD", "JMD", "BBD"};

base::Error wrong(std::string_view text, const char* what) {
    return base::fail(base::ErrorKind::kInvalid,
                      "\"" + std::string(text) + "\" is no " + what + ".", "invalid");
}

// The figures in the middle, the words before and behind.
struct Parted {
    std::string figures;
    std::vector<std::string> words;  // lower case
};

void add_words(std::string_view text, std::vector<std::string>& words) {
    std::string word;
    const auto end = [&] {
        // Full stops after abbreviations, and what Kenya writes behind a price: 500,000/=
        while (!word.empty() && (word.back() == '.' || word.back() == ','))
            word.pop_back();
        if (!word.empty() && word != "/=" && word != "/-") words.push_back(lower_ascii(word));
        word.clear();
    };
    for (const char c : text) {
        if (c == ' ' || c == '\t')
            end();
        else
            word += c;
    }
    end();
}

std::string with_plain_blanks(std::string_view text) {
    std::string out(text);
    for (const std::string_view blank : {"\xC2\xA0", "\xE2\x80\xAF"}) {
        for (auto at = out.find(blank); at != std::string::npos; at = out.find(blank, at))
            out.replace(at, blank.size(), " ");
    }
    return out;
}

std::optional<Parted> part(std::string_view text) {
    const std::string plain = with_plain_blanks(text);
    const auto first = plain.find_first_of("0123456789");
    if (first == std::string::npos) return std::nullopt;
    const auto last = plain.find_last_of("0123456789");
    Parted parted;
    parted.figures = plain.substr(first, last + 1 - first);
    const bool clean = parted.figures.find_first_not_of("0123456789.,' ") == std::string::npos;
    if (!clean) return std::nullopt;
    add_words(std::string_view(plain).substr(0, first), parted.words);
    add_words(std::string_view(plain).substr(last + 1), parted.words);
    return parted;
}

// How many zeros "k", "million" stand for.
std::optional<int> zeros_of(std::string_view word) {
    if (word == "k" || word == "thousand" || word == "tsd") return 3;
    if (word == "m" || word == "mn" || word == "mio" || word == "million" || word == "mill")
        return 6;
    if (word == "bn" || word == "billion") return 9;
    return std::nullopt;
}

// Groups behind the first have three figures, or two where lakhs are counted; the last has three.
bool are_groups(std::string_view text, char mark) {
    std::vector<std::size_t> sizes(1, 0);
    for (const char c : text) {
        if (c == mark)
            sizes.push_back(0);
        else
            ++sizes.back();
    }
    if (sizes.front() == 0 || sizes.front() > 3 || sizes.back() != 3) return false;
    return std::all_of(sizes.begin() + 1, sizes.end(),
                       [](std::size_t size) { return size == 2 || size == 3; });
}

// "12.500,00" -> "12500.00". `whole`: a single mark with three figures behind it groups them.
std::optional<std::string> plain_decimal(std::string text, bool whole) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\''; });
    const auto comma = text.rfind(',');
    const auto dot = text.rfind('.');
    std::string::size_type decimal = std::string::npos;
    if (comma != std::string::npos && dot != std::string::npos) {
        decimal = std::max(comma, dot);
    } else if (const auto mark = std::min(comma, dot); mark != std::string::npos) {
        const char c = text[mark];
        const bool once = text.find(c) == mark;
        if (once && !(whole && are_groups(text, c))) decimal = mark;
    }
    std::string front = text.substr(0, decimal);
    const std::string back =
        decimal == std::string::npos ? std::string() : text.substr(decimal + 1);
    for (const char c : {',', '.'}) {
        if (front.find(c) == std::string::npos) continue;
        if (!are_groups(front, c)) return std::nullopt;
        std::erase(front, c);
    }
    if (front.empty() || back.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return back.empty() ? front : front + "." + back;
}

std::string shifted(std::string text, int zeros) {
    auto dot = text.find('.');
    std::string back = dot == std::string::npos ? std::string() : text.substr(dot + 1);
    std::string front = text.substr(0, dot);
    for (int i = 0; i < zeros; ++i) {
        front += back.empty() ? '0' : back.front();
        if (!back.empty()) back.erase(0, 1);
    }
    while (!back.empty() && back.back() == '0')
        back.pop_back();
    return back.empty() ? front : front + "." + back;
}

std::optional<std::string> currency_of(const std::string& word, std::string_view home) {
    if (word == "$") {
        const bool own = std::find(kDollars.begin(), kDollars.end(), home) != kDollars.end();
        return own ? std::string(home) : std::string("USD");
    }
    for (const auto& [symbol, code] : kSymbols) {
        if (word == symbol) return std::string(code);
    }
    std::string code;
    for (const char c : word)
        code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (code.size() == 3 && domain::minor_digits(code)) return code;
    return std::nullopt;
}

}  // namespace

std::string lower_ascii(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text)
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

std::string_view trimmed(std::string_view text) {
    for (bool more = true; more;) {
        more = false;
        for (const std::string_view blank : {" ", "\t", "\xC2\xA0", "\xE2\x80\xAF"}) {
            if (text.starts_with(blank)) {
                text.remove_prefix(blank.size());
                more = true;
            }
            if (text.ends_with(blank)) {
                text.remove_suffix(blank.size());
                more = true;
            }
        }
    }
    return text;
}

base::Result<ReadAmount> read_amount(std::string_view text, std::string_view home) {
    const auto parted = part(text);
    if (!parted) return wrong(text, "amount");
    ReadAmount amount;
    amount.currency = home;
    int zeros = 0;
    for (const std::string& word : parted->words) {
        if (const auto more = zeros_of(word); more && zeros == 0)
            zeros = *more;
        else if (const auto currency = currency_of(word, home))
            amount.currency = *currency;
        else
            return wrong(text, "amount");
    }
    const auto digits = domain::minor_digits(amount.currency);
    if (!digits) return wrong(text, "amount of a known currency");
    auto plain = plain_decimal(parted->figures, zeros == 0 && *digits != 3);
    if (!plain) return wrong(text, "amount");
    SHOWFLOOR_ASSIGN(amount.minor,
                     domain::parse_amount(shifted(*std::move(plain), zeros), amount.currency));
    return amount;
}

base::Result<ReadDistance> read_distance(std::string_view text) {
    const auto parted = part(text);
    if (!parted) return wrong(text, "mileage");
    ReadDistance distance;
    int zeros = 0;
    for (const std::string& word : parted->words) {
        if (word == "km" || word == "kms" || word == "kilometers" || word == "kilometres")
            distance.unit = "km";
        else if (word == "mi" || word == "mile" || word == "miles")
            distance.unit = "mi";
        else if (const auto more = zeros_of(word); more && zeros == 0)
            zeros = *more;
        else
            return wrong(text, "mileage");
    }
    auto plain = plain_decimal(parted->figures, zeros == 0);
    if (!plain) return wrong(text, "mileage");
    const std::string figures = shifted(*std::move(plain), zeros);
    const char* end = figures.data() + figures.size();
    const auto [stop, error] = std::from_chars(figures.data(), end, distance.value);
    if (error != std::errc() || stop != end) return wrong(text, "whole mileage");
    return distance;
}

base::Result<std::int64_t> read_whole(std::string_view text) {
    std::string figures;
    for (const char c : trimmed(text)) {
        if (c != ',' && c != ' ') figures += c;
    }
    std::int64_t value = 0;
    const char* end = figures.data() + figures.size();
    const auto [stop, error] = std::from_chars(figures.data(), end, value);
    if (error != std::errc() || stop != end || figures.empty()) return wrong(text, "whole number");
    return value;
}

std::string amount_text(std::int64_t minor, std::string_view currency) {
    const auto digits = static_cast<std::size_t>(domain::minor_digits(currency).value_or(2));
    const std::string sign = minor < 0 ? "-" : "";
    std::string text = std::to_string(minor).substr(sign.size());
    if (digits == 0) return sign + text;
    if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
    return sign + text.insert(text.size() - digits, ".");
}

}  // namespace showfloor::central
