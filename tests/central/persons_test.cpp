// Customers joined and people forgotten at central: history, papers and terms of law; own rates.

#include "central/history.hpp"
#include "central/instalments.hpp"
#include "central/jobs.hpp"
#include "central/limits.hpp"
#include "central/verify.hpp"
#include "domain/limits.hpp"
#include "domain/records_own.hpp"
#include "fixture.hpp"

namespace showfloor::test {

namespace {

struct Scene {
    Scene() { central.enrol(kiosk, {kiosk.shop.seller, kiosk.shop.manager}); }
    domain::Sale sell(int car, const Json& more = Json::object()) {
        auto args = kiosk.shop.sale_args(Dealership::car(car), 0);
        args.update(more);
        const auto reply =
            central.push(kiosk, {kiosk.journal("record_sale", args, kiosk.shop.seller)});
        REQUIRE(reply.results[0].outcome == protocol::PushOutcome::kApplied);
        return central.one<domain::Sale>(
            *base::Uuid::parse(reply.results[0].details.at("sale_id").get<std::string>()));
    }
    void pay(const domain::Sale& sale) {
        CHECK(central
                  .run("take_payment",
                       {{"id", base::Uuid::v7(central.now, central.random).to_string()},
                        {"invoice_id", sale.invoice_id.to_string()},
                        {"amount_minor", sale.total_minor},
                        {"method", "cash"}})
                  .applied());
    }
    domain::Outcome erase() {
        return central.run("erase_person", {{"customer_id", kiosk.shop.customer.to_string()}});
    }
    // Every text of the database, to look for somebody in.
    bool anywhere(const std::string& words) {
        auto reader = must(central.store->reader());
        for (const auto& table : must(reader.connection().rows(
                 "SELECT name FROM sqlite_master WHERE type = 'table'", {}))) {
            const std::string sql = "SELECT * FROM \"" + std::get<std::string>(table[0]) + "\"";
            for (const auto& row : must(reader.connection().rows(sql, {}))) {
                for (const auto& cell : row) {
                    const auto* text = std::get_if<std::string>(&cell);
                    if (text != nullptr && text->find(words) != std::string::npos) return true;
                }
            }
        }
        return false;
    }
    Central central;
    Kiosk kiosk{fixed_id(3, 1), 7, 0};
};

}  // namespace

TEST_CASE_FIXTURE(Scene, "erase_person: unreadable everywhere, and the chain still verifies") {
    const auto id = kiosk.shop.customer.to_string();
    CHECK(central.run("update_customer", {{"id", id}, {"last_name", "Wambui"}, {"notes", "tall"}})
              .applied());
    const auto sale = sell(1);
    REQUIRE(anywhere("+254712345678"));
    REQUIRE(anywhere("Wambui"));
    const auto open = erase();
    CHECK(open.code == domain::Code::kWrongState);
    pay(sale);
    REQUIRE(erase().applied());
    CHECK_FALSE(anywhere("+254712345678"));
    CHECK_FALSE(anywhere("tall"));
    CHECK(central.one<domain::Customer>(kiosk.shop.customer).first_name == "-");
    // The invoice alone still says whom it was made out to, as tax law wants it.
    const auto invoice = central.one<domain::Invoice>(sale.invoice_id);
    CHECK(invoice.bill_to.find("Wambui") != std::string::npos);
    for (const auto& entry : central.all<domain::History>()) {
        CHECK(entry.before.find("Wambui") == std::string::npos);
        CHECK(entry.after.find("Wambui") == std::string::npos);
    }
    auto reader = must(central.store->reader());
    must(central::verify_history(reader.connection()));
    CHECK(must(central::verify_store(*central.store)).empty());
    // FIX: the login is no login any more.
    const auto login = central.one<domain::User>(kiosk.shop.buyer_login);
    CHECK(login.status == domain::UserStatus::kInactive);
    CHECK(login.username.starts_with("erased_"));
    CHECK(erase().code == domain::Code::kAlreadyDone);
}

TEST_CASE_FIXTURE(Scene, "close_business: what tax law needed goes when its term is over") {
    const auto sale = sell(1);
    pay(sale);
    REQUIRE(erase().applied());
    const Json args = {{"invoice_id", sale.invoice_id.to_string()}};
    CHECK(central.run("close_business", args).code == domain::Code::kWrongState);
    central.now += central::kDayMs;
    CHECK(must(central::run_daily(*central.processor, central.now)));
    CHECK_FALSE(central.one<domain::Invoice>(sale.invoice_id).bill_to.empty());
    central.now += domain::kTaxTermMs;
    CHECK(must(central::run_daily(*central.processor, central.now)));
    CHECK(central.one<domain::Invoice>(sale.invoice_id).bill_to.empty());
    CHECK_FALSE(anywhere("Amina"));
    CHECK(central.run("close_business", args).code == domain::Code::kAlreadyDone);
    CHECK(must(central::verify_store(*central.store)).empty());
    // People do not close business.
    CHECK(central.run("close_business", args, kiosk.shop.owner).code == domain::Code::kNotAllowed);
}

TEST_CASE_FIXTURE(Scene, "merge_customers: a sale made offline with the old id goes to who stays") {
    const auto late = kiosk.journal("record_sale", kiosk.shop.sale_args(Dealership::car(1), 0),
                                    kiosk.shop.seller);
    CHECK(central
              .run("merge_customers", {{"customer_id", kiosk.shop.other_customer.to_string()},
                                       {"merge_id", kiosk.shop.customer.to_string()}})
              .applied());
    const auto reply = central.push(kiosk, {late});
    REQUIRE(reply.results[0].outcome == protocol::PushOutcome::kApplied);
    const auto sales = central.all<domain::Sale>();
    REQUIRE(sales.size() == 1);
    CHECK(sales[0].customer_id == kiosk.shop.other_customer);
    CHECK(must(central::verify_store(*central.store)).empty());
}

TEST_CASE_FIXTURE(Scene,
                  "user_pay: a seller's own rate holds at central, and no terminal knows it") {
    CHECK(central
              .run("set_user_pay", {{"user_id", kiosk.shop.seller.to_string()},
                                    {"salary_minor", 80'000'00},
                                    {"commission_rate_bp", 1000}})
              .applied());
    const auto sale = sell(1);
    CHECK(sale.commission_rate_bp == 1000);
    CHECK(sale.commission_minor == 8'620'690);  // 10 % of 862,068.97
    const auto reports = central.all<domain::Report>();
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].commission_minor == sale.commission_minor);
    CHECK(central.count("SELECT COUNT(*) FROM feed WHERE record = 'user_pay'") == 0);
}

