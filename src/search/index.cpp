#include "search/index.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "search/fold.hpp"

namespace showfloor::search {

Index::Index(std::size_t facet_columns, std::size_t number_columns,
             const std::vector<std::vector<std::string>>& synonyms)
    : values_(facet_columns), numbers_(number_columns) {
    for (const auto& group : synonyms) {
        std::vector<Phrase> phrases;
        for (const auto& text : group) {
            Phrase phrase = words(text, false);
            if (phrase.empty()) continue;
            longest_phrase_ = std::max(longest_phrase_, phrase.size());
            group_of_.emplace(phrase, groups_.size());
            phrases.push_back(std::move(phrase));
        }
        groups_.push_back(std::move(phrases));
    }
}

bool Index::put(const Document& document) {
    SHOWFLOOR_CHECK(document.facets.size() == values_.size(), "one value per facet column");
    SHOWFLOOR_CHECK(document.numbers.size() == numbers_.size(), "one number per number column");
    remove(document.id);
    if (slots_.size() >= kMaxDocuments) return false;
    Slot slot = static_cast<Slot>(entries_.size());
    if (free_.empty()) {
        entries_.emplace_back();
        for (auto& column : numbers_)
            column.push_back(kMissing);
    } else {
        slot = free_.back();
        free_.pop_back();
    }
    Entry& entry = entries_[slot];
    entry.id = document.id;
    entry.kind = document.kind;
    for (std::size_t c = 0; c < numbers_.size(); ++c)
        numbers_[c][slot] = document.numbers[c];
    for (std::size_t c = 0; c < values_.size(); ++c) {
        const auto value = values_[c].try_emplace(document.facets[c]).first;
        if (!value->first.empty()) value->second.add(slot);
        entry.facets.push_back(value->first);
    }
    add_words(entry, slot, document);
    kinds_[document.kind].add(slot);
    live_.set(slot);
    slots_.emplace(document.id, slot);
    mark_changed(slot);
    return true;
}

bool Index::remove(const base::Uuid& id) {
    const auto found = slots_.find(id);
    if (found == slots_.end()) return false;
    const Slot slot = found->second;
    slots_.erase(found);
    Entry& entry = entries_[slot];
    drop_words(entry, slot);
    for (std::size_t c = 0; c < values_.size(); ++c) {
        const auto value = values_[c].find(entry.facets[c]);
        value->second.remove(slot);
    }
    kinds_[entry.kind].remove(slot);
    live_.clear(slot);
    entry = {};
    free_.push_back(slot);
    mark_changed(slot);
    return true;
}

void Index::clear() {
    live_ = {};
    entries_.clear();
    free_.clear();
    slots_.clear();
    terms_.clear();
    prefixes_.clear();
    for (auto& column : values_)
        column.clear();
    kinds_.clear();
    for (auto& column : numbers_)
        column.clear();
    alphabet_.clear();
    orders_.clear();
}

void Index::add_words(Entry& entry, Slot slot, const Document& document) {
    std::set<std::u32string> all;
    for (const auto& text : document.texts) {
        for (auto& word : words(text, true)) {
            if (all.size() >= kMaxDocumentWords) break;
            all.insert(std::move(word));
        }
    }
    for (const auto& word : all) {
        const auto term = terms_.try_emplace(word).first;
        term->second.add(slot);
        entry.words.push_back(&term->first);
        for (std::size_t length = 1; length <= std::min(kListedPrefix, word.size()); ++length)
            prefixes_[word.substr(0, length)].add(slot);
        for (const char32_t letter : word)
            if (alphabet_.size() < kMaxAlphabet) alphabet_.insert(letter);
    }
}

void Index::drop_words(const Entry& entry, Slot slot) {
    for (const auto* word : entry.words) {
        for (std::size_t length = 1; length <= std::min(kListedPrefix, word->size()); ++length) {
            const auto prefix = prefixes_.find(word->substr(0, length));
            if (prefix == prefixes_.end()) continue;  // dropped by an earlier word
            prefix->second.remove(slot);
            if (prefix->second.empty()) prefixes_.erase(prefix);
        }
        const auto term = terms_.find(*word);
        term->second.remove(slot);
        if (term->second.empty()) terms_.erase(term);
    }
}

void Index::mark_changed(Slot slot) {
    for (auto& [key, order] : orders_) {
        if (order.changed.has(slot)) continue;
        order.changed.set(slot);
        order.waiting.push_back(slot);
    }
}

bool Index::before(const Sort& sort, Slot a, Slot b) const {
    if (sort.by == Sort::By::kNumber) {
        const auto& column = numbers_[sort.column];
        if (column[a] != column[b]) return column[a] < column[b];
    } else {
        const auto order = entries_[a].facets[sort.column].compare(entries_[b].facets[sort.column]);
        if (order != 0) return order < 0;
    }
    return entries_[a].id < entries_[b].id;
}

// Keeps each wanted order between queries: sorting 100,000 documents takes longer than a key stroke
// may, moving the few that changed does not.
Index::Order& Index::order(const Sort& sort) {
    const auto less = [&](Slot a, Slot b) { return before(sort, a, b); };
    const auto [place, fresh] = orders_.try_emplace({static_cast<int>(sort.by), sort.column});
    Order& order = place->second;
    if (fresh) {
        live_.each([&](Slot slot) { order.slots.push_back(slot); });
        std::sort(order.slots.begin(), order.slots.end(), less);
    } else if (!order.waiting.empty()) {
        std::erase_if(order.slots, [&](Slot slot) { return order.changed.has(slot); });
        std::erase_if(order.waiting, [&](Slot slot) { return !live_.has(slot); });
        std::sort(order.waiting.begin(), order.waiting.end(), less);
        std::vector<Slot> merged;
        merged.reserve(order.slots.size() + order.waiting.size());
        std::merge(order.slots.begin(), order.slots.end(), order.waiting.begin(),
                   order.waiting.end(), std::back_inserter(merged), less);
        order.slots = std::move(merged);
        order.waiting.clear();
        order.changed = {};
    }
    return order;
}

void Index::match_prefix(std::u32string_view word, Bits& out) const {
    if (word.size() <= kListedPrefix) {
        const auto prefix = prefixes_.find(std::u32string(word));
        if (prefix != prefixes_.end()) prefix->second.unite_into(out);
        return;
    }
    for (auto term = terms_.lower_bound(word);
         term != terms_.end() && std::u32string_view(term->first).starts_with(word); ++term)
        term->second.unite_into(out);
}

void Index::match_exact(const Phrase& phrase, Bits& out) const {
    Bits all = live_;
    for (const auto& word : phrase) {
        const auto term = terms_.find(word);
        if (term == terms_.end()) return;
        Bits one;
        term->second.unite_into(one);
        all.intersect(one);
    }
    out.unite(all);
}

bool Index::any_begins(const std::u32string& word) const {
    if (word.size() <= kListedPrefix) return prefixes_.contains(word);
    const auto term = terms_.lower_bound(word);
    return term != terms_.end() && std::u32string_view(term->first).starts_with(word);
}

// Tries each change of one letter (left out, added, another, two swapped); few of them begin a
// word.
void Index::match_mistyped(const std::u32string& word, Bits& out) const {
    const auto try_word = [&](const std::u32string& candidate) {
        if (any_begins(candidate)) match_prefix(candidate, out);
    };
    for (std::size_t i = 0; i <= word.size(); ++i) {
        for (const char32_t letter : alphabet_) {
            std::u32string added = word;
            added.insert(i, 1, letter);
            try_word(added);
            if (i == word.size() || letter == word[i]) continue;
            std::u32string other = word;
            other[i] = letter;
            try_word(other);
        }
        if (i == word.size()) break;
        std::u32string shorter = word;
        shorter.erase(i, 1);
        try_word(shorter);
        if (i + 1 == word.size() || word[i] == word[i + 1]) continue;
        std::u32string swapped = word;
        std::swap(swapped[i], swapped[i + 1]);
        try_word(swapped);
    }
}

// A typed word or phrase with what means the same. Only when nothing at all is found is it taken as
// mistyped: "kona" must not bring every "kora". Words with digits never are: 2019 is not 2018.
Bits Index::match_unit(const Phrase& typed, const std::vector<Phrase>* group) const {
    Bits out;
    if (typed.size() == 1) match_prefix(typed[0], out);
    if (group != nullptr)
        for (const Phrase& phrase : *group)
            match_exact(phrase, out);
    if (typed.size() > 1) {  // a phrase also stands for its words, as typed
        Bits all = live_;
        for (const auto& word : typed) {
            Bits one;
            match_prefix(word, one);
            all.intersect(one);
        }
        out.unite(all);
        return out;
    }
    const bool digits = std::any_of(typed[0].begin(), typed[0].end(),
                                    [](char32_t c) { return c >= U'0' && c <= U'9'; });
    if (typed[0].size() >= kFuzzyLetters && !digits && out.none()) match_mistyped(typed[0], out);
    return out;
}

Bits Index::match_text(std::string_view text) const {
    Bits out = live_;
    Phrase typed = words(text.substr(0, kMaxQueryBytes), false);
    if (typed.size() > kMaxQueryWords) typed.resize(kMaxQueryWords);
    for (std::size_t at = 0; at < typed.size();) {
        std::size_t length = std::min(longest_phrase_, typed.size() - at);
        const auto phrase = [&] {
            return Phrase(typed.begin() + static_cast<std::ptrdiff_t>(at),
                          typed.begin() + static_cast<std::ptrdiff_t>(at + length));
        };
        while (length > 1 && !group_of_.contains(phrase()))
            --length;
        const auto group = group_of_.find(phrase());
        out.intersect(
            match_unit(phrase(), group == group_of_.end() ? nullptr : &groups_[group->second]));
        at += length;
    }
    return out;
}

void Index::keep_ranges(const std::vector<Range>& ranges, Bits& bits) const {
    for (const Range& range : ranges) {
        SHOWFLOOR_CHECK(range.column < numbers_.size(), "a number column");
        const auto& column = numbers_[range.column];
        Bits kept;
        bits.each([&](Slot slot) {
            const std::int64_t value = column[slot];
            if (value != kMissing && value >= range.least && value <= range.most) kept.set(slot);
        });
        bits = std::move(kept);
    }
}

Answer Index::query(const Query& query) {
    Bits base = match_text(query.text);
    if (!query.kinds.empty()) {
        Bits wanted;
        for (const auto kind : query.kinds) {
            const auto found = kinds_.find(kind);
            if (found != kinds_.end()) found->second.unite_into(wanted);
        }
        base.intersect(wanted);
    }
    keep_ranges(query.ranges, base);

    std::map<std::size_t, Bits> chosen;
    for (const auto& [column, values] : query.facets) {
        SHOWFLOOR_CHECK(column < values_.size(), "a facet column");
        if (values.empty()) continue;
        for (const auto& value : values) {
            Bits& bits = chosen[column];
            const auto found = values_[column].find(value);
            if (found != values_[column].end()) found->second.unite_into(bits);
        }
    }

    Answer answer;
    for (std::size_t column = 0; column < values_.size(); ++column) {
        Bits others = base;
        for (const auto& [other, bits] : chosen)
            if (other != column) others.intersect(bits);
        auto& counts = answer.counts.emplace_back();
        for (const auto& [value, postings] : values_[column])
            if (!value.empty() && !postings.empty())
                counts.push_back({value, postings.count_shared(others)});
    }
    for (const auto& [column, bits] : chosen)
        base.intersect(bits);

    answer.slots.reserve(base.count());
    const auto take = [&](Slot slot) {
        if (base.has(slot)) answer.slots.push_back(slot);
    };
    if (query.sort.by == Sort::By::kArrival) {
        base.each(take);
    } else {
        for (const Slot slot : order(query.sort).slots)
            take(slot);
    }
    if (query.sort.descending) std::reverse(answer.slots.begin(), answer.slots.end());
    if (query.sort.by == Sort::By::kNumber && !query.sort.descending) {
        // Missing numbers are the smallest there are, yet belong last.
        const auto& column = numbers_[query.sort.column];
        const auto known = std::find_if(answer.slots.begin(), answer.slots.end(),
                                        [&](Slot slot) { return column[slot] != kMissing; });
        std::rotate(answer.slots.begin(), known, answer.slots.end());
    }
    return answer;
}

}  // namespace showfloor::search
