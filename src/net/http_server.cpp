#include "net/http_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <limits>
#include <mutex>
#include <thread>
#include <typeinfo>
#include <unordered_map>

#include "base/check.hpp"
#include "base/log.hpp"
#include "net/gzip.hpp"
#include "net/parking.hpp"
#include "net/tls.hpp"

namespace showfloor::net {

namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

// What the thread's request is about. cpp-httplib gives its callbacks no place for that.
struct Current {
    TlsConnection* connection = nullptr;
    httplib::Request* request = nullptr;
    bool accepts_gzip = false;
    bool answered = false;  // by our handler, not by cpp-httplib refusing bad syntax
};
thread_local Current current;

// Our TLS as the byte stream cpp-httplib reads and writes.
class Stream final : public httplib::Stream {
   public:
    Stream(TlsConnection& connection, std::string address)
        : connection_(connection), address_(std::move(address)) {}

    bool is_readable() const override { return connection_.has_buffered(); }
    bool wait_readable() const override { return true; }  // read() waits, with a deadline
    bool wait_writable() const override { return true; }  // write() waits
    bool is_peer_alive() const override { return true; }  // write() finds out
    ssize_t read(char* to, std::size_t size) override { return connection_.read(to, size); }
    ssize_t write(const char* from, std::size_t size) override {
        return connection_.write(from, size, kWriteTimeoutMs);
    }
    void get_remote_ip_and_port(std::string& ip, int& port) const override {
        ip = address_;
        port = 0;
    }
    void get_local_ip_and_port(std::string& ip, int& port) const override {
        ip.clear();
        port = 0;
    }
    socket_t socket() const override { return connection_.socket(); }
    time_t duration() const override { return 0; }

