// Enrolment against a central of the test's own, over real TLS on loopback.
#include "terminal/enrolment.hpp"

#include <filesystem>

#include "crypto/x509.hpp"
#include "fixture.hpp"
#include "net/http_server.hpp"

namespace showfloor::test {

namespace {

constexpr base::UtcMs kYear = 365 * kDay;

struct Fixture {
    testing::FreshFolder place;
    terminal::DataFolder folder{place / "kiosk"};
    base::SystemRandom random;
    base::UtcMs now = base::SystemClock().wall();
    crypto::Authority authority;
    std::unique_ptr<net::HttpServer> server;
    int enrolled = 0;
    net::HttpResponse refusal;  // status 0: enrolls
    base::Uuid terminal_id;

    Fixture() : authority(made(random, now)) {}
    static crypto::Authority made(base::Random& random, base::UtcMs now) {
        must(crypto::initialise());
        return must(crypto::make_authority("Test CA", {now - kYear, now + kYear}, random));
    }
    void serve(const std::vector<std::string>& hosts, crypto::Validity validity) {
        refusal.status = 0;
        const auto key = crypto::PrivateKey::generate(random);
        net::HttpServerOptions options;
        options.key_pem = key.to_pem();
        options.certificate_pem = must(crypto::make_server_certificate(authority, key.public_key(),
                                                                       hosts, validity, random))
                                      .to_pem();
        server = std::make_unique<net::HttpServer>(
            options, [this](const net::HttpRequest& request) { return answer(request); });
        must(server->start());
    }
    void serve() { serve({"localhost", "127.0.0.1"}, {now - kDay, now + kDay}); }
    net::HttpResponse answer(const net::HttpRequest& request) {
        net::HttpResponse response;
        if (request.path == "/ca.pem") {
            response.body = authority.certificate.to_pem();
            return response;
        }
        ++enrolled;
        if (refusal.status != 0) return refusal;
        const auto asked = protocol::decode_enroll_request(request.body);
        if (!asked) return net::problem(400, "bad_request", asked.error().message);
        protocol::EnrollReply reply;
        reply.terminal_id = terminal_id = base::Uuid::v7(now, random);
        reply.terminal_code = "T0" + std::to_string(enrolled);
        reply.branch_id = fixed_id(1, 1).to_string();
        reply.branch_code = "NBO";
        base::SystemRandom randomness;
        reply.certificate = crypto::sign_request(authority, asked->csr, "kiosk",
                                                 {now - kYear, now + kYear}, randomness)
                                .value()
                                .to_pem();
        reply.ca = authority.certificate.to_pem();
        reply.sync_url = "https://127.0.0.1:8444/";
        reply.epoch = "first";
        reply.server_time = now;
        response.body = protocol::encode(reply);
        return response;
    }
    terminal::EnrolmentOrder order() {
        return {"https://127.0.0.1:" + std::to_string(server ? server->port() : 9), "K7MWP-3XQHE",
                authority.certificate.fingerprint, "kiosk"};
    }
    base::Error refused(const terminal::EnrolmentOrder& with) {
        const auto identity = terminal::enrol(folder, with, random);
        REQUIRE_FALSE(identity.ok());
        CHECK_FALSE(folder.enrolled());
        return identity.error();
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "enrol: identity, key and certificates stand in the folder") {
    serve();
    auto with = order();
    with.central_url += "/";  // as a person types it
    const auto identity = must(terminal::enrol(folder, with, random));
    CHECK(identity.terminal_code == "T01");
    CHECK(identity.sync_url == "https://127.0.0.1:8444");
    const auto saved = must(folder.identity());
    CHECK(saved.terminal_id == terminal_id);
    const auto certificate = must(crypto::read_certificate(must(folder.certificate())));
    CHECK(certificate.public_key == must(folder.terminal_key()).public_key());
    CHECK(must(crypto::read_certificate(must(folder.authority()))).fingerprint ==
          authority.certificate.fingerprint);
}

TEST_CASE_FIXTURE(Fixture,
                  "enrol: a fingerprint with colons, spaces and capitals is the same one") {
    serve();
    auto with = order();
    std::string typed;
    for (std::size_t i = 0; i < with.ca_fingerprint.size(); i += 2) {
        typed += (i == 0 ? "" : i % 16 == 0 ? " " : ":");
        typed += static_cast<char>(std::toupper(with.ca_fingerprint[i]));
        typed += static_cast<char>(std::toupper(with.ca_fingerprint[i + 1]));
    }
    with.ca_fingerprint = typed;
    CHECK(terminal::enrol(folder, with, random).ok());
}

TEST_CASE_FIXTURE(Fixture, "enrol: another authority than the fingerprint's: nothing was sent") {
    serve();
    auto with = order();
    with.ca_fingerprint = std::string(64, '0');
    const auto error = refused(with);
    CHECK(error.code == "wrong_ca");
    CHECK(error.kind == base::ErrorKind::kRefused);
    CHECK(enrolled == 0);
    with.ca_fingerprint = "";
    CHECK(refused(with).code == "wrong_ca");
    CHECK(enrolled == 0);
}

TEST_CASE_FIXTURE(Fixture, "enrol: a server under another name or out of date gets no code") {
    serve({"central.elsewhere.test"}, {now - kDay, now + kDay});
    CHECK(refused(order()).code == "tls_identity");
    serve({"127.0.0.1"}, {now - 8 * kDay, now - kDay});
    CHECK(refused(order()).code == "certificate_expired");
    CHECK(enrolled == 0);
}

TEST_CASE_FIXTURE(Fixture, "enrol: nobody there, no https: said in words") {
    const auto away = refused(order());
    CHECK(away.kind == base::ErrorKind::kUnreachable);
    CHECK_FALSE(away.message.empty());
    auto with = order();
    with.central_url = "http://127.0.0.1:1";
    CHECK(refused(with).message.find("https://") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "enrol: central's refusals keep their code and words") {
    serve();
    for (const char* code : {"code_used", "code_expired", "code_unknown"}) {
        refusal = net::problem(403, code, "This code does not work any more.");
        const auto error = refused(order());
        CHECK(error.code == code);
        CHECK(error.kind == base::ErrorKind::kRefused);
        CHECK(error.message == "This code does not work any more.");
    }
    refusal = net::problem(503, "busy", "Later.");
    CHECK(refused(order()).kind == base::ErrorKind::kUnreachable);
    refusal = net::HttpResponse{200, {}, "garbage", ""};
    CHECK_FALSE(refused(order()).message.empty());
}

TEST_CASE_FIXTURE(Fixture, "enrol: again: a new terminal, new series; what waits goes over") {
    serve();
    must(terminal::enrol(folder, order(), random));
    const auto first = must(folder.identity());
    {
        const sync::KeySealer sealer(must(folder.storage_key()), random);
        const auto outbox = must(sync::Outbox::open(folder.outbox(), sealer));
        must(outbox->enrol({first.terminal_id, first.terminal_code, first.branch_id, "NBO"}));
        domain::Command command;
        command.id = base::Uuid::v7(now, random);
        command.name = "create_customer";
        const auto stored = must(outbox->submit(
            command, [&](std::int64_t, domain::NumberSource&) { return sync::Outbox::Judged{}; }));
        CHECK(stored.applied());
    }
    must(terminal::enrol(folder, order(), random));
    const auto second = must(folder.identity());
    CHECK(second.terminal_id != first.terminal_id);
    CHECK(second.terminal_code == "T02");
    const sync::KeySealer sealer(must(folder.storage_key()), random);
    const auto outbox = must(sync::Outbox::open(folder.outbox(), sealer));
    CHECK(outbox->state().identity.terminal_id == second.terminal_id);
    CHECK(must(outbox->counts()).pending == 1);
}

TEST_CASE_FIXTURE(Fixture,
                  "renewal_due: from half of the certificate's life on, and when it is over") {
    serve();
    must(terminal::enrol(folder, order(), random));  // from a year ago to in a year
    CHECK_FALSE(must(terminal::renewal_due(folder, now - kDay)));
    const auto due = must(terminal::renewal_due(folder, now + kDay));
    REQUIRE(due);
    const auto request = must(protocol::decode_renew_request(*due));
    CHECK(request.terminal_id == terminal_id);
    const auto signature = base::from_base64(request.signature);
    REQUIRE(signature);
    CHECK(must(folder.terminal_key())
              .public_key()
              .verify(base::as_bytes(protocol::renew_to_sign(terminal_id, request.at, request.csr)),
                      *signature));
    CHECK(must(terminal::renewal_due(folder, now + 2 * kYear)));
}

TEST_CASE_FIXTURE(Fixture,
                  "store_renewed: a new certificate replaces the old; garbage never does") {
    serve();
    must(terminal::enrol(folder, order(), random));
    const std::string before = must(folder.certificate());
    for (const char* garbage : {"", "{}", "{\"certificate\": \"none\"}", "\xff"}) {
        CHECK_FALSE(terminal::store_renewed(folder, garbage).ok());
        CHECK(must(folder.certificate()) == before);
    }
    const auto request = must(crypto::make_request(must(folder.terminal_key()), "kiosk"));
    const auto fresh =
        must(crypto::sign_request(authority, request, "kiosk", {now, now + 2 * kYear}, random));
    must(terminal::store_renewed(folder, base::dump_json({{"certificate", fresh.to_pem()}})));
    CHECK(must(folder.certificate()) == fresh.to_pem());
}

}  // namespace showfloor::test
