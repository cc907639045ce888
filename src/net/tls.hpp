#pragma once
// The server's side of TLS over mbedTLS: settings shared by connections, and one connection.
// Internal to src/net. Why not cpp-httplib's own TLS server: it changes a certificate under
// handshakes that use it, bounds a read but not the whole of slow headers, and holds a thread for
// each idle connection.
// Thread contract: TlsSettings is shared and constant; a TlsConnection belongs to one thread at a
// time.

#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ticket.h>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "base/random.hpp"
#include "base/result.hpp"
#include "crypto/mbedtls_help.hpp"
#include "crypto/x509.hpp"

namespace showfloor::net {

using SteadyTime = std::chrono::steady_clock::time_point;

class TlsSettings {
   public:
    static base::Result<std::shared_ptr<const TlsSettings>> make(const std::string& certificate_pem,
                                                                 const std::string& key_pem,
                                                                 const std::string& client_ca_pem);
    ~TlsSettings();
    TlsSettings(const TlsSettings&) = delete;
    TlsSettings& operator=(const TlsSettings&) = delete;

    [[nodiscard]] const mbedtls_ssl_config* config() const { return &config_; }

   private:
    TlsSettings();
    base::Result<void> fill(const std::string& certificate_pem, const std::string& key_pem,
                            const std::string& client_ca_pem);

    base::SystemRandom random_;
    crypto::HeldCrt certificate_;
    crypto::HeldPk key_;
    crypto::HeldCrt client_ca_;
    mbedtls_ssl_ticket_context tickets_{};
    mbedtls_ssl_config config_{};
};

// Owns the socket. Every wait ends at `deadline` or, once the server stops, at `stop_at`.
class TlsConnection {
   public:
    // `stop_at` is a steady clock's milliseconds, the largest number while the server runs.
    TlsConnection(int socket, std::shared_ptr<const TlsSettings> settings,
                  const std::atomic<std::int64_t>& stop_at);
    ~TlsConnection();
    TlsConnection(const TlsConnection&) = delete;
    TlsConnection& operator=(const TlsConnection&) = delete;

    // False when it failed, for whatever reason; the connection is then only to be destroyed.
    [[nodiscard]] bool handshake();
    // Null when the client showed none.
    [[nodiscard]] std::shared_ptr<const crypto::Certificate> peer_certificate() const {
        return peer_certificate_;
    }
    [[nodiscard]] bool peer_certificate_in_date() const { return in_date_; }

    void set_deadline(int from_now_ms);
    // Bytes, 0 at the other side's end, -1 on failure or deadline.
    ssize_t read(char* to, std::size_t size);
    // All of it or -1. Has a time of its own: a late answer gives the request no more time.
    ssize_t write(const char* from, std::size_t size, int timeout_ms);
    [[nodiscard]] bool has_buffered() const;
    // Waits for the socket; a wait of 0 only looks.
    [[nodiscard]] bool wait_readable(int ms) const;
    [[nodiscard]] int socket() const { return socket_; }

    // Says goodbye and waits a moment for the other side to read it: closing over unread input
    // would send a reset that destroys the last answer on its way.
    void close_gently();

   private:
    [[nodiscard]] bool wait(short events) const;
    [[nodiscard]] bool wait_for(int mbedtls_code) const;
    ssize_t read_record(char* to, std::size_t size);

    int socket_;
    std::shared_ptr<const TlsSettings> settings_;
    const std::atomic<std::int64_t>& stop_at_;
    mbedtls_ssl_context ssl_{};
    std::int64_t deadline_ms_ = 0;
    bool established_ = false;
    std::shared_ptr<const crypto::Certificate> peer_certificate_;
    bool in_date_ = false;
    std::array<char, 4096> buffer_{};
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

[[nodiscard]] std::int64_t steady_ms();

}  // namespace showfloor::net
