#include "domain/records_deliveries.hpp"
#include "domain/records_orders.hpp"
#include "domain/transitions_workshop.hpp"
#include "judging.hpp"

namespace showfloor::domain {

namespace {

struct Road {
    MapWorld world;
    test::Dealership d{world};
    Uuid sale = d.sell(1);

    Outcome run(std::string_view name, base::Json args, const Uuid& actor) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor);
    }
    base::Json args() {
        return {{"id", d.next_id().to_string()},
                {"sale_id", sale.to_string()},
                {"delivery_person_id", d.driver.to_string()}};
    }
    Uuid make(base::Json args) {
        check_applied(run("create_delivery", args, d.staff));
        return *Uuid::parse(args["id"].get<std::string>());
    }
    Outcome change(const Uuid& id, base::Json args, const Uuid& who) {
        args["id"] = id.to_string();
        return run("update_delivery", std::move(args), who);
    }
    Delivery delivery(const Uuid& id) { return *world.get<Delivery>(id); }
};

}  // namespace

TEST_CASE_FIXTURE(Road, "create_delivery: of a sale, numbered, and who may") {
    for (const Uuid& who : {d.owner, d.manager, d.staff})
        check_applied(run("create_delivery", args(), who));
    for (const Uuid& who :
         {d.seller, d.mechanic, d.driver, d.buyer_login, d.mombasa_manager, Uuid{}})
        check_refused(world, run("create_delivery", args(), who), Code::kNotAllowed);
    const auto one = delivery(make(args()));
    CHECK(one.customer_id == d.customer);
    CHECK(one.branch_id == d.nairobi);
    CHECK(one.currency == "KES");
    CHECK(one.tracking_number.starts_with("D-"));
    CHECK(one.status == DeliveryStatus::kPending);
}

TEST_CASE_FIXTURE(Road, "create_delivery: refused for each of its rules") {
    auto given = args();
    given["tracking_number"] = "TRACK-1";
    const Uuid first = make(given);
    check_refused(world, run("create_delivery", given, d.staff), Code::kAlreadyDone, "id");
    given["id"] = d.next_id().to_string();
    check_refused(world, run("create_delivery", given, d.staff), Code::kDuplicate,
                  "tracking_number");
    // Made offline at the same time: kept, and looked at.
    const auto kept = d.push(d.make("create_delivery", given, d.staff, d.terminal), d.terminal);
    check_applied(kept);
    CHECK(has_review(kept, Code::kDuplicate));
    check_applied(change(first, {{"status", "cancelled"}}, d.staff));
    given = args();
    given["sale_id"] = d.next_id().to_string();
    check_refused(world, run("create_delivery", given, d.staff), Code::kNotFound, "sale_id");
    given = args();
    given["delivery_person_id"] = d.seller.to_string();
    check_refused(world, run("create_delivery", given, d.staff), Code::kInvalid,
                  "delivery_person_id");
    given["delivery_person_id"] = d.next_id().to_string();
    check_refused(world, run("create_delivery", given, d.staff), Code::kNotFound,
                  "delivery_person_id");
    given = args();
    given["status"] = "delivered";
    check_refused(world, run("create_delivery", given, d.staff), Code::kInvalid, "status");
    auto over = *world.get<Sale>(sale);
    over.status = SaleStatus::kRefunded;
    world.put(over);
    check_refused(world, run("create_delivery", args(), d.staff), Code::kWrongState, "sale_id");
}

TEST_CASE_FIXTURE(Road, "create_delivery: of an order as of a sale, and of one of them alone") {
    OutgoingOrder order;
    order.id = d.next_id();
    order.customer_id = d.customer;
    order.seller_id = d.seller;
    order.branch_id = d.nairobi;
    order.currency = "KES";
    world.put(order);
    auto given = args();
    given["order_id"] = order.id.to_string();
    check_refused(world, run("create_delivery", given, d.staff), Code::kInvalid, "sale_id");
    given.erase("sale_id");
    const auto one = delivery(make(given));
    CHECK(one.customer_id == d.customer);
    CHECK(one.branch_id == d.nairobi);
    const auto sees = [&](const Uuid& who) {
        const auto user = world.get<User>(who);
        const Actor actor{user->id, user->role, user->branch_id, false};
        return view_of(actor, describe<Delivery>(), *world.get_row(describe<Delivery>(), one.id),
                       world)
            .has_value();
    };
    CHECK(sees(d.seller));
    CHECK(!sees(d.other_seller));
    order.status = OrderStatus::kCancelled;
    world.put(order);
    given["id"] = d.next_id().to_string();
    check_refused(world, run("create_delivery", given, d.staff), Code::kWrongState, "order_id");
    given["order_id"] = d.next_id().to_string();
    check_refused(world, run("create_delivery", given, d.staff), Code::kNotFound, "order_id");
    given.erase("order_id");
    check_refused(world, run("create_delivery", given, d.staff), Code::kInvalid, "sale_id");
}

