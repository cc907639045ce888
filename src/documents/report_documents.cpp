#include "documents/report_documents.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/check.hpp"
#include "documents/limits.hpp"
#include "documents/sheet.hpp"
#include "text/format.hpp"

namespace showfloor::documents {

namespace {

constexpr double kMoneyWidth = 23;  // "-123,456,789.00"
constexpr std::size_t kMoneyColumns = 5;
constexpr double kRow = 5;
constexpr double kHeadLine = 3.5;
constexpr std::string_view kUnknown = "–";

// Those of one currency whose profit is known, and beside them those whose is not.
struct Sums {
    std::int64_t sales = 0;
    std::int64_t price = 0, cost = 0, expense = 0, commission = 0, profit = 0;
    std::int64_t incomplete = 0, incomplete_price = 0, incomplete_commission = 0;

    void add(const ReportLine& line) {
        const auto& report = line.report;
        if (line.taken_back) return;
        if (report.incomplete) {
            ++incomplete;
            incomplete_price += report.price_minor;
            incomplete_commission += report.commission_minor;
            return;
        }
        ++sales;
        price += report.price_minor;
        cost += report.purchase_cost_minor;
        expense += report.import_expense_minor;
        commission += report.commission_minor;
        profit += report.company_profit_minor;
    }
};

enum class Kind { kWords, kWhole, kFigure };  // words may be cut

struct Column {
    std::string title;
    double width;
    Kind kind = Kind::kWords;
};

TextStyle cell_style(const Sheet& sheet) {
    TextStyle style = body(sheet);
    style.size_mm = 2.7;
    return style;
}

// Rows under a head that stands on every page anew.
class Table {
   public:
    Table(Sheet& sheet, std::vector<Column> columns)
        : sheet_(sheet), columns_(std::move(columns)) {}

    void head() {
        TextStyle style = cell_style(sheet_);
        style.size_mm = 2.5;
        style.color = kQuiet;
        std::size_t lines = 1;
        std::vector<std::vector<std::string>> titles;
        for (const Column& column : columns_) {
            titles.push_back(sheet_.wrapped(column.title, style, column.width - kPad));
            lines = std::max(lines, titles.back().size());
        }
        const double height = static_cast<double>(lines) * kHeadLine + 2;
        sheet_.band(height);
        const double top = sheet_.y() + 1;
        double from = 0;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            // Short titles stand at the foot of the head, over their figures.
            const double free = static_cast<double>(lines - titles[i].size()) * kHeadLine;
            for (std::size_t line = 0; line < titles[i].size(); ++line) {
                sheet_.set_y(top + free + static_cast<double>(line) * kHeadLine);
                put(columns_[i], from, titles[i][line], style);
            }
            from += columns_[i].width;
        }
        sheet_.set_y(top - 1 + height);
    }

    void row(const std::vector<std::string>& cells, TextStyle style) {
        SHOWFLOOR_CHECK(cells.size() == columns_.size(), "a row has its table's cells");
        if (!sheet_.fits(kRow)) {
            sheet_.new_page();
            head();
        }
        sheet_.gap((kRow - style.size_mm) / 2 - 0.3);
        const double top = sheet_.y();
        double from = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            put(columns_[i], from, cells[i], style);
            from += columns_[i].width;
        }
        sheet_.set_y(top - (kRow - style.size_mm) / 2 + 0.3 + kRow);
        sheet_.rule(0);
    }

   private:
    static constexpr double kPad = 1.5;

    void put(const Column& column, double from, const std::string& words, const TextStyle& style) {
        const double start = from + kPad, room = column.width - 2 * kPad;
        switch (column.kind) {
            case Kind::kWords:
                return sheet_.put(start, sheet_.fitted(words, style, room), style);
            case Kind::kWhole:
                return sheet_.put_whole(start, room, words, style);
            case Kind::kFigure:
                return sheet_.put_figure(start, room, words, style);
        }
    }

    Sheet& sheet_;
    std::vector<Column> columns_;
};

std::vector<Column> with_money(const Sheet& sheet, std::vector<Column> columns) {
    for (const char* key : {"document.net_price", "document.purchase_cost",
                            "document.import_expense", "document.commission", "document.profit"})
        columns.push_back({sheet.word(key), kMoneyWidth, Kind::kFigure});
    return columns;
}

