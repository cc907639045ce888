#pragma once
// Customers from a CSV file, and back into one. A customer is known by e-mail address or phone
// within the branch; the same file twice changes nothing.
// Thread contract: a call belongs to one thread; others write in between.

#include <string>

#include "base/result.hpp"
#include "central/import/car_import.hpp"

namespace showfloor::central {

// Columns are the customer record's fields, `branch` by code and `seller` by user name.
base::Result<ImportReport> import_customers(CommandProcessor& processor, CsvReader& csv,
                                            const ImportOptions& options, base::UtcMs now);
base::Result<std::string> export_customers(Store& store);

}  // namespace showfloor::central
