#include "crypto/ec.hpp"

#include <mbedtls/ecdh.h>
#include <mbedtls/ecdsa.h>

#include <algorithm>

#include "base/check.hpp"
#include "crypto/hash.hpp"
#include "crypto/limits.hpp"
#include "crypto/mbedtls_help.hpp"

namespace showfloor::crypto {

namespace {

constexpr std::size_t kPoint = 65;
constexpr std::string_view kWrapPurpose = "showfloor wrap v1";

using HeldMpi = Held<mbedtls_mpi, mbedtls_mpi_init, mbedtls_mpi_free>;
using HeldPoint = Held<mbedtls_ecp_point, mbedtls_ecp_point_init, mbedtls_ecp_point_free>;
using HeldKeypair = Held<mbedtls_ecp_keypair, mbedtls_ecp_keypair_init, mbedtls_ecp_keypair_free>;

// The curve is loaded for every use: that is cheap, and a shared group is not safe between threads.
struct Curve : Held<mbedtls_ecp_group, mbedtls_ecp_group_init, mbedtls_ecp_group_free> {
    Curve() {
        SHOWFLOOR_CHECK(mbedtls_ecp_group_load(get(), MBEDTLS_ECP_DP_SECP256R1) == 0, "P-256");
    }
};

void read(HeldMpi& number, std::span<const std::uint8_t> bytes) {
    SHOWFLOOR_CHECK(mbedtls_mpi_read_binary(number.get(), bytes.data(), bytes.size()) == 0,
                    "no memory for a number");
}

bool read(const Curve& curve, HeldPoint& point, std::span<const std::uint8_t> bytes) {
    return mbedtls_ecp_point_read_binary(curve.get(), point.get(), bytes.data(), bytes.size()) ==
               0 &&
           mbedtls_ecp_check_pubkey(curve.get(), point.get()) == 0;
}

// `info` of the derivation holds both public points, so that a wrapped value names its receiver.
Key256 wrapping_key(const PrivateKey& mine, const PublicKey& theirs,
                    std::span<const std::uint8_t> ephemeral, const PublicKey& receiver) {
    Curve curve;
    HeldMpi d;
    HeldMpi shared;
    HeldPoint point;
    read(d, mine.secret());
    SHOWFLOOR_CHECK(read(curve, point, theirs.point()), "a public key that is none");
    base::SystemRandom blinding;
    SHOWFLOOR_CHECK(mbedtls_ecdh_compute_shared(curve.get(), shared.get(), point.get(), d.get(),
                                                fill_random, &blinding) == 0,
                    "ECDH");
    Key256 secret;
    SHOWFLOOR_CHECK(mbedtls_mpi_write_binary(shared.get(), secret.writable().data(), 32) == 0,
                    "ECDH result");
    std::string info(kWrapPurpose);
    info += base::as_text(ephemeral);
    info += base::as_text(receiver.point());
    return derive_key(secret.bytes(), {}, info);
}

}  // namespace

base::Result<PublicKey> PublicKey::from_point(std::span<const std::uint8_t> point) {
    PublicKey key;
    Curve curve;
    HeldPoint parsed;
    if (point.size() != kPoint || !read(curve, parsed, point))
        return base::fail(base::ErrorKind::kInvalid, "This is no public key of the curve P-256.");
    std::copy(point.begin(), point.end(), key.point_.begin());
    return key;
}

base::Result<PublicKey> PublicKey::from_pem(std::string_view pem) {
    const std::string text(pem.substr(0, kMaxCertificateBytes));
    HeldPk pk;
    // The terminating zero counts: without it mbedTLS takes the text for DER.
    if (mbedtls_pk_parse_public_key(pk.get(), base::as_bytes(text).data(), text.size() + 1) != 0)
        return base::fail(base::ErrorKind::kInvalid, "This is no public key in PEM.");
    return public_key_of(*pk.get());
}

std::string PublicKey::to_pem() const {
    HeldPk pk;
    fill_pk(pk.get(), *this);
    std::array<unsigned char, 512> text{};
    SHOWFLOOR_CHECK(mbedtls_pk_write_pubkey_pem(pk.get(), text.data(), text.size()) == 0,
                    "writing a public key");
    return reinterpret_cast<const char*>(text.data());
}

bool PublicKey::verify(std::span<const std::uint8_t> message,
                       std::span<const std::uint8_t> signature) const {
    if (signature.size() != Signature{}.size()) return false;
    Curve curve;
    HeldPoint point;
    if (!read(curve, point, point_)) return false;
    HeldMpi r;
    HeldMpi s;
    read(r, signature.first(32));
    read(s, signature.last(32));
    const Sha256 digest = sha256(message);
    return mbedtls_ecdsa_verify(curve.get(), digest.data(), digest.size(), point.get(), r.get(),
                                s.get()) == 0;
}

PrivateKey PrivateKey::generate(base::Random& random) {
    PrivateKey key;
    HeldKeypair pair;
    SHOWFLOOR_CHECK(
        mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, pair.get(), fill_random, &random) == 0,
        "making a key");
    std::array<std::uint8_t, kPoint> point{};
    std::size_t written = 0;
    SHOWFLOOR_CHECK(
        mbedtls_ecp_write_key_ext(pair.get(), &written, key.secret_.writable().data(), 32) == 0 &&
            mbedtls_ecp_write_public_key(pair.get(), MBEDTLS_ECP_PF_UNCOMPRESSED, &written,
                                         point.data(), point.size()) == 0,
        "reading a new key");
    key.public_key_ = PublicKey::from_point(point).value();
    return key;
}

