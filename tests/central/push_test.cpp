#include "central/quarantine.hpp"
#include "central/verify.hpp"
#include "central/waiting.hpp"
#include "fixture.hpp"

namespace showfloor::test {

namespace {

using protocol::PushOutcome;
using protocol::PushStatus;

struct Scene {
    Scene() {
        central.enrol(kiosk, {kiosk.shop.seller, kiosk.shop.manager});
        central.enrol(other, {kiosk.shop.other_seller, kiosk.shop.manager});
    }
    protocol::PushedCommand sale(Kiosk& at, int car, const base::Uuid& seller) {
        return at.journal("record_sale", at.shop.sale_args(Dealership::car(car), 5'000'000),
                          seller);
    }
    Central central;
    Kiosk kiosk{fixed_id(3, 1), 7, 0};
    Kiosk other{fixed_id(3, 2), 8, 1000};
};

TEST_CASE_FIXTURE(Scene, "push: a sale is applied with report, history, notifications and feed") {
    const auto reply = central.push(kiosk, {sale(kiosk, 1, kiosk.shop.seller)});
    REQUIRE(reply.status == PushStatus::kOk);
    REQUIRE(reply.results.size() == 1);
    CHECK(reply.results[0].code == "");
    CHECK(reply.results[0].outcome == PushOutcome::kApplied);
    CHECK(reply.last_seq == 1);
    CHECK(central.all<domain::Sale>().size() == 1);
    CHECK(central.all<domain::Invoice>().size() == 1);
    CHECK(central.all<domain::Receipt>().size() == 1);
    CHECK(central.all<domain::Report>().size() == 1);
    CHECK(central.told("sale").size() == 1);
    CHECK(central.told("invoice").size() == 1);
    CHECK(central.told("receipt").size() == 1);
    CHECK(central.told("dispute").empty());
    CHECK(central.all<domain::History>().size() >= 5);
    CHECK(central.one<domain::Car>(Dealership::car(1)).availability == domain::Availability::kSold);
}

TEST_CASE_FIXTURE(Scene, "push: sent twice, applied once, answered the same") {
    const auto entry = sale(kiosk, 1, kiosk.shop.seller);
    const auto first = central.push(kiosk, {entry});
    const auto history = central.all<domain::History>().size();
    const auto again = central.push(kiosk, {entry});
    CHECK(again.status == PushStatus::kOk);
    CHECK(again.last_seq == first.last_seq);
    REQUIRE(again.results.size() == 1);
    CHECK(again.results[0].details == first.results[0].details);
    CHECK(central.all<domain::Sale>().size() == 1);
    CHECK(central.all<domain::History>().size() == history);
}

TEST_CASE_FIXTURE(Scene, "push: a part sent again goes on with what is new") {
    const auto first = sale(kiosk, 1, kiosk.shop.seller);
    const auto second = sale(kiosk, 2, kiosk.shop.seller);
    std::ignore = central.push(kiosk, {first});
    const auto reply = central.push(kiosk, {first, second});
    CHECK(reply.last_seq == 2);
    CHECK(reply.results.size() == 2);
    CHECK(central.all<domain::Sale>().size() == 2);
}

TEST_CASE_FIXTURE(Scene, "push: above the last one is a gap and changes nothing") {
    std::ignore = sale(kiosk, 1, kiosk.shop.seller);
    const auto second = sale(kiosk, 2, kiosk.shop.seller);
    const auto reply = central.push(kiosk, {second});
    CHECK(reply.status == PushStatus::kGap);
    CHECK(reply.last_seq == 0);
    CHECK(central.all<domain::Sale>().empty());
}

TEST_CASE_FIXTURE(Scene, "push: another entry at a settled place is a fork, with one alarm") {
    Kiosk clone(kiosk.id, 7, 500);  // the same key, another past
    std::ignore = central.push(kiosk, {sale(kiosk, 1, kiosk.shop.seller)});
    const auto other_past = sale(clone, 2, clone.shop.seller);
    for (int i = 0; i < 2; ++i) {
        const auto reply = central.push(clone, {other_past});
        CHECK(reply.status == PushStatus::kFork);
        CHECK(reply.last_seq == 1);
    }
    // One entry ahead of central, on top of another past.
    const auto ahead = sale(clone, 3, clone.shop.seller);
    CHECK(central.push(clone, {ahead}).status == PushStatus::kFork);
    CHECK(central.all<domain::Sale>().size() == 1);
    CHECK(central.told("sync").size() == 1);
    CHECK(central.count("SELECT count(*) FROM quarantine WHERE reason = 'fork'") == 3);
}

TEST_CASE_FIXTURE(Scene,
                  "push: an unreadable command is kept, its numbers void, the rest goes on") {
    const auto first = sale(kiosk, 1, kiosk.shop.seller);
    const auto bad = kiosk.entry(fixed_id(8, 1), {{"NBO-T01-I", 2}}, "{\"id\": no");
    auto args = kiosk.shop.sale_args(Dealership::car(2), 5'000'000);
    auto command = kiosk.shop.make("record_sale", args, kiosk.shop.seller, kiosk.id);
    static_cast<void>(kiosk.shop.submit(command, kiosk.id));
    command.numbers[0].n = 3;
    const auto reply = central.push(kiosk, {first, bad, kiosk.entry(command)});
    REQUIRE(reply.results.size() == 3);
    CHECK(reply.results[1].outcome == PushOutcome::kPoison);
    CHECK(reply.results[2].outcome == PushOutcome::kApplied);
    CHECK(reply.last_seq == 3);
    CHECK(central.count("SELECT count(*) FROM number_void WHERE series = 'NBO-T01-I' AND n = 2") ==
          1);
    CHECK(central.count("SELECT count(*) FROM quarantine") == 1);
    CHECK(central.told("sync").size() == 1);
}

TEST_CASE_FIXTURE(
    Scene, "quarantine: an entry is found by the reference that the terminal tells, in scope") {
    const auto id = *base::Uuid::parse("01900000-0000-7000-8000-00000a4f2a9c");
    const auto bad = kiosk.entry(id, {{"NBO-T01-I", 1}}, "{\"id\": no");
    CHECK(central.push(kiosk, {bad}).results[0].outcome == PushOutcome::kPoison);
    // Another terminal's, whose reference ends alike.
    const auto alike = *base::Uuid::parse("01900000-0000-7000-8000-00000b4f2a9c");
    std::ignore = central.push(other, {other.entry(alike, {}, "nothing")});
    // A push whose journal does not hold has no command's id.
    auto forged = kiosk.request({sale(kiosk, 1, kiosk.shop.seller)});
    forged.signature = "AAAA";
    CHECK_FALSE(central.processor->push(kiosk.id, forged, central.now).ok());

    domain::Actor chief;
    chief.user_id = kiosk.shop.manager;
    chief.role = domain::Role::kSuperAdmin;
    const auto find = [&](const domain::Actor& actor, std::string_view reference) {
        auto reader = must(central.store->reader());
        return must(central::find_quarantined(reader.connection(), actor, reference));
    };
    const auto all = find(chief, "");
    REQUIRE(all.size() == 3);
    CHECK(all[0].reason == "bad_signature");
    CHECK(all[0].command_id.is_nil());
    CHECK(all[0].reference.empty());
    for (const char* told : {"NBO-T01-4F2A9C", "nbo-t01-4f2a9c", "NBO-T01-I000001"}) {
        INFO(std::string(told));
        const auto found = find(chief, told);
        REQUIRE(found.size() == 1);
        CHECK(found[0].command_id == id);
        CHECK(found[0].reference == "NBO-T01-4F2A9C");
        CHECK(found[0].content == bad.body);
        CHECK(found[0].outcome == "poison");
        CHECK(found[0].seq == 1);
    }
    CHECK(find(chief, "4F2A9C").size() == 2);
    for (const char* none : {"NBO-T01-4F2A9D", "NBO-T01-I000007", "%", "-"})
        CHECK(find(chief, none).empty());
    domain::Actor elsewhere = chief;
    elsewhere.role = domain::Role::kAdmin;
    elsewhere.branch_id = kiosk.shop.mombasa;
    CHECK(find(elsewhere, "NBO-T01-4F2A9C").empty());
    domain::Actor seller = chief;
    seller.role = domain::Role::kSeller;
    seller.branch_id = kiosk.shop.nairobi;
    CHECK(find(seller, "").empty());
}

TEST_CASE_FIXTURE(Scene,
                  "push: a signature by another key is kept for an admin and applies nothing") {
    auto request = kiosk.request({sale(kiosk, 1, kiosk.shop.seller)});
    request.signature = base::to_base64(
        other.key.sign(base::as_bytes(protocol::push_to_sign(kiosk.id, request.head_hash))));
    const auto reply = central.processor->push(kiosk.id, request, central.now);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == "bad_signature");
    CHECK(central.all<domain::Sale>().empty());
    CHECK(central.told("sync").size() == 1);
    CHECK(central.count("SELECT count(*) FROM quarantine") == 1);
}

TEST_CASE_FIXTURE(Scene, "push: a body changed after it was journalled breaks the chain") {
    auto first = sale(kiosk, 1, kiosk.shop.seller);
    auto second = sale(kiosk, 2, kiosk.shop.seller);
    second.body += " ";
    const auto reply =
        central.processor->push(kiosk.id, kiosk.request({first, second}), central.now);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == "bad_chain");
    CHECK(central.all<domain::Sale>().empty());
}

