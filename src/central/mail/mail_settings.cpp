#include "central/mail/mail_settings.hpp"

#include "base/file.hpp"
#include "central/mail/limits.hpp"

namespace showfloor::central {

namespace {

base::Error wrong(const std::string& what) {
    return base::fail(base::ErrorKind::kInvalid, "The configuration's mail." + what, "usage");
}

}  // namespace

base::Result<MailSettings> read_mail_settings(const base::Json& json) {
    if (!json.is_object()) return wrong(" is no object.");
    MailSettings settings;
    for (const auto& [name, value] : json.items()) {
        if (name == "port" && value.is_number_integer()) continue;
        const bool known = name == "host" || name == "security" || name == "from" ||
                           name == "from_name" || name == "user" || name == "password_file" ||
                           name == "ca_file" || name == "login_notice";
        if (!known || !value.is_string()) return wrong(name + " is not understood.");
    }
    settings.server.host = base::text_member(json, "host");
    if (settings.server.host.empty()) return wrong("host is missing.");
    settings.from = base::text_member(json, "from");
    if (!net::is_plain_address(settings.from)) return wrong("from is no e-mail address.");
    settings.from_name = base::text_member(json, "from_name");
    settings.server.user = base::text_member(json, "user");
    const std::string security = json.value("security", "starttls");
    if (security != "starttls" && security != "tls") return wrong("security is starttls or tls.");
    const bool tls = security == "tls";
    settings.server.security =
        tls ? net::SmtpServer::Security::kTls : net::SmtpServer::Security::kStartTls;
    const auto port = json.value("port", std::int64_t{tls ? 465 : 587});
    if (port < 1 || port > 65535) return wrong("port is no port.");
    settings.server.port = static_cast<int>(port);
    settings.login_notice = json.value("login_notice", "");
    if (!settings.login_notice.empty() && settings.login_notice != "new" &&
        settings.login_notice != "every" && settings.login_notice != "never")
        return wrong("login_notice is new, every or never.");
    if (const std::string file = base::text_member(json, "password_file"); !file.empty()) {
        SHOWFLOOR_ASSIGN(settings.server.password, base::read_file(file, kMaxMailPasswordBytes));
        while (!settings.server.password.empty() &&
               (settings.server.password.back() == '\n' || settings.server.password.back() == '\r'))
            settings.server.password.pop_back();
    }
    if (settings.server.user.empty() != settings.server.password.empty())
        return wrong("user and mail.password_file come together.");
    if (const std::string file = base::text_member(json, "ca_file"); !file.empty()) {
        SHOWFLOOR_ASSIGN(settings.server.ca_pem, base::read_file(file, kMaxMailCaBytes));
    }
    return settings;
}

}  // namespace showfloor::central
