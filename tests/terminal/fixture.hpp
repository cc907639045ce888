#pragma once
// A terminal in a fresh folder, its engine with the time in the test's hands, and a central that
// answers in this process: the test dealership as a snapshot, pushes taken as they come.
// Thread contract: one test thread.

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/file.hpp"
#include "crypto/crypto.hpp"
#include "crypto/hash.hpp"
#include "crypto/password.hpp"
#include "crypto/x509.hpp"
#include "dealership.hpp"
#include "fresh_folder.hpp"
#include "net/gzip.hpp"
#include "protocol/messages.hpp"
#include "storage/schema.hpp"
#include "storage/snapshot.hpp"
#include "sync/sealer.hpp"
#include "terminal/asking.hpp"
#include "terminal/engine.hpp"

namespace showfloor::test {

template <typename T>
T must(base::Result<T> result) {
    if (!result) FAIL(result.error().message);
    return std::move(result).value();
}
inline void must(const base::Result<void>& result) {
    if (!result) FAIL(result.error().message);
}

// Central as one terminal sees it, on both ports.
class FakeCentral {
   public:
    using Answer = std::variant<sync::Reply, sync::Failure>;

    FakeCentral() : shop(world_) {}

    bool away = false;
    bool sync_away = false;  // the sync port alone
    // Answers the REST port; nothing set: 401.
    std::function<Answer(const sync::Request&)> rest;
    std::vector<sync::Request> asked;  // of both ports
    std::int64_t applied = 0;          // the highest seq taken
    base::UtcMs time = kMorning;

    Answer answer(const sync::Request& request) {
        asked.push_back(request);
        if (away || (sync_away && !request.path.starts_with("/api/")))
            return sync::Failure{sync::Failure::Code::kNoNetwork, ""};
        if (request.path.starts_with("/api/"))
            return rest ? rest(request) : Answer(sync::Reply{401, {}, ""});
        if (request.path == "/sync/v1/push") return push(request);
        if (request.path.starts_with("/sync/v1/pull")) return pull();
        if (request.path == "/sync/v1/snapshot") return snapshot(request);
        return sync::Reply{404, {}, ""};
    }

   private:
    Answer push(const sync::Request& request) {
        const auto message = must(protocol::decode_push_request(request.body));
        protocol::PushReply reply;
        for (const auto& command : message.commands) {
            reply.results.push_back({command.seq, protocol::PushOutcome::kApplied, "", {}});
            applied = command.seq;
        }
        reply.last_seq = applied;
        reply.epoch = "first";
        reply.server_time = time;
        return sync::Reply{200, {}, protocol::encode(reply)};
    }
    Answer pull() const {
        protocol::PullReply reply;
        reply.cursor = 7;
        reply.last_seq = applied;
        reply.epoch = "first";
        reply.server_time = time;
        return sync::Reply{200, {}, protocol::encode(reply)};
    }
    Answer snapshot(const sync::Request& request) {
        const auto key = crypto::Key256::random(random_);
        const sync::KeySealer sealer(key, random_);
        const std::string path = folder_ / "snapshot.db";
        auto writer = must(storage::SnapshotWriter::create(path, sealer));
        for (const auto* record : domain::all_records()) {
            if (record->synced == domain::Synced::kNever) continue;
            for (const auto& row : world_.find_rows(*record, {}))
                must(writer.add(*record, row));
        }
        must(writer.finish({"first", 7}));
        const std::string plain = must(base::read_file(path, 64u << 20));
        must(base::write_file(request.to_file, net::gzip(plain), 0600));
        std::filesystem::remove(path);
        return sync::Reply{
            200,
            {{std::string(protocol::kSnapshotSchemaHeader),
              std::string(storage::schema_fingerprint())},
             {std::string(protocol::kSnapshotKeyHeader), base::to_base64(key.bytes())},
             {std::string(protocol::kSnapshotHashHeader), base::to_hex(crypto::sha256(plain))},
             {std::string(protocol::kSnapshotCursorHeader), "7"},
             {std::string(protocol::kEpochHeader), "first"}},
            ""};
    }

    testing::FreshFolder folder_;
    domain::MapWorld world_;
    base::SystemRandom random_;

   public:
    Dealership shop;
};

// One of the two ports; each request is answered at the next poll.
class FakeExchange final : public sync::Exchange {
   public:
    explicit FakeExchange(FakeCentral& central) : central_(central) {}
    sync::Ticket start(sync::Request request) override {
        ended_.push_back({++last_, central_.answer(request)});
        return last_;
    }
    std::vector<sync::Completion> poll() override { return std::exchange(ended_, {}); }
    void cancel(sync::Ticket ticket) override {
        std::erase_if(ended_, [&](const auto& each) { return each.ticket == ticket; });
    }

