#include <rapidcheck.h>

#include "domain/records_orders.hpp"
#include "domain/transitions_orders.hpp"
#include "judging.hpp"

namespace showfloor::domain {

namespace {

constexpr std::int64_t kDeposit = 5'000'000;

struct Fixture {
    MapWorld world;
    test::Dealership d{world};

    Outcome run(std::string_view name, base::Json args, const Uuid& actor, const Uuid& co = {}) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor, co);
    }
    base::Json wish(int car, std::int64_t deposit = 0) {
        base::Json args = {{"id", d.next_id().to_string()},
                           {"car_id", d.car(car).to_string()},
                           {"customer_id", d.customer.to_string()},
                           {"until", d.now + 3 * test::kDay}};
        if (deposit > 0) args["deposit_minor"] = deposit;
        return args;
    }
    Uuid reserve(int car, std::int64_t deposit = 0) {
        const auto outcome = run("reserve_car", wish(car, deposit), d.seller);
        check_applied(outcome);
        return test::Dealership::id_in(outcome, "reservation_id");
    }
    base::Json that(const Uuid& id, std::string_view reason = "Changed their mind") {
        return {{"reservation_id", id.to_string()}, {"reason", reason}};
    }
    Reservation at(const Uuid& id) { return *world.get<Reservation>(id); }
    Availability car(int n) { return world.get<Car>(d.car(n))->availability; }
    std::vector<Payment> deposits(const Uuid& id) {
        return world.find<Payment>({.where = {{"reservation_id", Value{id.to_string()}}}});
    }
    void rule(DepositRule rule) {
        auto branch = *world.get<Branch>(d.nairobi);
        branch.deposit_rule = rule;
        world.put(branch);
    }
    Outcome expire(const Uuid& id) {
        static_cast<void>(world.take_changes());
        return d.run_system("expire_reservation", {{"reservation_id", id.to_string()}});
    }
};

