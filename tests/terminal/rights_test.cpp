// Every command of the terminal through `do`, as every person who may sign in there and as nobody:
// done, or refused, as the one rights table says. What belongs to somebody else, or to another
// branch, is reached as far as the table's reach and no farther.

#include "domain/rights.hpp"

#include <algorithm>
#include <set>

#include "rights_scene.hpp"

namespace showfloor::test {

namespace {

using domain::Action;
using domain::Area;
using domain::Reach;

Json id_args(const char* name, const Uuid& id) {
    return {{name, id.to_string()}};
}

struct Case {
    const char* command;
    // The cells of the table that open it; any of them.
    Area area;
    std::vector<Action> actions;
    // Arguments of a command that is good in every other way.
    std::function<Json(Scene&, const Whose&)> args;
    bool acts_on_something = true;  // so that it can be somebody else's
    bool once = false;              // a second one in a row is refused for being the second
};

std::vector<Case> people_cases() {
    using S = Scene&;
    using W = const Whose&;
    return {
        {"create_customer",
         Area::kCustomers,
         {Action::kCreate},
         [](S s, W) {
             return Json{{"first_name", "New"}, {"last_name", "One"}, {"phone", s.next_phone()}};
         },
         false},
        {"update_customer",
         Area::kCustomers,
         {Action::kChange},
         [](S s, W w) {
             return Json{{"id", s.customer(w).to_string()}, {"notes", "Likes blue"}};
         }},
        {"create_lead",
         Area::kLeads,
         {Action::kCreate},
         [](S s, W) {
             return Json{{"kind", "callback"},
                         {"name", "Visitor"},
                         {"phone", s.next_phone()},
                         {"consent_version", "1"},
                         {"consent_at", s.clock.wall()}};
         },
         false},
        {"claim_lead",
         Area::kLeads,
         {Action::kWork},
         [](S s, W w) { return id_args("lead_id", s.lead(w)); }},
        {"update_lead",
         Area::kLeads,
         {Action::kWork},
         [](S s, W w) {
             return Json{{"id", s.lead(w).to_string()}, {"notes", "Called"}};
         }},
        {"call_assistance",
         Area::kLeads,
         {Action::kCreate},
         [](S, W) { return Json::object(); },
         false,
         true},
        {"answer_assistance",
         Area::kLeads,
         {Action::kWork},
         [](S s, W w) { return id_args("assistance_id", s.call(w, s.shop().other_terminal)); }},
        // A call is ended where it was made.
        {"end_assistance",
         Area::kLeads,
         {Action::kCreate},
         [](S s, W w) {
             return Json{{"assistance_id", s.call(w, s.shop().terminal).to_string()},
                         {"status", "withdrawn"}};
         },
         false},
        {"read_notification",
         Area::kNotifications,
         {Action::kChange},
         [](S s, W w) {
             return id_args("notification_id", s.note(w, w.branch == s.shop().nairobi));
         }},
        {"dismiss_notification",
         Area::kNotifications,
         {Action::kChange},
         [](S s, W w) {
             return id_args("notification_id", s.note(w, w.branch == s.shop().nairobi));
         }},
        {"create_item",
         Area::kItems,
         {Action::kCreate},
         [](S, W) {
             return Json{{"item_name", "Wrench"}, {"currency", "KES"}};
         },
         false},
        {"update_item",
         Area::kItems,
         {Action::kChange},
         [](S s, W w) {
             const bool own = w.branch == s.shop().nairobi && !w.self.is_nil();
             return Json{{"id", s.item(own ? w.self : s.shop().mombasa_seller).to_string()},
                         {"quantity", 2}};
         }},
        {"archive_item",
         Area::kItems,
         {Action::kDelete},
         [](S s, W w) {
             const bool own = w.branch == s.shop().nairobi && !w.self.is_nil();
             return id_args("item_id", s.item(own ? w.self : s.shop().mombasa_seller));
         }},
    };
}

std::vector<Case> sale_cases() {
    using S = Scene&;
    using W = const Whose&;
    const std::vector<Action> decides = {Action::kChange, Action::kAsk};
    return {
        {"record_sale",
         Area::kSales,
         {Action::kCreate},
         [](S s, W w) {
             return Json{{"car_id", s.car(w).to_string()}, {"customer_id", w.customer.to_string()}};
         },
         false},
        {"deliver_sale",
         Area::kSales,
         {Action::kChange},
         [](S s, W w) { return id_args("sale_id", s.sale(w).id); }},
        {"take_payment",
         Area::kSales,
         {Action::kChange},
         [](S s, W w) {
             return Json{{"invoice_id", s.sale(w).invoice_id.to_string()},
                         {"amount_minor", 1000},
                         {"method", "cash"}};
         }},
        {"clear_payment",
         Area::kSales,
         {Action::kChange},
         [](S s, W w) { return id_args("payment_id", s.payment(w, "cheque")); }},
        {"fail_payment",
         Area::kSales,
         {Action::kChange},
         [](S s, W w) { return id_args("payment_id", s.payment(w, "cheque")); }},
        {"reverse_payment", Area::kSaleDecisions, decides,
         [](S s, W w) {
             return Json{{"payment_id", s.payment(w, "cash").to_string()}, {"reason", "Wrong"}};
         }},
        {"issue_credit_note", Area::kSaleDecisions, decides,
         [](S s, W w) {
             return Json{{"invoice_id", s.sale(w).invoice_id.to_string()},
                         {"amount_minor", 1000},
                         {"reason", "Scratch"}};
         }},
        {"refund_sale", Area::kSaleDecisions, decides,
         [](S s, W w) {
             return Json{{"sale_id", s.sale(w).id.to_string()}, {"reason", "Back"}};
         }},
        {"cancel_sale", Area::kSaleDecisions, decides,
         [](S s, W w) {
             return Json{{"sale_id", s.sale(w, 0, true).id.to_string()}, {"reason", "Back"}};
         }},
        {"decide_dispute", Area::kSaleDecisions, decides,
         [](S s, W w) {
             return Json{{"sale_id", s.sale(w, 0, true).id.to_string()},
                         {"decision", "refund"},
                         {"reason", "Sold twice"}};
         }},
        {"reserve_car",
         Area::kReservations,
         {Action::kCreate},
         [](S s, W w) {
             return Json{{"car_id", s.car(w).to_string()},
                         {"customer_id", w.customer.to_string()},
                         {"until", s.clock.wall() + kDay}};
         },
         false},
        {"cancel_reservation",
         Area::kReservations,
         {Action::kChange},
         [](S s, W w) {
             return Json{{"reservation_id", s.reservation(w).to_string()}, {"reason", "Left"}};
         }},
        {"open_till",
         Area::kSales,
         {Action::kCreate},
         [](S, W) {
             return Json{{"opening_float_minor", 0}};
         },
         false,
         true},
        {"close_till",
         Area::kSales,
         {Action::kChange},
         [](S s, W w) {
             return Json{{"till_id", s.till(w).to_string()},
                         {"counted", {{{"method", "cash"}, {"counted_minor", 0}}}}};
         }},
    };
}

std::vector<Case> goods_cases() {
    using S = Scene&;
    using W = const Whose&;
    return {
        {"record_counter_sale",
         Area::kOutgoingOrders,
         {Action::kCreate},
         [](S s, W) {
             return Json{{"lines", s.lines()}};
         },
         false},
        // Sold goods are money and goods back.
        {"cancel_outgoing_order",
         Area::kSaleDecisions,
         {Action::kChange, Action::kAsk},
         [](S s, W w) {
             return Json{{"order_id", s.order(w).to_string()}, {"reason", "Back"}};
         }},
        {"adjust_stock",
         Area::kStock,
         {Action::kChange},
         [](S s, W w) {
             return Json{{"batch_id", s.batches.at(w.branch).to_string()},
                         {"change", -1},
                         {"reason", "Broken"}};
         }},
        {"create_incoming_order",
         Area::kIncomingOrders,
         {Action::kCreate},
         [](S s, W w) { return s.incoming_args(w); },
         false},
        {"receive_incoming_order",
         Area::kIncomingOrders,
         {Action::kChange},
         [](S s, W w) { return id_args("order_id", s.incoming(w)); }},
        {"cancel_incoming_order",
         Area::kIncomingOrders,
         {Action::kChange, Action::kWork},
         [](S s, W w) { return id_args("order_id", s.incoming(w)); }},
        {"create_delivery",
         Area::kDeliveries,
         {Action::kCreate},
         [](S s, W w) { return id_args("sale_id", s.sale(w).id); }},
        {"update_delivery",
         Area::kDeliveries,
         {Action::kWork},
         [](S s, W w) {
             return Json{{"id", s.delivery(w).to_string()}, {"notes", "At noon"}};
         }},
    };
}

std::vector<Case> workshop_cases() {
    using S = Scene&;
    using W = const Whose&;
    const auto on = [](const char* command, Action action, Json more) {
        return Case{command, Area::kTickets, {action}, [more](S s, W w) {
                        Json args = more;
                        args["ticket_id"] = s.ticket(w).to_string();
                        if (args.contains("product_id")) args["product_id"] = s.product.to_string();
                        if (args.contains("mechanic_id"))
                            args["mechanic_id"] = s.shop().mechanic.to_string();
                        if (args.contains("add_ids"))
                            args["add_ids"] = {s.shop().mechanic.to_string()};
                        return args;
                    }};
    };
    return {
        {"create_ticket",
         Area::kTickets,
         {Action::kCreate},
         [](S, W w) {
             return Json{{"customer_id", w.customer.to_string()},
                         {"plate", "KDA 123X"},
                         {"description", "Brakes"}};
         },
         false},
        {"update_ticket",
         Area::kTickets,
         {Action::kChange},
         [](S s, W w) {
             return Json{{"id", s.ticket(w).to_string()}, {"bay", "2"}};
         }},
        on("assign_mechanic", Action::kChange, {{"mechanic_id", ""}}),
        on("remove_mechanic", Action::kChange, {{"mechanic_id", ""}}),
        on("edit_mechanics", Action::kChange, {{"add_ids", Json::array()}}),
        on("add_part", Action::kChange, {{"product_id", ""}, {"quantity", 1}}),
        {"remove_part",
         Area::kTickets,
         {Action::kChange},
         [](S s, W w) {
             return id_args("part_id", s.made("add_part",
                                              {{"ticket_id", s.ticket(w).to_string()},
                                               {"product_id", s.product.to_string()},
                                               {"quantity", 1}},
                                              w.manager));
         }},
        on("add_labour", Action::kChange, {{"minutes", 30}}),
        {"remove_labour",
         Area::kTickets,
         {Action::kChange},
         [](S s, W w) {
             return id_args(
                 "labour_id",
                 s.made("add_labour", {{"ticket_id", s.ticket(w).to_string()}, {"minutes", 30}},
                        w.manager));
         }},
        on("set_ticket_status", Action::kChange, {{"status", "in_progress"}}),
    };
}

std::vector<Case> all_cases() {
    std::vector<Case> all;
    for (auto part : {people_cases(), sale_cases(), goods_cases(), workshop_cases()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

// The table's own word, without any of the code that judges by it.
Reach cell(const Case& one, Role role) {
    for (const domain::Right& right : domain::rights_table()) {
        const bool opens =
            std::find(one.actions.begin(), one.actions.end(), right.action) != one.actions.end();
        if (right.role == role && right.area == one.area && opens) return right.reach;
    }
    return Reach::kNone;
}
bool asks(const Case& one, Role role) {
    return std::any_of(domain::rights_table().begin(), domain::rights_table().end(),
                       [&](const domain::Right& right) {
                           return right.role == role && right.area == one.area &&
                                  right.action == Action::kAsk;
                       });
}

struct Asked {
    const Case* one;
    const Person* person;
    Json args;
    bool foreign = false;
};

Json ask_as(Scene& scene, const Asked& asked) {
    Json question = {{"ask", "do"}, {"command", asked.one->command}, {"args", asked.args}};
    if (asked.person->login[0] != '\0') {
        question["login"] = asked.person->login;
        question["password"] = TestTerminal::kPassword;
    }
    if (asks(*asked.one, asked.person->role)) {
        question["approver"] = "manager";
        question["approver_password"] = TestTerminal::kPassword;
    }
    return scene.ask(question);
}

Uuid user_of(Scene& scene, const Person& person) {
    const auto user =
        scene.world().find_one<domain::User>({{"username", std::string(person.login)}});
    return user ? user->id : Uuid{};
}

}  // namespace

TEST_CASE("rights through do: every command of the terminal has its cases") {
    std::set<std::string_view> covered;
    for (const Case& one : all_cases())
        CHECK(covered.insert(one.command).second);
    for (const auto& spec : domain::command_table()) {
        INFO(spec.name);
        CHECK(covered.contains(spec.name) == spec.from_terminal);
    }
}

TEST_CASE("rights through do: every command, every person, as the table says") {
    Scene scene;
    const auto cases = all_cases();
    std::vector<Asked> all;
    for (const Case& one : cases) {
        for (const Person& person : kPeople) {
            const Uuid self = user_of(scene, person);
            INFO(one.command);
            all.push_back({&one, &person, one.args(scene, scene.ours(self))});
            if (one.acts_on_something)
                all.push_back({&one, &person, one.args(scene, scene.theirs(self)), true});
        }
    }
    scene.settle();
    int done = 0, refused = 0;
    for (const Asked& asked : all) {
        const Json said = ask_as(scene, asked);
        const std::string outcome = base::text_member(said, "outcome");
        const std::string code = base::text_member(said, "code");
        const Reach reach = cell(*asked.one, asked.person->role);
        INFO(std::string(asked.one->command)
             << " as \"" << std::string(asked.person->login) << "\""
             << std::string(asked.foreign ? ", another branch's" : "") << ": " << said.dump());
        const bool far = reach != Reach::kAll || asked.one->area == Area::kItems;
        if (reach == Reach::kNone || (asked.foreign && far)) {
            CHECK(outcome == "refused");
            CHECK((code == "not_allowed" || code == "approver_not_allowed"));
            ++refused;
        } else if (asked.foreign || (asked.one->once && outcome == "refused")) {
            // Allowed; that another branch's thing is worked on from here may be refused otherwise.
            CHECK(code != "not_allowed");
            ++done;
        } else {
            CHECK(outcome == "pending");
            ++done;
        }
    }
    CHECK(done > 100);
    CHECK(refused > 200);
}

TEST_CASE("rights through do: what central alone may do is refused at a terminal, for everybody") {
    Scene scene;
    scene.settle();
    for (const auto& spec : domain::command_table()) {
        if (spec.from_terminal) continue;
        for (const char* login : {"owner", "manager", "seller"}) {
            const Json said = scene.ask({{"ask", "do"},
                                         {"login", login},
                                         {"password", TestTerminal::kPassword},
                                         {"command", spec.name},
                                         {"args", Json::object()}});
            INFO(spec.name << " as " << login << ": " << said.dump());
            CHECK(base::text_member(said, "outcome") != "pending");
            CHECK((said.contains("error") || said["outcome"] == "refused"));
        }
    }
    CHECK(must(scene.engine().outbox().entries(1, 10)).empty());
}

TEST_CASE("rights through do: suppliers and customers do not sign in at a terminal") {
    Scene scene;
    for (const auto& person : {scene.shop().supplier, scene.shop().buyer_login})
        scene.verify_by_password(person);
    scene.settle();
    for (const char* login : {"supplier", "buyer"}) {
        const Json said =
            scene.ask_to_do(login, "create_item", {{"item_name", "Wrench"}, {"currency", "KES"}});
        INFO(said.dump());
        CHECK(base::text_member(said, "outcome") != "pending");
    }
}

}  // namespace showfloor::test