TEST_CASE_FIXTURE(Scene,
                  "push: numbers of another series, used ones and skipped ones are refused") {
    const auto with_number = [&](int car, domain::Number number) {
        auto args = kiosk.shop.sale_args(Dealership::car(car));
        auto command = kiosk.shop.make("record_sale", args, kiosk.shop.seller, kiosk.id);
        command.numbers = {std::move(number)};
        return kiosk.entry(command);
    };
    const auto reply =
        central.push(kiosk, {with_number(1, {"NBO-T02-I", 1}), with_number(1, {"NBO-T01-I", 1}),
                             with_number(2, {"NBO-T01-I", 1}), with_number(3, {"NBO-T01-I", 5}),
                             with_number(4, {"NBO-T01-I", 6})});
    REQUIRE(reply.results.size() == 5);
    CHECK(reply.results[0].code == "forged");
    CHECK(reply.results[1].outcome == PushOutcome::kApplied);
    CHECK(reply.results[2].code == "number_not_next");
    CHECK(reply.results[3].code == "number_not_next");
    CHECK(reply.results[4].outcome == PushOutcome::kApplied);
    // 2, 3, 4 were left out and 5 was refused: all void, so that nothing is missing.
    CHECK(central.count("SELECT count(*) FROM number_void WHERE series = 'NBO-T01-I'") == 4);
    CHECK(central.count("SELECT count(*) FROM number_void WHERE series = 'NBO-T02-I'") == 0);
    CHECK(central.told("sync").size() == 1);
}

