#pragma once
// BoundedQueue: values between threads. A full queue says no instead of growing or blocking the
// caller. Thread contract: every call from any thread.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace showfloor::base {

template <typename T>
class BoundedQueue {
   public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    // False when full or closed; the value is then untouched.
    [[nodiscard]] bool try_push(T&& value) {
        {
            const std::lock_guard lock(mutex_);
            if (closed_ || items_.size() >= capacity_) return false;
            items_.push_back(std::move(value));
        }
        ready_.notify_one();
        return true;
    }

    // nullopt when empty.
    [[nodiscard]] std::optional<T> try_pop() {
        const std::lock_guard lock(mutex_);
        return take();
    }

    // Waits; nullopt once closed and empty.
    [[nodiscard]] std::optional<T> pop() {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [this] { return closed_ || !items_.empty(); });
        return take();
    }

    // Waits at most so long; nullopt when nothing came.
    [[nodiscard]] std::optional<T> pop_within(std::int64_t ms) {
        std::unique_lock lock(mutex_);
        ready_.wait_for(lock, std::chrono::milliseconds(ms),
                        [this] { return closed_ || !items_.empty(); });
        return take();
    }

    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        ready_.notify_all();
    }

    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return items_.size();
    }

   private:
    std::optional<T> take() {
        if (items_.empty()) return std::nullopt;
        std::optional<T> value(std::move(items_.front()));
        items_.pop_front();
        return value;
    }

    mutable std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<T> items_;
    std::size_t capacity_;
    bool closed_ = false;
};

}  // namespace showfloor::base