   private:
    TlsConnection& connection_;
    std::string address_;
};

std::string address_of(int socket) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    char text[INET6_ADDRSTRLEN] = {};
    if (::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return {};
    if (peer.ss_family == AF_INET) {
        ::inet_ntop(AF_INET, &reinterpret_cast<sockaddr_in*>(&peer)->sin_addr, text, sizeof text);
    } else if (peer.ss_family == AF_INET6) {
        ::inet_ntop(AF_INET6, &reinterpret_cast<sockaddr_in6*>(&peer)->sin6_addr, text,
                    sizeof text);
    }
    return text;
}

bool is_compressible(std::string_view type) {
    return type.starts_with("text/") || type.find("json") != std::string_view::npos ||
           type.find("xml") != std::string_view::npos ||
           type.find("javascript") != std::string_view::npos;
}

HttpRequest to_ours(const httplib::Request& theirs) {
    HttpRequest request;
    request.method = theirs.method;
    request.path = theirs.path;
    for (const auto& [name, value] : theirs.params)
        request.query.emplace(name, value);
    for (const auto& [name, value] : theirs.headers)
        request.headers.emplace(name, value);
    request.body = std::move(current.request->body);
    for (const auto& [name, field] : theirs.form.fields)
        request.form.push_back({name, {}, {}, field.content});
    for (const auto& [name, file] : theirs.form.files)
        request.form.push_back({name, file.filename, file.content_type, file.content});
    request.peer = theirs.remote_addr;
    request.peer_certificate = current.connection->peer_certificate();
    request.peer_certificate_in_date = current.connection->peer_certificate_in_date();
    return request;
}

void answer_body(HttpResponse ours, const std::string& type, httplib::Response& theirs) {
    if (current.accepts_gzip && ours.body.size() >= kGzipFromBytes && is_compressible(type) &&
        header(ours.headers, "Content-Encoding").empty()) {
        ours.body = gzip(ours.body);
        theirs.set_header("Content-Encoding", "gzip");
        theirs.set_header("Vary", "Accept-Encoding");
    }
    // Ranges are for files. There is no request yet when its headers could not be read.
    if (current.request != nullptr) current.request->ranges.clear();
    theirs.status = ours.status;
    if (!ours.body.empty()) theirs.set_content(std::move(ours.body), type);
}

// Sends the file in pieces. cpp-httplib's own way maps it, and a file that shrinks then kills the
// process.
bool answer_file(const HttpResponse& ours, const std::string& type, httplib::Response& theirs) {
    const int raw = ::open(ours.file.c_str(), O_RDONLY | O_CLOEXEC);
    if (raw < 0) return false;
    const std::shared_ptr<const int> file(new int(raw), [](const int* held) {
        ::close(*held);
        delete held;
    });
    struct stat facts {};
    if (::fstat(raw, &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
    auto& ranges = current.request->ranges;
    const auto condition = current.request->get_header_value("If-Range");
    // Several ranges at once are only ever asked by attackers; all of the file is a right answer.
    if (ranges.size() > 1 || ours.status != 200 ||
        (!condition.empty() && condition != header(ours.headers, "ETag")))
        ranges.clear();
    if (ranges.empty()) theirs.status = ours.status;  // else cpp-httplib says 206 or 416
    theirs.set_header("Accept-Ranges", "bytes");
    if (facts.st_size == 0) {
        ranges.clear();
        theirs.status = ours.status;
        return true;
    }
    theirs.set_content_provider(
        static_cast<std::size_t>(facts.st_size), type,
        [file](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
            std::string piece(std::min(length, kFileChunkBytes), '\0');
            const ssize_t got =
                ::pread(*file, piece.data(), piece.size(), static_cast<off_t>(offset));
            return got > 0 && sink.write(piece.data(), static_cast<std::size_t>(got));
        });
    return true;
}

void answer(HttpResponse ours, httplib::Response& theirs) {
    std::string type(header(ours.headers, "Content-Type"));
    ours.headers.erase("Content-Type");
    for (const auto& [name, value] : ours.headers)
        theirs.set_header(name, value);
    if (type.empty()) type = "application/octet-stream";
    if (ours.file.empty()) return answer_body(std::move(ours), type, theirs);
    if (answer_file(ours, type, theirs)) return;
    base::log(base::LogLevel::kError, "file_to_send_missing");
    answer(problem(404, "not_found", "This file is not there any more."), theirs);
}

}  // namespace

// Everything between the listening socket and the handler. cpp-httplib accepts connections, reads
// and writes HTTP; TLS, deadlines and idle connections are ours.
class HttpServer::Engine final : public httplib::Server {
   public:
    Engine(HttpServerOptions options, net::Handler handler);
    ~Engine() override { stop_all(); }

    base::Result<void> start();
    base::Result<void> reload(const std::string& certificate_pem, const std::string& key_pem);
    void stop_all();
    std::uint16_t bound_port() const { return port_; }

   private:
    bool process_and_close_socket(socket_t socket) override;
    void serve(const std::shared_ptr<TlsConnection>& connection);
    bool one_request(TlsConnection& connection);
    void handle(const httplib::Request& request, httplib::Response& response);
    void register_callbacks();
    bool admit(const std::string& address);
    void leave(const std::string& address);
    std::shared_ptr<const TlsSettings> settings();

    HttpServerOptions options_;
    net::Handler handler_;
    std::atomic<std::int64_t> stop_at_{kNever};
    std::mutex mutex_;  // settings_, counts
    std::shared_ptr<const TlsSettings> settings_;
    std::unordered_map<std::string, int> per_address_;
    int connections_ = 0;
    httplib::TaskQueue* threads_ = nullptr;  // owned by listen(), alive until it returns
    Parking parking_;
    std::thread listener_;
    std::uint16_t port_ = 0;
};

HttpServer::Engine::Engine(HttpServerOptions options, net::Handler handler)
    : options_(std::move(options)),
      handler_(std::move(handler)),
      parking_(options_.keep_alive_ms, [this](std::shared_ptr<TlsConnection> connection) {
          // A full queue drops the connection; its terminal tries again later.
          (void)threads_->enqueue([this, connection] { serve(connection); });
      }) {
    register_callbacks();
}

void HttpServer::Engine::register_callbacks() {
    new_task_queue = [this] {
        threads_ = new httplib::ThreadPool(options_.min_threads, options_.max_threads,
                                           kMaxQueuedConnections);
        return threads_;
    };
    set_tcp_nodelay(true);  // without it an answer waits 40 ms for the client's acknowledgement
    set_payload_max_length(options_.max_body_bytes);
    set_keep_alive_timeout(options_.keep_alive_ms / 1000);  // only what the header says
    set_keep_alive_max_count(1'000'000);
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
        current.connection->set_deadline(options_.body_timeout_ms);
        if (request.target.size() <= kMaxTargetBytes) return HandlerResponse::Unhandled;
        // Before the routes: their regular expression recurses once for each character.
        answer(problem(414, "too_long", "The address is too long."), response);
        return HandlerResponse::Handled;
    });
    set_error_handler([](const httplib::Request&, httplib::Response& response) {
        if (current.answered || !response.body.empty()) return;
        const char* code = response.status == 413 ? "too_large" : "bad_request";
        answer(problem(response.status, code, "The request could not be read."), response);
    });
    set_post_routing_handler([](const httplib::Request&, httplib::Response& response) {
        // cpp-httplib says "close" with every error; a refused sale should not cost a handshake.
        if (current.answered && current.request->get_header_value("Connection") != "close")
            response.headers.erase("Connection");
    });
    const auto forward = [this](const httplib::Request& request, httplib::Response& response) {
        handle(request, response);
    };
    Get(".*", forward);
    Post(".*", forward);
    Put(".*", forward);
    Patch(".*", forward);
    Delete(".*", forward);
    Options(".*", forward);
}

base::Result<void> HttpServer::Engine::start() {
    SHOWFLOOR_TRY(reload(options_.certificate_pem, options_.key_pem));
    const std::string place = options_.host + ":" + std::to_string(options_.port);
    int port = options_.port;
    // cpp-httplib sets SO_REUSEPORT by default, with which two servers share one port in silence.
    set_socket_options([](socket_t socket) {
        const int on = 1;
        ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    });
    const bool bound = port == 0 ? (port = bind_to_any_port(options_.host)) > 0
                                 : bind_to_port(options_.host, port);
    if (!bound) {
        return base::fail("Cannot listen on " + place +
                          "; is another program using that port, or is the address not ours?");
    }
    // cpp-httplib listens with a backlog of 5: a branch that comes back would be turned away.
    ::listen(svr_sock_, SOMAXCONN);
    port_ = static_cast<std::uint16_t>(port);
    stop_at_ = kNever;
    SHOWFLOOR_TRY(parking_.start());
    listener_ = std::thread([this] { (void)listen_after_bind(); });
    wait_until_ready();
    return {};
}

