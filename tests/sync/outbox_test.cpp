#include "sync/outbox.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "bench.hpp"
#include "faulty_vfs.hpp"

namespace showfloor::sync {

namespace {

// An outbox alone; `judge` takes one invoice number and always agrees.
Outbox::Judged agree(domain::NumberSource& numbers) {
    Outbox::Judged judged;
    if (!numbers.take("NBO-T03-", domain::SeriesKind::kInvoice)) {
        judged.outcome = domain::refuse(domain::Code::kForged);
    }
    return judged;
}

base::Result<domain::Outcome> submit_one(Outbox& outbox, base::Random& random) {
    domain::Command command;
    command.id = base::Uuid::v7(1'750'000'000'000, random);
    command.name = "record_sale";
    command.args = {{"note", std::string(2000, 'x')}};
    command.occurred_at = 1'750'000'000'000;
    return outbox.submit(
        command, [](std::int64_t, domain::NumberSource& numbers) { return agree(numbers); });
}

Identity terminal(base::Random& random) {
    return {base::Uuid::v7(1, random), "T03", base::Uuid::v7(2, random), "NBO"};
}

// Seqs and numbers without gaps, chain whole.
void check_whole(Outbox& outbox) {
    must(outbox.check_integrity());
    std::int64_t seq = 0;
    for (const Entry& entry : must(outbox.entries(1, 1000))) {
        CHECK(entry.seq == ++seq);
        REQUIRE(entry.numbers.size() == 1);
        CHECK(entry.numbers[0].n == seq);
        CHECK(entry.state == EntryState::kPending);
    }
    CHECK(outbox.state().tail == seq);
}

}  // namespace

TEST_CASE("submit: what is refused takes no number and leaves nothing") {
    testing::FreshFolder folder;
    testing::TestSealer sealer("t");
    base::SeededRandom random(1);
    auto outbox = must(Outbox::open(folder / "outbox.db", sealer));
    domain::Command command;
    command.id = base::Uuid::v7(1, random);
    CHECK(submit_one(*outbox, random).error().code == "not_enrolled");
    must(outbox->enrol(terminal(random)));
    CHECK(outbox->enrol(terminal(random)).error().code == "already_enrolled");
    const auto refused =
        must(outbox->submit(command, [](std::int64_t, domain::NumberSource& numbers) {
            (void)numbers.take("NBO-T03-", domain::SeriesKind::kInvoice);
            return Outbox::Judged{domain::refuse(domain::Code::kCarSold), {}};
        }));
    CHECK(refused.code == domain::Code::kCarSold);
    CHECK(outbox->state().tail == 0);
    CHECK(must(submit_one(*outbox, random)).applied());
    check_whole(*outbox);
    command.args = {{"signature", std::string(200'000, 'x')}};
    const auto large = outbox->submit(
        command, [](std::int64_t, domain::NumberSource& numbers) { return agree(numbers); });
    CHECK(large.error().kind == base::ErrorKind::kTooLarge);
    CHECK(must(submit_one(*outbox, random)).applied());
    check_whole(*outbox);
}

TEST_CASE("submit: the disk fails at every write in turn; nothing half, nothing done is lost") {
    int failed = 0;
    for (std::int64_t n = 1; n < 60; ++n) {
        testing::FreshFolder folder;
        testing::TestSealer sealer("t");
        base::SeededRandom random(1);
        std::int64_t done = 1;
        {
            testing::FaultyVfs faulty;
            auto outbox = must(Outbox::open(folder / "outbox.db", sealer, {.vfs = faulty.name()}));
            must(outbox->enrol(terminal(random)));
            REQUIRE(must(submit_one(*outbox, random)).applied());
            faulty.calm();
            faulty.fail_from_write = n;
            for (int i = 0; i < 3; ++i) {
                const auto outcome = submit_one(*outbox, random);
                if (!outcome) {
                    ++failed;
                    CHECK_FALSE(outcome.error().message.empty());
                    break;
                }
                ++done;
            }
            faulty.calm();
        }
        auto outbox = must(Outbox::open(folder / "outbox.db", sealer));
        check_whole(*outbox);
        CHECK(outbox->state().tail == done);
    }
    CHECK(failed > 5);
}

TEST_CASE("submit: what was done survives a power cut after it returned") {
    testing::FreshFolder folder;
    testing::TestSealer sealer("t");
    base::SeededRandom random(1);
    testing::FaultyVfs faulty;
    auto outbox = must(Outbox::open(folder / "outbox.db", sealer, {.vfs = faulty.name()}));
    must(outbox->enrol(terminal(random)));
    for (int done = 1; done <= 5; ++done) {
        REQUIRE(must(submit_one(*outbox, random)).applied());
        testing::FreshFolder after;
        faulty.write_what_survives(after.path());
        std::filesystem::remove(after / "outbox.db-shm");
        auto survivor = must(Outbox::open(after / "outbox.db", sealer));
        check_whole(*survivor);
        CHECK(survivor->state().tail == done);
    }
}

TEST_CASE(
    "answers: a power cut may take one back, never an entry; the next submit is durable again") {
    testing::FreshFolder folder;
    testing::TestSealer sealer("t");
    base::SeededRandom random(1);
    testing::FaultyVfs faulty;
    auto outbox = must(Outbox::open(folder / "outbox.db", sealer, {.vfs = faulty.name()}));
    must(outbox->enrol(terminal(random)));
    const auto after_power_cut = [&](std::int64_t entries) {
        testing::FreshFolder after;
        faulty.write_what_survives(after.path());
        std::filesystem::remove(after / "outbox.db-shm");
        auto survivor = must(Outbox::open(after / "outbox.db", sealer));
        must(survivor->check_integrity());
        CHECK(survivor->state().tail == entries);
        CHECK(must(survivor->entries(1, 100)).size() == static_cast<std::size_t>(entries));
        const std::int64_t known = survivor->state().acknowledged;
        CHECK(known <= outbox->state().acknowledged);
        // What was lost of the answers is heard again, and comes to the same.
        for (std::int64_t seq = 1; seq <= outbox->state().acknowledged; ++seq)
            must(survivor->take_answers({Bench::result(seq, protocol::PushOutcome::kApplied)}, 20));
        CHECK(survivor->state().acknowledged == outbox->state().acknowledged);
        return known;
    };
    for (int done = 1; done <= 4; ++done) {
        REQUIRE(must(submit_one(*outbox, random)).applied());
        // A submit syncs all that came before it, answers too.
        CHECK(after_power_cut(done) == done - 1);
        must(outbox->take_answers({Bench::result(done, protocol::PushOutcome::kApplied)}, 10));
        CHECK(outbox->state().acknowledged == done);
        (void)after_power_cut(done);
    }
}

TEST_CASE("submit: a full disk is said, and selling goes on when there is room again") {
    testing::FreshFolder folder;
    testing::TestSealer sealer("t");
    base::SeededRandom random(1);
    testing::FaultyVfs faulty;
    auto outbox = must(Outbox::open(folder / "outbox.db", sealer, {.vfs = faulty.name()}));
    must(outbox->enrol(terminal(random)));
    REQUIRE(must(submit_one(*outbox, random)).applied());
    faulty.calm();
    faulty.full_after_bytes = 0;
    const auto full = submit_one(*outbox, random);
    REQUIRE_FALSE(full.ok());
    CHECK(full.error().kind == base::ErrorKind::kDiskFull);
    CHECK(outbox->state().tail == 1);
    faulty.calm();
    REQUIRE(must(submit_one(*outbox, random)).applied());
    check_whole(*outbox);
}

TEST_CASE("answers: acknowledged up to the first hole; refused and disputed reach the inbox once") {
    Bench bench;
    bench.submit(bench.sale_of(1));
    bench.submit(bench.sale_of(2));
    bench.submit(bench.sale_of(3));
    Outbox& outbox = *bench.outbox;
    using protocol::PushOutcome;
    must(outbox.take_answers({Bench::result(2, PushOutcome::kDisputed, "car_sold")}, 10));
    CHECK(outbox.state().acknowledged == 0);
    must(outbox.take_answers({Bench::result(1, PushOutcome::kRefused, "forged")}, 10));
    CHECK(outbox.state().acknowledged == 2);
    must(outbox.take_answers({Bench::result(1, PushOutcome::kRefused, "forged"),
                              Bench::result(99, PushOutcome::kApplied)},
                             11));
    const auto inbox = must(outbox.inbox(false));
    REQUIRE(inbox.size() == 2);
    CHECK(inbox[0].kind == InboxKind::kRefused);
    CHECK(inbox[0].code == "forged");
    CHECK(inbox[0].actor_id == bench.people.seller);
    CHECK(inbox[0].args["car_id"] == bench.people.car(1).to_string());
    CHECK(inbox[1].kind == InboxKind::kDisputed);
    must(outbox.resolve(inbox[0].number));
    CHECK(must(outbox.inbox(false)).size() == 1);
    CHECK(must(outbox.inbox(true)).size() == 2);
    CHECK(must(outbox.counts()).disputed == 1);
    CHECK(must(outbox.counts()).refused == 0);
}

TEST_CASE("doubt: found behind however many that are not in doubt") {
    testing::FreshFolder folder;
    testing::TestSealer sealer("t");
    base::SeededRandom random(3);
    auto outbox = must(Outbox::open(folder / "outbox.db", sealer));
    must(outbox->enrol(terminal(random)));
    for (int i = 0; i < 130; ++i)
        CHECK(must(submit_one(*outbox, random)).applied());
    must(outbox->set_doubts({{3, "car_sold"}, {121, "car_sold"}, {3, ""}}));
    const auto doubted = must(outbox->doubted(100));
    REQUIRE(doubted.size() == 1);
    CHECK(doubted[0].seq == 121);
}

TEST_CASE("rewind: answers above are forgotten; what is no longer kept is named") {
    Bench bench;
    for (int car = 1; car <= 4; ++car)
        bench.submit(bench.sale_of(car));
    using protocol::PushOutcome;
    std::vector<protocol::PushResult> all;
    for (int seq = 1; seq <= 4; ++seq)
        all.push_back(Bench::result(seq, PushOutcome::kApplied));
    must(bench.outbox->take_answers(all, 1000));
    must(bench.outbox->confirm_up_to(4));
    CHECK(must(bench.outbox->counts()).pending == 0);
    must(bench.outbox->rewind_to(2));
    CHECK(bench.outbox->state().acknowledged == 2);
    CHECK(must(bench.outbox->counts()).pending == 2);
    CHECK(bench.outbox->state().halted.empty());

    must(bench.outbox->take_answers(all, 1000));
    must(bench.outbox->confirm_up_to(4));
    must(bench.outbox->forget_old(1000 + 36LL * 24 * 3600 * 1000));
    CHECK(must(bench.outbox->entries(1, 10)).size() == 1);  // the tail stays
    must(bench.outbox->check_integrity());
    must(bench.outbox->rewind_to(1));
    CHECK(bench.outbox->state().halted == "lost_history");
}

TEST_CASE("adopt: what is not answered is chained anew, its paper numbers are kept") {
    Bench bench;
    const auto first = bench.submit(bench.sale_of(1));
    const auto second = bench.submit(bench.sale_of(2));
    must(bench.outbox->take_answers({Bench::result(1, protocol::PushOutcome::kApplied)}, 5));
    must(bench.outbox->halt("fork"));
    const Identity fresh{bench.people.next_id(), "T77", bench.people.nairobi,
                         bench.identity.branch_code};
    must(SyncEngine::adopt_new_identity(*bench.outbox, *bench.replica, fresh));
    CHECK(bench.outbox->state().halted.empty());
    CHECK(bench.outbox->state().tail == 1);
    const auto entries = must(bench.outbox->entries(1, 10));
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].id == second.command.id);
    CHECK(entries[0].was_numbers == second.command.numbers);
    REQUIRE(entries[0].numbers.size() == 2);
    CHECK(entries[0].numbers[0].text() == bench.identity.branch_code + "-T77-I000001");
    must(bench.outbox->check_integrity());
    CHECK(must(bench.outbox->entry(first.command.id)).has_value());
    bench.identity = fresh;
    bench.open();
    CHECK_FALSE(bench.replica->filled());
}

TEST_CASE("a damaged entry: it is given up, told, and what follows is chained anew") {
    Bench bench;
    bench.submit(bench.sale_of(1));
    const auto broken = bench.submit(bench.sale_of(2));
    bench.submit(bench.sale_of(3));
    bench.close();
    {
        auto raw = must(database::Connection::open(bench.folder / "outbox.db"));
        must(raw.run("UPDATE entry SET body = x'00' WHERE seq = 2"));
    }
    bench.open();
    CHECK(bench.outbox->check_integrity().error().kind == base::ErrorKind::kDamaged);
    must(bench.outbox->give_up_damaged(5));
    must(bench.outbox->check_integrity());
    const auto entries = must(bench.outbox->entries(1, 10));
    REQUIRE(entries.size() == 3);
    CHECK(entries[1].body.empty());
    CHECK_FALSE(entries[2].body.empty());
    const auto inbox = must(bench.outbox->inbox(false));
    REQUIRE(inbox.size() == 1);
    CHECK(inbox[0].kind == InboxKind::kPoison);
    CHECK(inbox[0].command_id == broken.command.id);
}

TEST_CASE("sign-in locks: five wrong tries lock 1, 5, 15, 60 minutes, over restarts") {
    Bench bench(false);
    base::UtcMs now = 1'000'000;
    for (const std::int64_t minutes : {1, 5, 15, 60, 60}) {
        for (int i = 0; i < 4; ++i) {
            CHECK(must(bench.outbox->sign_in_failed("ann", now)).locked_until <= now);
        }
        CHECK(must(bench.outbox->sign_in_failed("ann", now)).locked_until ==
              now + minutes * 60'000);
        bench.open();
        CHECK(must(bench.outbox->sign_in_lock("ann")).locked_until == now + minutes * 60'000);
        now += minutes * 60'000;
    }
    CHECK(must(bench.outbox->sign_in_lock("bob")).failures == 0);
    must(bench.outbox->sign_in_succeeded("ann", base::Uuid::v7(1, bench.random), 1));
    CHECK(must(bench.outbox->sign_in_lock("ann")).failures == 0);
}

TEST_CASE("drafts and uploads: kept over a restart, bounded, a draft belongs to its owner") {
    Bench bench(false);
    Draft draft{bench.people.next_id(), bench.people.seller, "sale", "{\"car\":1}", 5};
    must(bench.outbox->save_draft(draft));
    draft.body = "{\"car\":2}";
    must(bench.outbox->save_draft(draft));
    must(bench.outbox->queue_upload(std::string(64, 'a'), 1));
    bench.open();
    const auto drafts = must(bench.outbox->drafts(bench.people.seller));
    REQUIRE(drafts.size() == 1);
    CHECK(drafts[0].body == "{\"car\":2}");
    CHECK(must(bench.outbox->drafts(bench.people.manager)).empty());
    draft.body = std::string(300 * 1024, 'x');
    CHECK(bench.outbox->save_draft(draft).error().kind == base::ErrorKind::kTooLarge);
    must(bench.outbox->remove_draft(draft.id));
    CHECK(must(bench.outbox->drafts(bench.people.seller)).empty());
    CHECK(must(bench.outbox->uploads(10)).size() == 1);
    must(bench.outbox->uploaded(std::string(64, 'a')));
    CHECK(must(bench.outbox->uploads(10)).empty());
}

TEST_CASE("outbox.db: names, amounts and what was chosen cannot be read in the file") {
    Bench bench;
    auto command = bench.people.make("create_customer",
                                     {{"id", bench.people.next_id().to_string()},
                                      {"first_name", "Marker-Zebedayo"},
                                      {"last_name", "Marker-Otieno"}},
                                     bench.people.seller, bench.people.terminal);
    REQUIRE(bench.submit(std::move(command)).outcome.applied());
    must(bench.outbox->save_draft(
        {bench.people.next_id(), bench.people.seller, "sale", "Marker-Draft", 5}));
    (void)must(bench.outbox->sign_in_failed("Marker-Login", 5));
    bench.close();
    for (const auto& file : std::filesystem::directory_iterator(bench.folder.path())) {
        if (!file.is_regular_file()) continue;
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        CHECK(bytes.find("Marker-") == std::string::npos);
    }
}

}  // namespace showfloor::sync
