#pragma once
// Drawn pictures for the demo's cars: one set for each body style and colour, drawn once and
// shared. Thread contract: one call; draws on all cores.

#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "central/command_processor.hpp"

namespace showfloor::central {

// Gives every car without a picture its views. Colours come from `folder`/colors.json.
base::Result<void> draw_demo_pictures(CommandProcessor& processor, const std::string& folder,
                                      base::UtcMs now);

}  // namespace showfloor::central
