#pragma once
// Catalogue: the cars a visitor may see, in memory, with the search index over them. Built by the
// reader thread, then handed over whole; a newer one replaces it.
//
// 100,000 cars as structs take 100 MB, of which a screen shows twenty: the rows are kept packed,
// and a car becomes a struct when it is looked at. Its pictures' rows are CarImages'. Thread
// contract: one thread at a time; after the hand-over the UI thread's.

#include <array>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/records.hpp"
#include "domain/world.hpp"
#include "search/index.hpp"
#include "search/synonyms.hpp"
#include "terminal/packed_rows.hpp"

namespace showfloor::terminal {

struct CatalogueCar {
    domain::Car car;
};

class Catalogue {
   public:
    // The columns of the index, for filters and sorting.
    enum Facet {
        kMake,
        kModel,
        kBody,
        kFuel,
        kGearbox,
        kDrive,
        kColor,
        kCondition,
        kCurrency,
        kFacets
    };
    enum Number { kPrice, kYear, kMileage, kCreated, kNumbers };
    enum class Sort { kNewest, kPriceUp, kPriceDown, kMileage, kYear };
    // From `least` to `most`, both included.
    struct Bounds {
        std::int64_t least = 0, most = 0;
        bool operator==(const Bounds&) const = default;
    };
    // How the cars on offer spread over a number, for a slider: `bars` of equal width between round
    // bounds; no bars when there is nothing to choose. A few that lie far beyond all others do not
    // press these into one bar: the bounds end before them, and the last bar is "and more".
    struct Spread {
        Bounds bounds;
        std::int64_t furthest = 0;  // of all; beyond `bounds.most` where that means "and more"
        std::int64_t step = 1;      // what a slider moves by
        std::vector<double> bars;
    };

    explicit Catalogue(const search::Synonyms& words = search::trade_words());
    // Reads every car that is not archived. That takes seconds: `between` is called every some
    // milliseconds, for what cannot wait so long.
    static std::shared_ptr<Catalogue> read(
        domain::World& world, const std::function<void()>& between = [] {});
    // The newest cars on offer alone, exactly as the whole begins in its order of Sort::kNewest: a
    // few milliseconds through an index, for the first frames after a start. Knows no values,
    // spreads, or cars like another; what it does not hold may still exist.
    static std::shared_ptr<Catalogue> read_first(domain::World& world);
    static constexpr std::size_t kFirstCars = 60;  // some screenfuls, or a long flick
    [[nodiscard]] bool whole() const { return whole_; }

    // A car that was looked at stays where it is until kKeptOpen others have been, so a reference
    // is good for a frame; copy what is kept longer.
    static constexpr std::size_t kKeptOpen = 192;
    class Cars {
       public:
        struct Iterator {
            const Catalogue* catalogue;
            std::uint32_t at;
            const CatalogueCar& operator*() const { return catalogue->open(at); }
            Iterator& operator++() { return ++at, *this; }
            bool operator==(const Iterator&) const = default;
        };
        explicit Cars(const Catalogue& catalogue) : catalogue_(&catalogue) {}
        [[nodiscard]] std::size_t size() const { return catalogue_->entries_.size(); }
        const CatalogueCar& operator[](std::size_t at) const {
            return catalogue_->open(static_cast<std::uint32_t>(at));
        }
        [[nodiscard]] Iterator begin() const { return {catalogue_, 0}; }
        [[nodiscard]] Iterator end() const {
            return {catalogue_, static_cast<std::uint32_t>(size())};
        }

       private:
        const Catalogue* catalogue_;
    };
    // All of them, sold ones too (a screen that shows one must not lose it).
    [[nodiscard]] Cars cars() const { return Cars(*this); }
    [[nodiscard]] const CatalogueCar* find(const base::Uuid& car_id) const;  // nullptr: none
    // Without looking at the whole car: for walks over all of them.
    [[nodiscard]] domain::Availability availability(std::uint32_t position) const {
        return entries_[position].availability;
    }
    [[nodiscard]] base::Uuid id(std::uint32_t position) const;
    [[nodiscard]] std::size_t on_offer() const { return index_.size(); }

    // How all cars on offer spread over a number. Only numbers a visitor chooses by: price, year,
    // mileage. Worked out once, off the UI thread.
    [[nodiscard]] const Spread& spread(Number column) const { return spreads_[column]; }
    // Values of a facet, the most frequent first.
    [[nodiscard]] const std::vector<std::string>& values(Facet column) const {
        return values_[column];
    }
    // Where the car stands; empty when the branch is not here.
    [[nodiscard]] std::string_view branch_name(const base::Uuid& branch_id) const;
    // The currency of the cars, for the price slider: of the most of them.
    [[nodiscard]] const std::string& currency() const { return currency_; }

    // Cars on offer (in stock, reserved, in transit) that match the words: positions in cars().
    [[nodiscard]] std::vector<std::uint32_t> search(std::string_view words, Sort sort);
    // The query behind it, to add filters to.
    [[nodiscard]] static search::Query query_for(std::string_view words, Sort sort);
    // The same with filters and their counts, over the columns above.
    [[nodiscard]] search::Answer query(search::Query query) { return index_.query(query); }
    [[nodiscard]] std::uint32_t position(search::Slot slot) const { return positions_[slot]; }
    [[nodiscard]] const CatalogueCar& at(search::Slot slot) const { return open(positions_[slot]); }
    // Cars on offer that are most like this one: body, then price, then make. At most `most`.
    [[nodiscard]] std::vector<std::uint32_t> similar(const CatalogueCar& to, std::size_t most);

   private:
    class Reader;
    void measure();  // spreads and values, once all are in
    void read_branches(domain::World& world);
    [[nodiscard]] const CatalogueCar& open(std::uint32_t position) const;

    PackedRows rows_;
    struct Entry {
        const char* car;
        domain::Availability availability;
    };
    std::vector<Entry> entries_;  // by position
    search::Places by_id_;        // positions
    search::Index index_;
    std::vector<std::uint32_t> positions_;  // by slot: slots count up as cars are added
    std::array<Spread, kNumbers> spreads_;
    std::array<std::vector<std::string>, kFacets> values_;
    std::string currency_;
    bool whole_ = true;
    std::unordered_map<base::Uuid, std::string> branches_;

    // The cars that were looked at, the last one first.
    struct Open {
        std::uint32_t position;
        CatalogueCar car;
    };
    mutable std::list<Open> open_;
    mutable std::unordered_map<std::uint32_t, std::list<Open>::iterator> open_at_;
};

}  // namespace showfloor::terminal
