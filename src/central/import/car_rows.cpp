#include "central/import/car_rows.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "central/import/values.hpp"
#include "domain/money.hpp"
#include "domain/records.hpp"

namespace showfloor::central {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// The usual spellings of our fields, in lower case, blanks and dashes as underlines.
constexpr std::array kSpellings = {
    Pair{"vin_number", "vin"},
    Pair{"vin_no", "vin"},
    Pair{"chassis", "vin"},
    Pair{"chassis_no", "vin"},
    Pair{"chassis_number", "vin"},
    Pair{"manufacturer", "make"},
    Pair{"brand", "make"},
    Pair{"model_name", "model"},
    Pair{"model_year", "year"},
    Pair{"year_of_manufacture", "year"},
    Pair{"yom", "year"},
    Pair{"colour", "color"},
    Pair{"exterior_color", "color"},
    Pair{"exterior_colour", "color"},
    Pair{"odometer", "mileage"},
    Pair{"odometer_reading", "mileage"},
    Pair{"kilometres", "mileage"},
    Pair{"kilometers", "mileage"},
    Pair{"miles", "mileage"},
    Pair{"body", "body_style"},
    Pair{"body_type", "body_style"},
    Pair{"gearbox", "transmission"},
    Pair{"fuel", "fuel_type"},
    Pair{"engine", "engine_size"},
    Pair{"engine_capacity", "engine_size"},
    Pair{"displacement", "engine_size"},
    Pair{"drive", "drive_type"},
    Pair{"drivetrain", "drive_type"},
    Pair{"trim", "trim_level"},
    Pair{"stock", "stock_number"},
    Pair{"stock_no", "stock_number"},
    Pair{"stock_#", "stock_number"},
    Pair{"asking_price", "price"},
    Pair{"list_price", "price"},
    Pair{"selling_price", "price"},
    Pair{"options", "features"},
    Pair{"equipment", "features"},
    Pair{"status", "availability"},
    Pair{"tax_class", "tax_code"},
    Pair{"branch_code", "branch"},
    Pair{"location", "branch"},
    Pair{"notes", "description"},
    Pair{"image_link", "image"},
    Pair{"additional_image_link", "image"},
    Pair{"images", "image"},
    Pair{"picture", "image"},
    Pair{"pictures", "image"},
    Pair{"photo", "image"},
    Pair{"photos", "image"},
};

// Google's own names; an empty one is known, and kept with the listing alone.
constexpr std::array kGoogleColumns = {
    Pair{"id", "stock_number"},
    Pair{"store_code", "branch"},
    Pair{"vehicle_option", "features"},
    Pair{"certified_pre-owned", "certified"},
    Pair{"certified_pre_owned", "certified"},
    Pair{"place_id", ""},
    Pair{"maps_url", ""},
    Pair{"dealership_name", ""},
    Pair{"dealership_address", ""},
    Pair{"dealership_email", ""},
    Pair{"dealership_phone", ""},
    Pair{"tracking_phone_number", ""},
    Pair{"link", ""},
    Pair{"link_template", ""},
    Pair{"date_in_stock", ""},
    Pair{"vehicle_msrp", ""},
    Pair{"vehicle_all_in_price", ""},
    Pair{"interior_color", ""},
    Pair{"title", ""},
    Pair{"google_product_category", ""},
    Pair{"vehicle_fulfillment", ""},
    Pair{"legal_disclaimer", ""},
};

// Words of other systems for our options.
constexpr std::array kWords = {
    Pair{"available", "in_stock"},
    Pair{"pending", "reserved"},
    Pair{"pre-owned", "used"},
    Pair{"second hand", "used"},
    Pair{"brand new", "new"},
    Pair{"auto", "automatic"},
    Pair{"stick", "manual"},
    Pair{"electricity", "electric"},
    Pair{"ev", "electric"},
    Pair{"phev", "plug_in_hybrid"},
    Pair{"2wd", "fwd"},
    Pair{"saloon", "sedan"},
    Pair{"station wagon", "wagon"},
    Pair{"cabriolet", "convertible"},
    Pair{"pick-up", "pickup"},
    Pair{"in transit", "in_transit"},
    Pair{"in stock", "in_stock"},
    Pair{"gasoline", "petrol"},
    Pair{"gas", "petrol"},
    Pair{"plug-in hybrid", "plug_in_hybrid"},
    Pair{"cpo", "certified"},
    Pair{"certified pre-owned", "certified"},
    Pair{"front wheel drive", "fwd"},
    Pair{"rear wheel drive", "rwd"},
    Pair{"all wheel drive", "awd"},
    Pair{"four wheel drive", "4wd"},
    Pair{"4x4", "4wd"},
    Pair{"crossover", "suv"},
    Pair{"compact suv", "compact_suv"},
    Pair{"truck", "pickup"},
    Pair{"minivan", "van"},
    Pair{"estate", "wagon"},
    Pair{"miles", "mi"},
    Pair{"mile", "mi"},
    Pair{"kms", "km"},
    Pair{"kilometers", "km"},
    Pair{"kilometres", "km"},
};

std::string our_word(std::string_view text) {
    const std::string word = lower_ascii(trimmed(text));
    for (const auto& [theirs, ours] : kWords) {
        if (theirs == word) return std::string(ours);
    }
    return word;
}

base::Error wrong(std::string_view column, std::string_view why) {
    return base::fail(base::ErrorKind::kInvalid, std::string(column) + " " + std::string(why),
                      "invalid", std::string(column));
}

base::Error in_column(std::string_view column, const base::Error& error) {
    return base::fail(base::ErrorKind::kInvalid, std::string(column) + ": " + error.message,
                      "invalid", std::string(column));
}

std::vector<std::string> parts_of(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        const std::string_view one = trimmed(text.substr(at, end - at));
        if (!one.empty()) parts.emplace_back(one);
        at = end + 1;
    }
    return parts;
}

