#pragma once
// The inside of a Batch, shared by batch.cpp and push.cpp; nothing else includes it.
// Thread contract: belongs to one thread.

#include <functional>

#include "central/command_processor.hpp"
#include "central/feed.hpp"
#include "central/history.hpp"
#include "central/series.hpp"
#include "database/transaction.hpp"
#include "domain/records.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

struct Batch::State {
    State(Store::Writer held, database::Transaction begun, FeedWriter feed_writer,
          HistoryWriter history_writer, base::Random& source, base::UtcMs time)
        : writer(std::move(held)),
          transaction(std::move(begun)),
          world(writer.connection()),
          feed(std::move(feed_writer)),
          history(std::move(history_writer)),
          series(writer.connection()),
          random(source),
          now(time) {}

    // Declared in this order so that the transaction ends before the writer is given back.
    Store::Writer writer;
    database::Transaction transaction;
    storage::SqliteWorld world;
    FeedWriter feed;
    HistoryWriter history;
    Series series;
    base::Random& random;
    base::UtcMs now;

    // Runs the command in a savepoint, with all that follows when it is applied. `amend` (may be
    // empty) sees what was applied before anything follows from it.
    using Amend = std::function<void(domain::Outcome&)>;
    domain::Outcome settle(const domain::Command& command, domain::Context& context,
                           const Amend& amend);
    // Notes what was put into `world` outside a command.
    base::Result<void> settle_loose_changes();
    base::Result<void> log_command(const domain::Command& command, const base::Uuid& terminal_id,
                                   std::string_view outcome, std::string_view code,
                                   const base::Json& details);
};

// What this command id was answered before, from wherever it came; nullopt when it is new.
base::Result<std::optional<domain::Outcome>> earlier_answer(database::Connection& connection,
                                                            const base::Uuid& command_id);

// True when a failed outcome is this command's own fault (a constraint) and all else may go on.
[[nodiscard]] bool is_own_fault(const domain::Outcome& outcome);
[[nodiscard]] protocol::PushOutcome push_outcome_of(const domain::Outcome& outcome);
[[nodiscard]] std::string_view code_name(domain::Code code);  // empty for none

// An outcome's details with field and reviews among them, as stored and sent.
[[nodiscard]] base::Json details_of(const domain::Outcome& outcome);

}  // namespace showfloor::central
