#pragma once
// The report (A4 across, confidential): what the sales of a time earned, one by one, and their sums
// by month, branch and seller, each currency for itself. Thread contract: pure functions over a
// Canvas.

#include <string>
#include <vector>

#include "documents/canvas.hpp"
#include "domain/records.hpp"
#include "text/strings.hpp"

namespace showfloor::documents {

// One sale.
struct ReportLine {
    domain::Report report;
    bool taken_back = false;  // refunded: it is named, and counts for nothing
    std::string invoice_number, vin, car;
    std::string branch, seller;  // as they are called
};

struct ReportFile {
    domain::Branch branch;               // whose letterhead; without an id: all branches
    Picture logo;                        // the branch's
    std::vector<ReportLine> lines;       // by date
    domain::UtcMs from = 0, before = 0;  // of the sales; 0 = no end
    std::string only_seller;             // empty = all
    std::string made_for;                // who asked
    domain::UtcMs made_at = 0;
    bool by_month = true, by_branch = true, by_seller = true;  // which sums are wanted
};

// Incomplete sales (a cost or its rate is missing) are marked and in no sum. Days and months are
// those of UTC, as in every other figure of central. At most kMaxReportSales lines.
void draw_reports(Canvas& canvas, const ReportFile& file, const text::Strings& strings);

}  // namespace showfloor::documents
