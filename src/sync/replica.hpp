#pragma once
// Replica: sole writer of replica.db, a cache of central's rows for this terminal with what is
// still on its way laid over it. It may be deleted at any time: a snapshot and a replay of the
// outbox rebuild it. A file that is damaged or has another schema is thrown away when opened.
//
// Others (the UI thread, `show`) read the same file through connections of their own and look at
// version() to see whether anything moved.
// Thread contract: the engine's thread. Sealer and outbox are borrowed.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "database/connection.hpp"
#include "domain/command.hpp"
#include "protocol/messages.hpp"
#include "storage/replica_store.hpp"
#include "storage/sqlite_world.hpp"
#include "sync/outbox.hpp"

namespace showfloor::sync {

// What a person's submit came to.
struct Submitted {
    domain::Outcome outcome;  // applied = durable; refused or contested = nothing stored
    std::int64_t seq = 0;     // 0 unless applied
    domain::Command command;  // with id, time and numbers as stored
};

class Replica {
   public:
    // Opens or makes the file, and catches up with the outbox when they differ. Looking through all
    // pages for damage takes half a second for 100,000 cars: a kiosk shows its cars first, and
    // whoever opens with kLater looks through them soon (is_damaged()).
    enum class Check { kNow, kLater };
    static base::Result<std::unique_ptr<Replica>> open(const std::string& path,
                                                       const storage::Sealer& sealer,
                                                       Outbox& outbox,
                                                       const database::Options& options = {},
                                                       Check check = Check::kNow);
    // Beside whoever has it open, from any thread. False when it cannot be told.
    static bool is_damaged(const std::string& path);

    // False until the first fill: there is nothing to show yet.
    [[nodiscard]] bool filled() const { return !meta_.epoch.empty(); }
    [[nodiscard]] const storage::ReplicaMeta& meta() const { return meta_; }
    [[nodiscard]] std::int64_t version() const { return meta_.version; }
    // The version at which a car, its pictures or a branch may last have looked different: who
    // shows a hundred thousand of them need not read them again for a customer or a notification.
    [[nodiscard]] std::int64_t goods_version() const { return goods_version_; }
    // The overlaid rows, for reading on the engine's thread (sign-in, `show`).
    [[nodiscard]] domain::World& world() { return world_; }
    [[nodiscard]] storage::ReplicaStore& store() { return store_; }
    // Hashes of the branches' logos, then of the pictures that the cars here have, smallest sizes
    // first, at most kMostPrefetch.
    base::Result<std::vector<std::string>> picture_hashes();

    // Judges the command against what is shown, takes its numbers, and makes it durable. id,
    // occurred_at and base_cursor are filled in when empty. The Result fails when storage does
    // (kDiskFull...): nothing is stored then, and the message may be shown.
    base::Result<Submitted> submit(domain::Command command, base::UtcMs now, base::Random& random);

    // ---- SyncEngine's
    // The cursor to pull from: behind what is staged, if anything is.
    [[nodiscard]] std::int64_t next_cursor() const { return next_cursor_; }
    // One page: all but the last are staged; the last applies everything in ONE transaction:
    // confirmed rows, cursor, answered commands dropped, pending layer rebuilt. A page that brings
    // nothing writes nothing.
    struct Taken {
        bool complete = false;              // the last page
        bool changed = false;               // something to see
        std::vector<std::string> pictures;  // hashes named by the rows that came
    };
    base::Result<Taken> take_page(const protocol::PullReply& page, std::string_view body,
                                  base::UtcMs now);
    // Replaces all by the snapshot, then replays the outbox. The file is used up.
    base::Result<void> install(const std::string& snapshot_path, const storage::Sealer& from);
    // Forgets everything; the next sync takes a snapshot.
    base::Result<void> reset();
    // Replays the outbox when the pending layer does not show its tail.
    base::Result<void> catch_up();
    // Replays it in any case: after central was found to hold less than it once did.
    base::Result<void> rebuild();

   private:
    struct Unreadable {
        std::string record, id, reason;
    };
    // What one transaction found out, to be written into the outbox after it is committed.
    struct Findings {
        std::vector<std::pair<std::int64_t, std::string>> doubts;
        std::vector<Unreadable> rows;
        std::vector<std::string> pictures;
        bool goods = false;  // cars, their pictures or branches are or were among the rows
    };
    Replica(database::Connection connection, const storage::Sealer& sealer, Outbox& outbox);
    static base::Result<database::Connection> open_or_make(const std::string& path,
                                                           const database::Options& options,
                                                           Check check);
    base::Result<void> load();
    base::Result<bool> goods_pending();

    // Within the caller's transaction. `covered`: central's rows show its commands up to it.
    base::Result<void> rebuild_pending(std::int64_t confirmed, std::int64_t covered,
                                       Findings& findings);
    // The code that keeps the entry in doubt; empty when it stands or needs not be shown.
    base::Result<std::string> replay(const Entry& entry, std::int64_t covered, Findings& findings);
    base::Result<void> show_as_submitted(const Entry& entry, Findings& findings);
    base::Result<void> apply_rows(const protocol::PullReply& page, Findings& findings);
    base::Result<void> apply_row(const domain::Description& record, const base::Json& json,
                                 Findings& findings);
    base::Result<Findings> apply_all(const protocol::PullReply& last, std::int64_t confirmed);
    base::Result<void> report(const Findings& findings, base::UtcMs now);
    // Runs the command; nothing but the pending layer is written.
    domain::Outcome run(const domain::Command& command, std::int64_t seq,
                        domain::NumberSource& numbers, domain::Context::Terms terms);

    database::Connection connection_;
    const storage::Sealer& sealer_;
    Outbox& outbox_;
    storage::SqliteWorld world_;
    storage::ReplicaStore store_;
    storage::ReplicaMeta meta_;
    std::int64_t goods_version_ = 0;
    std::int64_t next_cursor_ = 0;
    std::int64_t staged_ = 0;
};

}  // namespace showfloor::sync