TEST_CASE_FIXTURE(Scene,
                  "push: only people whose verifier the terminal holds, never a super_admin") {
    const auto lead = [&](const base::Uuid& actor) {
        auto command = kiosk.shop.make("create_customer",
                                       {{"id", kiosk.shop.next_id().to_string()},
                                        {"first_name", "Jane"},
                                        {"last_name", "Doe"},
                                        {"phone", "+2547999000" + std::to_string(kiosk.seq + 10)}},
                                       actor, kiosk.id);
        return kiosk.entry(command);
    };
    central.enrol(kiosk, {kiosk.shop.owner});  // even if one got there
    const auto reply = central.push(
        kiosk, {lead(kiosk.shop.other_seller), lead(kiosk.shop.owner), lead(kiosk.shop.seller)});
    REQUIRE(reply.results.size() == 3);
    CHECK(reply.results[0].code == "forged");
    CHECK(reply.results[1].code == "forged");
    CHECK(reply.results[2].outcome == PushOutcome::kApplied);
    CHECK(central.told("sync").size() == 1);
}

TEST_CASE_FIXTURE(Scene, "push: what only central may do is refused with an alarm") {
    auto command = kiosk.shop.make("archive_car", {{"car_id", Dealership::car(1).to_string()}},
                                   kiosk.shop.manager, kiosk.id);
    const auto reply = central.push(kiosk, {kiosk.entry(command)});
    REQUIRE(reply.results.size() == 1);
    CHECK(reply.results[0].outcome == PushOutcome::kRefused);
    CHECK(reply.results[0].code == "not_from_terminal");
    CHECK_FALSE(central.one<domain::Car>(Dealership::car(1)).archived);
    CHECK(central.told("sync").size() == 1);
}

