#include "net/transfer.hpp"

#include <fcntl.h>
#include <ifaddrs.h>
#include <mbedtls/ssl.h>
#include <net/if.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "base/check.hpp"
#include "net/suites.hpp"

namespace showfloor::net {

namespace {

using base::ErrorKind;

// Has this machine any address besides its own loopback?
bool has_network() {
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0) return true;
    bool found = false;
    for (const ifaddrs* one = first; one != nullptr; one = one->ifa_next) {
        if (one->ifa_addr == nullptr) continue;
        const int family = one->ifa_addr->sa_family;
        constexpr unsigned kUp = IFF_UP | IFF_RUNNING;
        if ((family == AF_INET || family == AF_INET6) && (one->ifa_flags & kUp) == kUp &&
            (one->ifa_flags & IFF_LOOPBACK) == 0)
            found = true;
    }
    ::freeifaddrs(first);
    return found;
}

base::Error unreachable(const char* code, std::string message) {
    return base::fail(ErrorKind::kUnreachable, std::move(message), code);
}

base::Error not_connected(long os_error) {
    if (os_error == ECONNREFUSED) {
        return unreachable("refused_connection",
                           "Central's machine answers, but central does not run there; start it.");
    }
    if (os_error == ETIMEDOUT) {
        return unreachable("timeout", "Central does not answer; it will be tried again.");
    }
    return unreachable("no_network", "There is no network to central; check cable or Wi-Fi.");
}

base::Error wrong_identity(std::uint32_t flags) {
    if ((flags & (MBEDTLS_X509_BADCERT_NOT_TRUSTED | MBEDTLS_X509_BADCERT_CN_MISMATCH)) == 0 &&
        (flags & (MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE)) != 0) {
        return unreachable("certificate_expired",
                           "Central's certificate is not valid on this date; check this machine's "
                           "clock, then renew it at central.");
    }
    if ((flags & MBEDTLS_X509_BADCERT_CN_MISMATCH) != 0 &&
        (flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED) == 0) {
        return unreachable("tls_identity",
                           "Central's certificate is for another name; use the name it was made "
                           "for, or add this one at central.");
    }
    return unreachable("tls_identity",
                       "What answers at central's address is not our central; check the address, "
                       "and tell an administrator.");
}

// Curl copies nothing it is not told to copy.
curl_blob blob(const std::string& text, bool with_zero) {
    return {const_cast<char*>(text.c_str()), text.size() + (with_zero ? 1U : 0U), CURL_BLOB_COPY};
}

}  // namespace

Transfer::Transfer(ClientRequest request, HttpClient::Done done)
    : request_(std::move(request)),
      done_(std::move(done)),
      easy_(curl_easy_init(), curl_easy_cleanup),
      header_lines_(nullptr, curl_slist_free_all) {
    SHOWFLOOR_CHECK(easy_ != nullptr, "no memory for a request");
}

Transfer::~Transfer() {
    if (file_ >= 0) ::close(file_);
}

base::Result<void> Transfer::prepare(const ClientTls& tls, Trust trust) {
    if (!request_.output_file.empty()) SHOWFLOOR_TRY(open_output());
    CURL* easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");  // the environment decides nothing here
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, kReuseWithinSeconds);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout_ms));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(request_.connect_timeout_ms));
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, reason_.data());
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    // Not for files: a range counts the bytes on the wire.
    if (file_ < 0) curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    set_method();
    set_headers();
    set_tls(tls, trust);
    return {};
}

void Transfer::set_method() {
    CURL* easy = easy_.get();
    if (request_.method == "GET") return;
    if (request_.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request_.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.data());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

void Transfer::set_headers() {
    // Without this, curl waits up to a second for "100 Continue" before a larger body, and calls a
    // body a form.
    Headers headers = {{"Expect", ""}, {"Content-Type", ""}};
    for (const auto& [name, value] : request_.headers)
        headers[name] = value;
    if (file_begin_ > 0) {
        headers["Range"] = "bytes=" + std::to_string(file_begin_) + "-";
        if (!request_.resume_etag.empty()) headers["If-Range"] = request_.resume_etag;
    }
    curl_slist* lines = nullptr;
    for (const auto& [name, value] : headers)
        lines = curl_slist_append(lines, (name + (value.empty() ? ":" : ": " + value)).c_str());
    header_lines_.reset(lines);
    curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, lines);
}

void Transfer::set_tls(const ClientTls& tls, Trust trust) {
    CURL* easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr);
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    if (trust == Trust::kNobodyYet) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
        return;
    }
    curl_blob ca = blob(tls.ca_pem, false);
    curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &ca);
    curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, on_tls);
    curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, this);
    has_certificate_ = !tls.certificate_pem.empty();
    if (!has_certificate_) return;
    curl_blob certificate = blob(tls.certificate_pem, false);
    curl_blob key = blob(tls.key_pem, true);  // mbedTLS takes PEM without its zero for DER
    curl_easy_setopt(easy, CURLOPT_SSLCERT_BLOB, &certificate);
    curl_easy_setopt(easy, CURLOPT_SSLKEY_BLOB, &key);
    // A resumed session shows no client certificate, so the sync port would answer 401.
    curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
}

// Our own verification callback, because curl's tells what was wrong in words only. It forgives
// nothing: whatever flag stands ends the handshake.
CURLcode Transfer::on_tls(CURL*, void* config, void* self) {
    auto* settings = static_cast<mbedtls_ssl_config*>(config);
    mbedtls_ssl_conf_verify(
        settings,
        [](void* transfer, mbedtls_x509_crt*, int, std::uint32_t* flags) {
            static_cast<Transfer*>(transfer)->verify_flags_ |= *flags;
            return 0;
        },
        self);
    mbedtls_ssl_conf_cert_profile(settings, &mbedtls_x509_crt_profile_next);
    mbedtls_ssl_conf_ciphersuites(settings, cipher_suites());
    return CURLE_OK;
}

