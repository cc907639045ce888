#pragma once
// Accounts: what people do about their own account by e-mail: register (customers only), choose a
// new password with a code, prove an address with a code.
//
// An unknown address is answered like a known one, after the same work: the same rows are written
// and taken back. Everything here is counted per account and per address, as signing in is.
// Thread contract: every call from any thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "central/auth/rate_limits.hpp"
#include "central/command_processor.hpp"
#include "crypto/seal.hpp"
#include "domain/records.hpp"

namespace showfloor::central {

class Accounts {
   public:
    // Borrowed, all but the key.
    Accounts(CommandProcessor& processor, RateLimits& limits, const crypto::Key256& token_key,
             const base::Clock& clock);

    // Failures of all: kRefused "too_many_tries" (`retry_after_s` is then set).

    // FIX: a customer's account, whatever was asked for. `fields`: create_user's arguments without
    // id and role. kInvalid as check_new_password says; a refusal of create_user with its code.
    base::Result<base::Uuid> register_customer(base::Json fields, std::string_view password,
                                               std::string_view address,
                                               std::int64_t& retry_after_s);

    // Sends a code when somebody active has this address; succeeds in any case.
    base::Result<void> send_reset_code(std::string_view email, std::string_view address,
                                       std::int64_t& retry_after_s);
    // kInvalid "code_wrong" (unknown address, wrong, used, expired, tried too often: all alike), or
    // as check_new_password says; the code then stays good. All sessions end.
    base::Result<void> reset_password(std::string_view email, std::string_view code,
                                      std::string_view next, std::string_view address,
                                      std::int64_t& retry_after_s);

    base::Result<void> send_verify_code(const base::Uuid& user_id, std::string_view address,
                                        std::int64_t& retry_after_s);
    // kInvalid "code_wrong". A customer's records with this address are then theirs to see.
    base::Result<void> verify_email(const base::Uuid& user_id, std::string_view code,
                                    std::string_view address, std::int64_t& retry_after_s);

   private:
    base::Result<void> count(std::string_view what, std::string_view account,
                             std::string_view address, std::int64_t& retry_after_s);
    [[nodiscard]] std::string counter(std::string_view what, std::string_view value) const;
    [[nodiscard]] std::string code_hash(const base::Uuid& user_id, std::string_view purpose,
                                        std::string_view code) const;
    // Makes a code, stores it, queues its letter.
    base::Result<void> make_code(Batch& batch, const base::Uuid& user_id, std::string_view purpose);
    // True when it was the right one; a wrong try is counted. The caller commits either way.
    base::Result<bool> try_code(Batch& batch, const base::Uuid& user_id, std::string_view purpose,
                                std::string_view code);
    base::Result<void> drop_code(Batch& batch, const base::Uuid& user_id, std::string_view purpose);

    CommandProcessor& processor_;
    RateLimits& limits_;
    crypto::Key256 name_key_, code_key_, mail_key_;
    const base::Clock& clock_;
};

// For the daily round.
base::Result<void> forget_old_codes(database::Connection& connection, base::UtcMs now);

}  // namespace showfloor::central
