#pragma once
// A central on a fresh folder with the test dealership in it, and terminals that journal and sign
// as real ones do. Thread contract: belongs to one thread.

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/encoding.hpp"
#include "central/command_processor.hpp"
#include "central/feed.hpp"
#include "central/sync_api.hpp"
#include "crypto/crypto.hpp"
#include "crypto/ec.hpp"
#include "dealership.hpp"
#include "protocol/messages.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::test {

template <typename T>
T must(base::Result<T> result) {
    if (!result) FAIL(result.error().message);
    return std::move(result).value();
}
inline void must(const base::Result<void>& result) {
    if (!result) FAIL(result.error().message);
}

class TempFolder {
   public:
    TempFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "central-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] std::string operator/(const std::string& name) const {
        return path_ + "/" + name;
    }

   private:
    std::string path_;
};

// A terminal of the test dealership: its own copy of the world, its own numbers, its journal.
class Kiosk {
   public:
    // `spare_ids` keeps the ids of two kiosks apart.
    Kiosk(const base::Uuid& terminal_id, std::uint64_t seed, int spare_ids)
        : id(terminal_id), random_(seed), key(crypto::PrivateKey::generate(random_)), shop(world_) {
        for (int i = 0; i < spare_ids; ++i)
            static_cast<void>(shop.next_id());
        head = protocol::chain_start(id);
    }

    // Submits as a screen would; the journal entry.
    protocol::PushedCommand journal(std::string_view name, Json args, const base::Uuid& actor,
                                    const base::Uuid& co_actor = {}) {
        auto command = shop.make(name, std::move(args), actor, id, co_actor);
        const auto outcome = shop.submit(command, id);
        INFO(name);
        INFO(domain::name_of(outcome.code));
        INFO(outcome.field);
        REQUIRE(outcome.applied());
        return entry(command);
    }
    // As it is, whatever the rules say of it.
    protocol::PushedCommand entry(const domain::Command& command) {
        return entry(command.id, command.numbers, domain::command_to_body(command));
    }
    protocol::PushedCommand entry(const base::Uuid& command_id, std::vector<domain::Number> numbers,
                                  std::string body) {
        protocol::PushedCommand pushed;
        pushed.seq = ++seq;
        pushed.id = command_id;
        pushed.numbers = std::move(numbers);
        pushed.body = std::move(body);
        pushed.hash = protocol::chain_hash(head, pushed.seq, pushed.numbers, pushed.body);
        head = pushed.hash;
        return pushed;
    }
    [[nodiscard]] protocol::PushRequest request(std::vector<protocol::PushedCommand> commands) {
        protocol::PushRequest request;
        request.from_seq = commands.front().seq;
        request.head_hash = commands.back().hash;
        request.signature = base::to_base64(
            key.sign(base::as_bytes(protocol::push_to_sign(id, request.head_hash))));
        request.commands = std::move(commands);
        return request;
    }

    const base::Uuid id;

   private:
    base::SeededRandom random_;
    domain::MapWorld world_;

   public:
    crypto::PrivateKey key;
    Dealership shop;
    std::int64_t seq = 0;
    std::string head;
};

class Central {
   public:
    Central() {
        must(crypto::initialise());
        store = must(central::Store::create(folder / "data", random));
        processor = std::make_unique<central::CommandProcessor>(*store, random);
        auto batch = must(processor->batch(kMorning));
        const Dealership shop(batch.world());
        // The dealership wrote past the feed; putting its rows again notes them.
        for (const auto* record : domain::all_records()) {
            for (auto& row : batch.world().find_rows(*record, {}))
                batch.world().put_row(*record, std::move(row));
        }
        must(batch.commit());
    }

    // Tells central the kiosk's key and lets these people sign in there.
    void enrol(const Kiosk& kiosk, const std::vector<base::Uuid>& people) {
        auto batch = must(processor->batch(kMorning));
        auto terminal = batch.world().get<domain::Terminal>(kiosk.id);
        REQUIRE(terminal);
        terminal->public_key = kiosk.key.public_key().to_pem();
        batch.world().put(*terminal);
        for (const auto& person : people) {
            domain::Verifier verifier;
            verifier.id = base::Uuid::v7(kMorning, random);
            verifier.user_id = person;
            verifier.terminal_id = kiosk.id;
            verifier.wrapped = "sealed";
            batch.world().put(verifier);
        }
        must(batch.commit());
    }

    [[nodiscard]] protocol::PushReply push(Kiosk& kiosk,
                                           std::vector<protocol::PushedCommand> commands) {
        return must(processor->push(kiosk.id, kiosk.request(std::move(commands)), now += 1000));
    }

    template <typename T>
    [[nodiscard]] std::vector<T> all(std::vector<domain::Where> where = {}) {
        auto reader = must(store->reader());
        storage::SqliteWorld world(reader.connection());
        auto found = world.find<T>({.where = std::move(where), .limit = 10'000});
        if (world.failure()) FAIL(world.failure()->message);
        return found;
    }
    template <typename T>
    [[nodiscard]] T one(const base::Uuid& id) {
        auto reader = must(store->reader());
        storage::SqliteWorld world(reader.connection());
        auto found = world.get<T>(id);
        REQUIRE(found);
        return *found;
    }
    [[nodiscard]] std::int64_t count(const std::string& sql) {
        auto reader = must(store->reader());
        const auto cell = must(reader.connection().value(sql));
        return std::get<std::int64_t>(cell);
    }
    [[nodiscard]] std::vector<domain::Notification> told(std::string_view type) {
        return all<domain::Notification>({{"type", std::string(type)}});
    }
    domain::Outcome run(std::string_view name, Json args, const base::Uuid& actor = {}) {
        domain::Command command;
        command.name = name;
        command.args = std::move(args);
        command.actor_id = actor;
        return must(processor->run(std::move(command), now += 1000, actor.is_nil()));
    }

    TempFolder folder;
    base::SeededRandom random{42};
    std::unique_ptr<central::Store> store;
    std::unique_ptr<central::CommandProcessor> processor;
    base::UtcMs now = kMorning + kDay;
};

}  // namespace showfloor::test
