#include "crypto/x509.hpp"

#include <arpa/inet.h>
#include <mbedtls/oid.h>
#include <mbedtls/pem.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <deque>

#include "base/check.hpp"
#include "crypto/hash.hpp"
#include "crypto/limits.hpp"
#include "crypto/mbedtls_help.hpp"

namespace showfloor::crypto {

namespace {

using HeldWriter =
    Held<mbedtls_x509write_cert, mbedtls_x509write_crt_init, mbedtls_x509write_crt_free>;
using HeldRequest = Held<mbedtls_x509_csr, mbedtls_x509_csr_init, mbedtls_x509_csr_free>;
using HeldRequestWriter =
    Held<mbedtls_x509write_csr, mbedtls_x509write_csr_init, mbedtls_x509write_csr_free>;

base::Error invalid(std::string message) {
    return base::fail(base::ErrorKind::kInvalid, std::move(message));
}

base::Result<std::string> subject_of(std::string_view common_name) {
    if (common_name.empty() || common_name.size() > kMaxCommonName)
        return invalid("A certificate's name has 1 to 64 characters.");
    std::string subject = "CN=";
    for (const char c : common_name) {
        if (static_cast<unsigned char>(c) < 0x20)
            return invalid("A certificate's name has no control characters.");
        // mbedTLS reads the subject as a list; what separates its parts must be escaped.
        if (std::string_view(",+\"\\<>;=#").find(c) != std::string_view::npos) subject += '\\';
        subject += c;
    }
    return subject;
}

std::string asn1_time(base::UtcMs time) {
    using namespace std::chrono;
    const sys_time<milliseconds> point{milliseconds(time)};
    const auto day = floor<days>(point);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<seconds>(point - day));
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d%02u%02u%02d%02d%02d",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text.data();
}

base::UtcMs utc_ms(const mbedtls_x509_time& time) {
    using namespace std::chrono;
    const sys_days day = year(time.year) / month(static_cast<unsigned>(time.mon)) /
                         std::chrono::day(static_cast<unsigned>(time.day));
    return duration_cast<milliseconds>(day.time_since_epoch() + hours(time.hour) +
                                       minutes(time.min) + seconds(time.sec))
        .count();
}

// Years that four digits write and that are in order.
bool is_sane(const Validity& validity) {
    constexpr base::UtcMs kYear9999 = 253'370'764'800'000;
    return validity.not_before >= 0 && validity.not_before <= validity.not_after &&
           validity.not_after < kYear9999;
}

std::string common_name_of(const mbedtls_x509_crt& crt) {
    for (const mbedtls_x509_name* part = &crt.subject; part != nullptr; part = part->next) {
        if (part->oid.p != nullptr && MBEDTLS_OID_CMP(MBEDTLS_OID_AT_CN, &part->oid) == 0)
            return base::as_text({part->val.p, part->val.len});
    }
    return {};
}

base::Result<Certificate> describe(const mbedtls_x509_crt& crt) {
    Certificate certificate;
    SHOWFLOOR_ASSIGN(certificate.public_key, public_key_of(crt.pk));
    certificate.der.assign(crt.raw.p, crt.raw.p + crt.raw.len);
    certificate.fingerprint = base::to_hex(sha256(certificate.der));
    certificate.serial = base::to_hex({crt.serial.p, crt.serial.len});
    certificate.common_name = common_name_of(crt);
    certificate.validity = {utc_ms(crt.valid_from), utc_ms(crt.valid_to)};
    certificate.is_authority = mbedtls_x509_crt_get_ca_istrue(&crt) == 1;
    return certificate;
}

// One extended key usage: what the certificate's holder may be in TLS.
struct Usage {
    Usage(const char* oid, std::size_t size) {
        node.buf.tag = MBEDTLS_ASN1_OID;
        node.buf.p = reinterpret_cast<unsigned char*>(const_cast<char*>(oid));
        node.buf.len = size;
    }
    mbedtls_asn1_sequence node{};
};

// Subject alternative names as the linked list mbedTLS writes; owns the bytes it points to.
class HostList {
   public:
    base::Result<void> add(const std::string& host) {
        std::array<unsigned char, 16> address{};
        std::size_t size = 0;
        if (inet_pton(AF_INET, host.c_str(), address.data()) == 1)
            size = 4;
        else if (inet_pton(AF_INET6, host.c_str(), address.data()) == 1)
            size = 16;
        const bool is_name = !host.empty() && host.size() <= 253 &&
                             host.find_first_not_of(
                                 "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789-.") == std::string::npos;
        if (size == 0 && !is_name)
            return invalid("\"" + host + "\" is neither a host name nor an IP address.");
        bytes_.push_back(size == 0 ? host : base::as_text({address.data(), size}));
        mbedtls_x509_san_list node{};
        node.node.type = size == 0 ? MBEDTLS_X509_SAN_DNS_NAME : MBEDTLS_X509_SAN_IP_ADDRESS;
        node.node.san.unstructured_name.p = reinterpret_cast<unsigned char*>(bytes_.back().data());
        node.node.san.unstructured_name.len = bytes_.back().size();
        nodes_.push_back(node);
        if (nodes_.size() > 1) nodes_[nodes_.size() - 2].next = &nodes_.back();
        return {};
    }
    const mbedtls_x509_san_list* first() const {
        return nodes_.empty() ? nullptr : &nodes_.front();
    }

