#pragma once
// Bench: one terminal's files with a small dealership in its replica, and an exchange whose answers
// the test writes. Thread contract: one test thread.

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "crypto/ec.hpp"
#include "dealership.hpp"
#include "domain/records.hpp"
#include "fresh_folder.hpp"
#include "storage/schema.hpp"
#include "storage/snapshot.hpp"
#include "sync/image_cache.hpp"
#include "sync/outbox.hpp"
#include "sync/replica.hpp"
#include "sync/sync_engine.hpp"
#include "test_sealer.hpp"

namespace showfloor::sync {

template <typename T>
T must(base::Result<T> result) {
    if (!result) FAIL(result.error().message);
    return std::move(result).value();
}
inline void must(const base::Result<void>& result) {
    if (!result) FAIL(result.error().message);
}

// The test reads what was asked and says what comes back.
class ScriptedExchange final : public Exchange {
   public:
    struct Sent {
        Ticket ticket;
        Request request;
    };
    std::vector<Sent> sent;  // not answered yet
    std::vector<Completion> ready;

    Ticket start(Request request) override {
        sent.push_back({++last_, std::move(request)});
        return last_;
    }
    std::vector<Completion> poll() override { return std::exchange(ready, {}); }
    void cancel(Ticket ticket) override {
        std::erase_if(sent, [ticket](const Sent& one) { return one.ticket == ticket; });
    }

    // The oldest open request whose path begins so; absent = null.
    Request* open(std::string_view path) {
        for (Sent& one : sent) {
            if (one.request.path.starts_with(path)) return &one.request;
        }
        return nullptr;
    }
    void answer(std::string_view path, std::variant<Reply, Failure> result) {
        for (std::size_t i = 0; i < sent.size(); ++i) {
            if (!sent[i].request.path.starts_with(path)) continue;
            ready.push_back({sent[i].ticket, std::move(result)});
            sent.erase(sent.begin() + static_cast<std::ptrdiff_t>(i));
            return;
        }
        FAIL("nobody asked for " << path);
    }

   private:
    Ticket last_ = 0;
};

struct Bench {
    testing::FreshFolder folder;
    base::FakeClock clock{test::kMorning};
    base::SeededRandom random{42};
    testing::TestSealer sealer{"terminal"};
    domain::MapWorld central;
    test::Dealership people{central};
    crypto::PrivateKey key = crypto::PrivateKey::generate(random);
    ScriptedExchange exchange;
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<Replica> replica;
    std::unique_ptr<ImageCache> images;
    std::unique_ptr<SyncEngine> engine;
    Identity identity{people.terminal, "T01", people.nairobi, "NBO"};
    std::int64_t cursor = 100;

    explicit Bench(bool filled = true) {
        identity.terminal_code = central.get<domain::Terminal>(people.terminal)->code;
        identity.branch_code = central.get<domain::Branch>(people.nairobi)->code;
        open();
        if (filled) fill();
    }

    void open() {
        close();
        outbox = must(Outbox::open(folder / "outbox.db", sealer));
        if (!outbox->enrolled()) must(outbox->enrol(identity));
        replica = must(Replica::open(folder / "replica.db", sealer, *outbox));
        images = must(ImageCache::open(folder / "blobs"));
        engine = std::make_unique<SyncEngine>(SyncEngine::Parts{
            *outbox, *replica, *images, exchange, clock, random, key, folder.path().string()});
    }
    void close() {
        engine.reset();
        images.reset();
        replica.reset();
        outbox.reset();
        exchange.sent.clear();
    }

    // The dealership as a snapshot, installed without an engine.
    void fill() {
        const std::string path = folder / "fill.db";
        {
            auto writer = must(storage::SnapshotWriter::create(path, sealer));
            for (const domain::Description* record : domain::all_records()) {
                if (!storage::has_table(*record, storage::Flavour::kSnapshot)) continue;
                for (const domain::Row& row : central.find_rows(*record, {})) {
                    must(writer.add(*record, row));
                }
            }
            must(writer.finish({"epoch1", cursor}));
        }
        must(outbox->enter_epoch("epoch1"));
        must(replica->install(path, sealer));
    }

    domain::Command sale_of(int car, std::int64_t paid = 1000) {
        domain::Command command =
            people.make("record_sale",
                        {{"id", people.next_id().to_string()},
                         {"car_id", people.car(car).to_string()},
                         {"customer_id", people.customer.to_string()},
                         {"payments", {{{"method", "cash"}, {"amount_minor", paid}}}}},
                        people.seller, people.terminal);
        return command;
    }
    Submitted submit(domain::Command command) {
        return must(replica->submit(std::move(command), clock.wall(), random));
    }
    static base::Uuid sale_id(const Submitted& submitted) {
        return *base::Uuid::parse(submitted.command.args["id"].get<std::string>());
    }

    protocol::PullReply page(std::int64_t last_seq = 0) {
        protocol::PullReply reply;
        reply.cursor = ++cursor;
        reply.last_seq = last_seq;
        reply.epoch = "epoch1";
        reply.server_time = clock.wall();
        return reply;
    }
    template <typename T>
    static void add(protocol::PullReply& reply, const T& record) {
        reply.rows[std::string(domain::describe<T>().name)].push_back(
            domain::to_json(record, domain::View::kTerminal));
    }
    Replica::Taken take(const protocol::PullReply& reply) {
        return must(replica->take_page(reply, protocol::encode(reply), clock.wall()));
    }
    static protocol::PushResult result(std::int64_t seq, protocol::PushOutcome outcome,
                                       std::string code = {}) {
        return {seq, outcome, std::move(code), base::Json::object()};
    }
    static Reply reply(int status, std::string body) { return {status, {}, std::move(body)}; }
    Reply push_reply(protocol::PushStatus status, std::vector<protocol::PushResult> results,
                     std::int64_t last_seq, const std::string& epoch = "epoch1") {
        return reply(status == protocol::PushStatus::kOk ? 200 : 409,
                     protocol::encode(protocol::PushReply{status, std::move(results), last_seq,
                                                          epoch, clock.wall()}));
    }
};

}  // namespace showfloor::sync
