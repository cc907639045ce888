// The names protocol.md promises: each is in the route table, and none is called otherwise.

#include <set>
#include <sstream>

#include "central/api/route.hpp"

#include <doctest/doctest.h>

using namespace showfloor;

namespace {

// As protocol.md writes them, "METHOD path" below /api/v1/; scripts and dealers rely on these.
constexpr const char* kPromised = R"(
POST auth/login
POST auth/refresh
POST auth/logout
GET auth/me
POST auth/password
POST auth/password-reset
POST auth/verify-email
POST auth/register
GET users
POST users
GET users/{id}
PATCH users/{id}
DELETE users/{id}
GET sellers/summary
GET mechanics/top
GET branches
POST branches
PATCH branches/{id}
GET cars
POST cars
GET cars/{id}
PATCH cars/{id}
DELETE cars/{id}
GET cars/{id}/images
POST cars/{id}/images
GET cars/{id}/price-history
POST cars/import
GET cars/export
GET importations
POST importations
GET leads
POST leads
GET reservations
POST reservations
POST blobs
GET customers
POST customers
PATCH customers/{id}
POST customers/merge
GET me/orders
POST me/orders
GET me/tickets
GET sales
POST sales
PATCH sales/{id}/status
POST sales/{id}/decision
GET invoices
GET invoices/{id}/pdf
GET invoices/{id}/payments
POST invoices/{id}/payments
PATCH payments/{id}/status
GET receipts
GET receipts/{id}/pdf
GET reports
GET reports/export
GET reports/pdf
GET reports/{id}/pdf
GET tills
POST tills
GET categories
POST categories
GET products
POST products
GET stocks
POST stocks/{id}/adjust
GET suppliers
POST suppliers
GET incoming-orders
POST incoming-orders
PATCH incoming-orders/{id}/status
GET outgoing-orders
POST outgoing-orders
PATCH outgoing-orders/{id}/status
GET deliveries
POST deliveries
PATCH deliveries/{id}
GET items
POST items
PATCH items/{id}
DELETE items/{id}
GET service-tickets
POST service-tickets
PATCH service-tickets/{id}
GET service-tickets/{id}/mechanics
POST service-tickets/{id}/mechanics
GET service-tickets/{id}/parts
POST service-tickets/{id}/parts
GET service-tickets/{id}/labour
POST service-tickets/{id}/labour
PATCH service-tickets/{id}/status
GET notifications
POST notifications/{id}/read
DELETE notifications/{id}
GET history
GET dashboard
GET search
POST documents
GET terminals
POST enrollment-codes
GET settings
PATCH settings
POST enroll
POST renew
)";

}  // namespace

TEST_CASE("promises: every name of protocol.md is in the route table") {
    std::istringstream lines(kPromised);
    std::string method, path;
    int seen = 0;
    while (lines >> method >> path) {
        ++seen;
        const auto match = central::find_route(method, "/api/v1/" + path);
        INFO(method << " " << path);
        REQUIRE(match.route != nullptr);
        CHECK(match.route->path == "/api/v1/" + path);
    }
    CHECK(seen > 90);
    for (const char* outside : {"/healthz", "/metrics", "/ca.pem", "/openapi.json", "/docs",
                                "/blobs/{sha256}", "/c/{stock_number}"}) {
        INFO(std::string(outside));
        CHECK(central::find_route("GET", outside).route != nullptr);
    }
}

TEST_CASE("promises: no record has a second name beside its own") {
    std::set<std::string> first;
    for (const central::Route& route : central::routes()) {
        constexpr std::string_view kBase = "/api/v1/";
        if (!route.path.starts_with(kBase)) continue;
        const auto slash = route.path.find('/', kBase.size());
        first.insert(route.path.substr(kBase.size(), slash - kBase.size()));
    }
    for (const char* old : {"tickets", "stock", "orders", "import", "export", "metrics"}) {
        INFO(std::string(old));
        CHECK_FALSE(first.contains(old));
    }
}
