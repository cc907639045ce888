#include "terminal/search_words.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/paths.hpp"
#include "domain/records.hpp"
#include "search/fold.hpp"
#include "text/strings.hpp"

namespace showfloor::terminal {

namespace {

// Adds `name` to the group of `option`; a name that stands for something already keeps that.
void add_name(SearchWords& groups, const std::string& option, const std::string& name) {
    const auto holds = [](const std::vector<std::string>& group, const std::string& words) {
        const auto folded = search::fold(words);
        return std::any_of(group.begin(), group.end(),
                           [&](const std::string& one) { return search::fold(one) == folded; });
    };
    const auto has = [&](const std::string& words) {
        return std::find_if(groups.begin(), groups.end(),
                            [&](const auto& group) { return holds(group, words); });
    };
    if (has(name) != groups.end()) return;
    const auto group = has(option);
    if (group != groups.end())
        group->push_back(name);
    else
        groups.push_back({option, name});
}

SearchWords read_all() {
    SearchWords groups = trade_words();
    const auto assets = base::asset_folder();
    if (!assets) return groups;
    std::error_code none;
    std::set<std::filesystem::path> files;  // in order: who comes first keeps a word
    for (const auto& file : std::filesystem::directory_iterator(*assets + "/strings", none))
        files.insert(file.path());
    for (const auto& file : files) {
        const auto strings = text::Strings::load(file.parent_path(), file.stem().string());
        if (!strings) continue;
        for (const domain::Field& field : domain::describe<domain::Car>().fields) {
            for (const std::string_view option : field.options) {
                const std::string key =
                    "option." + std::string(field.name) + "." + std::string(option);
                if (option == "other" || !strings->has(key)) continue;
                add_name(groups, std::string(option), strings->get(key));
            }
        }
        for (const std::string_view option : kColorOptions) {
            const std::string key = "option.color." + std::string(option);
            if (strings->has(key)) add_name(groups, std::string(option), strings->get(key));
        }
    }
    return groups;
}

}  // namespace

const SearchWords& trade_words() {
    static const SearchWords groups = {
        {"awd", "all wheel drive", "4matic", "quattro", "xdrive"},
        {"4wd", "4x4", "four wheel drive"},
        {"fwd", "front wheel drive"},
        {"rwd", "rear wheel drive"},
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

std::string_view color_option(std::string_view words) {
    const auto names = [](std::string_view option, const std::u32string& word) {
        for (const auto& group : trade_words())
            for (const std::string& name : group)
                if (group.front() == option && search::fold(name) == word) return true;
        return search::fold(option) == word;
    };
    // The last word says it: "Sky Blue", "Blue Grey".
    const auto all = search::words(words, false);
    for (auto word = all.rbegin(); word != all.rend(); ++word)
        for (const std::string_view option : kColorOptions)
            if (names(option, *word)) return option;
    return {};
}

const SearchWords& search_words() {
    static const SearchWords groups = read_all();
    return groups;
}

}  // namespace showfloor::terminal
