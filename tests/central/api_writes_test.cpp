#include <cstdlib>
#include <fstream>

#include "api_fixture.hpp"
#include "base/file.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

struct Shop : Dealership {
    std::string amina, root;
    base::Uuid buyer;
    Shop() {
        user("root", "super_admin", {});
        user("chief", "admin", nbo);
        user("amina", "seller", nbo);
        amina = token("amina");
        root = token("root");
        buyer = customer("Achieng", people["amina"]);
    }
    Json order(base::Uuid car_id) {
        return {{"car_id", car_id.to_string()},
                {"customer_id", buyer.to_string()},
                {"payments", {{{"method", "cash"}, {"amount_minor", 500'000'00}}}}};
    }
};

}  // namespace

TEST_CASE("sales: one request makes sale, invoice, payment and receipt; prices are central's") {
    Shop shop;
    const auto car = shop.car(shop.nbo);
    const auto sale = shop.sell(shop.amina, car, shop.buyer);
    CHECK(sale["status"] == "completed");
    CHECK(sale["total_minor"] == 2'000'000'00);
    const auto invoice_id = base::text_member(sale["result"], "invoice_id");
    const auto invoice = shop.send("GET", "/api/v1/invoices/" + invoice_id, shop.amina);
    CHECK(invoice.body["balance_minor"] == 1'500'000'00);
    CHECK(invoice.body["number"] == "NBO-C-I000001");
    CHECK(shop.send("GET", "/api/v1/cars/" + car.to_string()).body["availability"] == "sold");
    const auto again = shop.send("POST", "/api/v1/sales", shop.amina, shop.order(car));
    CHECK(again.status == 409);
    CHECK(again.code() == "car_sold");

    const auto payment =
        shop.send("POST", "/api/v1/invoices/" + invoice_id + "/payments", shop.amina,
                  Json{{"method", "card"}, {"amount_minor", 1'500'000'00}, {"reference", "A1"}});
    REQUIRE(payment.status == 201);
    CHECK(payment.body["status"] == "pending");
    const auto cleared =
        shop.send("PATCH", "/api/v1/payments/" + payment.body["id"].get<std::string>() + "/status",
                  shop.amina, Json{{"status", "cleared"}});
    INFO(cleared.raw.body);
    CHECK(cleared.status == 200);
    CHECK(shop.send("GET", "/api/v1/invoices/" + invoice_id, shop.amina).body["status"] == "paid");
    const auto delivered =
        shop.send("PATCH", "/api/v1/sales/" + sale["id"].get<std::string>() + "/status", shop.amina,
                  Json{{"status", "delivered"}});
    CHECK(delivered.body["status"] == "delivered");
}

TEST_CASE("sales: sums, prices and roles sent along are errors that name them") {
    Shop shop;
    const auto car = shop.car(shop.nbo);
    for (const char* field : {"total_minor", "price_minor", "commission_minor", "seller_id",
                              "status", "terms", "actor_id", "colour"}) {
        Json order = shop.order(car);
        order[field] = 1;
        const auto reply = shop.send("POST", "/api/v1/sales", shop.amina, order);
        INFO(field << " " << reply.raw.body);
        CHECK(reply.status == 400);
        REQUIRE(reply.body.contains("fields"));
        CHECK(reply.body["fields"][0]["field"] == field);
    }
    const auto self = "/api/v1/users/" + shop.people["amina"].to_string();
    for (const char* field :
         {"must_change_password", "status", "created_at", "archived", "last_sign_in_at"}) {
        const auto reply = shop.send("PATCH", self, shop.amina, Json{{field, true}});
        INFO(field << " " << reply.raw.body);
        CHECK(reply.status == 400);
    }
}

TEST_CASE("sales: a refund needs an approver who signs in for it") {
    Shop shop;
    const auto sale = shop.sell(shop.amina, shop.car(shop.nbo), shop.buyer);
    const auto path = "/api/v1/sales/" + sale["id"].get<std::string>() + "/status";
    Json refund = {{"status", "refunded"}, {"reason", "changed their mind"}};
    CHECK(shop.send("PATCH", path, shop.amina, refund).code() == "approver_missing");
    refund["approver"] = {{"login", "chief"}, {"password", "wrong"}};
    CHECK(shop.send("PATCH", path, shop.amina, refund).status == 422);
    refund["approver"] = {{"login", "amina"}, {"password", Dealership::kPassword}};
    CHECK(shop.send("PATCH", path, shop.amina, refund).status == 403);
    refund["approver"] = {{"login", "chief"}, {"password", Dealership::kPassword}};
    const auto done = shop.send("PATCH", path, shop.amina, refund);
    INFO(done.raw.body);
    CHECK(done.status == 200);
    CHECK(done.body["status"] == "refunded");
}

TEST_CASE("idempotency: the same key gives the same answer once; another body is refused") {
    Shop shop;
    const auto car = shop.car(shop.nbo);
    const net::Headers key = {{"Idempotency-Key", "order-1"}};
    const auto first = shop.send("POST", "/api/v1/sales", shop.amina, shop.order(car), key);
    REQUIRE(first.status == 201);
    const auto again = shop.send("POST", "/api/v1/sales", shop.amina, shop.order(car), key);
    CHECK(again.status == 201);
    CHECK(again.raw.body == first.raw.body);
    CHECK(again.header("Idempotency-Replayed") == "true");
    Json other = shop.order(car);
    other["discount_minor"] = 5;
    const auto reused = shop.send("POST", "/api/v1/sales", shop.amina, other, key);
    CHECK(reused.status == 422);
    CHECK(reused.code() == "idempotency_key_reused");
    shop.open();  // also after a restart
    CHECK(shop.send("POST", "/api/v1/sales", shop.amina, shop.order(car), key).raw.body ==
          first.raw.body);
    // Keys are each person's own.
    CHECK(shop.send("POST", "/api/v1/sales", shop.root, shop.order(car), key).status == 409);
    shop.clock.advance(48LL * 3600 * 1000 + 1);
    shop.amina = shop.token("amina");
    CHECK(shop.send("POST", "/api/v1/sales", shop.amina, shop.order(car), key).status == 409);
}

TEST_CASE("bodies: what is no JSON, too large, or of another kind is said") {
    Shop shop;
    const auto raw = [&](const std::string& body, const std::string& type) {
        net::HttpRequest request;
        request.method = "POST";
        request.path = "/api/v1/customers";
        request.peer = shop.peer;
        request.headers = {{"Authorization", "Bearer " + shop.amina}, {"Content-Type", type}};
        request.body = body;
        return shop.api->handle(request).status;
    };
    CHECK(raw("{", "application/json") == 400);
    CHECK(raw("[1]", "application/json") == 400);
    CHECK(raw("a=b", "application/x-www-form-urlencoded") == 415);
    CHECK(raw(std::string(300'000, ' '), "application/json") == 413);
    CHECK(raw(std::string(100, '['), "application/json") == 400);
    CHECK(raw("{}", "application/json; charset=utf-8") == 400);  // fields are missing
    CHECK(shop.send("PUT", "/api/v1/customers", shop.amina, Json::object()).status == 405);
    CHECK(shop.send("PUT", "/api/v1/customers", shop.amina).header("Allow") == "GET, POST");
    CHECK(shop.send("GET", "/api/v1/nothing", shop.amina).status == 404);
    CHECK(shop.send("GET", "/api/v1/cars/../../etc/passwd").status == 404);
    CHECK(shop.send("GET", "/blobs/..%2f..%2fkeys").status == 404);
    const auto problem = shop.send("GET", "/api/v1/sales");
    CHECK(problem.header("Content-Type") == "application/problem+json");
    CHECK(problem.body["request_id"] == problem.header("X-Request-Id"));
}

TEST_CASE("papers: an invoice and its receipt can be read back from the PDF") {
    if (std::system("command -v pdftotext >/dev/null") != 0) return;
    Shop shop;
    const auto sale = shop.sell(shop.amina, shop.car(shop.nbo), shop.buyer);
    const auto text_of = [&](const std::string& path) {
        const auto reply = shop.send("GET", path, shop.amina);
        INFO(reply.raw.body.substr(0, 200));
        REQUIRE(reply.status == 200);
        CHECK(reply.header("Content-Type") == "application/pdf");
        REQUIRE(base::write_file(shop.folder / "paper.pdf", reply.raw.body));
        const std::string command = "pdftotext -layout '" + (shop.folder / "paper.pdf") + "' '" +
                                    (shop.folder / "paper.txt") + "'";
        REQUIRE(std::system(command.c_str()) == 0);
        return base::read_file(shop.folder / "paper.txt", 1 << 20).value();
    };
    const auto& result = sale["result"];
    const auto invoice =
        text_of("/api/v1/invoices/" + base::text_member(result, "invoice_id") + "/pdf");
    CHECK(invoice.find(base::text_member(result, "invoice_number")) != std::string::npos);
    CHECK(invoice.find("Achieng") != std::string::npos);
    CHECK(invoice.find("2,000,000") != std::string::npos);
    const auto receipt_path =
        "/api/v1/receipts/" + result["receipt_ids"][0].get<std::string>() + "/pdf";
    CHECK(text_of(receipt_path).find("500,000") != std::string::npos);
    CHECK(text_of(receipt_path + "?paper=roll80").find("500,000") != std::string::npos);
    CHECK(shop.send("GET", receipt_path + "?paper=a3", shop.amina).status == 400);
}

TEST_CASE("notifications: read and dismissed for oneself, settled by managers") {
    Shop shop;
    shop.sell(shop.amina, shop.car(shop.nbo), shop.buyer);
    const auto chief = shop.token("chief");
    const auto list = shop.send("GET", "/api/v1/notifications", chief);
    REQUIRE(list.status == 200);
    REQUIRE(!list.body["data"].empty());
    const auto path = "/api/v1/notifications/" + list.body["data"][0]["id"].get<std::string>();
    const auto read = shop.send("POST", path + "/read", chief);
    INFO(read.raw.body);
    CHECK(read.status == 200);
    CHECK(read.body["read_by"][0] == shop.people["chief"].to_string());
    CHECK(shop.send("DELETE", path, chief).status == 200);
    CHECK(shop.send("POST", path + "/resolve", chief).status == 200);
}

TEST_CASE("enrolment codes and terminals: super admins alone") {
    Shop shop;
    const Json wanted = {{"branch", "NBO"}, {"name", "Front desk"}};
    CHECK(shop.send("POST", "/api/v1/enrollment-codes", shop.token("chief"), wanted).status == 403);
    const auto code = shop.send("POST", "/api/v1/enrollment-codes", shop.root, wanted);
    INFO(code.raw.body);
    CHECK(code.status == 201);
    CHECK(code.body["ca_fingerprint"] == shop.keys->authority.certificate.fingerprint);
    CHECK(shop.send("POST", "/api/v1/enrollment-codes", shop.root,
                    Json{{"branch", "XXX"}, {"name", "a"}})
              .status == 422);
}
