// The dashboard, sellers side by side, a user with sales, the search box: who sees what of it.

#include <set>

#include "api_fixture.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

struct Office : Dealership {
    Office() {
        user("root", "super_admin", {});
        user("boss", "admin", nbo);
        user("clerk", "staff", nbo);
        user("amina", "seller", nbo);
        user("juma", "seller", mba);
        user("mech", "mechanic", nbo);
        for (const char* name : {"root", "boss", "clerk", "amina", "juma", "mech"})
            tokens[name] = token(name);
        toyota = car(nbo);
        run("set_car_cost", {{"car_id", toyota.to_string()},
                             {"purchase_cost_minor", 1'500'000'00},
                             {"currency", "KES"}});
        buyer = customer("Zawadi", people["amina"]);
        sale = sell(tokens["amina"], toyota, buyer);
        sell(tokens["juma"], car(mba, {{"make", "Mazda"}, {"model", "Demio"}}),
             customer("Baraka", people["juma"]));
    }
    Reply get(const std::string& target, const std::string& who) {
        return send("GET", "/api/v1/" + target, who.empty() ? std::string() : tokens[who]);
    }
    std::set<std::string> found(const std::string& words, const std::string& who,
                                const std::string& kinds = {}) {
        const auto reply = get("search?q=" + words + (kinds.empty() ? "" : "&kinds=" + kinds), who);
        INFO(reply.raw.body);
        REQUIRE(reply.status == 200);
        std::set<std::string> kinds_found;
        for (const Json& hit : reply.body["data"])
            kinds_found.insert(base::text_member(hit, "kind"));
        return kinds_found;
    }
    std::map<std::string, std::string> tokens;
    testing::Uuid toyota, buyer;
    Json sale;
};

using Kinds = std::set<std::string>;

}  // namespace

