#include "terminal/catalogue.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

namespace showfloor::terminal {

namespace {

constexpr std::size_t kPage = 1000;  // rows read at once; bounds what stands in memory twice

const std::string& text(const domain::Row& row, std::size_t field) {
    static const std::string none;
    const auto* found = std::get_if<std::string>(&row[field]);
    return found == nullptr ? none : *found;
}

std::int64_t number(const domain::Row& row, std::size_t field) {
    const auto* found = std::get_if<std::int64_t>(&row[field]);
    return found == nullptr ? 0 : *found;
}

std::vector<PackedRows::Keep> keeps(const domain::Description& record,
                                    std::initializer_list<std::string_view> own,
                                    std::initializer_list<std::string_view> not_kept) {
    std::vector<PackedRows::Keep> keeps(record.fields.size(), PackedRows::Keep::kShared);
    for (const auto field : own)
        keeps[record.index_of(field)] = PackedRows::Keep::kOwn;
    for (const auto field : not_kept)
        keeps[record.index_of(field)] = PackedRows::Keep::kNot;
    return keeps;
}

std::string name(domain::BodyStyle style) {
    return std::string(domain::kBodyStyleNames[static_cast<std::size_t>(style)]);
}

bool is_on_offer(domain::Availability availability) {
    using domain::Availability;
    return availability == Availability::kInStock || availability == Availability::kReserved ||
           availability == Availability::kInTransit;
}

// What the index is told of a car, without making the car.
class Documents {
   public:
    // Good until the next call.
    const search::Document& of(const base::Uuid& id, const domain::Row& row) {
        document_.id = id;
        for (std::size_t i = 0; i < facets_.size(); ++i)
            document_.facets[i] = named(row, facets_[i]);
        for (std::size_t i = 0; i < numbers_.size(); ++i)
            document_.numbers[i] = number(row, numbers_[i]);
        for (std::size_t i = 0; i < texts_.size(); ++i)
            document_.texts[i] = named(row, texts_[i]);
        document_.texts.back() = std::to_string(document_.numbers[Catalogue::kYear]);
        return document_;
    }
    Documents() {
        for (const auto field : {"make", "model", "body_style", "fuel_type", "transmission",
                                 "drive_type", "color", "condition", "currency"})
            facets_.push_back(car_.index_of(field));
        for (const auto field : {"price_minor", "year", "mileage", "created_at"})
            numbers_.push_back(car_.index_of(field));
        for (const auto field :
             {"make", "model", "trim_level", "color", "stock_number", "vin", "body_style",
              "fuel_type", "transmission", "drive_type", "condition"})
            texts_.push_back(car_.index_of(field));
        document_.facets.resize(facets_.size());
        document_.numbers.resize(numbers_.size());
        document_.texts.resize(texts_.size() + 1);
    }

   private:
    // An enum that is not said is its first option.
    [[nodiscard]] std::string_view named(const domain::Row& row, std::size_t field) const {
        const domain::Field& described = car_.fields[field];
        if (described.type == domain::FieldType::kEnum && domain::is_null(row[field]))
            return described.options.front();
        return text(row, field);
    }

