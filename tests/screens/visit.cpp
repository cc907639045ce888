#include "visit.hpp"

namespace showfloor::test {

namespace {

void when_things_are_bad(const Visitor& v) {
    v.app.items.clear();
    v.app.link_.attention = 12;
    v.app.link_.online = false;
    v.app.link_.cause = "no_network";
    v.app.link_.pending = 3;
    v.app.touch();
    auto car = *v.app.world.get<domain::Car>(Dealership::car(103));
    car.model = std::string("Wildtrak with an extraordinarily long name that its maker ") +
                "thought was a good idea at the time, really";
    car.trim_level = car.model;
    car.availability = domain::Availability::kReserved;
    car.price_minor = 99'999'999'999;
    v.app.world.put(car);
    auto user = *v.app.world.get<domain::User>(v.app.house.seller);
    user.first_name = "Wolfeschlegelsteinhausenbergerdorff";
    v.app.world.put(user);
    auto customer = *v.app.world.get<domain::Customer>(v.app.house.customer);
    customer.first_name = std::string(60, 'W');
    customer.last_name = "and a very long family name that goes on";
    v.app.world.put(customer);
    v.app.enter(v.app.house.seller);
    v.app.refresh();
    v.shell.to_browse();
    v.settle();
    v.look("offline_long_names");
    v.tap("card:" + Dealership::car(103).to_string());
    v.look("car_long_name");
    v.shell.to_sale(Dealership::car(103));
    v.settle();
    v.look("sale_long_name");
    v.app.sign_out();
    v.app.link_.filling = true;
    for (const auto& entry : v.app.catalogue()->cars()) {
        auto gone = entry.car;
        gone.archived = true;
        v.app.world.put(gone);
    }
    v.app.refresh();
    v.shell.to_browse();
    v.settle();
    v.look("browse_empty_offline");
    v.app.link_.online = true;
    v.app.touch();
    v.settle();
    v.look("browse_loading");
    v.app.link_.online = false;
    v.app.touch();
    v.shell.to_attract();
    v.settle();
    v.look("attract_empty");
}

// A dealer's own colour and logo, until the next part.
void as_a_dealers_own(const Visitor& v) {
    const auto before = *v.app.world.get<domain::Branch>(v.app.house.nairobi);
    v.app.show_logo(
        base::read_file(base::asset_folder().value() + "/demo/logo.png", 1 << 20).value());
    auto branch = v.app.branch();
    branch.accent_color = "#8B1E2D";
    v.app.world.put(branch);
    v.app.refresh();
    v.shell.to_attract();
    v.settle();
    v.look("brand_attract");
    v.shell.to_browse();
    v.settle();
    v.look("brand_browse");
    v.tap("card:" + Dealership::car(100).to_string());
    v.look("brand_car");
    v.tap("button:finance");
    v.look("brand_finance");
    v.app.enter(v.app.house.seller);
    v.shell.to_home();
    v.settle();
    v.look("brand_home");
    v.app.sign_out();
    v.app.world.put(before);
    v.app.refresh();
    v.shell.to_browse();
    v.settle();
}

std::vector<std::string> languages_beginning_with(const std::string& first) {
    const auto name = [](std::string_view code) {
        return text::Strings::load(SHOWFLOOR_SOURCE_DIR "/assets/strings", std::string(code))
            .value()
            .get("ui.language");
    };
    std::vector<std::string> names = {name(first)};
    for (const char* code : {"en", "ar", "fr", "sw"})
        if (code != first) names.push_back(name(code));
    return names;
}

}  // namespace

void visit_every_screen(const Visitor& visitor) {
    // What the program itself would offer: other languages, and a voice.
    visitor.shell.languages = languages_beginning_with(visitor.locale);
    visitor.shell.can_speak = true;
    visit_as_customer(visitor);
    as_a_dealers_own(visitor);
    visit_as_seller(visitor);
    when_things_are_bad(visitor);
}

void visit_at_the_desk(const Visitor& visitor) {
    visitor.app.enter(visitor.app.house.seller);
    visit_what_was_sold(visitor);
    when_things_are_bad(visitor);
}

}  // namespace showfloor::test
