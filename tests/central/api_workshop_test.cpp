// The workshop over the REST API: tickets from the door to the invoice, its figures and letters.

#include "api_fixture.hpp"
#include "central/papers.hpp"
#include "central/verify.hpp"
#include "domain/records_workshop.hpp"
#include "storage/sqlite_world.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

struct Garage : Dealership {
    Garage() {
        user("chief", "admin", nbo);
        user("staff", "staff", nbo);
        user("amina", "seller", nbo);
        user("mech", "mechanic", nbo);
        user("second", "mechanic", nbo);
        user("buyer", "customer", {});
        sign_in();
        run("update_branch", {{"id", nbo.to_string()},
                              {"labour_rate_minor", 300'000},
                              {"labour_tax_code", "standard"}});
        buyer = customer("Achieng", people["amina"]);
        join(buyer, people["buyer"]);
        product = made("chief", "products",
                       {{"sku", "OF-1"},
                        {"name", "Oil filter"},
                        {"price_minor", 150'000},
                        {"currency", "KES"},
                        {"tax_code", "standard"},
                        {"kind", "part"}});
        const auto supplier = made("staff", "suppliers", {{"name", "Parts Ltd"}});
        made("staff", "incoming-orders",
             {{"supplier_id", supplier},
              {"product_id", product},
              {"quantity", 10},
              {"unit_cost_minor", 700},
              {"received", true}});
    }
    void sign_in() {
        for (const char* name : {"chief", "staff", "amina", "mech", "second", "buyer"})
            tokens[name] = token(name);
    }
    Reply ask(const char* who, const std::string& method, const std::string& what,
              std::optional<Json> args = std::nullopt) {
        return send(method, "/api/v1/" + what, tokens[who], std::move(args));
    }
    std::string made(const char* who, const std::string& what, const Json& args) {
        const auto reply = ask(who, "POST", what, args);
        INFO(reply.raw.body);
        REQUIRE(reply.status == 201);
        return base::text_member(reply.body, "id");
    }
    std::string ticket(const char* who = "mech") {
        return made(who, "service-tickets",
                    {{"customer_id", buyer.to_string()},
                     {"plate", "KDA 123X"},
                     {"vehicle", "2017 Toyota Probox"},
                     {"description", "Brakes squeal"}});
    }
    Reply set(const std::string& id, const char* status) {
        return ask("mech", "PATCH", "service-tickets/" + id + "/status", Json{{"status", status}});
    }
    std::int64_t in_stock() {
        std::int64_t sum = 0;
        const auto stocks = ask("staff", "GET", "stocks");
        for (const Json& one : stocks.body["data"])
            sum += one["available_quantity"].get<std::int64_t>();
        return sum;
    }
    std::vector<std::string> letters() {
        auto reader = store->reader();
        const auto rows =
            reader->connection().rows("SELECT kind FROM mail ORDER BY queued_at, id", {});
        REQUIRE(rows);
        std::vector<std::string> kinds;
        for (const auto& row : *rows)
            kinds.push_back(std::get<std::string>(row[0]));
        return kinds;
    }
    std::map<std::string, std::string> tokens;
    std::string product;
    base::Uuid buyer;
};

}  // namespace

TEST_CASE_FIXTURE(Garage, "tickets: from the door to the invoice") {
    const auto id = ticket();
    const auto part = made("mech", "service-tickets/" + id + "/parts",
                           {{"product_id", product}, {"quantity", 3}});
    CHECK(in_stock() == 7);
    made("mech", "service-tickets/" + id + "/labour", {{"minutes", 30}, {"description", "Brakes"}});
    CHECK(ask("mech", "DELETE", "ticket-parts/" + part).status == 200);
    CHECK(in_stock() == 10);
    made("mech", "service-tickets/" + id + "/parts", {{"product_id", product}, {"quantity", 2}});
    const auto over = ask("mech", "POST", "service-tickets/" + id + "/parts",
                          Json{{"product_id", product}, {"quantity", 20}});
    CHECK(over.code() == "oversold");
    CHECK(over.status >= 400);
    CHECK(set(id, "done").status == 409);
    CHECK(set(id, "in_progress").status == 200);
    const auto done = set(id, "done");
    INFO(done.raw.body);
    REQUIRE(done.status == 200);
    const std::string invoice = base::text_member(done.body["result"], "invoice_id");
    CHECK(done.body["total_minor"] == 450'000);
    const auto seen = ask("amina", "GET", "invoices/" + invoice);
    CHECK(seen.body["total_amount_minor"] == 450'000);
    CHECK(seen.body["ticket_id"] == id);
    CHECK(ask("amina", "GET", "invoices/" + invoice + "/lines").body["data"].size() == 2);
    // The customer sees it, pays, and it is paid; the paper names the vehicle.
    CHECK(ask("buyer", "GET", "invoices/" + invoice).status == 200);
    CHECK(ask("amina", "POST", "invoices/" + invoice + "/payments",
              Json{{"amount_minor", 450'000}, {"method", "cash"}})
              .status == 201);
    CHECK(ask("buyer", "GET", "invoices/" + invoice).body["status"] == "paid");
    CHECK(ask("buyer", "GET", "invoices/" + invoice + "/pdf").status == 200);
    CHECK(set(id, "collected").status == 200);
    const auto sound = central::verify_store(*store);
    REQUIRE(sound);
    CHECK(sound->empty());
}

TEST_CASE_FIXTURE(Garage, "tickets: one letter when it is done, with the invoice in it") {
    const auto before = letters().size();
    const auto id = ticket();
    made("mech", "service-tickets/" + id + "/labour", {{"minutes", 30}});
    set(id, "in_progress");
    set(id, "done");
    auto all = letters();
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before));
    CHECK(all == std::vector<std::string>{"ticket_done"});
}

TEST_CASE_FIXTURE(Garage, "tickets: the workshop hears of new ones, the seller of finished ones") {
    const auto id = ticket("buyer");
    const auto told = [&](const char* who) {
        std::vector<std::string> messages;
        const auto notes = ask(who, "GET", "notifications");
        for (const Json& one : notes.body["data"])
            if (one["type"] == "ticket" && !one.contains("resolved_at"))
                messages.push_back(one["message"]);
        return messages;
    };
    CHECK(told("mech") == std::vector<std::string>{"notification.ticket"});
    CHECK(told("amina").empty());
    set(id, "in_progress");
    CHECK(told("mech").empty());
    set(id, "done");
    CHECK(told("amina") == std::vector<std::string>{"notification.ticket_done"});
}

TEST_CASE_FIXTURE(Garage, "tickets: a customer's own, and the service history of a car") {
    const auto car_id = car(nbo).to_string();
    const auto other = customer("Baraka", people["amina"]);
    for (int i = 0; i < 2; ++i)
        made("mech", "service-tickets",
             {{"customer_id", buyer.to_string()}, {"car_id", car_id}, {"description", "Service"}});
    const auto foreign =
        made("mech", "service-tickets",
             {{"customer_id", other.to_string()}, {"car_id", car_id}, {"description", "Service"}});
    CHECK(ask("staff", "GET", "cars/" + car_id + "/service-tickets").body["data"].size() == 3);
    CHECK(ask("buyer", "GET", "service-tickets").body["data"].size() == 2);
    CHECK(ask("buyer", "GET", "service-tickets/" + foreign).status == 404);
    CHECK(ask("amina", "GET", "customers/" + buyer.to_string() + "/service-tickets")
              .body["data"]
              .size() == 2);
    const auto mine = ask("buyer", "GET", "service-tickets").body["data"][0];
    CHECK(!mine.contains("bay"));
    CHECK(mine.contains("status"));
    // FIX: prices and states never come from the client.
    for (const char* field : {"total_minor", "status", "invoice_id"})
        CHECK(ask("buyer", "POST", "service-tickets",
                  Json{{"customer_id", buyer.to_string()},
                       {"plate", "K"},
                       {"description", "x"},
                       {field, 1}})
                  .status == 400);
}

TEST_CASE_FIXTURE(Garage, "mechanics: their load, and the top by tickets in a period, never pay") {
    run("set_user_pay", {{"user_id", people["mech"].to_string()}, {"salary_minor", 555'555}});
    const auto give = [&](const std::string& id, const char* who) {
        return ask("chief", "POST", "service-tickets/" + id + "/mechanics",
                   Json{{"mechanic_id", people[who].to_string()}});
    };
    const auto first = ticket(), second = ticket(), third = ticket();
    CHECK(give(first, "mech").status == 200);
    CHECK(give(first, "mech").body["result"]["changed"] == false);
    give(second, "mech");
    give(third, "second");
    made("mech", "service-tickets/" + first + "/labour", {{"minutes", 45}});
    auto load = ask("staff", "GET", "mechanics/load");
    INFO(load.raw.body);
    REQUIRE(load.status == 200);
    REQUIRE(load.body["data"].size() == 2);
    CHECK(load.body["data"][0]["mechanic_id"] == people["mech"].to_string());
    CHECK(load.body["data"][0]["open_tickets"] == 2);
    CHECK(load.body["data"][0]["open_minutes"] == 45);
    CHECK(ask("mech", "GET", "mechanics/load").body["data"].size() == 1);
    CHECK(ask("amina", "GET", "mechanics/load").body["data"].empty());
    CHECK(ask("buyer", "GET", "mechanics/load").status == 403);
    CHECK(ask("chief", "GET", "mechanics/top").body["data"].empty());
    for (const auto& id : {first, second, third}) {
        set(id, "in_progress");
        REQUIRE(set(id, "done").status == 200);
    }
    clock.advance(1000);
    auto top = ask("chief", "GET", "mechanics/top");
    REQUIRE(top.body["data"].size() == 2);
    CHECK(top.body["data"][0]["tickets"] == 2);
    CHECK(top.body["data"][0]["minutes"] == 45);
    CHECK(top.raw.body.find("555555") == std::string::npos);
    CHECK(ask("chief", "GET", "mechanics/load").body["data"][0]["open_tickets"] == 0);
    CHECK(ask("chief", "GET", "mechanics/top?from=1&to=1000").body["data"].empty());
    CHECK(ask("chief", "GET", "mechanics/top?from=5&to=4").status == 400);
    CHECK(ask("chief", "GET", "mechanics/top?from=x").status == 400);
    CHECK(ask("chief", "GET", "dashboard?from=5").status == 400);
}

TEST_CASE_FIXTURE(Garage, "dashboard: open tickets, stock and what is low; costs for managers") {
    const auto id = ticket();
    made("mech", "service-tickets/" + id + "/parts", {{"product_id", product}, {"quantity", 8}});
    const auto board = ask("chief", "GET", "dashboard");
    INFO(board.raw.body);
    REQUIRE(board.status == 200);
    CHECK(board.body["open_tickets"] == 1);
    CHECK(board.body["stock"]["quantity"] == 2);
    CHECK(board.body["stock"]["value"][0]["amount_minor"] == 300'000);
    CHECK(board.body["stock"]["cost"][0]["amount_minor"] == 1'400);
    REQUIRE(board.body["stock"]["low"].size() == 1);
    CHECK(board.body["stock"]["low"][0]["available"] == 2);
    CHECK(!ask("staff", "GET", "dashboard").body["stock"].contains("cost"));
    const auto own = ask("mech", "GET", "dashboard");
    CHECK(own.body["open_tickets"] == 0);
    CHECK(!own.body.contains("stock"));
    CHECK(ask("amina", "GET", "dashboard").body["open_tickets"] == 1);
}

TEST_CASE_FIXTURE(Garage, "search: tickets by plate, vehicle and customer, for whom they are") {
    const auto id = ticket();
    const auto hits = [&](const char* who, const char* words) {
        const auto reply =
            ask(who, "GET", std::string("search?kinds=tickets&q=") + words).body["data"];
        return reply.size();
    };
    CHECK(hits("mech", "KDA") == 1);
    CHECK(hits("amina", "probox") == 1);
    CHECK(hits("buyer", "achieng") == 1);
    CHECK(hits("chief", "nothing") == 0);
    CHECK(ask("mech", "GET", "search?kinds=products&q=filter").body["data"].size() == 1);
    CHECK(set(id, "cancelled").status == 200);
    CHECK(hits("mech", "KDA") == 1);
}
