#pragma once
// Engine: the one writer of DIR: outbox, replica, pictures, sync, sign-in. Passive, like the sync
// engine inside it: it has no thread and never sleeps. `run` and `sync` give it one (EngineThread);
// `do` without a running engine is the engine for a moment; tests call tick() themselves.
// Thread contract: belongs to the thread that made it.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "crypto/ec.hpp"
#include "domain/command.hpp"
#include "sync/exchange.hpp"
#include "sync/image_cache.hpp"
#include "sync/outbox.hpp"
#include "sync/replica.hpp"
#include "sync/sealer.hpp"
#include "sync/sync_engine.hpp"
#include "terminal/accounts.hpp"
#include "terminal/data_folder.hpp"
#include "terminal/person.hpp"

namespace showfloor::terminal {

class Engine {
   public:
    struct Parts {
        DataFolder folder;
        const base::Clock& clock;              // borrowed
        base::Random& random;                  // borrowed
        std::unique_ptr<sync::Exchange> sync;  // mutual TLS to the sync port
        std::unique_ptr<sync::Exchange> rest;  // the REST port, our authority alone
        int pull_limit = protocol::kDefaultPullLimit;
        sync::Replica::Check check = sync::Replica::Check::kNow;
    };
    // kNotFound when DIR is not enrolled; kDamaged, kDiskFull with what to do.
    static base::Result<std::unique_ptr<Engine>> open(Parts parts);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Takes what came, starts what is due; when it must be called again, by the clock's boot_ms().
    std::int64_t tick();

    // Judges and stores, then wakes sync. Actor and approver come from sign-in, never from a form;
    // nobody = the kiosk. Terms of a sale are taken from the replica when the draft has none.
    base::Result<sync::Submitted> submit(domain::Command draft, const std::optional<Person>& actor,
                                         const std::optional<Person>& approver);

    // Offline first; a login unknown here is asked of central, which then sends its verifier.
    // `done` runs now or in a later tick().
    using SignedIn = std::function<void(base::Result<Person>)>;
    void sign_in(const std::string& login, const std::string& password, SignedIn done);

    // The same by the PIN set here today: never asks central.
    void sign_in_by_pin(const std::string& login, const std::string& pin, const SignedIn& done);
    base::Result<void> set_pin(const base::Uuid& user_id, std::string_view pin);
    // Asks central with the former password; drops the PIN when it went through.
    void change_password(const Person& person, const std::string& former, const std::string& fresh,
                         std::function<void(base::Result<void>)> done);

    // One question to central's REST port; `answer` runs in a later tick().
    void ask(sync::Request request, std::function<void(const sync::Completion&)> answer);
    // A new certificate was stored: open the engine anew to show it.
    [[nodiscard]] bool renewed() const { return renewed_; }
    // The replica was found damaged beside it: the same, and then it is thrown away.
    void give_up_replica() { renewed_ = true; }
    [[nodiscard]] bool renewing() const { return renewing_; }  // asked, not answered yet

    [[nodiscard]] domain::World& world() { return replica_->world(); }
    [[nodiscard]] sync::Outbox& outbox() { return *outbox_; }
    [[nodiscard]] sync::Replica& replica() { return *replica_; }
    [[nodiscard]] sync::SyncEngine& sync() { return *sync_; }
    [[nodiscard]] sync::ImageCache& images() { return *images_; }
    [[nodiscard]] Accounts& accounts() { return *accounts_; }
    [[nodiscard]] const Identity& identity() const { return identity_; }
    [[nodiscard]] const DataFolder& folder() const { return parts_.folder; }
    [[nodiscard]] base::UtcMs now() const { return parts_.clock.wall(); }
    [[nodiscard]] base::UtcMs trusted_now() const { return sync_->trusted().now(); }

    // The object `status --json` prints (protocol.md).
    [[nodiscard]] base::Result<base::Json> status();

   private:
    explicit Engine(Parts parts);
    base::Result<void> start();
    void answer_sign_in(const std::string& login, const SignedIn& done,
                        const sync::Completion& completion);
    void renew_when_due();
    [[nodiscard]] Accounts::Now account_time() const;

    Parts parts_;
    Identity identity_;
    std::optional<crypto::PrivateKey> key_;
    std::unique_ptr<sync::KeySealer> sealer_;
    std::unique_ptr<sync::Outbox> outbox_;
    std::unique_ptr<sync::Replica> replica_;
    std::unique_ptr<sync::ImageCache> images_;
    std::unique_ptr<sync::SyncEngine> sync_;
    std::unique_ptr<Accounts> accounts_;
    std::unordered_map<sync::Ticket, std::function<void(const sync::Completion&)>> asked_;
    std::int64_t next_renewal_check_ = 0;  // by boot_ms()
    bool renewed_ = false, renewing_ = false;
};

}  // namespace showfloor::terminal
