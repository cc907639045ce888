#include "domain/command.hpp"

#include <rapidcheck.h>

#include <set>

#include "base/encoding.hpp"
#include "domain/transitions.hpp"
#include "judging.hpp"

namespace showfloor::domain {

TEST_CASE("derived ids: the same for ever, told apart by command, record and ordinal, version 8") {
    const Uuid command = *Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057");
    const Uuid id = derive_id(command, "invoice", 0);
    CHECK(id == derive_id(command, "invoice", 0));
    // Written down once: a change here would part papers from records.
    CHECK(id.to_string() == "6263d73d-de01-8f86-a2bf-88e67e42cc6b");
    CHECK(id.to_string()[14] == '8');
    std::set<Uuid> all = {id};
    for (int i = 1; i < 50; ++i)
        all.insert(derive_id(command, "invoice", i));
    for (int i = 0; i < 50; ++i)
        all.insert(derive_id(command, "receipt", i));
    CHECK(all.size() == 100);
}

TEST_CASE("numbers: six figures, more when needed; carried ones must fit their series") {
    CHECK(Number{"NBO-T03-I", 123}.text() == "NBO-T03-I000123");
    CHECK(Number{"NBO-C-R", 12'345'678}.text() == "NBO-C-R12345678");
    const std::vector<Number> carried = {{"NBO-T03-I", 5}, {"NBO-T03-R", 9}};
    CarriedNumbers numbers(carried);
    CHECK(!numbers.take("NBO-T03-", SeriesKind::kReceipt));
    CHECK(!numbers.take("NBO-T04-", SeriesKind::kInvoice));
    CHECK(numbers.take("NBO-T03-", SeriesKind::kInvoice)->n == 5);
    CHECK(!numbers.all_used());
    CHECK(numbers.take("NBO-T03-", SeriesKind::kReceipt)->n == 9);
    CHECK(numbers.all_used());
    CHECK(!numbers.take("NBO-T03-", SeriesKind::kReceipt));
}

TEST_CASE("bodies: there and back is the same text; what cannot be read is refused, never fatal") {
    Command command;
    command.id = test::fixed_id(9, 1);
    command.name = "record_sale";
    command.args = {{"z", 1}, {"a", "ü"}};
    command.terms = {{"total_minor", 5}};
    command.actor_id = test::fixed_id(2, 1);
    command.actor_role = "seller";
    command.occurred_at = test::kMorning;
    command.base_cursor = 7;
    command.numbers = {{"NBO-T01-I", 1}};
    const std::string body = command_to_body(command);
    const auto again = command_from_body(body);
    REQUIRE(again);
    CHECK(command_to_body(*again) == body);
    CHECK(again->actor_id == command.actor_id);
    CHECK(again->co_actor_id.is_nil());
    CHECK(again->numbers.empty());  // they travel beside it
    CHECK(body.find("I000001") == std::string::npos);
    for (const char* bad : {"", "[]", "{}", "{\"id\":5}", "null", "{\"id\":\"x\",\"name\":1}"})
        CHECK(!command_from_body(bad));
    CHECK(!command_from_body(std::string(300 * 1024, ' ')));
    rc::check("a damaged byte is an error or another command, never a crash", [&] {
        std::string damaged = body;
        const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
        damaged[at] = *rc::gen::arbitrary<char>();
        const auto read = command_from_body(damaged);
        if (read) static_cast<void>(command_to_body(*read));
    });
}

TEST_CASE("command table: names are unique, every command is described and judged") {
    std::set<std::string_view> names;
    for (const CommandSpec& spec : command_table()) {
        CAPTURE(spec.name);
        CHECK(names.insert(spec.name).second);
        CHECK(find_command(spec.name) == &spec);
        CHECK((spec.run != nullptr));
        REQUIRE(spec.args != nullptr);
        CHECK(!spec.args->fields.empty());
        CHECK(!(spec.system_only && spec.from_terminal));
        if (spec.records_what_happened) CHECK(spec.from_terminal);
        for (const Field& field : spec.args->fields)
            CHECK(field.name.find("password_") == std::string_view::npos);
    }
    CHECK(find_command("drop_table") == nullptr);
}

TEST_CASE("FIX execute: through every command, nobody without the right changes anything") {
    MapWorld world;
    test::Dealership d(world);
    const Uuid people[] = {d.staff,       d.mechanic, d.driver, d.supplier,
                           d.buyer_login, d.seller,   Uuid{}};
    for (const CommandSpec& spec : command_table()) {
        for (const Uuid& who : people) {
            const auto user = world.get<User>(who);
            const Actor actor{.user_id = who,
                              .role = user ? user->role : Role::kNobody,
                              .branch_id = user ? user->branch_id : Uuid{},
                              .system = false};
            const bool may_at_all =
                !spec.system_only && (reach_of(actor, spec.area, spec.action) != Reach::kNone ||
                                      reach_of(actor, spec.area, Action::kAsk) != Reach::kNone);
            if (may_at_all) continue;
            // Arguments that can be read, of records that are not there.
            base::Json args = base::Json::object();
            for (const Field& field : spec.args->fields) {
                if (!field.required || spec.changes) continue;
                if (field.type == FieldType::kId)
                    args[std::string(field.name)] = d.next_id().to_string();
                if (field.type == FieldType::kText)
                    args[std::string(field.name)] = std::string(
                        static_cast<std::size_t>(std::max<std::int64_t>(1, field.min)), 'x');
                if (field.type == FieldType::kInteger || field.type == FieldType::kTime)
                    args[std::string(field.name)] = std::max<std::int64_t>(field.min, 1);
                if (field.type == FieldType::kBoolean) args[std::string(field.name)] = true;
                if (field.type == FieldType::kEnum)
                    args[std::string(field.name)] = std::string(field.options[1]);
            }
            const auto outcome = d.run(spec.name, args, who);
            CAPTURE(spec.name);
            CAPTURE(outcome.field);
            check_refused(world, outcome, Code::kNotAllowed);
        }
    }
}

TEST_CASE("execute: unknown, newer and central-only commands from a terminal are refused") {
    MapWorld world;
    test::Dealership d(world);
    auto command =
        d.make("deliver_sale", {{"sale_id", d.next_id().to_string()}}, d.seller, d.terminal);
    command.version = 2;
    check_refused(world, d.push(command, d.terminal), Code::kUnknownCommand);
    command.version = 1;
    command.name = "unheard_of";
    check_refused(world, d.push(command, d.terminal), Code::kUnknownCommand);
    auto central = d.make("archive_car", {{"car_id", d.car(1).to_string()}}, d.owner, d.terminal);
    check_refused(world, d.push(central, d.terminal), Code::kNotFromTerminal);
    check_refused(world, d.submit(central, d.terminal), Code::kNotFromTerminal);
    check_applied(d.submit(central));
}

TEST_CASE("execute: a claimed role that never was is forged; another one than now is contested") {
    MapWorld world;
    test::Dealership d(world);
    auto command = d.make("record_sale", d.sale_args(d.car(1)), d.seller);
    command.actor_role = "emperor";
    check_refused(world, d.submit(command), Code::kForged, "actor_role");
    command.actor_role = "admin";
    const auto outcome = d.submit(command);
    CHECK(outcome.kind == Outcome::Kind::kContested);
    check_refused(world, outcome, Code::kActorRoleChanged);
}

TEST_CASE("transitions: exactly those of domain.md") {
    const std::set<std::pair<std::string_view, std::string_view>> allowed = {
        {"draft", "reserved"},     {"draft", "completed"},    {"draft", "cancelled"},
        {"reserved", "completed"}, {"reserved", "cancelled"}, {"completed", "delivered"},
        {"completed", "refunded"}, {"completed", "disputed"}, {"delivered", "refunded"},
        {"delivered", "disputed"}, {"disputed", "completed"}, {"disputed", "delivered"},
        {"disputed", "refunded"},  {"disputed", "cancelled"}};
    for (std::size_t from = 0; from < kSaleStatusNames.size(); ++from) {
        for (std::size_t to = 0; to < kSaleStatusNames.size(); ++to) {
            CHECK(may_become(static_cast<SaleStatus>(from), static_cast<SaleStatus>(to)) ==
                  allowed.contains({kSaleStatusNames[from], kSaleStatusNames[to]}));
        }
    }
}

TEST_CASE("codes: every name leads back to its code and has a sentence") {
    for (int code = 1; code <= static_cast<int>(Code::kForged); ++code) {
        CHECK(parse_code(name_of(static_cast<Code>(code))) == static_cast<Code>(code));
        CHECK(!sentence_of(static_cast<Code>(code)).empty());
    }
    CHECK(!parse_code(""));
    CHECK(!parse_code("nonsense"));
}

// ---- anything, in any order -------------------------------------------------------------------

namespace {

// One random step of a day at two terminals: submitted, or pushed as if it had been apart.
void random_step(test::Dealership& d, std::vector<Uuid>& sales) {
    const auto any = [](const auto& list) {
        return list[*rc::gen::inRange<std::size_t>(0, list.size())];
    };
    const std::vector<Uuid> actors = {d.seller, d.other_seller, d.manager};
    const Uuid actor = any(actors);
    const Uuid sale_id = sales.empty() ? Uuid{} : any(sales);
    const auto sale = d.world.get<Sale>(sale_id);
    const Uuid invoice = sale ? sale->invoice_id : Uuid{};
    const auto payments =
        d.world.find<Payment>({.where = {{"invoice_id", Value{invoice.to_string()}}}});
    const Uuid payment = payments.empty() ? Uuid{} : any(payments).id;
    const std::vector<std::string> methods = {"cash", "card", "cheque", "trade_in"};
    const std::int64_t amount = *rc::gen::inRange<std::int64_t>(1, 60'000'000);
    const base::Json of_sale = {{"sale_id", sale_id.to_string()}, {"reason", "r"}};
    const base::Json of_payment = {{"payment_id", payment.to_string()}, {"reason", "r"}};
    std::string name;
    base::Json args;
    switch (*rc::gen::inRange(0, 12)) {
        case 0:
        case 1:
        case 2:
            name = "record_sale";
            args = d.sale_args(d.car(*rc::gen::inRange(1, 4)), amount);
            args["discount_minor"] = *rc::gen::inRange(0, 3'000'000);
            break;
        case 3:
        case 4:
            name = "take_payment";
            args = {{"id", d.next_id().to_string()},
                    {"invoice_id", invoice.to_string()},
                    {"amount_minor", amount},
                    {"method", any(methods)}};
            break;
        case 5:
            name = "clear_payment", args = {{"payment_id", payment.to_string()}};
            break;
        case 6:
            name = "fail_payment", args = of_payment;
            break;
        case 7:
            name = "reverse_payment", args = of_payment;
            break;
        case 8:
            name = "refund_sale", args = of_sale;
            break;
        case 9:
            name = "deliver_sale", args = {{"sale_id", sale_id.to_string()}};
            break;
        case 10:
            name = "decide_dispute", args = of_sale;
            args["decision"] = any(std::vector<std::string>{"give_car", "other_car", "refund"});
            args["other_car_id"] = d.car(*rc::gen::inRange(1, 4)).to_string();
            break;
        default:
            name = "issue_credit_note";
            args = {{"invoice_id", invoice.to_string()}, {"reason", "r"}, {"amount_minor", amount}};
            break;
    }
    const bool pushed = *rc::gen::inRange(0, 3) == 0;
    auto command = d.make(name, args, actor, d.terminal, d.manager);
    auto context = d.context_at(d.terminal);
    if (pushed) {
        context.terms = Context::Terms::kAddUp;
        context.contest = Context::Contest::kMark;
    }
    static_cast<void>(d.world.take_changes());
    const auto outcome = execute(command, context, d.world);
    const bool kept = outcome.applied() || (pushed && outcome.kind == Outcome::Kind::kContested);
    RC_ASSERT(kept || d.world.changes().empty());
    if (!kept) {
        const auto& spec = *find_command(name);
        std::vector<Code> known = spec.refusals;
        known.insert(known.end(), spec.contested.begin(), spec.contested.end());
        known.insert(known.end(), general_refusals().begin(), general_refusals().end());
        RC_ASSERT(std::find(known.begin(), known.end(), outcome.code) != known.end());
    }
    if (kept && name == "record_sale") sales.push_back(test::Dealership::id_in(outcome, "sale_id"));
}

}  // namespace

TEST_CASE(
    "property: after any sequence of commands invoices add up and no car has two standing sales") {
    rc::check([] {
        MapWorld world;
        test::Dealership d(world);
        std::vector<Uuid> sales;
        const int steps = *rc::gen::inRange(1, 40);
        for (int i = 0; i < steps; ++i)
            random_step(d, sales);
        for (const auto& invoice : world.find<Invoice>({}))
            check_invoice(world, invoice);
        check_cars(world);
        // Every number was given out once.
        std::set<std::string> numbers;
        std::size_t papers = 0;
        for (const auto& one : world.find<Receipt>({}))
            numbers.insert(one.number), ++papers;
        for (const auto& one : world.find<Invoice>({}))
            numbers.insert(one.number), ++papers;
        for (const auto& one : world.find<CreditNote>({}))
            numbers.insert(one.number), ++papers;
        RC_ASSERT(numbers.size() == papers);
    });
}

}  // namespace showfloor::domain
