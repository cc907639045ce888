#pragma once
// A TLS client under the test's full control: cuts, drips, resumes sessions.

#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>

#include <memory>

#include "crypto/mbedtls_help.hpp"
#include "fixture.hpp"

namespace showfloor::net {

class RawTls {
   public:
    // Trusts anybody. Shows `identity` when it is given; offers `resume` when it is given.
    RawTls(std::uint16_t port, const Identity* identity = nullptr,
           mbedtls_ssl_session* resume = nullptr,
           mbedtls_ssl_protocol_version highest = MBEDTLS_SSL_VERSION_TLS1_3)
        : socket_(port), descriptor_(socket_.get()) {
        mbedtls_ssl_config_init(&config_);
        mbedtls_ssl_init(&ssl_);
        REQUIRE(mbedtls_ssl_config_defaults(&config_, MBEDTLS_SSL_IS_CLIENT,
                                            MBEDTLS_SSL_TRANSPORT_STREAM,
                                            MBEDTLS_SSL_PRESET_DEFAULT) == 0);
        mbedtls_ssl_conf_rng(&config_, crypto::fill_random, &random_);
        mbedtls_ssl_conf_authmode(&config_, MBEDTLS_SSL_VERIFY_NONE);
        mbedtls_ssl_conf_max_tls_version(&config_, highest);
        mbedtls_ssl_conf_tls13_enable_signal_new_session_tickets(
            &config_, MBEDTLS_SSL_TLS1_3_SIGNAL_NEW_SESSION_TICKETS_ENABLED);
        if (identity != nullptr) {
            const std::string& pem = identity->certificate_pem;
            REQUIRE(mbedtls_x509_crt_parse(certificate_.get(), base::as_bytes(pem).data(),
                                           pem.size() + 1) == 0);
            const std::string& key = identity->key_pem;
            REQUIRE(mbedtls_pk_parse_key(key_.get(), base::as_bytes(key).data(), key.size() + 1,
                                         nullptr, 0, crypto::fill_random, &random_) == 0);
            REQUIRE(mbedtls_ssl_conf_own_cert(&config_, certificate_.get(), key_.get()) == 0);
        }
        REQUIRE(mbedtls_ssl_setup(&ssl_, &config_) == 0);
        REQUIRE(mbedtls_ssl_set_hostname(&ssl_, "localhost") == 0);
        if (resume != nullptr) REQUIRE(mbedtls_ssl_set_session(&ssl_, resume) == 0);
        mbedtls_ssl_set_bio(&ssl_, &descriptor_, send_some, receive_some, nullptr);
        connected_ = mbedtls_ssl_handshake(&ssl_) == 0;
    }
    ~RawTls() {
        mbedtls_ssl_free(&ssl_);
        mbedtls_ssl_config_free(&config_);
    }
    RawTls(const RawTls&) = delete;
    RawTls& operator=(const RawTls&) = delete;

    [[nodiscard]] bool connected() const { return connected_; }
    [[nodiscard]] const RawSocket& socket() const { return socket_; }
    mbedtls_ssl_context* ssl() { return &ssl_; }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const int sent = mbedtls_ssl_write(
                &ssl_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    // All until the other side ends, or until `enough` is in it. Counts session tickets.
    std::string receive(std::string_view enough = "\r\n\r\n") {
        std::string got;
        unsigned char piece[4096];
        while (got.find(enough) == std::string::npos) {
            const int size = mbedtls_ssl_read(&ssl_, piece, sizeof piece);
            if (size == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET) {
                ++tickets;
                continue;
            }
            if (size == MBEDTLS_ERR_SSL_WANT_READ) continue;  // receive_some() waits
            if (size <= 0) break;
            got.append(reinterpret_cast<const char*>(piece), static_cast<std::size_t>(size));
        }
        return got;
    }

    int tickets = 0;

   private:
    static int send_some(void* socket, const unsigned char* from, std::size_t size) {
        const auto sent = ::send(*static_cast<int*>(socket), from, size, MSG_NOSIGNAL);
        return sent < 0 ? MBEDTLS_ERR_NET_SEND_FAILED : static_cast<int>(sent);
    }
    static int receive_some(void* socket, unsigned char* to, std::size_t size) {
        pollfd watched{*static_cast<int*>(socket), POLLIN, 0};
        if (::poll(&watched, 1, 10'000) <= 0) return MBEDTLS_ERR_NET_RECV_FAILED;
        const auto got = ::recv(*static_cast<int*>(socket), to, size, 0);
        return got < 0 ? MBEDTLS_ERR_NET_RECV_FAILED : static_cast<int>(got);
    }

    RawSocket socket_;
    int descriptor_;
    base::SystemRandom random_;
    crypto::HeldCrt certificate_;
    crypto::HeldPk key_;
    mbedtls_ssl_config config_{};
    mbedtls_ssl_context ssl_{};
    bool connected_ = false;
};

}  // namespace showfloor::net
