// The customer's walk through every screen and state.

#include <utility>

#include "visit.hpp"

namespace showfloor::test {

namespace {

void give_rates(const Visitor& v) {
    auto branch = *v.app.world.get<domain::Branch>(v.app.house.nairobi);
    branch.finance_rates = {{12, 1290}, {24, 1350}, {36, 1390}, {48, 1440}, {60, 1490}};
    v.app.world.put(branch);
    v.app.refresh();
}

void around_the_cars(const Visitor& v) {
    v.shell.to_attract();
    v.settle();
    v.look("attract");
    v.shell.to_browse();
    v.settle();
    v.look("browse");
    v.tap("field:search");
    v.look("browse_keyboard");
    v.type("field:search", "awd toyota");
    v.look("browse_found");
    v.type("field:search", " zeppelin");
    v.look("browse_none");
    v.tap("button:clear");
    v.tap("chip:sort");
    v.look("browse_sort");
    v.tap("option:sort/newest");
    v.shell.visit.wanted.facets[terminal::Catalogue::kBody] = {"suv"};
    v.shell.visit.wanted.ranges[terminal::Catalogue::kPrice] = {100'000'000, 480'000'000};
    v.settle();
    v.look("browse_narrowed");
    const bool upright = v.shell.app.catalogue() && v.has("chip:filters");
    v.tap(upright ? "chip:filters" : "button:all_filters");
    v.look("filters");
    v.tap("button:reset_filters");
    v.tap("button:show_found");
}

void around_one_car(const Visitor& v) {
    const std::string car = Dealership::car(100).to_string();
    v.tap("card:" + car);
    v.look("car");
    v.tap("button:features");
    v.look("car_features");
    v.tap("button:close_features");
    v.tap("chip:keep");
    v.tap("chip:compare");
    v.tap("button:finance");
    v.look("finance");
    auto branch = *v.app.world.get<domain::Branch>(v.app.house.nairobi);
    const auto rates = std::exchange(branch.finance_rates, {});
    v.app.world.put(branch);
    v.app.refresh();
    v.settle();
    v.look("finance_no_rates");
    branch.finance_rates = rates;
    v.app.world.put(branch);
    v.app.refresh();
    v.settle();
    v.tap("chip:back");
    v.tap("button:test_drive");
    v.look("lead");
    v.tap("button:send");
    v.look("lead_missing");
    v.tap("field:name");
    v.look("lead_keyboard");
    v.type("field:name", "Zuhura Achieng");
    v.type("field:phone", "0712345678");
    v.tap("switch:consent");
    v.tap("button:send");
    v.look("lead_sent");
    v.shell.visit.leads_sent = terminal::kMostLeads;
    v.shell.to_lead(Dealership::car(100), false);
    v.settle();
    v.look("lead_enough");
    v.shell.to_browse();
    v.settle();
}

void around_what_was_kept(const Visitor& v) {
    v.shell.to_picks();
    v.settle();
    v.look("picks");
    v.shell.visit.compared = {Dealership::car(100), Dealership::car(101), Dealership::car(102)};
    v.shell.to_compare();
    v.settle();
    v.look("compare");
    v.shell.visit.compared.pop_back();
    v.settle();
    v.look("compare_two");
    v.shell.visit = {};
    v.settle();
    v.look("compare_empty");
    v.shell.to_picks();
    v.settle();
    v.look("picks_empty");
    (void)v.app.car_images().of(Dealership::car(100));
    v.settle();
    if (const auto* images = v.app.car_images().of(Dealership::car(100));
        images != nullptr && !images->empty()) {
        v.shell.to_gallery(Dealership::car(100), 0);
        v.settle();
        v.look("gallery");
        v.tap("button:zoom_in");
        v.tap("button:zoom_in");
        v.look("gallery_zoomed");
    }
    v.shell.to_browse();
    v.settle();
}

void what_stands_over(const Visitor& v) {
    v.tap("chip:access");
    v.look("access");
    v.tap("switch:speech");
    v.look("access_spoken");
    v.tap("switch:speech");
    v.tap("button:close_access");
    v.tap("chip:language");
    v.look("languages");
    v.tap("row:language:0");
    v.tap("button:call");
    v.look("call_ringing");
    v.tap("button:call_cancel");
    v.app.link_.online = false;
    v.app.touch();
    v.tap("button:call");
    v.look("call_desk");
    v.tap("button:call_close");
    v.shell.visit.call.state = terminal::Call::State::kAnswered;
    v.shell.visit.call.answered_by = "Amina";
    v.shell.visit.overlay = terminal::Overlay::kCall;
    v.settle();
    v.look("call_answered");
    v.tap("button:call_close");
    v.app.link_.online = true;
    v.app.touch();
    v.shell.visit.settings.reach = true;
    v.settle();
    v.look("browse_reach");
    v.tap("card:" + Dealership::car(100).to_string());
    v.look("car_reach");
    v.shell.visit = {};
    v.settle();
    // Nobody has touched it for long enough.
    const auto idle_ms = std::exchange(v.shell.idle_ms, 0);
    v.settle();
    v.look("idle_warning");
    v.shell.idle_ms = idle_ms;
    v.tap("button:still_there/confirm");
    v.app.start_damaged();
    v.shell.to_browse();
    v.settle();
    v.look("browse_unreadable");
    v.app.heal();
    v.shell.to_browse();
    v.settle();
}

}  // namespace

void visit_as_customer(const Visitor& v) {
    give_rates(v);
    around_the_cars(v);
    around_one_car(v);
    around_what_was_kept(v);
    what_stands_over(v);
    v.tap("button:staff");
    v.look("sign_in");
    v.tap("avatar:person:seller");
    v.look("sign_in_password");
    v.type("field:password", "wrong");
    v.tap("button:sign_in");
    v.look("sign_in_wrong");
}

}  // namespace showfloor::test