// The same wish, made at another terminal that had not heard.
struct Apart {
    MapWorld world;
    test::Dealership d{world};
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "reserve_car: keeps the car, takes the deposit with a receipt") {
    const auto outcome = run("reserve_car", wish(1, kDeposit), d.seller);
    check_applied(outcome);
    const Uuid id = test::Dealership::id_in(outcome, "reservation_id");
    CHECK(car(1) == Availability::kReserved);
    CHECK(at(id).status == ReservationStatus::kActive);
    CHECK(at(id).deposit_state == DepositState::kHeld);
    CHECK(at(id).seller_id == d.seller);
    CHECK(at(id).branch_id == d.nairobi);
    REQUIRE(deposits(id).size() == 1);
    const Payment paid = deposits(id)[0];
    CHECK(paid.amount_minor == kDeposit);
    CHECK(paid.status == PaymentStatus::kCleared);
    CHECK(paid.invoice_id.is_nil());
    const auto receipts =
        world.find<Receipt>({.where = {{"payment_id", Value{paid.id.to_string()}}}});
    REQUIRE(receipts.size() == 1);
    CHECK(receipts[0].number == "NBO-C-R000001");
    CHECK(receipts[0].reservation_id == id);
    CHECK(outcome.details["receipt_ids"].size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "reserve_car: what is refused, in order") {
    auto args = wish(1);
    const Uuid first = reserve(2);
    args["id"] = first.to_string();
    check_refused(world, run("reserve_car", args, d.seller), Code::kAlreadyDone, "id");
    args = wish(1);
    args["walk_in_name"] = "Somebody";
    check_refused(world, run("reserve_car", args, d.seller), Code::kInvalid, "customer_id");
    args.erase("walk_in_name");
    args.erase("customer_id");
    check_refused(world, run("reserve_car", args, d.seller), Code::kInvalid, "customer_id");
    args = wish(1);
    args["car_id"] = test::fixed_id(5, 99).to_string();
    check_refused(world, run("reserve_car", args, d.seller), Code::kNotFound, "car_id");
    args = wish(1);
    args["customer_id"] = test::fixed_id(4, 99).to_string();
    check_refused(world, run("reserve_car", args, d.seller), Code::kNotFound, "customer_id");
    for (const Uuid& who : {d.staff, d.mechanic, d.driver, d.supplier, d.buyer_login, Uuid{}})
        check_refused(world, run("reserve_car", wish(1), who), Code::kNotAllowed);
    check_refused(world, run("reserve_car", wish(1), d.mombasa_seller), Code::kNotAllowed,
                  "customer_id");
    args = wish(1);
    args["until"] = d.now - 1;
    check_refused(world, run("reserve_car", args, d.seller), Code::kInvalid, "until");
    args["until"] = d.now + 100 * test::kDay;
    check_refused(world, run("reserve_car", args, d.seller), Code::kInvalid, "until");
    check_refused(world, run("reserve_car", wish(1, 100'000'001), d.seller), Code::kInvalid,
                  "deposit_minor");
    args = wish(1, 100);
    args["deposit_method"] = "trade_in";
    check_refused(world, run("reserve_car", args, d.seller), Code::kInvalid, "deposit_method");
    auto late = d.make("reserve_car", wish(1), d.seller);
    auto dearer = *world.get<Car>(d.car(1));
    dearer.price_minor += 1;
    world.put(dearer);
    static_cast<void>(world.take_changes());
    check_refused(world, d.submit(late), Code::kTermsChanged);
}

TEST_CASE_FIXTURE(Fixture, "reserve_car: a car that is sold, reserved or archived is contested") {
    static_cast<void>(reserve(1));
    check_refused(world, run("reserve_car", wish(1), d.seller), Code::kCarReservedByOther,
                  "car_id");
    CHECK(!d.sell(2).is_nil());
    check_refused(world, run("reserve_car", wish(2), d.seller), Code::kCarSold, "car_id");
    check_applied(run("archive_car", {{"car_id", d.car(3).to_string()}}, d.manager));
    check_refused(world, run("reserve_car", wish(3), d.seller), Code::kCarArchived, "car_id");
    auto gone = *world.get<Customer>(d.customer);
    gone.archived = true;
    world.put(gone);
    check_refused(world, run("reserve_car", wish(4), d.seller), Code::kCustomerArchived);
}

TEST_CASE_FIXTURE(Fixture, "reserve_car: a walk-in has a name and no customer yet") {
    auto args = wish(1, kDeposit);
    args.erase("customer_id");
    args["walk_in_name"] = "Tall man in a hat";
    const auto outcome = run("reserve_car", args, d.seller);
    check_applied(outcome);
    const Uuid id = test::Dealership::id_in(outcome, "reservation_id");
    // Nobody's own: a sale names it.
    auto sale = d.sale_args(d.car(1));
    check_refused(world, run("record_sale", sale, d.seller), Code::kCarReservedByOther);
    sale["reservation_id"] = id.to_string();
    check_applied(run("record_sale", sale, d.seller));
    CHECK(at(id).status == ReservationStatus::kFulfilled);
    CHECK(at(id).customer_id == d.customer);
    CHECK(deposits(id)[0].customer_id == d.customer);
}

TEST_CASE_FIXTURE(Fixture,
                  "pushed reserve_car: a wish that came second is disputed, with its money") {
    Apart away;
    auto args = wish(1, 700);
    args["customer_id"] = d.other_customer.to_string();
    auto late = away.d.make("reserve_car", args, d.other_seller, d.other_terminal);
    late.id = test::fixed_id(8, 1);
    check_applied(away.d.submit(late, d.other_terminal));
    const Uuid first = reserve(1, kDeposit);
    const auto outcome = d.push(late, d.other_terminal);
    CHECK(outcome.kind == Outcome::Kind::kContested);
    CHECK(outcome.code == Code::kCarReservedByOther);
    const Uuid second = test::Dealership::id_in(outcome, "reservation_id");
    CHECK(at(second).status == ReservationStatus::kDisputed);
    CHECK(at(second).dispute_code == "car_reserved_by_other");
    CHECK(at(second).deposit_state == DepositState::kHeld);
    CHECK(at(first).status == ReservationStatus::kActive);
    // Whoever came second gets the money back, whatever the rule; the car stays kept.
    rule(DepositRule::kForfeit);
    check_applied(run("cancel_reservation", that(second), d.other_seller));
    CHECK(at(second).deposit_state == DepositState::kRefunded);
    CHECK(car(1) == Availability::kReserved);
}

TEST_CASE_FIXTURE(Fixture, "record_sale: a reserved car goes to whom it is kept for, nobody else") {
    const Uuid id = reserve(1, kDeposit);
    auto other = d.sale_args(d.car(1));
    other["customer_id"] = d.other_customer.to_string();
    check_refused(world, run("record_sale", other, d.seller), Code::kCarReservedByOther);
    other["reservation_id"] = id.to_string();
    check_refused(world, run("record_sale", other, d.seller), Code::kInvalid, "reservation_id");
    const auto outcome = run("record_sale", d.sale_args(d.car(1), 1'000'000), d.seller);
    check_applied(outcome);
    const Uuid sale_id = test::Dealership::id_in(outcome, "sale_id");
    const auto sale = *world.get<Sale>(sale_id);
    CHECK(sale.reservation_id == id);
    CHECK(at(id).status == ReservationStatus::kFulfilled);
    CHECK(at(id).sale_id == sale_id);
    CHECK(at(id).deposit_state == DepositState::kCredited);
    const auto bill = *world.get<Invoice>(sale.invoice_id);
    CHECK(bill.amount_paid_minor == kDeposit + 1'000'000);
    CHECK(outcome.details["balance_minor"] == bill.balance_minor);
    check_invoice(world, bill);
    check_cars(world);
    // A refund of the sale gives the deposit back with the rest.
    check_applied(
        run("refund_sale", {{"sale_id", sale_id.to_string()}, {"reason", "Broken"}}, d.manager));
    CHECK(world.get<Invoice>(sale.invoice_id)->amount_paid_minor == 0);
    CHECK(car(1) == Availability::kInStock);
}

TEST_CASE_FIXTURE(Fixture, "FIX record_sale: never over what is left after the deposit") {
    static_cast<void>(reserve(1, kDeposit));
    const std::int64_t total = 101'000'000;
    check_refused(world, run("record_sale", d.sale_args(d.car(1), total), d.seller),
                  Code::kOverBalance);
    const auto outcome = run("record_sale", d.sale_args(d.car(1), total - kDeposit), d.seller);
    check_applied(outcome);
    CHECK(outcome.details["balance_minor"] == 0);
}

TEST_CASE_FIXTURE(
    Fixture, "pushed record_sale: a reserved car sold elsewhere is disputed; give_car decides") {
    Apart away;
    auto args = d.sale_args(d.car(1), 900);
    args["customer_id"] = d.other_customer.to_string();
    auto late = away.d.make("record_sale", args, d.other_seller, d.other_terminal);
    late.id = test::fixed_id(8, 1);
    check_applied(away.d.submit(late, d.other_terminal));
    const Uuid id = reserve(1, kDeposit);
    const auto outcome = d.push(late, d.other_terminal);
    CHECK(outcome.code == Code::kCarReservedByOther);
    const Uuid sale = test::Dealership::id_in(outcome, "sale_id");
    CHECK(world.get<Sale>(sale)->status == SaleStatus::kDisputed);
    CHECK(car(1) == Availability::kReserved);
    SUBCASE("the car to the buyer: the reservation waits for its money") {
        check_applied(run("decide_dispute",
                          {{"sale_id", sale.to_string()}, {"decision", "give_car"}}, d.manager));
        CHECK(world.get<Sale>(sale)->status == SaleStatus::kCompleted);
        CHECK(at(id).status == ReservationStatus::kDisputed);
        CHECK(at(id).dispute_code == "car_sold");
        CHECK(car(1) == Availability::kSold);
        check_applied(run("cancel_reservation", that(id), d.seller));
        CHECK(car(1) == Availability::kSold);
    }
    SUBCASE("the money back: the car stays kept") {
        check_applied(run("decide_dispute",
                          {{"sale_id", sale.to_string()}, {"decision", "refund"}, {"reason", "x"}},
                          d.manager));
        CHECK(car(1) == Availability::kReserved);
        CHECK(at(id).status == ReservationStatus::kActive);
    }
    check_cars(world);
}

TEST_CASE_FIXTURE(
    Fixture,
    "cancel_reservation: the rule refunds or forfeits; others than it need one who decides") {
    const auto refuse_all = [&](const Uuid& id) {
        for (const Uuid& who :
             {d.staff, d.other_seller, d.mombasa_manager, d.mechanic, d.buyer_login, Uuid{}})
            check_refused(world, run("cancel_reservation", that(id), who), Code::kNotAllowed);
        check_refused(world, run("cancel_reservation", that(id, ""), d.seller),
                      Code::kReasonMissing, "reason");
    };
    SUBCASE("refund") {
        const Uuid id = reserve(1, kDeposit);
        refuse_all(id);
        auto keep = that(id);
        keep["deposit"] = "forfeit";
        check_refused(world, run("cancel_reservation", keep, d.seller), Code::kApproverMissing);
        check_refused(world, run("cancel_reservation", keep, d.seller, d.staff),
                      Code::kApproverNotAllowed);
        const auto outcome = run("cancel_reservation", that(id), d.seller);
        check_applied(outcome);
        CHECK(at(id).deposit_state == DepositState::kRefunded);
        CHECK(outcome.details["receipt_ids"].size() == 1);
        std::int64_t sum = 0;
        for (const auto& one : deposits(id))
            sum += one.amount_minor;
        CHECK(sum == 0);
        check_refused(world, run("cancel_reservation", that(id), d.seller), Code::kWrongState);
    }
    SUBCASE("forfeit") {
        rule(DepositRule::kForfeit);
        const Uuid id = reserve(1, kDeposit);
        const auto outcome = run("cancel_reservation", that(id), d.seller);
        check_applied(outcome);
        CHECK(at(id).deposit_state == DepositState::kForfeited);
        CHECK(deposits(id).size() == 1);
        CHECK(!outcome.details.contains("receipt_ids"));
    }
    SUBCASE("refund against the rule, approved") {
        rule(DepositRule::kForfeit);
        const Uuid id = reserve(1, kDeposit);
        auto back = that(id);
        back["deposit"] = "refund";
        check_refused(world, run("cancel_reservation", back, d.seller), Code::kApproverMissing);
        check_applied(run("cancel_reservation", back, d.seller, d.manager));
        CHECK(at(id).deposit_state == DepositState::kRefunded);
    }
    SUBCASE("none was taken") {
        const Uuid id = reserve(1);
        check_applied(run("cancel_reservation", that(id), d.manager));
        CHECK(at(id).deposit_state == DepositState::kNone);
    }
    CHECK(car(1) == Availability::kInStock);
    CHECK(!d.sell(1).is_nil());
}

TEST_CASE_FIXTURE(Fixture,
                  "cancel_reservation: frozen terms name the deposits; forged ones are refused") {
    const Uuid id = reserve(1, kDeposit);
    const Uuid other = reserve(2, 700);
    auto command = d.make("cancel_reservation", that(id), d.seller);
    command.terms["payment_ids"] = {deposits(other)[0].id.to_string()};
    auto context = d.context_at(d.terminal);
    context.terms = Context::Terms::kAddUp;
    static_cast<void>(world.take_changes());
    check_refused(world, execute(command, context, world), Code::kForged, "terms.payment_ids");
    command.terms = {{"payment_ids", base::Json::array()}, {"credit_minor", 0}};
    check_refused(world, d.submit(command), Code::kTermsChanged);
}

TEST_CASE_FIXTURE(
    Fixture, "pushed cancel_reservation: money given back is booked, whatever happened meanwhile") {
    const Uuid id = reserve(1, kDeposit);
    auto late = d.make("cancel_reservation", that(id), d.seller, d.terminal);
    late.numbers = {{"NBO-T01-R", 1}};
    const auto sold = run("record_sale", d.sale_args(d.car(1), 1000), d.seller);
    check_applied(sold);
    const auto outcome = d.push(late, d.terminal);
    check_applied(outcome);
    CHECK(has_review(outcome, Code::kWrongState));
    CHECK(at(id).status == ReservationStatus::kFulfilled);
    const auto bill =
        *world.get<Invoice>(world.get<Sale>(test::Dealership::id_in(sold, "sale_id"))->invoice_id);
    CHECK(bill.amount_paid_minor == 1000);  // the deposit is gone again
    check_invoice(world, bill);
    check_cars(world);
}

TEST_CASE_FIXTURE(
    Fixture, "expire_reservation: central's alone, when it is time; a machine hands out no money") {
    const Uuid id = reserve(1, kDeposit);
    check_refused(world, expire(id), Code::kWrongState);
    check_refused(world, run("expire_reservation", {{"reservation_id", id.to_string()}}, d.owner),
                  Code::kNotAllowed);
    d.now += 4 * test::kDay;
    check_applied(expire(id));
    CHECK(at(id).status == ReservationStatus::kExpired);
    CHECK(at(id).deposit_state == DepositState::kOwed);
    CHECK(car(1) == Availability::kInStock);
    check_refused(world, expire(id), Code::kWrongState);
    check_applied(run("reverse_payment",
                      {{"payment_id", deposits(id)[0].id.to_string()}, {"reason", "Given back"}},
                      d.manager));
    CHECK(at(id).deposit_state == DepositState::kRefunded);
    rule(DepositRule::kForfeit);
    const Uuid other = reserve(2, kDeposit);
    d.now += 4 * test::kDay;
    check_applied(expire(other));
    CHECK(at(other).deposit_state == DepositState::kForfeited);
}

TEST_CASE_FIXTURE(Fixture, "expire_reservation: what is owed is credited when they buy after all") {
    const Uuid id = reserve(1, kDeposit);
    d.now += 4 * test::kDay;
    check_applied(expire(id));
    const auto outcome = run("record_sale", d.sale_args(d.car(1)), d.seller);
    check_applied(outcome);
    CHECK(at(id).deposit_state == DepositState::kCredited);
    CHECK(at(id).status == ReservationStatus::kFulfilled);
}

TEST_CASE_FIXTURE(Fixture, "payments: a deposit is cleared, failed and taken back as any other") {
    auto args = wish(1, kDeposit);
    args["deposit_method"] = "card";
    args["deposit_reference"] = "SLIP 1";
    check_applied(run("reserve_car", args, d.seller));
    const Uuid id = *Uuid::parse(args["id"].get<std::string>());
    const base::Json payment = {{"payment_id", deposits(id)[0].id.to_string()}};
    SUBCASE("failed: nothing is held any more") {
        check_refused(world, run("fail_payment", payment, d.other_seller), Code::kNotAllowed);
        check_applied(run("fail_payment", payment, d.seller));
        CHECK(at(id).deposit_state == DepositState::kNone);
    }
    SUBCASE("cleared on the invoice it was credited to") {
        const auto sold = run("record_sale", d.sale_args(d.car(1)), d.seller);
        check_applied(sold);
        const auto invoice = world.get<Sale>(test::Dealership::id_in(sold, "sale_id"))->invoice_id;
        CHECK(world.get<Invoice>(invoice)->amount_paid_minor == 0);
        check_applied(run("clear_payment", payment, d.seller));
        CHECK(world.get<Invoice>(invoice)->amount_paid_minor == kDeposit);
        check_invoice(world, *world.get<Invoice>(invoice));
    }
    SUBCASE("the same slip twice") {
        auto again = wish(2, kDeposit);
        again["deposit_method"] = "card";
        again["deposit_reference"] = "SLIP 1";
        check_refused(world, run("reserve_car", again, d.seller), Code::kReferenceUsed,
                      "deposit_reference");
    }
}

TEST_CASE("reservations: the transition table and no other step") {
    using S = ReservationStatus;
    CHECK(reservation_transitions().size() == 7);
    CHECK(may_become(S::kActive, S::kFulfilled));
    CHECK(may_become(S::kExpired, S::kFulfilled));
    CHECK(!may_become(S::kCancelled, S::kActive));
    CHECK(!may_become(S::kFulfilled, S::kCancelled));
    CHECK(!may_become(S::kExpired, S::kActive));
}

TEST_CASE("reservations: whatever is done, a deposit is in one place, once") {
    CHECK(rc::check("deposits are held, credited, given back or forfeited exactly once", [] {
        Fixture f;
        std::vector<Uuid> reservations, sales;
        const auto one_of = [](const std::vector<Uuid>& all) {
            return all[*rc::gen::inRange<std::size_t>(0, all.size())];
        };
        if (*rc::gen::arbitrary<bool>()) f.rule(DepositRule::kForfeit);
        const int steps = *rc::gen::inRange(1, 25);
        for (int step = 0; step < steps; ++step) {
            const int what = *rc::gen::inRange(0, 6);
            const int car = *rc::gen::inRange(1, 5);
            if (what == 0) {
                const auto made =
                    f.run("reserve_car", f.wish(car, *rc::gen::inRange<std::int64_t>(0, 1000)),
                          f.d.seller);
                if (made.applied())
                    reservations.push_back(test::Dealership::id_in(made, "reservation_id"));
            } else if (what == 1) {
                const auto made =
                    f.run("record_sale", f.d.sale_args(f.d.car(car), *rc::gen::inRange(0, 1000)),
                          f.d.seller);
                if (made.applied()) sales.push_back(test::Dealership::id_in(made, "sale_id"));
            } else if (what == 2 && !reservations.empty()) {
                f.run("cancel_reservation", f.that(one_of(reservations)), f.d.manager);
            } else if (what == 3 && !reservations.empty()) {
                f.d.now += 4 * test::kDay;
                f.expire(one_of(reservations));
            } else if (what == 4 && !sales.empty()) {
                f.run("refund_sale", {{"sale_id", one_of(sales).to_string()}, {"reason", "x"}},
                      f.d.manager);
            } else if (what == 5 && !reservations.empty()) {
                for (const auto& one : f.deposits(one_of(reservations)))
                    f.run("reverse_payment", {{"payment_id", one.id.to_string()}, {"reason", "x"}},
                          f.d.manager);
            }
        }
        for (const auto& kept : f.world.find<Reservation>({})) {
            std::int64_t standing = 0, credited = 0, all = 0;
            for (const auto& one : f.deposits(kept.id)) {
                all += one.amount_minor;
                if (!one.invoice_id.is_nil())
                    credited += one.amount_minor;
                else
                    standing += one.amount_minor;
            }
            RC_ASSERT(all == standing + credited);
            switch (kept.deposit_state) {
                case DepositState::kNone:
                    RC_ASSERT(all == 0);
                    break;
                case DepositState::kHeld:
                case DepositState::kOwed:
                case DepositState::kForfeited:
                    RC_ASSERT(standing == kept.deposit_minor);
                    RC_ASSERT(credited == 0);
                    break;
                case DepositState::kCredited:
                    RC_ASSERT(standing == 0);
                    RC_ASSERT((credited == kept.deposit_minor || credited == 0));  // refunded since
                    break;
                case DepositState::kRefunded:
                    RC_ASSERT(all == 0);
                    break;
            }
            const auto keeps = f.world.get<Car>(kept.car_id)->availability;
            if (kept.status == ReservationStatus::kActive)
                RC_ASSERT(keeps == Availability::kReserved);
        }
        for (const auto& invoice : f.world.find<Invoice>({}))
            check_invoice(f.world, invoice);
        check_cars(f.world);
    }));
}

}  // namespace showfloor::domain
