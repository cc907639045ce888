#include "sync/sync_engine.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "bench.hpp"
#include "crypto/hash.hpp"
#include "protocol/limits.hpp"
#include "sync/back_off.hpp"
#include "sync/sealer.hpp"

namespace showfloor::sync {

namespace {

using protocol::PushOutcome;
using protocol::PushStatus;

constexpr const char* kPush = "/sync/v1/push";
constexpr const char* kPull = "/sync/v1/pull";
constexpr const char* kSnapshot = "/sync/v1/snapshot";

struct Quiet {
    Quiet() { base::log_to({}, base::LogLevel::kError); }
} const quiet;

Reply page_reply(const protocol::PullReply& page) {
    return Bench::reply(200, protocol::encode(page));
}

protocol::PushRequest pushed(Bench& bench) {
    Request* request = bench.exchange.open(kPush);
    REQUIRE(request != nullptr);
    return must(protocol::decode_push_request(request->body));
}

}  // namespace

TEST_CASE("back-off: from one second to five minutes, never the same for all") {
    for (std::uint64_t seed = 1; seed < 50; ++seed) {
        base::SeededRandom random(seed);
        BackOff back_off;
        std::int64_t whole = kBackOffFirstMs;
        for (int i = 0; i < 15; ++i) {
            const auto wait = back_off.next_ms(random);
            CHECK(wait >= std::max(kBackOffFirstMs, whole / 2));
            CHECK(wait <= whole);
            whole = std::min(2 * whole, kBackOffMostMs);
        }
        CHECK(whole == kBackOffMostMs);
        back_off.reset();
        CHECK(back_off.next_ms(random) == kBackOffFirstMs);
    }
}

TEST_CASE("tick: a submit is pushed at once, signed, and pulled after; then all is settled") {
    Bench bench;
    (void)bench.engine->tick();
    bench.exchange.answer(kPull, page_reply(bench.page()));
    (void)bench.engine->tick();
    CHECK(bench.engine->settled());
    CHECK(bench.engine->status().online);

    const auto done = bench.submit(bench.sale_of(1));
    (void)bench.engine->tick();
    const auto push = pushed(bench);
    REQUIRE(push.commands.size() == 1);
    CHECK(push.from_seq == 1);
    CHECK(push.epoch == "epoch1");
    CHECK(push.commands[0].id == done.command.id);
    CHECK(push.commands[0].hash ==
          protocol::chain_hash(protocol::chain_start(bench.people.terminal), 1,
                               push.commands[0].numbers, push.commands[0].body));
    const auto signature = base::from_base64(push.signature);
    REQUIRE(signature.has_value());
    CHECK(bench.key.public_key().verify(
        base::as_bytes(protocol::push_to_sign(bench.people.terminal, push.head_hash)), *signature));
    CHECK_FALSE(bench.engine->settled());

    bench.exchange.answer(
        kPush, bench.push_reply(PushStatus::kOk, {Bench::result(1, PushOutcome::kApplied)}, 1));
    (void)bench.engine->tick();
    CHECK(bench.outbox->state().acknowledged == 1);
    bench.exchange.answer(kPull, page_reply(bench.page(1)));
    (void)bench.engine->tick();
    CHECK(bench.outbox->state().confirmed == 1);
    CHECK(bench.engine->settled());
    CHECK(bench.exchange.sent.empty());
}

TEST_CASE("tick: pulls every 15 s in use and 20 s idle, give or take a tenth") {
    Bench bench;
    for (const auto& [pace, ms] :
         {std::pair(Pace::kInUse, kPullInUseMs), std::pair(Pace::kIdle, kPullIdleMs)}) {
        bench.engine->set_pace(pace);
        bench.engine->sync_now();
        (void)bench.engine->tick();
        bench.exchange.answer(kPull, page_reply(bench.page()));
        const auto next = bench.engine->tick();
        const auto wait = next - bench.clock.boot_ms();
        CHECK(wait >= ms - ms / 10);
        CHECK(wait <= std::min(kPullIdleMs, ms + ms / 10));
        bench.clock.advance(ms * 8 / 10);
        (void)bench.engine->tick();
        CHECK(bench.exchange.open(kPull) == nullptr);
        bench.clock.advance(ms * 3 / 10);
        (void)bench.engine->tick();
        REQUIRE(bench.exchange.open(kPull) != nullptr);
        bench.exchange.answer(kPull, page_reply(bench.page()));
        (void)bench.engine->tick();
    }
}

TEST_CASE("failure: named, backed off, tried once for a new submit, at once when a person asks") {
    Bench bench;
    (void)bench.engine->tick();
    bench.exchange.answer(kPull, Failure{Failure::Code::kNameNotFound, {}});
    auto next = bench.engine->tick();
    auto status = bench.engine->status();
    CHECK_FALSE(status.online);
    CHECK(status.cause == "name_not_found");
    CHECK_FALSE(status.sentence.empty());
    CHECK(bench.exchange.sent.empty());
    CHECK(next >= bench.clock.boot_ms() + 1000);

    bench.submit(bench.sale_of(1));
    (void)bench.engine->tick();
    bench.exchange.answer(kPush, Failure{Failure::Code::kNoNetwork, {}});
    (void)bench.engine->tick();
    CHECK(bench.exchange.sent.empty());
    bench.submit(bench.sale_of(2));
    (void)bench.engine->tick();
    CHECK(bench.exchange.sent.empty());  // not at every sale of an offline day
    bench.clock.advance(kBackOffFirstMs);
    (void)bench.engine->tick();
    CHECK(pushed(bench).commands.size() == 2);
    if (bench.exchange.open(kPull) != nullptr)
        bench.exchange.answer(kPull, Failure{Failure::Code::kNoNetwork, {}});
    bench.exchange.answer(kPush, Failure{Failure::Code::kNoNetwork, {}});
    (void)bench.engine->tick();
    bench.engine->link_returned();
    (void)bench.engine->tick();
    CHECK(bench.exchange.open(kPush) != nullptr);
    bench.exchange.answer(kPush, bench.push_reply(PushStatus::kOk,
                                                  {Bench::result(1, PushOutcome::kApplied),
                                                   Bench::result(2, PushOutcome::kApplied)},
                                                  2));
    (void)bench.engine->tick();
    bench.exchange.answer(kPull, page_reply(bench.page(2)));
    (void)bench.engine->tick();
    CHECK(bench.engine->status().cause.empty());
}

TEST_CASE("no answer: the cause is named within five seconds") {
    Bench bench;
    (void)bench.engine->tick();
    const auto next = bench.engine->tick();
    CHECK(next <= bench.clock.boot_ms() + 5000);
    bench.clock.advance(4999);
    CHECK(bench.engine->status().cause == "timeout");
}

TEST_CASE("answers that are no answers: each has its name, none stops the rest") {
    for (const auto& [status, cause] :
         {std::pair(401, "revoked"), std::pair(426, "update_needed"), std::pair(503, "busy"),
          std::pair(429, "busy"), std::pair(500, "central_error"), std::pair(200, "bad_answer")}) {
        Bench bench;
        (void)bench.engine->tick();
        bench.exchange.answer(kPull, Bench::reply(status, "<html>"));
        (void)bench.engine->tick();
        CHECK(bench.engine->status().cause == cause);
        bench.clock.advance(2000);
        (void)bench.engine->tick();
        CHECK(bench.exchange.open(kPull) != nullptr);
    }
}

TEST_CASE("push that central never takes: pulls go on") {
    Bench bench;
    bench.submit(bench.sale_of(1));
    int pulls = 0;
    for (int i = 0; i < 200; ++i) {
        (void)bench.engine->tick();
        if (bench.exchange.open(kPush) != nullptr) {
            bench.exchange.answer(kPush, Bench::reply(500, "{}"));
        }
        if (bench.exchange.open(kPull) != nullptr) {
            ++pulls;
            bench.exchange.answer(kPull, page_reply(bench.page()));
        }
        bench.clock.advance(5000);
    }
    CHECK(pulls > 20);
    CHECK(bench.engine->status().cause == "central_error");
}

TEST_CASE("an answer that acknowledges nothing: backed off, not repeated at full speed") {
    Bench bench;
    bench.submit(bench.sale_of(1));
    (void)bench.engine->tick();
    bench.exchange.answer(kPush, bench.push_reply(PushStatus::kOk, {}, 0));
    (void)bench.engine->tick();
    CHECK(bench.exchange.open(kPush) == nullptr);
    CHECK(bench.engine->status().cause == "bad_answer");
}

TEST_CASE("gap: what central lacks is sent again, also what it had answered before") {
    Bench bench;
    for (int car = 1; car <= 3; ++car)
        bench.submit(bench.sale_of(car));
    must(bench.outbox->take_answers(
        {Bench::result(1, PushOutcome::kApplied), Bench::result(2, PushOutcome::kApplied)}, 1));
    must(bench.outbox->confirm_up_to(2));
    (void)bench.engine->tick();
    CHECK(pushed(bench).from_seq == 3);
    bench.exchange.answer(kPush, bench.push_reply(PushStatus::kGap, {}, 0));
    (void)bench.engine->tick();
    const auto again = pushed(bench);
    CHECK(again.from_seq == 1);
    CHECK(again.commands.size() == 3);
    CHECK(must(bench.outbox->counts()).pending == 3);
}

TEST_CASE("fork: pushing stops, pulling and selling go on, over restarts") {
    Bench bench;
    bench.submit(bench.sale_of(1));
    (void)bench.engine->tick();
    bench.exchange.answer(kPush, bench.push_reply(PushStatus::kFork, {}, 1));
    (void)bench.engine->tick();
    CHECK(bench.engine->status().cause == "fork");
    bench.open();
    CHECK(bench.submit(bench.sale_of(2)).outcome.applied());
    (void)bench.engine->tick();
    CHECK(bench.exchange.open(kPush) == nullptr);
    CHECK(bench.exchange.open(kPull) != nullptr);
    CHECK(bench.engine->status().cause == "fork");
}

TEST_CASE("fork: somebody else's commands under our name are noticed by a pull") {
    Bench bench;
    (void)bench.engine->tick();
    bench.exchange.answer(kPull, page_reply(bench.page(5)));
    (void)bench.engine->tick();
    CHECK(bench.outbox->state().halted == "fork");
}

TEST_CASE("a journal central cannot prove: stopped and named") {
    Bench bench;
    bench.submit(bench.sale_of(1));
    (void)bench.engine->tick();
    bench.exchange.answer(kPush, Bench::reply(422, "{\"code\":\"bad_chain\"}"));
    (void)bench.engine->tick();
    CHECK(bench.engine->status().cause == "bad_chain");
}

TEST_CASE("central set back without a word: a pull shows it, what it lost is sent again") {
    Bench bench;
    bench.submit(bench.sale_of(1));
    bench.submit(bench.sale_of(2));
    must(bench.outbox->take_answers(
        {Bench::result(1, PushOutcome::kApplied), Bench::result(2, PushOutcome::kApplied)}, 1));
    (void)bench.engine->tick();
    bench.exchange.answer(kPull, page_reply(bench.page(1)));
    (void)bench.engine->tick();
    const auto again = pushed(bench);
    CHECK(again.from_seq == 2);
}

TEST_CASE("410 and an empty replica: a snapshot is fetched, checked and installed") {
    Bench bench;
    bench.submit(bench.sale_of(1));
    (void)bench.engine->tick();
    bench.exchange.answer(
        kPush, bench.push_reply(PushStatus::kOk, {Bench::result(1, PushOutcome::kApplied)}, 1));
    (void)bench.engine->tick();
    bench.exchange.answer(kPull, Bench::reply(410, "{}"));
    (void)bench.engine->tick();
    Request* request = bench.exchange.open(kSnapshot);
    REQUIRE(request != nullptr);
    const std::string target = request->to_file;

    const auto key = crypto::Key256::random(bench.random);
    const KeySealer transfer(key, bench.random);
    {
        auto writer = must(storage::SnapshotWriter::create(target, transfer));
        domain::Car car = *bench.central.get<domain::Car>(bench.people.car(1));
        car.color = "violet";
        must(writer.add(domain::describe<domain::Car>(), domain::to_row(car)));
        must(writer.finish({"epoch2", 500}));
    }
    std::ifstream in(target, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    Reply reply{200,
                {{"x-showfloor-epoch", "epoch2"},
                 {"X-Showfloor-Schema", storage::schema_fingerprint()},
                 {"X-Showfloor-Key", base::to_base64(key.bytes())},
                 {"X-Showfloor-Sha256", std::string(64, '0')}},
                ""};
    SUBCASE("a file with another hash is thrown away") {
        bench.exchange.answer(kSnapshot, reply);
        (void)bench.engine->tick();
        CHECK(bench.replica->meta().epoch == "epoch1");
        CHECK_FALSE(bench.engine->status().cause.empty());
        CHECK_FALSE(std::filesystem::exists(target));
    }
    SUBCASE("another schema asks for an update") {
        reply.headers[1].second = "another";
        bench.exchange.answer(kSnapshot, reply);
        (void)bench.engine->tick();
        CHECK(bench.engine->status().cause == "update_needed");
    }
    SUBCASE("a good one replaces everything; what is kept is shown until central speaks") {
        reply.headers[3].second = base::to_hex(crypto::sha256(bytes));
        bench.exchange.answer(kSnapshot, reply);
        (void)bench.engine->tick();
        CHECK(bench.replica->meta().epoch == "epoch2");
        CHECK(bench.outbox->state().epoch == "epoch2");
        CHECK(bench.replica->world().get<domain::Car>(bench.people.car(1))->color == "violet");
        CHECK(must(bench.outbox->counts()).pending == 1);
        // The restored database lacks our command: it is sent again.
        auto page = bench.page(0);
        page.cursor = 501;
        page.epoch = "epoch2";
        bench.exchange.answer(kPull, page_reply(page));
        (void)bench.engine->tick();
        CHECK(pushed(bench).from_seq == 1);
    }
}

TEST_CASE("trusted time: follows central, is saved, and a wrong clock is said, never refused") {
    Bench bench;
    (void)bench.engine->tick();
    auto page = bench.page();
    page.server_time = bench.clock.wall() + 3'600'000;
    bench.exchange.answer(kPull, page_reply(page));
    (void)bench.engine->tick();
    CHECK(bench.engine->trusted().now() == page.server_time);
    CHECK(bench.engine->status().cause == "clock_wrong");
    CHECK(bench.engine->status().online);
    CHECK(bench.submit(bench.sale_of(1)).outcome.applied());
    bench.engine->save_clock();
    bench.open();
    CHECK(bench.engine->trusted().now() >= page.server_time);
    CHECK(bench.engine->status().last_contact_at == page.server_time);
}

TEST_CASE("answered commands: kept when the wall clock runs far ahead") {
    Bench bench;
    for (int car = 1; car <= 3; ++car)
        bench.submit(bench.sale_of(car));
    const auto central_now = bench.clock.wall();
    const auto pull = [&](std::int64_t last_seq) {
        auto page = bench.page(last_seq);
        page.server_time = central_now;
        bench.engine->sync_now();
        (void)bench.engine->tick();
        bench.exchange.answer(kPull, page_reply(page));
        (void)bench.engine->tick();
    };
    (void)bench.engine->tick();
    bench.exchange.answer(kPush, bench.push_reply(PushStatus::kOk,
                                                  {Bench::result(1, PushOutcome::kApplied),
                                                   Bench::result(2, PushOutcome::kApplied),
                                                   Bench::result(3, PushOutcome::kApplied)},
                                                  3));
    (void)bench.engine->tick();
    pull(3);
    CHECK(bench.outbox->state().confirmed == 3);
    bench.clock.jump_wall(300 * kDay);  // more, trusted time does not believe
    bench.open();
    (void)bench.engine->trusted().now();  // somebody signs in before central is heard
    pull(3);
    CHECK(must(bench.outbox->entries(1, 10)).size() == 3);
}

TEST_CASE("pictures: wanted ones first, checked on arrival; own ones are sent and kept") {
    Bench bench;
    (void)bench.engine->tick();
    bench.exchange.answer(kPull, page_reply(bench.page()));
    (void)bench.engine->tick();
    const std::string bytes = "a picture";
    const std::string hash = base::to_hex(crypto::sha256(bytes));
    bench.engine->want({hash, "../../etc/passwd"});
    (void)bench.engine->tick();
    const std::string path = "/sync/v1/blobs/" + hash;
    REQUIRE(bench.exchange.sent.size() == 1);
    bench.exchange.answer(path, Bench::reply(200, "another picture"));
    (void)bench.engine->tick();
    CHECK_FALSE(bench.images->has(hash));
    bench.clock.advance(3000);
    (void)bench.engine->tick();
    bench.exchange.answer(path, Bench::reply(200, bytes));
    (void)bench.engine->tick();
    CHECK(bench.images->has(hash));

    const std::string own = must(bench.images->put_own("proof of payment"));
    must(bench.outbox->queue_upload(own, 1));
    (void)bench.engine->tick();
    Request* upload = bench.exchange.open("/sync/v1/blobs/" + own);
    REQUIRE(upload != nullptr);
    CHECK(upload->method == "PUT");
    CHECK(upload->body == "proof of payment");
    bench.exchange.answer("/sync/v1/blobs/" + own, Bench::reply(201, ""));
    (void)bench.engine->tick();
    CHECK(must(bench.outbox->uploads(5)).empty());
    CHECK(bench.images->has(own));
    CHECK_FALSE(bench.images->read_own(own).ok());
}

TEST_CASE("pictures: a branch's logo is fetched before any car's, with the fill or with a change") {
    const std::string first(64, 'a'), second(64, 'b');
    Bench bench(false);
    auto branch = *bench.central.get<domain::Branch>(bench.people.nairobi);
    branch.logo = first;
    bench.central.put(branch);
    domain::CarImage image;
    image.id = bench.people.next_id();
    image.car_id = bench.people.car(100);
    image.sha256_small = std::string(64, 'c');
    image.sha256_medium = std::string(64, 'd');
    image.sha256 = std::string(64, 'e');
    bench.central.put(image);
    bench.fill();
    CHECK(must(bench.replica->picture_hashes()) ==
          std::vector{first, image.sha256_small, image.sha256_medium, image.sha256});
    (void)bench.engine->tick();
    bench.exchange.answer(kPull, page_reply(bench.page()));
    (void)bench.engine->tick();
    CHECK(bench.exchange.open("/sync/v1/blobs/" + first) != nullptr);

    protocol::PullReply page = bench.page();
    branch.logo = second;
    Bench::add(page, branch);
    CHECK(bench.take(page).pictures == std::vector<std::string>{second});
    branch.logo.clear();
    page = bench.page();
    Bench::add(page, branch);
    CHECK(bench.take(page).pictures.empty());
}

TEST_CASE("image cache: bounded, least recently shown out first, never pictures made here") {
    testing::FreshFolder folder;
    auto cache = must(ImageCache::open(folder / "blobs", 2500));
    std::vector<std::string> hashes;
    for (int i = 0; i < 3; ++i) {
        const std::string bytes(1000, static_cast<char>('a' + i));
        hashes.push_back(base::to_hex(crypto::sha256(bytes)));
        if (i == 2) cache->shown(hashes[0]);
        must(cache->put(hashes.back(), bytes));
    }
    CHECK(cache->has(hashes[0]));
    CHECK_FALSE(cache->has(hashes[1]));
    CHECK(cache->has(hashes[2]));
    const std::string own = must(cache->put_own(std::string(9000, 'o')));
    CHECK(cache->has(own));
    CHECK(cache->bytes() == 2000);
    std::ofstream(folder / "blobs/unfinished.tmp") << "x";
    cache = must(ImageCache::open(folder / "blobs", 2500));
    CHECK(cache->count() == 2);
    CHECK(cache->has(own));
    CHECK_FALSE(std::filesystem::exists(folder / "blobs/unfinished.tmp"));
    CHECK(ImageCache::path_in(folder / "blobs", "../../../etc/passwd").empty());
    CHECK_FALSE(cache->put("../x", "y").ok());
    CHECK(cache->put(std::string(64, 'a'), "y").error().kind == base::ErrorKind::kDamaged);
}

}  // namespace showfloor::sync
