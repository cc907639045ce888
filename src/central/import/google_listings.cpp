// Cars as Google's vehicle listings. A car that came in by such a file goes out with the values it
// came with, as long as they still mean what the car record says; everything else is written anew.

#include <algorithm>
#include <array>
#include <map>

#include "central/import/car_import.hpp"
#include "central/import/car_rows.hpp"
#include "central/import/values.hpp"
#include "central/walk.hpp"
#include "domain/records.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using Listing = std::vector<std::pair<std::string, std::string>>;

// In this order; what listings brought besides follows behind.
constexpr std::array<std::string_view, 18> kAlways = {
    "vin",        "id",           "store_code", "make",      "model",      "trim",
    "year",       "mileage",      "price",      "condition", "certified",  "exterior_color",
    "body_style", "transmission", "fuel_type",  "engine",    "drivetrain", "vehicle_option"};

std::string_view word(const base::Json& car, const char* field) {
    const auto found = car.find(field);
    if (found == car.end() || !found->is_string()) return {};
    const auto& text = found->get_ref<const std::string&>();
    return text == "unknown" ? std::string_view() : std::string_view(text);
}

// The car's value under one of kAlways.
std::string fresh(const domain::Car& car, const base::Json& json, const std::string& branch,
                  std::string_view column) {
    if (column == "vin") return car.vin;
    if (column == "id") return car.stock_number;
    if (column == "store_code") return branch;
    if (column == "make") return car.make;
    if (column == "model") return car.model;
    if (column == "trim") return car.trim_level;
    if (column == "year") return std::to_string(car.year);
    if (column == "mileage")
        return std::to_string(car.mileage) +
               (car.mileage_unit == domain::MileageUnit::kMi ? " miles" : " km");
    if (column == "price") return amount_text(car.price_minor, car.currency) + " " + car.currency;
    if (column == "condition") return car.condition == domain::Condition::kNew ? "new" : "used";
    if (column == "certified")
        return car.condition == domain::Condition::kCertified ? "yes" : std::string();
    if (column == "exterior_color") return car.color;
    if (column == "engine") return car.engine_size;
    if (column == "drivetrain") return std::string(word(json, "drive_type"));
    if (column == "fuel_type")
        return word(json, "fuel_type") == "petrol" ? "gasoline"
                                                   : std::string(word(json, "fuel_type"));
    if (column == "vehicle_option") {
        std::string text;
        for (const std::string& feature : car.features)
            text += (text.empty() ? "" : "|") + feature;
        return text;
    }
    return std::string(word(json, std::string(column).c_str()));
}

// Which of kAlways says what this column says; itself when it is none of theirs.
std::string_view field_of(const CarColumn& column) {
    static const std::map<std::string_view, std::string_view> fields = {
        {"stock_number", "id"},        {"branch", "store_code"},  {"trim_level", "trim"},
        {"color", "exterior_color"},   {"engine_size", "engine"}, {"drive_type", "drivetrain"},
        {"features", "vehicle_option"}};
    const auto found = fields.find(column.name);
    return found == fields.end() ? std::string_view(column.name) : found->second;
}

Listing read_listing(const std::string& text) {
    Listing listing;
    const auto json = base::parse_json(text, 1024UL * 1024);
    if (!json || !json->is_array()) return listing;
    for (const auto& pair : *json) {
        if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string())
            listing.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
    }
    return listing;
}

// Whether what was written then means what the car record says now.
bool still_holds(const Listing& listing, const std::vector<CarColumn>& columns,
                 std::string_view field, const domain::Car& car, const base::Json& json) {
    CarRow row;
    for (std::size_t i = 0; i < listing.size(); ++i) {
        const bool condition = field == "condition" || field == "certified";
        const bool same =
            field_of(columns[i]) == field ||
            (condition && (columns[i].name == "condition" || columns[i].name == "certified"));
        if (same && !read_car_field(columns[i], listing[i].second, row)) return false;
    }
    if (field == "price") {
        const auto price = read_amount(row.price, car.currency);
        return price && price->minor == car.price_minor && price->currency == car.currency;
    }
    if (field == "store_code") return true;  // another system's name of the store
    for (const auto& [name, value] : row.car.items()) {
        if (!json.contains(name) || json.at(name) != value) return false;
    }
    return true;
}

