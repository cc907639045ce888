// The contract: every operation of the OpenAPI document is called, with what is good and with what
// its schema forbids, and every answer is held against the document.

#include <set>

#include "central/api/openapi.hpp"
#include "contract_town.hpp"
#include "json_schema.hpp"

using namespace showfloor;
using testing::check_schema;
using testing::ContractTown;
using testing::Json;

namespace {

const std::string kUnknown = "01900000-0000-7000-8000-000000000000";

struct Town : ContractTown {
    const Json& operation(const central::Route& route) {
        std::string method(route.method);
        for (char& c : method)
            c = static_cast<char>(c - 'A' + 'a');
        return document["paths"][route.path][method];
    }

    // The id of a record of this kind that root can see; an unknown one when there is none.
    std::string some_id(const std::string& record) {
        const auto* described = domain::find_record(record);
        const std::string found =
            described == nullptr || described->plural.empty() ? "" : newest(*described);
        return found.empty() ? kUnknown : found;
    }

    // Something that fits the schema: what is required, and the smallest of it.
    Json sample(const Json& schema, const std::string& name, int depth = 0) {
        if (schema.contains("const")) return schema["const"];
        if (schema.contains("enum")) return schema["enum"][0];
        if (schema.contains("oneOf")) return sample(schema["oneOf"][0], name, depth);
        const std::string type = schema.value("type", "string");
        if (type == "integer") return std::max<std::int64_t>(schema.value("minimum", 1), 1);
        if (type == "boolean") return false;
        if (type == "array") return Json::array();
        if (type == "object") {
            Json object = Json::object();
            if (schema.contains("required")) {
                for (const Json& part : schema["required"]) {
                    const std::string key = part.get<std::string>();
                    object[key] = sample(schema["properties"][key], key, depth + 1);
                }
            }
            return object;
        }
        if (schema.value("format", "") == "uuid") {
            const std::string about = schema.value("description", "");
            constexpr std::string_view kOf = "id of a ";
            return about.starts_with(kOf) ? some_id(about.substr(kOf.size())) : kUnknown;
        }
        if (name == "email") return "contract" + std::to_string(calls) + "@example.com";
        if (name == "username") return "contract" + std::to_string(calls);
        if (name == "vin") return next_vin();
        if (name == "currency") return "KES";
        if (name == "code") return "CT" + std::to_string(calls % 100);
        if (name == "phone" || name == "contact") return "+2547000" + std::to_string(10000 + calls);
        return "words";
    }

    // `id`: what stands in the place of the parameter; empty: some record's.
    std::string path_of(const central::Route& route, const std::string& id = {}) {
        std::string path = route.path;
        const auto open = path.find('{');
        if (open == std::string::npos) return path;
        const auto close = path.find('}');
        const std::string name = path.substr(open + 1, close - open - 1);
        std::string value = id.empty() ? kUnknown : id;
        if (!id.empty()) return path.replace(open, close - open + 1, value);
        if (name == "vin") value = "5YJ3E1EA2KF317000";
        if (name == "sha256") value = std::string(64, '0');
        if (name == "id") {
            const std::string plural = path.substr(8, path.find('/', 8) - 8);
            if (const auto* record = domain::find_record(plural))
                value = some_id(std::string(record->name));
        }
        return path.replace(open, close - open + 1, value);
    }

    // Whatever was answered is one of the answers the document names, and never our own fault.
    void check_answer(const central::Route& route, const Reply& reply) {
        INFO(route.method << " " << route.path << " -> " << reply.status << " "
                          << reply.raw.body.substr(0, 600));
        CHECK(reply.status < 500);
        CHECK(!reply.header("X-Request-Id").empty());
        if (reply.status == 304 || reply.status == 204) {
            CHECK(reply.raw.body.empty());
            return;
        }
        const Json& responses = operation(route)["responses"];
        const std::string status = std::to_string(reply.status);
        const Json& answer =
            reply.status >= 400 ? responses["default"] : responses.value(status, Json());
        REQUIRE_MESSAGE(!answer.is_null(), "the document does not name this status");
        if (!answer.contains("content")) return;
        const std::string type = reply.header("Content-Type");
        if (reply.status >= 400) CHECK(type == "application/problem+json");
        if (answer["content"].contains("*/*")) return;
        REQUIRE(answer["content"].contains(type));
        std::vector<std::string> problems;
        check_schema(document, answer["content"][type]["schema"], reply.body, "answer", problems);
        for (const auto& problem : problems)
            FAIL_CHECK(problem);
    }

