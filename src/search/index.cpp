#include "search/index.hpp"

#include <algorithm>
#include <functional>

#include "base/check.hpp"
#include "search/fold.hpp"

namespace showfloor::search {

Index::Index(std::size_t facet_columns, std::size_t number_columns,
             const std::vector<std::vector<std::string>>& synonyms)
    : facets_(facet_columns), numbers_(number_columns) {
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

Slot Index::find(const base::Uuid& id) const {
    const Slot slot =
        places_.find(std::hash<base::Uuid>()(id), [&](Slot other) { return ids_[other] == id; });
    return slot != Places::kNone && live_.has(slot) ? slot : Places::kNone;
}

void Index::note_place(Slot slot) {
    const std::hash<base::Uuid> hash;
    places_.set(
        hash(ids_[slot]), slot, [&](Slot other) { return ids_[other] == ids_[slot]; },
        [&](Slot other) { return hash(ids_[other]); });
}

bool Index::put(const Document& document) {
    SHOWFLOOR_CHECK(document.facets.size() == facets_.size(), "one value per facet column");
    SHOWFLOOR_CHECK(document.numbers.size() == numbers_.size(), "one number per number column");
    remove(document.id);
    if (live_count_ >= kMaxDocuments) return false;
    const auto slot = static_cast<Slot>(ids_.size());
    ids_.push_back(document.id);
    note_place(slot);
    kinds_.push_back(document.kind);
    for (std::size_t c = 0; c < numbers_.size(); ++c)
        numbers_[c].push_back(document.numbers[c]);
    for (std::size_t c = 0; c < facets_.size(); ++c) {
        Column& column = facets_[c];
        const auto [value, fresh] = column.numbers.try_emplace(
            document.facets[c], static_cast<std::uint32_t>(column.names.size()));
        if (fresh) {
            column.names.push_back(&value->first);
            column.holders.emplace_back();
        }
        column.values.push_back(value->second);
        column.holders[value->second].add(slot);
    }
    add_words(slot, document);
    holders_[document.kind].add(slot);
    live_.set(slot);
    ++live_count_;
    for (auto& [key, order] : orders_)
        order.waiting.push_back(slot);
    return true;
}

bool Index::remove(const base::Uuid& id) {
    const Slot slot = find(id);
    if (slot == Places::kNone) return false;
    for (Column& column : facets_)
        column.holders[column.value(slot)].remove(slot);
    holders_[kinds_[slot]].remove(slot);
    live_.clear(slot);
    --live_count_;
    if (ids_.size() - live_count_ > live_count_ / 2 + kDeadKept) forget_dead();
    return true;
}

void Index::compact() {
    terms_.settle();
    ids_.shrink_to_fit();
    kinds_.shrink_to_fit();
    for (Column& column : facets_) {
        column.values.shrink_to_fit();
        for (Postings& holders : column.holders)
            holders.compact(ids_.size());
    }
    for (auto& column : numbers_)
        column.shrink_to_fit();
    for (auto& [key, order] : orders_)
        order.slots.shrink_to_fit();
}

void Index::clear() {
    live_ = {};
    live_count_ = 0;
    places_ = {};
    ids_.clear();
    kinds_.clear();
    for (auto& column : facets_)
        column = {};
    for (auto& column : numbers_)
        column.clear();
    holders_.clear();
    terms_ = {};
    alphabet_.clear();
    orders_.clear();
}

// Moves what lives together; slots keep their order, so every sorted list stays sorted.
void Index::forget_dead() {
    std::vector<Slot> to(ids_.size(), Places::kNone);
    Slot next = 0;
    live_.each([&](Slot slot) { to[slot] = next++; });
    const auto close_gaps = [&](auto& values) {
        for (std::size_t slot = 0; slot < to.size(); ++slot)
            if (to[slot] != Places::kNone) values[to[slot]] = values[slot];
        values.resize(next);
    };
    const auto follow = [&](std::vector<Slot>& slots) {
        for (Slot& slot : slots)
            slot = to[slot];
        std::erase(slots, Places::kNone);
    };
    const auto close_gaps_of = [&](Numbers& numbers) {
        for (std::size_t slot = 0; slot < to.size(); ++slot)
            if (to[slot] != Places::kNone) numbers.set(to[slot], numbers[slot]);
        numbers.resize(next);
    };
    close_gaps(ids_);
    close_gaps(kinds_);
    for (Numbers& column : numbers_)
        close_gaps_of(column);
    for (Column& column : facets_) {
        close_gaps_of(column.values);
        for (Postings& holders : column.holders)
            holders = {};
        for (Slot slot = 0; slot < next; ++slot)
            column.holders[column.value(slot)].add(slot);
    }
    terms_.renumber(to);
    for (auto& [key, order] : orders_) {
        follow(order.slots);
        follow(order.waiting);
    }
    live_ = {};
    places_ = {};
    holders_.clear();
    for (Slot slot = 0; slot < next; ++slot) {
        live_.set(slot);
        note_place(slot);
        holders_[kinds_[slot]].add(slot);
    }
}

void Index::add_words(Slot slot, const Document& document) {
    std::size_t left = kMaxDocumentWords;
    const auto add = [&](std::string_view word, const auto& letters) {
        if (left == 0) return;
        --left;
        if (!terms_.add(word, slot)) return;
        for (const auto letter : letters)
            if (alphabet_.size() < kMaxAlphabet) alphabet_.insert(static_cast<char32_t>(letter));
    };
    for (const auto& text : document.texts) {
        if (ascii_words(text, words_)) {
            for (const std::string& word : words_)
                add(word, word);
        } else {
            for (const auto& word : words(text, true))
                add(to_utf8(word), word);
        }
    }
}

std::uint32_t Index::facet_number(std::size_t column, std::string_view value) const {
    const auto found = facets_[column].numbers.find(value);
    return found == facets_[column].numbers.end() ? Places::kNone : found->second;
}

bool Index::before(const Sort& sort, Slot a, Slot b) const {
    if (sort.by == Sort::By::kNumber) {
        const auto& column = numbers_[sort.column];
        if (column[a] != column[b]) return column[a] < column[b];
    } else {
        const auto order = facets_[sort.column].name(a).compare(facets_[sort.column].name(b));
        if (order != 0) return order < 0;
    }
    return ids_[a] < ids_[b];
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
        std::sort(order.waiting.begin(), order.waiting.end(), less);
        std::vector<Slot> merged;
        merged.reserve(order.slots.size() + order.waiting.size());
        std::merge(order.slots.begin(), order.slots.end(), order.waiting.begin(),
                   order.waiting.end(), std::back_inserter(merged), less);
        order.slots = std::move(merged);
        order.waiting.clear();
    }
    return order;
}

void Index::match_prefix(std::u32string_view word, Bits& out) const {
    terms_.unite_prefix(to_utf8(word), out);
}

void Index::match_exact(const Phrase& phrase, Bits& out) const {
    Bits all = live_;
    for (const auto& word : phrase) {
        Bits one;
        terms_.unite_word(to_utf8(word), one);
        all.intersect(one);
    }
    out.unite(all);
}

// Tries each change of one letter (left out, added, another, two swapped); few of them begin a
// word.
void Index::match_mistyped(const std::u32string& word, Bits& out) const {
    const auto try_word = [&](const std::u32string& candidate) { match_prefix(candidate, out); };
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
    out.intersect(live_);
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
    terms_.settle();
    Bits base = match_text(query.text);
    if (!query.kinds.empty()) {
        Bits wanted;
        for (const auto kind : query.kinds) {
            const auto found = holders_.find(kind);
            if (found != holders_.end()) found->second.unite_into(wanted);
        }
        base.intersect(wanted);
    }
    keep_ranges(query.ranges, base);

    std::map<std::size_t, Bits> chosen;
    for (const auto& [column, values] : query.facets) {
        SHOWFLOOR_CHECK(column < facets_.size(), "a facet column");
        if (values.empty()) continue;
        for (const auto& value : values) {
            Bits& bits = chosen[column];
            const auto& numbers = facets_[column].numbers;
            const auto found = numbers.find(value);
            if (found != numbers.end()) facets_[column].holders[found->second].unite_into(bits);
        }
    }

    Answer answer;
    for (std::size_t column = 0; query.counts && column < facets_.size(); ++column) {
        Bits others = base;
        for (const auto& [other, bits] : chosen)
            if (other != column) others.intersect(bits);
        auto& counts = answer.counts.emplace_back();
        for (const auto& [value, number] : facets_[column].numbers) {
            const Postings& holders = facets_[column].holders[number];
            if (!value.empty() && !holders.empty())
                counts.push_back({value, holders.count_shared(others)});
        }
    }
    for (const auto& [column, bits] : chosen)
        base.intersect(bits);

    answer.slots.reserve(std::min(base.count(), query.most));
    // False once there are enough.
    const auto take = [&](Slot slot) {
        if (base.has(slot)) answer.slots.push_back(slot);
        return answer.slots.size() < query.most;
    };
    // Missing numbers are the smallest there are, yet belong last: they may not be left out early.
    const bool rotates = query.sort.by == Sort::By::kNumber && !query.sort.descending;
    if (query.sort.by == Sort::By::kArrival) {
        base.each([&](Slot slot) { answer.slots.push_back(slot); });
        if (query.sort.descending) std::reverse(answer.slots.begin(), answer.slots.end());
    } else if (const auto& slots = order(query.sort).slots; query.sort.descending) {
        for (auto slot = slots.rbegin(); slot != slots.rend() && take(*slot);)
            ++slot;
    } else {
        for (const Slot slot : slots)
            if (!take(slot) && !rotates) break;
    }
    if (rotates) {
        const auto& column = numbers_[query.sort.column];
        const auto known = std::find_if(answer.slots.begin(), answer.slots.end(),
                                        [&](Slot slot) { return column[slot] != kMissing; });
        std::rotate(answer.slots.begin(), known, answer.slots.end());
    }
    if (answer.slots.size() > query.most) answer.slots.resize(query.most);
    return answer;
}

}  // namespace showfloor::search
