#include "central/figures/report_csv.hpp"

#include <vector>

#include "central/import/csv.hpp"
#include "central/import/values.hpp"

namespace showfloor::central {

namespace {

using database::Cell;

struct Query {
    std::string groups;  // SQL expressions, each with a comma behind
    std::string header;  // their titles
    int group_count = 0;
    std::string where = "1";
    std::vector<Cell> values;

    void group(const char* sql, const char* title) {
        groups += std::string(sql) + ", ";
        header += std::string(title) + ",";
        ++group_count;
    }
    void only(const char* sql, Cell value) {
        where += std::string(" AND ") + sql;
        values.push_back(std::move(value));
    }
};

Query query_of(const ReportRange& range) {
    Query query;
    if (range.by_month) query.group("strftime('%Y-%m', r.sale_date / 1000, 'unixepoch')", "month");
    if (range.by_branch) query.group("COALESCE(b.code, '')", "branch");
    if (range.by_seller) query.group("COALESCE(u.first_name || ' ' || u.last_name, '')", "seller");
    if (!range.branch_id.is_nil()) query.only("r.branch_id = ?", Cell(range.branch_id.to_string()));
    if (!range.seller_id.is_nil()) query.only("r.seller_id = ?", Cell(range.seller_id.to_string()));
    if (range.from != 0) query.only("r.sale_date >= ?", Cell(range.from));
    if (range.before != 0) query.only("r.sale_date < ?", Cell(range.before));
    return query;
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

base::Result<std::string> reports_csv(database::Connection& connection, const ReportRange& range) {
    const Query query = query_of(range);
    std::string order;
    for (int i = 1; i <= query.group_count; ++i)
        order += std::to_string(i) + ", ";
    // A report that takes another back stands with its sums negated.
    const std::string sign = "CASE WHEN r.reverses_id IS NULL THEN 1 ELSE -1 END";
    const std::string sql =
        "SELECT " + query.groups + "r.currency, SUM(" + sign +
        "), SUM(r.price_minor), SUM(r.purchase_cost_minor), SUM(r.import_expense_minor), "
        "SUM(r.commission_minor), SUM(r.company_profit_minor), SUM(r.incomplete * (" +
        sign +
        ")) FROM report r LEFT JOIN branch b ON b.id = r.branch_id LEFT JOIN user u ON u.id = "
        "r.seller_id WHERE " +
        query.where + " GROUP BY " + order + "r.currency" +
        // Two people of one name stay two rows.
        (range.by_seller ? ", r.seller_id" : "") + " ORDER BY " + order + "r.currency";
    SHOWFLOOR_ASSIGN(const auto rows, connection.rows(sql, query.values));
    std::string out = query.header +
                      "currency,sales,price,purchase_cost,import_expense,commission,"
                      "company_profit,incomplete\r\n";
    for (const auto& row : rows) {
        std::size_t column = 0;
        for (; column < static_cast<std::size_t>(query.group_count); ++column)
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