    const domain::Description& car_ = domain::describe<domain::Car>();
    std::vector<std::size_t> facets_, numbers_, texts_;
    search::Document document_;
};

// Every row, by rising id, page by page.
template <typename Use>
void each_row(
    domain::World& world, const domain::Description& record, const Use& use,
    const std::function<void()>& between = [] {}) {
    std::string last = base::Uuid{}.to_string();
    for (;;) {
        const auto page = world.find_rows(
            record, {.where = {{"id", last, domain::Compare::kGreater}}, .limit = kPage});
        for (const domain::Row& row : page)
            use(row);
        if (page.size() < kPage) return;
        last = text(page.back(), 0);
        between();
    }
}

// The newest of one availability, archived ones too, as the index sorts them: by created_at, then
// id, both falling. At least `most`, unless there are fewer.
std::vector<domain::Row> newest_of(domain::World& world, domain::Availability availability,
                                   std::size_t most) {
    const domain::Description& car = domain::describe<domain::Car>();
    const std::size_t created = car.index_of("created_at");
    const std::string name(domain::kAvailabilityNames[static_cast<std::size_t>(availability)]);
    auto rows = world.find_rows(car, {.where = {{"availability", name}},
                                      .order_by = "created_at",
                                      .descending = true,
                                      .limit = most});
    if (rows.size() == most) {
        // The last moment may hold more cars, and those with the largest ids come first.
        const std::int64_t last = number(rows.back(), created);
        std::erase_if(rows, [&](const domain::Row& row) { return number(row, created) == last; });
        auto others = world.find_rows(car, {.where = {{"availability", name}, {"created_at", last}},
                                            .order_by = "id",
                                            .descending = true,
                                            .limit = most});
        std::move(others.begin(), others.end(), std::back_inserter(rows));
    }
    return rows;
}

// The beginning of all cars on offer in that order: at most `most`, and fewer before a wrong one.
std::vector<domain::Row> newest_on_offer(domain::World& world, std::size_t most) {
    const domain::Description& car = domain::describe<domain::Car>();
    const std::size_t created = car.index_of("created_at"), archived = car.index_of("archived");
    const auto newer = [created](const domain::Row& a, const domain::Row& b) {
        const std::int64_t x = number(a, created), y = number(b, created);
        return x != y ? x > y : text(a, 0) > text(b, 0);
    };
    std::vector<domain::Row> all;
    std::optional<domain::Row> horizon;  // behind it some availability was not looked at
    for (const auto availability : {domain::Availability::kInStock, domain::Availability::kReserved,
                                    domain::Availability::kInTransit}) {
        auto rows = newest_of(world, availability, most);
        std::sort(rows.begin(), rows.end(), newer);
        if (rows.size() >= most && (!horizon || newer(rows.back(), *horizon)))
            horizon = rows.back();
        std::move(rows.begin(), rows.end(), std::back_inserter(all));
    }
    std::sort(all.begin(), all.end(), newer);
    std::erase_if(all, [&](const domain::Row& row) {
        return number(row, archived) != 0 || (horizon && newer(*horizon, row));
    });
    if (all.size() > most) all.resize(most);
    return all;
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

// The largest number that is not alone: a few that lie more than as far again beyond all others
// are left out.
std::int64_t usual_most(std::vector<std::int64_t> numbers, std::int64_t least) {
    constexpr std::size_t kFewest = 5, kAlone = 50;  // one in so many
    const auto last = numbers.end() - 1;
    if (numbers.size() < kFewest) return *std::max_element(numbers.begin(), numbers.end());
    const auto alone =
        std::max<std::ptrdiff_t>(1, static_cast<std::ptrdiff_t>(numbers.size() / kAlone));
    std::nth_element(numbers.begin(), last - alone, numbers.end());
    const std::int64_t usual = *(last - alone);
    const std::int64_t furthest = *std::max_element(last - alone, numbers.end());
    return usual > least && furthest - least > 2 * (usual - least) ? usual : furthest;
}

}  // namespace

class Catalogue::Reader {
   public:
    explicit Reader(Catalogue& catalogue) : catalogue_(catalogue) {}
    void take_car(const domain::Row& row);

   private:
    using Availability = domain::Availability;
    [[nodiscard]] Availability availability_of(const domain::Row& row) const;