// "Mileage (km)", "price-KES", "Photo 2": the name, and what stands behind it.
CarColumn named(std::string_view title) {
    CarColumn column;
    column.title = lower_ascii(trimmed(title));
    std::string name = column.title;
    if (const auto open = name.find_first_of("(["); open != std::string::npos && open > 0) {
        const auto close = name.find_first_of(")]", open);
        column.hint = trimmed(std::string_view(name).substr(open + 1, close - open - 1));
        name = trimmed(std::string_view(name).substr(0, open));
    }
    for (char& c : name) {
        if (c == ' ' || c == '-' || c == '.') c = '_';
    }
    while (!name.empty() && name.back() == '_')
        name.pop_back();
    for (const std::string_view part : {"mileage", "odometer", "price"}) {
        if (!name.starts_with(std::string(part) + "_") || name.size() > part.size() + 6) continue;
        const std::string rest = name.substr(part.size() + 1);
        if (rest == "reading" || rest == "unit" || rest == "minor") continue;
        column.hint = rest;
        name = part;
    }
    // Photo_2 is one more photo.
    std::string stem = name;
    while (!stem.empty() && stem.back() >= '0' && stem.back() <= '9')
        stem.pop_back();
    while (!stem.empty() && stem.back() == '_')
        stem.pop_back();
    const bool picture = stem == "image" || stem == "images" || stem == "photo" ||
                         stem == "photos" || stem == "picture" || stem == "pictures" ||
                         stem == "image_link" || stem == "additional_image_link";
    column.name = picture ? stem : name;
    return column;
}

bool find_name(const CarFormat format, CarColumn& column) {
    const domain::Description& car = domain::describe<domain::Car>();
    if (format == CarFormat::kGoogleVehicleListings) {
        for (const auto& [theirs, ours] : kGoogleColumns) {
            if (theirs != column.name && theirs != column.title) continue;
            column.name = ours;
            return true;
        }
    }
    for (const auto& [theirs, ours] : kSpellings) {
        if (theirs != column.name) continue;
        if (theirs == "miles") column.hint = "mi";
        column.name = ours;
        break;
    }
    if (column.name == "branch" || column.name == "price" || column.name == "image") return true;
    const domain::Field* field = car.find(column.name);
    return field != nullptr && !field->computed && field->type != domain::FieldType::kId &&
           column.name != "price_minor" && column.name != "archived";
}

}  // namespace

