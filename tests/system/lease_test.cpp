// Two sellers on one car, both online: the second hears of the first before they shake hands.
#include <doctest/doctest.h>

#include "base/log.hpp"
#include "dealership.hpp"
#include "kiosk.hpp"
#include "network.hpp"
#include "protocol/limits.hpp"

namespace showfloor::testing {

namespace {

struct Desks {
    Dealership central{11, 2};
    Network network{central, 11};
    Kiosk first{network, central.enrol(central.branches()[0]), central.branches()[0].seller_id, 1};
    Kiosk second{network, central.enrol(central.branches()[0]), central.branches()[0].seller_id, 2};
    std::int64_t time = 0;

    Desks() {
        base::log_to({}, base::LogLevel::kError);
        pass(5'000);
    }

    void pass(std::int64_t ms) {
        constexpr std::int64_t kStepMs = 50;
        for (std::int64_t gone = 0; gone < ms; gone += kStepMs) {
            time += kStepMs;
            network.run_until(time);
            central.clock().advance(kStepMs);
            for (Kiosk* kiosk : {&first, &second}) {
                kiosk->advance(kStepMs);
                kiosk->tick();
            }
        }
    }
    base::Uuid taken(Kiosk& kiosk) { return kiosk.engine().status().car_taken; }
};

}  // namespace

TEST_CASE("lease: who comes second is told, who lets go frees the car") {
    Desks desks;
    const base::Uuid car = desks.central.cars()[0];
    desks.first.engine().hold(car);
    desks.pass(1'000);
    desks.second.engine().hold(car);
    desks.pass(1'000);
    CHECK(desks.taken(desks.first).is_nil());
    CHECK(desks.taken(desks.second) == car);

    desks.first.engine().hold({});
    desks.pass(25'000);  // the second asks again
    CHECK(desks.taken(desks.second).is_nil());
    desks.first.engine().hold(car);
    desks.pass(1'000);
    CHECK(desks.taken(desks.first) == car);

    desks.first.engine().hold(desks.central.cars()[1]);
    desks.pass(1'000);
    CHECK(desks.taken(desks.first).is_nil());
}

TEST_CASE("lease: it is renewed while the deal goes on, and ends with a terminal that is gone") {
    Desks desks;
    const base::Uuid car = desks.central.cars()[0];
    desks.first.engine().hold(car);
    desks.pass(2 * protocol::kMaxLeaseMinutes * 60'000);
    desks.second.engine().hold(car);
    desks.pass(1'000);
    CHECK(desks.taken(desks.second) == car);

    desks.first.cut(true);
    desks.pass((protocol::kMaxLeaseMinutes + 1) * 60'000);
    CHECK(desks.taken(desks.second).is_nil());
    // Without a network nobody is told anything, and the deal goes on.
    desks.second.engine().hold({});
    desks.pass(1'000);
    CHECK(desks.taken(desks.first).is_nil());
}

}  // namespace showfloor::testing
