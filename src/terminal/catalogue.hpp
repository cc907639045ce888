#pragma once
// Catalogue: the cars a visitor may see, in memory, with the search index over them. Built by the
// reader thread, then handed over whole; a newer one replaces it.
// Thread contract: one thread at a time; after the hand-over the UI thread's.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/records.hpp"
#include "domain/world.hpp"
#include "search/index.hpp"

namespace showfloor::terminal {

struct CatalogueCar {
    domain::Car car;
    std::vector<domain::CarImage> images;  // by position
};

class Catalogue {
   public:
    // The columns of the index, for filters and sorting.
    enum Facet { kMake, kModel, kBody, kFuel, kGearbox, kDrive, kColor, kCondition, kFacets };
    enum Number { kPrice, kYear, kMileage, kCreated, kNumbers };
    enum class Sort { kNewest, kPriceUp, kPriceDown, kMileage, kYear };

    Catalogue();
    // Reads every car that is not archived with its pictures.
    static std::shared_ptr<Catalogue> read(domain::World& world);

    // All of them, sold ones too (a screen that shows one must not lose it).
    [[nodiscard]] const std::vector<CatalogueCar>& cars() const { return cars_; }
    [[nodiscard]] const CatalogueCar* find(const base::Uuid& car_id) const;  // nullptr: none
    [[nodiscard]] std::size_t on_offer() const { return index_.size(); }

    // Cars on offer (in stock, reserved, in transit) that match the words: positions in cars().
    [[nodiscard]] std::vector<std::uint32_t> search(std::string_view words, Sort sort);
    // The query behind it, to add filters to.
    [[nodiscard]] static search::Query query_for(std::string_view words, Sort sort);
    // The same with filters and their counts, over the columns above.
    [[nodiscard]] search::Answer query(search::Query query) { return index_.query(query); }
    [[nodiscard]] std::uint32_t position(search::Slot slot) const;

   private:
    void add(CatalogueCar car);

    std::vector<CatalogueCar> cars_;
    std::unordered_map<base::Uuid, std::uint32_t> by_id_;
    search::Index index_;
};

}  // namespace showfloor::terminal
