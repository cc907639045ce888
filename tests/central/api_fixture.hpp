#pragma once
// A small dealership behind a RestApi, without sockets: two branches, one person of each role.
// Thread contract: belongs to one test.

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "central/api/rest_api.hpp"
#include "central/command_processor.hpp"
#include "central/credentials.hpp"
#include "central/keys.hpp"
#include "central/store.hpp"
#include "crypto/crypto.hpp"
#include "crypto/password.hpp"
#include "fresh_folder.hpp"

namespace showfloor::testing {

using base::Json;
using base::Uuid;

class Dealership {
   public:
    static constexpr const char* kPassword = "correct horse battery";

    Dealership() {
        REQUIRE(crypto::initialise());
        base::log_to("/dev/null", base::LogLevel::kError);
        ::setenv("SHOWFLOOR_ASSETS", SHOWFLOOR_SOURCE_DIR "/assets", 0);
        auto made = central::Store::create(folder / "data", random);
        REQUIRE(made);
        store = std::move(made).value();
        auto made_keys = central::make_keys(folder / "data", {"localhost"}, clock.wall(), random);
        REQUIRE(made_keys);
        keys = std::make_unique<central::Keys>(std::move(made_keys).value());
        auto hashed = crypto::hash_password(kPassword, random);
        REQUIRE(hashed);
        phc_ = *hashed;
        open();
        nbo = branch("NBO");
        mba = branch("MBA");
    }

    // The program starts: everything in memory is new.
    void open() {
        api.reset();
        processor.reset();
        auto opened = central::Store::open(folder / "data");
        REQUIRE(opened);
        store = std::move(opened).value();
        processor = std::make_unique<central::CommandProcessor>(*store, random);
        api = std::make_unique<central::RestApi>(*processor, *keys, clock);
    }

    domain::Outcome run(const char* name, Json args, Uuid actor = {}) {
        domain::Command command;
        command.name = name;
        command.args = std::move(args);
        command.actor_id = actor;
        auto outcome = processor->run(std::move(command), clock.wall(), true);
        REQUIRE(outcome);
        INFO(domain::name_of(outcome->code)
             << " " << outcome->field << " " << base::dump_json(outcome->details));
        REQUIRE(outcome->applied());
        return *outcome;
    }

    Uuid id() { return Uuid::v7(clock.wall(), random); }

    Uuid branch(const char* code) {
        const Uuid made = id();
        run("create_branch",
            {{"id", made.to_string()},
             {"name", std::string("Branch ") + code},
             {"code", code},
             {"currency", "KES"},
             {"locale", "en"},
             {"phone", "+254700000001"},
             {"prices_include_tax", true},
             {"commission_rate_bp", 2000},
             {"discount_limit_bp", 300},
             {"tax_rates", {{{"code", "standard"}, {"name", "VAT"}, {"rate_bp", 1600}}}}});
        return made;
    }

    // Somebody with kPassword, who need not change it.
    Uuid user(const std::string& name, const char* role, Uuid of_branch) {
        const Uuid made = id();
        Json args = {
            {"id", made.to_string()}, {"first_name", "First" + name},   {"last_name", "Last"},
            {"username", name},       {"email", name + "@example.com"}, {"role", role}};
        if (!of_branch.is_nil()) args["branch_id"] = of_branch.to_string();
        run("create_user", args);
        run("set_must_change_password", {{"user_id", made.to_string()}, {"value", false}});
        auto batch = processor->batch(clock.wall());
        REQUIRE(batch);
        REQUIRE(central::set_password_hash(*batch, made, phc_));
        REQUIRE(batch->commit());
        people[name] = made;
        return made;
    }

    Uuid customer(const std::string& name, Uuid seller) {
        const Uuid made = id();
        run("create_customer",
            {{"id", made.to_string()},
             {"first_name", name},
             {"last_name", "Buyer"},
             {"email", name + "@buyers.example"},
             {"seller_id", seller.to_string()}},
            seller);
        return made;
    }

