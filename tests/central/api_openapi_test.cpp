#include <cstdlib>
#include <set>

#include "api_fixture.hpp"
#include "base/file.hpp"
#include "central/api/openapi.hpp"
#include "central/api/route.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

TEST_CASE("OpenAPI: schema/openapi.yaml is what the route table says") {
    const std::string path = std::string(SHOWFLOOR_SOURCE_DIR) + "/schema/openapi.yaml";
    const std::string made = central::openapi_yaml();
    if (std::getenv("SHOWFLOOR_WRITE_OPENAPI") != nullptr) REQUIRE(base::write_file(path, made));
    const auto stored = base::read_file(path, 8UL << 20);
    REQUIRE(stored);
    // Not CHECK(a == b): a difference would print both.
    const bool same = *stored == made;
    CHECK_MESSAGE(same, "run central_test with SHOWFLOOR_WRITE_OPENAPI=1");
}

TEST_CASE("OpenAPI: routes, document and rights table name the same set") {
    const Json document = central::openapi_document();
    std::set<std::string> operations;
    std::size_t in_document = 0;
    for (const auto& [path, methods] : document["paths"].items())
        in_document += methods.size();
    CHECK(in_document == central::routes().size());
    for (const central::Route& route : central::routes()) {
        INFO(route.method << " " << route.path);
        CHECK(operations.insert(route.operation).second);
        CHECK(route.handle);
        CHECK(!route.summary.empty());
        std::string method(route.method);
        for (char& c : method)
            c = static_cast<char>(c - 'A' + 'a');
        const Json& operation = document["paths"][route.path][method];
        CHECK(operation["operationId"] == route.operation);
        // No route without a rule: somebody has the cell, and not everybody.
        if (route.rule == central::Rule::kRightsTable) {
            const bool held = std::any_of(
                domain::rights_table().begin(), domain::rights_table().end(),
                [&](const auto& r) { return r.area == route.area && r.action == route.action; });
            CHECK(held);
            CHECK(operation["x-right"]["area"] == domain::name_of(route.area));
        }
        const auto match = central::find_route(route.method, route.path);
        CHECK(match.route == &route);
        // Unsafe methods that anybody may use are few and named.
        if (route.rule == central::Rule::kAnybody && route.method != "GET") {
            CHECK((route.operation == "auth_login" || route.operation == "auth_refresh" ||
                   route.operation == "auth_register" || route.operation == "auth_password_reset" ||
                   route.operation == "auth_password_reset_confirm" ||
                   route.operation == "enroll" || route.operation == "renew"));
        }
    }
    for (const auto& [name, schema] : document["components"]["schemas"].items())
        CHECK(schema["type"] == "object");
}

TEST_CASE("OpenAPI: every command a person may give has a route") {
    std::set<std::string_view> routed;
    for (const central::Route& route : central::routes())
        routed.insert(route.commands.begin(), route.commands.end());
    // Enrolment makes terminals, out of a code; a visitor calls from where they stand.
    const std::set<std::string_view> elsewhere = {"create_terminal", "call_assistance",
                                                  "end_assistance"};
    for (const auto& spec : domain::command_table()) {
        INFO(spec.name);
        CHECK((spec.system_only || routed.contains(spec.name) || elsewhere.contains(spec.name)));
    }
}

TEST_CASE("public: health, authority, description and its page need no sign-in") {
    Dealership shop;
    CHECK(shop.send("GET", "/healthz").body["status"] == "ok");
    CHECK(shop.send("GET", "/ca.pem").raw.body == shop.keys->authority.certificate.to_pem());
    CHECK(shop.send("GET", "/openapi.json").body == central::openapi_document());
    CHECK(shop.send("GET", "/docs").raw.body.find("/api/v1/cars/{id}") != std::string::npos);
    CHECK(shop.send("GET", "/docs").raw.body.find("http://") == std::string::npos);
}
