#include "search/index.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/random.hpp"
#include "search/fold.hpp"

using namespace showfloor::search;
using showfloor::base::SeededRandom;
using showfloor::base::Uuid;

namespace {

Uuid uuid(std::uint64_t n) {
    Uuid id;
    for (std::size_t i = 0; i < 8; ++i)
        id.bytes[15 - i] = static_cast<std::uint8_t>(n >> (8 * i));
    return id;
}

std::uint64_t number_of(const Uuid& id) {
    std::uint64_t n = 0;
    for (std::size_t i = 8; i < 16; ++i)
        n = n << 8U | id.bytes[i];
    return n;
}

std::set<std::uint64_t> found(Index& index, const Query& query) {
    std::set<std::uint64_t> out;
    for (const Slot slot : index.query(query).slots)
        out.insert(number_of(index.id(slot)));
    return out;
}

std::set<std::uint64_t> found(Index& index, const std::string& text) {
    Query query;
    query.text = text;
    return found(index, query);
}

using Ids = std::set<std::uint64_t>;

Document car(std::uint64_t n, const std::string& text, const std::string& make = "",
             std::int64_t price = kMissing) {
    return {uuid(n), 1, {make}, {price}, {text}};
}

Index forecourt() {
    Index index(1, 1, {{"awd", "4x4", "all wheel drive"}, {"vw", "Volkswagen"}, {"gari", "car"}});
    index.put(car(1, "Toyota Corolla 2019 awd", "Toyota", 300));
    index.put(car(2, "Škoda Octavia 2018 fwd", "Skoda", 100));
    index.put(car(3, "Volkswagen Golf 2019 fwd", "Volkswagen", 200));
    index.put(car(4, "Mazda CX-5 2020 awd", "Mazda"));
    return index;
}

}  // namespace

TEST_CASE("query: every word must be found, by its beginning, whatever case and accents") {
    Index index = forecourt();
    CHECK(found(index, "") == Ids{1, 2, 3, 4});
    CHECK(found(index, "toy") == Ids{1});
    CHECK(found(index, "awd toyota 2019") == Ids{1});
    CHECK(found(index, "2019 toyota golf").empty());
    CHECK(found(index, "SKO octa") == Ids{2});
    CHECK(found(index, "škoda") == Ids{2});
    CHECK(found(index, "2") == Ids{1, 2, 3, 4});
    CHECK(found(index, "cx5") == Ids{4});
    CHECK(found(index, "cx-5") == Ids{4});
    CHECK(found(index, "zzz").empty());
}

TEST_CASE("query: synonyms, also of several words") {
    Index index = forecourt();
    CHECK(found(index, "4x4") == Ids{1, 4});
    CHECK(found(index, "all wheel drive mazda") == Ids{4});
    CHECK(found(index, "vw") == Ids{3});
    CHECK(found(index, "VW golf") == Ids{3});
}

TEST_CASE("query: one typing error, but numbers are taken as typed") {
    Index index = forecourt();
    for (const char* typed : {"toyta", "toyotta", "totota", "otyota", "coroll a", "corola"})
        CHECK(found(index, typed) == Ids{1});
    CHECK(found(index, "2017").empty());
    CHECK(found(index, "mzd").empty());
}

TEST_CASE("query: facets, their counts leave out their own choice") {
    Index index = forecourt();
    Query query;
    query.facets[0] = {"Toyota", "Mazda"};
    CHECK(found(index, query) == Ids{1, 4});
    query.text = "2019";
    const Answer answer = index.query(query);
    CHECK(answer.slots.size() == 1);
    CHECK(answer.counts.at(0) ==
          std::vector<FacetCount>{{"Mazda", 0}, {"Skoda", 0}, {"Toyota", 1}, {"Volkswagen", 1}});
}

TEST_CASE("query: ranges leave out what has no number; kinds") {
    Index index = forecourt();
    index.put({uuid(9), 2, {""}, {250}, {"Amina Hassan"}});
    Query query;
    query.ranges = {{0, 150, 300}};
    CHECK(found(index, query) == Ids{1, 3, 9});
    query.kinds = {1};
    CHECK(found(index, query) == Ids{1, 3});
    query.ranges = {{0}};
    CHECK(found(index, query) == Ids{1, 2, 3});
    query.kinds = {7};
    CHECK(found(index, query).empty());
}

