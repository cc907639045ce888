#include "crypto/x509.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "crypto/hash.hpp"

namespace showfloor::crypto {

namespace {

constexpr base::UtcMs kDay = 24LL * 3600 * 1000;
constexpr base::UtcMs kNow = 1'760'000'000'000;
constexpr Validity kTwoYears{kNow, kNow + 730 * kDay};

struct Fixture {
    base::SystemRandom random;
    Authority authority = make_authority("Demo Motors CA", kTwoYears, random).value();
    PrivateKey terminal = PrivateKey::generate(random);
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "make_authority: says what it is and signs itself") {
    const Certificate& root = authority.certificate;
    CHECK(root.common_name == "Demo Motors CA");
    CHECK(root.is_authority);
    CHECK(root.validity.not_before == kNow / 1000 * 1000);
    CHECK(root.validity.not_after == kTwoYears.not_after / 1000 * 1000);
    CHECK(root.public_key == authority.key.public_key());
    CHECK(root.fingerprint == base::to_hex(sha256(root.der)));
    CHECK(root.serial.size() == 32);
    CHECK(verify_signed_by(root, root));
}

TEST_CASE_FIXTURE(Fixture, "certificates: PEM and DER read the same") {
    const auto from_pem = read_certificate(authority.certificate.to_pem());
    const auto from_der = read_certificate(base::as_text(authority.certificate.der));
    REQUIRE(from_pem);
    REQUIRE(from_der);
    CHECK(from_pem->fingerprint == authority.certificate.fingerprint);
    CHECK(from_der->fingerprint == authority.certificate.fingerprint);
}

TEST_CASE_FIXTURE(Fixture, "make_server_certificate: no authority, signed by ours alone") {
    const PrivateKey key = PrivateKey::generate(random);
    const auto made = make_server_certificate(authority, key.public_key(),
                                              {"localhost", "127.0.0.1", "::1", "central.example"},
                                              kTwoYears, random);
    REQUIRE(made);
    CHECK_FALSE(made->is_authority);
    CHECK(made->public_key == key.public_key());
    CHECK(verify_signed_by(*made, authority.certificate));
    const Authority other = make_authority("Demo Motors CA", kTwoYears, random).value();
    CHECK_FALSE(verify_signed_by(*made, other.certificate));
    CHECK_FALSE(verify_signed_by(other.certificate, authority.certificate));
}

TEST_CASE_FIXTURE(Fixture, "make_server_certificate: bad hosts, no hosts, too many hosts") {
    const auto make = [&](const std::vector<std::string>& hosts) {
        return make_server_certificate(authority, terminal.public_key(), hosts, kTwoYears, random);
    };
    CHECK_FALSE(make({}));
    CHECK_FALSE(make({""}));
    CHECK_FALSE(make({"a b"}));
    CHECK_FALSE(make({"evil\ncn"}));
    CHECK_FALSE(make(std::vector<std::string>(33, "localhost")));
    CHECK(make(std::vector<std::string>(32, "localhost")).ok());
}

TEST_CASE_FIXTURE(Fixture, "sign_request: the name is central's, never the request's") {
    const auto request = make_request(terminal, "I am the admin");
    REQUIRE(request);
    const auto made = sign_request(authority, *request, "T01", kTwoYears, random);
    REQUIRE(made);
    CHECK(made->common_name == "T01");
    CHECK(made->public_key == terminal.public_key());
    CHECK_FALSE(made->is_authority);
    CHECK(verify_signed_by(*made, authority.certificate));
    CHECK(made->serial != sign_request(authority, *request, "T01", kTwoYears, random)->serial);
}

TEST_CASE_FIXTURE(Fixture, "sign_request: a request that its key did not sign is refused") {
    const std::string request = *make_request(terminal, "terminal");
    const std::string begin = "-----BEGIN CERTIFICATE REQUEST-----\n";
    const std::string end = "-----END CERTIFICATE REQUEST-----\n";
    std::string body = request.substr(begin.size(), request.find("-----END") - begin.size());
    std::erase(body, '\n');
    base::Bytes der = *base::from_base64(body);
    const std::string name = "terminal";
    const auto at = std::search(der.begin(), der.end(), name.begin(), name.end());
    REQUIRE(at != der.end());
    *at = 'T';
    const auto refused = sign_request(authority, begin + base::to_base64(der) + "\n" + end, "T01",
                                      kTwoYears, random);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("not signed") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "sign_request: what is no request is refused") {
    CHECK_FALSE(sign_request(authority, "", "T01", kTwoYears, random));
    CHECK_FALSE(sign_request(authority, authority.certificate.to_pem(), "T01", kTwoYears, random));
    CHECK(
        sign_request(authority, std::string(20'000, 'x'), "T01", kTwoYears, random).error().kind ==
        base::ErrorKind::kTooLarge);
}

TEST_CASE_FIXTURE(Fixture, "names: what would be syntax stays a name") {
    for (const std::string name :
         {"Smith, Sons + Co. \"Cars\"", "a=b", "#1 <Cars>; Ltd\\", "Müller Automobile", "x"}) {
        const auto made = make_authority(name, kTwoYears, random);
        REQUIRE(made);
        CHECK(made->certificate.common_name == name);
        const auto below =
            make_server_certificate(*made, terminal.public_key(), {"localhost"}, kTwoYears, random);
        REQUIRE(below);
        CHECK(verify_signed_by(*below, made->certificate));
    }
    CHECK_FALSE(make_authority("", kTwoYears, random));
    CHECK_FALSE(make_authority(std::string(65, 'x'), kTwoYears, random));
    CHECK_FALSE(make_authority("a\nb", kTwoYears, random));
}

TEST_CASE_FIXTURE(Fixture,
                  "validity: any second of our centuries comes back; backwards is refused") {
    for (const base::UtcMs time :
         {0LL, 951'782'399'000LL, 951'782'400'000LL, 2'524'607'999'000LL, 2'524'608'000'000LL,
          4'102'444'800'000LL, 253'000'000'000'000LL}) {
        const auto made = make_authority("CA", {time, time + kDay}, random);
        REQUIRE(made);
        CHECK(made->certificate.validity.not_before == time);
        CHECK(made->certificate.validity.not_after == time + kDay);
    }
    CHECK_FALSE(make_authority("CA", {kNow, kNow - 1000}, random));
    CHECK_FALSE(make_authority("CA", {-1000, kNow}, random));
    CHECK_FALSE(make_authority("CA", {0, 400'000'000'000'000}, random));
}

TEST_CASE_FIXTURE(Fixture, "verify_signed_by: looks at signature, not at dates") {
    const Authority old = make_authority("Old", {0, kDay}, random).value();
    const auto below =
        make_server_certificate(old, terminal.public_key(), {"localhost"}, {0, kDay}, random);
    CHECK(verify_signed_by(*below, old.certificate));
    Certificate changed = *below;
    changed.der[changed.der.size() - 1] ^= 1;
    CHECK_FALSE(verify_signed_by(changed, old.certificate));
    CHECK_FALSE(verify_signed_by(Certificate{}, old.certificate));
    // A terminal's certificate is no authority: what it signs counts for nothing.
    const auto leaf =
        sign_request(authority, *make_request(terminal, "T"), "T01", kTwoYears, random);
    const auto forged = make_server_certificate({terminal, *leaf}, terminal.public_key(),
                                                {"localhost"}, kTwoYears, random);
    REQUIRE(forged);
    CHECK_FALSE(verify_signed_by(*forged, *leaf));
}

TEST_CASE_FIXTURE(Fixture, "fingerprint_matches: as a person types it") {
    const Certificate& root = authority.certificate;
    std::string typed;
    for (std::size_t i = 0; i < root.fingerprint.size(); i += 2) {
        if (i > 0) typed += ':';
        typed += static_cast<char>(std::toupper(root.fingerprint[i]));
        typed += static_cast<char>(std::toupper(root.fingerprint[i + 1]));
    }
    CHECK(fingerprint_matches(root.fingerprint, root));
    CHECK(fingerprint_matches(typed, root));
    typed.back() = typed.back() == '0' ? '1' : '0';
    CHECK_FALSE(fingerprint_matches(typed, root));
    CHECK_FALSE(fingerprint_matches("", root));
    CHECK_FALSE(fingerprint_matches(root.fingerprint.substr(0, 62), root));
}

TEST_CASE("read_certificate: anything does no harm") {
    CHECK_FALSE(read_certificate(""));
    CHECK_FALSE(read_certificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
    CHECK(read_certificate(std::string(20'000, 'x')).error().kind == base::ErrorKind::kTooLarge);
    CHECK(rc::check("no crash", [](const std::string& text) {
        RC_ASSERT(!read_certificate(text));
        RC_ASSERT(!read_certificate("-----BEGIN CERTIFICATE-----" + text));
    }));
}

}  // namespace showfloor::crypto
