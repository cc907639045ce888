#pragma once
// What central does by itself as time goes on. Each job is a batch of its own; a failed one is
// logged and tried again at its next turn.
// Thread contract: belongs to the jobs' thread; tests call run_due() with the time they like.

#include "base/clock.hpp"
#include "base/result.hpp"
#include "central/command_processor.hpp"

namespace showfloor::central {

// The daily round, when a day has passed since the last: withdraws verifiers of people who stayed
// away, forgets old feed entries, expired codes and leases, tells the admins of terminals that have
// not been heard for days (once each, until they are heard again) and of instalments that are
// overdue (until they are paid), closes business whose term is over. True when it was due.
base::Result<bool> run_daily(CommandProcessor& processor, base::UtcMs now);

// Every ten minutes: one open "low_stock" notification per product and branch, settled when it is
// restocked. True when it was due.
base::Result<bool> run_low_stock(CommandProcessor& processor, base::UtcMs now);

// At every round: reservations whose time is over. How many were ended.
base::Result<int> expire_reservations(CommandProcessor& processor, base::UtcMs now);

}  // namespace showfloor::central
