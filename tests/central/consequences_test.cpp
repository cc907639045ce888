#include "central/history.hpp"
#include "central/verify.hpp"
#include "fixture.hpp"

namespace showfloor::test {

namespace {

struct Scene {
    Scene() { central.enrol(kiosk, {kiosk.shop.seller, kiosk.shop.manager}); }
    void cost(int car, std::int64_t minor, const char* currency, std::int64_t rate_micro) {
        CHECK(central
                  .run("set_car_cost", {{"car_id", Dealership::car(car).to_string()},
                                        {"purchase_cost_minor", minor},
                                        {"currency", currency},
                                        {"rate_micro", rate_micro}})
                  .applied());
    }
    base::Uuid sell(int car) {
        const auto reply = central.push(
            kiosk,
            {kiosk.journal("record_sale", kiosk.shop.sale_args(Dealership::car(car), 5'000'000),
                           kiosk.shop.seller)});
        REQUIRE(reply.results[0].outcome == protocol::PushOutcome::kApplied);
        return *base::Uuid::parse(reply.results[0].details.at("sale_id").get<std::string>());
    }
    std::vector<domain::Report> reports() { return central.all<domain::Report>(); }
    Central central;
    Kiosk kiosk{fixed_id(3, 1), 7, 0};
};

TEST_CASE_FIXTURE(Scene, "report: profit is the price without tax less cost and commission") {
    cost(1, 60'000'000, "KES", 0);
    const auto sale = central.one<domain::Sale>(sell(1));
    const auto all = reports();
    REQUIRE(all.size() == 1);
    // 1,000,000.00 with 16 % inside: 862,068.97 net; 20 % commission of that.
    CHECK(all[0].price_minor == 86'206'897);
    CHECK(all[0].purchase_cost_minor == 60'000'000);
    CHECK(all[0].commission_minor == sale.commission_minor);
    CHECK(all[0].company_profit_minor == 86'206'897 - 60'000'000 - sale.commission_minor);
    CHECK_FALSE(all[0].incomplete);
}

TEST_CASE_FIXTURE(Scene, "report: a cost in another currency is converted at its rate") {
    cost(1, 100'000, "USD", 129'500'000);  // 1,000.00 USD at 129.5
    sell(1);
    CHECK(reports()[0].purchase_cost_minor == 12'950'000);
}

TEST_CASE_FIXTURE(Scene, "report: without a rate it is incomplete, until the rate is known") {
    cost(1, 100'000, "USD", 0);
    sell(1);
    REQUIRE(reports().size() == 1);
    CHECK(reports()[0].incomplete);
    cost(1, 100'000, "USD", 129'500'000);
    const auto all = reports();
    REQUIRE(all.size() == 3);  // booked, taken back, booked anew
    std::int64_t profit = 0;
    int standing = 0;
    for (const auto& report : all) {
        profit += report.company_profit_minor;
        if (!report.incomplete) ++standing;
    }
    CHECK(standing == 1);
    CHECK(profit > 0);
}

TEST_CASE_FIXTURE(Scene, "report: a refund books the reverse and edits nothing") {
    cost(1, 60'000'000, "KES", 0);
    const auto sale = sell(1);
    const auto first = reports()[0];
    const auto reply = central.push(
        kiosk,
        {kiosk.journal("refund_sale", {{"sale_id", sale.to_string()}, {"reason", "Brought back"}},
                       kiosk.shop.manager)});
    CHECK(reply.results[0].code == "");
    const auto all = reports();
    REQUIRE(all.size() == 2);
    const auto& reverse = all[0].id == first.id ? all[1] : all[0];
    CHECK(reverse.reverses_id == first.id);
    CHECK(reverse.company_profit_minor == -first.company_profit_minor);
    CHECK(reverse.commission_minor == -first.commission_minor);
    CHECK(must(central::verify_store(*central.store)).empty());
}

TEST_CASE_FIXTURE(Scene, "notification: the car's branch is told when another branch sells it") {
    const auto before = central.told("sale").size();
    sell(5);  // stands in Mombasa
    const auto told = central.told("sale");
    CHECK(told.size() == before + 2);
    int there = 0;
    for (const auto& note : told)
        there += note.branch_id == kiosk.shop.mombasa ? 1 : 0;
    CHECK(there == 1);
}

TEST_CASE_FIXTURE(Scene, "history: before and after of what changed, and the chain holds") {
    CHECK(central
              .run("update_car", {{"id", Dealership::car(1).to_string()}, {"color", "red"}},
                   kiosk.shop.manager)
              .applied());
    const auto entries =
        central.all<domain::History>({{"record_id", Dealership::car(1).to_string()}});
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].before == R"({"color":"white"})");
    CHECK(entries[0].after == R"({"color":"red"})");
    CHECK(entries[0].actor_id == kiosk.shop.manager);
    sell(1);
    auto reader = must(central.store->reader());
    CHECK(central::verify_history(reader.connection()).ok());
}

TEST_CASE_FIXTURE(Scene, "history: a changed value, a removed entry and a cut end are found") {
    sell(1);
    sell(2);
    const auto spoil = [&](const std::string& sql) {
        {
            auto writer = central.store->writer();
            must(writer.connection().run("SAVEPOINT spoil"));
            must(writer.connection().run(sql));
            const auto checked = central::verify_history(writer.connection());
            INFO(sql);
            REQUIRE_FALSE(checked);
            CHECK(checked.error().kind == base::ErrorKind::kDamaged);
            must(writer.connection().run("ROLLBACK TO spoil"));
            must(writer.connection().run("RELEASE spoil"));
        }
    };
    spoil("UPDATE history SET after = '{\"price_minor\":1}' WHERE number = 3");
    spoil("UPDATE history SET actor_id = NULL WHERE number = 2");
    spoil("DELETE FROM history WHERE number = 2");
    spoil("DELETE FROM history WHERE number = (SELECT max(number) FROM history)");
}

TEST_CASE_FIXTURE(Scene, "history: forgotten values leave the chain whole") {
    sell(1);
    auto writer = central.store->writer();
    must(writer.connection().run(
        "UPDATE history SET before = NULL, after = NULL, salt = NULL WHERE number = 1"));
    CHECK(central::verify_history(writer.connection()).ok());
}

}  // namespace

}  // namespace showfloor::test
