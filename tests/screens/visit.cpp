#include "visit.hpp"

namespace showfloor::test {

namespace {

void as_seller(const Visitor& v) {
    v.app.enter(v.app.house.seller);
    v.shell.to_browse();
    v.settle();
    v.look("browse_seller");
    v.shell.to_sale(Dealership::car(100));
    v.settle();
    v.look("sale");
    v.tap("button:new_customer");
    v.look("sale_new_customer_keyboard");
    v.tap("button:cancel_customer");
    v.tap("row:customer:" + v.app.house.customer.to_string());
    v.type("field:discount", "170000");
    v.tap("chip:reason_returning");
    v.look("sale_over_limit");
    v.tap("field:amount");
    v.look("sale_amount_keyboard");
    v.type("field:amount", "9999999");
    v.look("sale_over_total");
    v.tap("button:approve");
    v.look("sale_approver");
    v.tap("avatar:person:manager");
    v.look("sale_approver_password");
    v.type("field:password", "manager-and-keys");
    v.tap("button:sign_in");
    v.shell.to_browse();
    v.settle();
    // A sale recorded by the rules themselves, to have its papers.
    auto command =
        v.app.house.make("record_sale", v.app.house.sale_args(Dealership::car(101), 200'000'000),
                         v.app.house.seller, v.app.house.terminal);
    const auto outcome = v.app.house.submit(command, v.app.house.terminal);
    SHOWFLOOR_CHECK(outcome.applied(), "the sample sale is a good one");
    v.app.refresh();
    v.shell.to_receipt(Dealership::id_in(outcome, "sale_id"));
    v.settle();
    v.look("receipt");
    v.tap("chip:paper_1");
    v.tap("button:save_pdf");
    v.look("invoice");
    v.shell.to_browse();
    v.settle();
}

terminal::AttentionItem item(int number, std::string kind, std::string code) {
    terminal::AttentionItem made;
    made.number = number;
    made.command_id = fixed_id(8, number);
    made.kind = std::move(kind);
    made.command = "record_sale";
    made.code = std::move(code);
    made.sale_id = fixed_id(7, number);
    made.car_id = Dealership::car(100);
    made.invoice_number = "NBO-T01-I00000" + std::to_string(number);
    made.car_title = "2022 Toyota Corolla Cross";
    made.customer_name = "Wanjiru Otieno";
    return made;
}

void what_needs_attention(const Visitor& v) {
    v.shell.to_attention();
    v.settle();
    v.look("attention_calm");
    v.app.items = {item(1, "disputed", "car_sold"), item(2, "refused", "terms_changed"),
                   item(3, "review", ""), item(4, "in_doubt", "car_sold")};
    v.app.link_.attention = 4;
    v.app.touch();
    v.settle();
    v.look("attention");
    v.tap("button:other_car:1");
    v.look("attention_other_car");
    v.tap("row:car:" + Dealership::car(102).to_string());
    v.look("attention_approval");
}

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
    v.shell.to_attract();
    v.settle();
    v.look("attract_empty");
}

}  // namespace

void visit_every_screen(const Visitor& visitor) {
    visit_as_customer(visitor);
    as_seller(visitor);
    what_needs_attention(visitor);
    when_things_are_bad(visitor);
}

}  // namespace showfloor::test
