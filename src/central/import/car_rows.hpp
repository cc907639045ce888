#pragma once
// One line of a car file as arguments of create_car; used by car_import.cpp and
// google_listings.cpp. Thread contract: pure functions.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "central/import/car_import.hpp"

namespace showfloor::central {

struct CarColumn {
    std::string name;  // the car record's field, "price", "branch", "image", "certified"; or empty:
                       // known and kept with the listing only
    std::string title;  // as the file has it, in lower case: "exterior_color"
    std::string hint;   // unit or currency out of the title: "Mileage (km)"
};

// Which column is which; kInvalid names an unknown, doubled or missing one.
base::Result<std::vector<CarColumn>> car_columns(CarFormat format,
                                                 const std::vector<std::string>& header);

// One of Google's columns by its title; nullopt when it is none.
[[nodiscard]] std::optional<CarColumn> google_column(const std::string& title);

struct CarRow {
    base::Json car = base::Json::object();  // fields of the car record, without ids and price
    std::string price, price_currency;      // as written; its currency is settled with the branch
    std::string branch_code;
    std::vector<std::string> images;           // file names or addresses
    base::Json listing = base::Json::array();  // [title, value] pairs as written (Google's format)
};

// kInvalid with a sentence on the first field that cannot be read.
base::Result<CarRow> read_car_row(CarFormat format, const std::vector<CarColumn>& columns,
                                  const std::vector<std::string>& fields);
// One field, for what wants to know whether a spelling still means the same.
base::Result<void> read_car_field(const CarColumn& column, std::string_view text, CarRow& row);

}  // namespace showfloor::central