TEST_CASE_FIXTURE(Scene, "push: a revoked terminal is not heard") {
    CHECK(central.run("revoke_terminal", {{"terminal_id", kiosk.id.to_string()}}).applied());
    const auto reply = central.processor->push(
        kiosk.id, kiosk.request({sale(kiosk, 1, kiosk.shop.seller)}), central.now);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == "terminal_revoked");
    CHECK(central.all<domain::Sale>().empty());
}

TEST_CASE_FIXTURE(Scene, "push: one car sold at two terminals is kept twice, the second disputed") {
    const auto first = sale(kiosk, 1, kiosk.shop.seller);
    const auto second = sale(other, 1, other.shop.other_seller);
    CHECK(central.push(kiosk, {first}).results[0].outcome == PushOutcome::kApplied);
    const auto reply = central.push(other, {second});
    CHECK(reply.results[0].outcome == PushOutcome::kDisputed);
    CHECK(reply.results[0].code == "car_sold");
    const auto sales = central.all<domain::Sale>();
    REQUIRE(sales.size() == 2);
    const auto disputed = central.all<domain::Sale>({{"status", std::string("disputed")}});
    REQUIRE(disputed.size() == 1);
    CHECK(disputed[0].dispute_code == "car_sold");
    CHECK(central.told("dispute").size() == 2);        // the admins, and the seller
    CHECK(central.all<domain::Report>().size() == 1);  // a disputed sale earns nothing yet
}

TEST_CASE_FIXTURE(Scene,
                  "push: after a re-enrolment the paper's number stays, or a review says so") {
    const auto old_paper = [&](int car, std::int64_t n, domain::Number was) {
        auto args = other.shop.sale_args(Dealership::car(car));
        auto command = other.shop.make("record_sale", args, other.shop.other_seller, other.id);
        command.numbers = {{"NBO-T02-I", n}};
        auto entry = other.entry(command);
        entry.was_numbers = {std::move(was)};
        return entry;
    };
    // T01 printed 1 and 2 before it died; of those it had pushed 1.
    std::ignore = central.push(kiosk, {sale(kiosk, 1, kiosk.shop.seller)});
    CHECK(central.run("revoke_terminal", {{"terminal_id", kiosk.id.to_string()}}).applied());
    const auto reply =
        central.push(other, {old_paper(2, 1, {"NBO-T01-I", 1}), old_paper(3, 2, {"NBO-T01-I", 2})});
    REQUIRE(reply.results.size() == 2);
    CHECK(reply.results[0].outcome == PushOutcome::kApplied);
    CHECK(reply.results[0].details["reviews"][0] == "number_not_next");
    CHECK_FALSE(reply.results[1].details.contains("reviews"));
    CHECK(central.all<domain::Invoice>({{"number", std::string("NBO-T02-I000001")}}).size() == 1);
    CHECK(central.all<domain::Invoice>({{"number", std::string("NBO-T01-I000002")}}).size() == 1);
    CHECK(central.count("SELECT count(*) FROM number_void WHERE series = 'NBO-T02-I' AND n = 2") ==
          1);
    CHECK(central.told("review").size() == 1);
}

