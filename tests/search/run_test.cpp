#include "search/run.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <map>
#include <set>

using namespace showfloor::search;

namespace {

using Words = std::map<std::string, std::set<Slot>>;

Run run_of(const Words& words) {
    Run run;
    for (const auto& [word, slots] : words)
        run.append(word, {slots.begin(), slots.end()});
    run.close();
    return run;
}

std::set<Slot> slots_of(const Bits& bits) {
    std::set<Slot> out;
    bits.each([&](Slot slot) { out.insert(slot); });
    return out;
}

}  // namespace

TEST_CASE("reader: an empty run has no words, and nothing begins it") {
    const Run run;
    CHECK(run.empty());
    CHECK_FALSE(Run::Reader(run).next());
    Bits bits;
    run.unite_prefix("", bits);
    run.unite_word("a", bits);
    CHECK(bits.none());
}

TEST_CASE("unite_prefix: every word that begins so, over many blocks, and none behind them") {
    Words words;
    for (Slot slot = 0; slot < 1000; ++slot)
        words["w" + std::to_string(1000 + slot)] = {slot, slot + 5000};
    words["v"] = words["x"] = {9000};
    const Run run = run_of(words);
    const std::pair<const char*, std::size_t> wanted[] = {
        {"w", 2000}, {"w1", 2000}, {"w13", 200}, {"w139", 20}, {"w1399", 2}, {"w2", 0}, {"", 2001}};
    for (const auto& [prefix, count] : wanted) {
        INFO(prefix);
        Bits bits;
        run.unite_prefix(prefix, bits);
        CHECK(bits.count() == count);
    }
}

TEST_CASE("unite_prefix: what begins very many words is as right as what begins few") {
    Words words;
    words["m"] = words["n"] = words["nd"] = words["o"] = {7};
    for (Slot slot = 0; slot < 10'000; ++slot)
        words[(slot < 5000 ? "nb" : "nc") + std::to_string(10'000 + slot)] = {slot, 20'000 + slot};
    const Run run = run_of(words);
    for (const char* prefix : {"m", "n", "nb", "nb1", "nb10", "nb104", "nb15", "nc", "nc1", "nc15",
                               "nc2", "nd", "o", "p", ""}) {
        INFO(prefix);
        std::set<Slot> wanted;
        for (const auto& [word, slots] : words)
            if (word.starts_with(prefix)) wanted.insert(slots.begin(), slots.end());
        Bits bits;
        bits.set(30'000);
        wanted.insert(30'000);
        run.unite_prefix(prefix, bits);
        CHECK(slots_of(bits) == wanted);
    }
}

TEST_CASE(
    "any run: read and found as it was appended, whatever words share and however far apart") {
    CHECK(rc::check([] {
        const auto letters = rc::gen::container<std::string>(rc::gen::element('a', 'b', '\xC4'));
        const auto word = rc::gen::oneOf(
            letters, rc::gen::map(letters, [](const std::string& end) { return "jtdbt" + end; }),
            // Longer than a byte can count.
            rc::gen::map(letters,
                         [](const std::string& end) { return std::string(300, 'x') + end; }));
        const auto slot =
            rc::gen::oneOf(rc::gen::inRange<Slot>(0, 40), rc::gen::inRange<Slot>(0, 100'000));
        const auto words = *rc::gen::container<Words>(
            word, rc::gen::nonEmpty(rc::gen::container<std::set<Slot>>(slot)));
        const Run run = run_of(words);
        Run::Reader reader(run);
        std::size_t entries = 0;
        for (const auto& [known, slots] : words) {
            RC_ASSERT(reader.next());
            RC_ASSERT(reader.word() == known);
            std::vector<Slot> read;
            reader.each_slot([&](Slot each) { read.push_back(each); });
            RC_ASSERT(read == std::vector<Slot>(slots.begin(), slots.end()));
            entries += slots.size();
        }
        RC_ASSERT(!reader.next());
        RC_ASSERT(run.entries() == entries);
        const std::string wanted = *word;
        Bits exact, beginning;
        run.unite_word(wanted, exact);
        run.unite_prefix(wanted, beginning);
        const auto found = words.find(wanted);
        RC_ASSERT(slots_of(exact) == (found == words.end() ? std::set<Slot>() : found->second));
        std::set<Slot> expected;
        for (const auto& [known, slots] : words)
            if (known.starts_with(wanted)) expected.insert(slots.begin(), slots.end());
        RC_ASSERT(slots_of(beginning) == expected);
    }));
}
