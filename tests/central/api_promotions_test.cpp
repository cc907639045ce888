// Promotions over the REST API, a sale made with them and its profit; a car made whole.

#include "api_fixture.hpp"
#include "central/verify.hpp"
#include "domain/promotions.hpp"
#include "domain/records_imports.hpp"
#include "storage/sqlite_world.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

struct Shop : Dealership {
    Shop() {
        user("chief", "admin", nbo);
        user("amina", "seller", nbo);
        for (const char* name : {"chief", "amina"})
            tokens[name] = token(name);
    }
    Reply promote(const char* who, Json args) {
        return send("POST", "/api/v1/promotions", tokens[who], std::move(args));
    }
    template <typename T>
    std::vector<T> all() {
        auto reader = store->reader();
        storage::SqliteWorld world(reader->connection());
        return world.find<T>({});
    }
    std::map<std::string, std::string> tokens;
};

}  // namespace

TEST_CASE_FIXTURE(Shop, "promotions: made, read, changed and archived over REST") {
    CHECK(promote("amina", {{"name", "Mine"}, {"percent_bp", 100}}).status == 403);
    const auto bad = promote("chief", {{"name", "Both"}, {"percent_bp", 100}, {"amount_minor", 1}});
    CHECK(bad.status == 400);
    CHECK(bad.raw.body.find("amount_minor") != std::string::npos);
    const auto made =
        promote("chief", {{"name", "Spring"}, {"percent_bp", 500}, {"make", "Mazda"}});
    INFO(made.raw.body);
    REQUIRE(made.status == 201);
    const std::string path = "/api/v1/promotions/" + base::text_member(made.body, "id");
    CHECK(made.header("Location") == path);
    CHECK(send("GET", path, tokens["amina"]).body["percent_bp"] == 500);
    CHECK(send("GET", "/api/v1/promotions", tokens["amina"]).body["data"].size() == 1);
    CHECK(send("PATCH", path, tokens["amina"], Json{{"name", "x"}}).status == 403);
    CHECK(send("PATCH", path, tokens["chief"], Json{{"percent_bp", 300}}).body["percent_bp"] ==
          300);
    CHECK(send("DELETE", path, tokens["chief"]).status == 200);
    CHECK(send("GET", "/api/v1/promotions", tokens["amina"]).body["data"].empty());
}

TEST_CASE_FIXTURE(Shop,
                  "promotions: a sale takes them; commission and profit are on what is left") {
    const auto spring = promote("chief", {{"name", "Spring"}, {"percent_bp", 1'000}});
    const std::string id = base::text_member(spring.body, "id");
    const auto car_id = car(nbo, {{"purchase_cost_minor", 1'000'000'00}});
    const auto buyer = customer("Achieng", people["amina"]);
    Json sale = {{"car_id", car_id.to_string()},
                 {"customer_id", buyer.to_string()},
                 {"promotions", {id, id}}};
    const auto twice = send("POST", "/api/v1/sales", tokens["amina"], sale);
    CHECK(twice.status == 422);
    CHECK(twice.code() == "promotion_repeated");
    sale["promotions"] = {id};
    const auto sold = send("POST", "/api/v1/sales", tokens["amina"], sale);
    INFO(sold.raw.body);
    REQUIRE(sold.status == 201);
    CHECK(sold.body["promotions"][0]["name"] == "Spring");
    CHECK(sold.body["promotions"][0]["amount_minor"] == 200'000'00);
    const auto reports = all<domain::Report>();
    REQUIRE(reports.size() == 1);
    // 1,800,000.00 with 16 % inside.
    CHECK(reports[0].price_minor == 1'551'724'14);
    CHECK(reports[0].commission_minor == 310'344'83);
    CHECK(reports[0].company_profit_minor == 1'551'724'14 - 1'000'000'00 - 310'344'83);
    const auto problems = central::verify_store(*store);
    REQUIRE(problems);
    CHECK(problems->empty());
}

TEST_CASE_FIXTURE(Shop, "cars: a new one brings its importations along, or nothing is made") {
    Json args = {{"make", "Mazda"},
                 {"model", "Demio"},
                 {"year", 2016},
                 {"vin", next_vin()},
                 {"color", "red"},
                 {"mileage", 10},
                 {"condition", "used"},
                 {"price_minor", 5'000'000},
                 {"currency", "KES"},
                 {"importations",
                  {{{"country_of_origin", "JP"},
                    {"transport_fee_minor", 100},
                    {"import_duty_minor", 5},
                    {"currency", "KES"},
                    {"import_date", clock.wall()},
                    {"document", std::string(64, 'a')}}}}};
    const auto unknown = send("POST", "/api/v1/cars", tokens["chief"], args);
    CHECK(unknown.status == 422);
    CHECK(unknown.raw.body.find("importations[0].document") != std::string::npos);
    CHECK(all<domain::Car>().empty());
    args["importations"][0].erase("document");
    const auto without = send("POST", "/api/v1/cars", tokens["chief"], args);
    CHECK(without.status == 400);
    CHECK(without.raw.body.find("importations[0].document") != std::string::npos);
    CHECK(all<domain::Importation>().empty());
    CHECK(all<domain::Car>().empty());
}
