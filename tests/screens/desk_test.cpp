// What a signed-in person does beside selling: money of recorded sales, customers, leads,
// notifications, sync, profile, a visitor's call. By touch; the real rules judge the commands.

#include <doctest/doctest.h>

#include "domain/limits.hpp"
#include "domain/records_leads.hpp"
#include "screen_stage.hpp"

using namespace showfloor;
using base::Uuid;
using test::Dealership;
using test::ScreenStage;

namespace {

struct DeskStage : ScreenStage {
    explicit DeskStage(const std::string& locale = "en", int wide = 1920, int high = 1080)
        : ScreenStage(locale, "day", wide, high) {
        sign_in_as(app.house.seller);
    }
    // Records a sale by the rules, as the seller.
    Uuid sell(int car, std::int64_t cash_minor, base::Json more = base::Json::object()) {
        auto args = app.house.sale_args(Dealership::car(car), cash_minor);
        args.update(more);
        auto command = app.house.make("record_sale", args, app.house.seller, app.house.terminal);
        const auto outcome = app.house.submit(command, app.house.terminal);
        REQUIRE_MESSAGE(outcome.applied(), domain::name_of(outcome.code), " ", outcome.field);
        app.refresh();
        return Dealership::id_in(outcome, "sale_id");
    }
    void look_at(const Uuid& sale) {
        shell.to_sale_detail(sale);
        settle();
    }
    [[nodiscard]] domain::Sale sale(const Uuid& id) { return *app.world.get<domain::Sale>(id); }
    [[nodiscard]] domain::Invoice invoice(const Uuid& id) {
        return *app.world.get<domain::Invoice>(sale(id).invoice_id);
    }
    void approve() {
        tap("avatar:person:manager");
        hand.type("manager-and-keys");
        hand.key(ui::Key::kEnter);
    }
    Uuid leave_lead() {
        domain::Lead lead;
        lead.id = app.house.next_id();
        lead.created_at = lead.updated_at = lead.occurred_at = app.now() - 60'000;
        lead.kind = domain::LeadKind::kTestDrive;
        lead.car_id = Dealership::car(102);
        lead.name = "Peter Kamau";
        lead.phone = "+254722000118";
        lead.consent_version = "1";
        lead.consent_at = app.now();
        lead.branch_id = app.house.nairobi;
        lead.terminal_id = app.house.terminal;
        app.world.put(lead);
        app.touch();
        settle();
        return lead.id;
    }
};

domain::Assistance call_from(ScreenStage& stage, const Uuid& terminal) {
    domain::Assistance call;
    call.id = stage.app.house.next_id();
    call.created_at = call.updated_at = call.occurred_at = call.called_at = stage.app.now();
    call.branch_id = stage.app.house.nairobi;
    call.terminal_id = terminal;
    call.car_id = Dealership::car(100);
    stage.app.world.put(call);
    stage.app.touch();
    stage.settle();
    return call;
}

std::string name_of(ScreenStage& stage, const Uuid& terminal) {
    const auto found = *stage.app.world.get<domain::Terminal>(terminal);
    return found.name.empty() ? found.code : found.name;
}

}  // namespace

TEST_CASE("home: what was sold, what is open and what is due stand there") {
    DeskStage stage;
    const Uuid id = stage.sell(100, 100'000'000);
    stage.shell.to_home();
    stage.settle();
    CHECK(stage.shows("1 car"));
    CHECK(stage.shows("KES 4.26 M"));
    CHECK(stage.shows("1 invoice, 0 overdue"));
    stage.tap("rail:sales");
    CHECK(stage.screen() == "sales");
    stage.tap("row:sale:" + id.to_string());
    CHECK(stage.screen() == "sale_detail");
    stage.tap("button:back");
    CHECK(stage.screen() == "sales");
}

TEST_CASE("sales: found by customer, number or car; filtered by what became of them") {
    DeskStage stage;
    const Uuid first = stage.sell(100, 0), second = stage.sell(101, 0);
    stage.shell.to_sales();
    stage.settle();
    stage.type("field:find_sale", "corolla");
    CHECK(stage.find("row:sale:" + first.to_string()) != nullptr);
    CHECK(stage.find("row:sale:" + second.to_string()) == nullptr);
    stage.tap("clear:find_sale");
    stage.tap("chip:filter_delivered");
    CHECK(stage.shows("No matches"));
    stage.tap("button:show_all");
    CHECK(stage.find("row:sale:" + second.to_string()) != nullptr);
}

