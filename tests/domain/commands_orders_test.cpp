#include <rapidcheck.h>

#include <map>

#include "domain/records_goods.hpp"
#include "domain/records_orders.hpp"
#include "domain/transitions_orders.hpp"
#include "judging.hpp"

namespace showfloor::domain {

namespace {

struct Fixture {
    MapWorld world;
    test::Dealership d{world};
    Uuid filter, oil, supplier;

    Fixture() {
        supplier = make("create_supplier", {{"name", "Parts Ltd"}}, d.staff);
        filter = product("OF-1", "Oil filter", 150'000, "standard");
        oil = product("OIL", "Engine oil", 70'001, "");
        receive(filter, 5);
        receive(oil, 20);
    }
    Outcome run(std::string_view name, base::Json args, const Uuid& actor, const Uuid& co = {}) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor, co);
    }
    Uuid make(std::string_view name, base::Json args, const Uuid& actor) {
        const Uuid id = d.next_id();
        args["id"] = id.to_string();
        check_applied(run(name, std::move(args), actor));
        return id;
    }
    Uuid product(const char* sku, const char* name, std::int64_t price, const char* tax) {
        return make("create_product",
                    {{"sku", sku},
                     {"name", name},
                     {"price_minor", price},
                     {"currency", "KES"},
                     {"tax_code", tax},
                     {"kind", "part"}},
                    d.manager);
    }
    void receive(const Uuid& what, std::int64_t quantity, UtcMs expiry = 0) {
        base::Json args = {{"supplier_id", supplier.to_string()},
                           {"product_id", what.to_string()},
                           {"quantity", quantity},
                           {"unit_cost_minor", 1},
                           {"received", true},
                           {"branch_id", d.nairobi.to_string()}};
        if (expiry != 0) args["expiry_date"] = expiry;
        static_cast<void>(make("create_incoming_order", args, d.staff));
    }
    base::Json order(std::int64_t filters, std::int64_t oils = 0, std::int64_t cash = 0) {
        base::Json args = {{"id", d.next_id().to_string()},
                           {"customer_id", d.customer.to_string()},
                           {"lines", base::Json::array()}};
        if (filters > 0)
            args["lines"].push_back({{"product_id", filter.to_string()}, {"quantity", filters}});
        if (oils > 0)
            args["lines"].push_back({{"product_id", oil.to_string()}, {"quantity", oils}});
        if (cash > 0) args["payments"] = {{{"method", "cash"}, {"amount_minor", cash}}};
        return args;
    }
    Uuid sold(base::Json args) {
        const auto outcome = run("record_counter_sale", std::move(args), d.seller);
        check_applied(outcome);
        return test::Dealership::id_in(outcome, "order_id");
    }
    OutgoingOrder at(const Uuid& id) { return *world.get<OutgoingOrder>(id); }
    Invoice bill(const Uuid& id) { return *world.get<Invoice>(at(id).invoice_id); }
    base::Json that(const Uuid& id, std::string_view reason = "Wrong part") {
        return {{"order_id", id.to_string()}, {"reason", reason}};
    }
    // Sold at another terminal that had not heard of what was sold here.
    Outcome late(base::Json args) {
        auto command =
            d.make("record_counter_sale", std::move(args), d.other_seller, d.other_terminal);
        command.numbers = {{"NBO-T02-I", ++late_}, {"NBO-T02-R", late_}};
        if (!command.args.contains("payments")) command.numbers.pop_back();
        return d.push(command, d.other_terminal);
    }
    std::int64_t stock(const Uuid& what) {
        std::int64_t sum = 0;
        for (const auto& batch :
             world.find<StockBatch>({.where = {{"product_id", what.to_string()}}})) {
            std::int64_t moved = 0;
            for (const auto& movement :
                 world.find<StockMovement>({.where = {{"batch_id", batch.id.to_string()}}})) {
                moved += movement.quantity;
                CHECK(movement.new_quantity == movement.old_quantity + movement.quantity);
            }
            CHECK(moved == batch.available_quantity);
            CHECK(batch.available_quantity >= 0);
            sum += batch.available_quantity;
        }
        return sum;
    }