    // Joins a customer with a login, as a verified e-mail address does.
    void join(Uuid customer_id, Uuid user_id) {
        auto batch = processor->batch(clock.wall());
        REQUIRE(batch);
        auto record = batch->world().get<domain::Customer>(customer_id);
        REQUIRE(record);
        record->user_id = user_id;
        batch->world().put(*record);
        REQUIRE(batch->commit());
    }

    Uuid car(Uuid of_branch, Json more = Json::object()) {
        const Uuid made = id();
        Json args = {{"id", made.to_string()},
                     {"make", "Toyota"},
                     {"model", "Corolla"},
                     {"year", 2020},
                     {"vin", next_vin()},
                     {"color", "white"},
                     {"mileage", 10},
                     {"condition", "used"},
                     {"price_minor", 2'000'000'00},
                     {"currency", "KES"},
                     {"tax_code", "standard"},
                     {"branch_id", of_branch.to_string()}};
        args.update(more);
        run("create_car", args);
        return made;
    }

    std::string next_vin() {
        // Not North American: no check digit.
        std::string figures = std::to_string(++vins_);
        return "VF1AAAAA" + std::string(9 - figures.size(), '0') + figures;
    }

    // ---- requests -----------------------------------------------------------------------------

    struct Reply {
        int status = 0;
        Json body;
        net::HttpResponse raw;
        std::string header(const char* name) const {
            return std::string(net::header(raw.headers, name));
        }
        std::string code() const { return base::text_member(body, "code"); }
    };

    Reply send(const std::string& method, const std::string& target, const std::string& token = {},
               std::optional<Json> body = std::nullopt, net::Headers headers = {}) {
        net::HttpRequest request;
        request.method = method;
        const auto mark = target.find('?');
        request.path = target.substr(0, mark);
        for (std::size_t at = mark; at != std::string::npos && at < target.size();) {
            const auto end = target.find('&', at + 1);
            const std::string pair = target.substr(at + 1, end - at - 1);
            const auto equals = pair.find('=');
            request.query[pair.substr(0, equals)] = pair.substr(equals + 1);
            at = end;
        }
        request.headers = std::move(headers);
        request.peer = peer;
        if (!token.empty()) request.headers["Authorization"] = "Bearer " + token;
        if (body) {
            request.headers.emplace("Content-Type", "application/json");
            request.body = base::dump_json(*body);
        }
        Reply reply;
        reply.raw = api->handle(request);
        reply.status = reply.raw.status;
        if (auto json = base::parse_json(reply.raw.body, 8UL << 20)) reply.body = *json;
        return reply;
    }

    Reply login(const std::string& name, const std::string& password = kPassword) {
        return send("POST", "/api/v1/auth/login", {},
                    Json{{"login", name}, {"password", password}});
    }
    std::string token(const std::string& name) {
        const Reply reply = login(name);
        INFO(reply.raw.body);
        REQUIRE(reply.status == 200);
        return base::text_member(reply.body, "access_token");
    }

    // A car sold over the API by this person; the answer.
    Json sell(const std::string& seller_token, Uuid car_id, Uuid customer_id,
              std::int64_t paid_minor = 500'000'00) {
        const Reply reply =
            send("POST", "/api/v1/sales", seller_token,
                 Json{{"car_id", car_id.to_string()},
                      {"customer_id", customer_id.to_string()},
                      {"payments", {{{"method", "cash"}, {"amount_minor", paid_minor}}}}});
        INFO(reply.raw.body);
        REQUIRE(reply.status == 201);
        return reply.body;
    }

    FreshFolder folder;
    base::FakeClock clock;
    base::SystemRandom random;
    std::string peer = "192.0.2.1";
    std::unique_ptr<central::Store> store;
    std::unique_ptr<central::Keys> keys;
    std::unique_ptr<central::CommandProcessor> processor;
    std::unique_ptr<central::RestApi> api;
    Uuid nbo, mba;
    std::map<std::string, Uuid> people;

   private:
    std::string phc_;
    int vins_ = 0;
};

}  // namespace showfloor::testing