TEST_CASE("sales: a seller sees their own, a manager the branch's") {
    DeskStage stage;
    stage.sell(100, 0);
    stage.sign_in_as(stage.app.house.other_seller);
    stage.shell.to_sales();
    stage.settle();
    CHECK(stage.shows("No sales yet"));
    stage.sign_in_as(stage.app.house.manager);
    stage.shell.to_sales();
    stage.settle();
    CHECK(stage.shows("Amina Hassan"));
    // Others' commission is nobody's business.
    CHECK_FALSE(stage.shows("your commission"));
}

TEST_CASE(
    "sale: a payment is taken, the balance falls; more than the balance is refused in words") {
    DeskStage stage;
    const Uuid id = stage.sell(100, 100'000'000);
    stage.look_at(id);
    stage.tap("button:take_payment");
    stage.type("field:pay_amount", "9");  // the whole balance stands there already: ten times more
    CHECK(stage.shows("More than is left to pay."));
    stage.tap("field:pay_amount");
    stage.hand.key(ui::Key::kBackspace);
    stage.hand.key(ui::Key::kEscape);
    stage.tap("chip:pay_card");
    stage.type("field:pay_reference", "slip 9");
    stage.tap("button:action_do");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted.back().name == "take_payment");
    CHECK(stage.app.submitted.back().args["amount_minor"] == 326'000'000);
    CHECK(stage.app.submitted.back().args["method"] == "card");
    CHECK(stage.shows("waiting to clear"));
    // What waits to clear is not asked for twice.
    CHECK(stage.find("button:take_payment") == nullptr);
    CHECK(stage.invoice(id).balance_minor == 326'000'000);
}

TEST_CASE("sale: a pending payment arrives, or fails with a reason") {
    DeskStage stage;
    const Uuid id = stage.sell(100, 0);
    for (const char* method : {"card", "cheque"}) {
        auto command = stage.app.house.make("take_payment",
                                            {{"id", stage.app.house.next_id().to_string()},
                                             {"invoice_id", stage.sale(id).invoice_id.to_string()},
                                             {"amount_minor", 1'000'000},
                                             {"method", method}},
                                            stage.app.house.seller, stage.app.house.terminal);
        REQUIRE(stage.app.house.submit(command, stage.app.house.terminal).applied());
    }
    stage.app.refresh();
    stage.look_at(id);
    const auto payments = stage.app.world.find<domain::Payment>(
        {.where = {{"invoice_id", stage.sale(id).invoice_id.to_string()}}});
    REQUIRE(payments.size() == 2);
    stage.tap("button:clear:" + payments[0].id.to_string());
    stage.tap("button:action_do");
    CHECK(stage.app.submitted.back().name == "clear_payment");
    CHECK(stage.invoice(id).amount_paid_minor == 1'000'000);
    stage.tap("button:fail:" + payments[1].id.to_string());
    stage.tap("button:action_do");
    CHECK(stage.shows("Give a reason"));
    stage.type("field:reason", "bounced");
    stage.tap("button:action_do");
    CHECK(stage.app.submitted.back().name == "fail_payment");
    CHECK(stage.app.submitted.back().args["reason"] == "bounced");
}

TEST_CASE("sale: what is a manager's to decide needs one to sign in; a manager decides at once") {
    DeskStage stage;
    const Uuid id = stage.sell(100, 100'000'000);
    stage.look_at(id);
    stage.tap("button:refund");
    stage.type("field:reason", "engine trouble");
    stage.tap("button:action_do");
    CHECK(stage.app.submitted.empty());
    stage.approve();
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted.back().name == "refund_sale");
    CHECK(stage.app.submitted.back().co_actor_id == stage.app.house.manager);
    CHECK(stage.sale(id).status == domain::SaleStatus::kRefunded);
    CHECK(stage.shows("given back"));

    DeskStage boss;
    const Uuid other = boss.sell(101, 100'000'000);
    boss.sign_in_as(boss.app.house.manager);
    boss.look_at(other);
    boss.tap("button:credit_note");
    boss.type("field:credit_amount", "50000");
    boss.type("field:reason", "scratch");
    boss.tap("button:action_do");
    REQUIRE(boss.app.submitted.size() == 1);
    CHECK(boss.app.submitted.back().args["amount_minor"] == 5'000'000);
    CHECK(boss.invoice(other).credited_minor == 5'000'000);
}

