#include "domain/limits.hpp"
#include "domain/records_leads.hpp"
#include "domain/transitions.hpp"
#include "judging.hpp"

namespace showfloor::domain {

namespace {

struct Fixture {
    MapWorld world;
    test::Dealership d{world};

    // As the kiosk submits it: nobody signed in, at a terminal.
    Outcome kiosk(std::string_view name, base::Json args, const Uuid& at) {
        static_cast<void>(world.take_changes());
        auto command = d.make(name, std::move(args), {}, at);
        return d.submit(command, at);
    }
    Outcome kiosk(std::string_view name, base::Json args) {
        return kiosk(name, std::move(args), d.terminal);
    }
    Outcome run(std::string_view name, base::Json args, const Uuid& actor) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor);
    }
    base::Json lead_args() {
        return {{"id", d.next_id().to_string()},
                {"kind", "test_drive"},
                {"car_id", d.car(1).to_string()},
                {"name", "Wanjiru"},
                {"phone", "0712 000 222"},
                {"consent_version", "2026-01"},
                {"consent_at", d.now}};
    }
    Uuid lead() {
        const auto outcome = kiosk("create_lead", lead_args());
        check_applied(outcome);
        return test::Dealership::id_in(outcome, "lead_id");
    }
    Uuid call() {
        const auto outcome = kiosk("call_assistance", {{"id", d.next_id().to_string()}});
        check_applied(outcome);
        return test::Dealership::id_in(outcome, "assistance_id");
    }
    base::Json the_lead(const Uuid& id) { return {{"lead_id", id.to_string()}}; }
    base::Json the_call(const Uuid& id) { return {{"assistance_id", id.to_string()}}; }
    Outcome set_status(const Uuid& id, const char* status) {
        return run("update_lead", {{"id", id.to_string()}, {"status", status}}, d.seller);
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "create_lead: nobody signed in, at the kiosk's branch") {
    const Uuid id = lead();
    const auto made = *world.get<Lead>(id);
    CHECK(made.status == LeadStatus::kNew);
    CHECK(made.phone == "+254712000222");
    CHECK(made.branch_id == d.nairobi);
    CHECK(made.terminal_id == d.terminal);
    CHECK(made.owner_id.is_nil());
    auto elsewhere = lead_args();
    elsewhere["branch_id"] = d.mombasa.to_string();
    check_refused(world, kiosk("create_lead", elsewhere), Code::kInvalid, "branch_id");
    for (const Uuid& who : {d.seller, d.staff, d.mechanic, d.driver, d.supplier, d.buyer_login})
        check_refused(world, run("create_lead", lead_args(), who), Code::kNotAllowed);
    check_applied(run("create_lead", lead_args(), d.manager));
}

TEST_CASE_FIXTURE(Fixture, "create_lead: without consent no record") {
    for (const char* field : {"consent_version", "consent_at"}) {
        auto args = lead_args();
        args.erase(field);
        check_refused(world, kiosk("create_lead", args), Code::kConsentMissing, field);
    }
    CHECK(world.find<Lead>({}).empty());
}

TEST_CASE_FIXTURE(Fixture, "create_lead: somebody who can be reached, at a time to come") {
    auto args = lead_args();
    args.erase("phone");
    check_refused(world, kiosk("create_lead", args), Code::kInvalid, "phone");
    args["email"] = "no address";
    check_refused(world, kiosk("create_lead", args), Code::kInvalid, "email");
    args["email"] = "Wanjiru@Example.com";
    args["preferred_at"] = d.now - 1;
    check_refused(world, kiosk("create_lead", args), Code::kInvalid, "preferred_at");
    args["preferred_at"] = d.now + 2 * kMaxLeadAheadMs;
    check_refused(world, kiosk("create_lead", args), Code::kInvalid, "preferred_at");
    args["preferred_at"] = d.now + test::kDay;
    const auto outcome = kiosk("create_lead", args);
    check_applied(outcome);
    CHECK(world.get<Lead>(test::Dealership::id_in(outcome, "lead_id"))->email ==
          "wanjiru@example.com");
    auto stranger = lead_args();
    stranger["car_id"] = d.next_id().to_string();
    check_refused(world, kiosk("create_lead", stranger), Code::kNotFound, "car_id");
}

TEST_CASE_FIXTURE(Fixture, "claim_lead: one of the branch takes it, nobody else after that") {
    const Uuid id = lead();
    for (const Uuid& who : {d.staff, d.mechanic, d.mombasa_seller, d.buyer_login, Uuid{}})
        check_refused(world, run("claim_lead", the_lead(id), who), Code::kNotAllowed);
    check_applied(run("claim_lead", the_lead(id), d.seller));
    CHECK(world.get<Lead>(id)->owner_id == d.seller);
    CHECK(world.get<Lead>(id)->status == LeadStatus::kClaimed);
    check_refused(world, run("claim_lead", the_lead(id), d.seller), Code::kAlreadyDone);
    const auto late = run("claim_lead", the_lead(id), d.other_seller);
    check_refused(world, late, Code::kAlreadyClaimed, "lead_id");
    CHECK(late.details["id"] == d.seller.to_string());
}

TEST_CASE_FIXTURE(Fixture, "update_lead: every step of the transition table, and no other") {
    for (int from = 0; from < static_cast<int>(kLeadStatusNames.size()); ++from) {
        for (int to = 0; to < static_cast<int>(kLeadStatusNames.size()); ++to) {
            const Uuid id = lead();
            check_applied(run("claim_lead", the_lead(id), d.seller));
            auto row = *world.get<Lead>(id);
            row.status = static_cast<LeadStatus>(from);
            world.put(row);
            const auto outcome = set_status(id, std::string(kLeadStatusNames[to]).c_str());
            CAPTURE(kLeadStatusNames[from]);
            CAPTURE(kLeadStatusNames[to]);
            const bool may =
                from == to ? true
                           : may_become(static_cast<LeadStatus>(from), static_cast<LeadStatus>(to));
            CHECK(outcome.applied() == may);
            if (!may) CHECK(name_of(outcome.code) == name_of(Code::kWrongState));
        }
    }
}

TEST_CASE_FIXTURE(Fixture, "update_lead: the time of the first answer stays") {
    const Uuid id = lead();
    check_applied(run("claim_lead", the_lead(id), d.seller));
    CHECK(world.get<Lead>(id)->answered_at == 0);
    check_applied(set_status(id, "contacted"));
    const UtcMs answered = world.get<Lead>(id)->answered_at;
    CHECK(answered == d.now);
    check_applied(set_status(id, "appointment"));
    check_applied(set_status(id, "contacted"));
    CHECK(world.get<Lead>(id)->answered_at == answered);
}

TEST_CASE_FIXTURE(Fixture, "update_lead: handed over by a manager, won with the sale it led to") {
    const Uuid id = lead();
    const auto hand_over = [&](const Uuid& actor, const Uuid& to) {
        return run("update_lead", {{"id", id.to_string()}, {"owner_id", to.to_string()}}, actor);
    };
    check_refused(world, hand_over(d.seller, d.other_seller), Code::kNotAllowed, "owner_id");
    check_refused(world, hand_over(d.manager, d.mombasa_seller), Code::kInvalid, "owner_id");
    check_applied(hand_over(d.manager, d.other_seller));
    CHECK(world.get<Lead>(id)->status == LeadStatus::kClaimed);
    const Uuid sale = d.sell(1, 5000);
    const base::Json won = {
        {"id", id.to_string()}, {"status", "won"}, {"sale_id", sale.to_string()}};
    check_refused(world, run("update_lead", won, d.other_seller), Code::kWrongState, "status");
    check_refused(
        world,
        run("update_lead", {{"id", id.to_string()}, {"sale_id", sale.to_string()}}, d.other_seller),
        Code::kInvalid, "sale_id");
    check_applied(set_status(id, "contacted"));
    check_applied(run("update_lead", won, d.other_seller));
    CHECK(world.get<Lead>(id)->sale_id == sale);
    check_refused(world,
                  run("update_lead", {{"id", id.to_string()}, {"consent_version", "x"}}, d.seller),
                  Code::kInvalid, "consent_version");
}

TEST_CASE_FIXTURE(Fixture, "call_assistance: once a minute from one kiosk, never from elsewhere") {
    const Uuid first = call();
    const auto made = *world.get<Assistance>(first);
    CHECK(made.branch_id == d.nairobi);
    CHECK(made.terminal_id == d.terminal);
    CHECK(made.called_at == d.now);
    const base::Json again = {{"id", d.next_id().to_string()}};
    const auto twice = kiosk("call_assistance", again);
    check_refused(world, twice, Code::kDuplicate, "id");
    CHECK(twice.details["id"] == first.to_string());
    check_applied(kiosk("call_assistance", {{"id", d.next_id().to_string()}}, d.other_terminal));
    check_refused(world, run("call_assistance", {{"id", d.next_id().to_string()}}, {}),
                  Code::kNotFound);
    d.now += kCallWaitsMs;
    check_applied(kiosk("call_assistance", again));
    CHECK(world.get<Assistance>(first)->status == AssistanceStatus::kExpired);
}

TEST_CASE_FIXTURE(Fixture, "answer_assistance: the first of the branch, and the kiosk sees who") {
    const Uuid id = call();
    for (const Uuid& who : {d.staff, d.mechanic, d.mombasa_seller, Uuid{}})
        check_refused(world, run("answer_assistance", the_call(id), who), Code::kNotAllowed);
    check_applied(run("answer_assistance", the_call(id), d.seller));
    CHECK(world.get<Assistance>(id)->answered_by == d.seller);
    const auto late = run("answer_assistance", the_call(id), d.other_seller);
    check_refused(world, late, Code::kAlreadyAnswered);
    CHECK(late.details["id"] == d.seller.to_string());
}

TEST_CASE_FIXTURE(Fixture, "end_assistance: by its own kiosk; an answer before it stands") {
    const Uuid id = call();
    auto end = the_call(id);
    end["status"] = "withdrawn";
    check_refused(world, kiosk("end_assistance", end, d.other_terminal), Code::kNotAllowed);
    for (const char* no_end : {"calling", "answered"}) {
        end["status"] = no_end;
        check_refused(world, kiosk("end_assistance", end), Code::kInvalid, "status");
    }
    end["status"] = "expired";
    check_applied(kiosk("end_assistance", end));
    CHECK(world.get<Assistance>(id)->status == AssistanceStatus::kExpired);
    check_refused(world, run("answer_assistance", the_call(id), d.seller), Code::kWrongState);
    const Uuid other = call();
    check_applied(run("answer_assistance", the_call(other), d.seller));
    end["assistance_id"] = other.to_string();
    const auto outcome = kiosk("end_assistance", end);
    check_applied(outcome);
    CHECK(outcome.details["status"] == "answered");
    CHECK(world.changes().empty());
}

TEST_CASE_FIXTURE(Fixture,
                  "open_call: the branch's youngest within the minute, whatever the clock") {
    CHECK(!open_call(world, d.nairobi, d.now));
    const Uuid id = call();
    REQUIRE(open_call(world, d.nairobi, d.now).has_value());
    CHECK(open_call(world, d.nairobi, d.now + 1000)->id == id);
    CHECK(!open_call(world, d.mombasa, d.now));
    CHECK(!open_call(world, d.nairobi, d.now + kCallWaitsMs));
    CHECK(!open_call(world, d.nairobi, d.now - 2 * kCallWaitsMs));
    check_applied(run("answer_assistance", the_call(id), d.seller));
    CHECK(!open_call(world, d.nairobi, d.now));
}

}  // namespace showfloor::domain
