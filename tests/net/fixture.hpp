#pragma once
// Certificates, a server on a free loopback port, and a raw socket for what a client never sends.

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>

#include "base/clock.hpp"
#include "base/file.hpp"
#include "base/random.hpp"
#include "crypto/crypto.hpp"
#include "crypto/x509.hpp"
#include "net/http_client.hpp"
#include "net/http_server.hpp"

namespace showfloor::net {

constexpr base::UtcMs kDay = 24LL * 3600 * 1000;

inline crypto::Validity valid_now() {
    const base::UtcMs now = base::SystemClock().wall();
    return {now - kDay, now + kDay};
}
inline crypto::Validity valid_last_week() {
    const base::UtcMs now = base::SystemClock().wall();
    return {now - 8 * kDay, now - kDay};
}

struct Identity {
    std::string certificate_pem;
    std::string key_pem;
};

// One dealership's certificates.
struct Dealership {
    base::SystemRandom random;
    crypto::Authority authority;

    Dealership() : authority(made(random)) {}

    [[nodiscard]] std::string ca_pem() const { return authority.certificate.to_pem(); }
    Identity server(const std::vector<std::string>& hosts = {"localhost", "127.0.0.1"},
                    crypto::Validity validity = valid_now()) {
        const auto key = crypto::PrivateKey::generate(random);
        return {
            crypto::make_server_certificate(authority, key.public_key(), hosts, validity, random)
                .value()
                .to_pem(),
            key.to_pem()};
    }
    Identity terminal(const std::string& name, crypto::Validity validity = valid_now()) {
        const auto key = crypto::PrivateKey::generate(random);
        const auto request = crypto::make_request(key, "terminal").value();
        return {crypto::sign_request(authority, request, name, validity, random).value().to_pem(),
                key.to_pem()};
    }
    ClientTls trusts_us() const { return {ca_pem(), {}, {}}; }
    ClientTls trusts_us_as(const Identity& who) const {
        return {ca_pem(), who.certificate_pem, who.key_pem};
    }

   private:
    static crypto::Authority made(base::Random& random) {
        REQUIRE(crypto::initialise().ok());
        return crypto::make_authority("Test CA", {0, 4'000'000'000'000}, random).value();
    }
};

// A server of that dealership, started; `options` may be changed before through the callback.
struct RunningServer {
    template <typename Change>
    RunningServer(const Identity& identity, Handler handler, Change change)
        : server(changed(identity, change), std::move(handler)) {
        const auto started = server.start();
        REQUIRE_MESSAGE(started.ok(), (started ? "" : started.error().message));
    }
    RunningServer(const Identity& identity, Handler handler)
        : RunningServer(identity, std::move(handler), [](HttpServerOptions&) {}) {}

    [[nodiscard]] std::string url(const std::string& path, const std::string& host = "localhost") {
        return "https://" + host + ":" + std::to_string(server.port()) + path;
    }

    HttpServer server;

   private:
    template <typename Change>
    static HttpServerOptions changed(const Identity& identity, Change change) {
        HttpServerOptions options;
        options.certificate_pem = identity.certificate_pem;
        options.key_pem = identity.key_pem;
        change(options);
        return options;
    }
};

inline ClientRequest get(const std::string& url) {
    ClientRequest request;
    request.url = url;
    return request;
}
inline ClientRequest post(const std::string& url, std::string body) {
    ClientRequest request = get(url);
    request.method = "POST";
    request.body = std::move(body);
    request.headers["Content-Type"] = "application/json";
    return request;
}

inline HttpResponse text(std::string body, int status = 200) {
    HttpResponse response;
    response.status = status;
    response.headers["Content-Type"] = "text/plain";
    response.body = std::move(body);
    return response;
}

// A bare TCP connection to loopback.
class RawSocket {
   public:
    explicit RawSocket(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        REQUIRE(connect(socket_, port));
    }
    [[nodiscard]] static bool can_connect(std::uint16_t port) {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        const bool connected = connect(socket, port);
        ::close(socket);
        return connected;
    }
    ~RawSocket() { ::close(socket_); }
    RawSocket(const RawSocket&) = delete;
    RawSocket& operator=(const RawSocket&) = delete;

    void send(std::string_view bytes) const {
        (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    // True when the other side closes within the time; what it sends meanwhile is thrown away.
    [[nodiscard]] bool closed_within(int ms) const {
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
        char ignored[4096];
        for (;;) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                                  end - std::chrono::steady_clock::now())
                                  .count();
            pollfd watched{socket_, POLLIN, 0};
            if (left <= 0 || ::poll(&watched, 1, static_cast<int>(left)) <= 0) return false;
            if (::recv(socket_, ignored, sizeof ignored, 0) <= 0) return true;
        }
    }
    [[nodiscard]] int get() const { return socket_; }

   private:
    static bool connect(int socket, std::uint16_t port) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return ::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    }

    int socket_;
};

inline std::int64_t steady_ms_now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

struct TempDir {
    TempDir() {
        std::string pattern = std::filesystem::temp_directory_path() / "showfloor-net-XXXXXX";
        path = ::mkdtemp(pattern.data());
    }
    ~TempDir() { std::filesystem::remove_all(path); }
    std::string operator/(const std::string& name) const { return path + "/" + name; }
    std::string path;
};

}  // namespace showfloor::net
