#include "domain/transitions.hpp"
#include "judging.hpp"

namespace showfloor::domain {

namespace {

struct Fixture {
    MapWorld world;
    test::Dealership d{world};
    Uuid sale = d.sell(1, 1'000'000);
    Uuid invoice = world.get<Sale>(sale)->invoice_id;

    Outcome run(std::string_view name, base::Json args, const Uuid& actor, const Uuid& co = {}) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor, co);
    }
    base::Json payment(std::int64_t amount, std::string_view method, std::string reference = "") {
        return {{"id", d.next_id().to_string()},
                {"invoice_id", invoice.to_string()},
                {"amount_minor", amount},
                {"method", method},
                {"reference", reference}};
    }
    base::Json of_sale(std::string_view reason = "Broken") {
        return {{"sale_id", sale.to_string()}, {"reason", reason}};
    }
    Uuid first_payment() {
        return world.find<Payment>({.where = {{"invoice_id", Value{invoice.to_string()}}}})[0].id;
    }
    base::Json of_payment() {
        return {{"payment_id", first_payment().to_string()}, {"reason", "Wrong till"}};
    }
    Invoice bill() { return *world.get<Invoice>(invoice); }
};

constexpr std::int64_t kTotal = 101'000'000;

}  // namespace

TEST_CASE_FIXTURE(Fixture, "FIX take_payment: never over the balance, pending payments counted") {
    check_applied(run("take_payment", payment(60'000'000, "card", "A"), d.seller));
    CHECK(bill().amount_paid_minor == 1'000'000);
    const auto over = run("take_payment", payment(40'000'001, "cash"), d.seller);
    CHECK(over.kind == Outcome::Kind::kContested);
    CHECK(over.details["balance_minor"] == 40'000'000);
    check_refused(world, over, Code::kOverBalance, "amount_minor");
    const auto last = run("take_payment", payment(40'000'000, "cash"), d.seller);
    check_applied(last);
    CHECK(last.details["balance_minor"] == 60'000'000);
    check_refused(world, run("take_payment", payment(0, "cash"), d.seller), Code::kInvalid,
                  "amount_minor");
    check_refused(world, run("take_payment", payment(1, "card", "A"), d.other_seller),
                  Code::kNotAllowed);
    check_invoice(world, bill());
}

TEST_CASE_FIXTURE(Fixture, "payments: only cleared lowers the balance; the table decides") {
    const auto args = payment(kTotal - 1'000'000, "bank_transfer", "T9");
    check_applied(run("take_payment", args, d.seller));
    CHECK(bill().status == InvoiceStatus::kPartlyPaid);
    const base::Json that = {{"payment_id", args["id"]}};
    check_applied(run("clear_payment", that, d.seller));
    CHECK(bill().status == InvoiceStatus::kPaid);
    CHECK(bill().balance_minor == 0);
    check_refused(world, run("clear_payment", that, d.seller), Code::kWrongState);
    check_refused(world, run("fail_payment", that, d.seller), Code::kWrongState);
    for (int from = 0; from < 3; ++from)
        for (int to = 0; to < 3; ++to)
            CHECK(may_become(static_cast<PaymentStatus>(from), static_cast<PaymentStatus>(to)) ==
                  (from == 0 && to != 0));
    // Two terminals settled it differently: what stands first stays, a person looks.
    const auto pushed = d.push(d.make("fail_payment", that, d.seller, d.terminal), d.terminal);
    check_applied(pushed);
    CHECK(has_review(pushed, Code::kWrongState));
    CHECK(bill().status == InvoiceStatus::kPaid);
}

TEST_CASE_FIXTURE(Fixture, "payments: a failed one frees its amount and its reference") {
    const auto args = payment(100'000'000, "cheque", "C1");
    check_applied(run("take_payment", args, d.seller));
    check_refused(world, run("take_payment", payment(1, "cash"), d.seller), Code::kOverBalance);
    check_applied(run("fail_payment", {{"payment_id", args["id"]}}, d.seller));
    check_applied(run("take_payment", payment(100'000'000, "cheque", "C1"), d.seller));
}

TEST_CASE_FIXTURE(
    Fixture, "pushed take_payment: over the balance or a used reference is booked and marked") {
    auto one = d.make("take_payment", payment(100'000'000, "cash"), d.seller, d.terminal);
    check_applied(d.submit(one, d.terminal));
    auto two = one;
    two.id = d.next_id();
    two.args["id"] = d.next_id().to_string();
    two.numbers = {{"NBO-T02-R", 1}};
    const auto outcome = d.push(two, d.other_terminal);
    CHECK(outcome.kind == Outcome::Kind::kContested);
    CHECK(outcome.code == Code::kOverBalance);
    const auto booked = world.get<Payment>(*Uuid::parse(two.args["id"].get<std::string>()));
    REQUIRE(booked);
    CHECK(booked->reviews == std::vector<std::string>{"over_balance"});
    CHECK(bill().balance_minor == -100'000'000);
    check_invoice(world, bill());
}

