#include "central/figures/report_csv.hpp"

#include "central/import/csv.hpp"
#include "central/import/values.hpp"

namespace showfloor::central {

namespace {

using database::Cell;

struct Groups {
    std::string columns;  // SQL expressions, each with a comma behind
    std::string header;   // their titles
    int count = 0;

    void add(const char* sql, const char* title) {
        columns += std::string(sql) + ", ";
        header += std::string(title) + ",";
        ++count;
    }
};

Groups groups_of(const ReportRange& range) {
    Groups groups;
    if (range.by_month) groups.add("strftime('%Y-%m', r.sale_date / 1000, 'unixepoch')", "month");
    if (range.by_branch) groups.add("COALESCE(b.code, '')", "branch");
    if (range.by_seller) groups.add("COALESCE(u.first_name || ' ' || u.last_name, '')", "seller");
    return groups;
}

std::string text_of(const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell);
    return text != nullptr ? *text : std::string();
}

std::int64_t number_of(const Cell& cell) {
    const auto* number = std::get_if<std::int64_t>(&cell);
    return number != nullptr ? *number : 0;
}

}  // namespace

ReportCondition condition_of(const ReportRange& range) {
    ReportCondition condition;
    const auto only = [&](const char* sql, Cell value) {
        condition.where += std::string(" AND ") + sql;
        condition.values.push_back(std::move(value));
    };
    if (!range.branch_id.is_nil()) only("r.branch_id = ?", Cell(range.branch_id.to_string()));
    if (!range.seller_id.is_nil()) only("r.seller_id = ?", Cell(range.seller_id.to_string()));
    if (range.from != 0) only("r.sale_date >= ?", Cell(range.from));
    if (range.before != 0) only("r.sale_date < ?", Cell(range.before));
    return condition;
}

base::Result<std::string> reports_csv(database::Connection& connection, const ReportRange& range) {
    const Groups groups = groups_of(range);
    const ReportCondition condition = condition_of(range);
    std::string order;
    for (int i = 1; i <= groups.count; ++i)
        order += std::to_string(i) + ", ";
    // A report that takes another back stands with its sums negated.
    const std::string sign = "CASE WHEN r.reverses_id IS NULL THEN 1 ELSE -1 END";
    const std::string sql =
        "SELECT " + groups.columns + "r.currency, SUM(" + sign +
        "), SUM(r.price_minor), SUM(r.purchase_cost_minor), SUM(r.import_expense_minor), "
        "SUM(r.commission_minor), SUM(r.company_profit_minor), SUM(r.incomplete * (" +
        sign +
        ")) FROM report r LEFT JOIN branch b ON b.id = r.branch_id LEFT JOIN user u ON u.id = "
        "r.seller_id WHERE " +
        condition.where + " GROUP BY " + order + "r.currency" +
        // Two people of one name stay two rows.
        (range.by_seller ? ", r.seller_id" : "") + " ORDER BY " + order + "r.currency";
    SHOWFLOOR_ASSIGN(const auto rows, connection.rows(sql, condition.values));
    std::string out = groups.header +
                      "currency,sales,price,purchase_cost,import_expense,commission,"
                      "company_profit,incomplete\r\n";
    for (const auto& row : rows) {
        std::size_t column = 0;
        for (; column < static_cast<std::size_t>(groups.count); ++column)
            out += csv_field(text_of(row[column])) + ",";
        const std::string currency = text_of(row[column++]);
        out += csv_field(currency) + "," + std::to_string(number_of(row[column++]));
        // Figures are no texts: a negative one stays a number in a spreadsheet.
        for (int amount = 0; amount < 5; ++amount)
            out += "," + amount_text(number_of(row[column++]), currency);
        out += "," + std::to_string(number_of(row[column])) + "\r\n";
    }
    return out;
}

}  // namespace showfloor::central
