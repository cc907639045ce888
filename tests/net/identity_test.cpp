// Who may talk to whom: the server's identity, the client's, and the ways around them.

#include <mutex>
#include <thread>

#include "fixture.hpp"
#include "raw_tls.hpp"

namespace showfloor::net {

namespace {

// Answers with the name in the peer's certificate, 401 without one, 403 when it is out of date.
HttpResponse who_is_it(const HttpRequest& request) {
    if (!request.peer_certificate) return problem(401, "no_certificate", "Show a certificate.");
    if (!request.peer_certificate_in_date) return problem(403, "renew_first", "Renew it.");
    return text(request.peer_certificate->common_name);
}

void ask_for_client_certificates(HttpServerOptions& options, const Dealership& ours) {
    options.client_ca_pem = ours.ca_pem();
}

}  // namespace

TEST_CASE("identity: our CA, right name: an answer") {
    Dealership ours;
    RunningServer server(ours.server(), [](const HttpRequest&) { return text("hello"); });
    HttpClient client(ours.trusts_us());
    const auto by_name = client.perform(get(server.url("/")));
    REQUIRE_MESSAGE(by_name.ok(), (by_name ? "" : by_name.error().message));
    CHECK(by_name->status == 200);
    CHECK(by_name->body == "hello");
    CHECK(client.perform(get(server.url("/", "127.0.0.1")))->body == "hello");
}

TEST_CASE("identity: another CA, another name, an expired and a future server are told apart") {
    Dealership ours;
    Dealership theirs;
    const auto hello = [](const HttpRequest&) { return text("hello"); };
    RunningServer good(ours.server(), hello);
    RunningServer other_name(ours.server({"central.example"}), hello);
    RunningServer old(ours.server({"localhost"}, valid_last_week()), hello);
    const base::UtcMs now = base::SystemClock().wall();
    RunningServer early(ours.server({"localhost"}, {now + kDay, now + 2 * kDay}), hello);
    const auto code = [](const ClientTls& tls, const std::string& url) {
        HttpClient client(tls);
        const auto answer = client.perform(get(url));
        return answer ? "answered" : answer.error().code;
    };
    CHECK(code(theirs.trusts_us(), good.url("/")) == "tls_identity");
    CHECK(code({}, good.url("/")) == "tls_identity");
    CHECK(code(ours.trusts_us(), other_name.url("/")) == "tls_identity");
    CHECK(code(ours.trusts_us(), other_name.url("/", "127.0.0.1")) == "tls_identity");
    CHECK(code(ours.trusts_us(), old.url("/")) == "certificate_expired");
    CHECK(code(ours.trusts_us(), early.url("/")) == "certificate_expired");
    CHECK(code(theirs.trusts_us(), old.url("/")) == "tls_identity");
}

TEST_CASE("identity: a terminal's certificate is no server certificate") {
    Dealership ours;
    const Identity terminal = ours.terminal("T01");
    RunningServer impostor(terminal, [](const HttpRequest&) { return text("fake"); });
    HttpClient client(ours.trusts_us());
    CHECK_FALSE(client.perform(get(impostor.url("/"))));
}

TEST_CASE("identity: the client is who its certificate says; without one it is nobody") {
    Dealership ours;
    RunningServer server(ours.server(), who_is_it,
                         [&](auto& options) { ask_for_client_certificates(options, ours); });
    HttpClient terminal(ours.trusts_us_as(ours.terminal("T01")));
    const auto known = terminal.perform(get(server.url("/")));
    REQUIRE_MESSAGE(known.ok(), (known ? "" : known.error().message));
    CHECK(known->body == "T01");
    CHECK(terminal.perform(get(server.url("/")))->body == "T01");  // on the kept connection too
    HttpClient nobody(ours.trusts_us());
    CHECK(nobody.perform(get(server.url("/")))->status == 401);
}

TEST_CASE("identity: a foreign, a self-signed and a server certificate end the handshake") {
    Dealership ours;
    Dealership theirs;
    RunningServer server(ours.server(), who_is_it,
                         [&](auto& options) { ask_for_client_certificates(options, ours); });
    const auto code = [&](const Identity& who) {
        HttpClient client(ours.trusts_us_as(who));
        const auto answer = client.perform(get(server.url("/")));
        return answer ? "answered " + answer->body : answer.error().code;
    };
    CHECK(code(theirs.terminal("T01")) == "client_certificate_refused");
    const Identity self_signed{theirs.ca_pem(), theirs.authority.key.to_pem()};
    CHECK(code(self_signed) == "client_certificate_refused");
    CHECK(code(theirs.terminal("T01", valid_last_week())) == "certificate_expired");
    // Signed by our CA, but made to be a server: its usage does not let it be a terminal.
    CHECK(code(ours.server()) == "client_certificate_refused");
    HttpClient good(ours.trusts_us_as(ours.terminal("T02")));
    CHECK(good.perform(get(server.url("/")))->body == "T02");
}

TEST_CASE("identity: an expired certificate of ours is let in and marked, to be renewed") {
    Dealership ours;
    RunningServer server(ours.server(), who_is_it,
                         [&](auto& options) { ask_for_client_certificates(options, ours); });
    HttpClient client(ours.trusts_us_as(ours.terminal("T01", valid_last_week())));
    const auto answer = client.perform(get(server.url("/")));
    REQUIRE_MESSAGE(answer.ok(), (answer ? "" : answer.error().message));
    CHECK(answer->status == 403);
}

TEST_CASE("identity: the port for terminals gives no tickets; a resumed session is no way around") {
    Dealership ours;
    const Identity terminal = ours.terminal("T01");
    const Identity server_identity = ours.server();
    const std::string request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (const auto version : {MBEDTLS_SSL_VERSION_TLS1_2, MBEDTLS_SSL_VERSION_TLS1_3}) {
        RunningServer server(server_identity, who_is_it,
                             [&](auto& options) { ask_for_client_certificates(options, ours); });
        mbedtls_ssl_session session;
        mbedtls_ssl_session_init(&session);
        {
            RawTls first(server.server.port(), &terminal, nullptr, version);
            REQUIRE(first.connected());
            REQUIRE(first.send(request));
            CHECK(first.receive("T01").find("200 OK") != std::string::npos);
            CHECK(first.tickets == 0);
            // TLS 1.3 has no session to take without a ticket; TLS 1.2 has one by its id.
            (void)mbedtls_ssl_get_session(first.ssl(), &session);
        }
        const bool has_session = version == MBEDTLS_SSL_VERSION_TLS1_2;
        RawTls again(server.server.port(), nullptr, has_session ? &session : nullptr, version);
        REQUIRE(again.connected());
        REQUIRE(again.send(request));
        CHECK(again.receive().find("401") != std::string::npos);
        mbedtls_ssl_session_free(&session);
    }
}

TEST_CASE("identity: the port without client certificates does give tickets") {
    Dealership ours;
    RunningServer server(ours.server(), [](const HttpRequest&) { return text("hello"); });
    RawTls browser(server.server.port());
    REQUIRE(browser.connected());
    REQUIRE(browser.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    CHECK(browser.receive("hello").find("200 OK") != std::string::npos);
    CHECK(browser.tickets == 1);
}

TEST_CASE("identity: a new certificate serves new connections; a bad one changes nothing") {
    Dealership ours;
    Dealership theirs;
    RunningServer server(ours.server(), [](const HttpRequest&) { return text("hello"); });
    const Identity bad{theirs.server().certificate_pem, ours.server().key_pem};
    CHECK_FALSE(server.server.reload_certificate(bad.certificate_pem, bad.key_pem));
    CHECK_FALSE(server.server.reload_certificate("nonsense", "nonsense"));
    HttpClient open_before(ours.trusts_us());
    CHECK(open_before.perform(get(server.url("/"))).ok());
    const Identity next = theirs.server();
    REQUIRE(server.server.reload_certificate(next.certificate_pem, next.key_pem).ok());
    CHECK(open_before.perform(get(server.url("/"))).ok());  // its connection is older
    HttpClient fresh(theirs.trusts_us());
    CHECK(fresh.perform(get(server.url("/"))).ok());
    HttpClient late(ours.trusts_us());
    CHECK(late.perform(get(server.url("/"))).error().code == "tls_identity");
}

TEST_CASE("identity: certificates change under a load of handshakes") {
    Dealership ours;
    RunningServer server(ours.server(), [](const HttpRequest&) { return text("hello"); });
    std::atomic<int> good = 0;
    std::thread clients([&] {
        for (int i = 0; i < 20; ++i) {
            HttpClient client(ours.trusts_us());
            if (client.perform(get(server.url("/"))).ok()) ++good;
        }
    });
    for (int i = 0; i < 20; ++i) {
        const Identity next = ours.server();
        CHECK(server.server.reload_certificate(next.certificate_pem, next.key_pem).ok());
    }
    clients.join();
    CHECK(good == 20);
}

TEST_CASE("fetch_ca_unverified: gives the CA of anybody, and is bounded") {
    Dealership ours;
    RunningServer server(ours.server(), [&](const HttpRequest& request) {
        if (request.path == "/ca.pem") return text(ours.ca_pem());
        if (request.path == "/huge") return text(std::string(100'000, 'x'));
        return problem(404, "not_found", "Not here.");
    });
    const auto fetched = fetch_ca_unverified(server.url("/ca.pem"));
    REQUIRE_MESSAGE(fetched.ok(), (fetched ? "" : fetched.error().message));
    CHECK(crypto::read_certificate(*fetched)->fingerprint ==
          ours.authority.certificate.fingerprint);
    CHECK(fetch_ca_unverified(server.url("/huge")).error().code == "too_large");
    CHECK(fetch_ca_unverified(server.url("/none")).error().code == "bad_answer");
}

}  // namespace showfloor::net