   private:
    std::deque<std::string> bytes_;  // a deque never moves what it holds
    std::deque<mbedtls_x509_san_list> nodes_;
};

struct Order {
    const PublicKey& subject_key;
    std::string subject;
    const PrivateKey& issuer_key;
    std::string issuer;
    Validity validity;
    bool authority = false;
    const Usage* usage = nullptr;
    const HostList* hosts = nullptr;
};

base::Result<Certificate> issue(const Order& order, base::Random& random) {
    if (!is_sane(order.validity))
        return invalid("A certificate cannot end before it begins; check the clock.");
    HeldPk subject_key;
    HeldPk issuer_key;
    fill_pk(subject_key.get(), order.subject_key);
    fill_pk(issuer_key.get(), order.issuer_key);
    std::array<std::uint8_t, 16> serial{};
    random.fill(serial);
    serial[0] = static_cast<std::uint8_t>((serial[0] & 0x7F) | 0x40);  // positive, always 16 bytes
    HeldWriter writer;
    mbedtls_x509write_crt_set_version(writer.get(), MBEDTLS_X509_CRT_VERSION_3);
    mbedtls_x509write_crt_set_md_alg(writer.get(), MBEDTLS_MD_SHA256);
    mbedtls_x509write_crt_set_subject_key(writer.get(), subject_key.get());
    mbedtls_x509write_crt_set_issuer_key(writer.get(), issuer_key.get());
    const unsigned key_usage = order.authority
                                   ? MBEDTLS_X509_KU_KEY_CERT_SIGN | MBEDTLS_X509_KU_CRL_SIGN
                                   : MBEDTLS_X509_KU_DIGITAL_SIGNATURE;
    int problem = mbedtls_x509write_crt_set_serial_raw(writer.get(), serial.data(), serial.size());
    const auto then = [&problem](int result) {
        if (problem == 0) problem = result;
    };
    then(mbedtls_x509write_crt_set_subject_name(writer.get(), order.subject.c_str()));
    then(mbedtls_x509write_crt_set_issuer_name(writer.get(), order.issuer.c_str()));
    then(mbedtls_x509write_crt_set_validity(writer.get(),
                                            asn1_time(order.validity.not_before).c_str(),
                                            asn1_time(order.validity.not_after).c_str()));
    then(mbedtls_x509write_crt_set_basic_constraints(writer.get(), order.authority ? 1 : 0,
                                                     order.authority ? 0 : -1));
    then(mbedtls_x509write_crt_set_key_usage(writer.get(), key_usage));
    then(mbedtls_x509write_crt_set_subject_key_identifier(writer.get()));
    then(mbedtls_x509write_crt_set_authority_key_identifier(writer.get()));
    if (order.usage != nullptr)
        then(mbedtls_x509write_crt_set_ext_key_usage(writer.get(), &order.usage->node));
    if (order.hosts != nullptr)
        then(
            mbedtls_x509write_crt_set_subject_alternative_name(writer.get(), order.hosts->first()));
    if (problem != 0)
        return invalid("The certificate cannot be written (" + reason_of(problem) + ").");
    std::array<unsigned char, kMaxCertificateBytes> der{};
    const int size =
        mbedtls_x509write_crt_der(writer.get(), der.data(), der.size(), fill_random, &random);
    if (size <= 0) return invalid("The certificate cannot be signed (" + reason_of(size) + ").");
    // mbedTLS writes from the end of the buffer towards its beginning.
    const auto* begin = der.data() + der.size() - static_cast<std::size_t>(size);
    return read_certificate(base::as_text({begin, static_cast<std::size_t>(size)}));
}

// mbedTLS parses a request but does not check that its key signed it.
bool is_signed_by_its_key(HeldRequest& request) {
    const Sha256 digest = sha256({request->cri.p, request->cri.len});
    return request->MBEDTLS_PRIVATE(sig_md) == MBEDTLS_MD_SHA256 &&
           mbedtls_pk_verify(&request->pk, MBEDTLS_MD_SHA256, digest.data(), digest.size(),
                             request->MBEDTLS_PRIVATE(sig).p,
                             request->MBEDTLS_PRIVATE(sig).len) == 0;
}

}  // namespace

