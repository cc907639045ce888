#include <rapidcheck.h>

#include <algorithm>

#include "domain/money.hpp"
#include "domain/promotions.hpp"
#include "domain/sale_terms.hpp"
#include "judging.hpp"

namespace showfloor::domain {

namespace {

struct Fixture {
    MapWorld world;
    test::Dealership d{world};

    Outcome run(std::string_view name, base::Json args, const Uuid& actor,
                const Uuid& co_actor = {}) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor, co_actor);
    }
    base::Json share(const char* name, std::int64_t percent_bp) {
        return {{"id", d.next_id().to_string()}, {"name", name}, {"percent_bp", percent_bp}};
    }
    base::Json amount(const char* name, std::int64_t minor, const char* currency = "KES") {
        return {{"id", d.next_id().to_string()},
                {"name", name},
                {"amount_minor", minor},
                {"currency", currency}};
    }
    Uuid make(const base::Json& args) {
        check_applied(run("create_promotion", args, d.manager));
        return *Uuid::parse(args["id"].get<std::string>());
    }
    base::Json sale_with(const std::vector<Uuid>& promotions, int car = 1) {
        base::Json args = d.sale_args(d.car(car));
        for (const Uuid& id : promotions)
            args["promotions"].push_back(id.to_string());
        return args;
    }
    Outcome sell(base::Json args) { return run("record_sale", std::move(args), d.seller); }
    Sale sale_of(const Outcome& outcome) {
        return *world.get<Sale>(test::Dealership::id_in(outcome, "sale_id"));
    }
    Invoice invoice_of(const Sale& sale) { return *world.get<Invoice>(sale.invoice_id); }
    std::vector<InvoiceLine> lines_of(const Sale& sale) {
        return world.find<InvoiceLine>(
            {.where = {{"invoice_id", Value{sale.invoice_id.to_string()}}},
             .order_by = "position"});
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "promotion: made by admins at central, a share or an amount") {
    for (const Uuid& who :
         {d.staff, d.seller, d.mechanic, d.driver, d.supplier, d.buyer_login, Uuid{}})
        check_refused(world, run("create_promotion", share("Spring", 500), who), Code::kNotAllowed);
    const auto wrong = [&](const base::Json& args, const char* field, Code code = Code::kInvalid) {
        CAPTURE(field);
        check_refused(world, run("create_promotion", args, d.manager), code, field);
    };
    auto args = share("Spring", 500);
    args["amount_minor"] = 1;
    wrong(args, "amount_minor");
    wrong(share("Spring", 0), "percent_bp");
    wrong(share("Spring", 10'001), "percent_bp");
    args = share("Spring", 500);
    args["currency"] = "KES";
    wrong(args, "currency");
    wrong(amount("Spring", 5, "QQQ"), "currency");
    args = share("Spring", 500);
    args["starts_at"] = d.now;
    args["ends_at"] = d.now;
    wrong(args, "ends_at");
    args = share("Spring", 500);
    args["branch_id"] = test::fixed_id(1, 9).to_string();
    wrong(args, "branch_id", Code::kNotFound);

    const Uuid id = make(share("Spring", 500));
    check_applied(run("update_promotion",
                      {{"id", id.to_string()},
                       {"percent_bp", nullptr},
                       {"amount_minor", 70},
                       {"currency", "USD"}},
                      d.owner));
    CHECK(world.get<Promotion>(id)->percent_bp == 0);
    check_refused(world,
                  run("update_promotion", {{"id", id.to_string()}, {"percent_bp", 5}}, d.manager),
                  Code::kInvalid, "amount_minor");
    check_applied(run("archive_promotion", {{"id", id.to_string()}}, d.manager));
    check_refused(world, run("archive_promotion", {{"id", id.to_string()}}, d.manager),
                  Code::kAlreadyDone);
    // A terminal makes none, offline or not.
    auto pushed = d.make("create_promotion", share("Winter", 100), d.manager, d.terminal);
    check_refused(world, d.push(pushed, d.terminal), Code::kNotFromTerminal);
}

TEST_CASE_FIXTURE(Fixture,
                  "record_sale: each promotion is its own line; commission is on what is left") {
    const Uuid spring = make(share("Spring 5 %", 500));
    const Uuid loyal = make(amount("Loyal customer", 1'500'000));
    auto args = sale_with({spring, loyal});
    args["discount_minor"] = 2'000'000;
    const auto outcome = sell(args);
    check_applied(outcome);
    const Sale sale = sale_of(outcome);
    REQUIRE(sale.promotions.size() == 2);
    CHECK(sale.promotions[0].promotion_id == spring);
    CHECK(sale.promotions[0].name == "Spring 5 %");
    CHECK(sale.promotions[0].amount_minor == 5'000'000);
    CHECK(sale.promotions[1].amount_minor == 1'500'000);
    CHECK(sale.discount_minor == 2'000'000);
    const auto lines = lines_of(sale);
    REQUIRE(lines.size() == 5);  // car, fee, discount, two promotions
    CHECK(lines[3].kind == LineKind::kDiscount);
    CHECK(lines[3].description == "Spring 5 %");
    CHECK(lines[3].amount_minor == -5'000'000);
    CHECK(lines[3].tax_rate_bp == lines[0].tax_rate_bp);
    CHECK(lines[4].amount_minor == -1'500'000);
    const Invoice invoice = invoice_of(sale);
    CHECK(invoice.total_amount_minor == 100'000'000 + 1'000'000 - 2'000'000 - 6'500'000);
    const std::int64_t price = 91'500'000;
    CHECK(sale.commission_minor == share_of(price - tax_inside(price, 1600), 2000));
    check_invoice(world, invoice);
}

TEST_CASE_FIXTURE(Fixture, "record_sale: promotions do not count towards the seller's limit") {
    const Uuid half = make(share("Half price", 5'000));
    auto args = sale_with({half});
    args["discount_minor"] = 3'000'000;  // 3 % of the list price: as far as a seller may
    check_applied(sell(args));
    auto over = sale_with({half}, 2);
    over["discount_minor"] = 6'000'001;
    over["discount_reason"] = "Price match";
    check_refused(world, sell(over), Code::kApproverMissing);
}

TEST_CASE_FIXTURE(Fixture, "record_sale: a promotion that is not for this sale is refused") {
    const auto wrong = [&](const base::Json& args, Code code, const char* field) {
        CAPTURE(field);
        check_refused(world, sell(args), code, field);
    };
    const Uuid good = make(share("Good", 100));
    wrong(sale_with({good, good}), Code::kPromotionRepeated, "promotions[1]");
    wrong(sale_with({test::fixed_id(8, 1)}), Code::kNotFound, "promotions[0]");
    wrong(sale_with({good, make(amount("Dollars", 100, "USD"))}), Code::kCurrencyMismatch,
          "promotions[1]");
    auto garbage = sale_with({});
    garbage["promotions"] = {"x"};
    wrong(garbage, Code::kInvalid, "promotions[0]");
    const auto not_for = [&](const char* field, const base::Json& value) {
        CAPTURE(field);
        auto args = share("Narrow", 100);
        args[field] = value;
        wrong(sale_with({make(args)}), Code::kPromotionNotApplicable, "promotions[0]");
    };
    not_for("branch_id", d.mombasa.to_string());
    not_for("make", "Lada");
    not_for("model", "Lada");
    not_for("body_style", "van");
    not_for("condition", "new");
    not_for("starts_at", d.now + test::kDay);
    not_for("ends_at", d.now);
    not_for("active", false);
    const Uuid gone = make(share("Gone", 100));
    check_applied(run("archive_promotion", {{"id", gone.to_string()}}, d.manager));
    wrong(sale_with({gone}), Code::kPromotionNotApplicable, "promotions[0]");
    // What is said of the car fits, however it is written.
    const Car car = *world.get<Car>(d.car(1));
    auto args = share("Fits", 100);
    args["make"] = car.make;
    std::transform(car.make.begin(), car.make.end(), args["make"].get_ref<std::string&>().begin(),
                   ::toupper);
    args["model"] = car.model;
    args["condition"] = kConditionNames[static_cast<std::size_t>(car.condition)];
    args["branch_id"] = d.nairobi.to_string();
    args["starts_at"] = d.now;
    args["ends_at"] = d.now + test::kDay;
    check_applied(sell(sale_with({good, make(args)})));
}

TEST_CASE_FIXTURE(Fixture, "record_sale: the price never goes below zero") {
    const Uuid most = make(amount("Most of it", 99'000'000));
    auto args = sale_with({most});
    args["discount_minor"] = 1'000'001;
    check_refused(world, sell(args), Code::kInvalid, "promotions");
    args["discount_minor"] = 1'000'000;
    const auto outcome = sell(args);
    check_applied(outcome);
    CHECK(sale_of(outcome).commission_minor == 0);
    CHECK(invoice_of(sale_of(outcome)).total_amount_minor == 1'000'000);  // the fee is left
}

TEST_CASE_FIXTURE(Fixture,
                  "pushed record_sale: a promotion that ended meanwhile stands, and is flagged") {
    const Uuid spring = make(share("Spring", 500));
    auto sale = d.make("record_sale", sale_with({spring}), d.seller, d.terminal);
    check_applied(d.submit(sale, d.terminal));
    auto still = d.make("record_sale", sale_with({spring}, 2), d.seller, d.terminal);
    check_applied(d.submit(still, d.terminal));

    MapWorld central;
    test::Dealership there(central);
    auto promotion = *world.get<Promotion>(spring);
    central.put(promotion);
    // It ends after the sale, before central hears of it: as agreed.
    promotion.ends_at = still.occurred_at + 1;
    central.put(promotion);
    there.now = still.occurred_at + 10 * test::kDay;
    auto outcome = there.push(still, d.terminal);
    check_applied(outcome);
    CHECK(outcome.reviews.empty());
    // It had been ended before: the customer has the paper, a person looks.
    promotion.ends_at = sale.occurred_at;
    central.put(promotion);
    outcome = there.push(sale, d.terminal);
    check_applied(outcome);
    CHECK(has_review(outcome, Code::kTermsChanged));
    CHECK(has_review(outcome, Code::kPromotionNotApplicable));
    const auto booked = *central.get<Sale>(test::Dealership::id_in(outcome, "sale_id"));
    CHECK(booked.status == SaleStatus::kCompleted);
    CHECK(booked.promotions[0].amount_minor == 5'000'000);
    check_invoice(central, *central.get<Invoice>(booked.invoice_id));
}

TEST_CASE_FIXTURE(Fixture, "pushed record_sale: promotions that the terms do not bear out") {
    const Uuid spring = make(share("Spring", 500));
    const auto pushed = [&](void (*edit)(Command&)) {
        auto sale = d.make("record_sale", sale_with({spring}), d.seller, d.terminal);
        sale.numbers = {{"NBO-T01-I", 1}};
        edit(sale);
        static_cast<void>(world.take_changes());
        return d.push(sale, d.terminal);
    };
    check_refused(world, pushed([](Command& sale) { sale.args.erase("promotions"); }),
                  Code::kTermsDoNotAddUp);
    check_refused(world,
                  pushed([](Command& sale) { sale.terms["promotions"][0]["amount_minor"] = 1; }),
                  Code::kTermsDoNotAddUp);
    check_refused(world, pushed([](Command& sale) {
                      for (base::Json* part : {&sale.args, &sale.terms}) {
                          const base::Json again = (*part)["promotions"][0];
                          (*part)["promotions"].push_back(again);
                      }
                  }),
                  Code::kTermsDoNotAddUp);
}

TEST_CASE_FIXTURE(Fixture, "refund_sale: everything of a sale with promotions is given back") {
    auto args = sale_with({make(share("Spring", 500)), make(amount("Loyal", 250'000))});
    args["payments"].push_back({{"method", "cash"}, {"amount_minor", 40'000'000}});
    const auto outcome = sell(args);
    check_applied(outcome);
    const Sale sale = sale_of(outcome);
    check_applied(
        run("refund_sale", {{"sale_id", sale.id.to_string()}, {"reason", "Returned"}}, d.manager));
    const Invoice invoice = invoice_of(sale);
    CHECK(invoice.credited_minor == invoice.total_amount_minor);
    CHECK(invoice.balance_minor == 0);
    CHECK(world.get<Sale>(sale.id)->promotions.size() == 2);
    CHECK(world.get<Car>(d.car(1))->availability == Availability::kInStock);
    check_invoice(world, invoice);
}

TEST_CASE("promotions: the sums agree, in whatever order they are given") {
    CHECK(rc::check("total = price + fee - discount - promotions, and no order matters", [] {
        Fixture f;
        std::vector<Uuid> ids;
        std::int64_t off = 0;
        const std::int64_t price = f.world.get<Car>(f.d.car(1))->price_minor;
        const int many = *rc::gen::inRange(0, 6);
        for (int i = 0; i < many; ++i) {
            const bool by_share = *rc::gen::arbitrary<bool>();
            const auto size = *rc::gen::inRange<std::int64_t>(1, by_share ? 1'500 : 15'000'000);
            ids.push_back(f.make(by_share ? f.share("S", size) : f.amount("A", size)));
            off += by_share ? share_of(price, size) : size;
        }
        const bool inside = *rc::gen::arbitrary<bool>();
        auto branch = *f.world.get<Branch>(f.d.nairobi);
        branch.prices_include_tax = inside;
        f.world.put(branch);
        RecordSale sale;
        sale.car_id = f.d.car(1);
        sale.discount_minor = *rc::gen::inRange<std::int64_t>(0, 3'000'000);
        for (const Uuid& id : ids)
            sale.promotions.push_back(id.to_string());
        const auto terms = quote_sale(f.world, sale, branch, f.d.now);
        RC_ASSERT(terms);
        RC_ASSERT(sum_of(terms->promotions) == off);
        std::int64_t lines = 0, taxes = 0;
        for (const auto& line : lines_of(*terms, sale, "car"))
            lines += line.amount_minor;
        for (const auto& tax : terms->taxes)
            taxes += tax.tax_minor;
        RC_ASSERT(lines == price + 1'000'000 - sale.discount_minor - off);
        RC_ASSERT(terms->total_minor == lines + (inside ? 0 : taxes));
        auto other = sale;
        std::next_permutation(other.promotions.begin(), other.promotions.end());
        std::reverse(other.promotions.begin(), other.promotions.end());
        const auto again = quote_sale(f.world, other, branch, f.d.now);
        RC_ASSERT(again);
        RC_ASSERT(again->total_minor == terms->total_minor);
        RC_ASSERT(again->net_price_minor == terms->net_price_minor);
        RC_ASSERT(again->commission_minor == terms->commission_minor);
        // And as it is recorded.
        auto args = f.sale_with(ids);
        args["discount_minor"] = sale.discount_minor;
        const auto outcome = f.sell(args);
        RC_ASSERT(outcome.applied());
        const Sale made = f.sale_of(outcome);
        RC_ASSERT(f.invoice_of(made).total_amount_minor == terms->total_minor);
        RC_ASSERT(sum_of(made.promotions) == off);
        check_invoice(f.world, f.invoice_of(made));
    }));
}

TEST_CASE_FIXTURE(Fixture, "promotions_for: what a car may have now, by name, in its currency") {
    make(share("B", 100));
    make(amount("A", 5));
    make(amount("Dollars", 5, "USD"));
    auto late = share("C", 100);
    late["starts_at"] = d.now + test::kDay;
    make(late);
    const Car car = *world.get<Car>(d.car(1));
    const auto offered = promotions_for(world, car, d.nairobi, d.now);
    REQUIRE(offered.size() == 2);
    CHECK(offered[0].name == "A");
    CHECK(offered[1].amount_minor == 1'000'000);
    CHECK(promotions_for(world, car, d.nairobi, d.now + 2 * test::kDay).size() == 3);
}

// ---- fees in the car's currency ---------------------------------------------------------------

TEST_CASE_FIXTURE(Fixture, "record_sale: a car takes the fees of its own currency alone") {
    auto branch = *world.get<Branch>(d.nairobi);
    REQUIRE(branch.fees.size() == 1);
    REQUIRE(branch.fees[0].currency.empty());  // as it was written before fees had one
    branch.fees.push_back({"Export papers", 12'000, "standard", "USD"});
    branch.fees.push_back({"Plates", 300'000, "", "KES"});
    world.put(branch);
    auto car = *world.get<Car>(d.car(2));
    car.currency = "USD";
    car.price_minor = 1'800'000;
    world.put(car);
    auto outcome = sell(sale_with({make(amount("Dollars off", 10'000, "USD"))}, 2));
    check_applied(outcome);
    CHECK(invoice_of(sale_of(outcome)).currency == "USD");
    CHECK(invoice_of(sale_of(outcome)).total_amount_minor == 1'800'000 + 12'000 - 10'000);
    check_invoice(world, invoice_of(sale_of(outcome)));
    outcome = sell(sale_with({}, 1));
    check_applied(outcome);
    CHECK(invoice_of(sale_of(outcome)).total_amount_minor == 100'000'000 + 1'000'000 + 300'000);
    // A currency the branch has no fee in: none is charged.
    car = *world.get<Car>(d.car(3));
    car.currency = "EUR";
    world.put(car);
    outcome = sell(sale_with({}, 3));
    check_applied(outcome);
    CHECK(invoice_of(sale_of(outcome)).total_amount_minor == car.price_minor);
}

TEST_CASE_FIXTURE(Fixture, "pushed record_sale: a fee of another currency does not add up") {
    auto sale = d.make("record_sale", sale_with({}), d.seller, d.terminal);
    sale.numbers = {{"NBO-T01-I", 1}};
    sale.terms["fees"][0]["currency"] = "USD";
    static_cast<void>(world.take_changes());
    check_refused(world, d.push(sale, d.terminal), Code::kTermsDoNotAddUp, "fees");
}

TEST_CASE_FIXTURE(Fixture, "update_branch: a fee's currency is one there is") {
    const auto set = [&](const char* currency) {
        base::Json args = {{"id", d.nairobi.to_string()}};
        args["fees"] = {{{"name", "Plates"}, {"amount_minor", 5}, {"currency", currency}}};
        return run("update_branch", args, d.manager);
    };
    check_refused(world, set("QQQ"), Code::kInvalid, "fees");
    check_applied(set("USD"));
    CHECK(world.get<Branch>(d.nairobi)->fees[0].currency == "USD");
}

}  // namespace showfloor::domain