    Catalogue& catalogue_;
    const domain::Description& car_ = domain::describe<domain::Car>();
    const std::vector<PackedRows::Keep> car_keeps_ = keeps(car_, {"id", "vin", "stock_number"}, {});
    const std::size_t car_archived_ = car_.index_of("archived"),
                      availability_ = car_.index_of("availability");
    Documents documents_;
};

domain::Availability Catalogue::Reader::availability_of(const domain::Row& row) const {
    const auto& names = domain::kAvailabilityNames;
    const auto found = std::find(names.begin(), names.end(), text(row, availability_));
    return found == names.end() ? domain::Car{}.availability
                                : static_cast<Availability>(found - names.begin());
}

void Catalogue::Reader::take_car(const domain::Row& row) {
    const Availability availability = availability_of(row);
    const auto id = base::Uuid::parse(text(row, 0));
    if (!id || number(row, car_archived_) != 0 || availability == Availability::kArchived) return;
    const auto position = static_cast<std::uint32_t>(catalogue_.entries_.size());
    catalogue_.rows_.pack(row, car_keeps_);
    catalogue_.entries_.push_back({catalogue_.rows_.finish(), availability});
    const std::hash<base::Uuid> hash;
    catalogue_.by_id_.set(
        hash(*id), position, [&](std::uint32_t other) { return catalogue_.id(other) == *id; },
        [&](std::uint32_t other) { return hash(catalogue_.id(other)); });
    if (is_on_offer(availability) && catalogue_.index_.put(documents_.of(*id, row)))
        catalogue_.positions_.push_back(position);
}

Catalogue::Catalogue(const search::Synonyms& words) : index_(kFacets, kNumbers, words) {}

std::shared_ptr<Catalogue> Catalogue::read(domain::World& world,
                                           const std::function<void()>& between) {
    auto catalogue = std::make_shared<Catalogue>(search::search_words());
    Reader reader(*catalogue);
    each_row(
        world, domain::describe<domain::Car>(),
        [&](const domain::Row& row) { reader.take_car(row); }, between);
    catalogue->read_branches(world);
    catalogue->measure();
    between();
    // The first search in each order sorts everything: better here than on the UI thread.
    for (const Sort sort :
         {Sort::kNewest, Sort::kPriceUp, Sort::kPriceDown, Sort::kMileage, Sort::kYear})
        (void)catalogue->search({}, sort), between();
    catalogue->index_.compact();
    catalogue->entries_.shrink_to_fit();
    catalogue->positions_.shrink_to_fit();
    return catalogue;
}

std::shared_ptr<Catalogue> Catalogue::read_first(domain::World& world) {
    auto catalogue = std::make_shared<Catalogue>();
    catalogue->whole_ = false;
    Reader reader(*catalogue);
    for (const domain::Row& car : newest_on_offer(world, kFirstCars))
        reader.take_car(car);
    catalogue->read_branches(world);
    return catalogue;
}

void Catalogue::read_branches(domain::World& world) {
    const domain::Description& branch = domain::describe<domain::Branch>();
    each_row(world, branch, [&, name = branch.index_of("name")](const domain::Row& row) {
        if (const auto id = base::Uuid::parse(text(row, 0))) branches_[*id] = text(row, name);
    });
}

const CatalogueCar& Catalogue::open(std::uint32_t position) const {
    if (const auto found = open_at_.find(position); found != open_at_.end()) {
        open_.splice(open_.begin(), open_, found->second);
        return found->second->car;
    }
    if (open_.size() >= kKeptOpen) {
        open_at_.erase(open_.back().position);
        open_.pop_back();
    }
    const Entry& entry = entries_[position];
    CatalogueCar fresh;
    domain::Row row(domain::describe<domain::Car>().fields.size());
    rows_.unpack(entry.car, row);
    // What has another shape than it should is left as it is by default.
    (void)domain::fill_from_row(domain::describe<domain::Car>(), row, &fresh.car);
    open_.push_front({position, std::move(fresh)});
    open_at_[position] = open_.begin();
    return open_.front().car;
}

base::Uuid Catalogue::id(std::uint32_t position) const {
    return PackedRows::id_at(entries_[position].car);
}

const CatalogueCar* Catalogue::find(const base::Uuid& car_id) const {
    const auto found = by_id_.find(std::hash<base::Uuid>()(car_id),
                                   [&](std::uint32_t other) { return id(other) == car_id; });
    return found == search::Places::kNone ? nullptr : &open(found);
}

void Catalogue::measure() {
    constexpr std::int64_t kBars = 24, kSteps = 100;
    const auto counts = index_.query({}).counts;
    std::size_t most_cars = 0;
    for (const auto& [currency, count] : counts[kCurrency])
        if (count > most_cars) most_cars = count, currency_ = currency;
    const auto ours = index_.facet_number(kCurrency, currency_);
    for (const Number column : {kPrice, kYear, kMileage}) {
        std::vector<std::int64_t> numbers;
        numbers.reserve(positions_.size());
        for (std::size_t slot = 0; slot < positions_.size(); ++slot) {
            const auto at = static_cast<search::Slot>(slot);
            if (column == kPrice && index_.facet(at, kCurrency) != ours) continue;
            numbers.push_back(index_.number(at, column));
        }
        if (numbers.empty()) continue;
        const std::int64_t least = *std::min_element(numbers.begin(), numbers.end());
        const std::int64_t furthest = *std::max_element(numbers.begin(), numbers.end());
        if (least == furthest) continue;
        const std::int64_t most = column == kYear ? furthest : usual_most(numbers, least);
        Spread& spread = spreads_[column];
        spread.step = column == kYear ? 1 : round_step(most - least, kSteps);
        spread.bounds.least = least / spread.step * spread.step;
        spread.bounds.most = (most + spread.step - 1) / spread.step * spread.step;
        spread.furthest = std::max(furthest, spread.bounds.most);
        const std::int64_t width = spread.bounds.most - spread.bounds.least;
        const std::int64_t bars = std::min(kBars, width / spread.step + (column == kYear ? 1 : 0));
        spread.bars.assign(static_cast<std::size_t>(bars), 0.0);
        for (const std::int64_t number : numbers) {
            const std::int64_t within = std::min(number, spread.bounds.most);
            const std::int64_t bar = (within - spread.bounds.least) * bars / (width + 1);
            spread.bars[static_cast<std::size_t>(bar)] += 1;
        }
    }
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
    if (!whole_) return {};          // the nearest may be among those still to come
    const domain::Car car = to.car;  // a copy: what follows may look at others
    const std::string body = name(car.body_style);
    search::Query query = query_for({}, Sort::kPriceUp);
    query.facets[kBody] = {body};
    auto near = index_.query(query).slots;
    if (near.size() <= most) near = index_.query(query_for({}, Sort::kPriceUp)).slots;
    const auto differs = [this](Facet column, const std::string& value) {
        return [this, column, number = index_.facet_number(column, value)](search::Slot slot) {
            return index_.facet(slot, column) != number;
        };
    };
    const auto other_currency = differs(kCurrency, car.currency);
    const auto other_make = differs(kMake, car.make);
    const auto other_body = differs(kBody, body);
    const auto distance = [&](search::Slot slot) {
        if (other_currency(slot)) return std::numeric_limits<std::int64_t>::max();
        // Another make is as far away as a tenth of the price, another body as half of it.
        std::int64_t far = std::abs(index_.number(slot, kPrice) - car.price_minor);
        if (other_make(slot)) far += car.price_minor / 10;
        if (other_body(slot)) far += car.price_minor / 2;
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
