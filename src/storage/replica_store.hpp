#pragma once
// ReplicaStore: the tables of replica.db apart from World: confirmed rows as central sent them,
// the pending layer's life, pages waiting in staging, and where the replica stands.
// sync::Replica is its only user that writes.
//
// Begins and ends no transaction: the caller's surrounds it, so that rows, cursor and pending
// layer move together.
// Thread contract: the connection's thread. Connection and sealer are borrowed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "database/connection.hpp"
#include "domain/description.hpp"
#include "storage/sealer.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::storage {

// Where the replica stands.
struct ReplicaMeta {
    std::string epoch;              // central's; empty = nothing was ever pulled
    std::int64_t cursor = 0;        // the feed's change_no up to which rows are here
    std::int64_t replayed_seq = 0;  // the outbox's tail that the pending layer shows
    std::int64_t version = 0;       // moves with every visible change
    friend bool operator==(const ReplicaMeta&, const ReplicaMeta&) = default;
};

class ReplicaStore {
   public:
    ReplicaStore(database::Connection& replica, const Sealer& sealer)
        : connection_(replica), sealer_(sealer) {}

    // Makes the tables in an empty database, in a transaction of its own.
    static base::Result<void> create(database::Connection& replica);
    // True: our tables, exactly. False: none or others; throw the file away and take a snapshot.
    static base::Result<bool> has_our_schema(database::Connection& replica);

    // Inserts or replaces what central says. kInvalid, with nothing changed, when the row has not
    // the described shape or the record is not kept on terminals: set it aside, go on.
    base::Result<void> put_confirmed(const domain::Description& record, const domain::Row& row);
    // Absent is fine.
    base::Result<void> remove_confirmed(const domain::Description& record, const base::Uuid& id);

    // One row of the pending layer, as SqliteWorld would write it: used to keep an entry that is
    // in doubt as it was at submit.
    base::Result<void> put_pending(const domain::Description& record, const domain::Row& row,
                                   PendingMark mark);
    // Empties the pending layer of all records.
    base::Result<void> clear_pending();
    // The mark of the row's pending version; nullopt when what is shown is confirmed (or absent).
    base::Result<std::optional<PendingMark>> pending_mark(const domain::Description& record,
                                                          const base::Uuid& id);
    // Every pending row of the record with its mark, by seq.
    base::Result<std::vector<std::pair<base::Uuid, PendingMark>>> pending_rows(
        const domain::Description& record);

    // The row as central confirmed it, whatever is pending over it.
    base::Result<std::optional<domain::Row>> confirmed(const domain::Description& record,
                                                       const base::Uuid& id);
    // How many rows each synced record shows (overlaid), in the records' order.
    base::Result<std::vector<std::pair<std::string_view, std::int64_t>>> counts();

    base::Result<ReplicaMeta> meta();
    base::Result<void> set_meta(const ReplicaMeta& meta);
    base::Result<void> bump_version();

    // Pages of a pull that is not complete yet, sealed. Replacing a page is fine.
    base::Result<void> stage_page(std::int64_t page, std::string_view body);
    // nullopt when there is no such page.
    base::Result<std::optional<std::string>> staged_page(std::int64_t page);
    base::Result<std::int64_t> staged_pages();  // how many
    base::Result<void> clear_staging();

   private:
    database::Connection& connection_;
    const Sealer& sealer_;
};

}  // namespace showfloor::storage
