// The whole server in this process: its options, its ports.
#include "central/server.hpp"

#include "api_fixture.hpp"
#include "base/file.hpp"
#include "central/enrolment.hpp"
#include "crypto/x509.hpp"
#include "net/http_client.hpp"

using namespace showfloor;
using testing::Dealership;

namespace {

base::Result<central::ServerOptions> options_of(const Dealership& shop, const std::string& config,
                                                const std::string& listen = {},
                                                const std::string& sync_listen = {}) {
    const std::string file = shop.folder / "central.json";
    REQUIRE(base::write_file(file, config, 0600));
    return central::read_server_options(file, listen, sync_listen);
}

}  // namespace

TEST_CASE("serve options: the file, and the command line over it") {
    const Dealership shop;
    const auto file = options_of(
        shop, R"({"listen": "0.0.0.0:9443", "sync_listen": "[::1]:9444", "log": "central.log"})");
    REQUIRE(file);
    CHECK(file->host == "0.0.0.0");
    CHECK(file->port == 9443);
    CHECK(file->sync_host == "::1");
    CHECK(file->sync_port == 9444);
    CHECK(file->log_file == "central.log");
    const auto over = options_of(shop, R"({"listen": "0.0.0.0:9443"})", "127.0.0.1:1", "2");
    REQUIRE(over);
    CHECK(over->host == "127.0.0.1");
    CHECK(over->port == 1);
    CHECK(over->sync_port == 2);
    const auto none = central::read_server_options({}, {}, {});
    REQUIRE(none);
    CHECK(none->port == 8443);
    CHECK(none->sync_port == 8444);
}

TEST_CASE("serve options: what is not understood is named") {
    const Dealership shop;
    for (const char* bad : {R"({"listens": "1"})", R"({"listen": 1})", R"({"listen": "host:x"})",
                            R"({"listen": "70000"})", "no JSON"}) {
        INFO(bad);
        const auto options = options_of(shop, bad);
        REQUIRE_FALSE(options);
        CHECK(options.error().message.size() > 10);
    }
    CHECK_FALSE(central::read_server_options(shop.folder / "none.json", {}, {}));
}

TEST_CASE("serve: on free ports, terminals are told the one that was found") {
    Dealership shop;
    const auto authority = shop.keys->authority.certificate.to_pem();
    central::Enrolment enrolment(*shop.processor, *shop.keys);
    const auto code = enrolment.make_code("NBO", "Desk", {}, shop.clock.wall());
    REQUIRE(code);
    central::ServerOptions options;
    options.folder = shop.folder / "data";
    options.port = options.sync_port = 0;
    auto server = central::Server::start(options, shop.clock, shop.random);
    REQUIRE(server);
    const auto key = crypto::PrivateKey::generate(shop.random);
    const auto csr = crypto::make_request(key, "desk");
    REQUIRE(csr);
    net::HttpClient client({authority, {}, {}});
    net::ClientRequest request;
    request.method = "POST";
    const std::string at = (*server)->rest_address();
    request.url = "https://localhost" + at.substr(at.rfind(':')) + "/api/v1/enroll";
    request.headers["Content-Type"] = "application/json";
    request.body = protocol::encode(protocol::EnrollRequest{code->code, *csr, "desk"});
    const auto answer = client.perform(std::move(request));
    REQUIRE(answer);
    REQUIRE_MESSAGE((answer->status == 200 || answer->status == 201), answer->body);
    const auto reply = protocol::decode_enroll_reply(answer->body);
    REQUIRE(reply);
    const std::string told = reply->sync_url.substr(reply->sync_url.rfind(':'));
    const std::string real = (*server)->sync_address();
    CHECK(told == real.substr(real.rfind(':')));
    CHECK(told != ":0");
    CHECK((*server)->stop());
}
