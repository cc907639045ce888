#include "search/terms.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <map>
#include <set>
#include <string>

#include "base/random.hpp"

using namespace showfloor::search;
using showfloor::base::SeededRandom;

namespace {

using Slots = std::set<Slot>;

Slots slots_of(const Bits& bits) {
    Slots out;
    bits.each([&](Slot slot) { out.insert(slot); });
    return out;
}

Slots beginning(const Terms& terms, const std::string& prefix) {
    Bits bits;
    terms.unite_prefix(prefix, bits);
    return slots_of(bits);
}

Slots holding(const Terms& terms, const std::string& word) {
    Bits bits;
    terms.unite_word(word, bits);
    return slots_of(bits);
}

}  // namespace

TEST_CASE("add: a word is found after settle, once for each document") {
    Terms terms;
    CHECK(terms.add("octavia", 1));
    CHECK_FALSE(terms.add("octavia", 1));
    CHECK_FALSE(terms.add("octavia", 4));
    CHECK(beginning(terms, "oct").empty());
    terms.settle();
    CHECK(beginning(terms, "oct") == Slots{1, 4});
    CHECK(beginning(terms, "octavias").empty());
    CHECK(holding(terms, "octavia") == Slots{1, 4});
    CHECK(holding(terms, "oct").empty());
    CHECK(beginning(terms, "") == Slots{1, 4});
}

TEST_CASE("any adds, settles and renumberings: found as brute force finds") {
    CHECK(rc::check([](std::uint64_t seed) {
        SeededRandom random(seed);
        const auto word = [&random] {
            std::string out;
            for (std::uint64_t i = 1 + random.below(4); i > 0; --i)
                out += random.below(5) == 0 ? "\xC4\x8D" : std::string(1, "abz"[random.below(3)]);
            return out;
        };
        Terms terms;
        std::map<std::string, Slots> truth;
        Slot next = 0;
        for (int step = 0; step < 200; ++step) {
            for (std::uint64_t i = random.below(6); i > 0; --i) {
                const std::string added = word();
                terms.add(added, next);
                truth[added].insert(next);
            }
            ++next;
            if (random.below(3) == 0) terms.settle();
            if (random.below(40) == 0) {
                std::vector<Slot> to(next, Places::kNone);
                Slot kept = 0;
                for (Slot& slot : to)
                    if (random.below(3) != 0) slot = kept++;
                terms.renumber(to);
                for (auto& [known, slots] : truth) {
                    Slots moved;
                    for (const Slot slot : slots)
                        if (to[slot] != Places::kNone) moved.insert(to[slot]);
                    slots = moved;
                }
                next = kept;
            }
        }
        terms.settle();
        for (int i = 0; i < 30; ++i) {
            const std::string wanted = word();
            RC_ASSERT(holding(terms, wanted) == truth[wanted]);
            Slots expected;
            for (const auto& [known, slots] : truth)
                if (known.starts_with(wanted)) expected.insert(slots.begin(), slots.end());
            RC_ASSERT(beginning(terms, wanted) == expected);
        }
    }));
}
