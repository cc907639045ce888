#pragma once
// Reports sale by sale, as their paper shows them. Thread contract: the connection's thread.

#include <vector>

#include "base/result.hpp"
#include "central/figures/report_csv.hpp"
#include "database/connection.hpp"
#include "documents/report_documents.hpp"

namespace showfloor::central {

// Every sale of the range once, by date: its report that stands; when all are taken back, the last
// one. Corrections that were booked in between are the books' own affair. kRefused
// "too_many_sales" when they are more than a paper takes.
base::Result<std::vector<documents::ReportLine>> report_lines(database::Connection& connection,
                                                              const ReportRange& range);

}  // namespace showfloor::central
