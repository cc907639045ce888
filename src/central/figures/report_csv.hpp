#pragma once
// Reports as a list for spreadsheets: sums by seller, month and branch, per currency.
// Thread contract: the connection's thread.

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "database/connection.hpp"

namespace showfloor::central {

struct ReportRange {
    base::Uuid branch_id, seller_id;   // nil: all
    base::UtcMs from = 0, before = 0;  // by the sale's date; 0: no end
    bool by_month = true, by_branch = true, by_seller = true;
};

// Which rows of report (as r) the range is about, as SQL.
struct ReportCondition {
    std::string where = "1";
    std::vector<database::Cell> values;
};
[[nodiscard]] ReportCondition condition_of(const ReportRange& range);

// Comma-separated with a header. Amounts are whole units with the currency's digits; a sale taken
// back counts against its month. Profit is that of sales whose costs are known; `incomplete` counts
// the others.
base::Result<std::string> reports_csv(database::Connection& connection, const ReportRange& range);

}  // namespace showfloor::central
