#pragma once
// Terms: which documents hold which words. Words stand in a few sorted runs: all text of a run in
// one string, all its documents in one list, so that whatever begins alike is one stretch of both.
// New words wait until settle() makes a small run of them; runs of a size are merged.
// Thread contract: belongs to one thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/bits.hpp"
#include "search/places.hpp"

namespace showfloor::search {

class Terms {
   public:
    // Slots never fall from one call to the next. True when the word is new since settle().
    bool add(std::string_view word, Slot slot);
    // Makes everything added so far findable.
    void settle();
    // Adds the documents of the words that begin so, or of that very word.
    void unite_prefix(std::string_view prefix, Bits& out) const;
    void unite_word(std::string_view word, Bits& out) const;
    // Slot s becomes to[s] (rising); Places::kNone forgets it. Settles first.
    void renumber(const std::vector<Slot>& to);

   private:
    struct Run {
        std::string text;
        std::vector<std::uint32_t> text_ends;  // of each word, rising
        std::vector<std::uint32_t> slot_ends;
        std::vector<Slot> slots;  // of each word, rising

        [[nodiscard]] std::size_t size() const { return text_ends.size(); }
        [[nodiscard]] std::string_view word(std::size_t i) const;
        [[nodiscard]] std::size_t first_slot(std::size_t i) const {
            return i == 0 ? 0 : slot_ends[i - 1];
        }
        [[nodiscard]] std::size_t lower_bound(std::string_view wanted) const;
        void unite(std::size_t first, std::size_t last, Bits& out) const;
        void append_slots(const Run& from, std::size_t i);
        void end_word(std::string_view name);
    };
    struct Waiting {
        std::string text;
        std::vector<std::uint32_t> text_ends;
        std::vector<Slot> last_slots;       // of each word: a document counts once
        std::vector<std::uint32_t> counts;  // of documents
        std::vector<std::uint32_t> words;   // numbers of words, document after document
        std::vector<std::pair<Slot, std::size_t>> ends;  // of each document in `words`
        Places places;

        [[nodiscard]] std::string_view word(std::size_t i) const;
    };

    [[nodiscard]] static Run run_of(const Waiting& waiting);
    [[nodiscard]] static Run merged(const Run& older, const Run& newer);

    std::vector<Run> runs_;  // the oldest and largest first
    Waiting waiting_;
};

}  // namespace showfloor::search