base::Result<void> Transfer::open_output() {
    file_ = ::open(request_.output_file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    struct stat facts {};
    if (file_ < 0 || ::fstat(file_, &facts) != 0) {
        const bool full = errno == ENOSPC || errno == EROFS || errno == EDQUOT;
        return base::fail(full ? ErrorKind::kDiskFull : ErrorKind::kFailed,
                          "Cannot write " + request_.output_file + " (" + std::strerror(errno) +
                              "); check the disk.",
                          "disk_full");
    }
    file_begin_ = static_cast<std::size_t>(facts.st_size);
    return {};
}

// Decides at the first byte whether the answer continues the file or begins it anew.
bool Transfer::begin_file() {
    file_begun_ = true;
    if (response_.status == 200) {
        if (::ftruncate(file_, 0) != 0) return false;
        file_begin_ = 0;
    } else {
        const auto range = header(response_.headers, "Content-Range");
        const std::string expected = "bytes " + std::to_string(file_begin_) + "-";
        if (!range.starts_with(expected)) {
            stop_ = Stop::kWrongRange;
            return false;
        }
    }
    return ::lseek(file_, static_cast<off_t>(file_begin_), SEEK_SET) >= 0;
}

bool Transfer::take_body(const char* data, std::size_t size) {
    const bool into_file = file_ >= 0 && (response_.status == 200 || response_.status == 206);
    if (into_file && !file_begun_ && !begin_file()) return false;
    const std::size_t limit = file_ >= 0 && !into_file ? kMaxErrorBytes : request_.max_answer_bytes;
    received_ += size;
    if (received_ + (into_file ? file_begin_ : 0) > limit) {
        stop_ = Stop::kTooLarge;
        return false;
    }
    if (!into_file) {
        response_.body.append(data, size);
        return true;
    }
    while (size > 0) {
        const ssize_t wrote = ::write(file_, data, size);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) {
            stop_ = Stop::kDiskFull;
            return false;
        }
        data += wrote;
        size -= static_cast<std::size_t>(wrote);
    }
    return true;
}

void Transfer::take_header(std::string_view line) {
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n'))
        line.remove_suffix(1);
    if (line.starts_with("HTTP/")) {  // also after "100 Continue": what came before counts no more
        response_.headers.clear();
        const auto space = line.find(' ');
        response_.status = 0;
        if (space != std::string_view::npos) {
            std::from_chars(line.data() + space + 1, line.data() + line.size(), response_.status);
        }
        return;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return;
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && value.front() == ' ')
        value.remove_prefix(1);
    response_.headers[std::string(line.substr(0, colon))] = value;
}

std::size_t Transfer::on_body(char* data, std::size_t, std::size_t size, void* self) {
    return static_cast<Transfer*>(self)->take_body(data, size) ? size : CURL_WRITEFUNC_ERROR;
}

std::size_t Transfer::on_header(char* data, std::size_t, std::size_t size, void* self) {
    static_cast<Transfer*>(self)->take_header({data, size});
    return size;
}

base::Result<HttpResponse> Transfer::finish(CURLcode code, bool own_certificate_expired) {
    if (file_ >= 0) {
        ::close(file_);
        file_ = -1;
    }
    if (code == CURLE_OK) return std::move(response_);
    return failure(code, own_certificate_expired);
}

base::Error Transfer::failure(CURLcode code, bool own_certificate_expired) const {
    if (stop_ == Stop::kTooLarge) {
        return base::fail(ErrorKind::kTooLarge, "Central's answer is larger than is allowed here.",
                          "too_large");
    }
    if (stop_ == Stop::kDiskFull) {
        return base::fail(ErrorKind::kDiskFull,
                          "Cannot write " + request_.output_file + "; free some disk space.",
                          "disk_full");
    }
    const std::string_view reason = reason_.data();
    // 7780 is mbedTLS's number for "ended with an alert". In TLS 1.3 an mbedTLS server still
    // encrypts that alert with the keys of the handshake, which we have left by then: it shows as
    // 7180, "wrong MAC", before any answer.
    const bool alert = reason.find("0x7780") != std::string_view::npos ||
                       reason.find("0x7180") != std::string_view::npos;
    if (has_certificate_ && verify_flags_ == 0 && response_.headers.empty() && alert) {
        if (own_certificate_expired) {
            return unreachable("certificate_expired",
                               "This terminal's certificate has expired; renew it.");
        }
        return unreachable("client_certificate_refused",
                           "Central does not accept this terminal's certificate; enrol it again.");
    }
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            if (!has_network()) return not_connected(ENETUNREACH);
            return unreachable("name_not_found",
                               "Central's name is not known in this network; check the address.");
        case CURLE_COULDNT_CONNECT: {
            long os_error = 0;
            curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &os_error);
            return not_connected(os_error);
        }
        case CURLE_OPERATION_TIMEDOUT:
            return unreachable("timeout", "Central did not answer in time; it is tried again.");
        case CURLE_PEER_FAILED_VERIFICATION:
            return wrong_identity(verify_flags_);
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE:
            return unreachable("tls_identity",
                               "The certificates stored here cannot be read; enrol again.");
        default:
            return unreachable("bad_answer",
                               "The connection to central broke before its answer was whole.");
    }
}

}  // namespace showfloor::net
