#include "documents/report_documents.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "documents/limits.hpp"
#include "papers.hpp"

using namespace showfloor;
using documents::ReportFile;
using documents::ReportLine;
using testing::has;
using testing::read_back;
using testing::words;

namespace {

constexpr base::UtcMs kDay = 86'400'000;
constexpr base::UtcMs kOctober = 1'790'812'800'000;  // 1 Oct 2026, 00:00 UTC

base::Uuid id(unsigned char n) {
    base::Uuid made;
    made.bytes[0] = 1;
    made.bytes[15] = n;
    return made;
}

ReportLine line(int number, unsigned char seller, base::UtcMs at, const char* currency = "KES") {
    ReportLine made;
    auto& report = made.report;
    report.currency = currency;
    report.sale_date = at;
    report.branch_id = id(1);
    report.seller_id = id(seller);
    report.price_minor = 352'456'897;
    report.purchase_cost_minor = 210'000'000;
    report.import_expense_minor = 40'000'050;
    report.commission_minor = 70'491'379;
    report.company_profit_minor = 31'965'468;
    std::string figures = std::to_string(number);
    figures.insert(0, 6 - figures.size(), '0');
    made.invoice_number = "NBO-T03-I" + figures;
    made.vin = "JTNKABA37N0" + figures;
    made.car = "2022 Toyota Corolla Cross";
    made.branch = "NBO · Westlands";
    made.seller = seller == 1 ? "Amina Wanjiku" : "Zoë Müller-Otieno";
    return made;
}

ReportFile example() {
    ReportFile file;
    file.branch.id = id(1);
    file.branch.name = "Westlands";
    file.branch.legal_name = "Uhuru Motors (Kenya) Limited";
    file.branch.address = "14 Waiyaki Way, Nairobi";
    file.branch.phone = "+254700000001";
    file.branch.tax_number = "P051234567X";
    file.from = kOctober;
    file.before = kOctober + 61 * kDay;
    file.made_for = "Njeri Kamau";
    file.made_at = kOctober + 61 * kDay;
    for (int i = 1; i <= 7; ++i) {
        const auto seller = static_cast<unsigned char>(1 + i % 2);
        file.lines.push_back(line(i, seller, kOctober + i * 6 * kDay));
    }
    return file;
}

std::string read(const char* name, const ReportFile& file, const char* language = "en") {
    const auto strings = words(language);
    return read_back(name, strings,
                     [&](documents::Canvas& canvas) { draw_reports(canvas, file, strings); });
}

// The line of the text that begins with these words.
std::string row(const std::string& text, const std::string& beginning) {
    std::istringstream lines(text);
    for (std::string one; std::getline(lines, one);) {
        const auto start = one.find_first_not_of(" \f");
        if (start != std::string::npos && one.compare(start, beginning.size(), beginning) == 0)
            return one.substr(start);
    }
    return {};
}

int count(const std::string& text, const std::string& part) {
    int found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

}  // namespace

TEST_CASE("report: who, when, each sale with its figures, sums by month, branch and seller") {
    const std::string text = read("report", example());
    CAPTURE(text);
    for (const char* part : {"Profit report", "Uhuru Motors (Kenya) Limited", "P051234567X",
                             "Confidential", "Sales from 1 Oct 2026 to 30 Nov 2026",
                             "Made for Njeri Kamau", "Page 1 of 1", "counted in UTC", "KES"})
        CHECK_MESSAGE(has(text, part), part);
    const std::string first = row(text, "7 Oct 2026");
    for (const char* part :
         {"NBO-T03-I000001", "2022 Toyota Corolla Cross", "JTNKABA37N0000001", "Zoë Müller-Otieno",
          "3,524,568.97", "2,100,000.00", "400,000.50", "704,913.79", "319,654.68"})
        CHECK_MESSAGE(has(first, part), part);
    // Seven times each figure; five in October, four of seven are Zoë's.
    const std::string total = row(text, "Total");
    for (const char* part :
         {" 7 ", "24,671,982.79", "14,700,000.00", "2,800,003.50", "4,934,396.53", "2,237,582.76"})
        CHECK_MESSAGE(has(total, part), part);
    CHECK(has(row(text, "October 2026"), "1,598,273.40"));
    CHECK(has(row(text, "November 2026"), "639,309.36"));
    CHECK(has(row(text, "NBO · Westlands"), "2,237,582.76"));
    CHECK(has(row(text, "Amina Wanjiku"), "958,964.04"));
    CHECK(has(row(text, "Zoë Müller-Otieno"), "1,278,618.72"));
}

TEST_CASE("report: only the sums that are wanted, of one seller, of a time that begins at noon") {
    auto file = example();
    file.by_month = file.by_branch = false;
    file.only_seller = "Amina Wanjiku";
    file.from += kDay / 2;
    file.before = 0;
    const std::string text = read("by_seller", file);
    CHECK(has(text, "By seller"));
    CHECK(!has(text, "By month"));
    CHECK(!has(text, "By branch"));
    CHECK(has(text, "Sales of Amina Wanjiku alone"));
    CHECK(has(text, "Sales from 1 Oct 2026 12:00 on"));
}

TEST_CASE("report: incomplete sales and those taken back are named and in no total") {
    auto file = example();
    file.lines.resize(3);
    auto& unknown = file.lines[1].report;
    unknown.incomplete = true;
    unknown.price_minor = 123'456;
    unknown.commission_minor = 654'321;
    unknown.purchase_cost_minor = unknown.import_expense_minor = unknown.company_profit_minor = 0;
    file.lines[2].taken_back = true;
    const std::string text = read("incomplete", file);
    CAPTURE(text);
    const std::string marked = row(text, "13 Oct 2026");
    for (const char* part : {"1,234.56", "6,543.21", "incomplete"})
        CHECK_MESSAGE(has(marked, part), part);
    const std::string gone = row(text, "19 Oct 2026");
    CHECK(has(gone, "taken back"));
    CHECK(!has(gone, "319,654.68"));
    CHECK(has(row(text, "Total"), " 1 "));
    CHECK(has(row(text, "Total"), "3,524,568.97"));
    CHECK(has(row(text, "Total"), "319,654.68"));
    const std::string apart = row(text, "incomplete, not counted");
    for (const char* part : {" 1 ", "1,234.56", "6,543.21"})
        CHECK_MESSAGE(has(apart, part), part);
    CHECK(has(text, "its exchange rate is not known yet"));
}

TEST_CASE("report: each currency for itself, with its own digits, never added up") {
    auto file = example();
    file.lines.push_back(line(8, 1, kOctober + kDay, "JPY"));
    file.lines.push_back(line(9, 1, kOctober + kDay, "KWD"));
    const std::string text = read("currencies", file);
    CHECK(count(text, "Total") == 3);
    CHECK(has(row(text, "JPY"), "JPY"));
    CHECK(has(text, "31,965,468"));  // yen have no digits
    CHECK(!has(text, "31,965,468."));
    CHECK(has(text, "31,965.468"));           // dinars have three
    CHECK(count(text, "2,237,582.76") == 2);  // the shillings' total, and their one branch's
}

TEST_CASE("report: two sellers of one name stay two") {
    auto file = example();
    for (auto& one : file.lines)
        one.seller = "Amina Wanjiku";
    file.by_month = file.by_branch = false;
    const std::string text = read("namesakes", file);
    const auto sums = text.substr(text.find("By seller"));
    CHECK(count(sums, "Amina Wanjiku") == 2);
    CHECK(has(sums, "958,964.04"));
    CHECK(has(sums, "1,278,618.72"));
}

TEST_CASE("report: many sales go over many pages, each with head and number") {
    auto file = example();
    for (int i = 8; i <= 150; ++i)
        file.lines.push_back(line(i, 1, kOctober + 50 * kDay));
    const auto strings = words("en");
    const testing::PaperFile paper("pages", testing::drawn(strings, [&](documents::Canvas& canvas) {
                                       draw_reports(canvas, file, strings);
                                   }));
    const auto pages = paper.pages();
    testing::check_pages(pages);
    REQUIRE(pages.size() >= 5);
    for (const auto& page : pages)
        CHECK(page.width > page.height);
    const std::string text = paper.text();
    const std::string all = std::to_string(pages.size());
    std::size_t at = 0;
    for (std::size_t page = 1; page <= pages.size(); ++page) {
        const auto end = text.find('\f', at);
        const std::string one = text.substr(at, end - at);
        CAPTURE(page);
        CHECK(has(one, "Page " + std::to_string(page) + " of " + all));
        CHECK(has(one, "Purchase cost"));
        at = end + 1;
    }
    for (int i = 1; i <= 150; ++i)
        CHECK(count(text, file.lines[static_cast<std::size_t>(i - 1)].invoice_number) == 1);
}

TEST_CASE("report: nothing sold is a page that says so") {
    auto file = example();
    file.lines.clear();
    file.branch = {};
    file.from = file.before = 0;
    for (const char* language : {"en", "ar", "sw", "fr"})
        CHECK(!read("nothing", file, language).empty());
    const std::string text = read("nothing", file);
    CHECK(has(text, "No sales in this time."));
    CHECK(has(text, "All branches"));
    CHECK(has(text, "All sales"));
}

TEST_CASE("report in every language: figures and accents stay, the words are the language's") {
    const std::map<std::string, const char*> titles = {{"sw", "Ripoti ya faida"},
                                                       {"fr", "Rapport des bénéfices"}};
    for (const char* language : {"ar", "sw", "fr"}) {
        const std::string text = read("languages", example(), language);
        CAPTURE(text);
        CHECK(has(text, "NBO-T03-I000001"));
        CHECK(has(text, "JTNKABA37N0000001"));
        CHECK(has(text, "Zoë Müller-Otieno"));
        const auto title = titles.find(language);
        if (title != titles.end()) CHECK(has(text, title->second));
        CHECK(!has(text, "Purchase cost"));
    }
    CHECK(has(read("report_arabic", example(), "ar"), "2,237,582.76"));
}

TEST_CASE("report: names without end are cut, figures of any size are whole") {
    auto file = example();
    for (auto& one : file.lines) {
        one.seller = std::string(100, 'W');
        one.car = "2022 " + std::string(200, 'M');
        one.branch = std::string(106, 'W');
        one.invoice_number = "WWWWW-W99-I9999999999";
        for (auto* amount : {&one.report.price_minor, &one.report.company_profit_minor})
            *amount = -999'999'999'999'999;
    }
    file.branch.legal_name = std::string(100, 'W');
    file.made_for = std::string(200, 'W');
    const std::string text = read("endless", file);
    CHECK(has(text, "-9,999,999,999,999.99"));
    CHECK(has(text, "-69,999,999,999,999.93"));
    CHECK(has(text, "JTNKABA37N0000001"));
    CHECK(has(text, "WWWWW-W99-I9999999999"));
}

namespace {

// Where each figure of a column ends.
struct Edges final : testing::SilentCanvas {
    std::map<std::string, std::set<int>> ends;  // in tenths of mm, by text
    void text(double x, double, std::string_view utf8, const documents::TextStyle& style) override {
        const double width = text_width(utf8, style);
        const double end = style.align == documents::Align::kRight  ? x
                           : style.align == documents::Align::kLeft ? x + width
                                                                    : x + width / 2;
        ends[std::string(utf8)].insert(static_cast<int>(end * 10 + 0.5));
    }
};

}  // namespace

TEST_CASE("report: figures stand unit under unit, from left to right and from right to left") {
    auto file = example();
    file.lines[1].report.company_profit_minor = 5;
    file.lines[2].report.company_profit_minor = -100;
    for (const char* language : {"en", "ar"}) {
        const auto strings = words(language);
        Edges canvas;
        draw_reports(canvas, file, strings);
        CAPTURE(language);
        REQUIRE(canvas.ends["319,654.68"].size() == 1);
        CHECK(canvas.ends["0.05"] == canvas.ends["319,654.68"]);
        CHECK(canvas.ends["−1.00"] == canvas.ends["319,654.68"]);
        // The date is where reading begins, the profit where it ends.
        const int date = *canvas.ends["7 Oct 2026"].begin();
        const int profit = *canvas.ends["319,654.68"].begin();
        if (language == std::string("en")) CHECK(date < profit);
    }
}
