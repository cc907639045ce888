#pragma once
// Auth: who stands behind a request of the REST API. Sign-in gives an access token (JWT, 15
// minutes) and a refresh token (7 days, good once). Everything a token claims is held against the
// database at every request, so a deactivated person or an ended session is out at once.
// Thread contract: every call from any thread.

#include <cstdint>
#include <optional>
#include <semaphore>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "central/auth/limits.hpp"
#include "central/auth/rate_limits.hpp"
#include "central/command_processor.hpp"
#include "crypto/seal.hpp"
#include "domain/records.hpp"
#include "domain/rights.hpp"

namespace showfloor::central {

// Somebody signed in, as the database knows them now.
struct Principal {
    domain::Actor actor;
    base::Uuid session;  // the family
    bool must_change_password = false;
};

// FIX: a token says what kind of principal it is: "staff", "customer" or "supplier".
[[nodiscard]] std::string_view principal_kind(domain::Role role);

struct Tokens {
    std::string access_token, refresh_token;
    std::int64_t expires_in = 0;  // seconds, of the access token
    bool must_change_password = false;
    base::Uuid user_id;
};

class Auth {
   public:
    // Borrowed, all but the key.
    Auth(CommandProcessor& processor, RateLimits& limits, const crypto::Key256& token_key,
         const base::Clock& clock);

    // kRefused with a code: "wrong_credentials" (the same for an unknown login and a wrong
    // password, in words and in time), "account_inactive" (the password was right),
    // "too_many_tries"
    // (`retry_after_s` is then set). kBusy: too many sign-ins at once.
    base::Result<Tokens> login(std::string_view login, std::string_view password,
                               std::string_view address, std::int64_t& retry_after_s);
    // kRefused: "token_invalid", "token_expired", "token_reused" (the whole family is ended),
    // "session_ended", "account_inactive".
    base::Result<Tokens> refresh(std::string_view refresh_token);
    base::Result<void> logout(const Principal& principal);

    // Wrong former password: kRefused "wrong_credentials", counted like a failed sign-in. A bad new
    // one: kInvalid as check_new_password says. Other sessions of the person end.
    base::Result<void> change_password(const Principal& principal, std::string_view former,
                                       std::string_view next, std::string_view address,
                                       std::int64_t& retry_after_s);
    // The person whose password this is, for an approver who signs in for one command: as login,
    // but without a session.
    base::Result<domain::User> check_password(std::string_view login, std::string_view password,
                                              std::string_view address,
                                              std::int64_t& retry_after_s);

    // Who an access token belongs to. kRefused: "token_invalid", "token_expired", "session_ended",
    // "account_inactive".
    base::Result<Principal> authenticate(database::Connection& connection,
                                         std::string_view access_token) const;

   private:
    struct Attempt;
    // What a token says once its signature was found good.
    struct Claims {
        base::Uuid user_id, session;
        std::string kind;
        base::UtcMs expires_at = 0;
    };
    base::Result<Claims> claims_of(std::string_view access_token) const;
    base::Result<Attempt> attempt(std::string_view login, std::string_view password,
                                  std::string_view address, std::int64_t& retry_after_s);
    base::Result<bool> verify(std::string_view password, std::string_view phc);
    void forgive(const Attempt& attempt);
    base::Result<void> note_failure(const Attempt& attempt);
    // A letter about this sign-in when it comes from an address not seen before (or always, or
    // never: value "login_notice").
    base::Result<void> tell_of_sign_in(Batch& batch, const base::Uuid& user_id,
                                       std::string_view address);
    [[nodiscard]] Tokens tokens_for(const domain::User& user, const base::Uuid& family,
                                    std::int64_t generation) const;
    [[nodiscard]] std::string refresh_token_of(const base::Uuid& family,
                                               std::int64_t generation) const;

    CommandProcessor& processor_;
    RateLimits& limits_;
    crypto::Key256 access_key_, refresh_key_, name_key_, mail_key_;
    const base::Clock& clock_;
    std::string nobodys_hash_;  // what a password is held against when there is no such person
    // Tokens whose signature was checked; the same one comes with every request for 15 minutes.
    mutable std::shared_mutex claims_mutex_;
    mutable std::unordered_map<std::string, Claims> claims_;
    std::counting_semaphore<kPasswordChecksAtOnce> checks_{kPasswordChecksAtOnce};
};

// In the transaction that deactivates somebody, changes a password or a role.
base::Result<void> end_sessions_of(database::Connection& connection, const base::Uuid& user_id,
                                   std::string_view why, base::UtcMs now,
                                   const base::Uuid& except = {});
// Sessions nobody can use any more. For a job.
base::Result<void> forget_old_sessions(database::Connection& connection, base::UtcMs now);

// By user name or e-mail address, whatever the case.
[[nodiscard]] std::optional<domain::User> user_by_login(database::Connection& connection,
                                                        std::string_view login);

}  // namespace showfloor::central
