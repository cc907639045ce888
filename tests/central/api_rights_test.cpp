// Every cell of the rights table through the door of the REST API.

#include <set>

#include "api_fixture.hpp"
#include "central/api/route.hpp"
#include "domain/records_goods.hpp"
#include "storage/sqlite_world.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

// Two branches with people of every role, two sales, a purchase cost.
struct Town : Dealership {
    std::map<std::string, std::string> tokens;  // by name; "" = nobody

    Town() {
        user("root", "super_admin", {});
        user("boss", "admin", {});
        user("chief", "admin", nbo);
        user("staff", "staff", nbo);
        user("amina", "seller", nbo);
        user("ben", "seller", mba);
        user("mech", "mechanic", nbo);
        user("driver", "delivery", nbo);
        user("supplier", "supplier", {});
        user("buyer", "customer", {});
        tokens[""] = "";
        for (const auto& [name, who] : people)
            tokens[name] = token(name);
        run("update_user", {{"id", people["amina"].to_string()}, {"show_at_sign_in", true}});
        const auto customer_a = customer("Achieng", people["amina"]);
        const auto customer_b = customer("Baraka", people["ben"]);
        join(customer_a, people["buyer"]);
        const auto car_a = car(nbo, {{"purchase_cost_minor", 1'234'567'89}});
        const auto car_b = car(mba, {{"purchase_cost_minor", 1'000'000'00}});
        car(nbo);
        sell(tokens["amina"], car_a, customer_a);
        sell(tokens["ben"], car_b, customer_b);
        goods(car_a);
        workshop(customer_a, customer_b);
        deals("amina", customer_a, nbo);
        deals("ben", customer_b, mba);
        for (const auto branch : {nbo, mba})
            run("create_lead", {{"id", id().to_string()},
                                {"kind", "callback"},
                                {"name", "Visitor"},
                                {"phone", "+254712000444"},
                                {"consent_version", "1"},
                                {"consent_at", clock.wall()},
                                {"branch_id", branch.to_string()}});
        run("create_terminal",
            {{"id", id().to_string()},
             {"name", "Front"},
             {"public_key", crypto::PrivateKey::generate(random).public_key().to_pem()},
             {"branch_id", nbo.to_string()}});
    }

    // One of each of what is sold beside cars, an importation and a changed price.
    void goods(base::Uuid car_id) {
        const auto made = [this](const char* command, Json args) {
            const auto id_text = id().to_string();
            args["id"] = id_text;
            run(command, std::move(args));
            return id_text;
        };
        const auto category = made("create_category", {{"name", "Filters"}});
        const auto product = made("create_product", {{"sku", "OF-1"},
                                                     {"name", "Oil filter"},
                                                     {"price_minor", 150'000},
                                                     {"currency", "KES"},
                                                     {"kind", "part"},
                                                     {"category_id", category}});
        product_ = product;
        made("create_promotion", {{"name", "Spring"}, {"percent_bp", 100}});
        const auto theirs = made("create_supplier", {{"name", "Parts Ltd"},
                                                     {"user_id", people["supplier"].to_string()}});
        const auto others = made("create_supplier", {{"name", "Other Ltd"}});
        for (const auto& [supplier, branch] : {std::pair(theirs, nbo), std::pair(others, mba)})
            made("create_incoming_order", {{"supplier_id", supplier},
                                           {"product_id", product},
                                           {"branch_id", branch.to_string()},
                                           {"quantity", 5},
                                           {"unit_cost_minor", 700},
                                           {"received", true}});
        made("add_importation", {{"car_id", car_id.to_string()},
                                 {"country_of_origin", "JP"},
                                 {"transport_fee_minor", 1000},
                                 {"import_duty_minor", 2000},
                                 {"currency", "KES"},
                                 {"import_date", clock.wall()}});
        run("update_car", {{"id", car(nbo).to_string()}, {"price_minor", 1'900'000'00}});
    }

    // Tickets in both branches with a part, labour and a mechanic, deliveries, items, pay.
    void workshop(base::Uuid customer_a, base::Uuid customer_b) {
        const auto made = [this](const char* command, Json args, base::Uuid who = {}) {
            const auto id_text = id().to_string();
            args["id"] = id_text;
            run(command, std::move(args), who);
            return id_text;
        };
        const auto row_of = [this](const domain::Description& record) {
            return domain::row_id(all_rows(record).at(0)).to_string();
        };
        user("far_mech", "mechanic", mba);
        user("far_driver", "delivery", mba);
        for (const char* name : {"far_mech", "far_driver"})
            tokens[name] = token(name);
        const auto product = row_of(domain::describe<domain::Product>());
        for (const auto& [customer_id, branch, mechanic] :
             {std::tuple(customer_a, nbo, "mech"), std::tuple(customer_b, mba, "far_mech")}) {
            const auto ticket = made("create_ticket", {{"customer_id", customer_id.to_string()},
                                                       {"branch_id", branch.to_string()},
                                                       {"plate", "KDA 123X"},
                                                       {"description", "Brakes"}});
            made("add_part", {{"ticket_id", ticket}, {"product_id", product}, {"quantity", 1}});
            made("add_labour", {{"ticket_id", ticket}, {"minutes", 30}});
            run("assign_mechanic",
                {{"ticket_id", ticket}, {"mechanic_id", people[mechanic].to_string()}});
        }
        for (const auto& row : all_rows(domain::describe<domain::Sale>())) {
            const auto sale = domain::from_row<domain::Sale>(row);
            const bool here = sale->branch_id == nbo;
            made("create_delivery",
                 {{"sale_id", sale->id.to_string()},
                  {"delivery_person_id", people[here ? "driver" : "far_driver"].to_string()}});
        }
        for (const char* name : {"boss", "amina", "buyer"})
            made("create_item", {{"item_name", "Wrench"}, {"currency", "KES"}}, people[name]);
        for (const char* name : {"boss", "chief", "amina", "ben"})
            run("set_user_pay", {{"user_id", people[name].to_string()},
                                 {"salary_minor", 987'654'32},
                                 {"currency", "KES"}});
    }

    // A deposit on a reserved car, goods over the counter, a customer's own order, a till.
    void deals(const std::string& seller, base::Uuid customer_id, base::Uuid branch) {
        const auto made = [this](const std::string& who, const char* what, const Json& args) {
            const auto reply = send("POST", "/api/v1/" + std::string(what), tokens[who], args);
            INFO(reply.raw.body);
            REQUIRE(reply.status == 201);
        };
        made(seller, "reservations",
             {{"car_id", car(branch).to_string()},
              {"customer_id", customer_id.to_string()},
              {"until", clock.wall() + 86'400'000},
              {"deposit_minor", 5000}});
        const Json lines = {{{"product_id", product_}, {"quantity", 1}}};
        made(seller, "outgoing-orders",
             {{"customer_id", customer_id.to_string()},
              {"lines", lines},
              {"payments", {{{"method", "cash"}, {"amount_minor", 500}}}}});
        if (seller == "amina") {
            made("staff", "outgoing-orders", {{"lines", lines}});
            made("buyer", "me/orders", {{"lines", lines}});
        }
        const auto terminal = id();
        run("create_terminal",
            {{"id", terminal.to_string()},
             {"name", "Till"},
             {"public_key", crypto::PrivateKey::generate(random).public_key().to_pem()},
             {"branch_id", branch.to_string()}});
        made(seller, "tills",
             {{"terminal_id", terminal.to_string()}, {"opening_float_minor", 100}});
    }

    domain::Actor actor(const std::string& name) {
        if (name.empty()) return {};
        auto reader = store->reader();
        storage::SqliteWorld world(reader->connection());
        const auto user = world.get<domain::User>(people[name]);
        return {user->id, user->role, user->branch_id, false};
    }

    // Nobody's reads are counted by address; each of these comes from another one.
    Reply ask(const std::string& method, const std::string& target, const std::string& name,
              std::optional<Json> body = std::nullopt) {
        peer = "198.51.100." + std::to_string(++asked_);
        return send(method, target, tokens[name], std::move(body));
    }

    std::vector<domain::Row> all_rows(const domain::Description& record) {
        auto reader = store->reader();
        storage::SqliteWorld world(reader->connection());
        return world.find_rows(record, {.limit = 10'000});
    }
    std::optional<domain::View> view(const std::string& name, const domain::Description& record,
                                     const domain::Row& row) {
        const domain::Actor who = actor(name);
        auto reader = store->reader();
        storage::SqliteWorld world(reader->connection());
        return domain::view_of(who, record, row, world);
    }

   private:
    int asked_ = 0;
    std::string product_;
};

bool role_has_cell(const domain::Actor& actor, const central::Route& route) {
    return domain::reach_of(actor, route.area, route.action) != domain::Reach::kNone ||
           (route.action != domain::Action::kRead &&
            domain::reach_of(actor, route.area, domain::Action::kAsk) != domain::Reach::kNone);
}

std::string with_id(const central::Route& route, const std::string& id) {
    std::string path = route.path;
    const auto open = path.find('{');
    if (open != std::string::npos) path.replace(open, path.find('}') - open + 1, id);
    return path;
}

}  // namespace

TEST_CASE("rights: every route and every role, at the door") {
    Town town;
    const std::string nothing = "01900000-0000-7000-8000-000000000000";
    for (const central::Route& route : central::routes()) {
        if (route.rule != central::Rule::kRightsTable) continue;
        for (const auto& [name, token] : town.tokens) {
            const auto reply = town.ask(std::string(route.method), with_id(route, nothing), name);
            INFO(route.method << " " << route.path << " as " << name << ": " << reply.raw.body);
            if (role_has_cell(town.actor(name), route)) {
                CHECK(reply.status != 401);
                CHECK(reply.status != 403);
            } else {
                CHECK(reply.status == (name.empty() ? 401 : 403));
            }
            town.clock.advance(2000);  // writes are counted: 60 a minute
            if (town.clock.wall() % 600'000 < 2000) {
                for (auto& [who, old] : town.tokens) {
                    if (!who.empty()) old = town.token(who);
                }
            }
        }
    }
}

TEST_CASE("rights: lists show exactly what the table lets each person see") {
    Town town;
    for (const auto* record : domain::all_records()) {
        if (record->plural.empty()) continue;
        for (const auto& [name, token] : town.tokens) {
            std::map<std::string, Json> expected;
            for (const auto& row : town.all_rows(*record)) {
                const auto view = town.view(name, *record, row);
                if (!view) continue;
                const Json shown = domain::row_to_json(*record, row, *view);
                expected[base::text_member(shown, "id")] = shown;
            }
            std::map<std::string, Json> got;
            std::string target = "/api/v1/" + std::string(record->plural) + "?limit=100";
            std::string next = target;
            bool allowed = true;
            while (!next.empty() && allowed) {
                const auto reply = town.ask("GET", next, name);
                INFO(record->name << " as " << name << ": " << reply.raw.body);
                allowed = reply.status == 200;
                if (!allowed) {
                    CHECK(reply.status == (name.empty() ? 401 : 403));
                    CHECK(expected.empty());
                    break;
                }
                for (const Json& one : reply.body["data"])
                    got[base::text_member(one, "id")] = one;
                const Json& cursor = reply.body["cursor"]["next"];
                next = cursor.is_string() ? target + "&cursor=" + cursor.get<std::string>() : "";
            }
            INFO(record->name << " as " << name);
            if (allowed) CHECK(got == expected);
        }
    }
}

TEST_CASE("rights: a single record is there for whom the table says, and for nobody else") {
    Town town;
    for (const auto* record : domain::all_records()) {
        if (record->plural.empty()) continue;
        for (const auto& row : town.all_rows(*record)) {
            const std::string id = domain::row_id(row).to_string();
            for (const auto& [name, token] : town.tokens) {
                const auto reply =
                    town.ask("GET", "/api/v1/" + std::string(record->plural) + "/" + id, name);
                INFO(record->name << " as " << name << ": " << reply.raw.body);
                const auto view = town.view(name, *record, row);
                if (view) {
                    REQUIRE(reply.status == 200);
                    // A user's answer also tells of their sales (figure_routes.cpp).
                    const base::Json shown = domain::row_to_json(*record, row, *view);
                    for (const auto& [field, value] : shown.items())
                        CHECK(reply.body[field] == value);
                } else {
                    CHECK((reply.status == 404 || reply.status == 403 || reply.status == 401));
                    CHECK_FALSE(reply.body.contains("id"));
                }
            }
        }
    }
}

TEST_CASE("rights: somebody else's records cannot be changed, nor told apart from absent ones") {
    Town town;
    const auto customers = town.all_rows(domain::describe<domain::Customer>());
    for (const auto& row : customers) {
        const auto customer = domain::from_row<domain::Customer>(row);
        const bool his = customer->seller_id == town.people["ben"];
        const auto reply = town.ask("PATCH", "/api/v1/customers/" + customer->id.to_string(), "ben",
                                    Json{{"first_name", "Changed"}});
        CHECK(reply.status == (his ? 200 : 404));
    }
    for (const auto& row : town.all_rows(domain::describe<domain::Invoice>())) {
        const auto invoice = domain::from_row<domain::Invoice>(row);
        const bool his = invoice->seller_id == town.people["ben"];
        const std::string path = "/api/v1/invoices/" + invoice->id.to_string();
        CHECK(town.ask("GET", path + "/pdf", "ben").status == (his ? 200 : 404));
        const auto paid = town.ask("POST", path + "/payments", "ben",
                                   Json{{"amount_minor", 100}, {"method", "cash"}});
        CHECK(paid.status == (his ? 201 : 404));
    }
    // An admin of one branch has no say over the other's sellers, nor over admins.
    const auto say = [&](const char* who) {
        const auto reply = town.ask("PATCH", "/api/v1/users/" + town.people[who].to_string(),
                                    "chief", Json{{"specialty", "x"}});
        return reply.status;
    };
    CHECK(say("amina") == 200);
    CHECK(say("ben") == 404);
    CHECK(say("boss") == 404);
}

TEST_CASE("rights: nobody raises a role above their own, nobody makes an admin") {
    Town town;
    const Json admin = {{"first_name", "X"}, {"last_name", "Y"},
                        {"username", "xyz"}, {"email", "x@y.example"},
                        {"role", "admin"},   {"branch_id", town.nbo.to_string()}};
    CHECK(town.ask("POST", "/api/v1/users", "chief", admin).status == 403);
    CHECK(town.ask("POST", "/api/v1/users", "", admin).status == 401);
    CHECK(town.ask("POST", "/api/v1/users", "root", admin).status == 201);
    const auto raised = town.ask("PATCH", "/api/v1/users/" + town.people["amina"].to_string(),
                                 "amina", Json{{"role", "super_admin"}});
    CHECK(raised.status >= 400);
}

TEST_CASE("rights: what somebody earns is in no answer but to those who manage them") {
    Town town;
    const std::string marker = "98765432";
    for (const char* name : {"staff", "amina", "ben", "mech", "driver", "supplier", "buyer", ""}) {
        for (const central::Route& route : central::routes()) {
            if (route.method != "GET") continue;
            const auto reply =
                town.ask("GET", with_id(route, town.people["amina"].to_string()), name);
            INFO(route.path << " as " << name);
            CHECK(reply.raw.body.find(marker) == std::string::npos);
            if (route.path == "/openapi.json") continue;
            CHECK(reply.raw.body.find("\"salary_minor\":") == std::string::npos);
        }
    }
    const auto seen = [&](const char* who) {
        return town.ask("GET", "/api/v1/user-pay", who).body["data"].size();
    };
    CHECK(seen("root") == 4);
    CHECK(seen("chief") == 2);  // amina's and the own; not the boss's, not the other branch's
    CHECK(seen("boss") == 3);
}

TEST_CASE("rights: what a car cost is in no answer to anybody but managers") {
    Town town;
    const std::string marker = "123456789";
    const auto cars = town.all_rows(domain::describe<domain::Car>());
    for (const char* name : {"staff", "amina", "ben", "mech", "driver", "supplier", "buyer", ""}) {
        for (const central::Route& route : central::routes()) {
            if (route.method != "GET") continue;
            for (const auto& row : cars) {
                const auto reply =
                    town.ask("GET", with_id(route, domain::row_id(row).to_string()), name);
                INFO(route.path << " as " << name);
                CHECK(reply.raw.body.find(marker) == std::string::npos);
                if (route.path == "/openapi.json") continue;
                CHECK(reply.raw.body.find("\"purchase_cost_minor\":") == std::string::npos);
                if (route.path.find('{') == std::string::npos) break;
            }
        }
    }
    CHECK(town.ask("GET", "/api/v1/car-costs", "chief").raw.body.find(marker) != std::string::npos);
}
