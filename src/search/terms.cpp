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

std::string_view Terms::Waiting::word(std::size_t i) const {
    return piece(text, text_ends, i);
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

Run Terms::run_of(const Waiting& waiting) {
    std::vector<std::uint32_t> sorted(waiting.text_ends.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::sort(sorted.begin(), sorted.end(),
              [&](std::uint32_t a, std::uint32_t b) { return waiting.word(a) < waiting.word(b); });
    std::vector<std::uint32_t> next(sorted.size());  // where each word's next slot goes
    std::uint32_t place = 0;
    for (std::size_t number = 0; number < next.size(); ++number) {
        next[number] = place;
        place += waiting.counts[number];
    }
    std::vector<Slot> all(waiting.words.size());
    std::size_t at = 0;
    for (const auto& [slot, end] : waiting.ends)
        for (; at < end; ++at)
            all[next[waiting.words[at]]++] = slot;
    Run run;
    std::vector<Slot> slots;
    for (const std::uint32_t number : sorted) {
        const auto end = all.begin() + next[number];  // its slots stand before it now
        slots.assign(end - waiting.counts[number], end);
        run.append(waiting.word(number), slots);
    }
    run.close();
    return run;
}

Run Terms::merged(const Run& older, const Run& newer) {
    Run out;
    Run::Reader a(older), b(newer);
    bool more_a = a.next(), more_b = b.next();
    std::vector<Slot> slots;
    const auto take = [&slots](const Run::Reader& reader) {
        reader.each_slot([&slots](Slot slot) { slots.push_back(slot); });
    };
    while (more_a || more_b) {
        const int order = !more_a ? 1 : !more_b ? -1 : a.word().compare(b.word());
        const std::string word(order <= 0 ? a.word() : b.word());
        slots.clear();
        // Slots of the newer run are all larger.
        if (order <= 0) take(a), more_a = a.next();
        if (order >= 0) take(b), more_b = b.next();
        out.append(word, slots);
    }
    out.close();
    return out;
}

void Terms::settle() {
    if (waiting_.words.empty()) return;
    runs_.push_back(run_of(waiting_));
    waiting_ = {};
    waiting_.text.shrink_to_fit();  // moving an empty text into it leaves it its memory
    // A run is merged once the next is a quarter as large: few runs, and a change hardly ever
    // touches the large one.
    while (runs_.size() > 1 && runs_.back().entries() * 4 > runs_[runs_.size() - 2].entries()) {
        Run both = merged(runs_[runs_.size() - 2], runs_.back());
        runs_.pop_back();
        runs_.back() = std::move(both);
    }
}

void Terms::unite_prefix(std::string_view prefix, Bits& out) const {
    for (const Run& run : runs_)
        run.unite_prefix(prefix, out);
}

void Terms::unite_word(std::string_view word, Bits& out) const {
    for (const Run& run : runs_)
        run.unite_word(word, out);
}

void Terms::renumber(const std::vector<Slot>& to) {
    settle();
    std::vector<Slot> slots;
    for (Run& run : runs_) {
        Run out;
        for (Run::Reader reader(run); reader.next();) {
            slots.clear();
            reader.each_slot([&](Slot slot) {
                if (to[slot] != Places::kNone) slots.push_back(to[slot]);
            });
            if (!slots.empty()) out.append(reader.word(), slots);
        }
        out.close();
        run = std::move(out);
    }
    std::erase_if(runs_, [](const Run& run) { return run.empty(); });
}

}  // namespace showfloor::search
