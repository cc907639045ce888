#pragma once
// HttpServer: HTTP/1.1 over TLS 1.2 and 1.3 for one handler. A request has a thread while it is
// worked on; an idle connection has none (one parking thread watches all of them), so two thousand
// terminals that poll once a minute cost memory only.
// Thread contract: the handler is called from many threads at once; start(), stop() and
// reload_certificate() from any one thread at a time, never from the handler.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "net/http.hpp"
#include "net/limits.hpp"

namespace showfloor::net {

struct HttpServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;  // 0 = any free one
    std::string certificate_pem;
    std::string key_pem;
    // Not empty: clients are asked for a certificate and one that this CA did not sign ends the
    // handshake. A client without one is let in to be told 401: see HttpRequest::peer_certificate.
    // Session tickets are then never given, because a resumed session shows no certificate.
    std::string client_ca_pem;
    std::size_t max_body_bytes = kMaxBodyBytes;  // both as sent and decompressed
    std::size_t min_threads = kMinThreads;
    std::size_t max_threads = kMaxThreads;
    int max_connections_per_address = kMaxConnectionsPerAddress;
    int header_timeout_ms = kHeaderTimeoutMs;
    int body_timeout_ms = kBodyTimeoutMs;
    int keep_alive_ms = kKeepAliveMs;
};

class HttpServer {
   public:
    HttpServer(HttpServerOptions options, Handler handler);
    ~HttpServer();  // stops
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    // Binds and answers from its own threads. Fails in words on a port in use, a bad certificate.
    base::Result<void> start();
    [[nodiscard]] std::uint16_t port() const;  // the one bound, after start()

    // New connections get the new certificate, open ones keep theirs. On failure nothing changes.
    base::Result<void> reload_certificate(const std::string& certificate_pem,
                                          const std::string& key_pem);

    // Takes no new connection, lets running requests finish (5 s at most), then returns.
    void stop();

   private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

// "cpp-httplib 0.41.0", for --version.
[[nodiscard]] std::string server_library_version();

}  // namespace showfloor::net
