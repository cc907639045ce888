#pragma once
// Accounts: who may sign in here while central is away. A person's verifier (the Argon2id hash of
// the password, wrapped for this terminal's key) comes with the replica; lock-outs live in the
// outbox and run on trusted time, so neither a restart nor a turned-back clock opens them.
// FIX: wrong user and wrong password answer alike: the same words, code and count of tries.
// Thread contract: the engine's thread. Everything is borrowed.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "crypto/ec.hpp"
#include "domain/records.hpp"
#include "sync/outbox.hpp"
#include "sync/replica.hpp"
#include "terminal/person.hpp"

namespace showfloor::terminal {

class Accounts {
   public:
    Accounts(sync::Outbox& outbox, sync::Replica& replica, const crypto::PrivateKey& key)
        : outbox_(outbox), replica_(replica), key_(key) {}

    struct Now {
        base::UtcMs trusted = 0;
        base::UtcMs last_contact = 0;  // 0 = never
    };
    // The person when the password is theirs. Otherwise kRefused with a code and a sentence:
    // "wrong_password" (tries left), "locked" (the wait), "unknown_here" (no verifier for this
    // login: only central can tell; nobody is told this, and no try is counted yet),
    // "offline_too_long" (the branch's days are over and this person was never here; the days),
    // "not_filled" and "other_branch". Codes are keys of words; `field` holds the number that they
    // speak of (tries, minutes, days).
    base::Result<Person> check(std::string_view login, std::string_view password, const Now& now);
    // The same for the PIN this person set at this terminal: good until the day's end, gone with a
    // deactivation or a changed password, counted into the same lock. "no_pin": none here now, the
    // password is wanted; no try is counted.
    base::Result<Person> check_pin(std::string_view login, std::string_view pin, const Now& now);
    // Six digits that are no row of one digit or of neighbours: kInvalid "weak_pin" otherwise.
    // Only for somebody whose verifier is here ("no_verifier" until the next pull brought it).
    base::Result<void> set_pin(const base::Uuid& user_id, std::string_view pin,
                               base::Random& random, base::UtcMs trusted_now);
    base::Result<void> drop_pin(const base::Uuid& user_id) { return outbox_.remove_pin(user_id); }

    // Nobody could say yes to a login that is unknown here: counted like any wrong try.
    base::Error count_wrong_try(std::string_view login, base::UtcMs trusted_now);
    // Central said yes to it, and who it is. The person as the replica knows them, when it does.
    base::Result<Person> accept(std::string_view login, const base::Uuid& user_id, const Now& now);

    [[nodiscard]] std::vector<SignInTile> tiles(base::UtcMs trusted_now);
    // The active user with that user name, whatever the case.
    [[nodiscard]] std::optional<domain::User> find(std::string_view login);
    [[nodiscard]] Person person_of(const domain::User& user, const Now& now);

   private:
    // The hash of the password of an active person here, unwrapped; wiped by the caller.
    base::Result<std::string> password_hash(const domain::User& user);
    // Whether a good PIN of today is kept; one that is not good any more is removed.
    base::Result<std::string> pin_hash(const domain::User& user, base::UtcMs trusted_now);
    // The day on the branch's calendar, as one figure.
    [[nodiscard]] std::int64_t day_here(base::UtcMs at);
    std::optional<base::Error> locked(std::string_view key, base::UtcMs trusted_now);

    sync::Outbox& outbox_;
    sync::Replica& replica_;
    const crypto::PrivateKey& key_;
};

}  // namespace showfloor::terminal