TEST_CASE_FIXTURE(
    Fixture, "reverse_payment: a counter-payment with its own receipt, once, by whom it is due") {
    check_refused(world, run("reverse_payment", of_payment(), d.seller), Code::kApproverMissing);
    check_refused(world, run("reverse_payment", of_payment(), d.seller, d.staff),
                  Code::kApproverNotAllowed);
    check_refused(world, run("reverse_payment", of_payment(), d.staff), Code::kNotAllowed);
    check_refused(world, run("reverse_payment", of_payment(), d.mombasa_manager),
                  Code::kNotAllowed);
    auto silent = of_payment();
    silent.erase("reason");
    check_refused(world, run("reverse_payment", silent, d.manager), Code::kReasonMissing);
    const auto outcome = run("reverse_payment", of_payment(), d.seller, d.manager);
    check_applied(outcome);
    const auto counter = *world.get<Payment>(test::Dealership::id_in(outcome, "payment_id"));
    CHECK(counter.amount_minor == -1'000'000);
    CHECK(counter.status == PaymentStatus::kCleared);
    CHECK(world.get<Payment>(counter.reverses_id)->reversed_by == counter.id);
    CHECK(outcome.details["receipt_number"] == "NBO-C-R000002");
    CHECK(bill().amount_paid_minor == 0);
    CHECK(bill().status == InvoiceStatus::kOpen);
    const base::Json original = {{"payment_id", counter.reverses_id.to_string()},
                                 {"reason", "Again"}};
    check_refused(world, run("reverse_payment", original, d.manager), Code::kAlreadyReversed);
    check_refused(world,
                  run("reverse_payment", {{"payment_id", counter.id.to_string()}, {"reason", "x"}},
                      d.manager),
                  Code::kWrongState);
    check_invoice(world, bill());
    // Given back at two terminals apart: the money is gone twice, so it is booked twice and
    // flagged.
    auto again = d.make("reverse_payment", original, d.manager, d.terminal);
    again.numbers = {{"NBO-T01-R", 1}};
    const auto pushed = d.push(again, d.terminal);
    check_applied(pushed);
    CHECK(has_review(pushed, Code::kAlreadyReversed));
    CHECK(bill().amount_paid_minor == -1'000'000);
    check_invoice(world, bill());
}

TEST_CASE_FIXTURE(Fixture, "FIX refund_sale: gives the car back and books the reverse of each") {
    check_applied(run("take_payment", payment(2'000'000, "card", "A"), d.seller));
    check_refused(world, run("refund_sale", of_sale(), d.seller), Code::kApproverMissing);
    check_refused(world, run("refund_sale", of_sale(""), d.manager), Code::kReasonMissing);
    const auto outcome = run("refund_sale", of_sale(), d.seller, d.manager);
    check_applied(outcome);
    CHECK(world.get<Sale>(sale)->status == SaleStatus::kRefunded);
    CHECK(world.get<Car>(d.car(1))->availability == Availability::kInStock);
    CHECK(outcome.details["credit_note_number"] == "NBO-C-C000001");
    CHECK(outcome.details["receipt_ids"].size() == 1);
    CHECK(bill().status == InvoiceStatus::kCredited);
    CHECK(bill().amount_paid_minor == 0);
    CHECK(bill().balance_minor == 0);
    for (const auto& one :
         world.find<Payment>({.where = {{"invoice_id", Value{invoice.to_string()}}}}))
        CHECK(one.status != PaymentStatus::kPending);
    check_invoice(world, bill());
    check_refused(world, run("refund_sale", of_sale(), d.manager), Code::kWrongState);
    CHECK(!d.sell(1).is_nil());
    check_cars(world);
}

