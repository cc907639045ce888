#include "crypto/seal.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "crypto/hash.hpp"

namespace showfloor::crypto {

using base::Bytes;

namespace {

// Gives prepared bytes, so that a published vector can be reached through the public call.
class FixedRandom final : public base::Random {
   public:
    explicit FixedRandom(Bytes bytes) : bytes_(std::move(bytes)) {}
    void fill(std::span<std::uint8_t> out) override {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = bytes_[i % bytes_.size()];
    }

   private:
    Bytes bytes_;
};

}  // namespace

TEST_CASE("seal: test case 16 of the GCM specification") {
    const auto key = Key256::from_bytes(
        *base::from_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
    FixedRandom nonce(*base::from_hex("cafebabefacedbaddecaf888"));
    const auto sealed = seal(
        *key,
        *base::from_hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c9595"
                        "6809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"),
        *base::from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"), nonce);
    REQUIRE(sealed);
    CHECK(base::to_hex(*sealed) ==
          "cafebabefacedbaddecaf888"
          "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b10"
          "56828838c5f61e6393ba7a0abcc9f662"
          "76fc6ece0f4e1768cddf8853bb2d551b");
}

TEST_CASE("seal and open: any text and any aad come back; every changed bit is found") {
    base::SeededRandom random(11);
    const Key256 key = Key256::random(random);
    CHECK(rc::check("round trip", [&](const Bytes& text, const Bytes& aad) {
        const auto sealed = seal(key, text, aad, random);
        RC_ASSERT(sealed.ok());
        const auto opened = open(key, *sealed, aad);
        RC_ASSERT(opened.ok());
        RC_ASSERT(*opened == text);
        Bytes changed = *sealed;
        const auto bit = *rc::gen::inRange<std::size_t>(0, changed.size() * 8);
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
        RC_ASSERT(!open(key, changed, aad));
        Bytes other = aad;
        other.push_back(0);
        RC_ASSERT(!open(key, *sealed, other));
    }));
}

TEST_CASE("open: another key, every shorter value, and nothing at all are kDamaged") {
    base::SeededRandom random(12);
    const Key256 key = Key256::random(random);
    const auto sealed = seal(key, base::as_bytes("secret"), {}, random);
    CHECK(open(Key256::random(random), *sealed, {}).error().kind == base::ErrorKind::kDamaged);
    for (std::size_t size = 0; size < sealed->size(); ++size)
        CHECK(open(key, std::span(*sealed).first(size), {}).error().kind ==
              base::ErrorKind::kDamaged);
}

TEST_CASE("seal: the same text twice gives two values") {
    base::SystemRandom random;
    const Key256 key = Key256::random(random);
    CHECK(*seal(key, base::as_bytes("same"), {}, random) !=
          *seal(key, base::as_bytes("same"), {}, random));
}

TEST_CASE("Key256: 32 bytes and nothing else; wiped when it goes") {
    CHECK_FALSE(Key256::from_bytes(Bytes(31)));
    CHECK_FALSE(Key256::from_bytes(Bytes(33)));
    alignas(Key256) std::uint8_t place[sizeof(Key256)];
    auto* key = new (place) Key256(*Key256::from_bytes(Bytes(32, 0xAB)));
    CHECK(place[0] == 0xAB);
    key->~Key256();
    CHECK(std::all_of(std::begin(place), std::end(place), [](auto byte) { return byte == 0; }));
}

TEST_CASE("wipe: empties text and bytes") {
    std::string text = "secret";
    wipe(text);
    CHECK(text.empty());
    Bytes bytes(10, 1);
    wipe(bytes);
    CHECK(bytes.empty());
}

}  // namespace showfloor::crypto
