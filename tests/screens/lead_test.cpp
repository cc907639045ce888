// Leads and calls: what a visitor asks for, what is stored of it, and what is never promised.

#include <doctest/doctest.h>

#include "domain/limits.hpp"
#include "domain/records_leads.hpp"
#include "screen_stage.hpp"
#include "terminal/screens/seller_words.hpp"

using namespace showfloor;
using terminal::Call;
using test::Dealership;
using test::ScreenStage;

namespace {

void fill(ScreenStage& stage) {
    stage.type("field:name", "Zuhura Achieng");
    stage.type("field:phone", "0712345678");
}

void open_lead(ScreenStage& stage) {
    stage.tap("card:" + Dealership::car(100).to_string());
    stage.tap("button:test_drive");
    REQUIRE(stage.screen() == "lead");
}

}  // namespace

TEST_CASE("lead: without consent nothing is stored, and the page says why") {
    ScreenStage stage;
    open_lead(stage);
    fill(stage);
    stage.tap("button:send");
    CHECK(stage.app.submitted.empty());
    CHECK(stage.shows("Without your agreement nothing is stored or sent."));
}

TEST_CASE("lead: a name and a way to be reached are asked for") {
    ScreenStage stage;
    open_lead(stage);
    stage.tap("switch:consent");
    stage.tap("button:send");
    CHECK(stage.app.submitted.empty());
    CHECK(stage.shows("Tell us what to call you."));
    CHECK(stage.shows("A phone number or an e-mail"));
}

TEST_CASE("lead: with consent it is stored with its version and time, and thanks are honest") {
    ScreenStage stage;
    open_lead(stage);
    fill(stage);
    stage.tap("chip:day_2");
    stage.tap("chip:hour_1");
    stage.tap("switch:consent");
    stage.tap("button:send");
    REQUIRE(stage.app.submitted.size() == 1);
    const auto& args = stage.app.submitted[0].args;
    CHECK(stage.app.submitted[0].name == "create_lead");
    CHECK(args.at("kind") == "test_drive");
    CHECK(args.at("consent_version") == "kiosk-1");
    CHECK(args.at("consent_at") == stage.app.now());
    CHECK(args.at("preferred_at").get<std::int64_t>() > stage.app.now());
    const auto lead =
        stage.app.world.find_one<domain::Lead>({{"name", std::string("Zuhura Achieng")}});
    REQUIRE(lead.has_value());
    CHECK(lead->car_id == Dealership::car(100));
    CHECK(stage.shows("Thank you. We have it."));
    CHECK(stage.shows("on its way to the team"));
    stage.app.link_.pending = 0;
    stage.app.touch();
    stage.settle();
    CHECK(stage.shows("The team has it"));
    stage.app.link_.online = false;
    stage.app.touch();
    stage.settle();
    CHECK(stage.shows("as soon as this screen is connected again"));
}

TEST_CASE("lead: a day wished for without an hour stays that day, in the afternoon too") {
    ScreenStage stage;
    const base::UtcMs afternoon = terminal::at_hour(stage.app.now(), 1, 15);
    stage.app.set_now(afternoon);
    for (const auto& [chip, words] : {std::pair{"chip:day_1", "today, any time"},
                                      {"chip:day_2", "tomorrow, any time"},
                                      {"chip:day_4", ", any time"}}) {
        INFO(chip);
        stage.app.submitted.clear();
        stage.shell.to_browse();
        stage.settle();
        open_lead(stage);
        stage.type("field:name", "Zuhura Achieng");
        stage.type("field:phone", "0712345678");
        stage.tap(chip);
        stage.tap("switch:consent");
        stage.tap("button:send");
        REQUIRE(stage.app.submitted.size() == 1);
        const auto at = stage.app.submitted[0].args.at("preferred_at").get<base::UtcMs>();
        const int days = chip[9] - '1';
        CHECK(terminal::day_begin(at) == terminal::at_hour(afternoon, days, 0));
        ui::Context& ui = stage.stage->context();
        CHECK(terminal::wish_of(ui, at, afternoon).find(words) != std::string::npos);
        stage.shell.visit.lead = {};
        stage.shell.visit.leads_sent = 0;
    }
    // An hour that was said is told with its day.
    const base::UtcMs at = terminal::at_hour(afternoon, 3, 9);
    CHECK(terminal::wish_of(stage.stage->context(), at, afternoon).find("09:00") !=
          std::string::npos);
}

