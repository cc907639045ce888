// The same API behind the real server: TLS, headers, files.

#include "api_fixture.hpp"
#include "central/blobs.hpp"
#include "net/http_client.hpp"
#include "net/http_server.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

struct Served : Dealership {
    std::unique_ptr<net::HttpServer> server;
    std::unique_ptr<net::HttpClient> client;

    Served() {
        net::HttpServerOptions options;
        options.certificate_pem = keys->server_certificate;
        options.key_pem = keys->server_key;
        server = std::make_unique<net::HttpServer>(
            options, [this](const net::HttpRequest& request) { return api->handle(request); });
        REQUIRE(server->start());
        client = std::make_unique<net::HttpClient>(
            net::ClientTls{keys->authority.certificate.to_pem(), {}, {}});
    }
    net::HttpResponse get(const std::string& target, net::Headers headers = {}) {
        return ask("GET", target, {}, std::move(headers));
    }
    net::HttpResponse ask(const std::string& method, const std::string& target,
                          const std::string& body, net::Headers headers = {}) {
        net::ClientRequest request;
        request.method = method;
        request.url = "https://localhost:" + std::to_string(server->port()) + target;
        request.body = body;
        request.headers = std::move(headers);
        auto response = client->perform(std::move(request));
        REQUIRE(response);
        return std::move(response).value();
    }
};

}  // namespace

TEST_CASE("server: sign in and read a car over TLS") {
    Served shop;
    shop.user("amina", "seller", shop.nbo);
    const auto car = shop.car(shop.nbo).to_string();
    const auto signed_in =
        shop.ask("POST", "/api/v1/auth/login",
                 base::dump_json({{"login", "amina"}, {"password", Dealership::kPassword}}),
                 {{"Content-Type", "application/json"}});
    REQUIRE(signed_in.status == 200);
    CHECK(net::header(signed_in.headers, "Cache-Control") == "no-store");
    const auto tokens = base::parse_json(signed_in.body, 1 << 20);
    REQUIRE(tokens);
    const net::Headers me = {
        {"Authorization", "Bearer " + base::text_member(*tokens, "access_token")}};
    const auto read = shop.get("/api/v1/cars/" + car, me);
    CHECK(read.status == 200);
    net::Headers again = me;
    again["If-None-Match"] = std::string(net::header(read.headers, "ETag"));
    CHECK(shop.get("/api/v1/cars/" + car, again).status == 304);
    CHECK(shop.get("/api/v1/sales").status == 401);
    CHECK(shop.get("/api/v1/cars?make=Toyota&q=corolla%20white&total=true")
              .body.find("\"total\":1") != std::string::npos);
}

TEST_CASE("server: public pictures in pieces; private ones do not exist") {
    Served shop;
    const std::string content = "\xFF\xD8\xFF not really a picture";
    const auto open = central::save_blob(*shop.store, content);
    const auto closed = central::save_blob(*shop.store, "a paper");
    REQUIRE(open);
    REQUIRE(closed);
    {
        auto batch = shop.processor->batch(shop.clock.wall());
        REQUIRE(batch);
        REQUIRE(central::note_blob(
            batch->connection(),
            {*open, static_cast<std::int64_t>(content.size()), "image/jpeg", true, {}},
            shop.clock.wall()));
        REQUIRE(central::note_blob(batch->connection(),
                                   {*closed, 7, "application/pdf", false, shop.nbo},
                                   shop.clock.wall()));
        REQUIRE(batch->commit());
    }
    const auto whole = shop.get("/blobs/" + *open);
    CHECK(whole.status == 200);
    CHECK(whole.body == content);
    CHECK(net::header(whole.headers, "Cache-Control") == "public, max-age=31536000, immutable");
    const auto piece = shop.get("/blobs/" + *open, {{"Range", "bytes=3-6"}});
    CHECK(piece.status == 206);
    CHECK(piece.body == content.substr(3, 4));
    CHECK(shop.get("/blobs/" + *closed).status == 404);
    CHECK(shop.get("/blobs/" + std::string(64, '0')).status == 404);
}
