#include "terminal/catalogue.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
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
                       name(domain::kConditionNames, car.condition),
                       car.currency};
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

// 1, 2 or 5 times a power of ten, so that about `parts` of them make up `whole`.
std::int64_t round_step(std::int64_t whole, std::int64_t parts) {
    const std::int64_t least = std::max<std::int64_t>(1, whole / parts);
    std::int64_t power = 1;
    while (power <= least / 10)
        power *= 10;
    for (const std::int64_t factor : {1, 2, 5, 10})
        if (power * factor >= least) return power * factor;
    return power * 10;
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
    read_all<domain::Branch>(world, "id", [&](domain::Branch branch) {
        catalogue->branches_[branch.id] = std::move(branch.name);
    });
    catalogue->measure();
    // The first search in each order sorts everything: better here than on the UI thread.
    for (const Sort sort :
         {Sort::kNewest, Sort::kPriceUp, Sort::kPriceDown, Sort::kMileage, Sort::kYear})
        (void)catalogue->search({}, sort);
    return catalogue;
}

void Catalogue::add(CatalogueCar car) {
    const auto position = static_cast<std::uint32_t>(cars_.size());
    by_id_[car.car.id] = position;
    if (is_on_offer(car.car) && index_.put(document_of(car.car))) positions_.push_back(position);
    cars_.push_back(std::move(car));
}

const CatalogueCar* Catalogue::find(const base::Uuid& car_id) const {
    const auto found = by_id_.find(car_id);
    return found == by_id_.end() ? nullptr : &cars_[found->second];
}

void Catalogue::measure() {
    constexpr std::int64_t kBars = 24, kSteps = 100;
    std::map<std::string, std::size_t> currencies;
    for (const std::uint32_t position : positions_)
        ++currencies[cars_[position].car.currency];
    std::size_t most_cars = 0;
    for (const auto& [currency, count] : currencies)
        if (count > most_cars) most_cars = count, currency_ = currency;
    for (const Number column : {kPrice, kYear, kMileage}) {
        std::vector<std::int64_t> numbers;
        numbers.reserve(positions_.size());
        for (std::size_t slot = 0; slot < positions_.size(); ++slot) {
            if (column == kPrice && cars_[positions_[slot]].car.currency != currency_) continue;
            numbers.push_back(index_.number(static_cast<search::Slot>(slot), column));
        }
        if (numbers.empty()) continue;
        const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
        if (*least == *most) continue;
        Spread& spread = spreads_[column];
        spread.step = column == kYear ? 1 : round_step(*most - *least, kSteps);
        spread.bounds.least = *least / spread.step * spread.step;
        spread.bounds.most = (*most + spread.step - 1) / spread.step * spread.step;
        const std::int64_t width = spread.bounds.most - spread.bounds.least;
        const std::int64_t bars = std::min(kBars, width / spread.step + (column == kYear ? 1 : 0));
        spread.bars.assign(static_cast<std::size_t>(bars), 0.0);
        for (const std::int64_t number : numbers) {
            const std::int64_t bar = (number - spread.bounds.least) * bars / (width + 1);
            spread.bars[static_cast<std::size_t>(bar)] += 1;
        }
    }
    const auto counts = index_.query({}).counts;
    for (std::size_t column = 0; column < counts.size(); ++column) {
        auto sorted = counts[column];
        std::stable_sort(sorted.begin(), sorted.end(),
                         [](const auto& a, const auto& b) { return a.count > b.count; });
        for (const auto& each : sorted)
            values_[column].push_back(each.value);
    }
}

std::string_view Catalogue::branch_name(const base::Uuid& branch_id) const {
    const auto found = branches_.find(branch_id);
    return found == branches_.end() ? std::string_view() : found->second;
}

std::vector<std::uint32_t> Catalogue::similar(const CatalogueCar& to, std::size_t most) {
    const domain::Car& car = to.car;
    const auto body = name(domain::kBodyStyleNames, car.body_style);
    search::Query query = query_for({}, Sort::kPriceUp);
    query.facets[kBody] = {body};
    auto near = index_.query(query).slots;
    if (near.size() <= most) near = index_.query(query_for({}, Sort::kPriceUp)).slots;
    const auto distance = [&](search::Slot slot) {
        const domain::Car& other = at(slot).car;
        if (other.currency != car.currency) return std::numeric_limits<std::int64_t>::max();
        // Another make is as far away as a tenth of the price, another body as half of it.
        std::int64_t far = std::abs(other.price_minor - car.price_minor);
        if (other.make != car.make) far += car.price_minor / 10;
        if (other.body_style != car.body_style) far += car.price_minor / 2;
        return far;
    };
    std::erase_if(near, [&](search::Slot slot) { return index_.id(slot) == car.id; });
    const std::size_t kept = std::min(most, near.size());
    std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(kept), near.end(),
                      [&](search::Slot a, search::Slot b) {
                          const auto x = distance(a), y = distance(b);
                          return x != y ? x < y : index_.id(a) < index_.id(b);
                      });
    std::vector<std::uint32_t> positions;
    for (std::size_t i = 0; i < kept; ++i)
        positions.push_back(position(near[i]));
    return positions;
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
