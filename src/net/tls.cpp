#include "net/tls.hpp"

#include <mbedtls/net_sockets.h>
#include <mbedtls/oid.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/check.hpp"
#include "base/encoding.hpp"
#include "net/limits.hpp"
#include "net/suites.hpp"

namespace showfloor::net {

namespace {

constexpr std::uint32_t kDates = MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE;
constexpr int kGoodbyeMs = 500;
constexpr std::uint32_t kTicketSeconds = 24 * 3600;

// In mbedTLS an optional client certificate that fails verification passes unless this returns a
// failure. Dates alone are forgiven: an expired certificate may still ask to be renewed. The usage
// is looked at here too, because mbedTLS only notes it afterwards.
int judge_client(void*, mbedtls_x509_crt* certificate, int depth, std::uint32_t* flags) {
    const bool may_be_client = depth > 0 || mbedtls_x509_crt_check_extended_key_usage(
                                                certificate, MBEDTLS_OID_CLIENT_AUTH,
                                                MBEDTLS_OID_SIZE(MBEDTLS_OID_CLIENT_AUTH)) == 0;
    return (*flags & ~kDates) == 0 && may_be_client ? 0 : MBEDTLS_ERR_X509_FATAL_ERROR;
}

int send_some(void* socket, const unsigned char* from, std::size_t size) {
    const ssize_t sent = ::send(*static_cast<int*>(socket), from, size, MSG_NOSIGNAL);
    if (sent >= 0) return static_cast<int>(sent);
    return errno == EAGAIN || errno == EINTR ? MBEDTLS_ERR_SSL_WANT_WRITE
                                             : MBEDTLS_ERR_NET_SEND_FAILED;
}

int receive_some(void* socket, unsigned char* to, std::size_t size) {
    const ssize_t got = ::recv(*static_cast<int*>(socket), to, size, 0);
    if (got >= 0) return static_cast<int>(got);
    return errno == EAGAIN || errno == EINTR ? MBEDTLS_ERR_SSL_WANT_READ
                                             : MBEDTLS_ERR_NET_RECV_FAILED;
}

int parse_chain(crypto::HeldCrt& into, const std::string& pem) {
    return mbedtls_x509_crt_parse(into.get(), base::as_bytes(pem).data(), pem.size() + 1);
}

}  // namespace

std::int64_t steady_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

TlsSettings::TlsSettings() {
    mbedtls_ssl_config_init(&config_);
    mbedtls_ssl_ticket_init(&tickets_);
}

TlsSettings::~TlsSettings() {
    mbedtls_ssl_config_free(&config_);
    mbedtls_ssl_ticket_free(&tickets_);
}

base::Result<std::shared_ptr<const TlsSettings>> TlsSettings::make(
    const std::string& certificate_pem, const std::string& key_pem,
    const std::string& client_ca_pem) {
    std::shared_ptr<TlsSettings> settings(new TlsSettings);
    SHOWFLOOR_TRY(settings->fill(certificate_pem, key_pem, client_ca_pem));
    return std::shared_ptr<const TlsSettings>(std::move(settings));
}

base::Result<void> TlsSettings::fill(const std::string& certificate_pem, const std::string& key_pem,
                                     const std::string& client_ca_pem) {
    const auto invalid = [](const char* what) {
        return base::fail(base::ErrorKind::kInvalid, what);
    };
    if (parse_chain(certificate_, certificate_pem) != 0)
        return invalid("The server's certificate cannot be read; make a new one.");
    if (mbedtls_pk_parse_key(key_.get(), base::as_bytes(key_pem).data(), key_pem.size() + 1,
                             nullptr, 0, crypto::fill_random, &random_) != 0)
        return invalid("The server's private key cannot be read; make a new certificate.");
    if (mbedtls_pk_check_pair(&certificate_->pk, key_.get(), crypto::fill_random, &random_) != 0)
        return invalid("The server's certificate belongs to another private key.");
    SHOWFLOOR_CHECK(
        mbedtls_ssl_config_defaults(&config_, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM,
                                    MBEDTLS_SSL_PRESET_DEFAULT) == 0,
        "TLS defaults");
    mbedtls_ssl_conf_rng(&config_, crypto::fill_random, &random_);
    mbedtls_ssl_conf_min_tls_version(&config_, MBEDTLS_SSL_VERSION_TLS1_2);
    mbedtls_ssl_conf_ciphersuites(&config_, cipher_suites());
    SHOWFLOOR_CHECK(mbedtls_ssl_conf_own_cert(&config_, certificate_.get(), key_.get()) == 0,
                    "TLS certificate");
    if (!client_ca_pem.empty()) {
        if (parse_chain(client_ca_, client_ca_pem) != 0)
            return invalid("The CA for clients cannot be read.");
        mbedtls_ssl_conf_ca_chain(&config_, client_ca_.get(), nullptr);
        mbedtls_ssl_conf_authmode(&config_, MBEDTLS_SSL_VERIFY_OPTIONAL);
        mbedtls_ssl_conf_verify(&config_, judge_client, nullptr);
        return {};  // mbedTLS gives no tickets unless it is told how: none here
    }
    SHOWFLOOR_CHECK(mbedtls_ssl_ticket_setup(&tickets_, crypto::fill_random, &random_,
                                             MBEDTLS_CIPHER_AES_256_GCM, kTicketSeconds) == 0,
                    "TLS tickets");
    mbedtls_ssl_conf_session_tickets_cb(&config_, mbedtls_ssl_ticket_write,
                                        mbedtls_ssl_ticket_parse, &tickets_);
    return {};
}

TlsConnection::TlsConnection(int socket, std::shared_ptr<const TlsSettings> settings,
                             const std::atomic<std::int64_t>& stop_at)
    : socket_(socket), settings_(std::move(settings)), stop_at_(stop_at) {
    mbedtls_ssl_init(&ssl_);
    SHOWFLOOR_CHECK(mbedtls_ssl_setup(&ssl_, settings_->config()) == 0, "no memory for TLS");
    mbedtls_ssl_set_bio(&ssl_, &socket_, send_some, receive_some, nullptr);
}

TlsConnection::~TlsConnection() {
    mbedtls_ssl_free(&ssl_);
    ::close(socket_);
}

void TlsConnection::set_deadline(int from_now_ms) {
    deadline_ms_ = steady_ms() + from_now_ms;
}

bool TlsConnection::wait(short events) const {
    for (;;) {
        const std::int64_t left = std::min(deadline_ms_, stop_at_.load()) - steady_ms();
        if (left <= 0) return false;
        pollfd watched{socket_, events, 0};
        // In slices, because stop_at_ may come nearer meanwhile.
        const int ready = ::poll(&watched, 1, static_cast<int>(std::min<std::int64_t>(left, 250)));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

bool TlsConnection::wait_for(int mbedtls_code) const {
    if (mbedtls_code == MBEDTLS_ERR_SSL_WANT_READ) return wait(POLLIN);
    if (mbedtls_code == MBEDTLS_ERR_SSL_WANT_WRITE) return wait(POLLOUT);
    return false;
}

bool TlsConnection::wait_readable(int ms) const {
    pollfd watched{socket_, POLLIN, 0};
    return ::poll(&watched, 1, ms) > 0;
}

bool TlsConnection::handshake() {
    int code = 0;
    while ((code = mbedtls_ssl_handshake(&ssl_)) != 0) {
        if (!wait_for(code)) return false;
    }
    established_ = true;
    const mbedtls_x509_crt* shown = mbedtls_ssl_get_peer_cert(&ssl_);
    if (shown == nullptr) return true;
    const std::uint32_t flags = mbedtls_ssl_get_verify_result(&ssl_);
    // What mbedTLS notes after judge_client (a curve, a key usage) would pass as "optional".
    if ((flags & ~kDates) != 0) return false;
    auto read = crypto::read_certificate(base::as_text({shown->raw.p, shown->raw.len}));
    if (!read) return false;
    peer_certificate_ = std::make_shared<const crypto::Certificate>(std::move(read).value());
    in_date_ = flags == 0;
    return true;
}

ssize_t TlsConnection::read_record(char* to, std::size_t size) {
    for (;;) {
        const int got = mbedtls_ssl_read(&ssl_, reinterpret_cast<unsigned char*>(to), size);
        if (got >= 0) return got;
        if (got == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) return 0;
        if (!wait_for(got)) return -1;
    }
}

// cpp-httplib reads headers byte by byte; the buffer keeps that away from mbedTLS.
ssize_t TlsConnection::read(char* to, std::size_t size) {
    if (begin_ == end_) {
        if (size >= buffer_.size()) return read_record(to, size);
        const ssize_t got = read_record(buffer_.data(), buffer_.size());
        if (got <= 0) return got;
        begin_ = 0;
        end_ = static_cast<std::size_t>(got);
    }
    const std::size_t part = std::min(size, end_ - begin_);
    std::memcpy(to, buffer_.data() + begin_, part);
    begin_ += part;
    return static_cast<ssize_t>(part);
}

ssize_t TlsConnection::write(const char* from, std::size_t size, int timeout_ms) {
    const std::int64_t reading_deadline = std::exchange(deadline_ms_, steady_ms() + timeout_ms);
    std::size_t done = 0;
    bool failed = false;
    while (done < size && !failed) {
        const int sent = mbedtls_ssl_write(
            &ssl_, reinterpret_cast<const unsigned char*>(from) + done, size - done);
        if (sent >= 0)
            done += static_cast<std::size_t>(sent);
        else
            failed = !wait_for(sent);
    }
    deadline_ms_ = reading_deadline;
    return failed ? -1 : static_cast<ssize_t>(size);
}

bool TlsConnection::has_buffered() const {
    return begin_ != end_ || mbedtls_ssl_get_bytes_avail(&ssl_) > 0;
}

void TlsConnection::close_gently() {
    if (established_) mbedtls_ssl_close_notify(&ssl_);
    ::shutdown(socket_, SHUT_WR);
    set_deadline(kGoodbyeMs);
    std::array<char, 16384> ignored{};
    // What still comes is thrown away until the other side closes, or the moment is over.
    while (wait(POLLIN)) {
        if (::recv(socket_, ignored.data(), ignored.size(), 0) <= 0) return;
    }
}

}  // namespace showfloor::net
