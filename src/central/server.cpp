#include "central/server.hpp"

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "central/api/rest_api.hpp"
#include "central/jobs.hpp"
#include "central/keys.hpp"
#include "central/limits.hpp"
#include "central/mail/limits.hpp"
#include "central/mail/mail_queue.hpp"
#include "central/mail/mailer.hpp"
#include "central/sync_api.hpp"
#include "net/http_server.hpp"
#include "protocol/limits.hpp"

namespace showfloor::central {

namespace {

base::Error usage(const std::string& text) {
    return base::fail(base::ErrorKind::kInvalid, "\"" + text + "\" is no address; write HOST:PORT.",
                      "usage");
}

base::Result<void> read_address(const std::string& text, std::string& host, int& port) {
    if (text.empty()) return {};
    const auto colon = text.rfind(':');
    const std::string figures = colon == std::string::npos ? text : text.substr(colon + 1);
    int number = 0;
    const char* end = figures.data() + figures.size();
    const auto [stop, error] = std::from_chars(figures.data(), end, number);
    if (error != std::errc() || stop != end || number < 0 || number > 65535) return usage(text);
    port = number;
    if (colon == std::string::npos) return {};
    host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty()) return usage(text);
    return {};
}

std::string url(const std::string& host, int port) {
    const bool v6 = host.find(':') != std::string::npos;
    return "https://" + (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

}  // namespace

base::Result<ServerOptions> read_server_options(const std::string& config_file,
                                                const std::string& listen,
                                                const std::string& sync_listen) {
    constexpr std::size_t kMaxConfigBytes = 64 * 1024;
    ServerOptions options;
    if (!config_file.empty()) {
        SHOWFLOOR_ASSIGN(const std::string text, base::read_file(config_file, kMaxConfigBytes));
        SHOWFLOOR_ASSIGN(const base::Json config, base::parse_json(text, kMaxConfigBytes));
        for (const auto& [name, value] : config.items()) {
            if (name == "mail") {
                SHOWFLOOR_ASSIGN(options.mail, read_mail_settings(value));
                continue;
            }
            if (name == "backup") {
                SHOWFLOOR_ASSIGN(options.backup, read_backup_settings(value));
                continue;
            }
            const bool known = name == "listen" || name == "sync_listen" || name == "log";
            if (!known || !value.is_string())
                return base::fail(base::ErrorKind::kInvalid,
                                  "The configuration's \"" + name + "\" is not understood.",
                                  "usage");
        }
        SHOWFLOOR_TRY(read_address(config.value("listen", ""), options.host, options.port));
        SHOWFLOOR_TRY(
            read_address(config.value("sync_listen", ""), options.sync_host, options.sync_port));
        options.log_file = config.value("log", "");
    }
    SHOWFLOOR_TRY(read_address(listen, options.host, options.port));
    SHOWFLOOR_TRY(read_address(sync_listen, options.sync_host, options.sync_port));
    return options;
}

struct Server::Parts {
    Parts(ServeLock held, std::unique_ptr<Store> opened, Keys read, const base::Clock& time,
          base::Random& source, const ServerOptions& given)
        : lock(std::move(held)),
          store(std::move(opened)),
          keys(std::move(read)),
          clock(time),
          random(source),
          options(given),
          processor(*store, source),
          sync_api(processor, time),
          rest_api(processor, keys, time) {}

    base::Result<void> open_ports();
    void run_jobs();
    void log_failed(std::string_view job, const base::Error& error) const {
        base::log(base::LogLevel::kError, "job_failed",
                  {{"job", std::string(job)}, {"reason", error.message}});
    }
    void one_round();
    // Letters have a thread of their own: a slow mail server must not hold up the other jobs.
    base::Result<void> open_mail();
    void run_mail();

    ServeLock lock;
    std::unique_ptr<Store> store;
    Keys keys;
    const base::Clock& clock;
    base::Random& random;
    ServerOptions options;
    CommandProcessor processor;
    SyncApi sync_api;
    RestApi rest_api;
    std::unique_ptr<net::HttpServer> rest;
    std::unique_ptr<net::HttpServer> sync;
    std::mutex mutex;
    std::condition_variable wake;
    bool stopping = false;
    std::thread jobs;
    std::unique_ptr<net::SmtpClient> smtp;
    std::unique_ptr<Mailer> mailer;
    std::thread mail;
};

base::Result<void> Server::Parts::open_mail() {
    if (!options.mail) return {};
    // What the configuration says goes before what was set over the API.
    if (!options.mail->login_notice.empty()) {
        SHOWFLOOR_ASSIGN(auto batch, processor.batch(clock.wall()));
        SHOWFLOOR_TRY(set_value(batch.connection(), "login_notice", options.mail->login_notice));
        SHOWFLOOR_TRY(batch.commit());
    }
    smtp = std::make_unique<net::SmtpClient>(options.mail->server);
    mailer =
        std::make_unique<Mailer>(processor, mail_key(keys.token_key), *options.mail, clock,
                                 [this](const net::Letter& letter) { return smtp->send(letter); });
    return mailer->release_claims();
}

void Server::Parts::run_mail() {
    std::unique_lock lock_held(mutex);
    while (!stopping) {
        wake.wait_for(lock_held, std::chrono::milliseconds(kMailPollMs));
        if (stopping) return;
        lock_held.unlock();
        const auto done = mailer->run_due([this] {
            const std::lock_guard held(mutex);
            return !stopping;
        });
        if (!done) log_failed("mail", done.error());
        lock_held.lock();
    }
}

base::Result<void> Server::Parts::open_ports() {
    net::HttpServerOptions rest_options;
    rest_options.host = options.host;
    rest_options.port = static_cast<std::uint16_t>(options.port);
    rest_options.certificate_pem = keys.server_certificate;
    rest_options.key_pem = keys.server_key;
    rest_options.max_body_bytes = protocol::kMaxBlobBytes * 2;  // an upload before it is prepared
    net::HttpServerOptions sync_options = rest_options;
    sync_options.host = options.sync_host;
    sync_options.port = static_cast<std::uint16_t>(options.sync_port);
    sync_options.client_ca_pem = keys.authority.certificate.to_pem();
    sync_options.max_body_bytes = protocol::kMaxPushBytes;
    rest = std::make_unique<net::HttpServer>(
        rest_options, [this](const net::HttpRequest& request) { return rest_api.handle(request); });
    sync = std::make_unique<net::HttpServer>(
        sync_options, [this](const net::HttpRequest& request) { return sync_api.handle(request); });
    SHOWFLOOR_TRY(sync->start());
    rest_api.tell_sync_port(sync->port());  // port 0 is whichever was free
    return rest->start();
}

void Server::Parts::one_round() {
    if (const auto done = sync_api.flush_contacts(); !done) log_failed("contacts", done.error());
    if (const auto done = rest_api.flush(); !done) log_failed("rest", done.error());
    if (const auto done = run_daily(processor, clock.wall()); !done)
        log_failed("daily", done.error());
    if (const auto done = run_low_stock(processor, clock.wall()); !done)
        log_failed("low_stock", done.error());
    if (options.backup) {
        const auto done = run_backup(processor, *options.backup, clock.wall());
        if (!done) log_failed("backup", done.error());
    }
    if (const auto done = expire_reservations(processor, clock.wall()); !done)
        log_failed("reservations", done.error());
    const auto renewed = renew_server_certificate(store->folder(), keys, clock.wall(), random);
    if (!renewed) {
        log_failed("certificate", renewed.error());
    } else if (*renewed) {
        for (auto* server : {rest.get(), sync.get()}) {
            const auto loaded =
                server->reload_certificate(keys.server_certificate, keys.server_key);
            if (!loaded) log_failed("certificate", loaded.error());
        }
    }
}

void Server::Parts::run_jobs() {
    std::unique_lock lock_held(mutex);
    while (!stopping) {
        wake.wait_for(lock_held, std::chrono::milliseconds(kContactFlushMs));
        if (stopping) return;
        lock_held.unlock();
        one_round();
        lock_held.lock();
    }
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
    static_cast<void>(stop());
}

base::Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options,
                                                    const base::Clock& clock,
                                                    base::Random& random) {
    SHOWFLOOR_ASSIGN(auto lock, ServeLock::take(options.folder));
    SHOWFLOOR_ASSIGN(auto store, Store::open(options.folder));
    SHOWFLOOR_ASSIGN(auto keys, read_keys(options.folder));
    // Snapshots' keys were in the memory of the last process: its files open no more.
    std::error_code ignored;
    for (const auto& old :
         std::filesystem::directory_iterator(options.folder + "/snapshots", ignored))
        std::filesystem::remove(old.path(), ignored);
    auto parts = std::make_unique<Parts>(std::move(lock), std::move(store), std::move(keys), clock,
                                         random, options);
    SHOWFLOOR_TRY(parts->open_ports());
    SHOWFLOOR_TRY(parts->open_mail());
    if (parts->mailer) parts->mail = std::thread([running = parts.get()] { running->run_mail(); });
    parts->jobs = std::thread([running = parts.get()] { running->run_jobs(); });
    return std::unique_ptr<Server>(new Server(std::move(parts)));
}

std::string Server::rest_address() const {
    return url(parts_->options.host, parts_->rest->port());
}

std::string Server::sync_address() const {
    return url(parts_->options.sync_host, parts_->sync->port());
}

base::Result<void> Server::stop() {
    if (!parts_) return {};
    {
        const std::lock_guard held(parts_->mutex);
        parts_->stopping = true;
    }
    if (parts_->smtp) parts_->smtp->stop();
    parts_->wake.notify_all();
    if (parts_->mail.joinable()) parts_->mail.join();
    if (parts_->jobs.joinable()) parts_->jobs.join();
    parts_->rest->stop();
    parts_->sync->stop();
    auto done = parts_->sync_api.flush_contacts();
    if (const auto flushed = parts_->rest_api.flush(); !flushed && done) done = flushed;
    parts_.reset();
    return done;
}

}  // namespace showfloor::central
