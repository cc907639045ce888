#include "judging.hpp"

#include "domain/sale_terms.hpp"

namespace showfloor::domain {

namespace {

struct Fixture {
    MapWorld world;
    test::Dealership d{world};

    Outcome sell(base::Json args, const Uuid& actor, const Uuid& co_actor = {}) {
        static_cast<void>(world.take_changes());
        return d.run("record_sale", std::move(args), actor, co_actor);
    }
    Sale sale_of(const Outcome& outcome) {
        return *world.get<Sale>(test::Dealership::id_in(outcome, "sale_id"));
    }
    Invoice invoice_of(const Sale& sale) { return *world.get<Invoice>(sale.invoice_id); }
    template <typename T>
    void change(const Uuid& id, void (*edit)(T&)) {
        auto record = *world.get<T>(id);
        edit(record);
        world.put(record);
        static_cast<void>(world.take_changes());
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture,
                  "FIX record_sale: sale, invoice, lines, payments, receipts, commission and "
                  "availability in one go") {
    auto args = d.sale_args(d.car(1), 20'000'000);
    args["discount_minor"] = 2'000'000;
    args["accessories"] = {{{"description", "Roof rack"}, {"amount_minor", 500'000}}};
    args["trade_in_value_minor"] = 10'000'000;
    args["trade_in_description"] = "Old Corolla";
    args["payments"].push_back(
        {{"method", "card"}, {"amount_minor", 1'000'000}, {"reference", "A1"}});
    const auto outcome = sell(args, d.seller);
    check_applied(outcome);
    const Sale sale = sale_of(outcome);
    CHECK(sale.status == SaleStatus::kCompleted);
    CHECK(sale.seller_id == d.seller);
    CHECK(sale.branch_id == d.nairobi);
    // (100,000,000 - 2,000,000) less the 16 % inside = 84,482,759 (half up); 20 % of it.
    CHECK(sale.commission_minor == 16'896'552);
    const Invoice invoice = invoice_of(sale);
    CHECK(invoice.total_amount_minor == 100'000'000 + 500'000 + 1'000'000 - 2'000'000);
    CHECK(invoice.amount_paid_minor == 30'000'000);  // the card is still pending
    CHECK(invoice.status == InvoiceStatus::kPartlyPaid);
    CHECK(invoice.number == "NBO-C-I000001");
    CHECK(outcome.details["receipt_ids"].size() == 3);
    const auto last =
        *world.get<Receipt>(*Uuid::parse(outcome.details["receipt_ids"][2].get<std::string>()));
    CHECK(last.number == "NBO-C-R000003");
    CHECK(last.balance_after_minor == invoice.balance_minor);
    CHECK(world.get<Car>(d.car(1))->availability == Availability::kSold);
    check_invoice(world, invoice);
}

TEST_CASE_FIXTURE(Fixture,
                  "record_sale: taxes on top are rounded once per rate and added to the total") {
    change<Branch>(d.nairobi, [](Branch& b) { b.prices_include_tax = false; });
    auto args = d.sale_args(d.car(1));
    args["accessories"] = {{{"description", "Mat"}, {"amount_minor", 3}, {"tax_code", "standard"}}};
    const auto outcome = sell(args, d.seller);
    check_applied(outcome);
    const Invoice invoice = invoice_of(sale_of(outcome));
    CHECK(invoice.taxes.size() == 1);
    CHECK(invoice.taxes[0].tax_minor == 16'000'000);  // 16 % of 100,000,003, half up
    CHECK(sale_of(outcome).commission_minor == 20'000'000);
    check_invoice(world, invoice);
}

TEST_CASE_FIXTURE(Fixture, "record_sale: who may and who may not") {
    for (const Uuid& who : {d.staff, d.mechanic, d.driver, d.supplier, d.buyer_login, Uuid{}})
        check_refused(world, sell(d.sale_args(d.car(1)), who), Code::kNotAllowed);
    check_applied(sell(d.sale_args(d.car(1)), d.manager));
    check_applied(sell(d.sale_args(d.car(2)), d.owner));
    // A customer of another branch is out of a seller's sight.
    check_refused(world, sell(d.sale_args(d.car(3)), d.mombasa_seller), Code::kNotAllowed,
                  "customer_id");
}

TEST_CASE_FIXTURE(
    Fixture, "record_sale: a car of any branch may be sold; the sale is the seller's branch's") {
    const auto outcome = sell(d.sale_args(d.car(5)), d.seller);
    check_applied(outcome);
    CHECK(sale_of(outcome).branch_id == d.nairobi);
}

TEST_CASE_FIXTURE(
    Fixture,
    "record_sale: numbers bear the terminal's branch and code, gapless, none for a refusal") {
    auto first = d.make("record_sale", d.sale_args(d.car(1), 100), d.seller, d.terminal);
    check_applied(d.submit(first, d.terminal));
    auto refused = d.make("record_sale", d.sale_args(d.car(1), 100), d.seller, d.terminal);
    CHECK(!d.submit(refused, d.terminal).applied());
    CHECK(refused.numbers.empty());
    auto second = d.make("record_sale", d.sale_args(d.car(2), 100), d.seller, d.terminal);
    check_applied(d.submit(second, d.terminal));
    REQUIRE(second.numbers.size() == 2);
    CHECK(second.numbers[0].text() == "NBO-T01-I000002");
    CHECK(second.numbers[1].text() == "NBO-T01-R000002");
}

TEST_CASE_FIXTURE(Fixture, "record_sale: an id used before, and what is not there") {
    auto args = d.sale_args(d.car(1));
    check_applied(sell(args, d.seller));
    args["car_id"] = d.car(2).to_string();
    check_refused(world, sell(args, d.seller), Code::kAlreadyDone, "id");
    check_refused(world, sell(d.sale_args(test::fixed_id(5, 99)), d.seller), Code::kNotFound,
                  "car_id");
    auto unknown = d.sale_args(d.car(2));
    unknown["customer_id"] = test::fixed_id(4, 99).to_string();
    check_refused(world, sell(unknown, d.seller), Code::kNotFound, "customer_id");
}

TEST_CASE_FIXTURE(Fixture,
                  "record_sale: a discount over the limit needs a reason and an approver who may") {
    const auto over = [&] {
        auto args = d.sale_args(d.car(1));
        args["discount_minor"] = 3'000'001;
        return args;
    };
    check_refused(world, sell(over(), d.seller), Code::kReasonMissing, "discount_reason");
    auto args = over();
    args["discount_reason"] = "Scratch";
    check_refused(world, sell(args, d.seller), Code::kApproverMissing, "co_actor_id");
    check_refused(world, sell(args, d.seller, d.other_seller), Code::kApproverNotAllowed);
    check_refused(world, sell(args, d.seller, d.seller), Code::kApproverNotAllowed);
    check_refused(world, sell(args, d.seller, d.mombasa_manager), Code::kApproverNotAllowed);
    change<User>(d.owner, [](User& u) { u.status = UserStatus::kInactive; });
    check_refused(world, sell(args, d.seller, d.owner), Code::kApproverNotAllowed);
    const auto outcome = sell(args, d.seller, d.manager);
    check_applied(outcome);
    CHECK(sale_of(outcome).approver_id == d.manager);
    auto within = d.sale_args(d.car(2));
    within["discount_minor"] = 6'000'000;  // exactly 3 %
    check_applied(sell(within, d.seller));
    auto above = d.sale_args(d.car(3));
    above["discount_minor"] = 300'000'001;
    check_refused(world, sell(above, d.manager), Code::kInvalid, "discount_minor");
}

TEST_CASE_FIXTURE(
    Fixture, "FIX record_sale: sums never come from the client; changed terms are shown again") {
    auto command = d.make("record_sale", d.sale_args(d.car(1)), d.seller);
    change<Car>(d.car(1), [](Car& car) { car.price_minor += 1; });
    const auto outcome = d.submit(command);
    check_refused(world, outcome, Code::kTermsChanged);
    CHECK(outcome.details["terms"]["price_minor"] == 100'000'001);
    auto none = d.make("record_sale", d.sale_args(d.car(1)), d.seller);
    none.terms = base::Json::object();
    check_refused(world, d.submit(none), Code::kInvalid);
    auto forged = d.make("record_sale", d.sale_args(d.car(1)), d.seller, d.terminal);
    auto submitted = forged;
    check_applied(d.submit(submitted, d.terminal));
    forged.args["car_id"] = d.car(2).to_string();
    forged.args["id"] = d.next_id().to_string();
    forged.id = d.next_id();
    forged.numbers = submitted.numbers;
    forged.terms["total_minor"] = 1;
    static_cast<void>(world.take_changes());
    check_refused(world, d.push(forged, d.terminal), Code::kTermsDoNotAddUp);
}

TEST_CASE_FIXTURE(
    Fixture,
    "FIX record_sale: payments never exceed the total; references and instalments are checked") {
    check_refused(world, sell(d.sale_args(d.car(1), 101'000'001), d.seller), Code::kOverBalance,
                  "payments[0].amount_minor");
    auto twice = d.sale_args(d.car(1));
    twice["payments"] = {{{"method", "card"}, {"amount_minor", 5}, {"reference", "A"}},
                         {{"method", "card"}, {"amount_minor", 5}, {"reference", "A"}}};
    check_refused(world, sell(twice, d.seller), Code::kInvalid, "payments[1].reference");
    auto trade = d.sale_args(d.car(1));
    trade["payments"] = {{{"method", "trade_in"}, {"amount_minor", 5}}};
    check_refused(world, sell(trade, d.seller), Code::kInvalid, "payments[0].method");
    auto rates = d.sale_args(d.car(1), 1'000'000);
    rates["installments"] = {{{"due_at", test::kMorning}, {"amount_minor", 99'999'999}}};
    check_refused(world, sell(rates, d.seller), Code::kInvalid, "installments");
    rates["installments"][0]["amount_minor"] = 100'000'000;
    check_applied(sell(rates, d.seller));
    auto first = d.sale_args(d.car(2));
    first["payments"] = {{{"method", "card"}, {"amount_minor", 5}, {"reference", "B"}}};
    check_applied(sell(first, d.seller));
    auto again = d.sale_args(d.car(3));
    again["payments"] = first["payments"];
    check_refused(world, sell(again, d.seller), Code::kReferenceUsed, "payments[0].reference");
    again["payments"][0]["method"] = "cheque";  // another method, another series of references
    check_applied(sell(again, d.seller));
}

TEST_CASE_FIXTURE(Fixture, "FIX record_sale: one car never has two standing sales") {
    REQUIRE(!d.sell(1).is_nil());
    const auto outcome = sell(d.sale_args(d.car(1)), d.other_seller);
    CHECK(outcome.kind == Outcome::Kind::kContested);
    check_refused(world, outcome, Code::kCarSold);
}

TEST_CASE_FIXTURE(Fixture,
                  "record_sale: archived or reserved cars and archived customers are contested") {
    change<Car>(d.car(1), [](Car& car) { car.archived = true; });
    check_refused(world, sell(d.sale_args(d.car(1)), d.seller), Code::kCarArchived);
    change<Car>(d.car(2), [](Car& car) { car.availability = Availability::kReserved; });
    check_refused(world, sell(d.sale_args(d.car(2)), d.seller), Code::kCarReservedByOther);
    change<Customer>(d.customer, [](Customer& customer) { customer.archived = true; });
    check_refused(world, sell(d.sale_args(d.car(3)), d.seller), Code::kCustomerArchived);
}

TEST_CASE_FIXTURE(Fixture,
                  "pushed record_sale: a car sold twice apart keeps both; the second is disputed, "
                  "its money booked") {
    MapWorld apart;
    test::Dealership away(apart);
    auto second =
        away.make("record_sale", away.sale_args(d.car(1), 700), d.other_seller, d.other_terminal);
    check_applied(away.submit(second, d.other_terminal));
    second.id = test::fixed_id(8, 1);
    second.args["id"] = test::fixed_id(8, 2).to_string();
    const Uuid first = d.sell(1, 500);
    const auto outcome = d.push(second, d.other_terminal);
    CHECK(outcome.kind == Outcome::Kind::kContested);
    CHECK(outcome.code == Code::kCarSold);
    const Sale sale = sale_of(outcome);
    CHECK(sale.status == SaleStatus::kDisputed);
    CHECK(sale.dispute_code == "car_sold");
    CHECK(world.get<Sale>(first)->status == SaleStatus::kCompleted);
    CHECK(invoice_of(sale).amount_paid_minor == 700);
    CHECK(invoice_of(sale).number == "NBO-T02-I000001");
    check_invoice(world, invoice_of(sale));
    check_cars(world);
}

TEST_CASE_FIXTURE(
    Fixture,
    "pushed record_sale: whatever changed at central meanwhile, the sale is kept and marked") {
    auto command = d.make("record_sale", d.sale_args(d.car(1), 100), d.seller, d.terminal);
    auto submitted = command;
    {
        MapWorld apart;
        test::Dealership away(apart);
        check_applied(away.submit(submitted, d.terminal));
    }
    command = submitted;
    const auto disputed_for = [&](Code code) {
        const auto outcome = d.push(command, d.terminal);
        CAPTURE(outcome.field);
        CHECK(outcome.kind == Outcome::Kind::kContested);
        CHECK(name_of(outcome.code) == name_of(code));
        const auto sale = world.get<Sale>(*Uuid::parse(command.args["id"].get<std::string>()));
        REQUIRE(sale);
        CHECK(sale->status == SaleStatus::kDisputed);
        CHECK(sale->dispute_code == name_of(code));
        return *sale;
    };
    SUBCASE("the seller was deactivated") {
        change<User>(d.seller, [](User& user) { user.status = UserStatus::kInactive; });
        disputed_for(Code::kActorInactive);
        // Nobody else has this car: it stays with the sale until somebody decides.
        CHECK(world.get<Car>(d.car(1))->availability == Availability::kSold);
    }
    SUBCASE("the seller moved to another branch: the sale stays with the one it was made in") {
        change<User>(d.seller, [](User& user) { user.branch_id = test::fixed_id(1, 2); });
        const auto outcome = d.push(command, d.terminal);
        CHECK(outcome.kind != Outcome::Kind::kRefused);
        const auto sale = *world.get<Sale>(*Uuid::parse(command.args["id"].get<std::string>()));
        CHECK(sale.branch_id == d.nairobi);
        CHECK(invoice_of(sale).branch_id == d.nairobi);
        CHECK(invoice_of(sale).number == "NBO-T01-I000001");
    }
    SUBCASE("the seller's role is another") {
        change<User>(d.seller, [](User& user) { user.role = Role::kMechanic; });
        disputed_for(Code::kActorRoleChanged);
    }
    SUBCASE("the customer was archived") {
        change<Customer>(d.customer, [](Customer& customer) { customer.archived = true; });
        disputed_for(Code::kCustomerArchived);
    }
    SUBCASE("the customer moved to another branch") {
        change<Customer>(d.customer, [](Customer& c) { c.branch_id = test::fixed_id(1, 2); });
        disputed_for(Code::kActorRoleChanged);
    }
    SUBCASE("the car was archived") {
        change<Car>(d.car(1), [](Car& car) { car.archived = true; });
        disputed_for(Code::kCarArchived);
        CHECK(world.get<Car>(d.car(1))->archived);
    }
    SUBCASE("the price changed: applied, flagged for review, frozen price kept") {
        change<Car>(d.car(1), [](Car& car) { car.price_minor *= 2; });
        const auto outcome = d.push(command, d.terminal);
        check_applied(outcome);
        CHECK(has_review(outcome, Code::kTermsChanged));
        CHECK(sale_of(outcome).price_minor == 100'000'000);
        CHECK(sale_of(outcome).reviews == std::vector<std::string>{"terms_changed"});
    }
    SUBCASE("the branch lost its tax rate and got fees in another currency") {
        change<Branch>(d.nairobi, [](Branch& b) {
            b.tax_rates.clear();
            b.currency = "USD";
        });
        const auto outcome = d.push(command, d.terminal);
        check_applied(outcome);
        CHECK(has_review(outcome, Code::kTermsChanged));
    }
    SUBCASE("a merged customer's old id goes on working") {
        change<Customer>(d.customer, [](Customer& customer) {
            customer.merged_into = test::fixed_id(4, 2);
            customer.archived = true;
        });
        const auto outcome = d.push(command, d.terminal);
        check_applied(outcome);
        CHECK(sale_of(outcome).customer_id == d.other_customer);
    }
    SUBCASE("a seller or numbers that never were: forged, refused") {
        auto forged = command;
        forged.actor_id = test::fixed_id(2, 77);
        check_refused(world, d.push(forged, d.terminal), Code::kForged, "actor_id");
        forged = command;
        forged.numbers = {{"NBO-T02-I", 1}};
        check_refused(world, d.push(forged, d.terminal), Code::kForged, "numbers");
        forged = command;
        forged.numbers.clear();
        check_refused(world, d.push(forged, d.terminal), Code::kForged, "numbers");
    }
    SUBCASE("a customer not known here: made from the papers, filled in by its own command") {
        const Uuid unknown = test::fixed_id(4, 77);
        command.args["customer_id"] = unknown.to_string();
        const auto outcome = d.push(command, d.terminal);
        check_applied(outcome);
        CHECK(has_review(outcome, Code::kNotKnown));
        CHECK(sale_of(outcome).reviews == std::vector<std::string>{"not_known"});
        const auto made = *world.get<Customer>(unknown);
        CHECK(made.placeholder);
        CHECK(made.first_name == world.get<Customer>(d.customer)->first_name);
        CHECK(made.branch_id == d.nairobi);
        auto arrives = d.make("create_customer",
                              {{"id", unknown.to_string()},
                               {"first_name", "Asha"},
                               {"last_name", "Noor"},
                               {"phone", "+254799000111"}},
                              d.other_seller, d.other_terminal);
        arrives.id = test::fixed_id(8, 3);
        check_applied(d.push(arrives, d.other_terminal));
        const auto filled = *world.get<Customer>(unknown);
        CHECK_FALSE(filled.placeholder);
        CHECK(filled.first_name == "Asha");
        CHECK(filled.phone == "+254799000111");
        CHECK(filled.seller_id == d.other_seller);
        arrives.id = test::fixed_id(8, 4);
        static_cast<void>(world.take_changes());
        check_refused(world, d.push(arrives, d.other_terminal), Code::kAlreadyDone);
        CHECK(invoice_of(sale_of(outcome)).customer_id == unknown);
    }
    SUBCASE("a car not known here: made from the papers, sold") {
        const Uuid unknown = test::fixed_id(3, 77);
        command.args["car_id"] = unknown.to_string();
        const auto outcome = d.push(command, d.terminal);
        check_applied(outcome);
        CHECK(has_review(outcome, Code::kNotKnown));
        const auto real = *world.get<Car>(d.car(1));
        const auto made = *world.get<Car>(unknown);
        CHECK(made.vin == real.vin);
        CHECK(made.make == real.make);
        CHECK(made.price_minor == 100'000'000);
        CHECK(made.availability == Availability::kSold);
        check_invoice(world, invoice_of(sale_of(outcome)));
        check_cars(world);
    }
    SUBCASE("a car not known here, and terms that do not say what it was: not found") {
        command.args["car_id"] = test::fixed_id(3, 77).to_string();
        command.terms.erase("shown");
        check_refused(world, d.push(command, d.terminal), Code::kNotFound, "car_id");
    }
    SUBCASE("the car's description changed: the invoice says what the paper said") {
        change<Car>(d.car(1), [](Car& car) { car.model = "Another"; });
        const auto outcome = d.push(command, d.terminal);
        check_applied(outcome);
        CHECK(has_review(outcome, Code::kTermsChanged));
        const auto line = world.find_one<InvoiceLine>(
            {{"invoice_id", Value{sale_of(outcome).invoice_id.to_string()}}});
        CHECK(line->description.find("Another") == std::string::npos);
    }
    SUBCASE("a role that never sells is refused, whatever is pushed") {
        command.actor_id = d.staff;
        command.actor_role = "staff";
        check_refused(world, d.push(command, d.terminal), Code::kNotAllowed);
    }
    SUBCASE("the approver was deactivated since: kept and marked") {
        MapWorld apart;
        test::Dealership away(apart);
        auto args = away.sale_args(d.car(2));
        args["discount_minor"] = 50'000'000;
        args["discount_reason"] = "Scratch";
        auto over = away.make("record_sale", args, d.seller, d.terminal, d.manager);
        check_applied(away.submit(over, d.terminal));
        change<User>(d.manager, [](User& user) { user.status = UserStatus::kInactive; });
        const auto outcome = d.push(over, d.terminal);
        CHECK(outcome.kind == Outcome::Kind::kContested);
        CHECK(outcome.code == Code::kActorInactive);
    }
}

TEST_CASE_FIXTURE(Fixture,
                  "pushed record_sale: a limit lowered meanwhile disputes; a reference used "
                  "meanwhile is reviewed") {
    MapWorld apart;
    test::Dealership away(apart);
    auto args = away.sale_args(d.car(1));
    args["discount_minor"] = 3'000'000;
    auto discounted = away.make("record_sale", args, d.seller, d.terminal);
    check_applied(away.submit(discounted, d.terminal));
    auto card = away.sale_args(d.car(2));
    card["payments"] = {{{"method", "card"}, {"amount_minor", 5}, {"reference", "X"}}};
    auto paid = away.make("record_sale", card, d.seller, d.terminal);
    check_applied(away.submit(paid, d.terminal));
    change<Branch>(d.nairobi, [](Branch& branch) { branch.discount_limit_bp = 100; });
    auto outcome = d.push(discounted, d.terminal);
    CHECK(outcome.code == Code::kDiscountOverLimit);
    CHECK(sale_of(outcome).status == SaleStatus::kDisputed);
    CHECK(has_review(outcome, Code::kTermsChanged));
    CHECK(d.rebase(discounted, d.terminal).code == Code::kAlreadyDone);

    change<Branch>(d.nairobi, [](Branch& branch) { branch.discount_limit_bp = 300; });
    auto other = d.sale_args(d.car(3));
    other["payments"] = card["payments"];
    other["id"] = test::fixed_id(8, 9).to_string();
    auto taken = d.make("record_sale", other, d.seller);
    taken.id = test::fixed_id(8, 8);
    check_applied(d.submit(taken));
    outcome = d.push(paid, d.terminal);
    CHECK(outcome.kind == Outcome::Kind::kContested);
    CHECK(outcome.code == Code::kReferenceUsed);
    CHECK(sale_of(outcome).status == SaleStatus::kCompleted);
    CHECK(sale_of(outcome).reviews == std::vector<std::string>{"reference_used"});
}

TEST_CASE_FIXTURE(Fixture, "rebase: what cannot stand any more changes nothing and says why") {
    auto command = d.make("record_sale", d.sale_args(d.car(1), 100), d.seller, d.terminal);
    {
        MapWorld apart;
        test::Dealership away(apart);
        check_applied(away.submit(command, d.terminal));
    }
    CHECK(!d.sell(1).is_nil());
    static_cast<void>(world.take_changes());
    command.args["id"] = test::fixed_id(8, 2).to_string();
    const auto outcome = d.rebase(command, d.terminal);
    CHECK(outcome.kind == Outcome::Kind::kContested);
    check_refused(world, outcome, Code::kCarSold);
}

TEST_CASE_FIXTURE(Fixture, "deliver_sale: a completed sale is delivered; a disputed one waits") {
    const Uuid sale = d.sell(1);
    const base::Json args = {{"sale_id", sale.to_string()}};
    static_cast<void>(world.take_changes());
    check_refused(world, d.run("deliver_sale", args, d.other_seller), Code::kNotAllowed);
    check_applied(d.run("deliver_sale", args, d.seller));
    CHECK(world.get<Sale>(sale)->status == SaleStatus::kDelivered);
    CHECK(world.get<Sale>(sale)->delivered_at != 0);
    static_cast<void>(world.take_changes());
    check_refused(world, d.run("deliver_sale", args, d.seller), Code::kWrongState);
    change<Sale>(sale, [](Sale& s) {
        s.status = SaleStatus::kDisputed;
        s.delivered_at = 0;
    });
    check_refused(world, d.run("deliver_sale", args, d.seller), Code::kWrongState);
    // Handed over offline while central disputed it: that happened, so it is noted for a person.
    const auto pushed = d.push(d.make("deliver_sale", args, d.seller, d.terminal), d.terminal);
    check_applied(pushed);
    CHECK(has_review(pushed, Code::kWrongState));
    CHECK(world.get<Sale>(sale)->status == SaleStatus::kDisputed);
    CHECK(world.get<Sale>(sale)->delivered_at != 0);
}

}  // namespace showfloor::domain
