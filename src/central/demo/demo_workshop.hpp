#pragma once
// The demo's workshop, out of workshop.json: parts in stock at the first branch that has a
// mechanic, and tickets in every state. Thread contract: as demo.hpp.

#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "central/command_processor.hpp"

namespace showfloor::central {

// `customers`: ids in the order of customers.json, which the tickets name by position.
base::Result<void> make_demo_workshop(CommandProcessor& processor, const base::Json& workshop,
                                      const std::vector<base::Uuid>& customers, base::UtcMs now);

}  // namespace showfloor::central
