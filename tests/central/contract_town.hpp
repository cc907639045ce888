#pragma once
// ContractTown: a dealership in which there is one of everything, and for every operation of the
// API a request that is good. Thread contract: belongs to one test.

#include <functional>
#include <map>

#include "api_fixture.hpp"
#include "base/encoding.hpp"
#include "base/file.hpp"
#include "central/api/route.hpp"
#include "central/mail/mail_queue.hpp"
#include "central/mail/mailer.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_leads.hpp"
#include "domain/records_orders.hpp"
#include "protocol/messages.hpp"

namespace showfloor::testing {

class ContractTown : public Dealership {
   public:
    // A request; what is empty is filled in: the path's own id, the administrator's token.
    struct Ask {
        std::optional<Json> body = std::nullopt;
        std::string id = {};     // in the place of {id}
        std::string token = {};  // "-": nobody
        std::string content = {}, content_type = {}, file_name = {};
        std::string query = {};
    };
    using Good = std::function<Ask()>;

    ContractTown() {
        user("root", "super_admin", {});
        user("chief", "admin", nbo);
        user("amina", "seller", nbo);
        user("mech", "mechanic", nbo);
        user("driver", "delivery", nbo);
        user("spare", "seller", nbo);
        user("buyer", "customer", {});
        root = token("root");
        run("update_branch", {{"id", nbo.to_string()},
                              {"labour_rate_minor", 300'000},
                              {"labour_tax_code", "standard"}});
        buyer = customer("Zawadi", people["amina"]);
        join(buyer, people["buyer"]);
        goods();
        one_of_everything();
        table();
    }

    // Reads and writes are counted; a test is faster than people.
    void wait() {
        clock.advance(61'000);
        if (++calls % 12 == 0) root = token("root");
    }

    [[nodiscard]] const std::map<std::string, Good>& good() const { return good_; }

    // The newest record of this kind that root can see; empty when there is none.
    std::string newest(const domain::Description& record) {
        wait();
        const auto reply =
            send("GET", "/api/v1/" + std::string(record.plural) + "?sort=-created_at", root);
        if (reply.status != 200 || reply.body["data"].empty()) return {};
        return base::text_member(reply.body["data"][0], "id");
    }

    // Made over the API by root (or another), counted as any other request.
    Json post(const std::string& what, const Json& body, const std::string& by = {}) {
        wait();
        const auto reply = send("POST", "/api/v1/" + what, by.empty() ? root : token(by), body);
        INFO(what << ": " << reply.raw.body);
        REQUIRE(reply.status < 300);
        return reply.body;
    }
    std::string made(const std::string& what, const Json& body, const std::string& by = {}) {
        return base::text_member(post(what, body, by), "id");
    }
    Json sold() { return sell(token("amina"), car(nbo), buyer, 1000); }
    std::string sale() { return base::text_member(sold(), "id"); }
    std::string invoice() { return base::text_member(sold(), "invoice_id"); }
    std::string payment(const char* method) {
        return made("invoices/" + invoice() + "/payments",
                    {{"amount_minor", 1000},
                     {"method", method},
                     {"reference", "R" + std::to_string(++made_)}});
    }
    std::string ticket() {
        return made("service-tickets", {{"customer_id", buyer.to_string()},
                                        {"branch_id", nbo.to_string()},
                                        {"plate", "KDA 123X"},
                                        {"description", "Brakes"}});
    }
    Json order_lines() const { return {{{"product_id", product}, {"quantity", 1}}}; }
    std::string incoming() { return made("incoming-orders", incoming_order()); }
    Json incoming_order() const {
        return {{"supplier_id", supplier},
                {"product_id", product},
                {"quantity", 5},
                {"unit_cost_minor", 700},
                {"branch_id", nbo.to_string()}};
    }
    std::string lead() {
        return made("leads", {{"kind", "callback"},
                              {"name", "Visitor"},
                              {"phone", "+254712000444"},
                              {"consent_version", "1"},
                              {"consent_at", clock.wall()},
                              {"branch_id", nbo.to_string()}});
    }
    std::string till() {
        const auto terminal = new_terminal();
        return made("tills", {{"terminal_id", terminal.to_string()}, {"opening_float_minor", 0}},
                    "amina");
    }
    Uuid new_terminal() {
        const Uuid made_id = id();
        run("create_terminal",
            {{"id", made_id.to_string()},
             {"name", "Till"},
             {"public_key", crypto::PrivateKey::generate(random).public_key().to_pem()},
             {"branch_id", nbo.to_string()}});
        return made_id;
    }
    template <typename T>
    std::string put(T record) {
        record.id = id();
        record.created_at = record.updated_at = record.occurred_at = clock.wall();
        auto batch = processor->batch(clock.wall());
        REQUIRE(batch);
        batch->world().put(record);
        REQUIRE(batch->commit());
        return record.id.to_string();
    }
    std::string call() {
        domain::Assistance record;
        record.branch_id = nbo;
        record.terminal_id = new_terminal();
        record.called_at = clock.wall();
        return put(record);
    }
    std::string disputed_sale() {
        const auto found = base::Uuid::parse(sale());
        auto batch = processor->batch(clock.wall());
        REQUIRE(batch);
        auto record = batch->world().get<domain::Sale>(*found);
        record->status = domain::SaleStatus::kDisputed;
        record->dispute_code = "car_sold";
        batch->world().put(*record);
        REQUIRE(batch->commit());
        return found->to_string();
    }
    std::string disputed_order() {
        const auto found = base::Uuid::parse(made("outgoing-orders", counter_sale(), "amina"));
        auto batch = processor->batch(clock.wall());
        REQUIRE(batch);
        auto record = batch->world().get<domain::OutgoingOrder>(*found);
        record->status = domain::OrderStatus::kDisputed;
        record->dispute_code = "oversold";
        batch->world().put(*record);
        REQUIRE(batch->commit());
        return found->to_string();
    }
    Json counter_sale() const { return {{"lines", order_lines()}}; }
    std::string picture() {
        const Json kept = send_content("blobs", picture_bytes(), "image/jpeg", {});
        picture_ = kept;
        return base::text_member(kept, "sha256");
    }
    Json car_image() {
        if (picture_.is_null()) static_cast<void>(picture());
        Json body = Json::object();
        for (const char* name :
             {"sha256", "sha256_medium", "sha256_small", "width", "height", "blurhash"})
            body[name] = picture_[name];
        return body;
    }
    static std::string picture_bytes() {
        const auto bytes = base::read_file(
            std::string(SHOWFLOOR_SOURCE_DIR) + "/assets/demo/studio/coupe_side_paint.jpg",
            24UL << 20);
        REQUIRE(bytes);
        return *bytes;
    }
    std::string document() {
        const Json kept = send_content("documents", "%PDF-1.4 papers", {}, "papers.pdf");
        return base::text_member(kept, "sha256");
    }
    Json send_content(const std::string& what, std::string content, const std::string& type,
                      const std::string& file_name) {
        wait();
        Ask ask;
        ask.content = std::move(content);
        ask.content_type = type;
        ask.file_name = file_name;
        const auto reply = send_ask("POST", "/api/v1/" + what, ask);
        INFO(reply.raw.body);
        REQUIRE(reply.status == 201);
        return reply.body;
    }

    Reply send_ask(const std::string& method, const std::string& path, const Ask& ask,
                   net::Headers headers = {}) {
        const std::string by = ask.token == "-" ? "" : ask.token.empty() ? root : ask.token;
        if (ask.content.empty()) return send(method, path + ask.query, by, ask.body, headers);
        net::HttpRequest request;
        request.method = method;
        request.path = path;
        request.peer = peer;
        request.headers = std::move(headers);
        request.headers["Authorization"] = "Bearer " + by;
        if (ask.file_name.empty()) {
            request.headers["Content-Type"] = ask.content_type;
            request.body = ask.content;
        } else {
            net::FormPart part;
            part.name = "file";
            part.file_name = ask.file_name;
            part.content = ask.content;
            request.form.push_back(std::move(part));
        }
        Reply reply;
        reply.raw = api->handle(request);
        reply.status = reply.raw.status;
        if (auto json = base::parse_json(reply.raw.body, 8UL << 20)) reply.body = *json;
        return reply;
    }

    // The code of the newest letter of this kind.
    std::string code_for(const std::string& kind) {
        std::string code;
        central::MailSettings settings;
        settings.from = "office@dealer.example";
        central::Mailer mailer(*processor, central::mail_key(keys->token_key), settings, clock,
                               [&](const net::Letter& letter) -> base::Result<void> {
                                   const auto colon = letter.subject.find(": ");
                                   if (colon != std::string::npos)
                                       code = letter.subject.substr(colon + 2);
                                   return {};
                               });
        REQUIRE(mailer.run_due());
        INFO(kind);
        REQUIRE(!code.empty());
        return code;
    }

    std::string root;
    Uuid buyer;
    std::string product, supplier;
    int calls = 0;

   private:
    void goods();
    void one_of_everything();
    // The good requests, by operation (contract_requests.cpp).
    void table();
    void table_of_people();
    void table_of_sales();
    void table_of_promotions();
    void table_of_goods();
    void table_of_workshop();

    std::map<std::string, Good> good_;
    Json picture_;
    int made_ = 0;
};

}  // namespace showfloor::testing
