#pragma once
// Feed: which rows each scope must hear of, in commit order, and what a terminal pulls from it.
//
// Scopes: "public" (every terminal), "branch:<id>", "terminal:<id>". A row's scopes follow from the
// row and its parents alone (scopes_of); the writing transaction notes each scope a touched row
// entered, stayed in or left. Time alone changes nothing.
//
// Thread contract: FeedWriter belongs to the writing transaction; the functions below it work on
// the connection handed in.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "database/connection.hpp"
#include "domain/world.hpp"
#include "protocol/limits.hpp"
#include "protocol/messages.hpp"

namespace showfloor::central {

// The scopes a row belongs to, sorted; empty for what no terminal holds.
[[nodiscard]] std::vector<std::string> scopes_of(domain::World& world,
                                                 const domain::Description& record,
                                                 const domain::Row& row);
// Rows whose scopes may follow from this changed one (a car's pictures, a sale's customer).
[[nodiscard]] std::vector<std::pair<const domain::Description*, domain::Row>> dependants_of(
    domain::World& world, const domain::Change& change);

class FeedWriter {
   public:
    // Reads the head; the transaction has begun.
    static base::Result<FeedWriter> begin(database::Connection& connection);
    // Notes the changes' scopes, those of their dependants too.
    base::Result<void> note(domain::World& world, const std::vector<domain::Change>& changes);
    [[nodiscard]] std::int64_t head() const { return head_; }
    // A number of its own for a settled command, behind its entries: a pull that reaches it has
    // seen all the command did, also when it did nothing.
    std::int64_t take_number() { return ++head_; }
    // What was noted since `head` was rolled back with its savepoint.
    void return_to(std::int64_t head) { head_ = head; }
    // Stores the head. Last before the commit.
    base::Result<void> finish();

   private:
    FeedWriter(database::Connection& connection, std::int64_t head)
        : connection_(connection), head_(head), stored_(head) {}
    base::Result<void> note_row(domain::World& world, const domain::Description& record,
                                const domain::Row& row);

    database::Connection& connection_;
    std::int64_t head_;
    std::int64_t stored_;
};

// A stored answer as it crosses the wire.
base::Result<protocol::PushResult> result_from_log(std::int64_t seq, std::string_view outcome,
                                                   std::string_view code, std::string_view details);

// The highest change_no of all scopes.
base::Result<std::int64_t> feed_head(database::Connection& connection);

// What one terminal holds: the scopes of an enrolled terminal of that branch.
[[nodiscard]] std::vector<std::string> scopes_of_terminal(const base::Uuid& terminal_id,
                                                          const base::Uuid& branch_id);

// One page for a terminal after `cursor`. kNotFound with code "cursor_gone" when the cursor is
// older than the feed remembers or newer than its head: take a snapshot. `last_seq` is 0 on a page
// that has more: only the last page knows that nothing of a command lies behind the cursor.
base::Result<protocol::PullReply> pull_page(database::Connection& connection,
                                            const base::Uuid& terminal_id,
                                            const base::Uuid& branch_id, std::int64_t cursor,
                                            int limit);

// Forgets "gone" entries up to `change_no`: cursors before it are then too old.
base::Result<void> prune_feed(database::Connection& connection, std::int64_t change_no);

}  // namespace showfloor::central
