// The paper of reports: the list's figures, its filters, its rights.

#include "documents/limits.hpp"
#include "office.hpp"
#include "papers.hpp"

using namespace showfloor;
using testing::has;
using testing::Json;

namespace {

struct Traders : testing::Office {
    Traders()
        : his(customer("Zawadi", people["amina"])), theirs(customer("Baraka", people["ben"])) {}

    Json sold(const char* seller, testing::Uuid branch_id, std::int64_t price_minor,
              std::int64_t cost_minor, const char* currency = "KES") {
        Json more = {{"price_minor", price_minor}, {"currency", currency}};
        if (cost_minor != 0) more["purchase_cost_minor"] = cost_minor;
        return sell(tokens[seller], car(branch_id, more),
                    seller == std::string("amina") ? his : theirs, 1000);
    }

    // Two of Amina's and one of Ben's in shillings, one of hers in dollars.
    void trade() {
        sold("amina", nbo, 2'000'000'00, 1'200'000'00);
        sold("amina", nbo, 3'333'333'33, 1'999'999'99);
        sold("ben", mba, 1'500'000'00, 1'000'000'00);
        sold("amina", nbo, 25'000'00, 17'500'00, "USD");
    }

    // What stands on the paper; it was looked at, too.
    std::string paper(const char* who, const std::string& query = {}) {
        const auto reply = get(who, "reports/pdf" + query);
        REQUIRE(reply.status == 200);
        CHECK(reply.header("Content-Type") == "application/pdf");
        CHECK(reply.header("Cache-Control") == "no-store");
        const testing::PaperFile file("reports", reply.raw.body);
        testing::check_pages(file.pages());
        return file.text();
    }

    // The rows of the list, each as its cells.
    std::vector<std::vector<std::string>> list(const std::string& query) {
        std::istringstream lines(get("root", "reports/export" + query).raw.body);
        std::vector<std::vector<std::string>> rows;
        for (std::string line; std::getline(lines, line);) {
            std::istringstream cells(line.substr(0, line.find('\r')));
            rows.emplace_back();
            for (std::string cell; std::getline(cells, cell, ',');)
                rows.back().push_back(cell);
        }
        REQUIRE(!rows.empty());
        rows.erase(rows.begin());
        return rows;
    }

    testing::Uuid his, theirs;
};

// "1724137.93" as the paper writes it.
std::string grouped(std::string amount) {
    const auto point = amount.find('.');
    const std::size_t first = amount.starts_with('-') ? 1 : 0;
    for (auto at = point; at > first + 3;) {
        at -= 3;
        amount.insert(at, 1, ',');
    }
    return amount;
}

// Whether these words stand in this order in one line of the text.
bool in_one_line(const std::string& text, const std::vector<std::string>& words) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::size_t at = 0;
        bool all = true;
        for (const std::string& word : words) {
            at = line.find(word, at);
            if (at == std::string::npos) {
                all = false;
                break;
            }
            at += word.size();
        }
        if (all) return true;
    }
    return false;
}

}  // namespace

TEST_CASE_FIXTURE(Traders, "reports/pdf: its sums are those of the list, group by group") {
    trade();
    for (const char* by : {"branch", "seller", "month"}) {
        const std::string query = std::string("?by=") + by;
        const std::string text = paper("root", query);
        const auto rows = list(query);
        CHECK(rows.size() >= 2);
        for (const auto& row : rows) {
            REQUIRE(row.size() == 9);
            // The month is a name on the paper.
            std::vector<std::string> words = {by == std::string("month") ? "20" : row[0], row[2]};
            for (std::size_t amount = 3; amount < 8; ++amount)
                words.push_back(grouped(row[amount]));
            CAPTURE(text);
            CAPTURE(base::dump_json(Json(words)));
            CHECK(in_one_line(text, words));
        }
    }
    const std::string text = paper("root");
    for (const char* part :
         {"All branches", "Made for Firstroot Last", "NBO-C-I000001", "2020 Toyota Corolla",
          "VF1AAAAA000000001", "Firstamina Last", "Firstben Last", "KES", "USD", "Page 1 of "})
        CHECK_MESSAGE(has(text, part), part);
}

