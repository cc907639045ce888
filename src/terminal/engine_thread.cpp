#include "terminal/engine_thread.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "terminal/http_exchange.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::int64_t kLongestNapMs = 60'000;

bool same(const sync::SyncStatus& a, const sync::SyncStatus& b) {
    return a.online == b.online && a.cause == b.cause && a.phase == b.phase &&
           a.cursor == b.cursor && a.filled == b.filled && a.car_taken == b.car_taken &&
           a.counts.pending == b.counts.pending && a.counts.in_doubt == b.counts.in_doubt &&
           a.counts.refused == b.counts.refused && a.counts.disputed == b.counts.disputed &&
           a.counts.attention == b.counts.attention && a.blobs_have == b.blobs_have &&
           a.blobs_missing == b.blobs_missing;
}

}  // namespace

base::Result<EngineBinding> bind_engine(const DataFolder& folder, const base::Clock& clock,
                                        base::Random& random) {
    SHOWFLOOR_ASSIGN(const Identity identity, folder.identity());
    SHOWFLOOR_ASSIGN(const std::string authority, folder.authority());
    SHOWFLOOR_ASSIGN(const std::string certificate, folder.certificate());
    SHOWFLOOR_ASSIGN(const crypto::PrivateKey key, folder.terminal_key());
    auto client =
        std::make_shared<net::HttpClient>(net::ClientTls{authority, certificate, key.to_pem()});
    auto to_sync = std::make_unique<HttpExchange>(identity.sync_url, client);
    auto to_rest = std::make_unique<HttpExchange>(identity.central_url, client);
    return EngineBinding{
        client, Engine::Parts{folder, clock, random, std::move(to_sync), std::move(to_rest)}};
}

base::Result<std::unique_ptr<EngineThread>> EngineThread::start(const DataFolder& folder,
                                                                std::function<void()> on_change,
                                                                sync::Replica::Check check) {
    auto engine = std::unique_ptr<EngineThread>(new EngineThread());
    engine->on_change_ = std::move(on_change);
    std::promise<base::Result<void>> opened;
    auto answer = opened.get_future();
    engine->thread_ =
        std::thread([self = engine.get(), folder, check, promise = std::move(opened)]() mutable {
            self->run(folder, check, std::move(promise));
        });
    SHOWFLOOR_TRY(answer.get());
    return engine;
}

EngineThread::~EngineThread() {
    stop_ = true;
    {
        const std::lock_guard lock(mutex_);
        if (client_) client_->wake();
    }
    if (thread_.joinable()) thread_.join();
}

bool EngineThread::post(Task task) {
    if (!tasks_.try_push(std::move(task))) return false;
    const std::lock_guard lock(mutex_);
    if (client_) client_->wake();
    return true;
}

sync::SyncStatus EngineThread::status() const {
    const std::lock_guard lock(mutex_);
    return status_;
}

void EngineThread::run(DataFolder folder, sync::Replica::Check check,
                       std::promise<base::Result<void>> opened) {
    for (bool first = true; !stop_; first = false) {
        auto binding = bind_engine(folder, clock_, random_);
        if (binding) binding->parts.check = first ? check : sync::Replica::Check::kNow;
        auto engine = binding ? Engine::open(std::move(binding->parts))
                              : base::Result<std::unique_ptr<Engine>>(binding.error());
        if (!engine) {
            // After a renewal the same files were good a moment ago: only a full disk is likely.
            base::log(base::LogLevel::kError, "engine", {{"error", engine.error().message}});
            if (first) opened.set_value(engine.error());
            return;
        }
        {
            const std::lock_guard lock(mutex_);
            client_ = binding->client;
        }
        ++openings_;
        publish(**engine);
        if (first) opened.set_value({});
        serve(**engine, *binding->client);
        const std::lock_guard lock(mutex_);
        client_.reset();
    }
}

void EngineThread::serve(Engine& engine, net::HttpClient& client) {
    while (!stop_ && !engine.renewed()) {
        while (auto task = tasks_.try_pop())
            (*task)(engine);
        const std::int64_t next = engine.tick();
        publish(engine);
        const auto nap = std::clamp<std::int64_t>(next - clock_.boot_ms(), 0, kLongestNapMs);
        if (!stop_ && tasks_.size() == 0) client.poll(static_cast<int>(nap));
    }
}

void EngineThread::publish(Engine& engine) {
    sync::SyncStatus now = engine.sync().status();
    goods_version_ = engine.replica().goods_version();
    const bool reopened = std::exchange(published_openings_, openings_.load()) != openings_;
    bool moved = version_.exchange(engine.replica().version()) != engine.replica().version();
    {
        const std::lock_guard lock(mutex_);
        moved = moved || !same(now, status_);
        status_ = std::move(now);
    }
    if (moved || reopened) on_change_();
}

}  // namespace showfloor::terminal
