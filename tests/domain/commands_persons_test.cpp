#include "domain/limits.hpp"
#include "domain/records_own.hpp"
#include "judging.hpp"

namespace showfloor::domain {

namespace {

struct People {
    MapWorld world;
    test::Dealership d{world};

    Outcome run(std::string_view name, base::Json args, const Uuid& actor) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor);
    }
    Outcome merge(const Uuid& keep, const Uuid& merge, const Uuid& who) {
        return run("merge_customers",
                   {{"customer_id", keep.to_string()}, {"merge_id", merge.to_string()}}, who);
    }
    Outcome erase(const Uuid& id, const Uuid& who) {
        return run("erase_person", {{"customer_id", id.to_string()}}, who);
    }
    Outcome pay(const Uuid& user, base::Json more, const Uuid& who) {
        more["user_id"] = user.to_string();
        return run("set_user_pay", std::move(more), who);
    }
};

}  // namespace

TEST_CASE_FIXTURE(People, "merge_customers: everything of the one becomes the other's") {
    const Uuid sale = d.sell(1, 1'000'000);
    check_applied(merge(d.other_customer, d.customer, d.manager));
    CHECK(world.get<Sale>(sale)->customer_id == d.other_customer);
    for (const auto& invoice : world.find<Invoice>({}))
        CHECK(invoice.customer_id == d.other_customer);
    for (const auto& payment : world.find<Payment>({}))
        CHECK(payment.customer_id == d.other_customer);
    for (const auto& receipt : world.find<Receipt>({}))
        CHECK(receipt.customer_id == d.other_customer);
    const auto merged = *world.get<Customer>(d.customer);
    CHECK(merged.archived);
    CHECK(merged.merged_into == d.other_customer);
    // The login came along.
    CHECK(world.get<Customer>(d.other_customer)->user_id == d.buyer_login);
    // The old id goes on working.
    auto args = d.sale_args(test::Dealership::car(2));
    const auto again = run("record_sale", args, d.seller);
    check_applied(again);
    CHECK(world.get<Sale>(test::Dealership::id_in(again, "sale_id"))->customer_id ==
          d.other_customer);
    check_applied(
        run("update_customer", {{"id", d.customer.to_string()}, {"notes", "x"}}, d.manager));
    CHECK(world.get<Customer>(d.other_customer)->notes == "x");
}

TEST_CASE_FIXTURE(People, "merge_customers: refused for each of its rules") {
    const Uuid nobody = d.next_id();
    check_refused(world, merge(nobody, d.customer, d.manager), Code::kNotFound, "customer_id");
    check_refused(world, merge(d.customer, nobody, d.manager), Code::kNotFound, "merge_id");
    for (const Uuid& who : {d.staff, d.other_seller, d.mechanic, d.buyer_login, d.mombasa_manager})
        check_refused(world, merge(d.customer, d.other_customer, who), Code::kNotAllowed);
    check_refused(world, merge(d.customer, d.customer, d.manager), Code::kInvalid, "merge_id");
    auto other = *world.get<Customer>(d.other_customer);
    other.user_id = d.supplier;
    world.put(other);
    check_refused(world, merge(d.customer, d.other_customer, d.manager), Code::kDuplicate,
                  "merge_id");
    other.user_id = {};
    world.put(other);
    check_applied(merge(d.customer, d.other_customer, d.manager));
    check_refused(world, merge(d.customer, d.other_customer, d.manager), Code::kAlreadyDone,
                  "merge_id");
    auto third = *world.get<Customer>(d.customer);
    third.id = d.next_id();
    third.user_id = {};
    world.put(third);
    check_refused(world, merge(d.other_customer, third.id, d.manager), Code::kWrongState,
                  "customer_id");
    // A chain stays one hop long.
    check_applied(merge(third.id, d.customer, d.manager));
    CHECK(world.get<Customer>(d.other_customer)->merged_into == third.id);
}

