#pragma once
// SmtpClient: letters to one mail server, over TLS alone (STARTTLS or from the first byte). libcurl
// speaks SMTP and builds the MIME parts; the connection is kept between letters.
// Thread contract: belongs to one thread; stop() alone may be called from any other.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace showfloor::net {

struct SmtpServer {
    enum class Security { kStartTls, kTls };
    std::string host;
    int port = 587;
    Security security = Security::kStartTls;
    std::string user, password;  // both empty: the server asks for neither
    std::string ca_pem;          // empty: the authorities this machine believes
};

struct Attachment {
    std::string file_name;
    std::string media_type;
    std::string content;
};

struct Letter {
    std::string message_id;  // "x@y", the same at every try, so that readers' programs see doubles
    std::string from, from_name;
    std::string to;
    std::string subject;
    std::string text;  // UTF-8, lines ended by \n
    std::int64_t date_ms = 0;
    std::vector<Attachment> attachments;
};

// True for what may stand in a header and an envelope as it is: printable ASCII, one @, no space,
// no quotes or brackets.
[[nodiscard]] bool is_plain_address(const std::string& address);

class SmtpClient {
   public:
    explicit SmtpClient(SmtpServer server);
    ~SmtpClient();
    SmtpClient(const SmtpClient&) = delete;
    SmtpClient& operator=(const SmtpClient&) = delete;

    // Returns once the server has taken the letter into its own queue. Failures:
    //   kRefused "mail_refused": this letter will never be taken (5xx to its recipient or content);
    //   kInvalid "bad_address";
    //   kUnreachable "refused_for_now" (4xx), "login_refused", "tls_identity", "no_tls", "timeout",
    //   "no_network", "bad_answer", "stopped": trying again later may help.
    base::Result<void> send(const Letter& letter);
    // Ends a running send() within a second and makes every later one fail.
    void stop() { stopping_ = true; }

   private:
    SmtpServer server_;
    std::atomic<bool> stopping_ = false;
    std::unique_ptr<void, void (*)(void*)> easy_;
};

}  // namespace showfloor::net
