#pragma once
// Keys: central's secrets as files of DIR/keys, 0600 each: the certificate authority, the server's
// certificate, the key access tokens are signed with.
// Thread contract: a value read once at start; the functions belong to one thread at a time.

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "crypto/seal.hpp"
#include "crypto/x509.hpp"

namespace showfloor::central {

struct Keys {
    crypto::Authority authority;
    std::string server_certificate;  // PEM, followed by the authority's
    std::string server_key;          // PEM
    crypto::Key256 token_key;
};

// Makes all of them for a new data folder. `hosts`: names and addresses central answers to.
base::Result<Keys> make_keys(const std::string& folder, const std::vector<std::string>& hosts,
                             base::UtcMs now, base::Random& random);
// kNotFound or kDamaged, naming the file.
base::Result<Keys> read_keys(const std::string& folder);
// A new server certificate for the same hosts when the old one is past its half-life; true when one
// was made (the servers reload it).
base::Result<bool> renew_server_certificate(const std::string& folder, Keys& keys, base::UtcMs now,
                                            base::Random& random);
// The files of DIR/keys, for backups.
[[nodiscard]] const std::vector<std::string>& key_files();

}  // namespace showfloor::central