TEST_CASE_FIXTURE(Road, "update_delivery: the transition table and no other step") {
    using S = DeliveryStatus;
    for (std::size_t from = 0; from < kDeliveryStatusNames.size(); ++from) {
        for (std::size_t to = 0; to < kDeliveryStatusNames.size(); ++to) {
            const Uuid id = make(args());
            auto one = delivery(id);
            one.status = static_cast<S>(from);
            world.put(one);
            CAPTURE(kDeliveryStatusNames[from]);
            CAPTURE(kDeliveryStatusNames[to]);
            const auto outcome = change(id, {{"status", kDeliveryStatusNames[to]}}, d.driver);
            if (from == to || may_become(static_cast<S>(from), static_cast<S>(to))) {
                check_applied(outcome);
                CHECK(delivery(id).status == static_cast<S>(to));
            } else {
                check_refused(world, outcome, Code::kWrongState, "status");
            }
        }
    }
    CHECK(delivery_transitions().size() == 4);
}

TEST_CASE_FIXTURE(Road, "update_delivery: whose work it is says how far; others plan") {
    const Uuid id = make(args());
    check_applied(change(id, {{"status", "shipped"}, {"notes", "on the road"}}, d.driver));
    for (const char* field : {"carrier", "tracking_number"})
        check_refused(world, change(id, {{field, "X"}}, d.driver), Code::kNotAllowed, field);
    for (const Uuid& who : {d.seller, d.mechanic, d.buyer_login, d.mombasa_manager})
        check_refused(world, change(id, {{"status", "delivered"}}, who), Code::kNotAllowed);
    check_refused(world, change(d.next_id(), {{"status", "delivered"}}, d.driver), Code::kNotFound,
                  "id");
    check_refused(world, change(id, {{"sale_id", sale.to_string()}}, d.staff), Code::kInvalid,
                  "sale_id");
    check_refused(world, change(id, {{"delivery_person_id", d.seller.to_string()}}, d.staff),
                  Code::kInvalid, "delivery_person_id");
    auto other = args();
    other["tracking_number"] = "TRACK-9";
    make(other);
    check_refused(world, change(id, {{"tracking_number", "TRACK-9"}}, d.staff), Code::kDuplicate,
                  "tracking_number");
    check_applied(change(id, {{"carrier", "Wheels"}, {"cost_minor", 5'000}}, d.staff));
    check_applied(change(id, {{"status", "delivered"}}, d.driver));
    CHECK(delivery(id).delivery_date != 0);
    CHECK(delivery(id).carrier == "Wheels");
    // Not theirs: another driver's.
    auto foreign = args();
    foreign.erase("delivery_person_id");
    check_refused(world, change(make(foreign), {{"status", "shipped"}}, d.driver),
                  Code::kNotAllowed);
}

TEST_CASE_FIXTURE(Road, "update_delivery: what crossed offline stays true and is looked at") {
    const Uuid id = make(args());
    check_applied(change(id, {{"status", "shipped"}}, d.driver));
    const auto at_the_door = d.make(
        "update_delivery", {{"id", id.to_string()}, {"status", "delivered"}}, d.driver, d.terminal);
    const auto called_off = d.make(
        "update_delivery", {{"id", id.to_string()}, {"status", "cancelled"}}, d.staff, d.terminal);
    check_applied(change(id, {{"status", "cancelled"}}, d.staff));
    const auto kept = d.push(at_the_door, d.terminal);
    check_applied(kept);
    CHECK(has_review(kept, Code::kWrongState));
    CHECK(delivery(id).status == DeliveryStatus::kDelivered);
    check_applied(d.push(called_off, d.terminal));
    CHECK(delivery(id).status == DeliveryStatus::kDelivered);
    CHECK(delivery(id).reviews == std::vector<std::string>{"wrong_state"});
}

TEST_CASE_FIXTURE(Road, "rights: whose deliveries, and whose customers") {
    const Uuid id = make(args());
    const auto sees = [&](const Uuid& who, const Description& record, const Uuid& record_id) {
        const auto user = world.get<User>(who);
        const Actor actor{user->id, user->role, user->branch_id, false};
        return view_of(actor, record, *world.get_row(record, record_id), world);
    };
    const auto& deliveries = describe<Delivery>();
    for (const Uuid& who : {d.owner, d.manager, d.staff, d.seller, d.driver})
        CHECK(sees(who, deliveries, id) == View::kStaff);
    CHECK(sees(d.buyer_login, deliveries, id) == View::kPublic);
    for (const Uuid& who : {d.other_seller, d.mechanic, d.supplier, d.mombasa_manager})
        CHECK(!sees(who, deliveries, id));
    CHECK(sees(d.driver, describe<Customer>(), d.customer));
    CHECK(!sees(d.driver, describe<Customer>(), d.other_customer));
}

}  // namespace showfloor::domain
