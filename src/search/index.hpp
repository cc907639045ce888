#pragma once
// Index: everything that can be looked for, in memory: words with prefixes, synonyms, accents
// folded and one typing error; facets with counts; numeric ranges; sorted results. Knows no cars.
// Thread contract: belongs to one thread (a query refreshes the sort orders).

#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/uuid.hpp"
#include "search/bits.hpp"
#include "search/numbers.hpp"
#include "search/places.hpp"
#include "search/terms.hpp"

namespace showfloor::search {

// A number a document does not have: outside every range, last in every order.
inline constexpr std::int64_t kMissing = std::numeric_limits<std::int64_t>::min();

struct Document {
    base::Uuid id;  // unique over all kinds
    std::uint8_t kind = 0;
    std::vector<std::string> facets;    // one value per facet column, "" = none
    std::vector<std::int64_t> numbers;  // one per number column, kMissing = none
    std::vector<std::string> texts;     // what is searched
};

struct Sort {
    enum class By { kArrival, kNumber, kFacet };
    By by = By::kArrival;
    std::size_t column = 0;
    bool descending = false;
};

struct Range {
    std::size_t column = 0;  // of the numbers
    std::int64_t least = kMissing + 1;
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

struct Query {
    std::string text;                                        // every word must be found
    std::vector<std::uint8_t> kinds;                         // empty = all
    std::map<std::size_t, std::vector<std::string>> facets;  // column -> any of these values
    std::vector<Range> ranges;                               // all of them
    Sort sort;
    std::size_t most = std::numeric_limits<std::size_t>::max();  // of the answer's documents
    bool counts = true;  // false: the answer's counts are left out, which a value each would cost
};

struct FacetCount {
    std::string value;
    std::size_t count = 0;
    friend bool operator==(const FacetCount&, const FacetCount&) = default;
};

struct Answer {
    std::vector<Slot> slots;  // all that match, in the wanted order; page by index
    // Per facet column, values rising: how many would match if this value were chosen in it. The
    // column's own choice is left out, so that chips show their alternatives; zeros are kept.
    std::vector<std::vector<FacetCount>> counts;
};

class Index {
   public:
    // `synonyms`: groups of words or phrases that mean the same ({"awd", "4x4", "all wheel
    // drive"}).
    Index(std::size_t facet_columns, std::size_t number_columns,
          const std::vector<std::vector<std::string>>& synonyms = {});

    // Adds the document, or replaces the one of that id, which then counts as the last to arrive.
    // The first query after many puts sorts their words (100,000 documents: half a second). False
    // when the index is full (kMaxDocuments).
    bool put(const Document& document);
    // False when it is not there.
    bool remove(const base::Uuid& id);
    void clear();
    // Gives back what lists hold in advance; for when nothing more comes soon.
    void compact();
    [[nodiscard]] std::size_t size() const { return live_count_; }

    [[nodiscard]] Answer query(const Query& query);

    // Slots of an answer stay valid until the next put, remove or clear.
    [[nodiscard]] const base::Uuid& id(Slot slot) const { return ids_[slot]; }
    [[nodiscard]] std::uint8_t kind(Slot slot) const { return kinds_[slot]; }
    [[nodiscard]] std::int64_t number(Slot slot, std::size_t column) const {
        return numbers_[column][slot];
    }
    // Two documents have the same value in the column exactly when these are the same.
    [[nodiscard]] std::uint32_t facet(Slot slot, std::size_t column) const {
        return facets_[column].value(slot);
    }
    // Of a value; Places::kNone when no document ever had it.
    [[nodiscard]] std::uint32_t facet_number(std::size_t column, std::string_view value) const;

   private:
    using Phrase = std::vector<std::u32string>;
    // One facet: each value once, and its number for every document.
    struct Column {
        std::map<std::string, std::uint32_t, std::less<>> numbers;
        std::vector<const std::string*> names;  // by number
        std::vector<Postings> holders;          // by number: the documents of that value
        Numbers values;                         // by slot

        [[nodiscard]] std::uint32_t value(Slot slot) const {
            return static_cast<std::uint32_t>(values[slot]);
        }
        [[nodiscard]] const std::string& name(Slot slot) const { return *names[value(slot)]; }
    };
    struct Order {
        std::vector<Slot> slots;    // dead ones too
        std::vector<Slot> waiting;  // new slots, not yet in their place
    };

    [[nodiscard]] Slot find(const base::Uuid& id) const;
    void note_place(Slot slot);
    void add_words(Slot slot, const Document& document);
    void forget_dead();
    [[nodiscard]] Order& order(const Sort& sort);
    [[nodiscard]] bool before(const Sort& sort, Slot a, Slot b) const;

    [[nodiscard]] Bits match_text(std::string_view text) const;
    [[nodiscard]] Bits match_unit(const Phrase& typed, const std::vector<Phrase>* group) const;
    void match_prefix(std::u32string_view word, Bits& out) const;
    void match_exact(const Phrase& phrase, Bits& out) const;
    void match_mistyped(const std::u32string& word, Bits& out) const;
    void keep_ranges(const std::vector<Range>& ranges, Bits& bits) const;

    // A slot is used once. What is removed or replaced stays in the lists as dead, and every answer
    // is cut to what lives, until forget_dead() closes the gaps.
    Bits live_;
    std::size_t live_count_ = 0;
    Places places_;  // slots by id
    std::vector<base::Uuid> ids_;
    std::vector<std::uint8_t> kinds_;
    std::vector<Column> facets_;
    std::vector<Numbers> numbers_;              // by column, then slot
    std::map<std::uint8_t, Postings> holders_;  // of each kind
    Terms terms_;
    std::vector<std::vector<Phrase>> groups_;
    std::map<Phrase, std::size_t> group_of_;
    std::size_t longest_phrase_ = 1;
    std::set<char32_t> alphabet_;
    std::vector<std::string> words_;  // of the text that is being added; kept for its memory
    std::map<std::pair<int, std::size_t>, Order> orders_;  // by kind of sort and column, rising
};

}  // namespace showfloor::search
