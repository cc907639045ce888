// The one table of words that mean the same, and what the languages of the screens add to it.

#include "search/synonyms.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "search/fold.hpp"

using namespace showfloor;
using search::Synonyms;

namespace {

// All that stands for the same; empty when the word is unknown.
std::vector<std::string> group_of(const Synonyms& groups, const std::string& word) {
    for (const auto& group : groups)
        if (std::find(group.begin(), group.end(), word) != group.end()) return group;
    return {};
}

bool same(const std::string& a, const std::string& b) {
    const auto group = group_of(search::search_words(), a);
    return std::find(group.begin(), group.end(), b) != group.end();
}

}  // namespace

TEST_CASE("search words: every language's names of an option stand with what the trade says") {
    for (const char* word : {"gasoline", "essence", "Petroli", "بنزين"}) {
        CAPTURE(word);
        const auto group = group_of(search::search_words(), "petrol");
        CHECK(std::any_of(group.begin(), group.end(), [&](const std::string& one) {
            return search::fold(one) == search::fold(word);
        }));
    }
    CHECK(same("awd", "quattro"));
    CHECK(same("fwd", "Kiendeshi mbele"));
    CHECK(same("fwd", "tairi za mbele"));
    CHECK(same("blue", "Buluu"));
    CHECK(same("seller", "Muuzaji"));
    CHECK_FALSE(same("awd", "4x4"));
}

TEST_CASE("search words: what says nothing about a thing stands for nothing") {
    for (const auto& group : search::search_words())
        CHECK(std::find(group.begin(), group.end(), "other") == group.end());
}

TEST_CASE("search words: no word stands for two things") {
    std::map<std::u32string, std::size_t> first;
    const Synonyms& groups = search::search_words();
    for (std::size_t i = 0; i < groups.size(); ++i)
        for (const std::string& word : groups[i]) {
            CAPTURE(word);
            CHECK(first.emplace(search::fold(word), i).first->second == i);
        }
}

TEST_CASE("add_name: joins its option however that is written, and keeps what it stood for") {
    Synonyms groups = {{"petrol", "gas"}, {"Électrique"}};
    search::add_name(groups, "PETROL", "essence");
    search::add_name(groups, "electrique", "umeme");
    search::add_name(groups, "electrique", "Gas");
    search::add_name(groups, "diesel", "dizeli");
    CHECK(groups ==
          Synonyms{{"petrol", "gas", "essence"}, {"Électrique", "umeme"}, {"diesel", "dizeli"}});
}

TEST_CASE("color_option: what a maker calls a colour, by the word that says it") {
    CHECK(search::color_option("Pearl White") == "white");
    CHECK(search::color_option("Sky Blue") == "blue");
    CHECK(search::color_option("Blue Grey") == "grey");
    CHECK(search::color_option("gray metallic") == "grey");
    CHECK(search::color_option("SILVER") == "silver");
    CHECK(search::color_option("Champagne").empty());
    CHECK(search::color_option("").empty());
    for (const auto option : search::kColorOptions)
        CHECK(search::color_option(option) == option);
}