TEST_CASE_FIXTURE(Scene,
                  "push: a command settled under another terminal is answered, not repeated") {
    auto command = kiosk.shop.make("record_sale", kiosk.shop.sale_args(Dealership::car(1)),
                                   kiosk.shop.manager, kiosk.id);
    static_cast<void>(kiosk.shop.submit(command, kiosk.id));
    std::ignore = central.push(kiosk, {kiosk.entry(command)});
    command.numbers = {{"NBO-T02-I", 1}};
    const auto reply = central.push(other, {other.entry(command)});
    CHECK(reply.results[0].outcome == PushOutcome::kApplied);
    CHECK(central.all<domain::Sale>().size() == 1);
    CHECK(central.count("SELECT count(*) FROM number_void WHERE series = 'NBO-T02-I'") == 1);
}

}  // namespace

TEST_CASE_FIXTURE(Scene, "push: a live clone's papers never take the original's numbers") {
    std::ignore = central.push(kiosk, {sale(kiosk, 1, kiosk.shop.seller)});
    // The clone printed T01's second number, and was enrolled as T02 since.
    auto command = other.shop.make("record_sale", other.shop.sale_args(Dealership::car(2)),
                                   other.shop.other_seller, other.id);
    command.numbers = {{"NBO-T02-I", 1}};
    auto entry = other.entry(command);
    entry.was_numbers = {{"NBO-T01-I", 2}};
    const auto clone = central.push(other, {entry});
    CHECK(clone.results[0].outcome == PushOutcome::kApplied);
    CHECK(clone.results[0].details["reviews"][0] == "number_not_next");
    // The original knows nothing of it and sells on.
    const auto original = central.push(kiosk, {sale(kiosk, 3, kiosk.shop.seller)});
    CHECK(original.results[0].outcome == PushOutcome::kApplied);
    CHECK_FALSE(original.results[0].details.contains("reviews"));
    CHECK(central.all<domain::Invoice>({{"number", std::string("NBO-T02-I000001")}}).size() == 1);
    CHECK(central.all<domain::Invoice>({{"number", std::string("NBO-T01-I000002")}}).size() == 1);
}

TEST_CASE_FIXTURE(Scene,
                  "push: what speaks of something not known yet waits, and is booked with it") {
    const auto sold = sale(kiosk, 1, kiosk.shop.seller);
    const auto invoice_id = domain::derive_id(sold.id, "invoice", 0);
    auto pays = other.shop.make("take_payment",
                                {{"id", fixed_id(6, 9).to_string()},
                                 {"invoice_id", invoice_id.to_string()},
                                 {"amount_minor", 500},
                                 {"method", "cash"}},
                                other.shop.manager, other.id);
    pays.numbers = {{"NBO-T02-R", 1}};
    const auto entry = other.entry(pays);
    for (int again = 0; again < 2; ++again) {
        const auto reply = central.push(other, {entry});
        CHECK(reply.results[0].outcome == PushOutcome::kApplied);
        CHECK(reply.results[0].details["waiting"] == true);
        CHECK(reply.results[0].details["reviews"][0] == "not_known");
        CHECK(central.all<domain::Payment>({{"id", pays.id.to_string()}}).empty());
        CHECK(central.count("SELECT count(*) FROM push_waiting") == 1);
        CHECK(central.told("sync").size() == 1);
        CHECK(must(central::verify_store(*central.store)).empty());
    }
    std::ignore = central.push(kiosk, {sold});
    CHECK(central.count("SELECT count(*) FROM push_waiting") == 0);
    const auto receipts =
        central.all<domain::Receipt>({{"number", std::string("NBO-T02-R000001")}});
    REQUIRE(receipts.size() == 1);
    CHECK(receipts[0].payment_id == fixed_id(6, 9));
    CHECK(central.one<domain::Payment>(fixed_id(6, 9)).invoice_id == invoice_id);
    CHECK_FALSE(central.push(other, {entry}).results[0].details.contains("waiting"));
    CHECK(must(central::verify_store(*central.store)).empty());
}

