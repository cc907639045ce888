#pragma once
// Run: sorted words with the documents that hold them, in one string of bytes. A word says how much
// of the one before it begins it and only the rest; its documents stand behind it as the steps from
// one to the next. Every kBlock-th word is whole: there a search may begin.
// Thread contract: a plain value; a Reader must not outlive its run.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/varint.hpp"
#include "search/bits.hpp"

namespace showfloor::search {

class Run {
   public:
    // Words rise, and so do the documents of each; there is at least one.
    void append(std::string_view word, const std::vector<Slot>& slots);
    // Once nothing more comes.
    void close();
    [[nodiscard]] bool empty() const { return words_ == 0; }
    // The documents of all words together.
    [[nodiscard]] std::size_t entries() const { return entries_; }
    // Adds the documents of the words that begin so, or of that very word.
    void unite_prefix(std::string_view prefix, Bits& out) const;
    void unite_word(std::string_view word, Bits& out) const;

    // Goes over the words from the first one on.
    class Reader {
       public:
        explicit Reader(const Run& run) : at_(run.bytes_.data()), end_(at_ + run.bytes_.size()) {}
        // False behind the last word.
        bool next();
        [[nodiscard]] std::string_view word() const { return word_; }
        // Calls use(slot), rising.
        template <typename Use>
        void each_slot(const Use& use) const {
            Slot slot = 0;
            for (const char* at = slots_; at != at_;)
                use(slot += static_cast<Slot>(base::take_number(at)));
        }
        void unite_into(Bits& bits) const {
            each_slot([&bits](Slot slot) { bits.set(slot); });
        }

       private:
        friend class Run;
        const char *at_, *end_;
        const char* slots_ = nullptr;
        std::string word_;
    };

   private:
    static constexpr std::size_t kBlock = 16;
    static constexpr std::size_t kCrowd = 4096, kCrowdBytes = 4;

    [[nodiscard]] std::string_view first_of(std::size_t block) const;
    // Stands at the first word that is not before this one; false when there is none.
    bool find(std::string_view wanted, Reader& reader) const;
    void read_prefix(std::string_view prefix, Bits& out) const;
    void note_crowds();

    std::string bytes_;
    std::vector<std::uint32_t> blocks_;  // where each begins
    std::string last_;                   // word
    std::size_t words_ = 0, entries_ = 0;
    // What begins kCrowd words and more, as numbers of invoices begin alike, with the documents of
    // them all: reading so many words would take milliseconds.
    std::map<std::string, Bits, std::less<>> crowds_;
};

}  // namespace showfloor::search