std::vector<Column> sale_columns(const Sheet& sheet) {
    std::vector<Column> columns = {{sheet.word("document.date"), 21, Kind::kWhole},
                                   {sheet.word("document.invoice"), 31, Kind::kWhole},
                                   {sheet.word("document.car"), 43},
                                   {"VIN", 32, Kind::kWhole},
                                   {sheet.word("document.sold_by"), 0}};
    double rest = sheet.inner() - kMoneyWidth * kMoneyColumns;
    for (const Column& column : columns)
        rest -= column.width;
    columns.back().width = rest;
    return with_money(sheet, std::move(columns));
}

std::vector<Column> sum_columns(const Sheet& sheet, std::string title) {
    const double count = 24;
    const double name = sheet.inner() - kMoneyWidth * kMoneyColumns - count;
    return with_money(
        sheet, {{std::move(title), name}, {sheet.word("document.sales"), count, Kind::kFigure}});
}

void sale_row(Sheet& sheet, Table& table, const ReportLine& line) {
    const auto& report = line.report;
    const auto named = [](const std::string& words) {
        return words.empty() ? std::string(kUnknown) : words;
    };
    std::vector<std::string> cells = {sheet.date(report.sale_date), named(line.invoice_number),
                                      named(line.car), named(line.vin), named(line.seller)};
    TextStyle style = cell_style(sheet);
    if (line.taken_back || report.incomplete) style.color = kQuiet;
    const std::string none(kUnknown);
    if (line.taken_back) {
        for (const std::string& cell : {none, none, none, none, sheet.word("document.taken_back")})
            cells.push_back(cell);
    } else if (report.incomplete) {
        for (const std::string& cell :
             {sheet.figure(report.price_minor), none, none, sheet.figure(report.commission_minor),
              sheet.word("document.incomplete")})
            cells.push_back(cell);
    } else {
        for (const auto amount :
             {report.price_minor, report.purchase_cost_minor, report.import_expense_minor,
              report.commission_minor, report.company_profit_minor})
            cells.push_back(sheet.figure(amount));
    }
    table.row(cells, style);
}

void sum_rows(Sheet& sheet, Table& table, const std::string& name, const Sums& sums, bool total) {
    const auto count = [&](std::int64_t n) { return text::number(sheet.strings().locale(), n); };
    TextStyle style = cell_style(sheet);
    if (total) style.weight = Weight::kBold;
    table.row(
        {name, count(sums.sales), sheet.figure(sums.price), sheet.figure(sums.cost),
         sheet.figure(sums.expense), sheet.figure(sums.commission), sheet.figure(sums.profit)},
        style);
    if (sums.incomplete == 0) return;
    style.weight = Weight::kRegular;
    style.color = kQuiet;
    const std::string none(kUnknown);
    table.row({sheet.word("document.incomplete_apart"), count(sums.incomplete),
               sheet.figure(sums.incomplete_price), none, none,
               sheet.figure(sums.incomplete_commission), none},
              style);
}

enum class Group { kMonth, kBranch, kSeller };

// What sorts the groups, what tells those of one name apart, and how they are called.
struct GroupName {
    std::string sorting, id, name;
};

GroupName group_of(const Sheet& sheet, const ReportLine& line, Group group) {
    if (group == Group::kBranch)
        return {line.branch, line.report.branch_id.to_string(), line.branch};
    if (group == Group::kSeller)
        return {line.seller, line.report.seller_id.to_string(), line.seller};
    const auto day = text::civil_time(line.report.sale_date, 0);
    const std::string month = std::to_string(day.month);
    const auto& names = sheet.strings().locale().months;
    return {std::to_string(day.year) + (day.month < 10 ? "-0" : "-") + month,
            {},
            std::string(names[static_cast<std::size_t>(day.month - 1)]) + " " +
                std::to_string(day.year)};
}

void group_sums(Sheet& sheet, const std::vector<const ReportLine*>& lines, Group group,
                const char* title) {
    std::map<std::pair<std::string, std::string>, std::pair<std::string, Sums>> groups;
    for (const ReportLine* line : lines) {
        GroupName found = group_of(sheet, *line, group);
        auto& [name, sums] = groups[{std::move(found.sorting), std::move(found.id)}];
        name = found.name.empty() ? std::string(kUnknown) : std::move(found.name);
        sums.add(*line);
    }
    sheet.gap(5);
    sheet.need(4 * kRow);  // the head is never alone
    Table table(sheet, sum_columns(sheet, sheet.word(title)));
    table.head();
    for (const auto& [key, entry] : groups)
        sum_rows(sheet, table, entry.first, entry.second, false);
}