// The car's columns in the order they are written: title and value, titles may repeat.
Listing listing_of(const domain::Car& car, const std::string& branch, const Listing& known) {
    const base::Json json = domain::to_json(car);
    std::vector<std::string> titles;
    for (const auto& [title, value] : known)
        titles.push_back(title);
    // Only titles that were taken once are stored, so this reads them again.
    std::vector<CarColumn> columns;
    for (const std::string& title : titles) {
        const auto column = google_column(title);
        columns.push_back(column.value_or(CarColumn{{}, title, {}}));
    }
    Listing out;
    for (const std::string_view always : kAlways) {
        bool written = false;
        if (still_holds(known, columns, always, car, json)) {
            for (std::size_t i = 0; i < known.size(); ++i) {
                if (field_of(columns[i]) != always) continue;
                out.push_back(known[i]);
                written = true;
            }
        }
        std::string value = written ? std::string() : fresh(car, json, branch, always);
        if (!value.empty()) out.emplace_back(always, std::move(value));
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
        const std::string_view field = field_of(columns[i]);
        const bool done = std::find(kAlways.begin(), kAlways.end(), field) != kAlways.end();
        if (done) continue;
        // A field of the car beyond Google's usual ones, or a column kept as it was.
        if (columns[i].name.empty() || columns[i].name == "image" ||
            still_holds(known, columns, field, car, json))
            out.push_back(known[i]);
        else if (const auto found = json.find(columns[i].name); found != json.end())
            out.emplace_back(known[i].first, found->is_string() ? found->get<std::string>()
                                                                : base::dump_json(*found));
    }
    return out;
}

// Every car's columns side by side: a title as often as the car that has it most often.
class Sheet {
   public:
    void add(Listing listing) {
        std::map<std::string, int> counts;
        for (const auto& [title, value] : listing) {
            const int count = ++counts[title];
            int& known = most_[title];
            if (count <= known) continue;
            known = count;
            order_.push_back(title);
        }
        rows_.push_back(std::move(listing));
    }
    [[nodiscard]] std::string csv() const {
        std::string out;
        for (const std::string& title : order_)
            out += (out.empty() ? "" : ",") + csv_field(title);
        out += "\r\n";
        for (const Listing& row : rows_) {
            std::map<std::string, std::vector<const std::string*>> values;
            for (const auto& [title, value] : row)
                values[title].push_back(&value);
            std::map<std::string, std::size_t> used;
            std::string line;
            for (const std::string& title : order_) {
                const auto found = values.find(title);
                const std::size_t at = used[title]++;
                line += ',';
                if (found != values.end() && at < found->second.size())
                    line += csv_field(*found->second[at]);
            }
            out += line.substr(1) + "\r\n";
        }
        return out;
    }

   private:
    std::vector<std::string> order_;
    std::map<std::string, int> most_;
    std::vector<Listing> rows_;
};

}  // namespace

base::Result<std::string> export_google_listings(Store& store) {
    SHOWFLOOR_ASSIGN(auto reader, store.reader());
    storage::SqliteWorld world(reader.connection());
    std::map<base::Uuid, std::string> branches;
    for (const auto& branch : world.find<domain::Branch>({}))
        branches[branch.id] = branch.code;
    Sheet sheet;
    SHOWFLOOR_TRY(walk<domain::Car>(world, [&](const domain::Car& car) -> base::Result<void> {
        if (car.archived || car.availability == domain::Availability::kSold ||
            car.availability == domain::Availability::kArchived)
            return {};
        SHOWFLOOR_ASSIGN(const auto known, reader.connection().value(
                                               "SELECT listing FROM car_listing WHERE car_id = ?1",
                                               {database::Cell(car.id.to_string())}));
        const auto* text = std::get_if<std::string>(&known);
        sheet.add(listing_of(car, branches[car.branch_id],
                             text == nullptr ? Listing{} : read_listing(*text)));
        return {};
    }));
    return sheet.csv();
}

}  // namespace showfloor::central
