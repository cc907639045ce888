#include "search/run.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/check.hpp"

namespace showfloor::search {

void Run::append(std::string_view word, const std::vector<Slot>& slots) {
    std::size_t shared = 0;
    if (words_ % kBlock == 0) {
        SHOWFLOOR_CHECK(bytes_.size() <= std::numeric_limits<std::uint32_t>::max(),
                        "words that 32 bits can count");
        blocks_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    } else {
        const auto differ = std::mismatch(word.begin(), word.end(), last_.begin(), last_.end());
        shared = static_cast<std::size_t>(differ.first - word.begin());
    }
    std::string steps;
    Slot before = 0;
    for (const Slot slot : slots) {
        base::put_number(slot - before, steps);
        before = slot;
    }
    base::put_number(shared, bytes_);
    base::put_number(word.size() - shared, bytes_);
    bytes_ += word.substr(shared);
    base::put_number(steps.size(), bytes_);
    bytes_ += steps;
    last_ = word;
    ++words_;
    entries_ += slots.size();
}

bool Run::Reader::next() {
    if (at_ == end_) return false;
    word_.resize(static_cast<std::size_t>(base::take_number(at_)));
    const auto rest = static_cast<std::size_t>(base::take_number(at_));
    word_.append(at_, rest);
    at_ += rest;
    const auto bytes = static_cast<std::size_t>(base::take_number(at_));
    slots_ = at_;
    at_ += bytes;
    return true;
}

std::string_view Run::first_of(std::size_t block) const {
    const char* at = bytes_.data() + blocks_[block];
    (void)base::take_number(at);
    const auto size = static_cast<std::size_t>(base::take_number(at));
    return {at, size};
}

bool Run::find(std::string_view wanted, Reader& reader) const {
    std::size_t low = 0, high = blocks_.size();  // the first block that begins behind it
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (first_of(middle) <= wanted)
            low = middle + 1;
        else
            high = middle;
    }
    reader.at_ = bytes_.data() + (low == 0 ? 0 : blocks_[low - 1]);
    while (reader.next())
        if (reader.word() >= wanted) return true;
    return false;
}

void Run::close() {
    bytes_.shrink_to_fit();
    blocks_.shrink_to_fit();
    last_ = {};
    note_crowds();
}

void Run::note_crowds() {
    std::vector<std::string> found;
    std::array<std::size_t, kCrowdBytes> begun{};  // the first word that begins with as many
    std::string before;
    std::size_t word = 0;
    const auto end = [&](std::size_t bytes) {
        if (word - begun[bytes - 1] >= kCrowd && before.size() >= bytes)
            found.push_back(before.substr(0, bytes));
        begun[bytes - 1] = word;
    };
    for (Reader reader(*this); reader.next(); ++word) {
        for (std::size_t bytes = 1; bytes <= kCrowdBytes; ++bytes)
            if (reader.word().substr(0, bytes) != std::string_view(before).substr(0, bytes))
                end(bytes);
        before = reader.word();
    }
    for (std::size_t bytes = 1; bytes <= kCrowdBytes; ++bytes)
        end(bytes);
    for (std::string& prefix : found) {
        Bits all;
        read_prefix(prefix, all);
        crowds_.emplace(std::move(prefix), std::move(all));
    }
}

void Run::unite_prefix(std::string_view prefix, Bits& out) const {
    if (const auto crowd = crowds_.find(prefix); crowd != crowds_.end())
        out.unite(crowd->second);
    else
        read_prefix(prefix, out);
}

void Run::read_prefix(std::string_view prefix, Bits& out) const {
    Reader first(*this);
    if (!find(prefix, first) || !first.word().starts_with(prefix)) return;
    first.unite_into(out);
    // One letter begins a hundred thousand words: what they are called is not put together. The
    // next begins so too when it shares that much with the one before, or is whole and does.
    for (const char* at = first.at_; at != first.end_;) {
        const auto shared = static_cast<std::size_t>(base::take_number(at));
        const auto rest = static_cast<std::size_t>(base::take_number(at));
        if (shared < prefix.size() &&
            (shared > 0 || !std::string_view(at, rest).starts_with(prefix)))
            return;
        at += rest;
        const auto bytes = static_cast<std::size_t>(base::take_number(at));
        Slot slot = 0;
        for (const char* const end = at + bytes; at != end;)
            out.set(slot += static_cast<Slot>(base::take_number(at)));
    }
}

void Run::unite_word(std::string_view word, Bits& out) const {
    Reader reader(*this);
    if (find(word, reader) && reader.word() == word) reader.unite_into(out);
}

}  // namespace showfloor::search
