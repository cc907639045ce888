// One car sold at two terminals apart: both sales are kept, a person decides.
#include <doctest/doctest.h>

#include "base/log.hpp"
#include "checks.hpp"
#include "dealership.hpp"
#include "domain/records.hpp"
#include "kiosk.hpp"
#include "network.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::testing {

namespace {

struct Showroom {
    Dealership central{7, 2};
    Network network{central, 7};
    Kiosk first{network, central.enrol(central.branches()[0]), central.branches()[0].seller_id, 1};
    Kiosk second{network, central.enrol(central.branches()[0]), central.branches()[0].seller_id, 2};
    std::int64_t time = 0;

    Showroom() { base::log_to({}, base::LogLevel::kError); }

    void settle() {
        for (Kiosk* kiosk : {&first, &second, &first, &second}) {
            kiosk->engine().sync_now();
            for (int i = 0; i < 100 && !(i > 2 && kiosk->engine().settled()); ++i) {
                time += 50;
                network.run_until(time);
                kiosk->tick();
            }
            CHECK(kiosk->engine().settled());
        }
    }

    domain::Outcome sell(Kiosk& kiosk, const base::Uuid& sale_id, const base::Uuid& customer) {
        auto command = kiosk.command(
            "record_sale", {{"id", sale_id.to_string()},
                            {"car_id", central.cars()[0].to_string()},
                            {"customer_id", customer.to_string()},
                            {"payments", {{{"method", "cash"}, {"amount_minor", 50'000}}}}});
        return kiosk.submit(command);
    }

    base::Uuid customer(Kiosk& kiosk) {
        const base::Uuid id = kiosk.new_id();
        auto command = kiosk.command(
            "create_customer",
            {{"id", id.to_string()}, {"first_name", "Otieno"}, {"last_name", "Okello"}});
        REQUIRE(kiosk.submit(command).applied());
        return id;
    }

    std::optional<domain::Sale> sale(const base::Uuid& id) {
        auto reader = central.store().reader();
        REQUIRE(reader.ok());
        storage::SqliteWorld world(reader->connection());
        return world.get<domain::Sale>(id);
    }
};

}  // namespace

TEST_CASE("one car sold on two terminals apart: both kept, the second disputed, a person decides") {
    Showroom room;
    room.settle();
    const base::Uuid buyer = room.customer(room.first);
    const base::Uuid other = room.customer(room.second);
    const base::Uuid one = room.first.new_id();
    const base::Uuid two = room.second.new_id();
    CHECK(room.sell(room.first, one, buyer).applied());
    CHECK(room.sell(room.second, two, other).applied());
    room.settle();

    REQUIRE(room.sale(one).has_value());
    REQUIRE(room.sale(two).has_value());
    CHECK(room.sale(one)->status == domain::SaleStatus::kCompleted);
    CHECK(room.sale(two)->status == domain::SaleStatus::kDisputed);
    CHECK(room.sale(two)->dispute_code == "car_sold");
    const auto inbox = room.second.outbox().inbox(false);
    REQUIRE(inbox.ok());
    REQUIRE(inbox->size() == 1);
    CHECK(inbox->front().kind == sync::InboxKind::kDisputed);
    CHECK(inbox->front().code == "car_sold");
    CHECK(inbox->front().args["id"] == two.to_string());
    CHECK(room.second.engine().status().counts.disputed == 1);
    CHECK(room.first.outbox().inbox(false)->empty());
    check_one_standing_sale_a_car(room.central);

    // The second buyer gets the car; the first sale is then the one to be settled otherwise.
    const auto outcome =
        room.central.run_as(room.central.branches()[0].admin_id, "admin", "decide_dispute",
                            {{"sale_id", two.to_string()}, {"decision", "give_car"}});
    INFO(domain::name_of(outcome.code) << " " << outcome.field);
    CHECK(outcome.applied());
    room.settle();
    CHECK(room.sale(two)->status != domain::SaleStatus::kDisputed);
    check_one_standing_sale_a_car(room.central);
    check_ledgers(room.central);
    check_series(room.central);
    check_replica(room.central, room.first);
    check_replica(room.central, room.second);
}

TEST_CASE("one car sold twice on one terminal: refused, and no number is lost") {
    Showroom room;
    room.settle();
    const base::Uuid buyer = room.customer(room.first);
    CHECK(room.sell(room.first, room.first.new_id(), buyer).applied());
    const auto again = room.sell(room.first, room.first.new_id(), buyer);
    CHECK_FALSE(again.applied());
    CHECK(again.code == domain::Code::kCarSold);
    CHECK(room.first.outbox().state().tail == 2);
    room.settle();
    check_series(room.central);
    check_replica(room.central, room.first);
}

TEST_CASE("a terminal that was never online: its first answer is a snapshot, then it is idle") {
    Showroom room;
    CHECK_FALSE(room.first.replica().filled());
    room.settle();
    CHECK(room.first.replica().filled());
    const auto version = room.first.replica().version();
    room.settle();
    CHECK(room.first.replica().version() == version);
    CHECK(room.first.engine().status().online);
    CHECK(room.first.engine().status().cause.empty());
}

}  // namespace showfloor::testing
