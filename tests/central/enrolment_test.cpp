#include "central/enrolment.hpp"

#include "central/credentials.hpp"
#include "central/keys.hpp"
#include "crypto/password.hpp"
#include "fixture.hpp"

namespace showfloor::test {

namespace {

struct Scene {
    Scene()
        : keys(must(central::make_keys(central.folder / "data", {"localhost"}, central.now,
                                       central.random))),
          enrolment(*central.processor, keys) {}
    void give_password(const base::Uuid& user) {
        auto batch = must(central.processor->batch(central.now));
        must(central::set_password_hash(batch, user, "$argon2id$made-up"));
        must(central::note_sign_in(batch, user));
        must(batch.commit());
    }
    protocol::EnrollRequest request(const std::string& code) {
        return {code, must(crypto::make_request(key, "kiosk")), "kiosk"};
    }
    base::Result<protocol::EnrollReply> enroll(const std::string& code) {
        return enrolment.enroll(request(code), "127.0.0.1", 8444, central.now);
    }
    std::vector<domain::Verifier> held() {
        auto all = central.all<domain::Verifier>();
        std::erase_if(all, [](const auto& verifier) { return verifier.archived; });
        return all;
    }
    net::HttpResponse ask(central::SyncApi& api, const std::string& pem, bool in_date = true) {
        net::HttpRequest http;
        http.method = "GET";
        http.path = "/sync/v1/pull";
        if (!pem.empty())
            http.peer_certificate =
                std::make_shared<const crypto::Certificate>(must(crypto::read_certificate(pem)));
        http.peer_certificate_in_date = in_date;
        return api.handle(http);
    }
    Central central;
    central::Keys keys;
    central::Enrolment enrolment;
    crypto::PrivateKey key = crypto::PrivateKey::generate(central.random);
    Kiosk people{fixed_id(3, 1), 7, 0};
    base::FakeClock clock{kMorning + 2 * kDay};
};

TEST_CASE_FIXTURE(Scene, "enroll: a code makes one terminal, with the verifiers of its branch") {
    give_password(people.shop.seller);
    give_password(people.shop.mombasa_seller);
    give_password(people.shop.owner);
    const auto code = must(enrolment.make_code("NBO", "Desk", {}, central.now));
    const auto reply = must(enroll(code.code));
    CHECK(reply.terminal_code == "T03");
    CHECK(reply.branch_code == "NBO");
    CHECK(reply.sync_url == "https://127.0.0.1:8444");
    const auto certificate = must(crypto::read_certificate(reply.certificate));
    CHECK(certificate.common_name == reply.terminal_id.to_string());
    CHECK(crypto::verify_signed_by(certificate, must(crypto::read_certificate(reply.ca))));
    std::vector<domain::Verifier> here;
    for (const auto& verifier : held()) {
        if (verifier.terminal_id == reply.terminal_id) here.push_back(verifier);
    }
    REQUIRE(here.size() == 1);
    CHECK(here[0].user_id == people.shop.seller);
    const auto phc = must(crypto::unwrap(key, *base::from_base64(here[0].wrapped)));
    CHECK(base::as_text(phc) == "$argon2id$made-up");
}

TEST_CASE_FIXTURE(Scene, "enroll: a used, an old and an unknown code are refused in words") {
    const auto code = must(enrolment.make_code("NBO", "Desk", {}, central.now));
    const auto late = must(enrolment.make_code("NBO", "Desk", {}, central.now));
    must(enroll(code.code));
    CHECK(enroll(code.code).error().code == "code_used");
    CHECK(enroll("AAAAA-BBBBB").error().code == "code_unknown");
    central.now += central::kEnrollCodeMs;
    CHECK(enroll(late.code).error().code == "code_expired");
    CHECK(central.count("SELECT count(*) FROM enroll_code WHERE code_hash LIKE '%-%'") == 0);
    CHECK_FALSE(enrolment.make_code("XYZ", "Desk", {}, central.now).ok());
}

TEST_CASE_FIXTURE(Scene, "enroll: too many wrong codes wait an hour") {
    for (int i = 0; i < central::kEnrollTriesPerHour; ++i)
        CHECK(enroll("AAAAA-BBBBB").error().code == "code_unknown");
    const auto code = must(enrolment.make_code("NBO", "Desk", {}, central.now));
    CHECK(enroll(code.code).error().code == "too_many_tries");
    central.now += 3600 * 1000;
    const auto later = must(enrolment.make_code("NBO", "Desk", {}, central.now));
    CHECK(enroll(later.code).ok());
}

TEST_CASE_FIXTURE(Scene, "renew: the enrolled key gets a new certificate, nobody else does") {
    const auto code = must(enrolment.make_code("NBO", "Desk", {}, central.now));
    const auto enrolled = must(enroll(code.code));
    protocol::RenewRequest renewal{enrolled.terminal_id, request("").csr, central.now, {}};
    const auto sign = [&](const crypto::PrivateKey& with) {
        renewal.signature = base::to_base64(with.sign(
            base::as_bytes(protocol::renew_to_sign(renewal.terminal_id, renewal.at, renewal.csr))));
    };
    sign(key);
    CHECK(must(enrolment.renew(renewal, central.now)).find("CERTIFICATE") != std::string::npos);
    CHECK(enrolment.renew(renewal, central.now + 11 * 60'000).error().code == "clock_wrong");
    const auto stranger = crypto::PrivateKey::generate(central.random);
    sign(stranger);
    CHECK(enrolment.renew(renewal, central.now).error().code == "bad_signature");
    renewal.csr = must(crypto::make_request(stranger, "kiosk"));
    sign(key);
    CHECK(enrolment.renew(renewal, central.now).error().code == "other_key");
}

TEST_CASE_FIXTURE(Scene, "sync port: a certificate is asked for, and a revoked one is not enough") {
    const auto code = must(enrolment.make_code("NBO", "Desk", {}, central.now));
    const auto enrolled = must(enroll(code.code));
    central::SyncApi api(*central.processor, clock);
    CHECK(ask(api, "").status == 401);
    CHECK(ask(api, enrolled.certificate, false).status == 401);
    const auto good = ask(api, enrolled.certificate);
    CHECK(good.status == 200);
    CHECK(net::header(good.headers, protocol::kEpochHeader) == central.store->epoch());
    must(api.flush_contacts());
    CHECK(central.count("SELECT last_contact_at FROM terminal_state") == clock.wall());
    must(enrolment.revoke(enrolled.terminal_id, {}, central.now));
    const auto revoked = ask(api, enrolled.certificate);
    CHECK(revoked.status == 401);
    CHECK(revoked.body.find("terminal_revoked") != std::string::npos);
    const auto stranger = must(crypto::make_authority(
        "Another", {central.now - kDay, central.now + kDay}, central.random));
    CHECK(ask(api, stranger.certificate.to_pem()).status == 401);
}

TEST_CASE_FIXTURE(Scene, "verifiers: a terminal whose key cannot be read stops nobody's sign-in") {
    const auto code = must(enrolment.make_code("NBO", "Desk", {}, central.now));
    const auto whole = must(enroll(code.code)).terminal_id;
    {
        auto batch = must(central.processor->batch(central.now));
        for (auto terminal : batch.world().find<domain::Terminal>({})) {
            if (terminal.id == whole) continue;
            terminal.public_key = "-----BEGIN PUBLIC KEY-----\nbroken\n-----END PUBLIC KEY-----\n";
            batch.world().put(terminal);
        }
        must(batch.commit());
    }
    give_password(people.shop.seller);  // fails the test when it cannot
    std::size_t there = 0;
    for (const auto& verifier : held())
        there += verifier.terminal_id == whole && verifier.user_id == people.shop.seller ? 1 : 0;
    CHECK(there == 1);
}

TEST_CASE_FIXTURE(Scene, "verifiers: follow the password, and go with the person") {
    give_password(people.shop.seller);
    const auto code = must(enrolment.make_code("NBO", "Desk", {}, central.now));
    const auto terminal = must(enroll(code.code)).terminal_id;
    const auto at_terminal = [&] {
        for (const auto& verifier : held()) {
            if (verifier.terminal_id == terminal) return verifier.wrapped;
        }
        return std::string();
    };
    const std::string first = at_terminal();
    REQUIRE_FALSE(first.empty());
    {
        auto batch = must(central.processor->batch(central.now));
        must(central::set_password_hash(batch, people.shop.seller, "$argon2id$another"));
        must(batch.commit());
    }
    CHECK(at_terminal() != first);
    {
        // Ninety days without a sign-in.
        auto batch = must(central.processor->batch(central.now + central::kVerifierKeptMs + kDay));
        must(central::withdraw_stale_verifiers(batch));
        must(batch.commit());
    }
    CHECK(at_terminal().empty());
    give_password(people.shop.seller);
    CHECK_FALSE(at_terminal().empty());
    CHECK(central.run("deactivate_user", {{"user_id", people.shop.seller.to_string()}}).applied());
    CHECK(at_terminal().empty());
}

}  // namespace

}  // namespace showfloor::test
