#pragma once
// What `serve --config` says of mail: {"mail": {"host", "port", "security": "starttls" or "tls",
// "from", "from_name", "user", "password_file", "ca_file", "login_notice"}}. The password stands in
// a file of its own. Thread contract: plain values.

#include <string>

#include "base/json.hpp"
#include "base/result.hpp"
#include "net/smtp.hpp"

namespace showfloor::central {

struct MailSettings {
    net::SmtpServer server;
    std::string from, from_name;
    // Letters about sign-ins: "new" (from an address not seen before), "every", "never". Empty: as
    // PATCH settings says.
    std::string login_notice;
};

// kInvalid, code "usage", naming what is not understood; kNotFound when a file is not there.
base::Result<MailSettings> read_mail_settings(const base::Json& json);

}  // namespace showfloor::central
