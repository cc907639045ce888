// The thin path: enrolled, filled, sold offline, answered, found at central exactly once; and what
// central knows but a terminal must never hold.

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/clock.hpp"
#include "shop.hpp"

namespace showfloor::e2e {

using base::Json;

namespace {

std::vector<std::string> files_below(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    return files;
}

// Every way a number may stand in a file: as digits, as a 64-bit integer, and as SQLite packs it.
std::vector<std::string> spellings(std::int64_t number) {
    std::string little, big;
    for (int byte = 0; byte < 8; ++byte)
        little += static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * byte) & 0xff);
    big.assign(little.rbegin(), little.rend());
    std::vector<std::string> all = {std::to_string(number), little, big};
    if (number < 1LL << 47) all.push_back(big.substr(2));  // SQLite's six-byte integer
    if (number < 1LL << 31) all.push_back(big.substr(4));
    return all;
}

}  // namespace

TEST_CASE("path: a sale made offline stands at central once, with its invoice and receipt") {
    Shop shop;
    Till till(shop);
    CHECK(till.status()["rows"]["car"] == kCars);
    const Json car = till.show({"car", "--where", "availability=in_stock", "--limit", "1"}).at(0);
    CHECK_FALSE(car.contains("purchase_cost_minor"));
    shop.kill();  // offline
    const std::string customer = till.make_customer();
    const Json sale = json_of(till.sell(car, customer, 500'000));
    CHECK(sale["outcome"] == "pending");
    CHECK(sale["receipt_ids"].size() == 1);
    CHECK(till.status()["pending"] == 2);
    CHECK(till.show({"car", "--id", car["id"]}).at(0)["availability"] == "sold");
    shop.start();
    till.sync();
    till.sync();  // nothing happens twice
    const Json status = till.status();
    CHECK(status["pending"] == 0);
    CHECK(status["refused"] == 0);
    CHECK(status["disputed"] == 0);
    const auto sales = shop.all("sales");
    REQUIRE(sales.size() == 1);
    CHECK(sales[0]["id"] == sale["sale_id"]);
    CHECK(sales[0]["car_id"] == car["id"]);
    CHECK(sales[0]["status"] == "completed");
    const auto invoice =
        shop.ask("GET", "/api/v1/invoices/" + sale["invoice_id"].get<std::string>());
    CHECK(invoice.status == 200);
    CHECK(invoice.json["number"] == sale["invoice_number"]);
    CHECK(invoice.json["amount_paid_minor"] == 500'000);
    CHECK(shop.all("receipts").size() == 1);
    CHECK(shop.all("customers").size() == 1);
    CHECK(till.call("verify", {"--json"}).code == 0);
    shop.check_verify();
}

TEST_CASE("path: a ticket worked on offline stands at central once, with part and invoice") {
    Shop shop;
    const Json branch = shop.all("branches").at(0)["id"];
    const auto made = [&](const char* what, const Json& args) {
        const auto answer = shop.ask("POST", std::string("/api/v1/") + what, args);
        REQUIRE_MESSAGE(answer.status == 201, answer.body);
        return answer.json["id"];
    };
    const Json product = made("products", {{"sku", "OF-1"},
                                           {"name", "Oil filter"},
                                           {"price_minor", 150'000},
                                           {"currency", "KES"},
                                           {"kind", "part"}});
    const Json supplier = made("suppliers", {{"name", "Parts Ltd"}});
    made("incoming-orders", {{"supplier_id", supplier},
                             {"product_id", product},
                             {"branch_id", branch},
                             {"quantity", 5},
                             {"unit_cost_minor", 700},
                             {"received", true}});
    Till till(shop);
    const auto act = [&](const char* command, const Json& args) {
        const Json done =
            json_of(till.call("do", {"--as", "manager", "--password-file",
                                     shop.password_file("manager"), command, args.dump()}));
        CHECK_MESSAGE(done["outcome"] == "pending", done.dump());
        return done;
    };
    (void)till.show(
        {"service_ticket", "--as", "manager", "--password-file", shop.password_file("manager")});
    shop.kill();  // offline
    const std::string customer = till.make_customer();
    const Json ticket = act(
        "create_ticket",
        {{"customer_id", customer}, {"plate", "KDA 123X"}, {"description", "Brakes"}})["ticket_id"];
    const Json part = act(
        "add_part", {{"ticket_id", ticket}, {"product_id", product}, {"quantity", 2}})["part_id"];
    act("remove_part", {{"part_id", part}});
    act("add_part", {{"ticket_id", ticket}, {"product_id", product}, {"quantity", 3}});
    act("set_ticket_status", {{"ticket_id", ticket}, {"status", "in_progress"}});
    const Json done = act("set_ticket_status", {{"ticket_id", ticket}, {"status", "done"}});
    act("create_item", {{"item_name", "Torque wrench"}, {"quantity", 1}});
    shop.start();
    till.sync();
    till.sync();
    CHECK(till.status()["pending"] == 0);
    CHECK(till.status()["refused"] == 0);
    const auto tickets = shop.all("service-tickets");
    REQUIRE(tickets.size() == 1);
    CHECK(tickets[0]["status"] == "done");
    CHECK(tickets[0]["total_minor"] == 450'000);
    const auto invoice =
        shop.ask("GET", "/api/v1/invoices/" + done["invoice_id"].get<std::string>());
    CHECK(invoice.json["number"] == done["invoice_number"]);
    CHECK(shop.all("stocks").at(0)["available_quantity"] == 2);
    CHECK(till.call("verify", {"--json"}).code == 0);
}

TEST_CASE("path: reservations, goods and the till work offline through do, and arrive at central") {
    Shop shop;
    const Json branch = shop.all("branches").at(0);
    const auto made = [&](const char* what, Json args) {
        const auto answer = shop.ask("POST", std::string("/api/v1/") + what, std::move(args));
        REQUIRE_MESSAGE(answer.status == 201, answer.body);
        return answer.json["id"].get<std::string>();
    };
    const std::string product = made("products", {{"sku", "OF-1"},
                                                  {"name", "Oil filter"},
                                                  {"price_minor", 1500},
                                                  {"currency", branch["currency"]},
                                                  {"kind", "part"}});
    const std::string supplier = made("suppliers", {{"name", "Parts Ltd"}});
    (void)made("incoming-orders", {{"supplier_id", supplier},
                                   {"product_id", product},
                                   {"branch_id", branch["id"]},
                                   {"quantity", 3},
                                   {"unit_cost_minor", 700},
                                   {"received", true}});
    Till till(shop);
    const Json car = till.show({"car", "--where", "availability=in_stock", "--limit", "1"}).at(0);
    shop.kill();  // offline
    const std::string customer = till.make_customer();
    const auto done = [&](const char* command, const Json& args) {
        Json answer = json_of(till.submit(command, args));
        INFO(command << " " << answer.dump());
        REQUIRE(answer["outcome"] == "pending");
        return answer;
    };
    const Json opened = done("open_till", {{"opening_float_minor", 1000}});
    const Json kept = done("reserve_car", {{"car_id", car["id"]},
                                           {"customer_id", customer},
                                           {"until", base::SystemClock().wall() + 86'400'000},
                                           {"deposit_minor", 5000}});
    CHECK(kept["receipt_ids"].size() == 1);
    CHECK(till.show({"car", "--id", car["id"]}).at(0)["availability"] == "reserved");
    const Json goods =
        done("record_counter_sale", {{"lines", {{{"product_id", product}, {"quantity", 2}}}},
                                     {"payments", {{{"method", "cash"}, {"amount_minor", 3000}}}}});
    const Ran over = till.submit("record_counter_sale",
                                 {{"lines", {{{"product_id", product}, {"quantity", 2}}}}});
    CHECK(over.code == 3);
    CHECK(over.out.find("\"oversold\"") != std::string::npos);
    const Json back = done("cancel_reservation", {{"reservation_id", kept["reservation_id"]},
                                                  {"reason", "Changed their mind"}});
    CHECK(back["deposit_state"] == "refunded");
    const Json closed =
        done("close_till", {{"till_id", opened["till_id"]},
                            {"counted", {{{"method", "cash"}, {"counted_minor", 4000}}}}});
    CHECK(closed["difference_minor"] == 0);
    const auto seen = [&](const char* record, const char* login) {
        return till.show({record, "--as", login, "--password-file", shop.password_file(login)});
    };
    CHECK(seen("reservation", "seller").at(0)["status"] == "cancelled");
    CHECK(seen("outgoing_order", "seller").at(0)["total_minor"] == 3000);
    CHECK(seen("till", "seller").at(0)["status"] == "closed");
    shop.start();
    till.sync();
    till.sync();  // nothing happens twice
    const Json status = till.status();
    CHECK(status["pending"] == 0);
    CHECK(status["refused"] == 0);
    CHECK(status["disputed"] == 0);
    CHECK(shop.all("reservations").at(0)["deposit_state"] == "refunded");
    CHECK(shop.all("outgoing-orders").at(0)["invoice_id"] == goods["invoice_id"]);
    CHECK(shop.all("tills").at(0)["difference_minor"] == 0);
    CHECK(shop.all("stocks").at(0)["available_quantity"] == 1);
    CHECK(shop.all("receipts").size() == 3);
    shop.check_verify();
}

TEST_CASE("confidential: a purchase cost is found in no file of a terminal, whatever it does") {
    constexpr std::int64_t kMarker = 98'765'432'100;  // minor units of 987654321
    Shop shop;
    const auto made = shop.ask("POST", "/api/v1/cars",
                               {{"branch_id", shop.all("branches").at(0)["id"]},
                                {"make", "Subaru"},
                                {"model", "Forester"},
                                {"year", 2021},
                                {"vin", "JF2SJABC0MH400001"},
                                {"color", "blue"},
                                {"mileage", 12000},
                                {"condition", "used"},
                                {"price_minor", kPriceMinor},
                                {"currency", "KES"},
                                {"purchase_cost_minor", kMarker}});
    REQUIRE_MESSAGE(made.status == 201, made.body);
    Till till(shop);
    const auto car = till.show({"car", "--where", "model=Forester", "--as", "seller",
                                "--password-file", shop.password_file("seller")});
    REQUIRE(car.size() == 1);
    CHECK_FALSE(car[0].dump().find("98765432") != std::string::npos);
    (void)till.show({"car", "--as", "manager", "--password-file", shop.password_file("manager")});
    const std::string customer = till.make_customer();
    CHECK(till.sell(car[0], customer, 500'000).code == 0);
    till.sync();
    till.sync();
    // It is there to be found: central, at least, has it.
    int at_central = 0;
    const auto look = [](const std::string& file) {
        std::ifstream in(file, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        for (const std::int64_t number : {kMarker, kMarker / 100}) {
            for (const std::string& spelling : spellings(number))
                if (bytes.find(spelling) != std::string::npos) return true;
        }
        return false;
    };
    for (const auto& file : files_below(shop.folder()))
        at_central += look(file) ? 1 : 0;
    CHECK(at_central > 0);
    const auto files = files_below(till.dir);
    CHECK(files.size() > 5);
    for (const auto& file : files) {
        INFO(file);
        CHECK_FALSE(look(file));
    }
}

}  // namespace showfloor::e2e