base::Result<void> HttpServer::Engine::reload(const std::string& certificate_pem,
                                              const std::string& key_pem) {
    SHOWFLOOR_ASSIGN(auto made,
                     TlsSettings::make(certificate_pem, key_pem, options_.client_ca_pem));
    const std::lock_guard lock(mutex_);
    settings_ = std::move(made);
    return {};
}

void HttpServer::Engine::stop_all() {
    if (!listener_.joinable()) return;
    stop_at_ = steady_ms() + kDrainMs;
    parking_.stop();  // first: it hands connections to threads that listen() is about to end
    stop();
    listener_.join();  // listen() returns when its threads have finished their requests
}

std::shared_ptr<const TlsSettings> HttpServer::Engine::settings() {
    const std::lock_guard lock(mutex_);
    return settings_;
}

bool HttpServer::Engine::admit(const std::string& address) {
    const std::lock_guard lock(mutex_);
    if (connections_ >= kMaxConnections) return false;
    int& count = per_address_[address];
    if (count >= options_.max_connections_per_address) return false;
    ++count;
    ++connections_;
    return true;
}

void HttpServer::Engine::leave(const std::string& address) {
    const std::lock_guard lock(mutex_);
    --connections_;
    const auto found = per_address_.find(address);
    if (--found->second == 0) per_address_.erase(found);
}

bool HttpServer::Engine::process_and_close_socket(socket_t socket) {
    const std::string address = address_of(socket);
    if (stop_at_ != kNever || !admit(address)) {
        ::close(socket);
        return false;
    }
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    // The seat is free again when the connection goes, wherever that is: here, or while parked.
    const std::shared_ptr<TlsConnection> connection(new TlsConnection(socket, settings(), stop_at_),
                                                    [this, address](TlsConnection* held) {
                                                        delete held;
                                                        leave(address);
                                                    });
    connection->set_deadline(options_.header_timeout_ms);
    if (!connection->handshake()) {
        connection->close_gently();  // so that the alert arrives, which says why
        return false;
    }
    serve(connection);
    return true;
}

// Requests of one connection, one after the other, until it falls silent or ends.
void HttpServer::Engine::serve(const std::shared_ptr<TlsConnection>& connection) {
    for (;;) {
        if (!connection->has_buffered() && !connection->wait_readable(kLingerMs))
            return parking_.park(connection);
        connection->set_deadline(options_.header_timeout_ms);
        if (!one_request(*connection) || stop_at_ != kNever) return connection->close_gently();
    }
}

// False when the connection must not be used any more.
bool HttpServer::Engine::one_request(TlsConnection& connection) {
    const std::string address = address_of(connection.socket());
    Stream stream(connection, address);
    current = {&connection, nullptr, false, false};
    bool closed = false;
    const bool written = process_request(
        stream, address, 0, {}, 0, stop_at_ != kNever, closed, [](httplib::Request& request) {
            current.request = &request;
            // Taken away so that cpp-httplib does not compress: it would compress everything.
            current.accepts_gzip =
                request.get_header_value("Accept-Encoding").find("gzip") != std::string::npos;
            request.headers.erase("Accept-Encoding");
        });
    const bool answered = current.answered;
    current = {};
    return written && answered && !closed;
}

void HttpServer::Engine::handle(const httplib::Request& request, httplib::Response& response) {
    HttpResponse ours;
    try {
        ours = handler_(to_ours(request));
    } catch (const std::exception& failure) {
        // Not what(): it may quote a value that belongs in no log.
        base::log(base::LogLevel::kError, "handler_failed", {{"type", typeid(failure).name()}});
        ours = problem(500, "internal", "Something went wrong here; try again.");
    } catch (...) {
        base::log(base::LogLevel::kError, "handler_failed");
        ours = problem(500, "internal", "Something went wrong here; try again.");
    }
    current.answered = true;
    answer(std::move(ours), response);
}

HttpServer::HttpServer(HttpServerOptions options, Handler handler)
    : engine_(std::make_unique<Engine>(std::move(options), std::move(handler))) {}
HttpServer::~HttpServer() = default;

base::Result<void> HttpServer::start() {
    return engine_->start();
}
std::uint16_t HttpServer::port() const {
    return engine_->bound_port();
}
base::Result<void> HttpServer::reload_certificate(const std::string& certificate_pem,
                                                  const std::string& key_pem) {
    return engine_->reload(certificate_pem, key_pem);
}
void HttpServer::stop() {
    engine_->stop_all();
}

std::string server_library_version() {
    return "cpp-httplib " CPPHTTPLIB_VERSION;
}

}  // namespace showfloor::net