TEST_CASE_FIXTURE(
    Fixture,
    "pushed refund_sale: exactly the papers handed out are booked, whatever happened meanwhile") {
    auto refund = d.make("refund_sale", of_sale(), d.manager, d.terminal);
    refund.numbers = {{"NBO-T01-C", 1}, {"NBO-T01-R", 1}};
    check_applied(run("take_payment", payment(2'000'000, "cash"), d.seller));
    const auto outcome = d.push(refund, d.terminal);
    check_applied(outcome);
    CHECK(has_review(outcome, Code::kTermsChanged));
    CHECK(world.get<Sale>(sale)->status == SaleStatus::kRefunded);
    CHECK(bill().amount_paid_minor == 2'000'000);
    CHECK(bill().balance_minor == -2'000'000);  // still to be given back; a person sees the flag
    check_invoice(world, bill());
    auto forged = refund;
    forged.id = d.next_id();
    // A payment that is not known (yet) is waited for; another invoice's is nobody's mistake.
    forged.terms["payment_ids"] = {test::fixed_id(8, 8).to_string()};
    static_cast<void>(world.take_changes());
    check_refused(world, d.push(forged, d.terminal), Code::kNotFound, "terms.payment_ids");
    const auto other = *world.get<Sale>(d.sell(2, 5'000));
    const auto payment_of_it =
        world.find<Payment>({.where = {{"invoice_id", Value{other.invoice_id.to_string()}}}});
    forged.terms["payment_ids"] = {payment_of_it[0].id.to_string()};
    static_cast<void>(world.take_changes());
    check_refused(world, d.push(forged, d.terminal), Code::kForged, "terms.payment_ids");
}

TEST_CASE_FIXTURE(Fixture,
                  "issue_credit_note: part of it, all of it, and an unpaid invoice is void") {
    const base::Json all = {{"invoice_id", invoice.to_string()}, {"reason", "Error"}};
    auto part = all;
    part["amount_minor"] = 1'000'000;
    check_refused(world, run("issue_credit_note", part, d.seller), Code::kApproverMissing);
    check_applied(run("issue_credit_note", part, d.manager));
    CHECK(bill().balance_minor == kTotal - 2'000'000);
    check_invoice(world, bill());
    check_applied(run("issue_credit_note", all, d.manager));
    CHECK(bill().status == InvoiceStatus::kCredited);
    CHECK(bill().balance_minor == -1'000'000);
    check_refused(world, run("issue_credit_note", all, d.manager), Code::kNothingToRefund);
    check_invoice(world, bill());
    sale = d.sell(2);
    invoice = world.get<Sale>(sale)->invoice_id;
    check_applied(run("issue_credit_note", {{"invoice_id", invoice.to_string()}, {"reason", "E"}},
                      d.manager));
    CHECK(bill().status == InvoiceStatus::kVoid);
}

namespace {

struct Dispute : Fixture {
    Uuid disputed = test::fixed_id(8, 2);
    Dispute() {
        MapWorld apart;
        test::Dealership away(apart);
        auto args = away.sale_args(d.car(1), 700);
        args["id"] = disputed.to_string();
        auto command = away.make("record_sale", args, d.other_seller, d.other_terminal);
        command.id = test::fixed_id(8, 1);
        REQUIRE(away.submit(command, d.other_terminal).applied());
        REQUIRE(d.push(command, d.other_terminal).code == Code::kCarSold);
    }
    base::Json decision(std::string_view what) {
        return {{"sale_id", disputed.to_string()}, {"decision", what}, {"reason", "Decided"}};
    }
    SaleStatus status(const Uuid& id) { return world.get<Sale>(id)->status; }
};

}  // namespace

TEST_CASE_FIXTURE(Dispute,
                  "decide_dispute: sellers ask, admins decide, only disputed sales are decided") {
    check_refused(world, run("decide_dispute", decision("give_car"), d.other_seller),
                  Code::kApproverMissing);
    check_refused(world, run("decide_dispute", decision("give_car"), d.seller), Code::kNotAllowed);
    check_refused(world, run("decide_dispute", decision("give_car"), d.mombasa_manager),
                  Code::kNotAllowed);
    auto other = decision("give_car");
    other["sale_id"] = sale.to_string();
    check_refused(world, run("decide_dispute", other, d.manager), Code::kWrongState);
}

TEST_CASE_FIXTURE(Dispute, "decide_dispute give_car: the car changes hands, the other sale waits") {
    check_applied(run("decide_dispute", decision("give_car"), d.other_seller, d.manager));
    CHECK(status(disputed) == SaleStatus::kCompleted);
    CHECK(world.get<Sale>(disputed)->dispute_code.empty());
    CHECK(status(sale) == SaleStatus::kDisputed);
    CHECK(world.get<Car>(d.car(1))->availability == Availability::kSold);
    check_cars(world);
    // Refunding who lost it leaves the car with who has it.
    check_applied(run("refund_sale", of_sale(), d.manager));
    CHECK(world.get<Car>(d.car(1))->availability == Availability::kSold);
}

TEST_CASE_FIXTURE(Dispute,
                  "decide_dispute other_car: a free car for the same money, on papers of its own") {
    auto args = decision("other_car");
    check_refused(world, run("decide_dispute", args, d.manager), Code::kNotFound, "other_car_id");
    args["other_car_id"] = d.car(1).to_string();
    check_refused(world, run("decide_dispute", args, d.manager), Code::kNotFound);
    CHECK(!d.sell(3).is_nil());
    args["other_car_id"] = d.car(3).to_string();
    check_refused(world, run("decide_dispute", args, d.manager), Code::kCarSold);
    args["other_car_id"] = d.car(2).to_string();
    const auto before = *world.get<Invoice>(world.get<Sale>(disputed)->invoice_id);
    // Beside the cash, a transfer is on its way.
    check_applied(run("take_payment",
                      {{"id", test::fixed_id(6, 70).to_string()},
                       {"invoice_id", before.id.to_string()},
                       {"amount_minor", 900},
                       {"method", "bank_transfer"},
                       {"reference", "TT 1"}},
                      d.other_seller));
    const auto outcome = run("decide_dispute", args, d.manager);
    check_applied(outcome);
    const auto after = *world.get<Sale>(disputed);
    CHECK(after.status == SaleStatus::kCompleted);
    CHECK(after.car_id == d.car(2));
    CHECK(after.price_minor == 100'000'000);
    CHECK(after.notes.find("JTDBR32E720123452") != std::string::npos);
    const auto old = *world.get<Invoice>(before.id);
    const auto fresh = *world.get<Invoice>(after.invoice_id);
    check_invoice(world, old);
    check_invoice(world, fresh);
    CHECK(old.status == InvoiceStatus::kCredited);
    CHECK(old.balance_minor == 0);
    CHECK(fresh.number != before.number);
    CHECK(fresh.total_amount_minor == before.total_amount_minor);
    CHECK(fresh.amount_paid_minor == before.amount_paid_minor);
    CHECK(fresh.balance_minor == before.balance_minor);
    const auto lines_of = [&](const Uuid& id) {
        return world.find<InvoiceLine>({.where = {{"invoice_id", Value{id.to_string()}}}});
    };
    CHECK(lines_of(fresh.id).size() == lines_of(old.id).size());
    int cars = 0;
    for (const auto& line : lines_of(fresh.id)) {
        if (line.kind != LineKind::kCar) continue;
        ++cars;
        CHECK(line.description.find("JTDBR32E720123452") != std::string::npos);
    }
    CHECK(cars == 1);
    // The transfer waits on the new invoice, with its slip's reference.
    int pending = 0;
    for (const auto& payment :
         world.find<Payment>({.where = {{"invoice_id", Value{fresh.id.to_string()}}}})) {
        if (payment.status != PaymentStatus::kPending) continue;
        ++pending;
        CHECK(payment.reference == "TT 1");
        CHECK(payment.amount_minor == 900);
    }
    CHECK(pending == 1);
    // Counter-payment and payment for the cash, payment for the transfer.
    CHECK(outcome.details["receipt_ids"].size() == 3);
    CHECK(outcome.details["invoice_number"] == fresh.number);
    CHECK(world.get<Car>(d.car(2))->availability == Availability::kSold);
    CHECK(world.get<Car>(d.car(1))->availability == Availability::kSold);
    check_cars(world);
}

TEST_CASE_FIXTURE(
    Dispute, "decide_dispute refund and cancel_sale: money back, the first sale keeps the car") {
    SUBCASE("refund") {
        check_applied(run("decide_dispute", decision("refund"), d.manager));
        CHECK(status(disputed) == SaleStatus::kRefunded);
    }
    SUBCASE("cancel") {
        check_applied(
            run("cancel_sale", {{"sale_id", disputed.to_string()}, {"reason", "x"}}, d.manager));
        CHECK(status(disputed) == SaleStatus::kCancelled);
    }
    const auto of_disputed = *world.get<Invoice>(world.get<Sale>(disputed)->invoice_id);
    CHECK(of_disputed.amount_paid_minor == 0);
    CHECK(of_disputed.status == InvoiceStatus::kCredited);
    CHECK(world.get<Car>(d.car(1))->availability == Availability::kSold);
    CHECK(status(sale) == SaleStatus::kCompleted);
    check_refused(world, run("cancel_sale", of_sale(), d.manager), Code::kWrongState);
}

TEST_CASE_FIXTURE(Dispute, "disputed sales: payments go on being taken") {
    invoice = world.get<Sale>(disputed)->invoice_id;
    check_applied(run("take_payment", payment(500, "cash"), d.other_seller));
    CHECK(bill().amount_paid_minor == 1200);
}

}  // namespace showfloor::domain
