#include "domain/records_own.hpp"
#include "judging.hpp"

namespace showfloor::domain {

namespace {

struct Shelf {
    MapWorld world;
    test::Dealership d{world};

    Outcome run(std::string_view name, base::Json args, const Uuid& actor) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor);
    }
    base::Json args() {
        return {{"id", d.next_id().to_string()},
                {"item_name", "Torque wrench"},
                {"quantity", 2},
                {"price_minor", 1'200'00}};
    }
};

}  // namespace

TEST_CASE_FIXTURE(Shelf, "create_item: answers its id; anybody signed in, and only for themself") {
    for (const Uuid& who :
         {d.owner, d.manager, d.staff, d.seller, d.mechanic, d.driver, d.buyer_login}) {
        auto given = args();
        given["currency"] = "KES";
        const auto outcome = run("create_item", given, who);
        check_applied(outcome);
        CHECK(outcome.details["item_id"] == given["id"]);
        CHECK(world.get<OwnedItem>(test::Dealership::id_in(outcome, "item_id"))->user_id == who);
        check_refused(world, run("create_item", given, who), Code::kAlreadyDone, "id");
    }
    check_refused(world, run("create_item", args(), Uuid{}), Code::kNotAllowed);
    auto given = args();
    given["user_id"] = d.owner.to_string();
    check_refused(world, run("create_item", given, d.seller), Code::kInvalid, "user_id");
}

TEST_CASE_FIXTURE(Shelf, "create_item: names of 3 to 100, nothing below zero") {
    const auto bad = [&](const char* field, base::Json value) {
        auto given = args();
        given[field] = std::move(value);
        check_refused(world, run("create_item", given, d.seller), Code::kInvalid, field);
    };
    bad("item_name", "ab");
    bad("item_name", std::string(101, 'x'));
    bad("description", std::string(501, 'x'));
    bad("quantity", -1);
    bad("price_minor", -1);
    bad("currency", "XYZ");
    // Who belongs to no branch says in which money.
    check_refused(world, run("create_item", args(), d.buyer_login), Code::kInvalid, "currency");
    check_applied(run("create_item", args(), d.seller));
}

TEST_CASE_FIXTURE(Shelf, "items: the owner alone, whoever it is") {
    auto given = args();
    check_applied(run("create_item", given, d.seller));
    const Uuid id = *Uuid::parse(given["id"].get<std::string>());
    const auto& items = describe<OwnedItem>();
    for (const Uuid& who : {d.owner, d.manager, d.staff, d.other_seller, d.buyer_login}) {
        const auto user = world.get<User>(who);
        const Actor actor{user->id, user->role, user->branch_id, false};
        CHECK(!view_of(actor, items, *world.get_row(items, id), world));
        check_refused(world, run("update_item", {{"id", id.to_string()}, {"quantity", 5}}, who),
                      Code::kNotAllowed);
        check_refused(world, run("archive_item", {{"item_id", id.to_string()}}, who),
                      Code::kNotAllowed);
    }
    check_refused(world, run("update_item", {{"id", d.next_id().to_string()}}, d.seller),
                  Code::kNotFound, "id");
    check_refused(world, run("update_item", {{"id", id.to_string()}, {"item_name", "x"}}, d.seller),
                  Code::kInvalid, "item_name");
    check_applied(run("update_item", {{"id", id.to_string()}, {"quantity", 5}}, d.seller));
    CHECK(world.get<OwnedItem>(id)->quantity == 5);
    check_applied(run("archive_item", {{"item_id", id.to_string()}}, d.seller));
    check_refused(world, run("archive_item", {{"item_id", id.to_string()}}, d.seller),
                  Code::kAlreadyDone, "item_id");
    check_refused(world, run("archive_item", {{"item_id", d.next_id().to_string()}}, d.seller),
                  Code::kNotFound, "item_id");
    check_refused(world, run("update_item", {{"id", id.to_string()}, {"quantity", 6}}, d.seller),
                  Code::kWrongState);
}

}  // namespace showfloor::domain
