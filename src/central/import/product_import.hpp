#pragma once
// Products from a CSV file, and back into one. A product is known by its sku; the same file twice
// changes nothing; a category that is not there is made.
// Thread contract: a call belongs to one thread; others write in between.

#include <string>

#include "base/result.hpp"
#include "central/import/car_import.hpp"

namespace showfloor::central {

// Columns are the product record's fields, `price` in whole units, `category` by name, `threshold`
// for the low stock. A price without a currency is in that of the branch (`--branch`).
base::Result<ImportReport> import_products(CommandProcessor& processor, CsvReader& csv,
                                           const ImportOptions& options, base::UtcMs now);
base::Result<std::string> export_products(Store& store);

}  // namespace showfloor::central
