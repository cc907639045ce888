// Lists over the REST API, settings and metrics.

#include "office.hpp"
#include "storage/sqlite_world.hpp"

using namespace showfloor;
using testing::Json;

namespace {

struct Lists : testing::Office {
    // As curl --data-binary sends it.
    Reply send_list(const char* who, const std::string& target, const std::string& text,
                    const std::string& type = "text/csv", const std::string& key = {}) {
        net::Headers headers = {{"Content-Type", type}};
        if (!key.empty()) headers["Idempotency-Key"] = key;
        net::HttpRequest request;
        request.method = "POST";
        const auto mark = target.find('?');
        request.path = "/api/v1/" + target.substr(0, mark);
        if (mark != std::string::npos) {
            const auto pair = target.substr(mark + 1);
            request.query[pair.substr(0, pair.find('='))] = pair.substr(pair.find('=') + 1);
        }
        request.headers = std::move(headers);
        if (!tokens[who].empty()) request.headers["Authorization"] = "Bearer " + tokens[who];
        request.peer = peer;
        request.body = text;
        Reply reply;
        reply.raw = api->handle(request);
        reply.status = reply.raw.status;
        if (auto json = base::parse_json(reply.raw.body, 8UL << 20)) reply.body = *json;
        return reply;
    }
    std::size_t cars() { return get("root", "cars?limit=100").body["data"].size(); }
};

constexpr const char* kCars =
    "Make,Model,Year,VIN,Color,Mileage,Condition,Price,Currency,Branch\n"
    "Honda,Fit,2018,JHMGK5H50JX000001,blue,41000,used,1250000,KES,NBO\n"
    "Mazda,Demio,2016,not a vin,red,1,used,800000,KES,NBO\n"
    "BMW,X1,2020,WBAJG1C03LE000005,black,20000,used,4100000,KES,MBA\n";

}  // namespace

TEST_CASE_FIXTURE(Lists, "cars/import: bad lines are named, the same list twice changes nothing") {
    const auto first = send_list("chief", "cars/import", kCars);
    INFO(first.raw.body);
    REQUIRE(first.status == 200);
    CHECK(first.body["imported"] == 2);
    CHECK(first.body["updated"] == 0);
    REQUIRE(first.body["rejected"].size() == 1);
    CHECK(first.body["rejected"][0]["line"] == 3);
    CHECK(!first.body["rejected"][0]["reason"].get<std::string>().empty());
    CHECK(cars() == 2);
    const auto again = send_list("chief", "cars/import", kCars);
    CHECK(again.body["unchanged"] == 2);
    CHECK(again.body["imported"] == 0);
    CHECK(cars() == 2);
    // Who brought it in stands in history.
    const auto history = get("root", "history?command=create_car&limit=5").body["data"];
    REQUIRE(history.size() == 2);
    CHECK(history[0]["actor_id"] == people["chief"].to_string());
}

TEST_CASE_FIXTURE(Lists, "cars/import: rows that name no branch go to one's own or the one asked") {
    const std::string list =
        "make,model,year,vin,color,mileage,condition,price,currency\n"
        "Honda,Fit,2018,JHMGK5H50JX000001,blue,41000,used,1250000,KES\n";
    CHECK(send_list("root", "cars/import", list).body["rejected"].size() == 1);
    CHECK(send_list("root", "cars/import?branch=XYZ", list).status == 400);
    CHECK(send_list("chief", "cars/import", list).body["imported"] == 1);
    CHECK(get("root", "cars?limit=5").body["data"][0]["branch_id"] == nbo.to_string());
    CHECK(send_list("root", "cars/import?branch=MBA", list).body["updated"] == 1);
}

TEST_CASE_FIXTURE(Lists, "cars/import: not for sellers, staff, customers or nobody") {
    for (const char* who : {"amina", "staff", "buyer"})
        CHECK(send_list(who, "cars/import", kCars).status == 403);
    CHECK(send_list("", "cars/import", kCars).status == 401);
    CHECK(cars() == 0);
    for (const char* who : {"amina", "staff", "buyer"})
        CHECK(get(who, "cars/export").status == 403);
}