std::string Certificate::to_pem() const {
    std::string text(der.size() * 2 + 128, '\0');
    std::size_t written = 0;
    SHOWFLOOR_CHECK(mbedtls_pem_write_buffer("-----BEGIN CERTIFICATE-----\n",
                                             "-----END CERTIFICATE-----\n", der.data(), der.size(),
                                             reinterpret_cast<unsigned char*>(text.data()),
                                             text.size(), &written) == 0,
                    "writing PEM");
    text.resize(written - 1);  // without the terminating zero that mbedTLS counts
    return text;
}

base::Result<Certificate> read_certificate(std::string_view pem_or_der) {
    if (pem_or_der.size() > kMaxCertificateBytes)
        return base::fail(base::ErrorKind::kTooLarge, "A certificate has at most 16 KB.");
    HeldCrt crt;
    int problem = 0;
    if (pem_or_der.find("-----BEGIN") != std::string_view::npos) {
        const std::string text(pem_or_der);
        problem = mbedtls_x509_crt_parse(crt.get(), base::as_bytes(text).data(), text.size() + 1);
    } else {
        problem = mbedtls_x509_crt_parse_der(crt.get(), base::as_bytes(pem_or_der).data(),
                                             pem_or_der.size());
    }
    if (problem != 0) return invalid("This is no certificate (" + reason_of(problem) + ").");
    return describe(*crt.get());
}

base::Result<Authority> make_authority(std::string_view name, Validity validity,
                                       base::Random& random) {
    SHOWFLOOR_ASSIGN(const std::string subject, subject_of(name));
    PrivateKey key = PrivateKey::generate(random);
    SHOWFLOOR_ASSIGN(Certificate certificate,
                     issue({key.public_key(), subject, key, subject, validity, true}, random));
    return Authority{std::move(key), std::move(certificate)};
}

