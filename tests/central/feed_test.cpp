#include <set>

#include "base/file.hpp"
#include "central/snapshots.hpp"
#include "crypto/hash.hpp"
#include "database/connection.hpp"
#include "fixture.hpp"
#include "net/gzip.hpp"

namespace showfloor::test {

namespace {

struct Scene {
    Scene() { central.enrol(kiosk, {kiosk.shop.seller}); }
    protocol::PullReply pull(const base::Uuid& terminal, const base::Uuid& branch,
                             std::int64_t cursor, int limit = 1000) {
        auto reader = must(central.store->reader());
        return must(central::pull_page(reader.connection(), terminal, branch, cursor, limit));
    }
    // All pages, as a terminal applies them.
    std::set<std::pair<std::string, std::string>> scope(const base::Uuid& terminal,
                                                        const base::Uuid& branch, int limit) {
        std::set<std::pair<std::string, std::string>> held;
        std::int64_t cursor = 0;
        for (;;) {
            const auto page = pull(terminal, branch, cursor, limit);
            for (const auto& [record, rows] : page.rows) {
                for (const auto& row : rows)
                    held.emplace(record, row.at("id").get<std::string>());
            }
            for (const auto& [record, ids] : page.removed) {
                for (const auto& id : ids)
                    held.erase({record, id.to_string()});
            }
            cursor = page.cursor;
            if (!page.more) return held;
        }
    }
    void sell() {
        const auto reply = central.push(
            kiosk,
            {kiosk.journal("record_sale", kiosk.shop.sale_args(Dealership::car(1), 5'000'000),
                           kiosk.shop.seller)});
        REQUIRE(reply.results[0].outcome == protocol::PushOutcome::kApplied);
    }
    Central central;
    Kiosk kiosk{fixed_id(3, 1), 7, 0};
    base::Uuid nairobi = kiosk.shop.nairobi, mombasa = kiosk.shop.mombasa;
};

TEST_CASE_FIXTURE(Scene, "pull: a branch's business is seen in that branch alone") {
    sell();
    const auto here = pull(kiosk.id, nairobi, 0);
    const auto there = pull(kiosk.shop.mombasa_terminal, mombasa, 0);
    for (const char* record :
         {"sale", "invoice", "invoice_line", "payment", "receipt", "customer", "notification"}) {
        INFO(record);
        CHECK(here.rows.count(record) == 1);
        CHECK(there.rows.count(record) == 0);
    }
    CHECK(here.rows.at("car").size() == 6);
    CHECK(there.rows.at("car").size() == 6);
    CHECK(here.rows.at("verifier").size() == 1);
    CHECK(there.rows.count("verifier") == 0);
    CHECK(there.rows.at("terminal").size() == 1);
}

TEST_CASE_FIXTURE(Scene, "pull: nothing confidential and nothing central keeps to itself") {
    CHECK(central
              .run("set_car_cost", {{"car_id", Dealership::car(1).to_string()},
                                    {"purchase_cost_minor", 77'777'777}})
              .applied());
    sell();
    const auto page = pull(kiosk.id, nairobi, 0);
    const std::string text = protocol::encode(page);
    CHECK(text.find("77777777") == std::string::npos);
    CHECK(text.find("\"report\"") == std::string::npos);
    CHECK(text.find("\"history\"") == std::string::npos);
    CHECK(text.find("@example.com") == std::string::npos);  // users' e-mail addresses
    CHECK(page.rows.count("car_cost") == 0);
}

TEST_CASE_FIXTURE(Scene, "pull: page by page gives what one page gives") {
    sell();
    CHECK(scope(kiosk.id, nairobi, 3) == scope(kiosk.id, nairobi, 1000));
}

TEST_CASE_FIXTURE(Scene, "pull: last_seq and answers come with the cursor that covers them") {
    const auto before = pull(kiosk.id, nairobi, 0);
    CHECK(before.last_seq == 0);
    sell();
    auto refused = kiosk.shop.make("archive_car", {{"car_id", Dealership::car(2).to_string()}},
                                   kiosk.shop.seller, kiosk.id);
    std::ignore = central.push(kiosk, {kiosk.entry(refused)});
    const auto after = pull(kiosk.id, nairobi, before.cursor);
    CHECK(after.last_seq == 2);
    REQUIRE(after.results.size() == 2);
    CHECK(after.results[1].code == "not_from_terminal");
    const auto idle = pull(kiosk.id, nairobi, after.cursor);
    CHECK(idle.rows.empty());
    CHECK(idle.results.empty());
    CHECK(idle.cursor == after.cursor);
    CHECK(idle.last_seq == 2);
    CHECK(protocol::encode(idle).size() < 300);
}

TEST_CASE_FIXTURE(Scene, "pull: a person who moves leaves one branch and enters the other") {
    const auto here = pull(kiosk.id, nairobi, 0);
    const auto there = pull(kiosk.shop.mombasa_terminal, mombasa, 0);
    CHECK(central
              .run("update_user",
                   {{"id", kiosk.shop.staff.to_string()}, {"branch_id", mombasa.to_string()}})
              .applied());
    const auto left = pull(kiosk.id, nairobi, here.cursor);
    REQUIRE(left.removed.count("user") == 1);
    CHECK(left.removed.at("user")[0] == kiosk.shop.staff);
    CHECK(pull(kiosk.shop.mombasa_terminal, mombasa, there.cursor).rows.at("user").size() == 1);
}

TEST_CASE_FIXTURE(Scene, "pull: an archived car leaves terminals that have no business with it") {
    const auto there = pull(kiosk.shop.mombasa_terminal, mombasa, 0);
    CHECK(central.run("archive_car", {{"car_id", Dealership::car(1).to_string()}}).applied());
    const auto after = pull(kiosk.shop.mombasa_terminal, mombasa, there.cursor);
    REQUIRE(after.removed.count("car") == 1);
    CHECK(scope(kiosk.id, nairobi, 1000).count({"car", Dealership::car(1).to_string()}) == 1);
}

TEST_CASE_FIXTURE(Scene, "pull: a cursor before what was forgotten or after the head is gone") {
    sell();
    auto reader = must(central.store->reader());
    const auto head = must(central::feed_head(reader.connection()));
    const auto ahead = central::pull_page(reader.connection(), kiosk.id, nairobi, head + 1, 10);
    REQUIRE_FALSE(ahead);
    CHECK(ahead.error().code == "cursor_gone");
    {
        auto batch = must(central.processor->batch(central.now));
        must(central::prune_feed(batch.connection(), head));
        must(batch.commit());
    }
    const auto old = central::pull_page(reader.connection(), kiosk.id, nairobi, 1, 10);
    REQUIRE_FALSE(old);
    CHECK(old.error().code == "cursor_gone");
    CHECK(central::pull_page(reader.connection(), kiosk.id, nairobi, 0, 10).ok());
}

TEST_CASE_FIXTURE(Scene, "snapshot: holds exactly what a pull from nothing gives") {
    sell();
    central::Snapshots snapshots(*central.store, central.random);
    const auto made = must(snapshots.get(kiosk.id, nairobi, central.now));
    const auto again = must(snapshots.get(kiosk.id, nairobi, central.now + 1000));
    CHECK(again.sha256 == made.sha256);
    CHECK(made.cursor == pull(kiosk.id, nairobi, 0).cursor);
    const auto packed = must(base::read_file(made.path, 64UL << 20));
    const auto plain = must(net::gunzip(packed, 64UL << 20));
    CHECK(base::to_hex(crypto::sha256(std::string_view(plain))) == made.sha256);
    const std::string path = central.folder / "snapshot.db";
    must(base::write_file(path, plain));
    auto file = must(database::Connection::open(path, {.read_only = true}));
    std::set<std::pair<std::string, std::string>> held;
    const auto tables = must(file.rows("SELECT name FROM sqlite_master WHERE type = 'table'"));
    for (const auto& table : tables) {
        const auto& name = std::get<std::string>(table[0]);
        if (domain::find_record(name) == nullptr) continue;
        const auto ids = must(file.rows("SELECT id FROM \"" + name + "\""));
        for (const auto& row : ids)
            held.emplace(name, std::get<std::string>(row[0]));
    }
    CHECK(held == scope(kiosk.id, nairobi, 1000));
    CHECK(plain.find("+254712345678") == std::string::npos);  // personal fields are sealed
}

}  // namespace

}  // namespace showfloor::test