TEST_CASE_FIXTURE(Scene, "push: a refund that gives back a payment not known yet waits for it") {
    const auto sold = sale(kiosk, 1, kiosk.shop.seller);
    const auto invoice_id = domain::derive_id(sold.id, "invoice", 0);
    const auto later = fixed_id(6, 9);
    const auto pays = kiosk.journal("take_payment",
                                    {{"id", later.to_string()},
                                     {"invoice_id", invoice_id.to_string()},
                                     {"amount_minor", 700},
                                     {"method", "cash"}},
                                    kiosk.shop.seller);
    std::ignore = central.push(kiosk, {sold});
    const auto first = central.all<domain::Payment>();
    REQUIRE(first.size() == 1);
    auto refund = other.shop.make("refund_sale",
                                  {{"sale_id", first[0].sale_id.to_string()}, {"reason", "Back"}},
                                  other.shop.manager, other.id);
    const auto total = central.one<domain::Invoice>(invoice_id).total_amount_minor;
    refund.terms = {{"payment_ids", {first[0].id.to_string(), later.to_string()}},
                    {"credit_minor", total}};
    refund.numbers = {{"NBO-T02-C", 1}, {"NBO-T02-R", 1}, {"NBO-T02-R", 2}};
    const auto reply = central.push(other, {other.entry(refund)});
    CHECK(reply.results[0].outcome == PushOutcome::kApplied);
    CHECK(reply.results[0].details["waiting"] == true);
    CHECK(central.count("SELECT count(*) FROM push_waiting") == 1);
    CHECK(central.one<domain::Sale>(first[0].sale_id).status == domain::SaleStatus::kCompleted);
    std::ignore = central.push(kiosk, {pays});
    CHECK(central.count("SELECT count(*) FROM push_waiting") == 0);
    CHECK(central.one<domain::Sale>(first[0].sale_id).status == domain::SaleStatus::kRefunded);
    CHECK(central.one<domain::Invoice>(invoice_id).balance_minor == 0);
    CHECK(central.all<domain::Receipt>({{"number", std::string("NBO-T02-R000002")}}).size() == 1);
    CHECK(must(central::verify_store(*central.store)).empty());
}

TEST_CASE_FIXTURE(Scene,
                  "push: whom a restored central lost again is kept as inactive; else forged") {
    const auto lost = base::Uuid::v7(central.now, central.random);
    std::int64_t number = 0;
    const auto sells = [&](int car) {
        auto command = other.shop.make("record_sale", other.shop.sale_args(Dealership::car(car)),
                                       other.shop.other_seller, other.id);
        command.actor_id = lost;
        command.numbers = {{"NBO-T02-I", ++number}};
        return other.entry(command);
    };
    const auto before = central.push(other, {sells(1)});
    CHECK(before.results[0].outcome == PushOutcome::kRefused);
    CHECK(before.results[0].code == "forged");
    must(central::note_set_back(central.store->writer().connection(), central.now));
    const auto after = central.push(other, {sells(2)});
    CHECK(after.results[0].outcome == PushOutcome::kDisputed);
    CHECK(after.results[0].code == "actor_inactive");
    const auto person = central.one<domain::User>(lost);
    CHECK(person.status == domain::UserStatus::kInactive);
    CHECK(person.role == domain::Role::kSeller);
    CHECK(central.all<domain::Sale>().size() == 1);
}

}  // namespace showfloor::test
