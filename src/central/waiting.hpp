#pragma once
// Waiting commands: what a terminal recorded as having happened, but speaks of something that
// central does not know (any more): it was set back to a backup, and another terminal has still
// to send again what this builds on. Nothing of it is refused: the command is kept whole, its
// numbers are booked, and it is settled in the push that brings what it waits for.
//
// Thread contract: belongs to the writing transaction.

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "database/connection.hpp"
#include "domain/command.hpp"
#include "protocol/messages.hpp"

namespace showfloor::central {

inline constexpr std::string_view kWaitingReason = "waiting";  // of the numbers' void stubs

struct WaitingCommand {
    base::Uuid terminal_id;
    protocol::PushedCommand pushed;  // hash stays empty
};

// Whether `outcome` is a command to keep waiting.
[[nodiscard]] bool must_wait(const domain::Command& command, const domain::Outcome& outcome);
// kRefused when this terminal has too many waiting already.
base::Result<void> keep_waiting(database::Connection& connection, const WaitingCommand& waiting,
                                base::UtcMs now);
// In the order they came.
base::Result<std::vector<WaitingCommand>> waiting_commands(database::Connection& connection);
base::Result<void> end_waiting(database::Connection& connection, const base::Uuid& command_id);

// When central was set back: what happened between the backup and the restore is known to
// terminals alone, people who were new then included.
struct SetBack {
    base::UtcMs from = 0, to = 0;
    [[nodiscard]] bool covers(base::UtcMs at) const { return from != 0 && at >= from && at <= to; }
};
base::Result<SetBack> set_back_of(database::Connection& connection);
// Called once by restore, before anything new is settled.
base::Result<void> note_set_back(database::Connection& connection, base::UtcMs now);

}  // namespace showfloor::central
