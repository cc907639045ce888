// The dashboard, sellers side by side, a user with sales, the search box: who sees what of it.

#include <set>

#include "office.hpp"

using namespace showfloor;
using testing::Json;

namespace {

struct Sales : testing::Office {
    Sales() {
        toyota = car(nbo);
        run("set_car_cost", {{"car_id", toyota.to_string()},
                             {"purchase_cost_minor", 1'500'000'00},
                             {"currency", "KES"}});
        buyer = customer("Zawadi", people["amina"]);
        sale = sell(tokens["amina"], toyota, buyer);
        sell(tokens["ben"], car(mba, {{"make", "Mazda"}, {"model", "Demio"}}),
             customer("Baraka", people["ben"]));
    }
    std::set<std::string> found(const std::string& words, const std::string& who,
                                const std::string& kinds = {}) {
        const auto reply = get(who, "search?q=" + words + (kinds.empty() ? "" : "&kinds=" + kinds));
        INFO(reply.raw.body);
        REQUIRE(reply.status == 200);
        std::set<std::string> kinds_found;
        for (const Json& hit : reply.body["data"])
            kinds_found.insert(base::text_member(hit, "kind"));
        return kinds_found;
    }
    testing::Uuid toyota, buyer;
    Json sale;
};

using Kinds = std::set<std::string>;

}  // namespace

TEST_CASE_FIXTURE(Sales, "dashboard: figures of one's scope; profit for managers alone") {
    const auto all = get("root", "dashboard");
    INFO(all.raw.body);
    REQUIRE(all.status == 200);
    CHECK(all.body["sales_by_make"].size() == 2);
    CHECK(all.body["sales_by_month"][0]["count"] == 2);
    CHECK(all.body["sales_by_month"][0]["revenue_minor"] == 4'000'000'00);
    CHECK(all.body["profit_by_month"][0]["incomplete"] == 1);
    CHECK(all.body["latest_sales"].size() == 2);
    CHECK(all.body["terminals"]["count"] == 0);
    const auto branch = get("chief", "dashboard");
    CHECK(branch.body["sales_by_month"][0]["count"] == 1);
    CHECK(branch.body.contains("profit_by_month"));
    CHECK(get("chief", "dashboard?branch_id=" + mba.to_string()).status == 404);
    CHECK(get("root", "dashboard?branch_id=" + mba.to_string()).body["sales_by_make"][0]["make"] ==
          "Mazda");
    const auto staff = get("staff", "dashboard");
    CHECK(staff.body["sales_by_month"][0]["count"] == 1);
    CHECK(staff.raw.body.find("commission") == std::string::npos);
    CHECK(staff.raw.body.find("profit") == std::string::npos);
    const auto own = get("amina", "dashboard");
    CHECK(own.body["sales_by_month"][0]["commission_minor"].get<std::int64_t>() > 0);
    CHECK(!own.body.contains("profit_by_month"));
    CHECK(!own.body.contains("users"));
    CHECK(get("", "dashboard").status == 401);
}

TEST_CASE_FIXTURE(Sales, "sellers: customers, sales, revenue and commission of those one may see") {
    const auto all = get("root", "sellers/summary").body["data"];
    REQUIRE(all.size() == 2);
    for (const Json& seller : all) {
        CHECK(seller["sales"] == 1);
        CHECK(seller["cars_sold"] == 1);
        CHECK(seller["customers"] == 1);
        CHECK(seller["revenue"][0]["amount_minor"] == 2'000'000'00);
        CHECK(seller["commission"][0]["amount_minor"].get<std::int64_t>() > 0);
    }
    const auto own = get("amina", "sellers/summary").body["data"];
    REQUIRE(own.size() == 1);
    CHECK(own[0]["seller_id"] == people["amina"].to_string());
    CHECK(get("staff", "sellers/summary").raw.body.find("commission") == std::string::npos);
}

TEST_CASE_FIXTURE(Sales, "users: sales and commission with the user, for oneself and managers") {
    const std::string path = "users/" + people["amina"].to_string();
    const auto own = get("amina", path);
    CHECK(own.body["number_of_sales"] == 1);
    CHECK(own.body["sales"][0]["id"] == base::text_member(sale, "id"));
    CHECK(own.body["total_commission"][0]["currency"] == "KES");
    CHECK(get("chief", path).body["number_of_sales"] == 1);
    CHECK(get("staff", path).raw.body.find("commission") == std::string::npos);
    // The tag is the record's, so that If-Match goes on working.
    const auto changed = send("PATCH", "/api/v1/" + path, tokens["root"],
                              Json{{"specialty", "trucks"}}, {{"If-Match", own.header("ETag")}});
    CHECK((changed.status == 200 || changed.status == 412));
    const auto read = get("root", path);
    CHECK(send("PATCH", "/api/v1/" + path, tokens["root"], Json{{"specialty", "vans"}},
               {{"If-Match", read.header("ETag")}})
              .status == 200);
}

TEST_CASE_FIXTURE(Sales, "sales: has_invoice") {
    CHECK(get("root", "sales?has_invoice=true").body["data"].size() == 2);
    CHECK(get("root", "sales?has_invoice=false").body["data"].empty());
    CHECK(get("root", "sales?has_invoice=maybe").status == 400);
    CHECK(get("root", "sales?has_nothing=true").status == 400);
}

TEST_CASE_FIXTURE(Sales, "search: one box over kinds, limited to what the person may see") {
    CHECK(found("zawadi", "root") == Kinds{"customers", "invoices", "receipts"});
    CHECK(found("zawadi", "amina") == Kinds{"customers", "invoices", "receipts"});
    CHECK(found("zawadi", "ben") == Kinds{});
    CHECK(found("zawadi", "staff") == Kinds{"customers"});
    CHECK(found("zawadi", "") == Kinds{});
    CHECK(found("toyota", "") == Kinds{"cars"});
    CHECK(found("toyota", "root") == Kinds{"cars", "invoices"});
    CHECK(found("toyota", "root", "cars") == Kinds{"cars"});
    CHECK(found("NBO-C-I000001", "chief") == Kinds{"invoices", "receipts"});
    CHECK(found("500000", "chief") == Kinds{"receipts"});
    CHECK(found("firstamina", "chief", "users") == Kinds{"users"});
    CHECK(found("toyta", "root", "cars") == Kinds{"cars"});  // a typing error
    CHECK(found("zaw", "chief") == Kinds{"customers", "invoices", "receipts"});
    CHECK(get("root", "search?q=x&kinds=secrets").status == 400);
    CHECK(get("root", "search").status == 400);
    // Nothing of a hit is more than the person may see.
    CHECK(get("", "search?q=toyota").raw.body.find("created_by") == std::string::npos);
}

TEST_CASE_FIXTURE(Sales, "search: what changed, came and went is found as it is now") {
    CHECK(found("zawadi", "chief").size() == 3);
    const std::string path = "/api/v1/customers/" + buyer.to_string();
    REQUIRE(send("PATCH", path, tokens["chief"],
                 Json{{"first_name", "Neema"}, {"email", "neema@buyers.example"}})
                .status == 200);
    CHECK(found("neema", "chief") == Kinds{"customers", "invoices", "receipts"});
    CHECK(!found("zawadi", "chief").contains("customers"));
    const auto fresh = car(nbo, {{"make", "Lotus"}, {"model", "Elise"}});
    CHECK(found("lotus", "chief") == Kinds{"cars"});
    REQUIRE(send("DELETE", "/api/v1/cars/" + fresh.to_string(), tokens["root"]).status == 200);
    CHECK(found("lotus", "chief").empty());
}

TEST_CASE_FIXTURE(Sales, "search: options and colours in every language, as the trade says them") {
    car(nbo, {{"make", "Audi"},
              {"color", "Mica Blue"},
              {"fuel_type", "plug_in_hybrid"},
              {"drive_type", "awd"},
              {"body_style", "wagon"},
              {"transmission", "manual"}});
    for (const char* words :
         {"quattro", "intégrale", "tairi zote", "دفع كلي", "phev", "bleu", "buluu", "أزرق", "break",
          "station wagon", "BLEUE phev", "manuelle", "يدوي", "ya mkono", "ستيشن"}) {
        CAPTURE(words);
        const auto hits = get("root", "search?kinds=cars&q=" + std::string(words)).body["data"];
        REQUIRE(hits.size() == 1);
        CHECK(hits[0]["record"]["make"] == "Audi");
    }
    CHECK(found("umeme", "root", "cars").empty());
    CHECK(get("root", "search?kinds=users&q=muuzaji").body["data"].size() == 2);
}
