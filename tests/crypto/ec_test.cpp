#include "crypto/ec.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace showfloor::crypto {

using base::Bytes;

namespace {

// The key of RFC 6979, appendix A.2.5, as SEC 1 PEM.
constexpr std::string_view kRfcKey =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MDECAQEEIMmvqdhFunUWa1whV2ex1pNOUMPbNuibEnuKYisSD2choAoGCCqGSM49\n"
    "AwEH\n"
    "-----END EC PRIVATE KEY-----\n";

}  // namespace

TEST_CASE("sign: the deterministic signatures of RFC 6979") {
    const auto key = PrivateKey::from_pem(kRfcKey);
    REQUIRE(key);
    CHECK(base::to_hex(key->secret()) ==
          "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    CHECK(base::to_hex(key->sign(base::as_bytes("sample"))) ==
          "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
          "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    CHECK(base::to_hex(key->sign(base::as_bytes("test"))) ==
          "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
          "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083");
}

TEST_CASE("sign: verifies for this message and this key alone") {
    base::SeededRandom random(21);
    const PrivateKey key = PrivateKey::generate(random);
    const PrivateKey other = PrivateKey::generate(random);
    CHECK(rc::check("signatures", [&](const Bytes& message) {
        const Signature signature = key.sign(message);
        RC_ASSERT(key.public_key().verify(message, signature));
        RC_ASSERT(!other.public_key().verify(message, signature));
        Bytes changed = message;
        changed.push_back(0);
        RC_ASSERT(!key.public_key().verify(changed, signature));
    }));
}

TEST_CASE("verify: every changed byte, wrong lengths, zeros, and nobody's key are refused") {
    base::SeededRandom random(22);
    const PrivateKey key = PrivateKey::generate(random);
    const auto message = base::as_bytes("push head 17");
    const Signature good = key.sign(message);
    for (std::size_t i = 0; i < good.size(); i += 7) {
        Signature bad = good;
        bad[i] ^= 1;
        CHECK_FALSE(key.public_key().verify(message, bad));
    }
    CHECK_FALSE(key.public_key().verify(message, std::span(good).first(63)));
    CHECK_FALSE(key.public_key().verify(message, {}));
    CHECK_FALSE(key.public_key().verify(message, Signature{}));
    CHECK_FALSE(PublicKey{}.verify(message, good));
}

TEST_CASE("keys: PEM and back; what is no key is refused") {
    base::SystemRandom random;
    const PrivateKey key = PrivateKey::generate(random);
    const auto again = PrivateKey::from_pem(key.to_pem());
    REQUIRE(again);
    CHECK(again->public_key() == key.public_key());
    CHECK(again->sign(base::as_bytes("x")) == key.sign(base::as_bytes("x")));
    CHECK(*PublicKey::from_pem(key.public_key().to_pem()) == key.public_key());
    CHECK(*PublicKey::from_point(key.public_key().point()) == key.public_key());

    CHECK_FALSE(PrivateKey::from_pem(""));
    CHECK_FALSE(PrivateKey::from_pem("-----BEGIN EC PRIVATE KEY-----\nAAAA\n"));
    CHECK_FALSE(PrivateKey::from_pem(key.public_key().to_pem()));
    CHECK_FALSE(PublicKey::from_pem(key.to_pem()));
    CHECK_FALSE(PublicKey::from_point(Bytes(65, 4)));  // not on the curve
    CHECK_FALSE(PublicKey::from_point(Bytes(64)));
    CHECK_FALSE(PublicKey::from_point({}));
}

TEST_CASE("keys: PKCS #8 is read too, and another curve is refused in words") {
    const auto pkcs8 = PrivateKey::from_pem(
        "-----BEGIN PRIVATE KEY-----\n"
        "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCDJr6nYRbp1FmtcIVdn\n"
        "sdaTTlDD2zbomxJ7imIrEg9nIQ==\n"
        "-----END PRIVATE KEY-----\n");
    REQUIRE(pkcs8);
    CHECK(pkcs8->public_key() == PrivateKey::from_pem(kRfcKey)->public_key());
    const auto p384 = PublicKey::from_pem(
        "-----BEGIN PUBLIC KEY-----\n"
        "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEx/cNo0wILtq5ieKQi28SN254XvtLDLRJ\n"
        "ZwTpFkzgZwQlNhhvi3uU+O+NKmO7V2RFcqdKJc+HTpsbKnY7hYfQUUFf+WTP0Afm\n"
        "z1+HeVuHmqsEfO/IVdZr/Q5ZIIB5hiRy\n"
        "-----END PUBLIC KEY-----\n");
    REQUIRE_FALSE(p384);
    CHECK(p384.error().message.find("P-256") != std::string::npos);
}

TEST_CASE("wrap_for: the receiver alone opens it") {
    base::SystemRandom random;
    const PrivateKey terminal = PrivateKey::generate(random);
    const PrivateKey thief = PrivateKey::generate(random);
    CHECK(rc::check("round trip", [&](const Bytes& text) {
        const auto wrapped = wrap_for(terminal.public_key(), text, random);
        RC_ASSERT(wrapped.ok());
        RC_ASSERT(*unwrap(terminal, *wrapped) == text);
        RC_ASSERT(!unwrap(thief, *wrapped));
    }));
}

TEST_CASE("unwrap: every cut and every changed byte is kDamaged") {
    base::SystemRandom random;
    const PrivateKey terminal = PrivateKey::generate(random);
    const auto wrapped = wrap_for(terminal.public_key(), base::as_bytes("verifier"), random);
    for (std::size_t i = 0; i < wrapped->size(); ++i) {
        CHECK(unwrap(terminal, std::span(*wrapped).first(i)).error().kind ==
              base::ErrorKind::kDamaged);
        if (i % 5 != 0) continue;
        Bytes changed = *wrapped;
        changed[i] ^= 1;
        CHECK(unwrap(terminal, changed).error().kind == base::ErrorKind::kDamaged);
    }
    CHECK_FALSE(wrap_for(PublicKey{}, base::as_bytes("x"), random));
}

}  // namespace showfloor::crypto
