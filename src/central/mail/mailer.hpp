#pragma once
// Mailer: writes the letters of the queue in their readers' languages and sends them. A letter is
// claimed in one transaction, sent, and settled in another: a kill between the two sends it again,
// with the same Message-ID; it is never lost.
// Thread contract: run_due() and release_claims() from one thread at a time.

#include <functional>
#include <string>

#include "base/result.hpp"
#include "central/command_processor.hpp"
#include "central/mail/mail_queue.hpp"
#include "central/mail/mail_settings.hpp"
#include "crypto/seal.hpp"
#include "net/smtp.hpp"

namespace showfloor::central {

class Mailer {
   public:
    using Send = std::function<base::Result<void>(const net::Letter&)>;

    // The processor is borrowed.
    Mailer(CommandProcessor& processor, const crypto::Key256& key, const MailSettings& settings,
           const base::Clock& clock, Send send);

    // At start: what the last process was sending when it died is due now.
    base::Result<void> release_claims();
    // Sends what is due, until nothing is, the server is away or `go_on` says no. Letters sent.
    base::Result<int> run_due(const std::function<bool()>& go_on = [] { return true; });

   private:
    struct Claimed {
        base::Uuid id, recipient_id, record_id;
        std::string kind;
        Recipient recipient = Recipient::kUser;
        base::Json secret;
        base::UtcMs queued_at = 0;
        std::int64_t attempts = 0;
    };
    base::Result<std::optional<Claimed>> claim();
    base::Result<void> settle(const Claimed& mail, const base::Result<void>& outcome);
    // kNotFound: nobody to write to any more.
    base::Result<net::Letter> write(const Claimed& mail);

    CommandProcessor& processor_;
    crypto::Key256 key_;
    MailSettings settings_;
    const base::Clock& clock_;
    Send send_;
};

}  // namespace showfloor::central
