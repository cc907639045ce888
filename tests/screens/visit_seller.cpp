#include "visit.hpp"

namespace showfloor::test {

namespace {

void signing_in(const Visitor& v) {
    v.app.sign_out();
    v.shell.to_browse();
    v.settle();
    v.tap("button:staff");
    v.look("sign_in_seller");
    v.app.tiles[0].has_pin = true;
    v.tap("chip:back");
    v.tap("button:staff");
    v.tap("avatar:person:seller");
    v.look("sign_in_pin");
    v.tap("button:use_password");
    v.look("sign_in_instead");
    v.tap("avatar:someone_else");
    v.look("sign_in_someone_else");
    v.app.tiles[0].has_pin = false;
}

void at_home(const Visitor& v) {
    v.app.enter(v.app.house.seller);
    v.shell.to_home();
    v.settle();
    v.look("home_first_day");
}

void selling(const Visitor& v) {
    v.shell.to_sale({});
    v.settle();
    v.look("sale_car");
    v.type("field:find_car", "zeppelin");
    v.look("sale_no_car");
    v.shell.to_sale(Dealership::car(100));
    v.settle();
    v.look("sale_customer");
    v.tap("button:new_customer");
    v.look("sale_new_customer_keyboard");
    v.type("field:first_name", "Wanjiru");
    v.type("field:phone", "0712345678");
    v.look("sale_already_here");
    v.tap("button:cancel_customer");
    v.tap("row:customer:" + v.app.house.customer.to_string());
    v.look("sale_customer_chosen");
    v.tap("button:continue");
    v.look("sale_price");
    v.type("field:discount", "170000");
    v.tap("chip:reason_returning");
    v.tap("button:add_accessory");
    v.type("field:accessory:0", "All-weather mats");
    v.type("field:accessory_amount:0", "14500");
    v.tap("button:add_trade_in");
    v.type("field:trade_in", "2012 Toyota Vitz");
    v.type("field:trade_in_value", "400000");
    v.look("sale_over_limit");
    v.tap("button:approve");
    v.look("sale_approver");
    v.tap("avatar:person:manager");
    v.look("sale_approver_password");
    v.type("field:password", "manager-and-keys");
    v.tap("button:sign_in");
    v.look("sale_approved");
    v.tap("button:continue");
    v.tap("field:amount");
    v.look("sale_amount_keyboard");
    v.type("field:amount", "1000000");
    v.tap("button:add_part");
    v.type("field:amount:1", "9999999");
    v.look("sale_over_total");
    v.tap("button:remove_part:1");
    v.tap("button:add_part");
    v.type("field:amount:1", "500000");
    v.tap("chip:plan_6");
    v.look("sale_payment");
    v.tap("button:continue");
    v.look("sale_review");
    v.app.next_outcome = domain::refuse(domain::Code::kTermsChanged);
    v.tap("button:record_sale");
    v.look("sale_refused");
    v.tap("button:save_for_later");
    v.look("home_with_draft");
}

void papers(const Visitor& v) {
    // A sale recorded by the rules themselves, to have its papers.
    auto command =
        v.app.house.make("record_sale", v.app.house.sale_args(Dealership::car(101), 200'000'000),
                         v.app.house.seller, v.app.house.terminal);
    const auto outcome = v.app.house.submit(command, v.app.house.terminal);
    SHOWFLOOR_CHECK(outcome.applied(), "the sample sale is a good one");
    v.app.refresh();
    v.shell.to_sale({});
    v.shell.to_receipt(Dealership::id_in(outcome, "sale_id"));
    v.settle();
    v.look("receipt");
    v.tap("segment:paper_size/1");
    v.look("receipt_a4");
    v.tap("chip:paper_1");
    v.tap("button:save_pdf");
    v.look("invoice");
    v.app.print_result = base::fail(base::ErrorKind::kNotFound, "No lp.", "no_printing");
    v.tap("button:print");
    v.look("invoice_no_printer");
    v.shell.to_browse();
    v.settle();
    v.look("browse_seller");
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

}  // namespace

void visit_as_seller(const Visitor& visitor) {
    signing_in(visitor);
    at_home(visitor);
    selling(visitor);
    papers(visitor);
    what_needs_attention(visitor);
}

}  // namespace showfloor::test
