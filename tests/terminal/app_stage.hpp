#pragma once
// The real App over a terminal's files. Nothing waits for time: the App says when to look again.
// Thread contract: one test thread.

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "fixture.hpp"
#include "terminal/app.hpp"

namespace showfloor::test {

struct AppStage : TestTerminal {
    AppStage() {
        domain::CarImage image;
        image.id = central.shop.next_id();
        image.car_id = Dealership::car(1);
        image.sha256 = image.sha256_medium = image.sha256_small = std::string(64, 'a');
        image.width = image.height = 10;
        central.shop.world.put(image);
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
    void sign_in() {
        bool in = false;
        app->sign_in({"seller", kPassword, false}, [&](base::Result<terminal::Person> person) {
            REQUIRE_MESSAGE(person.ok(), person.error().message);
            in = true;
        });
        REQUIRE(until([&] { return in; }));
    }
    // The signed-in person's, as the App tells of them.
    std::vector<terminal::Draft> drafts() {
        std::optional<std::vector<terminal::Draft>> found;
        app->drafts("sale", [&](std::vector<terminal::Draft> all) { found = std::move(all); });
        REQUIRE(until([&] { return found.has_value(); }));
        return *found;
    }

    std::mutex mutex;
    std::condition_variable again;
    bool woken = false;
    std::unique_ptr<terminal::App> app;
};

}  // namespace showfloor::test