    Json document = central::openapi_document();
};

bool takes_json(const central::Route& route) {
    return !route.request_schema.is_null() && !route.request_schema.contains("contentMediaType");
}

}  // namespace

TEST_CASE_FIXTURE(Town, "contract: every operation with good input is answered as it should be") {
    std::set<std::string> operations;
    for (const central::Route& route : central::routes()) {
        operations.insert(route.operation);
        wait();
        const auto known = good().find(route.operation);
        INFO(route.operation);
        // Reading needs no more than something to read; the smallest of what is required will do
        // where nothing better is known.
        Ask ask;
        if (known != good().end())
            ask = known->second();
        else if (takes_json(route))
            ask.body = sample(route.request_schema, "");
        wait();
        net::Headers headers;
        if (route.method == "POST") headers["Idempotency-Key"] = "good-" + std::to_string(calls);
        const auto reply =
            send_ask(std::string(route.method), path_of(route, ask.id), ask, headers);
        INFO(reply.raw.body.substr(0, 600));
        CHECK(reply.status >= 200);
        CHECK(reply.status < 300);
        check_answer(route, reply);
        CHECK(!net::header(reply.raw.headers, "Cache-Control").empty());
    }
    // Nothing is good for an operation that is not there any more.
    for (const auto& [name, ask] : good()) {
        INFO(name);
        CHECK(operations.contains(name));
    }
}

TEST_CASE_FIXTURE(Town, "contract: bad input is a problem that names it, for every operation") {
    for (const central::Route& route : central::routes()) {
        if (route.operation == "auth_logout") continue;
        const std::string method(route.method);
        const auto ask = [&](const std::string& path, const std::string& token,
                             std::optional<Json> body) {
            wait();
            auto reply = send(method, path, token, std::move(body));
            check_answer(route, reply);
            return reply;
        };
        INFO(method << " " << route.path);
        const std::string path = path_of(route);
        // Without signing in, with a token that is none.
        if (route.rule != central::Rule::kAnybody) {
            CHECK(ask(path, "not.a.token", std::nullopt).status == 401);
            if (route.rule == central::Rule::kSignedIn)
                CHECK(ask(path, {}, std::nullopt).status == 401);
        }
        if (route.path.find("{id}") != std::string::npos) {
            std::string at = route.path;
            at.replace(at.find("{id}"), 4, "not-an-id");
            const auto reply =
                ask(at, root, takes_json(route) ? std::optional(Json::object()) : std::nullopt);
            CHECK((reply.status == 404 || reply.status == 400 || reply.status == 422));
        }
        if (method == "GET" && route.rule == central::Rule::kRightsTable &&
            route.answer != central::Route::Answer::kFile && route.operation != "read_vin") {
            const auto reply = ask(path + "?no_such_thing=1", root, std::nullopt);
            CHECK((reply.status == 400 || reply.status == 404));
        }
        if (!takes_json(route)) continue;
        const bool enrolment = route.operation == "enroll" || route.operation == "renew";
        // A picture is looked at before what is said of it.
        const bool picture = route.operation == "add_car_image";
        Json more = sample(route.request_schema, "");
        more["no_such_field"] = 1;
        const auto named = ask(path, root, more);
        if (!enrolment && !picture && named.status != 404) {
            CHECK(named.status == 400);
            CHECK(named.raw.body.find("no_such_field") != std::string::npos);
        }
        // Each field with a value of another kind.
        const Json shape = route.request_schema.contains("oneOf") ? route.request_schema["oneOf"][0]
                                                                  : route.request_schema;
        if (shape.contains("properties")) {
            for (const auto& [name, property] : shape["properties"].items()) {
                if (!property.contains("type")) continue;
                Json wrong = sample(route.request_schema, "");
                wrong[name] = property["type"] == "object" ? Json(7) : Json{{"x", {1, 2}}};
                const auto reply = ask(path, root, wrong);
                INFO(name);
                CHECK(reply.status >= 400);
            }
        }
        wait();
        net::HttpRequest raw;
        raw.method = method;
        raw.path = path;
        raw.peer = peer;
        raw.headers = {{"Authorization", "Bearer " + root}, {"Content-Type", "application/json"}};
        raw.body = "{\"half\":";
        CHECK(api->handle(raw).status == 400);
        raw.body = std::string(300'000, ' ');
        CHECK(api->handle(raw).status == 413);
    }
}
