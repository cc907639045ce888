#include "tools/bench/desk.hpp"

#include <algorithm>

#include "terminal/engine_thread.hpp"
#include "tools/bench/meter.hpp"
#include "tools/bench/stage.hpp"

namespace showfloor::bench {

base::Result<void> Desk::open(const terminal::DataFolder& folder) {
    SHOWFLOOR_ASSIGN(auto binding, terminal::bind_engine(folder, clock, random));
    client = binding.client;
    SHOWFLOOR_ASSIGN(engine, terminal::Engine::open(std::move(binding.parts)));
    return {};
}

base::Result<void> Desk::tick_until(const std::function<bool()>& done) {
    constexpr double kMostMs = 180'000;
    const double until = now_ms() + kMostMs;
    while (!done()) {
        const auto next = engine->tick();
        if (done()) break;
        if (now_ms() > until)
            return base::fail("It takes for ever: " + engine->sync().status().cause);
        client->poll(static_cast<int>(std::clamp<std::int64_t>(next - clock.boot_ms(), 0, 100)));
    }
    return {};
}

base::Result<void> Desk::settle() {
    engine->sync().sync_now();
    return tick_until([this] { return engine->sync().settled(); });
}

base::Result<terminal::Person> Desk::sign_in() {
    base::Result<terminal::Person> person = base::fail("not asked");
    bool answered = false;
    engine->sign_in(Stage::kLogin, Stage::kPassword, [&](base::Result<terminal::Person> found) {
        person = std::move(found);
        answered = true;
    });
    SHOWFLOOR_TRY(tick_until([&] { return answered; }));
    return person;
}

}  // namespace showfloor::bench
