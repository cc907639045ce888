#pragma once
// Places: finds 32-bit numbers of things that stand elsewhere, by the things' hashes: 4 to 8 bytes
// each, where a map of its own nodes takes 60. Thread contract: a plain value.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace showfloor::search {

class Places {
   public:
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;

    // The number for which same(number) holds, or kNone.
    template <typename Same>
    [[nodiscard]] std::uint32_t find(std::size_t hash, const Same& same) const {
        return table_.empty() ? kNone : table_[place(hash, same)];
    }
    // Puts `number` where same(...) holds, or as a new one. hash_of(number) is asked when the table
    // grows.
    template <typename Same, typename HashOf>
    void set(std::size_t hash, std::uint32_t number, const Same& same, const HashOf& hash_of) {
        if (used_ * 4 >= table_.size() * 3) grow(hash_of);
        std::uint32_t& at = table_[place(hash, same)];
        if (at == kNone) ++used_;
        at = number;
    }

   private:
    template <typename Same>
    [[nodiscard]] std::size_t place(std::size_t hash, const Same& same) const {
        // The multiplication spreads hashes that differ in a few bits only.
        std::size_t at = hash * 0x9E3779B97F4A7C15ULL >> 32U & (table_.size() - 1);
        while (table_[at] != kNone && !same(table_[at]))
            at = (at + 1) & (table_.size() - 1);
        return at;
    }
    template <typename HashOf>
    void grow(const HashOf& hash_of) {
        std::vector<std::uint32_t> old(table_.empty() ? 64 : table_.size() * 2, kNone);
        old.swap(table_);
        const auto never = [](std::uint32_t) { return false; };
        for (const std::uint32_t number : old)
            if (number != kNone) table_[place(hash_of(number), never)] = number;
    }

    std::vector<std::uint32_t> table_;  // a power of two, never full
    std::size_t used_ = 0;
};

}  // namespace showfloor::search
