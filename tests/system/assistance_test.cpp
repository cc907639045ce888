// A visitor calls for a seller at one kiosk; a seller answers at another: both sides' real code.
#include <doctest/doctest.h>

#include "base/file.hpp"
#include "base/log.hpp"
#include "dealership.hpp"
#include "domain/records_leads.hpp"
#include "kiosk.hpp"
#include "network.hpp"

namespace showfloor::testing {

namespace {

using domain::Assistance;
using domain::AssistanceStatus;

struct Showroom {
    Dealership central{11, 2};
    Network network{central, 11};
    Kiosk visitor{network, central.enrol(central.branches()[0]), central.branches()[0].seller_id,
                  1};
    Kiosk seller{network, central.enrol(central.branches()[0]), central.branches()[0].seller_id, 2};
    Kiosk elsewhere{network, central.enrol(central.branches()[1]), central.branches()[1].seller_id,
                    3};
    std::int64_t time = 0;

    Showroom() {
        base::log_to({}, base::LogLevel::kError);
        for (int i = 0; i < 200; ++i)
            step(50);
        for (Kiosk* kiosk : all())
            REQUIRE(kiosk->engine().settled());
    }
    std::vector<Kiosk*> all() { return {&visitor, &seller, &elsewhere}; }

    // Time passes for everybody alike.
    void step(std::int64_t ms) {
        time += ms;
        central.clock().advance(ms);
        network.run_until(time);
        for (Kiosk* kiosk : all()) {
            kiosk->advance(ms);
            kiosk->tick();
        }
    }
    void pass(std::int64_t ms) {
        for (std::int64_t done = 0; done < ms; done += 50)
            step(50);
    }

    // Nobody is signed in at the visitor's.
    domain::Outcome at_kiosk(std::string_view name, base::Json args) {
        domain::Command command;
        command.name = std::string(name);
        command.args = std::move(args);
        return visitor.submit(command);
    }
    base::Uuid call() {
        const base::Uuid id = visitor.new_id();
        REQUIRE(at_kiosk("call_assistance",
                         {{"id", id.to_string()}, {"car_id", central.cars()[0].to_string()}})
                    .applied());
        return id;
    }
    std::optional<Assistance> seen(Kiosk& kiosk, const base::Uuid& id) {
        return kiosk.replica().world().get<Assistance>(id);
    }
};

}  // namespace

TEST_CASE("assistance: a call reaches the branch, the answer is back within two seconds") {
    Showroom room;
    const base::Uuid id = room.call();
    CHECK(room.visitor.engine().call_is_open());
    // The seller's terminal, in use, hears of it at its next pull, and only those of the branch.
    room.pass(17'000);
    REQUIRE(room.seen(room.seller, id).has_value());
    CHECK(room.seen(room.seller, id)->status == AssistanceStatus::kCalling);
    CHECK(room.seller.engine().call_is_open());
    CHECK(!room.seen(room.elsewhere, id).has_value());
    CHECK(!room.elsewhere.engine().call_is_open());

    auto answer = room.seller.command("answer_assistance", {{"assistance_id", id.to_string()}});
    REQUIRE(room.seller.submit(answer).applied());
    room.pass(2'000);
    const auto at_kiosk = room.seen(room.visitor, id);
    REQUIRE(at_kiosk.has_value());
    CHECK(at_kiosk->status == AssistanceStatus::kAnswered);
    CHECK(at_kiosk->answered_by == room.central.branches()[0].seller_id);
    CHECK(!room.visitor.engine().call_is_open());
    CHECK(!room.seller.engine().call_is_open());
}

TEST_CASE("assistance: while a call is open both sides pull every second, and not after it") {
    Showroom room;
    room.call();
    const auto before = room.network.delivered();
    room.pass(30'000);
    // The visitor's alone pulls 27 times or more.
    CHECK(room.network.delivered() - before >= 27);
    // Nobody came and nobody ended it: after the minute it is nobody's.
    room.pass(31'000);
    CHECK(!room.visitor.engine().call_is_open());
    room.pass(20'000);
    const auto quiet = room.network.delivered();
    room.pass(30'000);
    CHECK(room.network.delivered() - quiet <= 9);  // three terminals, every 15 s
}

TEST_CASE(
    "assistance: the kiosk ends its call after the minute; an answer that crossed it stands") {
    Showroom room;
    const base::Uuid id = room.call();
    room.pass(17'000);
    auto answer = room.seller.command("answer_assistance", {{"assistance_id", id.to_string()}});
    REQUIRE(room.seller.submit(answer).applied());
    // Submitted before the kiosk has heard of the answer.
    const auto ended =
        room.at_kiosk("end_assistance", {{"assistance_id", id.to_string()}, {"status", "expired"}});
    CHECK(ended.applied());
    room.pass(20'000);
    const auto one = room.seen(room.visitor, id);
    const auto two = room.seen(room.seller, id);
    REQUIRE(one.has_value());
    REQUIRE(two.has_value());
    CHECK(one->status == two->status);
    CHECK(room.visitor.engine().status().counts.attention == 0);
}

TEST_CASE("lead: left at a kiosk, worked at another of the branch; names rest sealed") {
    Showroom room;
    const base::Uuid id = room.visitor.new_id();
    REQUIRE(room.at_kiosk("create_lead", {{"id", id.to_string()},
                                          {"kind", "test_drive"},
                                          {"car_id", room.central.cars()[0].to_string()},
                                          {"name", "Zawadi Unmistakable"},
                                          {"phone", "+254712000333"},
                                          {"consent_version", "2026-01"},
                                          {"consent_at", room.visitor.clock().wall()}})
                .applied());
    room.pass(20'000);
    const auto seen = room.seller.replica().world().get<domain::Lead>(id);
    REQUIRE(seen.has_value());
    CHECK(seen->name == "Zawadi Unmistakable");
    CHECK(!room.elsewhere.replica().world().get<domain::Lead>(id).has_value());
    auto claim = room.seller.command("claim_lead", {{"lead_id", id.to_string()}});
    REQUIRE(room.seller.submit(claim).applied());
    room.pass(20'000);
    CHECK(room.visitor.replica().world().get<domain::Lead>(id)->status ==
          domain::LeadStatus::kClaimed);
    for (Kiosk* kiosk : room.all()) {
        for (const char* name : {"outbox.db", "outbox.db-wal", "replica.db", "replica.db-wal"}) {
            const auto bytes = base::read_file(kiosk->folder() + "/" + name, 64UL << 20);
            if (bytes) CHECK(bytes->find("Unmistakable") == std::string::npos);
        }
    }
}

}  // namespace showfloor::testing
