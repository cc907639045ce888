// The customer's part of the tour: looks, searches, narrows, keeps, compares, works out the month,
// leaves a lead, calls, sets how it is seen, goes away and is forgotten.

#include <algorithm>

#include "terminal/tour/tour.hpp"

namespace showfloor::terminal {

void Tour::customer_looks_around() {
    until("cars have come", [&] {
        return shell_.app.catalogue()->whole() && shell_.app.catalogue()->on_offer() > 0;
    });
    if (shell_.navigator.top()->name() == "attract") {
        until_widget("screen:attract");
        picture("attract");
        tap("screen:attract");
    }
    until_screen("browse");
    until("the cards have their pictures", [&] { return pictures_are_here(); });
    picture("browse");
    type("field:search", "awd toyota");
    const auto fits = [&](const std::string& id) {
        const auto uuid = base::Uuid::parse(id);
        const CatalogueCar* car = uuid ? shell_.app.catalogue()->find(*uuid) : nullptr;
        return car != nullptr && car->car.make == "Toyota" &&
               car->car.drive_type == domain::DriveType::kAllWheel;
    };
    until("every card is an all-wheel Toyota", [&] {
        const auto shown = cards();
        return !shown.empty() && std::all_of(shown.begin(), shown.end(), fits);
    });
    picture("search");
    put_keyboard_away();
    until("the cards have their pictures", [&] { return pictures_are_here(); });
    picture("found");
    const auto found = cards();
    if (failed_ || found.empty()) return;
    tap("card:" + found.front());
    until_screen("car");
    picture("car");
    if (stands("thumb:1")) {
        tap("thumb:1");
        picture("car_picture");
    }
    tap("chip:back");
    until_screen("browse");
    until("the same cars are found", [&] { return cards() == found; });
    tap("clear:search");
    until("all cars are back", [&] { return cards() != found; });
}

void Tour::customer_keeps_and_compares() {
    const auto shown = cards();
    if (failed_ || shown.size() < 2) return fail("two cars are shown");
    tap("button:keep:" + shown[0]);
    tap("button:keep:" + shown[1]);
    until("two cars are kept", [&] { return shell_.visit.picks.size() == 2; });
    tap("chip:picks");
    until_screen("picks");
    picture("picks");
    tap("button:compare_picks");
    until_screen("compare");
    picture("compare");
    tap("chip:only_differences");
    picture("compare_differences");
    tap("chip:back");
    tap("chip:back");
    until_screen("browse");
}

void Tour::customer_works_out_the_month() {
    tap("chip:sort");
    picture("sort");
    tap("option:sort/price_down");
    tap(upright() ? "chip:filters" : "button:all_filters");
    until_widget("button:show_found");
    picture("filters");
    tap("button:show_found");
    const auto shown = cards();
    if (failed_ || shown.empty()) return fail("cars are shown");
    tap("card:" + shown.front());
    until_screen("car");
    if (stands("chip:gallery")) {
        tap("chip:gallery");
        until_screen("gallery");
        tap("button:zoom_in");
        picture("gallery");
        tap("button:close_gallery");
        until_screen("car");
    }
    if (stands("button:finance")) {
        tap("button:finance");
        until_screen("finance");
        const std::int64_t before = shell_.visit.finance.deposit_bp;
        tap("slider:deposit");
        until("the deposit moved", [&] { return shell_.visit.finance.deposit_bp != before; });
        picture("finance");
        tap("chip:back");
        until_screen("car");
    }
}

void Tour::customer_leaves_a_lead() {
    tap("button:test_drive");
    until_screen("lead");
    type("field:name", "Zuhura Achieng");
    type("field:phone", "+254712345678");
    put_keyboard_away();
    tap("chip:day_2");
    tap("button:send");
    until_text(window_.stage().context().strings().get("lead.consent_missing"));
    picture("lead_without_consent");
    tap("switch:consent");
    picture("lead");
    tap("button:send");
    until_text(window_.stage().context().strings().get("lead.sent"));
    picture("lead_sent");
    tap("button:to_cars");
    until_screen("browse");
}

void Tour::customer_calls() {
    tap("button:call");
    until("it rings", [&] { return shell_.visit.call.state == Call::State::kRinging; });
    picture("calling");
    tap("button:call_cancel");
    until("the call is over", [&] { return shell_.visit.overlay == Overlay::kNone; });
}

void Tour::customer_sets_access() {
    tap("chip:access");
    until_widget("button:close_access");
    picture("access");
    tap("segment:theme/2");
    tap("segment:text_size/1");
    picture("access_contrast");
    tap("button:reset_access");
    until("all is as it was", [&] { return shell_.visit.settings == Settings{}; });
    // The last is Arabic: the whole page mirrored.
    if (const std::size_t languages = shell_.languages.size(); languages > 1)
        tap("chip:language_" + std::to_string(languages - 1));
    tap("button:close_access");
    picture("other_language");
    shell_.visit.settings = {.reduce_motion = true};
    settle();
}

// Nobody touches it: a warning, which a touch answers; then nothing of the visitor is left.
void Tour::customer_goes_away() {
    constexpr std::int64_t kSoonMs = 1'500;
    if (failed_) return;
    if (shell_.visit.picks.empty()) return fail("something is there to be forgotten");
    shell_.idle_ms = kSoonMs;
    until_widget("button:still_there/confirm");
    picture("still_there");
    tap("button:still_there/confirm");
    until("the question is gone", [&] { return !stands("button:still_there/confirm"); });
    until_screen("attract");
    shell_.idle_ms = kHourMs;
    until("the visitor is forgotten", [&] { return shell_.visit == Visit{}; });
    picture("attract_again");
    tap("screen:attract");
    until_screen("browse");
}

}  // namespace showfloor::terminal