TEST_CASE("sale: handed over; a refusal is said on the sheet and nothing is lost") {
    DeskStage stage;
    const Uuid id = stage.sell(100, 0);
    stage.look_at(id);
    stage.tap("button:deliver");
    stage.app.next_outcome = domain::refuse(domain::Code::kWrongState);
    stage.tap("button:action_do");
    CHECK(stage.shows("This cannot be done in its present state."));
    stage.tap("button:action_do");
    CHECK(stage.sale(id).status == domain::SaleStatus::kDelivered);
    CHECK(stage.shows("Congratulations"));
}

TEST_CASE("invoices: what falls due first stands first, overdue in words") {
    DeskStage stage;
    base::Json plan = base::Json::array();
    plan.push_back({{"due_at", stage.app.now() - 5LL * 86'400'000}, {"amount_minor", 200'000'000}});
    plan.push_back(
        {{"due_at", stage.app.now() + 20LL * 86'400'000}, {"amount_minor", 126'000'000}});
    const Uuid id = stage.sell(100, 100'000'000, {{"installments", plan}});
    stage.shell.to_invoices();
    stage.settle();
    CHECK(stage.shows("KES 2,000,000 overdue since"));
    stage.tap("chip:filter_overdue");
    CHECK(stage.find("row:sale:" + id.to_string()) != nullptr);
    stage.shell.to_home();
    stage.settle();
    CHECK(stage.shows("Instalment overdue: Wanjiru Otieno"));
    CHECK(stage.shows("1 invoice, 1 overdue"));
    stage.tap("row:today:due:" + id.to_string());
    stage.tap("button:take_payment");
    stage.tap("button:action_do");
    CHECK(stage.app.submitted.back().args["amount_minor"] == 200'000'000);
}

TEST_CASE("customers: found, looked at with their sales, corrected") {
    DeskStage stage;
    const Uuid sale = stage.sell(100, 0);
    stage.shell.to_customers();
    stage.settle();
    stage.type("field:find_customer", "otieno");
    stage.tap("row:customer:" + stage.app.house.customer.to_string());
    CHECK(stage.screen() == "customer");
    CHECK(stage.find("row:sale:" + sale.to_string()) != nullptr);
    stage.tap("button:edit_customer");
    stage.type("field:company_name", "Otieno & Co");
    stage.tap("button:save_customer");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted.back().name == "update_customer");
    // Only what changed travels.
    CHECK(stage.app.submitted.back().args["company_name"] == "Otieno & Co");
    CHECK_FALSE(stage.app.submitted.back().args.contains("phone"));
    CHECK(stage.shows("Otieno & Co"));
}

TEST_CASE("leads: a new one is taken, worked and won") {
    DeskStage stage;
    const Uuid id = stage.leave_lead();
    stage.tap("button:home");
    stage.tap("rail:leads");
    CHECK(stage.shows("Test drive · 2020 Subaru Forester"));
    CHECK(stage.shows("Peter Kamau"));
    stage.tap("button:claim:" + id.to_string());
    CHECK(stage.app.world.get<domain::Lead>(id)->owner_id == stage.app.house.seller);
    stage.tap("button:contacted:" + id.to_string());
    stage.tap("button:appointment:" + id.to_string());
    stage.tap("button:won:" + id.to_string());
    CHECK(stage.app.world.get<domain::Lead>(id)->status == domain::LeadStatus::kWon);
    stage.tap("chip:leads.filter_closed");
    CHECK(stage.shows("Peter Kamau"));
}

TEST_CASE("leads: one that somebody else took meanwhile is said, not lost") {
    DeskStage stage;
    const Uuid id = stage.leave_lead();
    stage.shell.to_leads();
    stage.settle();
    stage.app.next_outcome = domain::refuse(domain::Code::kWrongState);
    stage.tap("button:claim:" + id.to_string());
    CHECK(stage.shows("This cannot be done in its present state."));
}