TEST_CASE("query: sorted both ways, missing numbers last, changes keep the order") {
    Index index = forecourt();
    Query query;
    const auto sorted = [&] {
        std::vector<std::uint64_t> out;
        for (const Slot slot : index.query(query).slots)
            out.push_back(number_of(index.id(slot)));
        return out;
    };
    query.sort = {Sort::By::kNumber, 0, false};
    CHECK(sorted() == std::vector<std::uint64_t>{2, 3, 1, 4});
    query.sort.descending = true;
    CHECK(sorted() == std::vector<std::uint64_t>{1, 3, 2, 4});
    index.put(car(3, "Volkswagen Golf", "Volkswagen", 400));
    index.put(car(5, "Audi A4", "Audi", 150));
    index.remove(uuid(1));
    CHECK(sorted() == std::vector<std::uint64_t>{3, 5, 2, 4});
    query.sort = {Sort::By::kFacet, 0, false};
    CHECK(sorted() == std::vector<std::uint64_t>{5, 4, 2, 3});
}

TEST_CASE("query: at most so many are the first of all, in every order; counts when wanted") {
    Index index(1, 1);
    for (std::uint64_t n = 1; n <= 40; ++n)
        index.put(car(n, "car", n % 3 == 0 ? "Toyota" : "Mazda",
                      n % 5 == 0 ? kMissing : static_cast<std::int64_t>(n * 7919 % 100)));
    for (const auto by : {Sort::By::kArrival, Sort::By::kNumber, Sort::By::kFacet}) {
        for (const bool descending : {false, true}) {
            Query query;
            query.sort = {by, 0, descending};
            const auto all = index.query(query);
            REQUIRE(all.slots.size() == 40);
            query.most = 7;
            query.counts = false;
            const auto some = index.query(query);
            CHECK(some.counts.empty());
            CHECK(some.slots == std::vector<Slot>(all.slots.begin(), all.slots.begin() + 7));
        }
    }
}

TEST_CASE("remove: then not found, and its place is used again") {
    Index index = forecourt();
    CHECK(index.remove(uuid(1)));
    CHECK_FALSE(index.remove(uuid(1)));
    CHECK(found(index, "toyota").empty());
    CHECK(found(index, "awd") == Ids{4});
    index.put(car(7, "Toyota Yaris"));
    CHECK(found(index, "toy") == Ids{7});
    CHECK(found(index, "corolla").empty());
    index.put(car(7, "Honda Fit"));
    CHECK(found(index, "toy").empty());
    CHECK(index.size() == 4);
    index.clear();
    CHECK(index.size() == 0);
    CHECK(found(index, "").empty());
}

namespace {

// Documents of a small world of words, so that they share many.
std::vector<Document> random_documents(std::uint64_t seed, std::size_t count) {
    SeededRandom random(seed);
    const auto word = [&random] {
        std::string out;
        for (std::uint64_t i = 3 + random.below(5); i > 0; --i)
            out += static_cast<char>('a' + random.below(5));
        return out;
    };
    std::vector<Document> out;
    for (std::size_t n = 0; n < count; ++n) {
        std::string text;
        for (int i = 0; i < 3; ++i)
            text += word() + " ";
        out.push_back({uuid(n + 1),
                       static_cast<std::uint8_t>(random.below(2)),
                       {std::string(1, static_cast<char>('A' + random.below(4))),
                        std::string(1, static_cast<char>('p' + random.below(3)))},
                       {static_cast<std::int64_t>(random.below(50))},
                       {text}});
    }
    return out;
}

}  // namespace

TEST_CASE("query: any prefix of any word finds it; an edited word too, unless it is one itself") {
    CHECK(rc::check([](std::uint64_t seed) {
        const auto documents = random_documents(seed, 60);
        Index index(2, 1);
        for (const auto& document : documents)
            RC_ASSERT(index.put(document));
        SeededRandom random(seed + 1);
        for (const auto& document : documents) {
            const auto all = words(document.texts[0], true);
            const std::string word = to_utf8(all[random.below(all.size())]);
            const auto id = number_of(document.id);
            const std::string prefix = word.substr(0, 1 + random.below(word.size()));
            RC_ASSERT(found(index, prefix).contains(id));
            std::string edited = word;
            edited[random.below(edited.size())] = static_cast<char>('a' + random.below(5));
            if (edited.size() < kFuzzyLetters) continue;
            const bool known =
                std::any_of(documents.begin(), documents.end(), [&edited](const Document& other) {
                    return (" " + other.texts[0]).find(" " + edited) != std::string::npos;
                });
            if (!known) RC_ASSERT(found(index, edited).contains(id));
        }
    }));
}

