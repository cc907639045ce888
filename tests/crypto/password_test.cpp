#include "crypto/password.hpp"

#include <doctest/doctest.h>

#include <set>

namespace showfloor::crypto {

using base::ErrorKind;

TEST_CASE("hash_password: the right password passes, any other does not") {
    base::SystemRandom random;
    const auto hash = hash_password("correct horse", random);
    REQUIRE(hash);
    CHECK(hash->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK(verify_password("correct horse", *hash));
    CHECK_FALSE(verify_password("correct horsf", *hash));
    CHECK_FALSE(verify_password("", *hash));
    CHECK_FALSE(needs_rehash(*hash));
    CHECK(*hash_password("correct horse", random) != *hash);
}

TEST_CASE("verify_password: a string made by the reference program") {
    // argon2's own test: password "password", salt "somesalt", m=256, t=2, p=1.
    const std::string known =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    CHECK(verify_password("password", known));
    CHECK_FALSE(verify_password("passwore", known));
    CHECK(needs_rehash(known));
}

TEST_CASE("verify_password: a forged string can neither eat memory nor time, nor crash") {
    for (const char* forged :
         {"", "$", "$argon2id$", "$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$AAAA",
          "$argon2id$v=19$m=65537,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
          "$argon2id$v=19$m=256,t=4000000000,p=1$c29tZXNhbHQ$AAAA",
          "$argon2id$v=19$m=256,t=2,p=200$c29tZXNhbHQ$AAAA",
          "$argon2id$v=19$m=256,t=2,p=0$c29tZXNhbHQ$AAAA",
          "$argon2id$v=19$m=99999999999999999999,t=2,p=1$c29tZXNhbHQ$AAAA",
          "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
          "$argon2id$v=19$m=256,t=2,p=1$", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
          "$argon2id$v=19$m=256,t=2,p=1$!!!!$!!!!", "plain text"})
        CHECK_FALSE(verify_password("password", forged));
    CHECK_FALSE(verify_password("password", std::string(100'000, '$')));
}

TEST_CASE("hash_password: over 1,024 bytes is refused before any work") {
    base::SystemRandom random;
    CHECK(hash_password(std::string(1025, 'x'), random).error().kind == ErrorKind::kTooLarge);
}

TEST_CASE("seal_with_password: opens with the password and the aad alone") {
    base::SystemRandom random;
    const auto aad = base::as_bytes("verifier|user 7");
    const auto sealed = seal_with_password("pin 2468", base::as_bytes("rights"), aad, random);
    REQUIRE(sealed);
    CHECK(base::as_text(*open_with_password("pin 2468", *sealed, aad)) == "rights");
    CHECK(open_with_password("pin 2469", *sealed, aad).error().code == "wrong_password");
    CHECK(open_with_password("pin 2468", *sealed, {}).error().code == "wrong_password");
}

TEST_CASE("open_with_password: cut off or with forged costs is kDamaged, at once") {
    base::SystemRandom random;
    const auto sealed = seal_with_password("pin", base::as_bytes("x"), {}, random);
    REQUIRE(sealed);
    for (const std::size_t size : {0UL, 1UL, 7UL, 22UL})
        CHECK(open_with_password("pin", std::span(*sealed).first(size), {}).error().kind ==
              ErrorKind::kDamaged);
    auto forged = *sealed;
    forged[1] = 0xFF;  // four terabytes
    CHECK(open_with_password("pin", forged, {}).error().kind == ErrorKind::kDamaged);
    forged = *sealed;
    forged[5] = 255;  // 255 passes
    CHECK(open_with_password("pin", forged, {}).error().kind == ErrorKind::kDamaged);
    forged = *sealed;
    forged[0] = 2;
    CHECK(open_with_password("pin", forged, {}).error().kind == ErrorKind::kDamaged);
}

TEST_CASE("random_password and random_code: readable, and never twice") {
    base::SystemRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const std::string password = random_password(random);
        CHECK(password.size() == 17);
        CHECK(password.find_first_of("ilo01IO") == std::string::npos);
        seen.insert(password);
        const std::string code = random_code(random);
        CHECK(code.size() == 11);
        CHECK(code.find_first_of("ILO01") == std::string::npos);
        seen.insert(code);
    }
    CHECK(seen.size() == 400);
}

}  // namespace showfloor::crypto
