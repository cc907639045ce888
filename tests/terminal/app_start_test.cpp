// A start of the real App over a terminal's files: the newest cars first, then all of them; damage
// is looked for afterwards. Nothing waits for time: the App says when to look again.

#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>

#include "fixture.hpp"
#include "terminal/app.hpp"

namespace showfloor::test {

namespace {

struct Fixture : TestTerminal {
    Fixture() {
        settle();
        restart();
    }

    void open() {
        app = must(terminal::App::open({folder.path, [this] {
                                            const std::lock_guard lock(mutex);
                                            woken = true;
                                            again.notify_one();
                                        }}));
    }
    template <typename Holds>
    bool until(const Holds& holds) {
        for (;;) {
            (void)app->poll();
            if (holds()) return true;
            std::unique_lock lock(mutex);
            if (!again.wait_for(lock, std::chrono::seconds(20), [this] { return woken; }))
                return false;
            woken = false;
        }
    }
    // Of all pages on which the words stand.
    void damage(const std::string& words) const {
        constexpr std::size_t kPage = 4096;
        std::string bytes = must(base::read_file(folder.replica(), 64U << 20U));
        REQUIRE(bytes.find(words) != std::string::npos);
        for (std::size_t at = bytes.find(words); at != std::string::npos; at = bytes.find(words))
            bytes.replace(at / kPage * kPage, kPage, kPage, '\xA5');
        std::ofstream(folder.replica(), std::ios::binary | std::ios::trunc) << bytes;
    }

    std::mutex mutex;
    std::condition_variable again;
    bool woken = false;
    std::unique_ptr<terminal::App> app;
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "start: the newest cars come first, and all of them by themselves") {
    open();
    bool first = false;
    REQUIRE(until([&] {
        const auto cars = app->catalogue();
        first = first || (!cars->whole() && cars->on_offer() == 6 &&
                          cars->find(Dealership::car(1)) != nullptr);
        return cars->whole() && cars->on_offer() > 0;
    }));
    CHECK(first);
    CHECK(app->catalogue()->on_offer() == 6);
    CHECK(app->catalogue()->search("model 3", terminal::Catalogue::Sort::kNewest).size() == 1);
    CHECK_FALSE(app->branch().name.empty());
}

TEST_CASE_FIXTURE(Fixture, "start: a damaged replica is found afterwards and given up") {
    damage(central.shop.world.get<domain::Car>(Dealership::car(1))->vin);
    open();  // whoever only shows cars does not notice
    CHECK(until([&] { return app->link().filling && app->catalogue()->on_offer() == 0; }));
}

}  // namespace showfloor::test