TEST_CASE("query: answers and counts equal brute force after any puts and removes") {
    CHECK(rc::check([](std::uint64_t seed) {
        SeededRandom random(seed);
        Index index(2, 1);
        std::map<Uuid, Document> truth;
        auto documents = random_documents(seed, 80);
        for (auto& document : documents) {
            document.id = uuid(random.below(50));
            index.put(document);
            truth[document.id] = document;
            if (random.below(3) == 0) {
                const Uuid victim = uuid(random.below(50));
                RC_ASSERT(index.remove(victim) == (truth.erase(victim) == 1));
            }
            Query query;
            if (random.below(2) == 0)
                query.text = std::string(1, static_cast<char>('a' + random.below(5)));
            if (random.below(2) == 0) query.kinds = {static_cast<std::uint8_t>(random.below(2))};
            if (random.below(2) == 0) query.facets[0] = {"A", "C"};
            if (random.below(2) == 0) query.facets[1] = {"q"};
            if (random.below(2) == 0) query.ranges = {{0, 10, 35}};
            query.sort = {Sort::By::kNumber, 0, random.below(2) == 0};

            const auto fits = [&query](const Document& d, int leave_out) {
                if (!query.kinds.empty() && query.kinds[0] != d.kind) return false;
                if (!query.text.empty() &&
                    (" " + d.texts[0]).find(" " + query.text) == std::string::npos)
                    return false;
                if (!query.ranges.empty() && (d.numbers[0] < 10 || d.numbers[0] > 35)) return false;
                for (const auto& [column, values] : query.facets)
                    if (static_cast<int>(column) != leave_out &&
                        std::find(values.begin(), values.end(), d.facets[column]) == values.end())
                        return false;
                return true;
            };
            std::set<Uuid> expected;
            std::map<std::string, std::size_t> counts[2];
            for (const auto& [id, d] : truth) {
                if (fits(d, -1)) expected.insert(id);
                for (std::size_t c = 0; c < 2; ++c)
                    counts[c][d.facets[c]] += fits(d, static_cast<int>(c)) ? 1U : 0U;
            }
            const Answer answer = index.query(query);
            std::set<Uuid> got;
            for (std::size_t i = 0; i < answer.slots.size(); ++i) {
                got.insert(index.id(answer.slots[i]));
                if (i == 0) continue;
                const auto a = index.number(answer.slots[i - 1], 0);
                const auto b = index.number(answer.slots[i], 0);
                RC_ASSERT((query.sort.descending ? a >= b : a <= b));
            }
            RC_ASSERT(got == expected);
            RC_ASSERT(got.size() == answer.slots.size());
            for (std::size_t c = 0; c < 2; ++c) {
                std::map<std::string, std::size_t> told;
                for (const auto& count : answer.counts[c])
                    told[count.value] = count.count;
                RC_ASSERT(told == counts[c]);
            }
        }
    }));
}

TEST_CASE("put: many replacements and removals leave answers, counts and orders right") {
    Index index(1, 1);
    const std::uint64_t kCars = 1500;
    const auto price = [](std::uint64_t n, std::uint64_t round) {
        return static_cast<std::int64_t>((n * 7919 + round * 31) % 1000);
    };
    Query query;
    query.sort = {Sort::By::kNumber, 0, false};
    for (std::uint64_t round = 0; round < 5; ++round) {  // dead ones are forgotten on the way
        for (std::uint64_t n = 0; n < kCars; ++n) {
            index.put(car(n, "round" + std::to_string(round) + " no" + std::to_string(n),
                          n % 2 == 0 ? "Even" : "Odd", price(n, round)));
            if (n % 500 == 0) CHECK(index.query(query).slots.size() == index.size());
        }
    }
    for (std::uint64_t n = 0; n < kCars; n += 3)
        CHECK(index.remove(uuid(n)));
    CHECK(index.size() == 1000);
    CHECK(found(index, "round3").empty());
    CHECK(found(index, "round4").size() == 1000);
    CHECK(found(index, "no1499") == Ids{1499});
    CHECK(found(index, "no3").size() == 72);  // of 111 that begin so
    const Answer answer = index.query(query);
    CHECK(answer.counts.at(0) == std::vector<FacetCount>{{"Even", 500}, {"Odd", 500}});
    std::vector<std::int64_t> prices;
    for (const Slot slot : answer.slots) {
        prices.push_back(index.number(slot, 0));
        CHECK(prices.back() == price(number_of(index.id(slot)), 4));
    }
    CHECK(prices.size() == 1000);
    CHECK(std::is_sorted(prices.begin(), prices.end()));
}
