#pragma once
// Pictures for the demo's cars: the studio pictures of their body style in their own colour, made
// once for each look and shared. Thread contract: one call; works on all cores.

#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "central/command_processor.hpp"

namespace showfloor::central {

// Gives every car without a picture its views. Colours come from `folder`/colors.json, the
// pictures from `folder`/studio.
base::Result<void> make_demo_pictures(CommandProcessor& processor, const std::string& folder,
                                      base::UtcMs now);

}  // namespace showfloor::central