TEST_CASE_FIXTURE(Lists, "cars/import: what is no list is said so, and nothing changes") {
    CHECK(send_list("root", "cars/import", "").status == 415);
    CHECK(send_list("root", "cars/import", "{}", "application/json").status == 415);
    const auto unknown = send_list("root", "cars/import", "make,shoe size\nHonda,44\n");
    CHECK(unknown.status == 422);
    CHECK(unknown.raw.body.find("shoe size") != std::string::npos);
    CHECK(send_list("root", "cars/import?format=xml", kCars).status == 400);
    CHECK(send_list("root", "cars/import?colour=red", kCars).status == 400);
    CHECK(send_list("root", "cars/import", std::string(17UL << 20, 'x')).status == 413);
    CHECK(cars() == 0);
}

TEST_CASE_FIXTURE(Lists, "cars/import: the same key gets the same answer") {
    const auto first = send_list("chief", "cars/import", kCars, "text/csv", "list-1");
    const auto again = send_list("chief", "cars/import", kCars, "text/csv", "list-1");
    CHECK(again.body == first.body);
    CHECK(again.header("Idempotency-Replayed") == "true");
    CHECK(send_list("chief", "cars/import", "make\n", "text/csv", "list-1").status == 422);
}

TEST_CASE_FIXTURE(Lists, "cars/export: what went in comes out, and taking it is in history") {
    send_list("chief", "cars/import", kCars);
    const auto out = get("chief", "cars/export");
    CHECK(out.status == 200);
    CHECK(out.header("Content-Type") == "text/csv; charset=utf-8");
    CHECK(out.raw.body.find("JHMGK5H50JX000001") != std::string::npos);
    CHECK(out.raw.body.find("cost") == std::string::npos);
    CHECK(send_list("chief", "cars/import", out.raw.body).body["unchanged"] == 2);
    const auto google = get("chief", "cars/export?format=google-vehicle-listings");
    CHECK(google.raw.body.find("WBAJG1C03LE000005") != std::string::npos);
    const auto noted = get("root", "history?command=export").body["data"];
    REQUIRE(noted.size() == 2);
    CHECK(noted[0]["actor_id"] == people["chief"].to_string());
    CHECK(noted[0]["record"] == "car");
}

