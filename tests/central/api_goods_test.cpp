// Goods and importations over the REST API, the low-stock job and what verify proves of the ledger.

#include "api_fixture.hpp"
#include "central/jobs.hpp"
#include "central/verify.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_imports.hpp"
#include "storage/sqlite_world.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

struct Shop : Dealership {
    Shop() {
        user("chief", "admin", nbo);
        user("staff", "staff", nbo);
        user("amina", "seller", nbo);
        user("vendor", "supplier", {});
        for (const char* name : {"chief", "staff", "amina", "vendor"})
            tokens[name] = token(name);
        product = made("chief", "products",
                       {{"sku", "OF-1"},
                        {"name", "Oil filter"},
                        {"price_minor", 150'000},
                        {"currency", "KES"},
                        {"kind", "part"}});
        supplier = made("staff", "suppliers",
                        {{"name", "Parts Ltd"}, {"user_id", people["vendor"].to_string()}});
    }
    std::string made(const char* who, const std::string& what, const Json& args) {
        const auto reply = send("POST", "/api/v1/" + what, tokens[who], args);
        INFO(reply.raw.body);
        REQUIRE(reply.status == 201);
        return base::text_member(reply.body, "id");
    }
    std::string order(std::int64_t quantity) {
        return made("staff", "incoming-orders",
                    {{"supplier_id", supplier},
                     {"product_id", product},
                     {"quantity", quantity},
                     {"unit_cost_minor", 424'242}});
    }
    Reply receive(const std::string& id, const Json& args = Json::object()) {
        return send("POST", "/api/v1/incoming-orders/" + id + "/receive", tokens["staff"], args);
    }
    Json stocks(const char* who) { return send("GET", "/api/v1/stocks", tokens[who]).body["data"]; }
    // Ten minutes on; everybody signs in again before their token ends.
    void later() {
        clock.advance(600'000);
        for (auto& [name, old] : tokens)
            old = token(name);
    }
    std::vector<domain::Notification> low_stock() {
        REQUIRE(central::run_low_stock(*processor, clock.wall()));
        auto reader = store->reader();
        storage::SqliteWorld world(reader->connection());
        auto all = world.find<domain::Notification>(
            {.where = {{"record_id", product}}, .order_by = "created_at"});
        std::erase_if(all, [](const auto& note) { return note.type != "low_stock"; });
        return all;
    }
    std::map<std::string, std::string> tokens;
    std::string product, supplier;
};

}  // namespace

TEST_CASE_FIXTURE(Shop, "goods: ordered, received, corrected; what they cost is for managers") {
    const auto id = order(10);
    CHECK(receive(id, {{"quantity", 4}}).status == 200);
    CHECK(receive(id).body["status"] == "completed");
    const Json all = stocks("staff");
    REQUIRE(all.size() == 1);
    CHECK(all[0]["available_quantity"] == 10);
    CHECK(!all[0].contains("unit_cost_minor"));
    CHECK(stocks("amina").size() == 1);
    CHECK(stocks("chief")[0]["unit_cost_minor"] == 424'242);
    CHECK(send("GET", "/api/v1/stocks", tokens["vendor"]).status == 403);
    const std::string batch = base::text_member(all[0], "id");
    const auto adjusted = send("POST", "/api/v1/stocks/" + batch + "/adjust", tokens["staff"],
                               Json{{"change", -3}, {"reason", "counted"}});
    CHECK(adjusted.body["available_quantity"] == 7);
    const auto over = send("POST", "/api/v1/stocks/" + batch + "/adjust", tokens["staff"],
                           Json{{"change", -8}, {"reason", "counted"}});
    CHECK(over.status == 422);
    CHECK(over.code() == "oversold");
    const auto ledger =
        send("GET", "/api/v1/stocks/" + batch + "/movements", tokens["staff"]).body["data"];
    CHECK(ledger.size() == 3);
    const auto sound = central::verify_store(*store);
    REQUIRE(sound);
    CHECK(sound->empty());
    // FIX: verify proves the sums: a quantity written by hand is found.
    {
        auto writer = store->writer();
        REQUIRE(writer.connection().run("UPDATE stock_batch SET available_quantity = 9"));
    }
    const auto found = central::verify_store(*store);
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    CHECK(found->front().find("movements") != std::string::npos);
}

TEST_CASE_FIXTURE(Shop, "goods: a supplier sees its own orders, ships them and no others'") {
    const auto id = order(10);
    const auto other = made("staff", "suppliers", {{"name", "Other Ltd"}});
    const auto foreign = made(
        "staff", "incoming-orders",
        {{"supplier_id", other}, {"product_id", product}, {"quantity", 1}, {"unit_cost_minor", 1}});
    const auto seen = send("GET", "/api/v1/incoming-orders", tokens["vendor"]).body["data"];
    REQUIRE(seen.size() == 1);
    CHECK(seen[0]["id"] == id);
    const auto set = [&](const std::string& order_id, const char* status) {
        return send("PATCH", "/api/v1/incoming-orders/" + order_id + "/status", tokens["vendor"],
                    Json{{"status", status}})
            .status;
    };
    CHECK(set(foreign, "shipped") == 404);
    CHECK(set(id, "shipped") == 200);
    CHECK(set(id, "cancelled") == 409);
    CHECK(send("POST", "/api/v1/incoming-orders/" + id + "/receive", tokens["vendor"], Json{})
              .status == 403);
}

TEST_CASE_FIXTURE(Shop, "FIX low stock: one open notification until it is restocked, no doubles") {
    receive(order(3));
    REQUIRE(low_stock().size() == 1);
    CHECK(low_stock()[0].audience == std::vector<std::string>{"admin", "staff"});
    later();
    REQUIRE(low_stock().size() == 1);
    receive(order(9));
    later();
    auto notes = low_stock();
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].resolved_at != 0);
    for (const Json& one : stocks("staff")) {
        const std::int64_t here = one["available_quantity"];
        CHECK(send("POST", "/api/v1/stocks/" + base::text_member(one, "id") + "/adjust",
                   tokens["staff"], Json{{"change", -here}, {"reason", "fire"}})
                  .status == 200);
    }
    later();
    notes = low_stock();
    REQUIRE(notes.size() == 2);
    CHECK(notes[1].resolved_at == 0);
}

TEST_CASE_FIXTURE(Shop, "cars: a new price leaves a price history that visitors do not see") {
    const auto car_id = car(nbo).to_string();
    CHECK(send("PATCH", "/api/v1/cars/" + car_id, tokens["chief"],
               Json{{"price_minor", 1'900'000'00}})
              .status == 200);
    const std::string path = "/api/v1/cars/" + car_id + "/price-history";
    const auto seen = send("GET", path, tokens["amina"]);
    REQUIRE(seen.body["data"].size() == 1);
    CHECK(seen.body["data"][0]["old_price_minor"] == 2'000'000'00);
    CHECK(send("GET", path).status == 401);
}

TEST_CASE_FIXTURE(Shop, "importations: documents are what they say, and for whom the record is") {
    const auto car_id = car(nbo).to_string();
    const auto upload = [&](const char* name, std::string content, const std::string& token) {
        net::HttpRequest request;
        request.method = "POST";
        request.path = "/api/v1/documents";
        request.peer = peer;
        request.headers["Authorization"] = "Bearer " + token;
        net::FormPart part;
        part.name = "file";
        part.file_name = name;
        part.content = std::move(content);
        request.form.push_back(std::move(part));
        Reply reply;
        reply.raw = api->handle(request);
        reply.status = reply.raw.status;
        if (auto json = base::parse_json(reply.raw.body, 1UL << 20)) reply.body = *json;
        return reply;
    };
    CHECK(upload("bill.pdf", "MZ not a pdf", tokens["chief"]).code() == "document_kind");
    CHECK(upload("bill.exe", "%PDF-1.4", tokens["chief"]).status == 422);
    CHECK(upload("bill.pdf", "%PDF-1.4 x", tokens["staff"]).status == 403);
    const auto kept = upload("Bill.PDF", "%PDF-1.4 x", tokens["chief"]);
    REQUIRE(kept.status == 201);
    Json args = {{"car_id", car_id},
                 {"country_of_origin", "JP"},
                 {"transport_fee_minor", 100},
                 {"import_duty_minor", 200},
                 {"currency", "KES"},
                 {"import_date", clock.wall()},
                 {"document", std::string(64, 'f')}};
    CHECK(send("POST", "/api/v1/importations", tokens["chief"], args).code() == "unknown_document");
    args["document"] = kept.body["sha256"];
    const auto id = made("chief", "importations", args);
    const std::string path = "/api/v1/importations/" + id + "/document";
    const auto paper = send("GET", path, tokens["chief"]);
    CHECK(paper.status == 200);
    CHECK(paper.header("Content-Disposition") == "attachment");
    for (const char* who : {"staff", "amina", "vendor"}) {
        CHECK(send("GET", path, tokens[who]).status == 403);
        CHECK(send("GET", "/api/v1/importations", tokens[who]).status == 403);
    }
    CHECK(send("GET", "/blobs/" + kept.body["sha256"].get<std::string>()).status == 404);
}

TEST_CASE_FIXTURE(Shop,
                  "FIX profit: importations are part of it, each at its own rate, also later") {
    const auto car_id = car(nbo, {{"purchase_cost_minor", 1'000'000'00}});
    const auto buyer = customer("Achieng", people["amina"]);
    sell(tokens["amina"], car_id, buyer);
    const auto standing = [&] {
        auto reader = store->reader();
        storage::SqliteWorld world(reader->connection());
        std::vector<domain::Report> open;
        const auto all = world.find<domain::Report>({});
        std::int64_t profit = 0;
        for (const auto& one : all) {
            profit += one.company_profit_minor;
            const bool reversed = std::any_of(all.begin(), all.end(), [&](const auto& other) {
                return other.reverses_id == one.id;
            });
            if (one.reverses_id.is_nil() && !reversed) open.push_back(one);
        }
        REQUIRE(open.size() == 1);
        CHECK(profit == open[0].company_profit_minor);
        return open[0];
    };
    const auto before = standing();
    CHECK(before.import_expense_minor == 0);
    const auto bring = [&](const char* currency, std::int64_t rate) {
        const auto made_id = id().to_string();
        run("add_importation", {{"id", made_id},
                                {"car_id", car_id.to_string()},
                                {"country_of_origin", "JP"},
                                {"transport_fee_minor", 100'00},
                                {"import_duty_minor", 50'00},
                                {"currency", currency},
                                {"rate_micro", rate},
                                {"import_date", clock.wall()}});
        return made_id;
    };
    bring("KES", 0);
    CHECK(standing().import_expense_minor == 150'00);
    const auto dollars = bring("USD", 129'500'000);
    CHECK(standing().import_expense_minor == 150'00 + 19'425'00);
    CHECK(standing().company_profit_minor == before.company_profit_minor - (150'00 + 19'425'00));
    bring("EUR", 0);
    CHECK(standing().incomplete);
    CHECK(send("DELETE", "/api/v1/importations/" + dollars, tokens["chief"]).status == 200);
    CHECK(standing().incomplete);
}
