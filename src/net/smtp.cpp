#include "net/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>

#include "base/check.hpp"
#include "base/encoding.hpp"
#include "net/curl_start.hpp"

namespace showfloor::net {

namespace {

using base::ErrorKind;
using base::fail;

// A letter has 60 kB of PDF; whoever takes longer than this for it is tried again later.
constexpr long kMailConnectMs = 15'000;
constexpr long kMailSendMs = 120'000;

base::Error later(const char* code, std::string message) {
    return fail(ErrorKind::kUnreachable, std::move(message), code);
}

// Where Debian, Fedora, SUSE and Alpine keep the authorities of the machine.
std::string system_authorities() {
    for (const char* path :
         {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"}) {
        std::error_code ignored;
        if (std::filesystem::exists(path, ignored)) return path;
    }
    return {};
}

// RFC 2047 in pieces of whole characters, folded; plain ASCII stays as it is.
std::string header_text(const std::string& text) {
    const bool plain =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    if (plain && text.find("=?") == std::string::npos) return text;
    constexpr std::size_t kPieceBytes = 42;  // 56 of base64 and 12 around them: under 75
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(at + kPieceBytes, text.size());
        while (end < text.size() && end > at + 1 &&
               (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            --end;
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + base::to_base64(base::as_bytes(text).subspan(at, end - at)) + "?=";
        at = end;
    }
    return out;
}

// "Name <address>"; a plain name is quoted, because commas and dots mean something there.
std::string named_address(const std::string& name, const std::string& address) {
    if (name.empty()) return address;
    const std::string shown = header_text(name);
    if (shown != name) return shown + " <" + address + ">";
    std::string quoted;
    for (const char c : name) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return "\"" + quoted + "\" <" + address + ">";
}

std::string mail_date(std::int64_t ms) {
    static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                         "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> kMonths = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = ms / 1000;
    std::tm t{};
    ::gmtime_r(&seconds, &t);
    std::array<char, 64> text{};
    // Not strftime's names: they follow the process's locale.
    std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d +0000",
                  kDays[static_cast<std::size_t>(t.tm_wday)], t.tm_mday,
                  kMonths[static_cast<std::size_t>(t.tm_mon)], t.tm_year + 1900, t.tm_hour,
                  t.tm_min, t.tm_sec);
    return text.data();
}

std::string with_crlf(const std::string& text) {
    std::string out;
    out.reserve(text.size() + 64);
    for (const char c : text) {
        if (c == '\r') continue;
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

List list_of(const std::vector<std::string>& lines) {
    curl_slist* list = nullptr;
    for (const std::string& line : lines)
        list = curl_slist_append(list, line.c_str());
    return List(list);
}

struct FreeMime {
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Mime = std::unique_ptr<curl_mime, FreeMime>;

Mime mime_of(CURL* easy, const Letter& letter) {
    Mime mime(curl_mime_init(easy));
    SHOWFLOOR_CHECK(mime != nullptr, "no memory for a letter");
    curl_mimepart* text = curl_mime_addpart(mime.get());
    const std::string body = with_crlf(letter.text);
    curl_mime_data(text, body.data(), body.size());
    curl_mime_type(text, "text/plain; charset=utf-8");
    curl_mime_encoder(text, "quoted-printable");
    for (const Attachment& attachment : letter.attachments) {
        curl_mimepart* part = curl_mime_addpart(mime.get());
        curl_mime_data(part, attachment.content.data(), attachment.content.size());
        curl_mime_type(part, attachment.media_type.c_str());
        curl_mime_filename(part, attachment.file_name.c_str());
        curl_mime_encoder(part, "base64");
    }
    return mime;
}

base::Error failure(CURL* easy, CURLcode code, bool stopped) {
    if (stopped) return later("stopped", "Central stops; the letter is sent after its next start.");
    long answer = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer);
    switch (code) {
        case CURLE_LOGIN_DENIED:
            return later("login_refused", "The mail server refuses user and password.");
        case CURLE_PEER_FAILED_VERIFICATION:
            return later("tls_identity",
                         "The mail server's certificate is not one that is believed here; check "
                         "host and ca_file.");
        case CURLE_USE_SSL_FAILED:
            return later("no_tls", "The mail server offers no TLS; letters never go without.");
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
            return later("no_network", "The mail server is not reached; check host and port.");
        case CURLE_OPERATION_TIMEDOUT:
            return later("timeout", "The mail server did not answer in time.");
        default:
            break;
    }
    const std::string figure = std::to_string(answer);
    if (answer >= 500 && answer < 600)
        return fail(ErrorKind::kRefused, "The mail server refuses this letter (" + figure + ").",
                    "mail_refused");
    if (answer >= 400 && answer < 500)
        return later("refused_for_now", "The mail server refuses for now (" + figure + ").");
    return later("bad_answer", "The connection to the mail server broke.");
}

}  // namespace

bool is_plain_address(const std::string& address) {
    const auto at = address.find('@');
    if (at == 0 || at == std::string::npos || at + 1 == address.size() ||
        address.find('@', at + 1) != std::string::npos || address.size() > 254)
        return false;
    return std::all_of(address.begin(), address.end(), [](char c) {
        return c > 0x20 && c < 0x7F &&
               std::string_view("<>\"(),:;[\\]").find(c) == std::string_view::npos;
    });
}

SmtpClient::SmtpClient(SmtpServer server)
    : server_(std::move(server)),
      easy_((start_curl(), curl_easy_init()), [](void* easy) { curl_easy_cleanup(easy); }) {
    SHOWFLOOR_CHECK(easy_ != nullptr, "no memory for letters");
}
SmtpClient::~SmtpClient() = default;

base::Result<void> SmtpClient::send(const Letter& letter) {
    if (!is_plain_address(letter.to) || !is_plain_address(letter.from))
        return fail(ErrorKind::kInvalid, "An e-mail address is not as it must be.", "bad_address");
    if (stopping_) return failure(nullptr, CURLE_ABORTED_BY_CALLBACK, true);
    CURL* easy = easy_.get();
    curl_easy_reset(easy);  // keeps the connection
    const bool tls_first = server_.security == SmtpServer::Security::kTls;
    const bool v6 = server_.host.find(':') != std::string::npos;
    // The path is what we call ourselves: the sender's domain.
    const std::string url = std::string(tls_first ? "smtps://" : "smtp://") +
                            (v6 ? "[" + server_.host + "]" : server_.host) + ":" +
                            std::to_string(server_.port) + "/" +
                            letter.from.substr(letter.from.find('@') + 1);
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, kMailConnectMs);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, kMailSendMs);
    curl_blob ca{const_cast<char*>(server_.ca_pem.data()), server_.ca_pem.size(), CURL_BLOB_COPY};
    const std::string authorities = system_authorities();
    if (!server_.ca_pem.empty())
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &ca);
    else if (!authorities.empty())
        curl_easy_setopt(easy, CURLOPT_CAINFO, authorities.c_str());
    if (!server_.user.empty()) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, server_.user.c_str());
        curl_easy_setopt(easy, CURLOPT_PASSWORD, server_.password.c_str());
    }
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &stopping_);
    curl_easy_setopt(
        easy, CURLOPT_XFERINFOFUNCTION,
        +[](void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) -> int {
            return static_cast<std::atomic<bool>*>(stop)->load() ? 1 : 0;
        });
    const List headers =
        list_of({"From: " + named_address(letter.from_name, letter.from), "To: " + letter.to,
                 "Subject: " + header_text(letter.subject), "Date: " + mail_date(letter.date_ms),
                 "Message-ID: <" + letter.message_id + ">", "Auto-Submitted: auto-generated"});
    const List recipients = list_of({"<" + letter.to + ">"});
    const Mime mime = mime_of(easy, letter);
    const std::string sender = "<" + letter.from + ">";
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy, CURLOPT_MIMEPOST, mime.get());
    const CURLcode code = curl_easy_perform(easy);
    if (code == CURLE_OK) return {};
    return failure(easy, code, code == CURLE_ABORTED_BY_CALLBACK);
}

}  // namespace showfloor::net
