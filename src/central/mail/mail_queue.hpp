#pragma once
// The queue of letters (table mail): filled in the transaction of what they tell of, emptied by
// Mailer. A kind's words are in assets/emails/<language>.json as <kind>.subject and <kind>.body.
// Thread contract: belongs to the transaction of the connection handed in.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "crypto/seal.hpp"
#include "database/connection.hpp"
#include "domain/command.hpp"

namespace showfloor::central {

// Every kind of letter there is; a test holds the words of each language against it.
inline constexpr std::array<std::string_view, 17> kMailKinds = {"new_user",
                                                                "new_password",
                                                                "password_changed",
                                                                "reset_code",
                                                                "verify_code",
                                                                "login",
                                                                "customer_welcome",
                                                                "invoice",
                                                                "receipt",
                                                                "payment_noted",
                                                                "payment_failed",
                                                                "ticket_done",
                                                                "order_noted",
                                                                "order",
                                                                "order_cancelled",
                                                                "supplier_order",
                                                                "supplier_order_cancelled"};

// Whom a letter goes to: the record that has the address.
enum class Recipient { kUser, kCustomer, kSupplier };
inline constexpr std::array<std::string_view, 3> kRecipientNames = {"user", "customer", "supplier"};

struct NewMail {
    base::Uuid id = {};  // nil: a new one. The same id again is the same letter: queued once
    std::string_view kind;
    Recipient recipient = Recipient::kUser;
    base::Uuid recipient_id;
    base::Uuid record_id = {};
    base::UtcMs expires_at = 0;
    base::Json secret = {};  // null: nothing that no record holds
};

// The key of what is sealed in the queue, out of central's token key.
[[nodiscard]] crypto::Key256 mail_key(const crypto::Key256& token_key);
[[nodiscard]] std::string mail_place(const base::Uuid& id);  // what a sealed value is bound to

// Without a secret no key is needed.
base::Result<void> queue_mail(database::Connection& connection, NewMail mail, base::UtcMs now,
                              base::Random& random, const crypto::Key256* key = nullptr);

// Letters that follow from what a person's command changed: the customer's welcome, invoice,
// receipts, payments, orders, a ticket that is done, what is ordered from a supplier. Central's own
// doing (imports, init) writes to nobody.
base::Result<void> queue_mails_of(database::Connection& connection, domain::World& world,
                                  const domain::Command& command, const domain::Context& context,
                                  const std::vector<domain::Change>& changes, base::Random& random);

struct MailFigures {
    std::int64_t waiting = 0, stuck = 0;
    base::UtcMs oldest_at = 0;  // of those waiting; 0 = none
};
base::Result<MailFigures> mail_figures(database::Connection& connection);

// Newest first; `state` empty = waiting and stuck. No secrets, no addresses.
base::Result<base::Json> list_mail(database::Connection& connection, std::string_view state);
// Stuck and waiting ones (or the one with this id) are due at once. How many.
base::Result<std::int64_t> retry_mail(database::Connection& connection, std::string_view id,
                                      base::UtcMs now);
// For the daily round.
base::Result<void> forget_old_mail(database::Connection& connection, base::UtcMs now);

}  // namespace showfloor::central