TEST_CASE_FIXTURE(Lists, "reports/export: sums by seller, month and branch, per currency") {
    const auto his = customer("Zawadi", people["amina"]);
    const auto theirs = customer("Baraka", people["ben"]);
    run("update_user", {{"id", people["amina"].to_string()}, {"first_name", "=HYPERLINK(1)"}});
    for (int i = 0; i < 2; ++i)
        sell(tokens["amina"], car(nbo, {{"purchase_cost_minor", 1'500'000'00}}), his);
    const auto gone = sell(tokens["ben"], car(mba), theirs, 1000);
    const auto all = get("root", "reports/export");
    INFO(all.raw.body);
    CHECK(all.status == 200);
    CHECK(
        all.raw.body.starts_with("month,branch,seller,currency,sales,price,purchase_cost,"
                                 "import_expense,commission,company_profit,incomplete\r\n"));
    // Two of 2,000,000.00 with 16 % inside; a name that is a formula is none in the list.
    CHECK(all.raw.body.find(",NBO,'=HYPERLINK(1) Last,KES,2,3448275.86,3000000.00,0.00,") !=
          std::string::npos);
    CHECK(all.raw.body.find(",MBA,Firstben Last,KES,1,1724137.93,") != std::string::npos);
    const auto by_branch = get("root", "reports/export?by=branch").raw.body;
    CHECK(by_branch.starts_with("branch,currency,"));
    CHECK(std::count(by_branch.begin(), by_branch.end(), '\n') == 3);
    // An admin of a branch has that branch's; the other one's is as absent as none.
    const auto own = get("chief", "reports/export?by=branch").raw.body;
    CHECK(own.find("NBO") != std::string::npos);
    CHECK(own.find("MBA") == std::string::npos);
    CHECK(get("chief", "reports/export?branch_id=" + mba.to_string()).status == 404);
    CHECK(get("boss", "reports/export?branch_id=" + mba.to_string()).raw.body.find("NBO") ==
          std::string::npos);
    CHECK(
        get("root", "reports/export?seller_id=" + people["ben"].to_string()).raw.body.find("NBO") ==
        std::string::npos);
    const auto later = std::to_string(clock.wall() + 1000);
    CHECK(get("root", "reports/export?from=" + later).raw.body.find("NBO") == std::string::npos);
    for (const char* bad : {"by=colour", "from=today", "to=x", "branch_id=1", "seller_id=1", "x=1"})
        CHECK(get("root", std::string("reports/export?") + bad).status == 400);
    for (const char* who : {"amina", "staff", "buyer"})
        CHECK(get(who, "reports/export").status == 403);
    // What was given back counts no more.
    const std::string sale = base::text_member(gone, "id");
    const auto back = send("PATCH", "/api/v1/sales/" + sale + "/status", tokens["boss"],
                           Json{{"status", "refunded"}, {"reason", "Changed their mind"}});
    INFO(back.raw.body);
    REQUIRE(back.status == 200);
    CHECK(get("root", "reports/export?by=branch").raw.body.find("MBA,KES,0,0.00,") !=
          std::string::npos);
}

TEST_CASE_FIXTURE(Lists, "settings: read by the house, changed by who runs all of it") {
    const std::string path = "/api/v1/settings";
    CHECK(send("GET", path).body.contains("languages"));
    CHECK_FALSE(send("GET", path).body.contains("login_notice"));
    CHECK_FALSE(get("buyer", "settings").body.contains("login_notice"));
    CHECK(get("amina", "settings").body["login_notice"] == "new");
    const Json every = {{"login_notice", "every"}};
    CHECK(send("PATCH", path, {}, every).status == 401);
    for (const char* who : {"amina", "staff", "buyer", "chief"})
        CHECK(send("PATCH", path, tokens[who], every).status == 403);
    const auto done = send("PATCH", path, tokens["boss"], every);
    CHECK(done.status == 200);
    CHECK(get("root", "settings").body["login_notice"] == "every");
    CHECK(send("PATCH", path, tokens["root"], Json{{"login_notice", "new"}},
               {{"If-Match", "\"old\""}})
              .status == 412);
    CHECK(send("PATCH", path, tokens["root"], Json{{"login_notice", "x"}}).status == 400);
    CHECK(send("PATCH", path, tokens["root"], Json{{"colour", "red"}}).status == 400);
    const auto noted = get("root", "history?command=update_settings").body["data"];
    REQUIRE(noted.size() == 1);
    CHECK(noted[0]["actor_id"] == people["boss"].to_string());
    // A setting that does something: now the next sign-in is told of, from wherever.
    const auto letters = [&] {
        auto reader = store->reader();
        const auto count =
            reader->connection().value("SELECT COUNT(*) FROM mail WHERE kind = 'login'");
        return std::get<std::int64_t>(*count);
    };
    const auto before = letters();
    token("amina");
    CHECK(letters() == before + 1);
}

TEST_CASE_FIXTURE(Lists,
                  "quarantine: for admins alone; a reference that nothing bears finds nothing") {
    const char* path = "/api/v1/quarantine?reference=NBO-T01-4F2A9C";
    CHECK(send("GET", path).status == 401);
    CHECK(send("GET", path, tokens["amina"]).status == 403);
    const auto found = send("GET", path, tokens["chief"]);
    REQUIRE(found.status == 200);
    CHECK(found.body["data"] == Json::array());
    CHECK(send("GET", "/api/v1/quarantine?terminal=T01", tokens["chief"]).status == 400);
}

TEST_CASE_FIXTURE(Lists, "metrics: for this machine and for admins, and nothing personal in them") {
    customer("Zawadi", people["amina"]);
    CHECK(send("GET", "/metrics").status == 401);
    CHECK(send("GET", "/metrics", tokens["amina"]).status == 403);
    CHECK(send("GET", "/metrics", tokens["chief"]).status == 200);
    peer = "127.0.0.1";
    const auto seen = send("GET", "/metrics");
    REQUIRE(seen.status == 200);
    CHECK(seen.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
    const std::string& text = seen.raw.body;
    const std::string logins =
        "showfloor_requests_total{operation=\"auth_login\",status=\"2xx\"} " +
        std::to_string(people.size()) + "\n";
    for (const char* name : {logins.c_str(), "# TYPE showfloor_mail_waiting gauge\n",
                             "showfloor_terminals 0\n", "showfloor_database_bytes "}) {
        INFO(text);
        CHECK(text.find(name) != std::string::npos);
    }
    for (const char* personal : {"Zawadi", "example", "amina", "192.0.2", "Branch", "NBO"})
        CHECK(text.find(personal) == std::string::npos);
    // Every line is a comment, or a name with a number.
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("# HELP ") || line.starts_with("# TYPE ")) continue;
        const auto space = line.rfind(' ');
        INFO(line);
        REQUIRE(space != std::string::npos);
        CHECK(line.starts_with("showfloor_"));
        CHECK(line.find_first_not_of("0123456789.", space + 1) == std::string::npos);
    }
}

TEST_CASE_FIXTURE(Lists, "me: a customer's own orders and tickets, whoever else they are") {
    const auto mine = customer("Zawadi", people["amina"]);
    join(mine, people["buyer"]);
    const auto other = customer("Baraka", people["amina"]);
    for (const auto whose : {mine, other})
        run("create_ticket", {{"id", id().to_string()},
                              {"customer_id", whose.to_string()},
                              {"branch_id", nbo.to_string()},
                              {"plate", "KDA 123X"},
                              {"description", "Brakes"}});
    const auto own = get("buyer", "me/tickets");
    INFO(own.raw.body);
    REQUIRE(own.body["data"].size() == 1);
    CHECK(own.body["data"][0]["customer_id"] == mine.to_string());
    CHECK(get("buyer", "me/orders").body["data"].empty());
    // Staff are no customers of the house, until they are.
    CHECK(get("chief", "me/tickets").body["data"].empty());
    CHECK(get("chief", "me/orders").status == 200);
    CHECK(send("GET", "/api/v1/me/tickets").status == 401);
}

TEST_CASE_FIXTURE(Lists, "customers/merge: joined into the one named, and only among one's own") {
    const auto kept = customer("Zawadi", people["amina"]);
    const auto twice = customer("Zawady", people["amina"]);
    const auto foreign = customer("Baraka", people["ben"]);
    const auto merge = [&](const char* who, testing::Uuid into, testing::Uuid from) {
        return send("POST", "/api/v1/customers/merge", tokens[who],
                    Json{{"customer_id", into.to_string()}, {"merge_id", from.to_string()}});
    };
    // What one may not see is as absent as what is not there.
    const auto unseen = merge("chief", kept, foreign);
    const auto absent = merge("chief", kept, id());
    CHECK(unseen.status == 422);
    CHECK(absent.status == 422);
    CHECK(unseen.code() == absent.code());
    CHECK(merge("staff", kept, twice).status == 403);
    const auto done = merge("chief", kept, twice);
    INFO(done.raw.body);
    CHECK(done.status == 200);
    CHECK(done.body["id"] == kept.to_string());
    CHECK(get("chief", "customers?q=Zawad").body["data"].size() == 1);
}
