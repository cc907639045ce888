#include "base/bounded_queue.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <thread>
#include <vector>

namespace showfloor::base {

TEST_CASE("BoundedQueue: first in, first out; full says no and leaves the value") {
    BoundedQueue<std::unique_ptr<int>> queue(2);
    CHECK(queue.try_push(std::make_unique<int>(1)));
    CHECK(queue.try_push(std::make_unique<int>(2)));
    auto third = std::make_unique<int>(3);
    CHECK_FALSE(queue.try_push(std::move(third)));
    REQUIRE(third);  // NOLINT: that it was not moved from is the point
    CHECK(**queue.try_pop() == 1);
    CHECK(queue.try_push(std::move(third)));
    CHECK(**queue.try_pop() == 2);
    CHECK(**queue.try_pop() == 3);
    CHECK_FALSE(queue.try_pop());
}

TEST_CASE("BoundedQueue: closed takes nothing more, gives what it has, then says so") {
    BoundedQueue<int> queue(4);
    CHECK(queue.try_push(1));
    queue.close();
    CHECK_FALSE(queue.try_push(2));
    CHECK(queue.pop() == 1);
    CHECK_FALSE(queue.pop());
}

TEST_CASE("BoundedQueue: close wakes who waits") {
    BoundedQueue<int> queue(1);
    std::thread waiting([&] { CHECK_FALSE(queue.pop()); });
    queue.close();
    waiting.join();
}

TEST_CASE("BoundedQueue: nothing is lost or doubled between threads") {
    BoundedQueue<int> queue(16);
    constexpr int kEach = 2000;
    std::vector<std::thread> makers;
    for (int maker = 0; maker < 2; ++maker) {
        makers.emplace_back([&queue, maker] {
            for (int i = 0; i < kEach; ++i) {
                int value = maker * kEach + i;
                while (!queue.try_push(std::move(value)))
                    std::this_thread::yield();
            }
        });
    }
    std::vector<int> seen(2 * kEach, 0);
    std::thread taker([&] {
        while (const auto value = queue.pop())
            ++seen[static_cast<std::size_t>(*value)];
    });
    for (auto& maker : makers)
        maker.join();
    queue.close();
    taker.join();
    CHECK(seen == std::vector<int>(2 * kEach, 1));
}

}  // namespace showfloor::base
