#include "central/words.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "base/paths.hpp"

namespace showfloor::central {

namespace {

using base::ErrorKind;

// "fr-CA" -> "fr"; empty when that is no language, so that no path can be made of it.
std::string language_of(std::string_view tag) {
    std::string language;
    for (const char c : tag.substr(0, tag.find_first_of("-_"))) {
        const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (low < 'a' || low > 'z') return {};
        language += low;
    }
    return language.size() == 2 || language.size() == 3 ? language : std::string();
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t";
    const auto begin = std::min(text.find_first_not_of(kBlank), text.size());
    return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

// "0.8" -> 800; nullopt for what RFC 9110 calls no weight.
std::optional<int> weight_of(std::string_view text) {
    constexpr std::size_t kLongest = 5;  // "0.123"
    if (text.empty() || text.size() > kLongest || (text[0] != '0' && text[0] != '1')) return {};
    if (text.size() > 1 && text[1] != '.') return {};
    int thousandths = text[0] == '1' ? 1000 : 0;
    int unit = 100;
    for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (digit < '0' || digit > '9') return {};
        thousandths += (digit - '0') * unit;
        unit /= 10;
    }
    return thousandths <= 1000 ? std::optional(thousandths) : std::nullopt;
}

// What stands behind the tag: ";q=0.8", or nothing, which is 1.
std::optional<int> weight_in(std::string_view rest) {
    rest = trimmed(rest);
    if (rest.empty()) return 1000;
    if (rest[0] == ';') rest = trimmed(rest.substr(1));
    if (!rest.starts_with("q=") && !rest.starts_with("Q=")) return {};
    return weight_of(rest.substr(2));
}

}  // namespace

base::Result<const text::Strings*> words_in(std::string_view folder, std::string_view language) {
    static std::mutex mutex;
    static std::map<std::pair<std::string, std::string>, text::Strings> read;
    const std::string code = language_of(language);
    if (code.empty()) return base::fail(ErrorKind::kNotFound, "That is no language.");
    const std::lock_guard lock(mutex);
    const std::pair place(std::string(folder), code);
    auto found = read.find(place);
    if (found == read.end()) {
        SHOWFLOOR_ASSIGN(const std::string assets, base::asset_folder());
        SHOWFLOOR_ASSIGN(auto words, text::Strings::load(assets + "/" + place.first, code));
        found = read.emplace(place, std::move(words)).first;
    }
    return &found->second;
}

base::Result<const text::Strings*> words_or_english(std::string_view folder,
                                                    std::string_view language) {
    auto words = words_in(folder, language);
    if (!words && words.error().kind == ErrorKind::kNotFound) return words_in(folder, "en");
    return words;
}

std::vector<std::string_view> accepted_languages(std::string_view header) {
    std::vector<std::pair<int, std::string_view>> wanted;
    while (!header.empty() && wanted.size() < kMostLanguages) {
        const auto comma = std::min(header.find(','), header.size());
        const std::string_view entry = header.substr(0, comma);
        header.remove_prefix(std::min(comma + 1, header.size()));
        const auto end = std::min(entry.find(';'), entry.size());
        const std::string_view tag = trimmed(entry.substr(0, end));
        const auto weight = weight_in(entry.substr(end));
        if (weight && *weight > 0 && !language_of(tag).empty()) wanted.emplace_back(*weight, tag);
    }
    std::stable_sort(wanted.begin(), wanted.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string_view> tags;
    for (const auto& [weight, tag] : wanted)
        tags.push_back(tag);
    return tags;
}

}  // namespace showfloor::central