base::Result<void> read_car_field(const CarColumn& column, std::string_view text, CarRow& row) {
    const std::string& key = column.name;
    if (key.empty() || trimmed(text).empty()) return {};
    if (key == "branch") {
        row.branch_code = trimmed(text);
        return {};
    }
    if (key == "price") {
        row.price = trimmed(text);
        row.price_currency = column.hint;
        return {};
    }
    if (key == "image") {
        for (auto& image : parts_of(text, text.find('|') != std::string_view::npos ? '|' : ','))
            row.images.push_back(std::move(image));
        return {};
    }
    if (key == "certified") {
        if (our_word(text) == "yes" || our_word(text) == "true") row.car["condition"] = "certified";
        return {};
    }
    if (key == "mileage") {
        const auto distance = read_distance(text);
        if (!distance) return in_column(column.title, distance.error());
        row.car["mileage"] = distance->value;
        const std::string unit = distance->unit.empty() ? our_word(column.hint) : distance->unit;
        if (!unit.empty()) row.car["mileage_unit"] = unit;
        return {};
    }
    if (key == "condition" && row.car.contains("condition")) return {};  // certified_pre_owned said
    const domain::Field* field = domain::describe<domain::Car>().find(key);
    SHOWFLOOR_CHECK(field != nullptr, "car_columns() let only known columns pass");
    switch (field->type) {
        case domain::FieldType::kInteger: {
            const auto number = read_whole(text);
            if (!number) return in_column(column.title, number.error());
            row.car[key] = *number;
            return {};
        }
        case domain::FieldType::kEnum:
            row.car[key] = our_word(text);
            return {};
        case domain::FieldType::kTexts: {
            // A repeated column adds to what is there.
            base::Json& list = row.car[key];
            if (!list.is_array()) list = base::Json::array();
            const char separator = text.find('|') != std::string_view::npos ? '|' : ',';
            for (auto& part : parts_of(text, separator))
                list.push_back(std::move(part));
            return {};
        }
        default:
            row.car[key] = std::string(trimmed(text));
            return {};
    }
}

std::optional<CarColumn> google_column(const std::string& title) {
    CarColumn column = named(title);
    if (!find_name(CarFormat::kGoogleVehicleListings, column)) return std::nullopt;
    return column;
}

base::Result<std::vector<CarColumn>> car_columns(CarFormat format,
                                                 const std::vector<std::string>& header) {
    std::vector<CarColumn> columns;
    for (const std::string& title : header) {
        CarColumn column = named(title);
        if (!find_name(format, column))
            return base::fail(base::ErrorKind::kInvalid,
                              "The column \"" + title + "\" is not one of this format.", "column",
                              title);
        const bool repeats = column.name.empty() || column.name == "image" ||
                             column.name == "features" || column.name == "condition";
        const bool there = std::any_of(columns.begin(), columns.end(), [&](const auto& other) {
            return other.name == column.name;
        });
        if (there && !repeats)
            return base::fail(base::ErrorKind::kInvalid,
                              "The column \"" + title + "\" says again what another one says.",
                              "column", title);
        columns.push_back(std::move(column));
    }
    // Make and year may be left to the VIN.
    for (const char* needed : {"vin", "model", "price"}) {
        const bool there = std::any_of(columns.begin(), columns.end(),
                                       [&](const auto& column) { return column.name == needed; });
        if (!there)
            return base::fail(base::ErrorKind::kInvalid,
                              std::string("The column \"") + needed + "\" is missing.", "column",
                              needed);
    }
    return columns;
}

base::Result<CarRow> read_car_row(CarFormat format, const std::vector<CarColumn>& columns,
                                  const std::vector<std::string>& fields) {
    if (fields.size() != columns.size())
        return base::fail(base::ErrorKind::kInvalid,
                          "The line has " + std::to_string(fields.size()) + " fields, the header " +
                              std::to_string(columns.size()) + ".");
    CarRow row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string_view field = unguarded(fields[i]);
        SHOWFLOOR_TRY(read_car_field(columns[i], field, row));
        if (format == CarFormat::kGoogleVehicleListings && !field.empty())
            row.listing.push_back({columns[i].title, std::string(field)});
    }
    if (row.price.empty()) return wrong("price", "is missing.");
    if (!row.car.contains("vin")) return wrong("vin", "is missing.");
    return row;
}

}  // namespace showfloor::central