base::Result<Certificate> make_server_certificate(const Authority& authority, const PublicKey& key,
                                                  const std::vector<std::string>& hosts,
                                                  Validity validity, base::Random& random) {
    if (hosts.empty() || hosts.size() > kMaxHosts)
        return invalid("A server certificate names 1 to 32 hosts.");
    HostList list;
    for (const auto& host : hosts)
        SHOWFLOOR_TRY(list.add(host));
    SHOWFLOOR_ASSIGN(const std::string subject, subject_of("Showfloor central"));
    SHOWFLOOR_ASSIGN(const std::string issuer, subject_of(authority.certificate.common_name));
    const Usage usage(MBEDTLS_OID_SERVER_AUTH, MBEDTLS_OID_SIZE(MBEDTLS_OID_SERVER_AUTH));
    return issue({key, subject, authority.key, issuer, validity, false, &usage, &list}, random);
}

base::Result<std::string> make_request(const PrivateKey& key, std::string_view common_name) {
    SHOWFLOOR_ASSIGN(const std::string subject, subject_of(common_name));
    HeldPk pk;
    fill_pk(pk.get(), key);
    HeldRequestWriter writer;
    mbedtls_x509write_csr_set_md_alg(writer.get(), MBEDTLS_MD_SHA256);
    mbedtls_x509write_csr_set_key(writer.get(), pk.get());
    std::array<unsigned char, 2048> pem{};
    base::SystemRandom random;
    int problem = mbedtls_x509write_csr_set_subject_name(writer.get(), subject.c_str());
    if (problem == 0)
        problem =
            mbedtls_x509write_csr_pem(writer.get(), pem.data(), pem.size(), fill_random, &random);
    if (problem != 0)
        return invalid("The certificate request cannot be written (" + reason_of(problem) + ").");
    return std::string(reinterpret_cast<const char*>(pem.data()));
}

base::Result<Certificate> sign_request(const Authority& authority, std::string_view request_pem,
                                       std::string_view common_name, Validity validity,
                                       base::Random& random) {
    if (request_pem.size() > kMaxCertificateBytes)
        return base::fail(base::ErrorKind::kTooLarge, "A certificate request has at most 16 KB.");
    const std::string text(request_pem);
    HeldRequest request;
    if (mbedtls_x509_csr_parse(request.get(), base::as_bytes(text).data(), text.size() + 1) != 0)
        return invalid("This is no certificate request in PEM.");
    SHOWFLOOR_ASSIGN(const PublicKey key, public_key_of(request->pk));
    if (!is_signed_by_its_key(request))
        return invalid("This certificate request is not signed by its own key.");
    SHOWFLOOR_ASSIGN(const std::string subject, subject_of(common_name));
    SHOWFLOOR_ASSIGN(const std::string issuer, subject_of(authority.certificate.common_name));
    const Usage usage(MBEDTLS_OID_CLIENT_AUTH, MBEDTLS_OID_SIZE(MBEDTLS_OID_CLIENT_AUTH));
    return issue({key, subject, authority.key, issuer, validity, false, &usage}, random);
}

bool verify_signed_by(const Certificate& certificate, const Certificate& authority) {
    HeldCrt crt;
    HeldCrt root;
    if (mbedtls_x509_crt_parse_der(crt.get(), certificate.der.data(), certificate.der.size()) !=
            0 ||
        mbedtls_x509_crt_parse_der(root.get(), authority.der.data(), authority.der.size()) != 0)
        return false;
    const auto forgive_dates = [](void*, mbedtls_x509_crt*, int, std::uint32_t* flags) {
        *flags &=
            ~static_cast<std::uint32_t>(MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE);
        return 0;
    };
    std::uint32_t flags = 0;
    return mbedtls_x509_crt_verify(crt.get(), root.get(), nullptr, nullptr, &flags, forgive_dates,
                                   nullptr) == 0;
}

bool fingerprint_matches(std::string_view typed, const Certificate& certificate) {
    std::string digits;
    for (const char c : typed) {
        if (c != ':' && c != ' ') digits += c;
    }
    const auto bytes = base::from_hex(digits);
    return bytes && equal_constant_time(*bytes, sha256(certificate.der));
}

}  // namespace showfloor::crypto
