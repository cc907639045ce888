#pragma once
// EngineThread: the engine with a thread of its own, for `run` and `sync`. It sleeps in the HTTP
// client until the network, a task or the engine's own time wakes it.
// Thread contract: every call from any thread; tasks run on the engine's thread, in order.

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/bounded_queue.hpp"
#include "net/http_client.hpp"
#include "terminal/engine.hpp"
#include "terminal/limits.hpp"

namespace showfloor::terminal {

// The engine's parts for the central that DIR is enrolled at, over one shared HTTP client.
struct EngineBinding {
    std::shared_ptr<net::HttpClient> client;
    Engine::Parts parts;
};
base::Result<EngineBinding> bind_engine(const DataFolder& folder, const base::Clock& clock,
                                        base::Random& random);

class EngineThread {
   public:
    // Opens the engine on its thread and answers how that went. `on_change` is called on the
    // engine's thread whenever something may have moved. DIR's lock is the caller's. With kLater
    // the caller has the replica looked through, and has it given up when it is damaged.
    static base::Result<std::unique_ptr<EngineThread>> start(
        const DataFolder& folder, std::function<void()> on_change,
        sync::Replica::Check check = sync::Replica::Check::kNow);
    ~EngineThread();  // ends after what it is doing; what is queued is dropped
    EngineThread(const EngineThread&) = delete;
    EngineThread& operator=(const EngineThread&) = delete;

    using Task = std::function<void(Engine&)>;
    // False when 256 tasks wait already: the engine is stuck, tell the person.
    bool post(Task task);

    // The last status, as the engine left it.
    [[nodiscard]] sync::SyncStatus status() const;
    [[nodiscard]] std::int64_t version() const { return version_.load(); }  // of the replica
    // How often the files were opened: the replica may be another one then.
    [[nodiscard]] std::int64_t openings() const { return openings_.load(); }
    // Of the cars, pictures and branches in it.
    [[nodiscard]] std::int64_t goods_version() const { return goods_version_.load(); }

   private:
    EngineThread() = default;
    void run(DataFolder folder, sync::Replica::Check check,
             std::promise<base::Result<void>> opened);
    void publish(Engine& engine);
    // Until told to stop, or the engine has to be opened anew.
    void serve(Engine& engine, net::HttpClient& client);

    base::SystemClock clock_;
    base::SystemRandom random_;
    std::function<void()> on_change_;
    base::BoundedQueue<Task> tasks_{kMaxQueuedWork};
    std::atomic<bool> stop_{false};
    std::atomic<std::int64_t> version_{0};
    std::atomic<std::int64_t> goods_version_{0};
    std::atomic<std::int64_t> openings_{0};
    std::int64_t published_openings_ = 0;  // the engine's thread
    mutable std::mutex mutex_;             // guards status_ and client_
    sync::SyncStatus status_;
    std::shared_ptr<net::HttpClient> client_;
    std::thread thread_;
};

}  // namespace showfloor::terminal