base::Result<PrivateKey> PrivateKey::from_pem(std::string_view pem) {
    std::string text(pem.substr(0, kMaxCertificateBytes));
    HeldPk pk;
    base::SystemRandom random;
    const int problem = mbedtls_pk_parse_key(pk.get(), base::as_bytes(text).data(), text.size() + 1,
                                             nullptr, 0, fill_random, &random);
    wipe(text);
    if (problem != 0)
        return base::fail(base::ErrorKind::kInvalid, "This is no private key in PEM.");
    PrivateKey key;
    SHOWFLOOR_ASSIGN(key.public_key_, public_key_of(*pk.get()));
    std::size_t written = 0;
    SHOWFLOOR_CHECK(mbedtls_ecp_write_key_ext(mbedtls_pk_ec(*pk.get()), &written,
                                              key.secret_.writable().data(), 32) == 0,
                    "reading a P-256 key");
    return key;
}

std::string PrivateKey::to_pem() const {
    HeldPk pk;
    fill_pk(pk.get(), *this);
    std::array<unsigned char, 512> text{};
    SHOWFLOOR_CHECK(mbedtls_pk_write_key_pem(pk.get(), text.data(), text.size()) == 0,
                    "writing a private key");
    std::string pem = reinterpret_cast<const char*>(text.data());
    mbedtls_platform_zeroize(text.data(), text.size());
    return pem;
}

Signature PrivateKey::sign(std::span<const std::uint8_t> message) const {
    Curve curve;
    HeldMpi d;
    HeldMpi r;
    HeldMpi s;
    read(d, secret_.bytes());
    const Sha256 digest = sha256(message);
    base::SystemRandom blinding;  // against timing; the signature itself is deterministic
    Signature signature{};
    SHOWFLOOR_CHECK(
        mbedtls_ecdsa_sign_det_ext(curve.get(), r.get(), s.get(), d.get(), digest.data(),
                                   digest.size(), MBEDTLS_MD_SHA256, fill_random, &blinding) == 0 &&
            mbedtls_mpi_write_binary(r.get(), signature.data(), 32) == 0 &&
            mbedtls_mpi_write_binary(s.get(), signature.data() + 32, 32) == 0,
        "signing");
    return signature;
}

base::Result<base::Bytes> wrap_for(const PublicKey& receiver,
                                   std::span<const std::uint8_t> plaintext, base::Random& random) {
    SHOWFLOOR_TRY(PublicKey::from_point(receiver.point()));  // a default one belongs to nobody
    const PrivateKey ephemeral = PrivateKey::generate(random);
    const auto point = ephemeral.public_key().point();
    const Key256 key = wrapping_key(ephemeral, receiver, point, receiver);
    SHOWFLOOR_ASSIGN(const base::Bytes sealed, seal(key, plaintext, {}, random));
    base::Bytes wrapped(point.begin(), point.end());
    wrapped.insert(wrapped.end(), sealed.begin(), sealed.end());
    return wrapped;
}

base::Result<base::Bytes> unwrap(const PrivateKey& receiver,
                                 std::span<const std::uint8_t> wrapped) {
    const auto ephemeral = PublicKey::from_point(wrapped.first(std::min(wrapped.size(), kPoint)));
    if (!ephemeral)
        return base::fail(base::ErrorKind::kDamaged,
                          "This is no wrapped value: its key is broken.");
    const Key256 key =
        wrapping_key(receiver, *ephemeral, ephemeral->point(), receiver.public_key());
    return open(key, wrapped.subspan(kPoint), {});
}

void fill_pk(mbedtls_pk_context* out, const PublicKey& key) {
    Curve curve;
    HeldPoint point;
    SHOWFLOOR_CHECK(read(curve, point, key.point()), "a public key that is none");
    SHOWFLOOR_CHECK(mbedtls_pk_setup(out, mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY)) == 0 &&
                        mbedtls_ecp_set_public_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(*out),
                                                   point.get()) == 0,
                    "filling a key");
}

void fill_pk(mbedtls_pk_context* out, const PrivateKey& key) {
    fill_pk(out, key.public_key());
    SHOWFLOOR_CHECK(mbedtls_ecp_read_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(*out),
                                         key.secret().data(), key.secret().size()) == 0,
                    "filling a private key");
}

base::Result<PublicKey> public_key_of(const mbedtls_pk_context& pk) {
    if (!mbedtls_pk_can_do(&pk, MBEDTLS_PK_ECDSA) ||
        mbedtls_ecp_keypair_get_group_id(mbedtls_pk_ec(pk)) != MBEDTLS_ECP_DP_SECP256R1) {
        return base::fail(base::ErrorKind::kInvalid,
                          "This key is of another kind; Showfloor uses the curve P-256.");
    }
    std::array<std::uint8_t, kPoint> point{};
    std::size_t written = 0;
    SHOWFLOOR_CHECK(mbedtls_ecp_write_public_key(mbedtls_pk_ec(pk), MBEDTLS_ECP_PF_UNCOMPRESSED,
                                                 &written, point.data(), point.size()) == 0,
                    "reading a public key");
    return PublicKey::from_point(point);
}

}  // namespace showfloor::crypto
