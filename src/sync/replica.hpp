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
    // Opens or makes the file, and catches up with the outbox when they differ.
    static base::Result<std::unique_ptr<Replica>> open(const std::string& path,
                                                       const storage::Sealer& sealer,
                                                       Outbox& outbox,
                                                       const database::Options& options = {});

    // False until the first fill: there is nothing to show yet.
    [[nodiscard]] bool filled() const { return !meta_.epoch.empty(); }
    [[nodiscard]] const storage::ReplicaMeta& meta() const { return meta_; }
    [[nodiscard]] std::int64_t version() const { return meta_.version; }
    // The overlaid rows, for reading on the engine's thread (sign-in, `show`).
    [[nodiscard]] domain::World& world() { return world_; }
    [[nodiscard]] storage::ReplicaStore& store() { return store_; }
    // Hashes of every picture that the cars shown here have, smallest sizes first.
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

   private:
    Replica(database::Connection connection, const storage::Sealer& sealer, Outbox& outbox);

    using Doubts = std::vector<std::pair<std::int64_t, std::string>>;
    // Within the caller's transaction. `covered`: central's rows here show its commands up to it.
    base::Result<Doubts> rebuild_pending(std::int64_t confirmed, std::int64_t covered);
    base::Result<std::string> replay(const Entry& entry, std::int64_t covered);
    base::Result<void> show_doubtful(const Entry& entry);
    base::Result<void> apply_rows(const protocol::PullReply& page, Taken& taken, base::UtcMs now);
    base::Result<void> apply_all(const protocol::PullReply& last, Taken& taken, base::UtcMs now);
    [[nodiscard]] domain::Context context_for(const domain::Command& command) const;

    database::Connection connection_;
    const storage::Sealer& sealer_;
    Outbox& outbox_;
    storage::SqliteWorld world_;
    storage::ReplicaStore store_;
    storage::ReplicaMeta meta_;
    std::int64_t next_cursor_ = 0;
    std::int64_t staged_ = 0;
};

}  // namespace showfloor::sync
