#pragma once
// Cars from a CSV file, and back into one. A car is known by its VIN; the same file twice changes
// nothing. Headers come in any order and in the usual spellings; make and year may be left to the
// VIN where it tells them.
// Thread contract: a call belongs to one thread; others write in between.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "central/command_processor.hpp"
#include "central/import/import_run.hpp"

namespace showfloor::central {

enum class CarFormat {
    kShowfloor,              // the car record's fields, price in whole units, branch by code
    kGoogleVehicleListings,  // vin, id, make, model, trim, year, mileage, price "10499 USD", ...
};

struct ImportOptions {
    CarFormat format = CarFormat::kShowfloor;
    std::string branch_code;    // for rows that name none
    std::string images_folder;  // <VIN>*.jpg, or by stock number, or named in a column
    base::Uuid actor_id;        // nil: central itself
    ImportProgress progress = {};
};

// kInvalid when the file as a whole is none (no header, an unknown or missing column).
base::Result<ImportReport> import_cars(CommandProcessor& processor, CsvReader& csv,
                                       const ImportOptions& options, base::UtcMs now);
base::Result<ImportReport> import_cars(CommandProcessor& processor, std::string_view csv,
                                       const ImportOptions& options, base::UtcMs now);

// All cars that are not archived, in the showfloor format.
base::Result<std::string> export_cars(Store& store);
// Those that may be advertised (neither sold nor archived), in Google's columns. What a listing
// brought in and the car record has no place for comes back as it was; so does the spelling of
// values that still hold.
base::Result<std::string> export_google_listings(Store& store);

}  // namespace showfloor::central
