#pragma once
// Parking: connections between two requests, watched by one thread with epoll. What becomes
// readable is handed back; what stays silent too long is dropped.
// Thread contract: park() from any thread; start() and stop() from the owner.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "base/result.hpp"
#include "net/tls.hpp"

namespace showfloor::net {

class Parking {
   public:
    using Ready = std::function<void(std::shared_ptr<TlsConnection>)>;

    // `ready` is called on the parking thread and must not block.
    Parking(int keep_alive_ms, Ready ready);
    ~Parking();
    Parking(const Parking&) = delete;
    Parking& operator=(const Parking&) = delete;

    base::Result<void> start();
    // Drops the connection when parking has stopped.
    void park(std::shared_ptr<TlsConnection> connection);
    // Drops all, and returns once `ready` will not be called any more.
    void stop();

   private:
    struct Parked {
        std::shared_ptr<TlsConnection> connection;
        std::int64_t until_ms = 0;
    };
    void watch();
    void drop_silent(std::int64_t now_ms);
    std::shared_ptr<TlsConnection> take(int socket);

    int keep_alive_ms_;
    Ready ready_;
    int epoll_ = -1;
    int wake_ = -1;
    std::mutex mutex_;
    bool stopped_ = true;
    std::map<int, Parked> parked_;  // by socket
    std::thread thread_;
};

}  // namespace showfloor::net
