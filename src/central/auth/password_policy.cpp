#include "central/auth/password_policy.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "central/auth/limits.hpp"

namespace showfloor::central {

namespace {

// Stems, without figures and signs at the ends: "Password123!" is "password".
constexpr std::array<std::string_view, 44> kCommon = {
    "password",   "passwort", "passw0rd",   "qwerty",   "qwertyuiop",    "qwertz",     "azerty",
    "letmein",    "welcome",  "willkommen", "admin",    "administrator", "superadmin", "iloveyou",
    "monkey",     "dragon",   "football",   "baseball", "basketball",    "superman",   "batman",
    "sunshine",   "princess", "trustno",    "starwars", "whatever",      "changeme",   "secret",
    "default",    "testtest", "test",       "computer", "internet",      "liverpool",  "chelsea",
    "arsenal",    "mustang",  "mercedes",   "toyota",   "porsche",       "ferrari",    "showfloor",
    "dealership", "asdfghjkl"};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t characters_in(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::string stem_of(std::string_view text) {
    const auto first = std::find_if(text.begin(), text.end(), is_letter);
    const auto last = std::find_if(text.rbegin(), text.rend(), is_letter).base();
    return first < last ? std::string(first, last) : std::string();
}

// "1234567890", "abcdefghij", "aaaaaaaaaa": each character follows from the one before.
bool is_run(std::string_view text) {
    for (const int step : {0, 1, -1}) {
        bool all = true;
        for (std::size_t i = 1; i < text.size() && all; ++i) {
            const bool wraps = step != 0 && text[i - 1] == '9' && text[i] == '0';
            all = wraps || text[i] - text[i - 1] == step;
        }
        if (all) return true;
    }
    return false;
}

bool is_common(const std::string& password) {
    if (is_run(password)) return true;
    const std::string stem = stem_of(password);
    if (std::find(kCommon.begin(), kCommon.end(), stem) != kCommon.end()) return true;
    // The same twice: "passwordpassword".
    const std::string half = stem.substr(0, stem.size() / 2);
    return !half.empty() && half + half == stem &&
           std::find(kCommon.begin(), kCommon.end(), half) != kCommon.end();
}

base::Error refused(std::string code, std::string message) {
    return base::fail(base::ErrorKind::kInvalid, std::move(message), std::move(code),
                      "new_password");
}

}  // namespace

base::Result<void> check_new_password(std::string_view password, const domain::User& user) {
    if (characters_in(password) < kShortestPassword)
        return refused("password_too_short", "A password has at least 10 characters.");
    if (characters_in(password) > kLongestPassword)
        return refused("password_too_long", "A password has at most 256 characters.");
    const std::string folded = lower(password);
    const std::string stem = stem_of(folded);
    const std::string email = lower(user.email);
    const std::string first = lower(user.first_name);
    const std::string last = lower(user.last_name);
    for (const std::string& name :
         {lower(user.username), email, email.substr(0, email.find('@')), first, last, first + last,
          last + first, first + " " + last, first + "." + last}) {
        if (!name.empty() && (folded == name || stem == name))
            return refused("password_is_name", "A password is not the person's own name.");
    }
    if (is_common(folded))
        return refused("password_common",
                       "This password is one of those everybody tries first; choose another.");
    return {};
}

}  // namespace showfloor::central
