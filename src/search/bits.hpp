#pragma once
// Sets of documents: Bits, and Postings that is a short list or bits. Thread contract: plain
// values.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "search/limits.hpp"

namespace showfloor::search {

using Slot = std::uint32_t;

// Grows by itself; what was never set is absent.
class Bits {
   public:
    [[nodiscard]] bool has(Slot slot) const {
        const std::size_t word = slot / 64;
        return word < words_.size() && (words_[word] >> (slot % 64) & 1U) != 0;
    }
    void set(Slot slot) {
        if (slot / 64 >= words_.size()) words_.resize(slot / 64 + 1);
        words_[slot / 64] |= std::uint64_t{1} << (slot % 64);
    }
    void clear(Slot slot) {
        if (slot / 64 < words_.size()) words_[slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
    }
    void unite(const Bits& other) {
        if (other.words_.size() > words_.size()) words_.resize(other.words_.size());
        for (std::size_t i = 0; i < other.words_.size(); ++i)
            words_[i] |= other.words_[i];
    }
    void intersect(const Bits& other) {
        if (words_.size() > other.words_.size()) words_.resize(other.words_.size());
        for (std::size_t i = 0; i < words_.size(); ++i)
            words_[i] &= other.words_[i];
    }
    [[nodiscard]] std::size_t count() const {
        std::size_t sum = 0;
        for (const auto word : words_)
            sum += static_cast<std::size_t>(std::popcount(word));
        return sum;
    }
    [[nodiscard]] std::size_t count_shared(const Bits& other) const {
        std::size_t sum = 0;
        for (std::size_t i = 0; i < std::min(words_.size(), other.words_.size()); ++i)
            sum += static_cast<std::size_t>(std::popcount(words_[i] & other.words_[i]));
        return sum;
    }
    [[nodiscard]] bool none() const {
        return std::all_of(words_.begin(), words_.end(), [](auto word) { return word == 0; });
    }
    // Gives back what is held in advance.
    void compact() { words_.shrink_to_fit(); }
    // Calls visit(slot), rising.
    template <typename Visit>
    void each(const Visit& visit) const {
        for (std::size_t i = 0; i < words_.size(); ++i)
            for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
                visit(static_cast<Slot>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
    }

   private:
    std::vector<std::uint64_t> words_;
};

// Most words stand in one document only, so the empty parts must be small.
class Postings {
   public:
    void add(Slot slot) {
        if (bits_) {
            bits_->set(slot);
            return;
        }
        const auto at = std::lower_bound(list_.begin(), list_.end(), slot);
        if (at != list_.end() && *at == slot) return;
        list_.insert(at, slot);
        if (list_.size() > kDenseFrom) to_bits();
    }
    // For when nothing more comes soon: the smaller of the two for so many documents.
    void compact(std::size_t documents) {
        if (list_.size() * sizeof(Slot) * 8 > documents) to_bits();
        list_.shrink_to_fit();
        if (bits_) bits_->compact();
    }
    void remove(Slot slot) {
        if (bits_) {
            bits_->clear(slot);
            return;
        }
        const auto at = std::lower_bound(list_.begin(), list_.end(), slot);
        if (at != list_.end() && *at == slot) list_.erase(at);
    }
    [[nodiscard]] bool empty() const { return bits_ ? bits_->none() : list_.empty(); }
    void unite_into(Bits& bits) const {
        if (bits_) bits.unite(*bits_);
        for (const Slot slot : list_)
            bits.set(slot);
    }
    [[nodiscard]] std::size_t count_shared(const Bits& bits) const {
        if (bits_) return bits_->count_shared(bits);
        return static_cast<std::size_t>(
            std::count_if(list_.begin(), list_.end(), [&](Slot slot) { return bits.has(slot); }));
    }

   private:
    void to_bits() {
        bits_ = std::make_unique<Bits>();
        for (const Slot slot : list_)
            bits_->set(slot);
        list_ = {};
    }

    std::vector<Slot> list_;      // rising
    std::unique_ptr<Bits> bits_;  // instead of the list once it is long
};

}  // namespace showfloor::search