TEST_CASE_FIXTURE(People, "erase_person: refused for each of its rules, then nothing says who") {
    check_refused(world, erase(d.next_id(), d.manager), Code::kNotFound, "customer_id");
    for (const Uuid& who : {d.staff, d.seller, d.mechanic, d.buyer_login, d.mombasa_manager})
        check_refused(world, erase(d.customer, who), Code::kNotAllowed);
    const Uuid sale = d.sell(1);
    check_refused(world, erase(d.customer, d.manager), Code::kWrongState, "customer_id");
    check_applied(run("take_payment",
                      {{"id", d.next_id().to_string()},
                       {"invoice_id", world.get<Sale>(sale)->invoice_id.to_string()},
                       {"amount_minor", world.get<Sale>(sale)->total_minor},
                       {"method", "cash"}},
                      d.seller));
    check_applied(erase(d.customer, d.manager));
    const auto gone = *world.get<Customer>(d.customer);
    CHECK(gone.first_name == "-");
    CHECK(gone.phone.empty());
    CHECK(gone.archived);
    CHECK(gone.erased_at != 0);
    CHECK(world.get<Invoice>(world.get<Sale>(sale)->invoice_id)->bill_to.find("Amina") !=
          std::string::npos);
    CHECK(world.get<User>(d.buyer_login)->status == UserStatus::kInactive);
    check_refused(world, erase(d.customer, d.manager), Code::kAlreadyDone, "customer_id");
    check_refused(world, merge(d.customer, d.other_customer, d.manager), Code::kWrongState,
                  "customer_id");
    check_refused(world, merge(d.other_customer, d.customer, d.manager), Code::kWrongState,
                  "merge_id");
}

TEST_CASE_FIXTURE(People, "close_business: central's own, after the term") {
    const base::Json args = {{"invoice_id", d.next_id().to_string()}};
    check_refused(world, run("close_business", args, d.owner), Code::kNotAllowed);
    CHECK(d.run_system("close_business", args).code == Code::kNotFound);
}

TEST_CASE_FIXTURE(People, "set_user_pay: the owner alone sets it, one record a person") {
    check_refused(world, pay(d.next_id(), {{"salary_minor", 1}}, d.owner), Code::kNotFound,
                  "user_id");
    for (const Uuid& who : {d.manager, d.staff, d.seller, d.mechanic})
        check_refused(world, pay(d.seller, {{"salary_minor", 1}}, who), Code::kNotAllowed);
    check_refused(world, pay(d.buyer_login, {{"salary_minor", 1}}, d.owner), Code::kWrongState,
                  "user_id");
    check_refused(world, pay(d.seller, {{"salary_minor", -1}}, d.owner), Code::kInvalid,
                  "salary_minor");
    check_refused(world, pay(d.owner, {{"salary_minor", 1}}, d.owner), Code::kInvalid, "currency");
    check_applied(pay(d.seller, {{"salary_minor", 5}}, d.owner));
    check_applied(pay(d.seller, {{"salary_minor", 7}, {"commission_rate_bp", 0}}, d.owner));
    const auto all = world.find<UserPay>({});
    REQUIRE(all.size() == 1);
    CHECK(all[0].salary_minor == 7);
    CHECK(all[0].commission_rate_bp == 0);
    CHECK(all[0].currency == "KES");
    // Never at a terminal.
    auto late = d.make("set_user_pay", {{"user_id", d.seller.to_string()}}, d.owner, d.terminal);
    static_cast<void>(world.take_changes());
    check_refused(world, d.push(late, d.terminal), Code::kNotFromTerminal);
    // Who sees it: the owner; an admin of those they manage.
    const auto sees = [&](const Uuid& who) {
        const auto user = world.get<User>(who);
        const Actor actor{user->id, user->role, user->branch_id, false};
        return view_of(actor, describe<UserPay>(), to_row(all[0]), world);
    };
    CHECK(sees(d.owner) == View::kAll);
    CHECK(sees(d.manager) == View::kAll);
    for (const Uuid& who : {d.mombasa_manager, d.staff, d.seller, d.mechanic, d.buyer_login})
        CHECK(!sees(who));
}

}  // namespace showfloor::domain
