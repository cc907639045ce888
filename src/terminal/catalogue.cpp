#include "terminal/catalogue.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace showfloor::terminal {

namespace {

constexpr std::size_t kPage = 5000;  // rows read at once; bounds what stands in memory twice

// What buyers type and dealers write for the same thing.
const std::vector<std::vector<std::string>>& synonyms() {
    static const std::vector<std::vector<std::string>> groups = {
        {"awd", "all wheel drive", "4matic", "quattro", "xdrive"},
        {"4wd", "4x4", "four wheel drive"},
        {"fwd", "front wheel drive"},
        {"rwd", "rear wheel drive"},
        {"automatic", "auto"},
        {"petrol", "gasoline", "gas", "benzin"},
        {"electric", "ev", "bev"},
        {"plug in hybrid", "phev", "plug_in_hybrid"},
        {"pickup", "pick up", "truck", "ute"},
        {"suv", "crossover", "jeep"},
        {"compact suv", "compact_suv"},
        {"sedan", "saloon"},
        {"wagon", "estate", "station wagon"},
        {"hatchback", "hatch"},
        {"van", "minivan", "mpv"},
        {"volkswagen", "vw"},
        {"mercedes", "mercedes-benz", "benz"},
        {"chevrolet", "chevy"},
        {"grey", "gray"},
    };
    return groups;
}

template <typename Enum>
std::string name(std::span<const std::string_view> names, Enum value) {
    return std::string(names[static_cast<std::size_t>(value)]);
}

bool is_on_offer(const domain::Car& car) {
    using domain::Availability;
    return car.availability == Availability::kInStock ||
           car.availability == Availability::kReserved ||
           car.availability == Availability::kInTransit;
}

search::Document document_of(const domain::Car& car) {
    search::Document document;
    document.id = car.id;
    document.facets = {car.make,
                       car.model,
                       name(domain::kBodyStyleNames, car.body_style),
                       name(domain::kFuelTypeNames, car.fuel_type),
                       name(domain::kTransmissionNames, car.transmission),
                       name(domain::kDriveTypeNames, car.drive_type),
                       car.color,
                       name(domain::kConditionNames, car.condition)};
    document.numbers = {car.price_minor, car.year, car.mileage, car.created_at};
    document.texts = {car.make,
                      car.model,
                      car.trim_level,
                      std::to_string(car.year),
                      car.color,
                      car.stock_number,
                      car.vin,
                      document.facets[Catalogue::kBody],
                      document.facets[Catalogue::kFuel],
                      document.facets[Catalogue::kGearbox],
                      document.facets[Catalogue::kDrive],
                      document.facets[Catalogue::kCondition]};
    return document;
}

// Every row of a small-enough record, page by page.
template <typename T, typename Use>
void read_all(domain::World& world, std::string_view order_by, Use use) {
    domain::Query query{.where = {}, .order_by = order_by, .limit = kPage};
    for (;;) {
        auto page = world.find<T>(query);
        const std::size_t got = page.size();
        for (T& record : page)
            use(std::move(record));
        if (got < kPage) return;
        query.offset += kPage;
    }
}

}  // namespace

Catalogue::Catalogue() : index_(kFacets, kNumbers, synonyms()) {}

std::shared_ptr<Catalogue> Catalogue::read(domain::World& world) {
    auto catalogue = std::make_shared<Catalogue>();
    std::unordered_map<base::Uuid, std::vector<domain::CarImage>> images;
    read_all<domain::CarImage>(world, "id", [&](domain::CarImage image) {
        if (!image.archived) images[image.car_id].push_back(std::move(image));
    });
    read_all<domain::Car>(world, "id", [&](domain::Car car) {
        if (car.archived || car.availability == domain::Availability::kArchived) return;
        CatalogueCar entry;
        if (const auto found = images.find(car.id); found != images.end()) {
            entry.images = std::move(found->second);
            std::sort(entry.images.begin(), entry.images.end(),
                      [](const auto& a, const auto& b) { return a.position < b.position; });
        }
        entry.car = std::move(car);
        catalogue->add(std::move(entry));
    });
    // The first search in each order sorts everything: better here than on the UI thread.
    for (const Sort sort :
         {Sort::kNewest, Sort::kPriceUp, Sort::kPriceDown, Sort::kMileage, Sort::kYear})
        (void)catalogue->search({}, sort);
    return catalogue;
}

void Catalogue::add(CatalogueCar car) {
    by_id_[car.car.id] = static_cast<std::uint32_t>(cars_.size());
    if (is_on_offer(car.car)) index_.put(document_of(car.car));
    cars_.push_back(std::move(car));
}

const CatalogueCar* Catalogue::find(const base::Uuid& car_id) const {
    const auto found = by_id_.find(car_id);
    return found == by_id_.end() ? nullptr : &cars_[found->second];
}

std::uint32_t Catalogue::position(search::Slot slot) const {
    return by_id_.at(index_.id(slot));
}

search::Query Catalogue::query_for(std::string_view words, Sort sort) {
    search::Query query;
    query.text = words;
    query.sort.by = search::Sort::By::kNumber;
    switch (sort) {
        case Sort::kNewest:
            query.sort.column = kCreated;
            query.sort.descending = true;
            break;
        case Sort::kPriceUp:
            query.sort.column = kPrice;
            break;
        case Sort::kPriceDown:
            query.sort.column = kPrice;
            query.sort.descending = true;
            break;
        case Sort::kMileage:
            query.sort.column = kMileage;
            break;
        case Sort::kYear:
            query.sort.column = kYear;
            query.sort.descending = true;
            break;
    }
    return query;
}

std::vector<std::uint32_t> Catalogue::search(std::string_view words, Sort sort) {
    std::vector<std::uint32_t> positions;
    for (const search::Slot slot : index_.query(query_for(words, sort)).slots)
        positions.push_back(position(slot));
    return positions;
}

}  // namespace showfloor::terminal