TEST_CASE("lead: a number nobody can call is said at its field") {
    ScreenStage stage;
    open_lead(stage);
    stage.type("field:name", "Z");
    stage.type("field:phone", "12");
    stage.tap("switch:consent");
    stage.tap("button:send");
    CHECK(stage.screen() == "lead");
    CHECK(stage.shows("This is not a phone number we can call."));
    CHECK_FALSE(stage.app.world.find_one<domain::Lead>({}).has_value());
}

TEST_CASE("lead: five are the most of one visit") {
    ScreenStage stage;
    stage.shell.visit.leads_sent = terminal::kMostLeads;
    open_lead(stage);
    CHECK(stage.shows("That is enough for one visit"));
    CHECK(stage.find("button:send") == nullptr);
}

TEST_CASE("call: it rings, and says who comes") {
    ScreenStage stage;
    stage.tap("button:call");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted[0].name == "call_assistance");
    CHECK(stage.shows("Calling a seller"));
    const base::Uuid id = stage.shell.visit.call.id;
    REQUIRE_FALSE(id.is_nil());
    CHECK(stage.app.synced > 0);  // it is not left waiting for the next round
    const auto outcome =
        stage.app.house.run("answer_assistance", {{"assistance_id", id.to_string()}},
                            stage.app.house.seller, stage.app.house.terminal);
    REQUIRE(outcome.applied());
    stage.pass(1500);
    CHECK(stage.shows("Amina is on the way"));
    stage.tap("button:call_close");
    CHECK(stage.shell.visit.call.state == Call::State::kNone);
    CHECK(stage.app.submitted.size() == 1);  // nothing to withdraw
}

TEST_CASE("call: after a minute it sends to the desk and promises nothing") {
    ScreenStage stage;
    stage.tap("button:call");
    const base::Uuid id = stage.shell.visit.call.id;
    stage.pass(domain::kCallWaitsMs - 2000);
    CHECK(stage.shows("Calling a seller"));
    CHECK_FALSE(stage.shows("Still there?"));  // who waits is there
    stage.pass(3000);
    CHECK(stage.shows("Please ask at the desk"));
    CHECK(stage.app.world.get<domain::Assistance>(id)->status ==
          domain::AssistanceStatus::kExpired);
}

TEST_CASE("call: offline nobody is rung and the desk is named at once") {
    ScreenStage stage;
    stage.app.link_.online = false;
    stage.app.touch();
    stage.tap("button:call");
    CHECK(stage.app.submitted.empty());
    CHECK(stage.shows("Please ask at the desk"));
}

TEST_CASE("call: a visitor who changes their mind withdraws it") {
    ScreenStage stage;
    stage.tap("button:call");
    const base::Uuid id = stage.shell.visit.call.id;
    stage.tap("button:call_cancel");
    CHECK(stage.app.world.get<domain::Assistance>(id)->status ==
          domain::AssistanceStatus::kWithdrawn);
    CHECK_FALSE(stage.shows("Calling a seller"));
}

TEST_CASE("call: one that is withdrawn before it was even written down rings nobody") {
    ScreenStage stage;
    stage.app.slow = true;
    stage.tap("button:call");
    const base::Uuid first = stage.shell.visit.call.id;
    stage.tap("button:call_cancel");
    stage.tap("button:call");
    const base::Uuid second = stage.shell.visit.call.id;
    CHECK(first != second);
    stage.app.slow = false;
    stage.settle();
    CHECK(stage.app.world.get<domain::Assistance>(first)->status ==
          domain::AssistanceStatus::kWithdrawn);
    CHECK(stage.app.world.get<domain::Assistance>(second)->status ==
          domain::AssistanceStatus::kCalling);
    CHECK(stage.shell.visit.call.id == second);
    CHECK(stage.shell.visit.call.state == terminal::Call::State::kRinging);
}