TEST_CASE("notifications: told in words, read by touch, put away") {
    DeskStage stage;
    domain::Notification note;
    note.id = stage.app.house.next_id();
    note.occurred_at = note.created_at = note.updated_at = stage.app.now();
    note.type = "inventory";
    note.message = "notification.inventory";
    note.values = R"({"car":"2022 Toyota Corolla Cross"})";
    note.record = "car";
    note.record_id = Dealership::car(100);
    note.branch_id = stage.app.house.nairobi;
    note.audience = {"seller"};
    stage.app.world.put(note);
    stage.app.touch();
    stage.settle();
    CHECK(stage.shell.unread_notifications == 1);
    stage.shell.to_notifications();
    stage.settle();
    CHECK(stage.shows("2022 Toyota Corolla Cross is now for sale."));
    stage.tap("button:all_read");
    CHECK(stage.app.submitted.back().name == "read_notification");
    CHECK(stage.shell.unread_notifications == 0);
    stage.tap("button:dismiss:" + note.id.to_string());
    CHECK(stage.app.submitted.back().name == "dismiss_notification");
    CHECK(stage.shows("Nothing new"));
}

TEST_CASE("sync: why there is no connection, since when, and what waits; a try by touch") {
    DeskStage stage;
    stage.app.link_.online = false;
    stage.app.link_.cause = "tls_identity";
    stage.app.link_.sentence = "Certificate verification failed (X509: not trusted).";
    stage.app.link_.last_contact_at = stage.app.now() - 3'600'000;
    stage.app.waiting_commands = {
        {4, "record_sale", "NBO-T01-I000007", "pending", stage.app.now() - 120'000}};
    stage.app.touch();
    stage.shell.to_sync();
    stage.settle();
    CHECK(stage.shows("Whoever answers is not our central."));
    CHECK(stage.shows("Offline since"));
    CHECK_FALSE(stage.shows("X509"));
    CHECK(stage.shows("NBO-T01-I000007"));
    CHECK(stage.shows("2 min ago"));
    CHECK(stage.shows("1 entry waiting"));
    stage.tap("button:sync_now");
    CHECK(stage.app.synced == 1);
    CHECK(stage.shows("Trying now"));
    stage.tap("button:diagnostics");
    CHECK(stage.shows("/papers/diagnostics-NBO-T01.json"));
}

TEST_CASE("profile: a PIN is typed twice and set; a plain one is refused in words") {
    DeskStage stage;
    stage.shell.to_profile();
    stage.settle();
    stage.tap("button:set_pin");
    stage.hand.type("111111");
    stage.hand.type("111111");
    CHECK(stage.shows("Not all alike"));
    stage.hand.type("271828");
    stage.hand.type("271829");
    CHECK(stage.shows("The two are not alike."));
    stage.hand.type("271828");
    stage.hand.type("271828");
    CHECK(stage.shows("The PIN is set for today."));
    CHECK(stage.app.pins["seller"] == "271828");
}

TEST_CASE("profile: the password is changed at central, and needs the network") {
    DeskStage stage;
    stage.shell.to_profile();
    stage.settle();
    stage.type("field:former", "wrong-one-here");
    stage.type("field:fresh", "a-better-password");
    stage.type("field:again", "a-better-password");
    stage.tap("button:change_password");
    CHECK(stage.shows("The former password is not right."));
    stage.type("field:former", "kiosk-and-keys");
    stage.tap("button:change_password");
    CHECK(stage.shows("Changed."));
    CHECK(stage.app.passwords["seller"] == "a-better-password");
    stage.app.link_.online = false;
    stage.app.touch();
    stage.settle();
    CHECK(stage.find("field:former") == nullptr);
    CHECK(stage.shows("this needs the network"));
}

TEST_CASE("attention: an overdue instalment is counted; what is in doubt is told as doubt") {
    DeskStage stage;
    base::Json plan = base::Json::array();
    plan.push_back({{"due_at", stage.app.now() - 3LL * 86'400'000}, {"amount_minor", 326'000'000}});
    (void)stage.sell(100, 100'000'000, {{"installments", plan}});
    stage.settle();
    CHECK(stage.shell.needs_attention() == 1);
    terminal::AttentionItem item;
    item.number = 4;
    item.kind = "in_doubt";
    item.command = "record_sale";
    item.code = "car_sold";
    stage.app.items = {item};
    stage.app.touch();
    stage.shell.to_attention();
    stage.settle();
    CHECK(stage.shows("Central answers soon"));
    CHECK_FALSE(stage.shows("sold elsewhere"));
}

TEST_CASE("service: five seconds and an administrator open it, nobody else") {
    DeskStage stage;
    stage.shell.to_profile();
    stage.settle();
    stage.bring_up("service:hold");
    const ui::Point at = stage.find("service:hold")->visible.centre();
    stage.hand.press(at);
    stage.settle();
    stage.pass(5'500);
    CHECK(stage.screen() == "service");
    stage.hand.release(at);
    stage.settle();
    // The tiles are those who may; others are told when they try by name.
    CHECK(stage.find("avatar:person:manager") != nullptr);
    CHECK(stage.find("avatar:person:seller") == nullptr);
    CHECK(stage.find("avatar:person:other_seller") == nullptr);
    stage.tap("avatar:someone_else");
    stage.type("field:login", "other_seller");
    stage.tap("field:password");
    stage.hand.type("brian-and-keys");
    stage.hand.key(ui::Key::kEnter);
    CHECK(stage.shows("Only administrators"));
    stage.approve();
    CHECK(stage.shows("/var/lib/showfloor"));
    stage.tap("button:check_files");
    CHECK(stage.shows("Databases and journal are whole."));
    stage.tap("button:leave_kiosk");
    CHECK_FALSE(stage.shell.leave);
    stage.tap("button:leave/confirm");
    CHECK(stage.shell.leave);
}

TEST_CASE("assistance: a call rings over any screen of who is signed in, and is answered") {
    DeskStage stage;
    const auto call = call_from(stage, stage.app.house.other_terminal);
    CHECK(stage.shows("a customer asks for help"));
    CHECK(stage.shows("2022 Toyota Corolla Cross"));
    stage.tap("button:answer_call");
    REQUIRE(stage.app.submitted.size() == 1);
    CHECK(stage.app.submitted.back().name == "answer_assistance");
    CHECK(stage.app.world.get<domain::Assistance>(call.id)->answered_by == stage.app.house.seller);
    CHECK_FALSE(stage.shows("a customer asks for help"));
}

TEST_CASE("assistance: where nobody is signed in it is a calm line, and a way in") {
    for (const char* screen : {"browse", "attract", "car"}) {
        ScreenStage stage;
        if (screen == std::string("attract")) stage.shell.to_attract();
        if (screen == std::string("car")) stage.shell.to_car(Dealership::car(101));
        stage.settle();
        const auto call = call_from(stage, stage.app.house.other_terminal);
        INFO(std::string(screen));
        CHECK(stage.screen() == screen);
        CHECK(stage.shows("Someone at " + name_of(stage, call.terminal_id) +
                          " asked for a colleague · 2022 Toyota Corolla Cross"));
        // Nothing rings at a visitor, and nobody is promised anything.
        CHECK(stage.find("button:answer_call") == nullptr);
        stage.tap("button:for_staff");
        CHECK(stage.screen() == "sign_in");
        CHECK_FALSE(stage.shows("Someone at"));
        stage.tap("avatar:person:seller");
        stage.hand.type("kiosk-and-keys");
        stage.hand.key(ui::Key::kEnter);
        CHECK(stage.shows("a customer asks for help"));
        stage.tap("button:answer_call");
        CHECK(stage.app.submitted.back().name == "answer_assistance");
    }
}

TEST_CASE("assistance: the caller’s own terminal and other branches’ show no such line") {
    ScreenStage stage;
    (void)call_from(stage, stage.app.house.terminal);
    CHECK_FALSE(stage.shows("asked for a colleague"));
    auto elsewhere = call_from(stage, stage.app.house.mombasa_terminal);
    elsewhere.branch_id = stage.app.house.mombasa;
    stage.app.world.put(elsewhere);
    stage.app.touch();
    stage.settle();
    CHECK_FALSE(stage.shows("asked for a colleague"));
}

TEST_CASE("assistance: a call is heard, again while nobody comes, and not by who called") {
    ScreenStage stage;
    int rung = 0;
    stage.shell.ring = [&](ui::Signal signal) { rung += signal == ui::Signal::kCall ? 1 : 0; };
    (void)call_from(stage, stage.app.house.terminal);
    CHECK(rung == 0);
    stage.app.set_now(stage.app.now() + 1000);
    auto call = call_from(stage, stage.app.house.other_terminal);
    CHECK(rung == 1);
    stage.pass(terminal::kRingEveryMs - 2000);
    CHECK(rung == 1);
    stage.pass(3000);
    CHECK(rung == 2);
    call.status = domain::AssistanceStatus::kAnswered;
    stage.app.world.put(call);
    stage.app.touch();
    stage.settle();
    stage.pass(2 * terminal::kRingEveryMs);
    CHECK(rung == 2);
}

TEST_CASE("assistance: it does not ring after its minute, nor again for who put it away") {
    ScreenStage stage;
    auto call = call_from(stage, stage.app.house.other_terminal);
    call.created_at = stage.app.now() - domain::kCallWaitsMs - 1000;
    stage.app.world.put(call);
    stage.app.touch();
    stage.settle();
    CHECK_FALSE(stage.shows("asked for a colleague"));
    stage.sign_in_as(stage.app.house.seller);
    CHECK_FALSE(stage.shows("asks for help"));
    call.created_at = stage.app.now();
    stage.app.world.put(call);
    stage.app.touch();
    stage.settle();
    CHECK(stage.shows("asks for help"));
    stage.tap("button:call_not_now");
    CHECK_FALSE(stage.shows("asks for help"));
    stage.app.sign_out();
    stage.settle();
    CHECK_FALSE(stage.shows("asks for help"));
    CHECK(stage.shows("asked for a colleague"));  // somebody else may come
}

TEST_CASE("call: from a car it says which, also from its pictures and its finance; else none") {
    ScreenStage stage;
    auto branch = *stage.app.world.get<domain::Branch>(stage.app.house.nairobi);
    branch.finance_rates = {{60, 980}};
    stage.app.world.put(branch);
    stage.app.put_picture(Dealership::car(101), 0, {200, 40, 30}, 80, 60);
    stage.app.refresh();
    stage.settle();
    const auto called_from = [&](const char* way) {
        if (way != nullptr) stage.tap(way);
        stage.shell.visit.overlay = terminal::Overlay::kCall;
        stage.settle();
        const base::Json args = stage.app.submitted.back().args;
        stage.tap("button:call_cancel");
        return base::text_member(args, "car_id");
    };
    stage.tap("button:call");
    CHECK_FALSE(stage.app.submitted.back().args.contains("car_id"));
    stage.tap("button:call_cancel");
    stage.tap("card:" + Dealership::car(101).to_string());
    stage.tap("button:call");
    REQUIRE(stage.app.submitted.back().name == "call_assistance");
    CHECK(stage.app.submitted.back().args["car_id"] == Dealership::car(101).to_string());
    stage.tap("button:call_cancel");
    for (const auto& [way, back] : {std::pair{"button:test_drive", "chip:back"},
                                    {"button:finance", "chip:back"},
                                    {"chip:gallery", "button:close_gallery"}}) {
        INFO(std::string(way));
        CHECK(called_from(way) == Dealership::car(101).to_string());
        stage.tap(back);
        CHECK(stage.screen() == "car");
    }
    CHECK(called_from(nullptr) == Dealership::car(101).to_string());
    stage.tap("chip:back");
    CHECK(called_from(nullptr).empty());
}

TEST_CASE("sections: who may read no sales has no way there") {
    ScreenStage stage;
    stage.sign_in_as(stage.app.house.mechanic);
    stage.shell.to_home();
    stage.settle();
    CHECK(stage.find("rail:sales") == nullptr);
    CHECK(stage.find("rail:invoices") == nullptr);
    CHECK(stage.find("rail:sync") != nullptr);
}
