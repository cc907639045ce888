#include "central/import/car_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "domain/money.hpp"
#include "domain/records.hpp"

namespace showfloor::central {

namespace {

std::string lower(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

using Pair = std::pair<std::string_view, std::string_view>;

// Google's names for what we call otherwise; an empty one is known and not kept.
constexpr std::array kGoogleColumns = {
    Pair{"id", "stock_number"},
    Pair{"store_code", "branch"},
    Pair{"trim", "trim_level"},
    Pair{"exterior_color", "color"},
    Pair{"brand", "make"},
    Pair{"engine", "engine_size"},
    Pair{"fuel", "fuel_type"},
    Pair{"drivetrain", "drive_type"},
    Pair{"options", "features"},
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
    Pair{"image_link", ""},
    Pair{"additional_image_link", ""},
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
    Pair{"kilometers", "km"},
    Pair{"kilometres", "km"},
};

std::string our_word(std::string_view text) {
    const std::string word = lower(trimmed(text));
    for (const auto& [theirs, ours] : kWords) {
        if (theirs == word) return std::string(ours);
    }
    return word;
}

base::Error wrong(std::string_view column, std::string_view why) {
    return base::fail(base::ErrorKind::kInvalid, std::string(column) + " " + std::string(why),
                      "invalid", std::string(column));
}

base::Result<std::int64_t> whole_number(std::string_view column, std::string_view text) {
    std::string figures;
    for (const char c : text) {
        if (c != ',' && c != ' ') figures += c;
    }
    std::int64_t value = 0;
    const char* end = figures.data() + figures.size();
    const auto [stop, error] = std::from_chars(figures.data(), end, value);
    if (error != std::errc() || stop != end || figures.empty())
        return wrong(column, "is no whole number.");
    return value;
}

// "10499 USD": the amount and its currency apart.
base::Result<void> read_price(std::string_view text, CarRow& row) {
    text = trimmed(text);
    if (const auto space = text.rfind(' '); space != std::string_view::npos) {
        const std::string_view last = text.substr(space + 1);
        if (last.size() == 3 && domain::minor_digits(last)) {
            row.car["currency"] = std::string(last);
            text = text.substr(0, space);
        }
    }
    row.car["price"] = std::string(trimmed(text));
    return {};
}

// "28,100 miles": the figure and its unit.
base::Result<void> read_mileage(std::string_view text, CarRow& row) {
    text = trimmed(text);
    const auto unit = text.find_first_not_of("0123456789, ");
    if (unit != std::string_view::npos) {
        row.car["mileage_unit"] = our_word(text.substr(unit));
        text = trimmed(text.substr(0, unit));
    }
    SHOWFLOOR_ASSIGN(row.car["mileage"], whole_number("mileage", text));
    return {};
}

base::Json features_of(std::string_view text) {
    const char separator = text.find('|') != std::string_view::npos ? '|' : ',';
    base::Json list = base::Json::array();
    std::size_t at = 0;
    while (at <= text.size()) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        const std::string_view one = trimmed(text.substr(at, end - at));
        if (!one.empty()) list.push_back(std::string(one));
        at = end + 1;
    }
    return list;
}

base::Result<void> read_field(std::string_view column, std::string_view text, CarRow& row) {
    if (column == "branch") {
        row.branch_code = trimmed(text);
        return {};
    }
    if (column == "price") return read_price(text, row);
    if (column == "mileage") return read_mileage(text, row);
    if (column == "certified") {
        if (our_word(text) == "yes" || our_word(text) == "true") row.car["condition"] = "certified";
        return {};
    }
    const domain::Field* field = domain::describe<domain::Car>().find(column);
    SHOWFLOOR_CHECK(field != nullptr, "car_columns() let only known columns pass");
    const std::string key(column);
    switch (field->type) {
        case domain::FieldType::kInteger: {
            SHOWFLOOR_ASSIGN(row.car[key], whole_number(column, trimmed(text)));
            return {};
        }
        case domain::FieldType::kEnum:
            row.car[key] = our_word(text);
            return {};
        case domain::FieldType::kTexts:
            row.car[key] = features_of(text);
            return {};
        default:
            row.car[key] = std::string(trimmed(text));
            return {};
    }
}

}  // namespace

base::Result<std::vector<std::string>> car_columns(CarFormat format,
                                                   const std::vector<std::string>& header) {
    const domain::Description& car = domain::describe<domain::Car>();
    std::vector<std::string> columns;
    for (const std::string& title : header) {
        std::string name = lower(trimmed(title));
        if (format == CarFormat::kGoogleVehicleListings) {
            for (const auto& [theirs, ours] : kGoogleColumns) {
                if (theirs == name) {
                    name = ours;
                    break;
                }
            }
        }
        const domain::Field* field = car.find(name);
        const bool known = name.empty() || name == "branch" || name == "price" ||
                           (name == "certified" && format != CarFormat::kShowfloor) ||
                           (field != nullptr && !field->computed &&
                            field->type != domain::FieldType::kId && name != "price_minor");
        if (!known)
            return base::fail(base::ErrorKind::kInvalid,
                              "The column \"" + title + "\" is not one of this format.", "column",
                              title);
        columns.push_back(std::move(name));
    }
    for (const char* needed : {"vin", "make", "model", "year", "price"}) {
        if (std::find(columns.begin(), columns.end(), needed) == columns.end())
            return base::fail(base::ErrorKind::kInvalid,
                              std::string("The column \"") + needed + "\" is missing.", "column",
                              needed);
    }
    return columns;
}

base::Result<CarRow> read_car_row(const std::vector<std::string>& columns,
                                  const std::vector<std::string>& fields) {
    if (fields.size() != columns.size())
        return base::fail(base::ErrorKind::kInvalid,
                          "The line has " + std::to_string(fields.size()) + " fields, the header " +
                              std::to_string(columns.size()) + ".");
    CarRow row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].empty() || trimmed(fields[i]).empty()) continue;
        SHOWFLOOR_TRY(read_field(columns[i], fields[i], row));
    }
    if (!row.car.contains("price")) return wrong("price", "is missing.");
    if (!row.car.contains("vin")) return wrong("vin", "is missing.");
    return row;
}

}  // namespace showfloor::central
