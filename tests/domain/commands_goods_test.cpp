#include "domain/records_goods.hpp"
#include "domain/transitions_goods.hpp"
#include "judging.hpp"

namespace showfloor::domain {

namespace {

struct Fixture {
    MapWorld world;
    test::Dealership d{world};
    Uuid category, product, supplier;

    Fixture() {
        category = make("create_category", {{"name", "Filters"}}, d.manager);
        product = make("create_product", product_args("OF-1", "Oil filter"), d.manager);
        supplier = make("create_supplier",
                        {{"name", "Parts Ltd"}, {"user_id", d.supplier.to_string()}}, d.staff);
    }
    Outcome run(std::string_view name, base::Json args, const Uuid& actor) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor);
    }
    Uuid make(std::string_view name, base::Json args, const Uuid& actor) {
        const Uuid id = d.next_id();
        args["id"] = id.to_string();
        check_applied(run(name, std::move(args), actor));
        return id;
    }
    base::Json product_args(const char* sku, const char* name) {
        return {{"id", d.next_id().to_string()},
                {"sku", sku},
                {"name", name},
                {"price_minor", 150'000},
                {"currency", "KES"},
                {"kind", "part"},
                {"category_id", category.to_string()}};
    }
    base::Json order_args(std::int64_t quantity, UtcMs expiry = 0) {
        base::Json args = {{"id", d.next_id().to_string()},
                           {"supplier_id", supplier.to_string()},
                           {"product_id", product.to_string()},
                           {"batch_number", "B" + std::to_string(quantity)},
                           {"quantity", quantity},
                           {"unit_cost_minor", 900}};
        if (expiry != 0) args["expiry_date"] = expiry;
        return args;
    }
    Uuid order(std::int64_t quantity) {
        return make("create_incoming_order", order_args(quantity), d.staff);
    }
    base::Json the_order(const Uuid& id) { return {{"order_id", id.to_string()}}; }
    std::vector<StockBatch> batches() {
        return world.find<StockBatch>({.where = {{"product_id", product.to_string()}}});
    }
    std::int64_t stock() {
        std::int64_t sum = 0;
        for (const auto& batch : batches()) {
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
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "catalogue: names and numbers are unique among what is not archived") {
    check_refused(
        world,
        run("create_category", {{"id", d.next_id().to_string()}, {"name", "Filters"}}, d.manager),
        Code::kDuplicate, "name");
    check_refused(world, run("create_product", product_args("OF-1", "Another"), d.manager),
                  Code::kDuplicate, "sku");
    check_refused(world, run("create_product", product_args("OF-2", "Oil filter"), d.manager),
                  Code::kDuplicate, "name");
    check_applied(run("archive_product", {{"id", product.to_string()}}, d.manager));
    check_applied(run("create_product", product_args("OF-1", "Oil filter"), d.manager));
    CHECK(world.get<Product>(product)->low_stock_threshold == 5);
}

TEST_CASE_FIXTURE(Fixture, "catalogue: admins write it, staff keep suppliers, others read") {
    for (const Uuid& who : {d.staff, d.seller, d.mechanic, d.buyer_login, Uuid{}})
        check_refused(world, run("create_product", product_args("X", "X"), who), Code::kNotAllowed);
    check_refused(world, run("archive_supplier", {{"id", supplier.to_string()}}, d.staff),
                  Code::kNotAllowed);
    check_refused(world,
                  run("update_supplier", {{"id", supplier.to_string()}, {"name", "X"}}, d.seller),
                  Code::kNotAllowed);
    check_applied(run("update_supplier", {{"id", supplier.to_string()}, {"name", "X"}}, d.staff));
    check_refused(
        world,
        run("create_supplier",
            {{"id", d.next_id().to_string()}, {"name", "Y"}, {"user_id", d.seller.to_string()}},
            d.staff),
        Code::kInvalid, "user_id");
}

TEST_CASE_FIXTURE(Fixture,
                  "incoming order: received in parts until complete; only staff and admins") {
    const Uuid id = order(10);
    CHECK(world.get<IncomingOrder>(id)->total_cost_minor == 9000);
    auto part = the_order(id);
    part["quantity"] = 4;
    for (const Uuid& who : {d.seller, d.mechanic, d.supplier, d.buyer_login, Uuid{}})
        check_refused(world, run("receive_incoming_order", part, who), Code::kNotAllowed);
    check_applied(run("receive_incoming_order", part, d.staff));
    CHECK(stock() == 4);
    CHECK(world.get<IncomingOrder>(id)->status == IncomingStatus::kPending);
    part["quantity"] = 7;
    check_refused(world, run("receive_incoming_order", part, d.staff), Code::kInvalid, "quantity");
    check_applied(run("receive_incoming_order", the_order(id), d.manager));
    CHECK(stock() == 10);
    CHECK(batches().size() == 1);
    CHECK(world.get<IncomingOrder>(id)->status == IncomingStatus::kCompleted);
    check_refused(world, run("receive_incoming_order", the_order(id), d.staff), Code::kWrongState);
    // Booked at a terminal before it heard: the goods are there, a person looks at it.
    const auto late = d.make("receive_incoming_order", the_order(id), d.staff, d.terminal);
    const auto kept = d.push(late, d.terminal);
    check_applied(kept);
    CHECK(has_review(kept, Code::kWrongState));
    CHECK(stock() == 20);
}

TEST_CASE_FIXTURE(Fixture, "incoming order: goods at the door are ordered and received in one") {
    auto args = order_args(6);
    args["received"] = true;
    check_applied(run("create_incoming_order", args, d.staff));
    CHECK(stock() == 6);
    CHECK(batches().front().unit_cost_minor == 900);
    args["total_cost_minor"] = 1;
    args["id"] = d.next_id().to_string();
    check_refused(world, run("create_incoming_order", args, d.staff), Code::kInvalid,
                  "total_cost_minor");
}

TEST_CASE_FIXTURE(
    Fixture, "FIX incoming order: cancelling a received one takes the stock back or says why") {
    const Uuid id = order(10);
    check_applied(run("receive_incoming_order", the_order(id), d.staff));
    check_applied(run("cancel_incoming_order", the_order(id), d.staff));
    CHECK(stock() == 0);
    CHECK(world.get<IncomingOrder>(id)->status == IncomingStatus::kCancelled);
    const Uuid other = order(5);
    check_applied(run("receive_incoming_order", the_order(other), d.staff));
    Uuid batch;
    for (const auto& one : batches())
        if (one.available_quantity == 5) batch = one.id;
    check_applied(run("adjust_stock",
                      {{"batch_id", batch.to_string()}, {"change", -2}, {"reason", "broken"}},
                      d.staff));
    const auto refused = run("cancel_incoming_order", the_order(other), d.staff);
    check_refused(world, refused, Code::kOversold);
    CHECK(refused.details["available"] == 3);
    CHECK(refused.details["requested"] == 5);
    CHECK(refused.details["message"] == "Insufficient stock. Available: 3, requested: 5");
    CHECK(stock() == 3);
}

TEST_CASE_FIXTURE(Fixture, "incoming order: a supplier ships its own and cancels while pending") {
    const Uuid id = order(10);
    for (const Uuid& who : {d.seller, d.mechanic, d.buyer_login})
        check_refused(world, run("ship_incoming_order", the_order(id), who), Code::kNotAllowed);
    check_applied(run("ship_incoming_order", the_order(id), d.supplier));
    check_refused(world, run("cancel_incoming_order", the_order(id), d.supplier),
                  Code::kWrongState);
    check_applied(run("cancel_incoming_order", the_order(id), d.staff));
    check_applied(run("cancel_incoming_order", the_order(order(3)), d.supplier));
    auto other = *world.get<Supplier>(supplier);
    other.user_id = {};
    world.put(other);
    check_refused(world, run("ship_incoming_order", the_order(order(3)), d.supplier),
                  Code::kNotAllowed);
}

TEST_CASE_FIXTURE(Fixture, "adjust_stock: keeps old, new and reason, and never goes below zero") {
    const Uuid id = order(5);
    check_applied(run("receive_incoming_order", the_order(id), d.staff));
    const auto adjust = [&](std::int64_t change, const char* reason) {
        return base::Json{
            {"batch_id", batches().front().id.to_string()}, {"change", change}, {"reason", reason}};
    };
    check_refused(world, run("adjust_stock", adjust(-1, ""), d.staff), Code::kReasonMissing);
    check_refused(world, run("adjust_stock", adjust(-1, "x"), d.mechanic), Code::kNotAllowed);
    check_refused(world, run("adjust_stock", adjust(-6, "x"), d.staff), Code::kOversold, "change");
    check_applied(run("adjust_stock", adjust(-2, "broken"), d.staff));
    const auto moved =
        world.find<StockMovement>({.where = {{"record_id", batches().front().id.to_string()}}});
    REQUIRE(moved.size() == 1);
    CHECK(moved[0].old_quantity == 5);
    CHECK(moved[0].new_quantity == 3);
    CHECK(moved[0].reason == "broken");
    CHECK(moved[0].user_id == d.staff);
    // Counted offline while others took goods out: down to nothing, and flagged.
    const auto kept =
        d.push(d.make("adjust_stock", adjust(-4, "counted"), d.staff, d.terminal), d.terminal);
    check_applied(kept);
    CHECK(has_review(kept, Code::kOversold));
    CHECK(stock() == 0);
}

TEST_CASE("incoming orders: the transition table and no other step") {
    using S = IncomingStatus;
    CHECK(may_become(S::kPending, S::kShipped));
    CHECK(may_become(S::kCompleted, S::kCancelled));
    CHECK(!may_become(S::kCancelled, S::kPending));
    CHECK(!may_become(S::kCompleted, S::kShipped));
    CHECK(incoming_transitions().size() == 6);
}

}  // namespace showfloor::domain
