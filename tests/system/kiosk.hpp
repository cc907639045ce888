#pragma once
// Kiosk: one simulated terminal: the real outbox, replica and engine over files of its own. It can
// be killed (everything in memory is gone) and cloned (its disk copied).
// Thread contract: one test thread.

#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "fresh_folder.hpp"
#include "network.hpp"
#include "sync/image_cache.hpp"
#include "sync/outbox.hpp"
#include "sync/replica.hpp"
#include "sync/sealer.hpp"
#include "sync/sync_engine.hpp"

namespace showfloor::testing {

class Kiosk {
   public:
    Kiosk(Network& network, const Enrolled& who, const base::Uuid& seller_id, std::uint64_t seed);
    // The same disk in another machine.
    Kiosk(const Kiosk& original, std::uint64_t seed);

    void kill();          // and start again
    void lose_replica();  // killed, and the cache's file is gone
    // Enrolled anew, by a central of this epoch.
    void adopt(const Enrolled& who, const std::string& epoch);
    void cut(bool cut);
    void advance(std::int64_t ms) { clock_.advance(ms); }
    base::FakeClock& clock() { return clock_; }
    std::int64_t tick() { return engine_->tick(); }

    // The command's outcome; `command` gets what was made at submit.
    domain::Outcome submit(domain::Command& command);
    // A command as a screen would make it: actor, terms.
    domain::Command command(std::string_view name, base::Json args);
    domain::Command command_of(const base::Uuid& actor, std::string_view role,
                               std::string_view name, base::Json args);
    void seat(const base::Uuid& seller_id) { seller_id_ = seller_id; }  // signs in
    base::Uuid new_id() { return base::Uuid::v7(clock_.wall(), random_); }

    sync::Outbox& outbox() { return *outbox_; }
    sync::Replica& replica() { return *replica_; }
    sync::SyncEngine& engine() { return *engine_; }
    [[nodiscard]] const Enrolled& who() const { return *who_; }
    [[nodiscard]] const std::string folder() const { return folder_.path().string(); }
    int pull_limit = 2;

   private:
    void open();
    void close();

    Network& network_;
    std::unique_ptr<Enrolled> who_;
    base::Uuid seller_id_;
    FreshFolder folder_;
    base::FakeClock clock_;
    base::SeededRandom random_;
    sync::KeySealer sealer_;
    bool cut_ = false;
    std::unique_ptr<Network::Line> line_;
    std::unique_ptr<sync::Outbox> outbox_;
    std::unique_ptr<sync::Replica> replica_;
    std::unique_ptr<sync::ImageCache> images_;
    std::unique_ptr<sync::SyncEngine> engine_;
};

}  // namespace showfloor::testing
