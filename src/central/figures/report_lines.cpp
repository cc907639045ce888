#include "central/figures/report_lines.hpp"

#include <map>
#include <string>
#include <utility>

#include "documents/limits.hpp"

namespace showfloor::central {

namespace {

using database::Cell;
using documents::ReportLine;

// The cells of a row, one after the other.
class Reader {
   public:
    explicit Reader(const std::vector<Cell>& row) : row_(row) {}
    std::string text() {
        const auto* text = std::get_if<std::string>(&row_[at_++]);
        return text != nullptr ? *text : std::string();
    }
    std::int64_t number() {
        const auto* number = std::get_if<std::int64_t>(&row_[at_++]);
        return number != nullptr ? *number : 0;
    }
    base::Uuid id() { return base::Uuid::parse(text()).value_or(base::Uuid{}); }

   private:
    const std::vector<Cell>& row_;
    std::size_t at_ = 0;
};

constexpr const char* kColumns =
    "r.sale_id, r.branch_id, r.seller_id, r.currency, r.sale_date, r.price_minor, "
    "r.purchase_cost_minor, r.import_expense_minor, r.commission_minor, r.company_profit_minor, "
    "r.incomplete, EXISTS (SELECT 1 FROM report x WHERE x.sale_id = r.sale_id AND x.reverses_id = "
    "r.id), COALESCE(i.number, ''), COALESCE(c.vin, ''), "
    "COALESCE(c.year || ' ' || c.make || ' ' || c.model, ''), "
    "COALESCE(b.code || ' · ' || b.name, ''), COALESCE(u.first_name || ' ' || u.last_name, '')";

constexpr const char* kFrom =
    " FROM report r LEFT JOIN sale s ON s.id = r.sale_id LEFT JOIN invoice i ON i.id = "
    "s.invoice_id LEFT JOIN car c ON c.id = s.car_id LEFT JOIN branch b ON b.id = r.branch_id "
    "LEFT JOIN user u ON u.id = r.seller_id";

ReportLine line_of(const std::vector<Cell>& row) {
    Reader cells(row);
    ReportLine line;
    auto& report = line.report;
    report.sale_id = cells.id();
    report.branch_id = cells.id();
    report.seller_id = cells.id();
    report.currency = cells.text();
    report.sale_date = cells.number();
    for (auto* amount :
         {&report.price_minor, &report.purchase_cost_minor, &report.import_expense_minor,
          &report.commission_minor, &report.company_profit_minor})
        *amount = cells.number();
    report.incomplete = cells.number() != 0;
    line.taken_back = cells.number() != 0;
    line.invoice_number = cells.text();
    line.vin = cells.text();
    line.car = cells.text();
    line.branch = cells.text();
    line.seller = cells.text();
    return line;
}

base::Error too_many(std::int64_t sales) {
    return base::fail(base::ErrorKind::kRefused,
                      "These are " + std::to_string(sales) + " sales; the paper takes " +
                          std::to_string(documents::kMaxReportSales) +
                          ". Ask for a shorter time, one branch or one seller, or take the list "
                          "of sums.",
                      "too_many_sales");
}

}  // namespace

base::Result<std::vector<ReportLine>> report_lines(database::Connection& connection,
                                                   const ReportRange& range) {
    const ReportCondition condition = condition_of(range);
    const std::string where = " WHERE r.reverses_id IS NULL AND " + condition.where;
    SHOWFLOOR_ASSIGN(const auto counted,
                     connection.rows("SELECT COUNT(DISTINCT r.sale_id) FROM report r" + where,
                                     condition.values));
    const std::int64_t sales = Reader(counted.front()).number();
    if (sales > static_cast<std::int64_t>(documents::kMaxReportSales)) return too_many(sales);
    SHOWFLOOR_ASSIGN(const auto rows,
                     connection.rows(std::string("SELECT ") + kColumns + kFrom + where +
                                         " ORDER BY r.sale_date, i.number, r.sale_id, r.created_at",
                                     condition.values));
    std::vector<ReportLine> lines;
    std::map<std::string, std::size_t> places;
    for (const auto& row : rows) {
        ReportLine line = line_of(row);
        const auto [place, fresh] = places.emplace(line.report.sale_id.to_string(), lines.size());
        if (fresh)
            lines.push_back(std::move(line));
        else if (lines[place->second].taken_back)
            lines[place->second] = std::move(line);
    }
    return lines;
}

}  // namespace showfloor::central
