#pragma once
// Catalogue: the cars a visitor may see, in memory, with the search index over them. Built and
// replaced by the reader thread; what a screen holds never changes under it.
// Thread contract: immutable once published; readable from any thread.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/records.hpp"
#include "search/index.hpp"

namespace showfloor::terminal {

struct CatalogueCar {
    domain::Car car;
    std::vector<domain::CarImage> images;  // by position
    bool pending = false;                  // its state here is not yet confirmed by central
};

class Catalogue {
   public:
    // Cars that are not archived, in no particular order; sold ones stay until central archives
    // them, but are left out of find() unless asked for.
    [[nodiscard]] const std::vector<CatalogueCar>& cars() const { return cars_; }
    [[nodiscard]] const CatalogueCar* find(const base::Uuid& car_id) const;

    enum class Sort { kNewest, kPriceUp, kPriceDown, kMileage, kYear };
    // Positions in cars(), of those in stock, reserved or in transit that match the words.
    [[nodiscard]] std::vector<std::uint32_t> search(std::string_view words, Sort sort) const;

   private:
    friend class CatalogueBuilder;
    std::vector<CatalogueCar> cars_;
    std::unordered_map<base::Uuid, std::uint32_t> by_id_;
    std::shared_ptr<const search::Index> index_;
};

}  // namespace showfloor::terminal