void one_currency(Sheet& sheet, const ReportFile& file, const std::string& currency,
                  const std::vector<const ReportLine*>& lines) {
    sheet.use_currency(currency);
    sheet.need(6 * kRow);
    sheet.paragraph(currency, strong(sheet, 4.2));
    sheet.gap(1.5);
    Table table(sheet, sale_columns(sheet));
    table.head();
    Sums total;
    for (const ReportLine* line : lines) {
        sale_row(sheet, table, *line);
        total.add(*line);
    }
    Table sums(sheet, sum_columns(sheet, {}));
    sum_rows(sheet, sums, sheet.word("document.total"), total, true);
    if (file.by_month) group_sums(sheet, lines, Group::kMonth, "document.by_month");
    if (file.by_branch) group_sums(sheet, lines, Group::kBranch, "document.by_branch");
    if (file.by_seller) group_sums(sheet, lines, Group::kSeller, "document.by_seller");
    sheet.gap(8);
}

// A moment as an edge of the period: the day, and its time when it is not midnight.
std::string edge(const Sheet& sheet, domain::UtcMs at) {
    const auto time = text::civil_time(at, 0);
    if (time.hour == 0 && time.minute == 0) return sheet.date(at);
    return sheet.date(at) + " " + text::time_of_day(time);
}

std::string period(const Sheet& sheet, const ReportFile& file) {
    // The last day that is in it, where it ends with a day.
    constexpr domain::UtcMs kDayMs = 86'400'000;
    const std::string to =
        edge(sheet, file.before % kDayMs == 0 ? file.before - kDayMs : file.before);
    const std::string from = edge(sheet, file.from);
    if (file.from != 0 && file.before != 0)
        return sheet.word("document.period", {{"from", from}, {"to", to}});
    if (file.from != 0) return sheet.word("document.period_from", {{"from", from}});
    if (file.before != 0) return sheet.word("document.period_to", {{"to", to}});
    return sheet.word("document.period_all");
}

void fill(Canvas& canvas, const ReportFile& file, const text::Strings& strings, int pages) {
    domain::Branch branch = file.branch;
    if (branch.id.is_nil()) branch.name = strings.get("document.all_branches");
    const std::string title = strings.get("document.report");
    Sheet sheet(
        canvas, strings, "", "", kA4Landscape,
        {.label = title + " · " + branch.name + " · " + strings.get("document.confidential"),
         .pages = pages});
    heading(sheet, branch, file.logo, title, sheet.word("document.confidential"), file.made_at);
    sheet.paragraph(period(sheet, file), strong(sheet));
    if (!file.only_seller.empty())
        sheet.paragraph(sheet.word("document.only_seller", {{"name", file.only_seller}}),
                        body(sheet));
    if (!file.made_for.empty())
        sheet.paragraph(sheet.word("document.made_for", {{"name", file.made_for}}), quiet(sheet));
    std::map<std::string, std::vector<const ReportLine*>> by_currency;
    bool incomplete = false;
    for (const ReportLine& line : file.lines) {
        by_currency[line.report.currency].push_back(&line);
        incomplete = incomplete || (line.report.incomplete && !line.taken_back);
    }
    sheet.paragraph(sheet.word("document.utc_note"), quiet(sheet));
    if (incomplete) sheet.paragraph(sheet.word("document.incomplete_note"), quiet(sheet));
    sheet.gap(5);
    for (const auto& [currency, lines] : by_currency)
        one_currency(sheet, file, currency, lines);
    if (file.lines.empty()) sheet.paragraph(sheet.word("document.no_sales"), body(sheet));
}

}  // namespace

void draw_reports(Canvas& canvas, const ReportFile& file, const text::Strings& strings) {
    SHOWFLOOR_CHECK(file.lines.size() <= kMaxReportSales, "more sales than a report holds");
    Measuring measuring(canvas);
    fill(measuring, file, strings, 1);
    fill(canvas, file, strings, measuring.pages());
}

}  // namespace showfloor::documents
