#include "central/jobs.hpp"

#include "central/limits.hpp"
#include "fixture.hpp"

namespace showfloor::test {

namespace {

struct Scene {
    Scene() { central.enrol(kiosk, {kiosk.shop.seller}); }
    Central central;
    Kiosk kiosk{fixed_id(3, 1), 7, 0};
};

}  // namespace

TEST_CASE_FIXTURE(Scene,
                  "run_daily: a terminal not heard for days is told of once, until it is back") {
    const auto offline = [&] {
        std::size_t open = 0;
        for (const auto& note : central.told("terminal_offline"))
            open += note.resolved_at == 0 && note.record_id == kiosk.id ? 1 : 0;
        return open;
    };
    const auto heard = [&] {
        must(central.store->writer().connection().run(
            "INSERT OR REPLACE INTO terminal_state (terminal_id, head_hash, last_contact_at) "
            "VALUES (?1, '', ?2)",
            {kiosk.id.to_string(), central.now}));
    };
    heard();
    central.now += central::kTerminalOfflineMs - 1000;
    CHECK(must(central::run_daily(*central.processor, central.now)));
    CHECK(offline() == 0);
    for (int day = 0; day < 3; ++day) {
        central.now += central::kDayMs;
        CHECK(must(central::run_daily(*central.processor, central.now)));
        CHECK(offline() == 1);
    }
    CHECK_FALSE(must(central::run_daily(*central.processor, central.now)));
    heard();
    central.now += central::kDayMs;
    CHECK(must(central::run_daily(*central.processor, central.now)));
    CHECK(offline() == 0);
    CHECK(central.run("revoke_terminal", {{"terminal_id", kiosk.id.to_string()}}).applied());
    central.now += 10 * central::kDayMs;
    CHECK(must(central::run_daily(*central.processor, central.now)));
    CHECK(offline() == 0);
}

}  // namespace showfloor::test