TEST_CASE_FIXTURE(Scene, "run_daily: overdue instalments are told of once, until they are paid") {
    const auto due = central.now + 10 * central::kDayMs;
    auto args = kiosk.shop.sale_args(Dealership::car(1), 0);
    const auto total = kiosk.shop.make("record_sale", args, kiosk.shop.seller, kiosk.id)
                           .terms["total_minor"]
                           .get<std::int64_t>();
    const auto sale = sell(
        1, {{"installments",
             {{{"due_at", due}, {"amount_minor", total / 2}},
              {{"due_at", due + 30 * central::kDayMs}, {"amount_minor", total - total / 2}}}}});
    const auto open = [&] {
        std::size_t count = 0;
        for (const auto& note : central.all<domain::Notification>())
            count += note.message == "notification.instalment_overdue" && note.resolved_at == 0;
        return count;
    };
    const auto day = [&](int days) {
        central.now += days * central::kDayMs;
        CHECK(must(central::run_daily(*central.processor, central.now)));
    };
    day(5);
    CHECK(open() == 0);
    day(6);
    CHECK(open() == 2);  // the admins' and the seller's
    day(1);
    CHECK_FALSE(must(central::run_daily(*central.processor, central.now)));
    CHECK(open() == 2);
    CHECK(central::overdue_minor(central.one<domain::Invoice>(sale.invoice_id), central.now) ==
          total / 2);
    CHECK(central
              .run("take_payment", {{"id", base::Uuid::v7(central.now, central.random).to_string()},
                                    {"invoice_id", sale.invoice_id.to_string()},
                                    {"amount_minor", total / 2},
                                    {"method", "cash"}})
              .applied());
    day(1);
    CHECK(open() == 0);
    day(30);
    CHECK(open() == 2);
}

}  // namespace showfloor::test
