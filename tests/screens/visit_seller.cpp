#include "domain/records_leads.hpp"
#include "domain/records_promotions.hpp"
#include "visit.hpp"

namespace showfloor::test {

namespace {

void signing_in(const Visitor& v) {
    v.app.sign_out();
    v.shell.to_browse();
    v.settle();
    v.app.tiles[0].has_pin = true;
    v.tap("button:staff");
    v.tap("avatar:person:seller");
    v.look("sign_in_pin");
    v.tap("button:use_password");
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

// A share and an amount, one with a name as long as a campaign's.
void promote(const Visitor& v) {
    domain::Promotion share, amount;
    share.id = fixed_id(8, 1);
    share.name = "Spring weeks";
    share.percent_bp = 300;
    amount.id = fixed_id(8, 2);
    amount.name = "Trade-up bonus for compact SUVs at Westlands";
    amount.amount_minor = 7'500'000;
    amount.currency = "KES";
    v.app.world.put(share);
    v.app.world.put(amount);
}

void selling(const Visitor& v) {
    promote(v);
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
    v.app.link_.car_taken = Dealership::car(100);
    v.app.touch();
    v.settle();
    v.look("sale_car_taken");
    v.app.link_.car_taken = {};
    v.app.touch();
    v.settle();
    v.tap("chip:promotion:" + fixed_id(8, 2).to_string());
    v.look("sale_promotion");
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
    for (const int car : {101, 103, 104}) {
        v.shell.to_sale(Dealership::car(car));
        v.settle();
        v.tap("row:customer:" + v.app.house.customer.to_string());
        v.tap("button:save_for_later");
    }
    v.look("home_with_drafts");
    v.tap("button:discard:" + v.app.kept_drafts.front().id.to_string());
    v.look("home_discard");
    v.tap("button:discard/confirm");
}

void papers(const Visitor& v) {
    // A sale recorded by the rules themselves, to have its papers.
    auto command =
        v.app.house.make("record_sale", v.app.house.sale_args(Dealership::car(101), 200'000'000),
                         v.app.house.seller, v.app.house.terminal);
    const auto outcome = v.app.house.submit(command, v.app.house.terminal);
    SHOWFLOOR_CHECK(outcome.applied(), "the sample sale is a good one");
    v.app.show_logo(
        base::read_file(base::asset_folder().value() + "/demo/logo.png", 1 << 20).value());
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

// Everything recorded is there: sales of some weeks, money in all its states, people, news.
base::Uuid fill_desk(const Visitor& v) {
    auto& house = v.app.house;
    base::Json plan = base::Json::array();
    plan.push_back({{"due_at", v.app.now() - 3LL * 86'400'000}, {"amount_minor", 100'000'000}});
    plan.push_back({{"due_at", v.app.now() + 27LL * 86'400'000}, {"amount_minor", 116'000'000}});
    auto args = house.sale_args(Dealership::car(102), 100'000'000);
    args["installments"] = plan;
    auto command = house.make("record_sale", args, house.seller, house.terminal);
    const auto outcome = house.submit(command, house.terminal);
    SHOWFLOOR_CHECK(outcome.applied(), "a sale with a plan is a good one");
    const auto sale = *v.app.world.get<domain::Sale>(Dealership::id_in(outcome, "sale_id"));
    auto pending = house.make("take_payment",
                              {{"id", house.next_id().to_string()},
                               {"invoice_id", sale.invoice_id.to_string()},
                               {"amount_minor", 50'000'000},
                               {"method", "cheque"},
                               {"reference", "004711"}},
                              house.seller, house.terminal);
    SHOWFLOOR_CHECK(house.submit(pending, house.terminal).applied(), "a cheque is taken");
    for (int i = 0; i < 3; ++i) {
        domain::Lead lead;
        lead.id = house.next_id();
        lead.created_at = lead.updated_at = lead.occurred_at = v.app.now() - 3'600'000 * (i + 1);
        lead.kind = static_cast<domain::LeadKind>(i);
        lead.car_id = Dealership::car(103 + i);
        lead.name = "Peter Kamau";
        lead.phone = "+254722000118";
        lead.notes = "After work, please.";
        lead.preferred_at = v.app.now() + 86'400'000;
        lead.consent_version = "1";
        lead.consent_at = v.app.now();
        lead.branch_id = house.nairobi;
        lead.terminal_id = house.terminal;
        v.app.world.put(lead);
    }
    for (const char* type : {"inventory", "lead", "dispute"}) {
        domain::Notification note;
        note.id = house.next_id();
        note.created_at = note.updated_at = note.occurred_at = v.app.now() - 600'000;
        note.type = type;
        note.message = std::string("notification.") + type;
        note.values = R"({"car":"2022 Toyota Corolla Cross","kind":"test_drive"})";
        note.record = "car";
        note.record_id = Dealership::car(100);
        note.branch_id = house.nairobi;
        note.audience = {"seller"};
        v.app.world.put(note);
    }
    v.app.refresh();
    return sale.id;
}

// A cheque that came in, one that did not, and money that goes back.
void money_taken_before(const Visitor& v, const base::Uuid& sale) {
    const std::string invoice = v.app.world.get<domain::Sale>(sale)->invoice_id.to_string();
    for (const auto& payment :
         v.app.world.find<domain::Payment>({.where = {{"invoice_id", invoice}}})) {
        const bool pending = payment.status == domain::PaymentStatus::kPending;
        for (const std::string what : {"clear", "fail", "reverse"}) {
            if (pending == (what == "reverse")) continue;
            v.tap("button:" + what + ":" + payment.id.to_string());
            v.look("payment_" + what);
            v.tap("button:action_cancel");
        }
    }
}

void looking_after(const Visitor& v) {
    const base::Uuid sale = fill_desk(v);
    v.app.slow = true;
    v.shell.to_home();
    v.settle();
    v.look("home_loading");
    v.app.slow = false;
    v.settle();
    v.look("home");
    if (v.has("rail:more")) {
        v.tap("rail:more");
        v.look("home_more");
        v.tap("option:more/sync");
    }
    v.shell.to_sales();
    v.settle();
    v.look("sales");
    v.type("field:find_sale", "zeppelin");
    v.look("sales_none");
    v.app.damaged = true;
    v.shell.to_home();
    v.settle();
    v.look("home_unreadable");
    v.shell.to_sales();
    v.settle();
    v.look("sales_unreadable");
    v.shell.to_sync();
    v.settle();
    v.look("sync_unreadable");
    v.app.heal();
    v.shell.to_invoices();
    v.settle();
    v.look("invoices");
    v.shell.to_sale_detail(sale);
    v.settle();
    v.look("sale_detail");
    v.tap("button:take_payment");
    v.look("take_payment");
    v.tap("button:action_cancel");
    money_taken_before(v, sale);
    v.tap("button:deliver");
    v.look("deliver");
    v.tap("button:action_cancel");
    v.tap("button:credit_note");
    v.tap("button:action_do");
    v.look("credit_note_reason_missing");
    v.tap("button:action_cancel");
    v.tap("button:refund");
    v.type("field:reason", "engine");
    v.tap("button:action_do");
    v.look("refund_approval");
    v.shell.to_customers();
    v.settle();
    v.look("customers");
    v.tap("button:new_customer");
    v.look("customer_new");
    v.shell.to_customer(v.app.house.customer);
    v.settle();
    v.look("customer");
    v.tap("button:edit_customer");
    v.look("customer_edit");
}

domain::Assistance ring(const Visitor& v) {
    domain::Assistance call;
    call.id = v.app.house.next_id();
    call.created_at = call.updated_at = call.occurred_at = call.called_at = v.app.now();
    call.branch_id = v.app.house.nairobi;
    call.terminal_id = v.app.house.other_terminal;
    call.car_id = Dealership::car(100);
    v.app.world.put(call);
    return call;
}

void what_else_there_is(const Visitor& v) {
    v.shell.to_leads();
    v.settle();
    v.look("leads");
    v.tap("chip:leads.filter_closed");
    v.look("leads_none");
    v.shell.to_notifications();
    v.settle();
    v.look("notifications");
    v.shell.to_sync();
    v.settle();
    v.look("sync");
    v.app.link_.online = false;
    v.app.link_.cause = "no_network";
    v.app.link_.pending = 2;
    v.app.waiting_commands = {
        {4, "record_sale", "NBO-T01-I000007", "pending", v.app.now() - 120'000},
        {5, "take_payment", "NBO-T01-R000009", "in_doubt", v.app.now() - 60'000}};
    v.app.touch();
    v.shell.to_sync();
    v.settle();
    v.look("sync_offline");
    v.shell.to_profile();
    v.settle();
    v.look("profile_offline");
    v.app.link_.online = true;
    v.app.link_.pending = 0;
    v.app.touch();
    v.settle();
    v.look("profile");
    v.tap("button:set_pin");
    v.look("profile_pin");
    // Nobody has touched it for long enough.
    v.wait(terminal::kSignOutAfterMs - terminal::kWarnForMs + 1000);
    v.look("idle_warning_seller");
    v.tap("button:still_there/confirm");
    v.shell.to_service();
    v.settle();
    v.look("service_door");
    v.tap("avatar:person:manager");
    v.type("field:password", "manager-and-keys");
    v.tap("button:sign_in");
    v.look("service");
    v.tap("button:leave_kiosk");
    v.look("service_leave");
    (void)ring(v);
    v.shell.to_home();
    v.app.touch();
    v.settle();
    v.look("assistance");
    v.tap("button:answer_call");
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
                   item(3, "review", ""), item(4, "in_doubt", "car_sold"), item(5, "poison", "")};
    v.app.items[0].own = terminal::SaleSide{v.app.items[0].sale_id, "NBO-T01-I000001",
                                            "Westlands showroom", "T01", v.app.now() - 3'600'000};
    v.app.items[0].other = terminal::SaleSide{
        {}, "MBA-T01-I000003", "Mombasa Nyali showroom", "T02", v.app.now() - 7'200'000};
    v.app.items[1].args = v.app.house.sale_args(Dealership::car(100), 50'000'000);
    v.app.link_.attention = 5;
    v.app.touch();
    v.settle();
    v.look("attention");
    v.tap("button:other_car:1");
    v.look("attention_other_car");
    v.tap("row:car:" + Dealership::car(104).to_string());
    v.look("attention_approval");
}

// The same call, where no one is signed in.
void a_call_for_colleagues(const Visitor& v) {
    v.app.sign_out();
    auto call = ring(v);
    v.shell.to_browse();
    v.app.touch();
    v.settle();
    v.look("call_for_staff_browse");
    v.shell.to_car(Dealership::car(101));
    v.settle();
    v.look("call_for_staff_car");
    v.shell.to_attract();
    v.settle();
    v.look("call_for_staff_attract");
    call.status = domain::AssistanceStatus::kAnswered;
    v.app.world.put(call);
}

}  // namespace

void visit_as_seller(const Visitor& visitor) {
    signing_in(visitor);
    at_home(visitor);
    selling(visitor);
    papers(visitor);
    visit_what_was_sold(visitor);
}

void visit_what_was_sold(const Visitor& visitor) {
    looking_after(visitor);
    what_else_there_is(visitor);
    what_needs_attention(visitor);
    a_call_for_colleagues(visitor);
}

}  // namespace showfloor::test