   private:
    std::int64_t late_ = 0;
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "record_counter_sale: invoice, payment, receipt and stock in one") {
    const auto outcome = run("record_counter_sale", order(2, 3, 200'000), d.seller);
    check_applied(outcome);
    const Uuid id = test::Dealership::id_in(outcome, "order_id");
    const std::int64_t total = 2 * 150'000 + 3 * 70'001;
    CHECK(at(id).status == OrderStatus::kCompleted);
    CHECK(at(id).total_minor == total);
    CHECK(at(id).lines.size() == 2);
    CHECK(at(id).lines[1].amount_minor == 3 * 70'001);
    CHECK(at(id).seller_id == d.seller);
    CHECK(bill(id).order_id == id);
    CHECK(bill(id).sale_id.is_nil());
    CHECK(bill(id).total_amount_minor == total);
    CHECK(bill(id).balance_minor == total - 200'000);
    CHECK(bill(id).taxes.size() == 1);
    CHECK(outcome.details["invoice_number"] == "NBO-C-I000001");
    CHECK(outcome.details["receipt_ids"].size() == 1);
    check_invoice(world, bill(id));
    CHECK(stock(filter) == 3);
    CHECK(stock(oil) == 17);
    const auto lines = world.find<InvoiceLine>(
        {.where = {{"invoice_id", Value{bill(id).id.to_string()}}}, .order_by = "position"});
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].kind == LineKind::kProduct);
    CHECK(lines[0].description == "Oil filter x 2");
    CHECK(lines[0].quantity == 2);
    // The rest is paid later, as on any invoice.
    check_applied(run("take_payment",
                      {{"id", d.next_id().to_string()},
                       {"invoice_id", bill(id).id.to_string()},
                       {"amount_minor", total - 200'000},
                       {"method", "cash"}},
                      d.seller));
    CHECK(bill(id).status == InvoiceStatus::kPaid);
}

TEST_CASE_FIXTURE(Fixture, "record_counter_sale: what is refused, in order") {
    auto args = order(1);
    check_applied(run("record_counter_sale", args, d.seller));
    check_refused(world, run("record_counter_sale", args, d.seller), Code::kAlreadyDone, "id");
    for (const Uuid& who : {d.mechanic, d.driver, d.supplier, d.buyer_login, Uuid{}}) {
        const auto outcome = run("record_counter_sale", order(1), who);
        CHECK(!outcome.applied());
        CHECK(world.changes().empty());
    }
    check_refused(world, run("record_counter_sale", order(1), d.buyer_login), Code::kNotFound,
                  "branch_id");
    args = order(1);
    args["branch_id"] = d.nairobi.to_string();
    check_refused(world, run("record_counter_sale", args, d.buyer_login), Code::kNotAllowed);
    check_refused(world, run("record_counter_sale", order(1), d.mechanic), Code::kNotAllowed);
    args = order(1);
    args["customer_id"] = test::fixed_id(4, 99).to_string();
    check_refused(world, run("record_counter_sale", args, d.seller), Code::kNotFound,
                  "customer_id");
    check_refused(world, run("record_counter_sale", order(1), d.mombasa_seller), Code::kNotAllowed,
                  "customer_id");
    check_refused(world, run("record_counter_sale", order(0), d.seller), Code::kInvalid, "lines");
    args = order(1);
    args["lines"][0]["product_id"] = test::fixed_id(7, 99).to_string();
    check_refused(world, run("record_counter_sale", args, d.seller), Code::kNotFound,
                  "lines[0].product_id");
    args = order(1);
    args["lines"][0]["quantity"] = 0;
    check_refused(world, run("record_counter_sale", args, d.seller), Code::kInvalid);
    check_refused(world, run("record_counter_sale", order(1, 0, 150'001), d.seller),
                  Code::kOverBalance, "payments[0].amount_minor");
    auto changed = d.make("record_counter_sale", order(1), d.seller);
    check_applied(
        run("update_product", {{"id", filter.to_string()}, {"price_minor", 1}}, d.manager));
    static_cast<void>(world.take_changes());
    check_refused(world, d.submit(changed), Code::kTermsChanged);
    changed.terms["total_minor"] = 7;
    auto context = d.context_at(d.terminal);
    context.terms = Context::Terms::kAddUp;
    check_refused(world, execute(changed, context, world), Code::kTermsDoNotAddUp, "terms");
}

TEST_CASE_FIXTURE(Fixture,
                  "FIX record_counter_sale: prices, lines and sums are never the client's") {
    auto args = order(1);
    args["total_minor"] = 1;
    check_refused(world, run("record_counter_sale", args, d.seller), Code::kInvalid, "total_minor");
    args = order(1);
    args["lines"][0]["unit_price_minor"] = 1;
    check_refused(world, run("record_counter_sale", args, d.seller), Code::kInvalid);
    const Uuid yen = make(
        "create_product",
        {{"sku", "Y"}, {"name", "Yen"}, {"price_minor", 5}, {"currency", "JPY"}, {"kind", "part"}},
        d.manager);
    args = order(1);
    args["lines"][0]["product_id"] = yen.to_string();
    check_refused(world, run("record_counter_sale", args, d.seller), Code::kCurrencyMismatch);
}

TEST_CASE_FIXTURE(Fixture,
                  "record_counter_sale: staff sell over the counter; nobody need be known") {
    auto args = order(1);
    args.erase("customer_id");
    const auto outcome = run("record_counter_sale", args, d.staff);
    check_applied(outcome);
    const Uuid id = test::Dealership::id_in(outcome, "order_id");
    CHECK(at(id).customer_id.is_nil());
    check_invoice(world, bill(id));
}

TEST_CASE_FIXTURE(
    Fixture, "record_counter_sale: beyond the stock it says what is there, all lines together") {
    const auto refused = run("record_counter_sale", order(6), d.seller);
    check_refused(world, refused, Code::kOversold, "lines[0].quantity");
    CHECK(refused.details["available"] == 5);
    CHECK(refused.details["requested"] == 6);
    CHECK(refused.details["message"] == "Insufficient stock. Available: 5, requested: 6");
    auto twice = order(3);
    twice["lines"].push_back({{"product_id", filter.to_string()}, {"quantity", 3}});
    check_refused(world, run("record_counter_sale", twice, d.seller), Code::kOversold,
                  "lines[1].quantity");
    CHECK(stock(filter) == 5);
}

TEST_CASE_FIXTURE(Fixture,
                  "pushed record_counter_sale: sold beyond the stock is disputed, not refused") {
    static_cast<void>(sold(order(4)));
    const auto outcome = late(order(3, 1, 1000));
    CHECK(outcome.kind == Outcome::Kind::kContested);
    CHECK(outcome.code == Code::kOversold);
    const Uuid id = test::Dealership::id_in(outcome, "order_id");
    CHECK(at(id).status == OrderStatus::kDisputed);
    CHECK(at(id).dispute_code == "oversold");
    CHECK(at(id).lines[0].missing_quantity == 2);
    CHECK(at(id).lines[1].missing_quantity == 0);
    CHECK(stock(filter) == 0);
    CHECK(stock(oil) == 19);
    check_invoice(world, bill(id));
    const auto decision = [&](const char* what) {
        return base::Json{{"order_id", id.to_string()}, {"decision", what}, {"reason", "Decided"}};
    };
    check_refused(world, run("decide_dispute", decision("refund"), d.other_seller),
                  Code::kApproverMissing);
    check_refused(world, run("decide_dispute", decision("refund"), d.staff), Code::kNotAllowed);
    check_refused(world, run("decide_dispute", decision("give_car"), d.manager), Code::kInvalid,
                  "decision");
    auto both = decision("refund");
    both["sale_id"] = id.to_string();
    check_refused(world, run("decide_dispute", both, d.manager), Code::kInvalid, "order_id");
    check_refused(world, run("decide_dispute", decision("give_goods"), d.manager), Code::kOversold,
                  "order_id");
    SUBCASE("the goods came: they are handed out") {
        receive(filter, 3);
        check_applied(run("decide_dispute", decision("give_goods"), d.other_seller, d.manager));
        CHECK(at(id).status == OrderStatus::kCompleted);
        CHECK(at(id).dispute_code.empty());
        CHECK(at(id).lines[0].missing_quantity == 0);
        CHECK(stock(filter) == 1);
        check_refused(world, run("decide_dispute", decision("refund"), d.manager),
                      Code::kWrongState);
    }
    SUBCASE("the money back: what was handed out comes back") {
        auto silent = decision("refund");
        silent.erase("reason");
        check_refused(world, run("decide_dispute", silent, d.manager), Code::kReasonMissing);
        check_applied(run("decide_dispute", decision("refund"), d.manager));
        CHECK(at(id).status == OrderStatus::kCancelled);
        CHECK(stock(filter) == 1);
        CHECK(stock(oil) == 20);
        CHECK(bill(id).amount_paid_minor == 0);
        CHECK(bill(id).status == InvoiceStatus::kCredited);
        check_invoice(world, bill(id));
    }
}

TEST_CASE_FIXTURE(
    Fixture, "pushed record_counter_sale: a price that changed meanwhile stands as it was shown") {
    auto command = d.make("record_counter_sale", order(1), d.seller, d.terminal);
    command.numbers = {{"NBO-T01-I", 1}};
    check_applied(
        run("update_product", {{"id", filter.to_string()}, {"price_minor", 1}}, d.manager));
    const auto outcome = d.push(command, d.terminal);
    check_applied(outcome);
    CHECK(has_review(outcome, Code::kTermsChanged));
    CHECK(at(test::Dealership::id_in(outcome, "order_id")).total_minor == 150'000);
}

TEST_CASE_FIXTURE(Fixture,
                  "FIX cancel_outgoing_order: gives the stock back to its batches, and the money") {
    receive(filter, 4, d.now + test::kDay);  // expires first, so it goes first
    const Uuid id = sold(order(6, 0, 900'000));
    CHECK(stock(filter) == 3);
    check_refused(world, run("cancel_outgoing_order", that(id), d.seller), Code::kApproverMissing);
    check_refused(world, run("cancel_outgoing_order", that(id), d.seller, d.staff),
                  Code::kApproverNotAllowed);
    for (const Uuid& who : {d.staff, d.mechanic, d.other_seller, d.mombasa_manager, Uuid{}})
        check_refused(world, run("cancel_outgoing_order", that(id), who), Code::kNotAllowed);
    check_refused(world, run("cancel_outgoing_order", that(id), d.buyer_login), Code::kWrongState);
    check_refused(world, run("cancel_outgoing_order", that(id, ""), d.manager),
                  Code::kReasonMissing);
    const auto outcome = run("cancel_outgoing_order", that(id), d.seller, d.manager);
    check_applied(outcome);
    CHECK(at(id).status == OrderStatus::kCancelled);
    CHECK(stock(filter) == 9);
    for (const auto& batch :
         world.find<StockBatch>({.where = {{"product_id", filter.to_string()}}}))
        CHECK(batch.available_quantity == (batch.expiry_date == 0 ? 5 : 4));
    CHECK(bill(id).status == InvoiceStatus::kCredited);
    CHECK(bill(id).amount_paid_minor == 0);
    CHECK(outcome.details["credit_note_number"] == "NBO-C-C000001");
    check_invoice(world, bill(id));
    check_refused(world, run("cancel_outgoing_order", that(id), d.manager), Code::kWrongState);
}

TEST_CASE_FIXTURE(
    Fixture,
    "create_outgoing_order: a customer's own, withdrawn while pending or completed by us") {
    base::Json args = {{"id", d.next_id().to_string()},
                       {"lines", {{{"product_id", filter.to_string()}, {"quantity", 2}}}}};
    for (const Uuid& who : {d.seller, d.staff, d.manager, d.mechanic, Uuid{}})
        check_refused(world, run("create_outgoing_order", args, who), Code::kNotAllowed);
    check_applied(run("create_outgoing_order", args, d.buyer_login));
    check_refused(world, run("create_outgoing_order", args, d.buyer_login), Code::kAlreadyDone);
    const Uuid id = *Uuid::parse(args["id"].get<std::string>());
    CHECK(at(id).status == OrderStatus::kPending);
    CHECK(at(id).customer_id == d.customer);
    CHECK(at(id).total_minor == 300'000);
    CHECK(stock(filter) == 5);
    SUBCASE("withdrawn") {
        check_refused(world, run("cancel_outgoing_order", that(id), d.staff), Code::kNotAllowed);
        check_applied(run("cancel_outgoing_order", that(id, ""), d.buyer_login));
        CHECK(at(id).status == OrderStatus::kCancelled);
        check_refused(world, run("cancel_outgoing_order", that(id), d.buyer_login),
                      Code::kWrongState);
    }
    SUBCASE("completed") {
        const base::Json done = {{"order_id", id.to_string()},
                                 {"payments", {{{"method", "cash"}, {"amount_minor", 300'000}}}}};
        check_refused(world, run("complete_outgoing_order", done, d.buyer_login),
                      Code::kNotAllowed);
        check_refused(world, run("complete_outgoing_order", done, d.other_seller),
                      Code::kNotAllowed);
        // The price of its own moment stands.
        check_applied(
            run("update_product", {{"id", filter.to_string()}, {"price_minor", 1}}, d.manager));
        check_applied(run("complete_outgoing_order", done, d.staff));
        CHECK(at(id).status == OrderStatus::kCompleted);
        CHECK(bill(id).status == InvoiceStatus::kPaid);
        CHECK(bill(id).total_amount_minor == 300'000);
        CHECK(stock(filter) == 3);
        check_invoice(world, bill(id));
        check_refused(world, run("complete_outgoing_order", done, d.staff), Code::kWrongState);
    }
    SUBCASE("not enough of it by now") {
        static_cast<void>(sold(order(4)));
        check_refused(world,
                      run("complete_outgoing_order", {{"order_id", id.to_string()}}, d.staff),
                      Code::kOversold);
    }
}

TEST_CASE_FIXTURE(Fixture,
                  "record_sale: accessories out of stock have their own price and take it") {
    auto args = d.sale_args(d.car(1));
    args["accessories"] = {{{"product_id", filter.to_string()}, {"quantity", 2}},
                           {{"description", "Roof rack"}, {"amount_minor", 500}}};
    const auto outcome = run("record_sale", args, d.seller);
    check_applied(outcome);
    const Uuid sale = test::Dealership::id_in(outcome, "sale_id");
    const auto invoice = *world.get<Invoice>(world.get<Sale>(sale)->invoice_id);
    CHECK(invoice.total_amount_minor == 101'000'000 + 300'000 + 500);
    CHECK(invoice.additional_accessories == "Oil filter x 2\nRoof rack");
    check_invoice(world, invoice);
    CHECK(stock(filter) == 3);
    check_applied(run("refund_sale", {{"sale_id", sale.to_string()}, {"reason", "x"}}, d.manager));
    CHECK(stock(filter) == 5);
    args = d.sale_args(d.car(2));
    args["accessories"] = {{{"product_id", filter.to_string()}, {"amount_minor", 1}}};
    check_refused(world, run("record_sale", args, d.seller), Code::kInvalid,
                  "accessories[0].amount_minor");
    args["accessories"] = {{{"amount_minor", 1}}};
    check_refused(world, run("record_sale", args, d.seller), Code::kInvalid,
                  "accessories[0].description");
    args["accessories"] = {{{"product_id", test::fixed_id(7, 9).to_string()}}};
    check_refused(world, run("record_sale", args, d.seller), Code::kNotFound,
                  "accessories[0].product_id");
    args["accessories"] = {{{"product_id", filter.to_string()}, {"quantity", 6}}};
    check_refused(world, run("record_sale", args, d.seller), Code::kOversold,
                  "accessories[0].quantity");
}

TEST_CASE_FIXTURE(
    Fixture, "pushed record_sale: accessories beyond the stock are flagged, the car stays sold") {
    auto args = d.sale_args(d.car(1));
    args["accessories"] = {{{"product_id", filter.to_string()}, {"quantity", 5}}};
    auto command = d.make("record_sale", args, d.other_seller, d.other_terminal);
    command.numbers = {{"NBO-T02-I", 1}};
    static_cast<void>(sold(order(3)));
    const auto outcome = d.push(command, d.other_terminal);
    CHECK(outcome.code == Code::kOversold);
    const auto sale = *world.get<Sale>(test::Dealership::id_in(outcome, "sale_id"));
    CHECK(sale.status == SaleStatus::kCompleted);
    CHECK(sale.reviews == std::vector<std::string>{"oversold"});
    CHECK(stock(filter) == 0);
}

TEST_CASE("orders: the transition table and no other step") {
    using S = OrderStatus;
    CHECK(order_transitions().size() == 6);
    CHECK(may_become(S::kPending, S::kCancelled));
    CHECK(may_become(S::kDisputed, S::kCompleted));
    CHECK(!may_become(S::kCancelled, S::kCompleted));
    CHECK(!may_become(S::kCompleted, S::kDisputed));
}

TEST_CASE("orders: whatever is sold, here or apart, goods and sums add up") {
    CHECK(rc::check("stock is conserved and every order is the sum of its lines", [] {
        Fixture f;
        std::vector<Uuid> orders;
        std::int64_t received = 5;
        const int steps = *rc::gen::inRange(1, 15);
        for (int step = 0; step < steps; ++step) {
            const int what = *rc::gen::inRange(0, 5);
            const auto filters = *rc::gen::inRange<std::int64_t>(0, 5);
            const auto oils = *rc::gen::inRange<std::int64_t>(0, 4);
            Outcome outcome;
            if (what == 0) {
                outcome = f.run("record_counter_sale", f.order(filters, oils), f.d.seller);
            } else if (what == 1 && filters + oils > 0) {
                outcome = f.late(f.order(filters, oils));
            } else if (what == 2 && filters > 0) {
                f.receive(f.filter, filters);
                received += filters;
            } else if (what > 2 && !orders.empty()) {
                const Uuid id = orders[*rc::gen::inRange<std::size_t>(0, orders.size())];
                if (what == 3)
                    f.run("cancel_outgoing_order", f.that(id), f.d.manager);
                else
                    f.run("decide_dispute",
                          {{"order_id", id.to_string()}, {"decision", "give_goods"}}, f.d.manager);
            }
            const Uuid made = test::Dealership::id_in(outcome, "order_id");
            if (!made.is_nil()) orders.push_back(made);
        }
        std::int64_t out = 0;
        for (const Uuid& id : orders) {
            const auto order = f.at(id);
            std::int64_t sum = 0;
            for (const auto& line : order.lines) {
                RC_ASSERT(line.amount_minor == line.quantity * line.unit_price_minor);
                RC_ASSERT(line.missing_quantity <= line.quantity);
                sum += line.amount_minor;
                const bool stands = order.status != OrderStatus::kCancelled;
                if (line.product_id == f.filter && stands)
                    out += line.quantity - line.missing_quantity;
                if (line.missing_quantity > 0) RC_ASSERT(order.status != OrderStatus::kCompleted);
            }
            RC_ASSERT(order.total_minor == sum);
            RC_ASSERT(f.bill(id).total_amount_minor == sum);
            check_invoice(f.world, f.bill(id));
        }
        RC_ASSERT(f.stock(f.filter) == received - out);
    }));
}

}  // namespace showfloor::domain
