#pragma once
// The dealership's own certificate authority: its root, central's server certificate, terminals'
// client certificates. P-256 and SHA-256 throughout. Times come in as arguments, never from a
// clock. Thread contract: plain values and pure functions; a Random belongs to its caller.

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "crypto/ec.hpp"

namespace showfloor::crypto {

// From (inclusive) to (inclusive); X.509 counts whole seconds.
struct Validity {
    base::UtcMs not_before = 0;
    base::UtcMs not_after = 0;
};

// What a certificate says. Nothing here means that it was verified.
struct Certificate {
    base::Bytes der;
    std::string fingerprint;  // SHA-256 of the DER, 64 lower-case hex digits
    std::string serial;       // lower-case hex
    std::string common_name;  // empty when it has none
    Validity validity;
    PublicKey public_key;
    bool is_authority = false;

    [[nodiscard]] std::string to_pem() const;
};

struct Authority {
    PrivateKey key;
    Certificate certificate;
};

// PEM (the first certificate in it) or DER, at most 16 KB. kInvalid when it is none, or no P-256.
base::Result<Certificate> read_certificate(std::string_view pem_or_der);

// A self-signed root that may sign certificates but no further authorities. The name has 1-64
// characters.
base::Result<Authority> make_authority(std::string_view name, Validity validity,
                                       base::Random& random);

// For central: `hosts` are DNS names and IPv4/IPv6 addresses, 1-32 of them.
base::Result<Certificate> make_server_certificate(const Authority& authority, const PublicKey& key,
                                                  const std::vector<std::string>& hosts,
                                                  Validity validity, base::Random& random);

// A certificate request in PEM, signed with `key` to prove that the asker holds it.
base::Result<std::string> make_request(const PrivateKey& key, std::string_view common_name);

// For a terminal. The request gives the public key alone; name and dates are the caller's, so a
// terminal cannot choose who it is. kInvalid when the request is broken or not signed by its key.
base::Result<Certificate> sign_request(const Authority& authority, std::string_view request_pem,
                                       std::string_view common_name, Validity validity,
                                       base::Random& random);

// Signed by this authority? Looks at the signature and the rights, not at the dates.
[[nodiscard]] bool verify_signed_by(const Certificate& certificate, const Certificate& authority);

// Compares a fingerprint as a person typed it: colons, spaces and case do not matter.
[[nodiscard]] bool fingerprint_matches(std::string_view typed, const Certificate& certificate);

}  // namespace showfloor::crypto