   private:
    FakeCentral& central_;
    sync::Ticket last_ = 0;
    std::vector<sync::Completion> ended_;
};

class TestTerminal {
   public:
    static constexpr char kPassword[] = "correct horse battery";

    TestTerminal() {
        must(crypto::initialise());
        must(folder.create());
        key_.emplace(crypto::PrivateKey::generate(random));
        must(folder.save_terminal_key(*key_));
        certify();
        Dealership& shop = central.shop;
        // Should a test let the real network be asked: nobody answers there.
        must(folder.save_identity({shop.terminal, "T01", shop.nairobi, "NBO", "https://127.0.0.1:9",
                                   "https://127.0.0.1:9"}));
        for (const auto& person : {shop.seller, shop.manager, shop.staff})
            verify_by_password(person);
    }

    // Gives the person a verifier that this terminal can open.
    void verify_by_password(const base::Uuid& person) {
        // One hash for all of them: Argon2id is slow by design.
        static const std::string phc = must(crypto::hash_password(kPassword, random_of_hash()));
        domain::Verifier verifier;
        verifier.id = central.shop.next_id();
        verifier.user_id = person;
        verifier.terminal_id = central.shop.terminal;
        verifier.wrapped = base::to_base64(
            must(crypto::wrap_for(key_->public_key(), base::as_bytes(phc), random)));
        verifier.created_at = verifier.updated_at = verifier.occurred_at = kMorning;
        central.shop.world.put(verifier);
    }

    [[nodiscard]] terminal::Engine::Parts parts() {
        return {folder, clock, random, std::make_unique<FakeExchange>(central),
                std::make_unique<FakeExchange>(central)};
    }
    // The engine, opened at the first call.
    terminal::Engine& engine() {
        if (!engine_) engine_ = must(terminal::Engine::open(parts()));
        return *engine_;
    }
    // The process ends and starts again.
    void restart() {
        engine_.reset();
        clock.reboot();
    }
    // Ticks until sync has nothing left to do; fails the test when it never settles.
    void settle() {
        engine().sync().sync_now();
        for (int i = 0; i < 50; ++i) {
            engine().tick();
            if (engine().sync().settled()) return;
            clock.advance(500);
            central.time += 500;  // its clock goes too, or trusted time would wait for it
        }
        FAIL("sync does not settle: " << engine().sync().status().cause);
    }
    base::Result<terminal::Person> sign_in(const std::string& login, const std::string& password) {
        std::optional<base::Result<terminal::Person>> answer;
        engine().sign_in(login, password, [&](base::Result<terminal::Person> person) {
            answer = std::move(person);
        });
        for (int i = 0; i < 5 && !answer; ++i)
            engine().tick();
        REQUIRE(answer);
        return std::move(*answer);
    }
    // What a script is answered.
    base::Json ask(base::Json question) {
        std::optional<base::Json> said;
        terminal::answer(engine(), question, [&](base::Json json) { said = std::move(json); });
        for (int i = 0; i < 5 && !said; ++i)
            engine().tick();
        REQUIRE(said);
        return std::move(*said);
    }
    base::Json ask_to_do(const std::string& login, const std::string& command, base::Json args) {
        return ask({{"ask", "do"},
                    {"login", login},
                    {"password", kPassword},
                    {"command", command},
                    {"args", std::move(args)}});
    }

    testing::FreshFolder place;
    terminal::DataFolder folder{place / "kiosk"};
    base::FakeClock clock{kMorning};
    base::SystemRandom random;
    FakeCentral central;

   private:
    void certify() {
        const base::UtcMs now = base::SystemClock().wall();
        const crypto::Validity valid{now - kDay, now + 600 * kDay};
        const auto authority = must(crypto::make_authority("Test CA", valid, random));
        const auto request = must(crypto::make_request(*key_, "kiosk"));
        const auto certificate =
            must(crypto::sign_request(authority, request, "kiosk", valid, random));
        must(folder.save_certificates(certificate.to_pem(), authority.certificate.to_pem()));
    }
    static base::Random& random_of_hash() {
        static base::SystemRandom random;
        return random;
    }

    std::optional<crypto::PrivateKey> key_;
    std::unique_ptr<terminal::Engine> engine_;
};

}  // namespace showfloor::test
