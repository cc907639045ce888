#pragma once
// One line of a car file as arguments of create_car; used by car_import.cpp.
// Thread contract: pure functions.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "central/import/car_import.hpp"

namespace showfloor::central {

// Which column is which; kInvalid names an unknown or missing one.
base::Result<std::vector<std::string>> car_columns(CarFormat format,
                                                   const std::vector<std::string>& header);

struct CarRow {
    base::Json car = base::Json::object();  // fields of the car record, without ids
    std::string branch_code;
};

// kInvalid with a sentence on the first field that cannot be read.
base::Result<CarRow> read_car_row(const std::vector<std::string>& columns,
                                  const std::vector<std::string>& fields);

}  // namespace showfloor::central
