#pragma once
// Enrolment: how a folder becomes a terminal of one central, and how its certificate is renewed.
// Every enrolment makes a new terminal with number series of its own; the key never leaves DIR.
// Thread contract: the engine's thread, or a command line's; blocks on the network.

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "terminal/data_folder.hpp"

namespace showfloor::terminal {

struct EnrolmentOrder {
    std::string central_url;     // https://HOST:8443
    std::string code;            // one time, from central
    std::string ca_fingerprint;  // hex, compared by a person; colons and spaces are fine
    std::string name;            // what this machine calls itself
};

// Fetches the authority, compares it, then asks over a verified connection. Refused: fingerprint
// differs ("wrong_ca": nothing was sent), code used or stale ("code_used", "code_expired"). When
// DIR was a terminal before (a fork, a replacement), its waiting commands go over to the new
// identity.
base::Result<Identity> enrol(const DataFolder& folder, const EnrolmentOrder& order,
                             base::Random& random);

// The body to POST to /api/v1/renew when the certificate is past half of its life (or over);
// nothing when it is not due.
base::Result<std::optional<std::string>> renewal_due(const DataFolder& folder, base::UtcMs now);
// Stores central's answer to it. Connections show the new certificate when made anew.
base::Result<void> store_renewed(const DataFolder& folder, const std::string& answer);

}  // namespace showfloor::terminal
