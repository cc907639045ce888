#include "search/terms.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

#include "base/check.hpp"

namespace showfloor::search {
namespace {

std::uint32_t narrow(std::size_t value) {
    SHOWFLOOR_CHECK(value < std::numeric_limits<std::uint32_t>::max(), "words below 4 GB");
    return static_cast<std::uint32_t>(value);
}

std::string_view piece(const std::string& text, const std::vector<std::uint32_t>& ends,
                       std::size_t i) {
    const std::size_t from = i == 0 ? 0 : ends[i - 1];
    return std::string_view(text).substr(from, ends[i] - from);
}

}  // namespace

std::string_view Terms::Run::word(std::size_t i) const {
    return piece(text, text_ends, i);
}

std::string_view Terms::Waiting::word(std::size_t i) const {
    return piece(text, text_ends, i);
}

// The first word not before the wanted one.
std::size_t Terms::Run::lower_bound(std::string_view wanted) const {
    std::size_t low = 0;
    std::size_t high = size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (word(middle) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void Terms::Run::unite(std::size_t first, std::size_t last, Bits& out) const {
    if (first >= last) return;
    for (std::size_t i = first_slot(first); i < slot_ends[last - 1]; ++i)
        out.set(slots[i]);
}

void Terms::Run::append_slots(const Run& from, std::size_t i) {
    const auto at = [&](std::size_t slot) {
        return from.slots.begin() + static_cast<std::ptrdiff_t>(slot);
    };
    slots.insert(slots.end(), at(from.first_slot(i)), at(from.slot_ends[i]));
}

void Terms::Run::end_word(std::string_view name) {
    text += name;
    text_ends.push_back(narrow(text.size()));
    slot_ends.push_back(narrow(slots.size()));
}

bool Terms::add(std::string_view word, Slot slot) {
    Waiting& w = waiting_;
    const std::hash<std::string_view> hash;
    const auto same = [&](std::uint32_t number) { return w.word(number) == word; };
    std::uint32_t number = w.places.find(hash(word), same);
    const bool fresh = number == Places::kNone;
    if (fresh) {
        number = narrow(w.text_ends.size());
        w.places.set(hash(word), number, same,
                     [&](std::uint32_t other) { return hash(w.word(other)); });
        w.text += word;
        w.text_ends.push_back(narrow(w.text.size()));
        w.last_slots.push_back(slot);
        w.counts.push_back(0);
    } else if (w.last_slots[number] == slot) {
        return false;
    }
    if (w.ends.empty() || w.ends.back().first != slot) w.ends.emplace_back(slot, 0);
    w.last_slots[number] = slot;
    ++w.counts[number];
    w.words.push_back(number);
    w.ends.back().second = w.words.size();
    return fresh;
}

Terms::Run Terms::run_of(const Waiting& waiting) {
    std::vector<std::uint32_t> sorted(waiting.text_ends.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::sort(sorted.begin(), sorted.end(),
              [&](std::uint32_t a, std::uint32_t b) { return waiting.word(a) < waiting.word(b); });
    Run run;
    run.text.reserve(waiting.text.size());
    run.text_ends.reserve(sorted.size());
    run.slot_ends.reserve(sorted.size());
    run.slots.resize(waiting.words.size());
    std::vector<std::uint32_t> next(sorted.size());  // where each word's next slot goes
    std::uint32_t place = 0;
    for (const std::uint32_t number : sorted) {
        next[number] = place;
        place += waiting.counts[number];
        run.text += waiting.word(number);
        run.text_ends.push_back(narrow(run.text.size()));
        run.slot_ends.push_back(place);
    }
    std::size_t at = 0;
    for (const auto& [slot, end] : waiting.ends)
        for (; at < end; ++at)
            run.slots[next[waiting.words[at]]++] = slot;
    return run;
}

Terms::Run Terms::merged(const Run& older, const Run& newer) {
    Run out;
    out.text.reserve(older.text.size() + newer.text.size());
    out.text_ends.reserve(older.size() + newer.size());
    out.slot_ends.reserve(older.size() + newer.size());
    out.slots.reserve(older.slots.size() + newer.slots.size());
    std::size_t a = 0;
    std::size_t b = 0;
    while (a < older.size() || b < newer.size()) {
        const int order = a == older.size()   ? 1
                          : b == newer.size() ? -1
                                              : older.word(a).compare(newer.word(b));
        const std::string_view name = order <= 0 ? older.word(a) : newer.word(b);
        // Slots of the newer run are all larger.
        if (order <= 0) out.append_slots(older, a++);
        if (order >= 0) out.append_slots(newer, b++);
        out.end_word(name);
    }
    return out;
}

void Terms::settle() {
    if (waiting_.words.empty()) return;
    runs_.push_back(run_of(waiting_));
    waiting_ = {};
    // A run is merged once the next is a quarter as large: few runs, and a change hardly ever
    // touches the large one.
    while (runs_.size() > 1 &&
           runs_.back().slots.size() * 4 > runs_[runs_.size() - 2].slots.size()) {
        Run both = merged(runs_[runs_.size() - 2], runs_.back());
        runs_.pop_back();
        runs_.back() = std::move(both);
    }
}

void Terms::unite_prefix(std::string_view prefix, Bits& out) const {
    // No word has a byte 0xFF: this stands behind all that begin so.
    const std::string behind = std::string(prefix) + '\xFF';
    for (const Run& run : runs_) {
        const std::size_t first = run.lower_bound(prefix);
        if (first == run.size() || !run.word(first).starts_with(prefix)) continue;
        run.unite(first, run.lower_bound(behind), out);
    }
}

void Terms::unite_word(std::string_view word, Bits& out) const {
    for (const Run& run : runs_) {
        const std::size_t at = run.lower_bound(word);
        if (at < run.size() && run.word(at) == word) run.unite(at, at + 1, out);
    }
}

void Terms::renumber(const std::vector<Slot>& to) {
    settle();
    for (Run& run : runs_) {
        Run out;
        for (std::size_t i = 0; i < run.size(); ++i) {
            const std::size_t before = out.slots.size();
            for (std::size_t s = run.first_slot(i); s < run.slot_ends[i]; ++s)
                if (const Slot slot = to[run.slots[s]]; slot != Places::kNone)
                    out.slots.push_back(slot);
            if (out.slots.size() > before) out.end_word(run.word(i));
        }
        run = std::move(out);
    }
    std::erase_if(runs_, [](const Run& run) { return run.slots.empty(); });
}

}  // namespace showfloor::search