TEST_CASE_FIXTURE(Traders, "reports/pdf: an incomplete sale is apart, one given back is named") {
    sold("amina", nbo, 2'000'000'00, 1'200'000'00);
    sold("amina", nbo, 1'000'000'00, 0);
    const auto gone = sold("amina", nbo, 1'500'000'00, 1'000'000'00);
    const auto back =
        send("PATCH", "/api/v1/sales/" + base::text_member(gone, "id") + "/status", tokens["boss"],
             Json{{"status", "refunded"}, {"reason", "Changed their mind"}});
    REQUIRE(back.status == 200);
    const std::string text = paper("root", "?by=branch");
    CAPTURE(text);
    // 1,000,000.00 with 16 % inside, and a fifth of the rest as commission.
    CHECK(in_one_line(text, {"862,068.97", "172,413.79", "incomplete"}));
    CHECK(in_one_line(text, {"VF1AAAAA000000003", "taken back"}));
    CHECK(in_one_line(text, {"Total", " 1 ", "1,724,137.93", "1,200,000.00", "344,827.59"}));
    CHECK(in_one_line(text, {"not counted above", " 1 ", "862,068.97", "172,413.79"}));
    // Both together are the list's.
    const auto row = list("?by=branch").at(0);
    CHECK(row[2] == "2");
    CHECK(row[3] == "2586206.90");
    CHECK(in_one_line(text, {"NBO", " 1 ", "1,724,137.93", grouped(row[7])}));
    CHECK(row[8] == "1");

    // When the cost becomes known, the sale stands with it, once.
    run("set_car_cost",
        {{"car_id", get("root", "cars?vin=VF1AAAAA000000002").body["data"][0]["id"]},
         {"purchase_cost_minor", 500'000'00},
         {"currency", "KES"}});
    const std::string known = paper("root", "?by=branch");
    CAPTURE(known);
    CHECK(!has(known, "incomplete"));
    CHECK(in_one_line(known, {"VF1AAAAA000000002", "862,068.97", "500,000.00"}));
    CHECK(known.find("VF1AAAAA000000002") == known.rfind("VF1AAAAA000000002"));
    CHECK(in_one_line(known, {"NBO", " 2 ", "2,586,206.90", grouped(list("?by=branch")[0][7])}));
}

TEST_CASE_FIXTURE(Traders, "reports/pdf: who may see it, and of whom") {
    trade();
    for (const char* who : {"staff", "amina", "mech", "driver", "parts", "buyer"}) {
        CAPTURE(who);
        CHECK(get(who, "reports/pdf").status == 403);
        const auto report = base::text_member(get("root", "reports").body["data"][0], "id");
        CHECK(get(who, "reports/" + report + "/pdf").status == 403);
    }
    CHECK(send("GET", "/api/v1/reports/pdf").status == 401);
    // An admin of a branch has that branch's, under its own head; the other's is as absent as none.
    const std::string own = paper("chief");
    CHECK(has(own, "Branch NBO"));
    CHECK(!has(own, "MBA"));
    CHECK(!has(own, "Firstben"));
    CHECK(has(own, "Made for Firstchief Last"));
    CHECK(get("chief", "reports/pdf?branch_id=" + mba.to_string()).status == 404);
    CHECK(has(paper("boss"), "MBA"));
    const std::string bens = paper("boss", "?seller_id=" + people["ben"].to_string());
    CHECK(has(bens, "Sales of Firstben Last alone"));
    CHECK(!has(bens, "Firstamina"));
    // Not even the name of a seller whose sales are not theirs to see.
    const std::string none = paper("chief", "?seller_id=" + people["ben"].to_string());
    CHECK(!has(none, "Firstben"));
    CHECK(has(none, "No sales in this time."));
    const auto later = std::to_string(clock.wall() + 86'400'000);
    CHECK(has(paper("root", "?from=" + later), "No sales in this time."));
    CHECK(has(paper("root", "?to=" + later), "Firstben"));
    for (const char* bad : {"by=colour", "from=today", "to=x", "branch_id=1", "seller_id=1", "x=1"})
        CHECK(get("root", std::string("reports/pdf?") + bad).status == 400);
    // What goes out stands in history; what is refused does not.
    const auto noted = get("root", "history?command=export").body["data"];
    CHECK(noted.size() == 6);
    CHECK(noted[0]["record"] == "report");
}

TEST_CASE_FIXTURE(Traders, "reports/pdf: in the branch's words, of all branches in one's own") {
    trade();
    run("update_branch", {{"id", nbo.to_string()}, {"locale", "fr-FR"}});
    run("update_user", {{"id", people["root"].to_string()}, {"locale", "sw"}});
    CHECK(has(paper("root"), "Ripoti ya faida"));
    CHECK(has(paper("root", "?branch_id=" + nbo.to_string()), "Rapport des bénéfices"));
    CHECK(has(paper("chief"), "Rapport des bénéfices"));
    CHECK(has(paper("root", "?branch_id=" + mba.to_string()), "Profit report"));
}

TEST_CASE_FIXTURE(Traders, "reports/{id}/pdf: one sale's profit, with its car, as the record is") {
    trade();
    const auto reports = get("root", "reports?sort=price_minor").body["data"];
    REQUIRE(reports.size() == 4);
    for (const auto& report : reports) {
        const auto reply = get("root", "reports/" + base::text_member(report, "id") + "/pdf");
        REQUIRE(reply.status == 200);
        CHECK(reply.header("Cache-Control") == "no-store");
        const testing::PaperFile file("report", reply.raw.body);
        testing::check_pages(file.pages());
        const std::string text = file.text();
        CAPTURE(text);
        for (const char* part : {"Profit report", "Confidential", "2020 Toyota Corolla", "VIN VF1"})
            CHECK(has(text, part));
        const auto profit = std::abs(report["company_profit_minor"].get<std::int64_t>());
        const std::string minor = std::to_string(100 + profit % 100).substr(1);
        CHECK(has(text, grouped(std::to_string(profit / 100) + "." + minor)));
        const bool own = report["branch_id"] == nbo.to_string();
        CHECK(get("chief", "reports/" + base::text_member(report, "id") + "/pdf").status ==
              (own ? 200 : 404));
    }
    CHECK(get("root", "reports/" + nbo.to_string() + "/pdf").status == 404);
}

TEST_CASE_FIXTURE(Traders,
                  "reports/pdf: more sales than a paper takes is said so, not half drawn") {
    trade();
    {
        auto batch = processor->batch(clock.wall());
        REQUIRE(batch);
        const auto one = batch->world().find<domain::Sale>({.limit = 1}).at(0);
        domain::Report report;
        report.branch_id = one.branch_id;
        report.seller_id = one.seller_id;
        report.currency = "KES";
        report.sale_date = 1;
        for (std::size_t i = 0; i < documents::kMaxReportSales; ++i) {
            // A sale of its own each.
            auto sale = one;
            sale.id = id();
            batch->world().put(sale);
            report.id = id();
            report.sale_id = sale.id;
            batch->world().put(report);
        }
        REQUIRE(batch->commit());
    }
    const auto reply = get("root", "reports/pdf");
    CHECK(reply.status == 422);
    CHECK(reply.code() == "too_many_sales");
    CHECK(has(reply.raw.body, "5004 sales"));
    // One less than all of them is drawn.
    const auto drawn = get("root", "reports/pdf?to=2&by=branch");
    CHECK(drawn.status == 200);
    CHECK(drawn.raw.body.size() > 100'000);
}
