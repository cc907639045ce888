#pragma once
// Enrolment: one-time codes, new terminals, renewed certificates, and who a certificate belongs to.
// Thread contract: every call from any thread; a call is one transaction.

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "central/command_processor.hpp"
#include "central/keys.hpp"
#include "domain/records.hpp"
#include "protocol/messages.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

struct EnrollCode {
    std::string code;  // shown once, kept as a hash
    base::UtcMs expires_at = 0;
};

class Enrolment {
   public:
    // Borrowed. `sync_port` goes into the address terminals are told.
    Enrolment(CommandProcessor& processor, const Keys& keys) : processor_(processor), keys_(keys) {}

    // A code for one new terminal of the branch (by its code, "NBO"); kNotFound when there is none.
    base::Result<EnrollCode> make_code(std::string_view branch_code, std::string_view name,
                                       const base::Uuid& made_by, base::UtcMs now);

    // Makes the terminal, signs its key, issues the verifiers of its branch's people. `host` is how
    // the terminal reached us (without port). kRefused with code "code_unknown", "code_used",
    // "code_expired" or "too_many_tries"; kInvalid when the CSR is none.
    base::Result<protocol::EnrollReply> enroll(const protocol::EnrollRequest& request,
                                               std::string_view host, int sync_port,
                                               base::UtcMs now);

    // A new certificate (PEM) for the same key. kRefused: "unknown_terminal", "terminal_revoked",
    // "clock_wrong", "bad_signature", "other_key".
    base::Result<std::string> renew(const protocol::RenewRequest& request, base::UtcMs now);

    // From now on the terminal is answered 401. kNotFound when there is none.
    base::Result<void> revoke(const base::Uuid& terminal_id, const base::Uuid& by, base::UtcMs now);

   private:
    CommandProcessor& processor_;
    const Keys& keys_;
};

// The active terminal that holds the certificate's key; kRefused "unknown_certificate" or
// "terminal_revoked".
base::Result<domain::Terminal> terminal_of(database::Connection& connection,
                                           const crypto::Certificate& certificate);

// Counts one try in the named bucket; false when there were already `most` within the window.
// Survives restarts. In a writing transaction.
base::Result<bool> take_from_bucket(database::Connection& connection, std::string_view name,
                                    int most, std::int64_t window_ms, base::UtcMs now);

}  // namespace showfloor::central