TEST_CASE_FIXTURE(Office, "dashboard: figures of one's scope; profit for managers alone") {
    const auto all = get("dashboard", "root");
    INFO(all.raw.body);
    REQUIRE(all.status == 200);
    CHECK(all.body["sales_by_make"].size() == 2);
    CHECK(all.body["sales_by_month"][0]["count"] == 2);
    CHECK(all.body["sales_by_month"][0]["revenue_minor"] == 4'000'000'00);
    CHECK(all.body["profit_by_month"][0]["incomplete"] == 1);
    CHECK(all.body["latest_sales"].size() == 2);
    CHECK(all.body["terminals"]["count"] == 0);
    const auto branch = get("dashboard", "boss");
    CHECK(branch.body["sales_by_month"][0]["count"] == 1);
    CHECK(branch.body.contains("profit_by_month"));
    CHECK(get("dashboard?branch_id=" + mba.to_string(), "boss").status == 404);
    CHECK(get("dashboard?branch_id=" + mba.to_string(), "root").body["sales_by_make"][0]["make"] ==
          "Mazda");
    const auto clerk = get("dashboard", "clerk");
    CHECK(clerk.body["sales_by_month"][0]["count"] == 1);
    CHECK(clerk.raw.body.find("commission") == std::string::npos);
    CHECK(clerk.raw.body.find("profit") == std::string::npos);
    const auto own = get("dashboard", "amina");
    CHECK(own.body["sales_by_month"][0]["commission_minor"].get<std::int64_t>() > 0);
    CHECK(!own.body.contains("profit_by_month"));
    CHECK(!own.body.contains("users"));
    CHECK(get("dashboard", "").status == 401);
}

TEST_CASE_FIXTURE(Office,
                  "sellers: customers, sales, revenue and commission of those one may see") {
    const auto all = get("sellers/summary", "root").body["data"];
    REQUIRE(all.size() == 2);
    for (const Json& seller : all) {
        CHECK(seller["sales"] == 1);
        CHECK(seller["cars_sold"] == 1);
        CHECK(seller["customers"] == 1);
        CHECK(seller["revenue"][0]["amount_minor"] == 2'000'000'00);
        CHECK(seller["commission"][0]["amount_minor"].get<std::int64_t>() > 0);
    }
    const auto own = get("sellers/summary", "amina").body["data"];
    REQUIRE(own.size() == 1);
    CHECK(own[0]["seller_id"] == people["amina"].to_string());
    CHECK(get("sellers/summary", "clerk").raw.body.find("commission") == std::string::npos);
}

TEST_CASE_FIXTURE(Office, "users: sales and commission with the user, for oneself and managers") {
    const std::string path = "users/" + people["amina"].to_string();
    const auto own = get(path, "amina");
    CHECK(own.body["number_of_sales"] == 1);
    CHECK(own.body["sales"][0]["id"] == base::text_member(sale, "id"));
    CHECK(own.body["total_commission"][0]["currency"] == "KES");
    CHECK(get(path, "boss").body["number_of_sales"] == 1);
    CHECK(get(path, "clerk").raw.body.find("commission") == std::string::npos);
    // The tag is the record's, so that If-Match goes on working.
    const auto changed = send("PATCH", "/api/v1/" + path, tokens["root"],
                              Json{{"specialty", "trucks"}}, {{"If-Match", own.header("ETag")}});
    CHECK((changed.status == 200 || changed.status == 412));
    const auto read = get(path, "root");
    CHECK(send("PATCH", "/api/v1/" + path, tokens["root"], Json{{"specialty", "vans"}},
               {{"If-Match", read.header("ETag")}})
              .status == 200);
}

TEST_CASE_FIXTURE(Office, "sales: has_invoice") {
    CHECK(get("sales?has_invoice=true", "root").body["data"].size() == 2);
    CHECK(get("sales?has_invoice=false", "root").body["data"].empty());
    CHECK(get("sales?has_invoice=maybe", "root").status == 400);
    CHECK(get("sales?has_nothing=true", "root").status == 400);
}

TEST_CASE_FIXTURE(Office, "search: one box over kinds, limited to what the person may see") {
    CHECK(found("zawadi", "root") == Kinds{"customers", "invoices", "receipts"});
    CHECK(found("zawadi", "amina") == Kinds{"customers", "invoices", "receipts"});
    CHECK(found("zawadi", "juma") == Kinds{});
    CHECK(found("zawadi", "clerk") == Kinds{"customers"});
    CHECK(found("zawadi", "") == Kinds{});
    CHECK(found("toyota", "") == Kinds{"cars"});
    CHECK(found("toyota", "root") == Kinds{"cars", "invoices"});
    CHECK(found("toyota", "root", "cars") == Kinds{"cars"});
    CHECK(found("NBO-C-I000001", "boss") == Kinds{"invoices", "receipts"});
    CHECK(found("500000", "boss") == Kinds{"receipts"});
    CHECK(found("firstamina", "boss", "users") == Kinds{"users"});
    CHECK(found("toyta", "root", "cars") == Kinds{"cars"});  // a typing error
    CHECK(found("zaw", "boss") == Kinds{"customers", "invoices", "receipts"});
    CHECK(get("search?q=x&kinds=secrets", "root").status == 400);
    CHECK(get("search", "root").status == 400);
    // Nothing of a hit is more than the person may see.
    CHECK(get("search?q=toyota", "").raw.body.find("created_by") == std::string::npos);
}

TEST_CASE_FIXTURE(Office, "search: what changed, came and went is found as it is now") {
    CHECK(found("zawadi", "boss").size() == 3);
    const std::string path = "/api/v1/customers/" + buyer.to_string();
    REQUIRE(send("PATCH", path, tokens["boss"],
                 Json{{"first_name", "Neema"}, {"email", "neema@buyers.example"}})
                .status == 200);
    CHECK(found("neema", "boss") == Kinds{"customers", "invoices", "receipts"});
    CHECK(!found("zawadi", "boss").contains("customers"));
    const auto fresh = car(nbo, {{"make", "Lotus"}, {"model", "Elise"}});
    CHECK(found("lotus", "boss") == Kinds{"cars"});
    REQUIRE(send("DELETE", "/api/v1/cars/" + fresh.to_string(), tokens["root"]).status == 200);
    CHECK(found("lotus", "boss").empty());
}
