#pragma once
// Terms: which documents hold which words. Words stand in a few sorted runs. New words wait until
// settle() makes a small run of them; runs of a size are merged.
// Thread contract: belongs to one thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/bits.hpp"
#include "search/places.hpp"
#include "search/run.hpp"

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
