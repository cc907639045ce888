#include "crypto/hash.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/encoding.hpp"
#include "crypto/crypto.hpp"
#include "crypto/seal.hpp"

namespace showfloor::crypto {

using base::Bytes;

namespace {

Bytes hex(std::string_view text) {
    return *base::from_hex(text);
}

}  // namespace

TEST_CASE("initialise: any number of times") {
    CHECK(initialise().ok());
    CHECK(initialise().ok());
}

TEST_CASE("sha256: vectors of FIPS 180-2") {
    CHECK(base::to_hex(sha256("")) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(base::to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(base::to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("Sha256Stream: any pieces give the digest of the whole, and it starts anew") {
    Sha256Stream stream;
    CHECK(rc::check("pieces", [&](const std::vector<Bytes>& pieces) {
        Bytes whole;
        for (const auto& piece : pieces) {
            stream.update(piece);
            whole.insert(whole.end(), piece.begin(), piece.end());
        }
        RC_ASSERT(stream.finish() == sha256(whole));
    }));
}

TEST_CASE("hmac_sha256: vectors of RFC 4231") {
    CHECK(base::to_hex(hmac_sha256(Bytes(20, 0x0b), base::as_bytes("Hi There"))) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(base::to_hex(hmac_sha256(base::as_bytes("Jefe"),
                                   base::as_bytes("what do ya want for nothing?"))) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(base::to_hex(hmac_sha256(
              Bytes(131, 0xaa),
              base::as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("hkdf_sha256: vectors of RFC 5869") {
    CHECK(base::to_hex(hkdf_sha256(Bytes(22, 0x0b), hex("000102030405060708090a0b0c"),
                                   hex("f0f1f2f3f4f5f6f7f8f9"), 42)) ==
          "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    CHECK(base::to_hex(hkdf_sha256(Bytes(22, 0x0b), {}, {}, 42)) ==
          "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST_CASE("derive_key: purposes do not share a key") {
    const Bytes secret(32, 7);
    CHECK_FALSE(equal_constant_time(derive_key(secret, {}, "outbox").bytes(),
                                    derive_key(secret, {}, "drafts").bytes()));
    CHECK(equal_constant_time(derive_key(secret, {}, "outbox").bytes(),
                              derive_key(secret, {}, "outbox").bytes()));
}

TEST_CASE("equal_constant_time: equal, different, shorter, empty") {
    CHECK(equal_constant_time(base::as_bytes("abc"), base::as_bytes("abc")));
    CHECK_FALSE(equal_constant_time(base::as_bytes("abc"), base::as_bytes("abd")));
    CHECK_FALSE(equal_constant_time(base::as_bytes("abc"), base::as_bytes("ab")));
    CHECK(equal_constant_time({}, {}));
}

}  // namespace showfloor::crypto
