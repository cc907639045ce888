// The command lines of protocol.md as a script would use them: what they print, what they exit
// with.
#include <doctest/doctest.h>
#include <csignal>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <sstream>

#include "base/file.hpp"
#include "base/json.hpp"
#include "shop.hpp"

namespace showfloor::e2e {

namespace {

using base::Json;

std::string named(const Json& rows, const char* field, const std::string& value,
                  const char* wanted) {
    for (const Json& row : rows)
        if (base::text_member(row, field) == value) return row.value(wanted, Json("")).dump();
    return "";
}

}  // namespace

TEST_CASE("commands: --help and --version answer, nonsense exits 2 with one line") {
    for (const char* name : {"showfloor-central", "showfloor-terminal"}) {
        INFO(name);
        const Ran help = run(name, {"--help"});
        CHECK(help.code == 0);
        CHECK(help.out.find("--data") != std::string::npos);
        const Ran version = run(name, {"--version"});
        CHECK(version.code == 0);
        for (const char* part : {"SQLite", "mbedTLS"})
            CHECK_MESSAGE(version.out.find(part) != std::string::npos, version.out);
        for (const std::vector<std::string>& words : {std::vector<std::string>{"nonsense"},
                                                      {"verify"},
                                                      {"verify", "--data", "x", "--no"}}) {
            const Ran wrong = run(name, words);
            CHECK(wrong.code == 2);
            CHECK(std::count(wrong.err.begin(), wrong.err.end(), '\n') == 1);
        }
    }
    CHECK(run("showfloor-terminal", {"do", "--list"}).out.find("record_sale") != std::string::npos);
}

TEST_CASE("commands: branches, users, terminals, export and import of what was exported") {
    Shop shop;
    Till till(shop, false);
    shop.central({"branches", "add", "--code", "MBA", "--name", "Mombasa", "--currency", "KES",
                  "--time-zone", "Africa/Nairobi"});
    CHECK(named(shop.central({"branches", "list"}), "code", "MBA", "name") == "\"Mombasa\"");
    const std::string logo = std::string(SHOWFLOOR_SOURCE_DIR) + "/assets/demo/logo.png";
    CHECK(base::text_member(shop.central({"branches", "set-logo", "MBA", "--logo", logo}), "logo")
              .size() == 64);
    CHECK(base::text_member(shop.central({"branches", "set-logo", "MBA"}), "logo").empty());
    CHECK(base::text_member(shop.central({"branches", "set-accent", "MBA", "--color", "#8B1E2D"}),
                            "accent_color") == "#8B1E2D");
    CHECK(
        base::text_member(shop.central({"branches", "set-accent", "MBA"}), "accent_color").empty());
    const Json added =
        shop.central({"users", "add", "--first-name", "Ali", "--last-name", "Said", "--username",
                      "ali", "--email", "ali@example.org", "--role", "seller", "--branch", "MBA"});
    CHECK(base::text_member(added, "password").size() >= 10);
    const Json reset = shop.central({"users", "reset-password", "ali"});
    CHECK(base::text_member(reset, "password") != base::text_member(added, "password"));
    CHECK(named(shop.central({"users", "list"}), "login", "ali", "status") == "\"active\"");
    shop.central({"users", "deactivate", "ali"});
    CHECK(named(shop.central({"users", "list"}), "login", "ali", "status") == "\"inactive\"");
    const Json terminals = shop.central({"terminals", "list"});
    REQUIRE(terminals.size() == 1);
    CHECK(base::text_member(terminals[0], "code") == "T01");
    shop.central({"terminals", "revoke", terminals[0]["id"]});
    CHECK(base::text_member(shop.central({"terminals", "list"})[0], "status") == "revoked");

    const std::string data = shop.folder() + "/central";
    const Ran csv = run("showfloor-central", {"export", "cars", "--data", data});
    REQUIRE(csv.code == 0);
    const std::string file = shop.folder() + "/exported.csv";
    REQUIRE(base::write_file(file, csv.out, 0600).ok());
    const Json again = shop.central({"import", file, "--format", "showfloor"});
    CHECK(again["imported"] == 0);
    CHECK(again["unchanged"] == kCars);
    CHECK(again["rejected"].empty());
    shop.stop();
    CHECK(shop.central({"migrate"})["steps"] == 0);
}

TEST_CASE("commands: serve takes its ports from --config") {
    Shop shop;
    shop.stop();
    const std::string config = shop.folder() + "/central.json";
    REQUIRE(base::write_file(config,
                             Json{{"listen", "127.0.0.1:" + std::to_string(shop.ports().rest)},
                                  {"sync_listen", "127.0.0.1:" + std::to_string(shop.ports().sync)}}
                                 .dump(),
                             0600)
                .ok());
    Child server("showfloor-central",
                 {"serve", "--data", shop.folder() + "/central", "--config", config});
    CHECK(wait_until([&] {
        net::ClientRequest request;
        request.url = shop.url() + "/healthz";
        const auto answer = shop.client().perform(request);
        return answer && answer->status == 200;
    }));
    server.signal(SIGTERM);
    CHECK(server.wait() == 0);
}

TEST_CASE("commands: a backup of the night, restored: what was sold since is sent again, once") {
    Shop shop;
    Till till(shop);
    const auto cars = till.show({"car", "--limit", "2"});
    const std::string customer = till.make_customer();
    CHECK(till.sell(cars[0], customer, 100'00).code == 0);
    till.sync();
    CHECK(shop.all("sales").size() == 1);  // signs in: the session is in the backup, too
    const std::string file = shop.folder() + "/night.bak";
    shop.central({"backup", "--to", file});
    CHECK(till.sell(cars[1], customer, 200'00).code == 0);
    till.sync();
    CHECK(shop.all("sales").size() == 2);

    const std::string data = shop.folder() + "/central";
    shop.stop();
    CHECK(run("showfloor-central", {"restore", file, "--data", data}).code == 3);  // in use
    std::filesystem::rename(data, data + ".lost");
    CHECK(run("showfloor-central", {"restore", file, "--data", data}).code == 0);
    shop.check_verify();
    shop.start();
    CHECK(shop.all("sales").size() == 1);
    till.sync();
    CHECK(shop.all("sales").size() == 2);
    CHECK(shop.all("payments").size() == 2);
    CHECK(till.status()["pending"] == 0);
    shop.check_verify();
}

TEST_CASE("commands: export-outbox is for administrators, and whole") {
    Shop shop;
    Till till(shop);
    shop.stop();
    const auto cars = till.show({"car", "--limit", "1"});
    const std::string customer = till.make_customer();
    CHECK(till.sell(cars[0], customer, 100'00).code == 0);
    const auto exported = [&](const std::string& login) {
        return till.call("export-outbox",
                         {"--as", login, "--password-file", shop.password_file(login)});
    };
    CHECK(exported("seller").code == 3);
    const Ran ran = exported("manager");
    REQUIRE(ran.code == 0);
    std::istringstream lines(ran.out);
    std::vector<Json> entries;
    for (std::string line; std::getline(lines, line);)
        entries.push_back(Json::parse(line));
    REQUIRE(entries.size() == 2);
    CHECK(entries[0]["name"] == "create_customer");
    CHECK(entries[1]["name"] == "record_sale");
    const Json body = Json::parse(entries[1]["body"].get<std::string>());
    CHECK(body["args"]["customer_id"] == customer);
    CHECK(body["terms"]["total_minor"].get<std::int64_t>() > 0);
}

TEST_CASE("commands: a sale with a promotion keeps what it gave, whatever central says later") {
    Shop shop;
    const auto made =
        shop.ask("POST", "/api/v1/promotions", {{"name", "Spring"}, {"percent_bp", 500}});
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string id = base::text_member(made.json, "id");
    Till till(shop);
    const auto shown = [&](const char* record, const std::string& row_id) {
        const auto rows = till.show({record, "--id", row_id, "--as", "seller", "--password-file",
                                     shop.password_file("seller")});
        REQUIRE(rows.size() == 1);
        return rows[0];
    };
    CHECK(shown("promotion", id)["percent_bp"] == 500);
    const auto cars = till.show({"car", "--limit", "1"});
    const std::string customer = till.make_customer();
    shop.stop();
    Json args = Till::sale_args(cars[0], customer, 100'00);
    args["promotions"] = {id};
    const Json sold = json_of(till.submit("record_sale", args));
    CHECK(sold["outcome"] == "pending");
    args["promotions"] = {id, id};
    CHECK(till.submit("record_sale", args).code == 3);
    const std::string sale_id = base::text_member(sold, "sale_id");
    const Json offline = shown("sale", sale_id);
    const Json given = {
        {{"promotion_id", id}, {"name", "Spring"}, {"amount_minor", kPriceMinor / 20}}};
    CHECK(offline["promotions"] == given);
    CHECK(offline["total_minor"] == kPriceMinor - kPriceMinor / 20);
    // Before the sale arrives, the promotion gives twice as much; afterwards it is no more.
    shop.start();
    CHECK(shop.ask("PATCH", "/api/v1/promotions/" + id, {{"percent_bp", 1000}}).status == 200);
    till.sync();
    const auto same_everywhere = [&] {
        const Json here = shown("sale", sale_id);
        const auto there = shop.ask("GET", "/api/v1/sales/" + sale_id);
        REQUIRE_MESSAGE(there.status == 200, there.body);
        for (const char* member :
             {"promotions", "total_minor", "price_minor", "commission_minor"}) {
            INFO(member);
            CHECK(here[member] == offline[member]);
            CHECK(there.json[member] == offline[member]);
        }
        const auto invoice =
            shop.ask("GET", "/api/v1/invoices/" + base::text_member(sold, "invoice_id"));
        CHECK(invoice.json["total_amount_minor"] == offline["total_minor"]);
    };
    same_everywhere();
    CHECK(shown("promotion", id)["percent_bp"] == 1000);
    CHECK(shop.ask("DELETE", "/api/v1/promotions/" + id).status == 200);
    till.sync();
    same_everywhere();
    CHECK(till.status()["pending"] == 0);
    CHECK(till.status()["disputed"] == 0);
    shop.check_verify();
}

}  // namespace showfloor::e2e
