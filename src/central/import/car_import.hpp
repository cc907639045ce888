#pragma once
// Cars from a CSV file, and back into one. A bad row is reported by line and reason and does not
// stop the rest; the same file twice changes nothing. A car is known by its VIN.
// Thread contract: a call belongs to one thread; others write in between.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "central/command_processor.hpp"

namespace showfloor::central {

enum class CarFormat {
    kShowfloor,              // the car record's fields, price in whole units, branch by code
    kGoogleVehicleListings,  // vin, id, make, model, trim, year, mileage, price "10499 USD", ...
};

struct ImportOptions {
    CarFormat format = CarFormat::kShowfloor;
    std::string branch_code;    // for rows that name none
    std::string images_folder;  // <VIN>*.jpg, or by stock number; empty = none
    base::Uuid actor_id;        // nil: central itself
};

struct Rejected {
    std::int64_t line = 0;
    std::string reason;
};

struct ImportReport {
    std::int64_t imported = 0, updated = 0, unchanged = 0;
    std::vector<Rejected> rejected;  // the first kMaxRejectedListed
    [[nodiscard]] base::Json to_json() const;
};

// kInvalid when the file as a whole is none (no header, an unknown or missing column).
base::Result<ImportReport> import_cars(CommandProcessor& processor, std::string_view csv,
                                       const ImportOptions& options, base::UtcMs now);

// All cars that are not archived, in the showfloor format.
base::Result<std::string> export_cars(Store& store);

}  // namespace showfloor::central
