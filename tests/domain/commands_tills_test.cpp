#include <rapidcheck.h>

#include <map>

#include "domain/records_orders.hpp"
#include "domain/transitions_orders.hpp"
#include "judging.hpp"

namespace showfloor::domain {

namespace {

struct Fixture {
    MapWorld world;
    test::Dealership d{world};

    // As a screen at the first terminal would.
    Outcome run(std::string_view name, base::Json args, const Uuid& actor, const Uuid& co = {}) {
        auto command = d.make(name, std::move(args), actor, d.terminal, co);
        static_cast<void>(world.take_changes());
        return d.submit(command, d.terminal);
    }
    Uuid open(std::int64_t opening = 10'000) {
        const auto outcome =
            run("open_till", {{"id", d.next_id().to_string()}, {"opening_float_minor", opening}},
                d.seller);
        check_applied(outcome);
        return test::Dealership::id_in(outcome, "till_id");
    }
    Uuid sell(int car, std::int64_t cash) {
        const auto outcome = run("record_sale", d.sale_args(d.car(car), cash), d.seller);
        check_applied(outcome);
        return world.get<Sale>(test::Dealership::id_in(outcome, "sale_id"))->invoice_id;
    }
    Outcome pay(const Uuid& invoice, std::int64_t amount, std::string_view method,
                const Uuid& actor) {
        return run("take_payment",
                   {{"id", d.next_id().to_string()},
                    {"invoice_id", invoice.to_string()},
                    {"amount_minor", amount},
                    {"method", method}},
                   actor);
    }
    static base::Json count(const Uuid& till, std::int64_t cash, std::string_view reason = "") {
        return {{"till_id", till.to_string()},
                {"counted", {{{"method", "cash"}, {"counted_minor", cash}}}},
                {"reason", reason}};
    }
    Till at(const Uuid& id) { return *world.get<Till>(id); }
    static const TillCount* counted(const Till& till, PaymentMethod method) {
        for (const auto& one : till.counts)
            if (one.method == method) return &one;
        return nullptr;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "open_till: one at a terminal, by whoever sells there") {
    const auto args = [&] {
        return base::Json{{"id", d.next_id().to_string()}, {"opening_float_minor", 500}};
    };
    for (const Uuid& who : {d.staff, d.mechanic, d.driver, d.supplier, d.buyer_login, Uuid{}})
        check_refused(world, run("open_till", args(), who), Code::kNotAllowed);
    auto elsewhere = args();
    elsewhere["terminal_id"] = d.other_terminal.to_string();
    check_refused(world, run("open_till", elsewhere, d.seller), Code::kInvalid, "terminal_id");
    auto strange = args();
    strange["currency"] = "XXQ";
    check_refused(world, run("open_till", strange, d.seller), Code::kInvalid, "currency");
    static_cast<void>(world.take_changes());
    check_refused(world, d.run("open_till", args(), d.seller), Code::kNotFound, "terminal_id");
    const Uuid id = open();
    CHECK(at(id).branch_id == d.nairobi);
    CHECK(at(id).terminal_id == d.terminal);
    CHECK(at(id).currency == "KES");
    const auto again = run("open_till", args(), d.other_seller);
    check_refused(world, again, Code::kDuplicate, "terminal_id");
    CHECK(again.details["id"] == id.to_string());
    auto same = args();
    same["id"] = id.to_string();
    check_refused(world, run("open_till", same, d.seller), Code::kAlreadyDone, "id");
    auto other = d.make("open_till", args(), d.other_seller, d.other_terminal);
    check_applied(d.submit(other, d.other_terminal));
}

TEST_CASE_FIXTURE(Fixture, "close_till: expected against counted, the difference has a reason") {
    const Uuid before = sell(1, 777);  // no till was open
    const Uuid id = open(10'000);
    const Uuid invoice = sell(2, 5'000);
    check_applied(pay(invoice, 2'000, "card", d.seller));
    check_applied(pay(before, 300, "cash", d.manager));
    check_refused(world, run("close_till", count(id, 15'300), d.staff), Code::kNotAllowed);
    check_refused(world,
                  run("close_till", {{"till_id", id.to_string()}, {"counted", base::Json::array()}},
                      d.seller),
                  Code::kInvalid, "counted");
    auto twice = count(id, 15'300);
    twice["counted"].push_back({{"method", "cash"}, {"counted_minor", 1}});
    check_refused(world, run("close_till", twice, d.seller), Code::kInvalid, "counted");
    const auto silent = run("close_till", count(id, 15'299), d.seller);
    check_refused(world, silent, Code::kReasonMissing, "reason");
    CHECK(silent.details["difference_minor"] == -1);
    auto late = d.make("close_till", count(id, 15'300), d.seller, d.terminal);
    check_applied(pay(invoice, 1, "cash", d.seller));
    static_cast<void>(world.take_changes());
    check_refused(world, d.submit(late, d.terminal), Code::kTermsChanged);
    // Another seller of the terminal closes it.
    check_applied(run("close_till", count(id, 15'300, "A coin fell"), d.other_seller));
    const Till till = at(id);
    CHECK(till.status == TillStatus::kClosed);
    CHECK(till.closed_by == d.other_seller);
    CHECK(till.difference_minor == -1);
    CHECK(till.reason == "A coin fell");
    REQUIRE(counted(till, PaymentMethod::kCash) != nullptr);
    CHECK(counted(till, PaymentMethod::kCash)->expected_minor == 15'301);
    CHECK(counted(till, PaymentMethod::kCard)->expected_minor == 0);
    CHECK(counted(till, PaymentMethod::kCard)->pending_minor == 2'000);
    // The day report: what each took, by which method.
    REQUIRE(till.takings.size() == 3);
    std::int64_t of_manager = 0, of_seller = 0;
    for (const auto& taking : till.takings) {
        CHECK(taking.currency == "KES");
        (taking.user_id == d.manager ? of_manager : of_seller) += taking.cleared_minor;
    }
    CHECK(of_manager == 300);
    CHECK(of_seller == 5'001);
    check_refused(world, run("close_till", count(id, 1), d.seller), Code::kWrongState, "till_id");
}

TEST_CASE_FIXTURE(Fixture, "close_till: from elsewhere only its own opener or who has the right") {
    const Uuid id = open(0);
    const auto from_central = [&](const Uuid& who) {
        static_cast<void>(world.take_changes());
        return d.run("close_till", count(id, 0), who);
    };
    check_refused(world, from_central(d.other_seller), Code::kNotAllowed);
    check_refused(world, from_central(d.mombasa_manager), Code::kNotAllowed);
    check_applied(from_central(d.manager));
}

TEST_CASE_FIXTURE(Fixture, "tills: deposits, refunds and failed payments count as they are") {
    const Uuid id = open(0);
    check_applied(run("reserve_car",
                      {{"id", d.next_id().to_string()},
                       {"car_id", d.car(1).to_string()},
                       {"customer_id", d.customer.to_string()},
                       {"until", d.now + test::kDay},
                       {"deposit_minor", 4'000}},
                      d.seller));
    const auto sold = run("record_sale", d.sale_args(d.car(1), 1'000), d.seller);
    check_applied(sold);
    const Uuid sale = test::Dealership::id_in(sold, "sale_id");
    const Uuid invoice = world.get<Sale>(sale)->invoice_id;
    check_applied(pay(invoice, 50, "card", d.seller));
    for (const auto& one : world.find<Payment>({.where = {{"till_id", Value{id.to_string()}}}}))
        if (one.status == PaymentStatus::kPending)
            check_applied(run("fail_payment", {{"payment_id", one.id.to_string()}}, d.seller));
    // The deposit was taken once, although it stands on the invoice by now.
    auto peek = d.make("close_till", count(id, 5'000), d.seller, d.terminal);
    CHECK(peek.terms["counts"][0]["expected_minor"] == 5'000);
    check_applied(
        run("refund_sale", {{"sale_id", sale.to_string()}, {"reason", "x"}}, d.seller, d.manager));
    check_applied(run("close_till", count(id, 0), d.seller));
    CHECK(at(id).difference_minor == 0);
}

TEST_CASE_FIXTURE(
    Fixture, "pushed tills: two open, closed twice, other money than was shown: kept and flagged") {
    const Uuid id = open();
    const auto again =
        d.push(d.make("open_till", {{"id", d.next_id().to_string()}, {"opening_float_minor", 1}},
                      d.seller, d.terminal),
               d.terminal);
    check_applied(again);
    CHECK(has_review(again, Code::kDuplicate));
    auto closing = d.make("close_till", count(id, 10'000), d.seller, d.terminal);
    closing.terms["counts"][0]["expected_minor"] = 9'999;
    const auto closed = d.push(closing, d.terminal);
    check_applied(closed);
    CHECK(has_review(closed, Code::kTermsChanged));
    CHECK(at(id).difference_minor == 0);
    const auto twice = d.push(d.make("close_till", count(id, 5), d.seller, d.terminal), d.terminal);
    check_applied(twice);
    CHECK(has_review(twice, Code::kWrongState));
    CHECK(at(id).counts[0].counted_minor == 10'000);
}

TEST_CASE("tills: the transition table and no other step") {
    CHECK(till_transitions().size() == 1);
    CHECK(may_become(TillStatus::kOpen, TillStatus::kClosed));
    CHECK(!may_become(TillStatus::kClosed, TillStatus::kOpen));
}

TEST_CASE("tills: expected is the float and every payment cleared at it, whatever was done") {
    CHECK(rc::check("expected = opening float + cleared payments, per method and per person", [] {
        Fixture f;
        const auto opening = *rc::gen::inRange<std::int64_t>(0, 10'000);
        std::vector<Uuid> invoices = {f.sell(1, 10), f.sell(2, 20)};
        const Uuid id = f.open(opening);
        std::map<PaymentMethod, std::int64_t> cleared;
        const int steps = *rc::gen::inRange(0, 20);
        for (int step = 0; step < steps; ++step) {
            const auto& invoice = invoices[*rc::gen::inRange<std::size_t>(0, 2)];
            const auto amount = *rc::gen::inRange<std::int64_t>(1, 1000);
            const auto method = *rc::gen::element<PaymentMethod>(
                PaymentMethod::kCash, PaymentMethod::kCard, PaymentMethod::kCheque);
            const auto name = kPaymentMethodNames[static_cast<std::size_t>(method)];
            const auto paid = f.pay(invoice, amount, name, f.d.seller);
            RC_ASSERT(paid.applied());
            const std::string payment = paid.details["payment_id"].get<std::string>();
            const int then = *rc::gen::inRange(0, 4);
            bool counts = method == PaymentMethod::kCash;
            if (!counts && then == 1)
                counts = f.run("clear_payment", {{"payment_id", payment}}, f.d.seller).applied();
            if (!counts && then == 2) f.run("fail_payment", {{"payment_id", payment}}, f.d.seller);
            if (counts) cleared[method] += amount;
            if (counts && then == 3 &&
                f.run("reverse_payment", {{"payment_id", payment}, {"reason", "x"}}, f.d.manager)
                    .applied())
                cleared[method] -= amount;
        }
        const std::int64_t cash = *rc::gen::inRange<std::int64_t>(0, 20'000);
        check_applied(f.run("close_till", Fixture::count(id, cash, "counted"), f.d.seller));
        const Till till = f.at(id);
        std::map<PaymentMethod, std::int64_t> taken;
        for (const auto& taking : till.takings)
            taken[taking.method] += taking.cleared_minor;
        for (const auto& one : till.counts) {
            const std::int64_t base = one.method == PaymentMethod::kCash ? opening : 0;
            RC_ASSERT(one.expected_minor == base + cleared[one.method]);
            RC_ASSERT(taken[one.method] == cleared[one.method]);
        }
        RC_ASSERT(till.difference_minor == cash - opening - cleared[PaymentMethod::kCash]);
    }));
}

}  // namespace showfloor::domain
