#include <filesystem>
#include <fstream>

#include "fixture.hpp"
#include "terminal/read_models.hpp"

namespace showfloor::test {

namespace {

struct Fixture : TestTerminal {
    Fixture() { settle(); }
    base::Json sale(int car) {
        return {{"car_id", Dealership::car(car).to_string()},
                {"customer_id", central.shop.customer.to_string()},
                {"discount_minor", 0},
                {"payments", {{{"method", "cash"}, {"amount_minor", 1'000'000}}}}};
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "do record_sale: the shape scripts rely on, durable, numbered") {
    const auto answer = ask_to_do("seller", "record_sale", sale(1));
    INFO(answer.dump());
    CHECK(answer["outcome"] == "pending");
    CHECK(base::Uuid::parse(answer["sale_id"].get<std::string>()));
    CHECK(base::Uuid::parse(answer["invoice_id"].get<std::string>()));
    CHECK(answer["invoice_number"] == "NBO-T01-I000001");
    CHECK(answer["receipt_ids"].size() == 1);
    const auto next = ask_to_do("seller", "record_sale", sale(2));
    CHECK(next["invoice_number"] == "NBO-T01-I000002");
    restart();
    const auto car = engine().world().get<domain::Car>(Dealership::car(1));
    REQUIRE(car);
    CHECK(car->availability == domain::Availability::kSold);
    CHECK(must(engine().outbox().counts()).pending == 2);
}

TEST_CASE_FIXTURE(Fixture, "do create_customer: an id at once") {
    const auto answer = ask_to_do("seller", "create_customer",
                                  {{"first_name", "Grace"},
                                   {"last_name", "Wanjiku"},
                                   {"phone", "+254722000111"},
                                   {"email", "grace@example.org"},
                                   {"address", "Moi Avenue 1"}});
    INFO(answer.dump());
    CHECK(answer["outcome"] == "pending");
    const auto id = base::Uuid::parse(base::text_member(answer, "id"));
    REQUIRE(id);
    const auto customer = engine().world().get<domain::Customer>(*id);
    REQUIRE(customer);
    CHECK(customer->first_name == "Grace");
}

TEST_CASE_FIXTURE(Fixture,
                  "do: refused with code, words and field; nothing is stored, no number lost") {
    auto args = sale(1);
    args["payments"][0]["amount_minor"] = 900'000'000'000;
    const auto answer = ask_to_do("seller", "record_sale", args);
    CHECK(answer["outcome"] == "refused");
    CHECK(answer["code"] == "over_balance");
    CHECK_FALSE(base::text_member(answer, "message").empty());
    CHECK_FALSE(base::text_member(answer, "field").empty());
    CHECK(must(engine().outbox().counts()).pending == 0);
    CHECK(ask_to_do("seller", "record_sale", sale(1))["invoice_number"] == "NBO-T01-I000001");
    const auto twice = ask_to_do("seller", "record_sale", sale(1));
    CHECK(twice["outcome"] == "refused");
}

TEST_CASE_FIXTURE(Fixture,
                  "do: unknown command, unknown argument, no right: each refused in words") {
    CHECK(ask_to_do("seller", "make_coffee", base::Json::object())["outcome"] == "refused");
    auto args = sale(1);
    args["commission_minor"] = 1;
    const auto answer = ask_to_do("seller", "record_sale", args);
    CHECK(answer["outcome"] == "refused");
    CHECK(answer["field"] == "commission_minor");
    const auto nobody = ask({{"ask", "do"}, {"command", "record_sale"}, {"args", sale(1)}});
    CHECK(nobody["outcome"] == "refused");
    // A command of central is none of a terminal's.
    CHECK(ask_to_do("manager", "create_car", base::Json::object())["outcome"] == "refused");
}

TEST_CASE_FIXTURE(Fixture, "do: a wrong password does nothing and says so") {
    const auto answer = ask({{"ask", "do"},
                             {"login", "seller"},
                             {"password", "wrong one"},
                             {"command", "record_sale"},
                             {"args", sale(1)}});
    CHECK(base::text_member(answer, "code") == "wrong_password");
    CHECK(must(engine().outbox().counts()).pending == 0);
}

TEST_CASE_FIXTURE(Fixture, "do: an approver signs in for one command alone") {
    auto args = sale(1);
    args["discount_minor"] = 20'000'000;
    args["discount_reason"] = "Last year's model";
    CHECK(ask_to_do("seller", "record_sale", args)["outcome"] == "refused");
    base::Json question = {{"ask", "do"},
                           {"login", "seller"},
                           {"password", kPassword},
                           {"command", "record_sale"},
                           {"args", args},
                           {"approver", "manager"},
                           {"approver_password", "not the manager's"}};
    CHECK_FALSE(base::text_member(ask(question), "error").empty());
    question["approver_password"] = kPassword;
    CHECK(ask(question)["outcome"] == "pending");
    args["car_id"] = Dealership::car(2).to_string();
    CHECK(ask_to_do("seller", "record_sale", args)["outcome"] == "refused");
}

TEST_CASE_FIXTURE(Fixture,
                  "sync: what was sold offline is pushed once, answered, and no more pending") {
    central.away = true;
    CHECK(ask_to_do("seller", "record_sale", sale(1))["outcome"] == "pending");
    CHECK(central.applied == 0);
    const auto waiting = must(engine().status());
    CHECK(waiting["pending"] == 1);
    CHECK(waiting["oldest_pending_at"].get<std::int64_t>() > 0);
    central.away = false;
    settle();
    CHECK(central.applied == 1);
    const auto done = must(engine().status());
    CHECK(done["pending"] == 0);
    CHECK(done["online"] == true);
    CHECK(done["cause"] == "");
}

TEST_CASE_FIXTURE(Fixture, "status: every field that scripts read") {
    const auto status = must(engine().status());
    for (const char* field : {"enrolled", "central", "online", "cause", "epoch", "cursor",
                              "pending", "in_doubt", "refused", "disputed", "oldest_pending_at",
                              "last_contact_at", "clock_skew_ms", "rows", "blobs"}) {
        INFO(field);
        CHECK(status.contains(field));
    }
    CHECK(status["rows"]["car"] == 6);
    CHECK(status["epoch"] == "first");
    CHECK(status["cursor"] == 7);
    for (const char* field : {"have", "missing", "bytes"})
        CHECK(status["blobs"].contains(field));
}

TEST_CASE_FIXTURE(Fixture, "open: a lost or damaged replica is filled again, the outbox is kept") {
    central.away = true;
    CHECK(ask_to_do("seller", "record_sale", sale(1))["outcome"] == "pending");
    restart();
    {
        std::ofstream out(folder.replica(), std::ios::binary | std::ios::trunc);
        out << "this is no database";
    }
    for (const char* suffix : {"-wal", "-shm"})
        std::filesystem::remove(folder.replica() + suffix);
    central.away = false;
    settle();
    CHECK(central.applied == 1);
    CHECK(must(engine().status())["rows"]["car"] == 6);
}

TEST_CASE_FIXTURE(
    Fixture, "open: an enrolment cut off halfway is named, nothing is sent under a wrong name") {
    restart();
    must(folder.save_identity({central.shop.other_terminal, "T02", central.shop.nairobi, "NBO",
                               "https://127.0.0.1:9", "https://127.0.0.1:9"}));
    const auto opened = terminal::Engine::open(parts());
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code == "enrolled_halfway");
}

TEST_CASE_FIXTURE(Fixture, "read_sale_file: a paper's whole content out of the overlay") {
    const auto answer = ask_to_do("seller", "record_sale", sale(3));
    const auto id = *base::Uuid::parse(base::text_member(answer, "sale_id"));
    const auto file = terminal::read_sale_file(engine().world(), id);
    REQUIRE(file);
    CHECK(file->car.model == "Model 3");
    CHECK(file->customer.first_name == "Amina");
    CHECK(file->seller_name == "seller Test");
    CHECK(file->branch.code == "NBO");
    CHECK(file->invoice.number == "NBO-T01-I000001");
    CHECK(file->payments.size() == 1);
    REQUIRE(file->receipts.size() == 1);
    CHECK(file->receipts[0].number == "NBO-T01-R000001");
    std::int64_t sum = 0;
    for (const auto& line : file->lines)
        sum += line.amount_minor;
    CHECK(sum == file->invoice.total_amount_minor);
    CHECK_FALSE(terminal::read_sale_file(engine().world(), base::Uuid::v7(1, random)));
}

}  // namespace showfloor::test
