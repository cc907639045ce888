#include "net/parking.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace showfloor::net {

namespace {

constexpr int kSweepMs = 1000;  // how late a silent connection may be dropped

}  // namespace

Parking::Parking(int keep_alive_ms, Ready ready)
    : keep_alive_ms_(keep_alive_ms), ready_(std::move(ready)) {}

Parking::~Parking() {
    stop();
    if (epoll_ >= 0) ::close(epoll_);
    if (wake_ >= 0) ::close(wake_);
}

base::Result<void> Parking::start() {
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    wake_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = wake_;
    if (epoll_ < 0 || wake_ < 0 || ::epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event) != 0)
        return base::fail("The server cannot watch its connections (" +
                          std::string(std::strerror(errno)) + "); raise the limit of open files.");
    stopped_ = false;
    thread_ = std::thread([this] { watch(); });
    return {};
}

void Parking::park(std::shared_ptr<TlsConnection> connection) {
    const int socket = connection->socket();
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    const bool was_empty = parked_.empty();
    parked_[socket] = {std::move(connection), steady_ms() + keep_alive_ms_};
    epoll_event event{};
    event.events = EPOLLIN | EPOLLRDHUP;
    event.data.fd = socket;
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) != 0) parked_.erase(socket);
    // An empty car park sleeps without end; from now on it must look for the silent.
    if (was_empty) ::eventfd_write(wake_, 1);
}

void Parking::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    if (wake_ >= 0) ::eventfd_write(wake_, 1);
    if (thread_.joinable()) thread_.join();
    const std::lock_guard lock(mutex_);
    parked_.clear();
}

std::shared_ptr<TlsConnection> Parking::take(int socket) {
    const std::lock_guard lock(mutex_);
    const auto found = parked_.find(socket);
    if (found == parked_.end()) return nullptr;
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
    auto connection = std::move(found->second.connection);
    parked_.erase(found);
    return connection;
}

void Parking::drop_silent(std::int64_t now_ms) {
    const std::lock_guard lock(mutex_);
    std::erase_if(parked_, [&](const auto& entry) { return entry.second.until_ms <= now_ms; });
}

void Parking::watch() {
    std::array<epoll_event, 64> events{};
    std::int64_t next_sweep = 0;
    for (;;) {
        int wait_ms = kSweepMs;
        {
            const std::lock_guard lock(mutex_);
            if (stopped_) return;
            if (parked_.empty()) wait_ms = -1;
        }
        const int count =
            ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_ms);
        for (int i = 0; i < count; ++i) {
            const int socket = events[static_cast<std::size_t>(i)].data.fd;
            eventfd_t ignored = 0;
            if (socket == wake_)
                ::eventfd_read(wake_, &ignored);
            else if (auto connection = take(socket))
                ready_(std::move(connection));
        }
        const std::int64_t now_ms = steady_ms();
        if (now_ms < next_sweep) continue;
        next_sweep = now_ms + kSweepMs;
        drop_silent(now_ms);
    }
}

}  // namespace showfloor::net
