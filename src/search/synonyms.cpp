#include "search/synonyms.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/paths.hpp"
#include "search/fold.hpp"
#include "search/limits.hpp"

namespace showfloor::search {

namespace {

// "option.fuel_type.petrol" -> "petrol"; empty for what is no option, or one that says nothing.
std::string_view option_in(std::string_view key) {
    constexpr std::string_view kOption = "option.";
    if (!key.starts_with(kOption)) return {};
    const std::string_view option = key.substr(key.rfind('.') + 1);
    return option == "other" ? std::string_view() : option;
}

Synonyms read_all() {
    Synonyms groups = trade_words();
    const auto assets = base::asset_folder();
    if (!assets) return groups;
    std::error_code none;
    std::set<std::filesystem::path> files;  // in order: who comes first keeps a word
    for (const auto& file : std::filesystem::directory_iterator(*assets + "/strings", none))
        files.insert(file.path());
    for (const auto& file : files) {
        const auto bytes = base::read_file(file.string(), kMaxStringsBytes);
        if (!bytes) continue;
        const auto strings = base::parse_json(*bytes, kMaxStringsBytes);
        if (!strings || !strings->is_object()) continue;
        for (const auto& [key, name] : strings->items()) {
            const auto option = option_in(key);
            if (!option.empty() && name.is_string())
                add_name(groups, option, name.get<std::string>());
        }
    }
    return groups;
}

}  // namespace

void add_name(Synonyms& groups, std::string_view option, std::string_view name) {
    const auto group_of = [&](std::string_view words) {
        const auto folded = fold(words);
        return std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
            return std::any_of(group.begin(), group.end(),
                               [&](const std::string& one) { return fold(one) == folded; });
        });
    };
    if (group_of(name) != groups.end()) return;
    const auto group = group_of(option);
    if (group != groups.end())
        group->emplace_back(name);
    else
        groups.push_back({std::string(option), std::string(name)});
}

const Synonyms& trade_words() {
    static const Synonyms groups = {
        {"awd", "all wheel drive", "4matic", "quattro", "xdrive", "tairi zote"},
        {"4wd", "4x4", "four wheel drive", "tairi nne"},
        {"fwd", "front wheel drive", "tairi za mbele"},
        {"rwd", "rear wheel drive", "tairi za nyuma"},
        {"automatic", "auto"},
        {"petrol", "gasoline", "gas", "benzin"},
        {"electric", "ev", "bev"},
        {"plug_in_hybrid", "plug in hybrid", "phev"},
        {"pickup", "pick up", "truck", "ute"},
        {"suv", "crossover", "jeep"},
        {"compact_suv", "compact suv"},
        {"sedan", "saloon"},
        {"wagon", "estate", "station wagon"},
        {"hatchback", "hatch"},
        {"van", "minivan", "mpv"},
        {"volkswagen", "vw"},
        {"mercedes", "mercedes-benz", "benz"},
        {"chevrolet", "chevy"},
        // Other words for colours; what each language calls them stands with its strings.
        {"white", "blanche"},
        {"black", "noire"},
        {"grey", "gray", "grise"},
        {"blue", "bleue"},
        {"green", "verte"},
        {"brown", "brun"},
    };
    return groups;
}

std::string_view color_option(std::string_view text) {
    const auto is = [](std::string_view option, const std::u32string& word) {
        if (fold(option) == word) return true;
        for (const auto& group : trade_words()) {
            if (group.front() != option) continue;
            for (const std::string& name : group)
                if (fold(name) == word) return true;
        }
        return false;
    };
    // The last word says it: "Sky Blue", "Blue Grey".
    const auto all = words(text, false);
    for (auto word = all.rbegin(); word != all.rend(); ++word)
        for (const std::string_view option : kColorOptions)
            if (is(option, *word)) return option;
    return {};
}

const Synonyms& search_words() {
    static const Synonyms groups = read_all();
    return groups;
}

}  // namespace showfloor::search
