#pragma once
// What goes out of the house in one piece, noted in history; and what is asked of reports.
// Thread contract: as the Call handed in.

#include <string>
#include <vector>

#include "base/result.hpp"
#include "central/api/route.hpp"

namespace showfloor::central {

// Who took it, and when.
base::Result<void> note_export(Call& call, const char* record);
[[nodiscard]] net::HttpResponse csv_answer(Call& call, base::Result<std::string> csv,
                                           const char* record, const char* file);

// reports/export and reports/pdf.
void add_report_routes(std::vector<Route>& table);

}  // namespace showfloor::central
