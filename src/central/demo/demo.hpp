#pragma once
// The demo dealership: assets/demo turned into branches, people, cars with drawn pictures,
// customers and past business, all through the same commands as everything else. Thread contract:
// one call, before anything serves; draws on all cores.

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "central/command_processor.hpp"

namespace showfloor::central {

struct DemoLogin {
    std::string login, password, role, branch;  // branch code; empty = all
};

// Fills an empty dealership from the files of `folder`; kNotFound or kInvalid names the file.
base::Result<std::vector<DemoLogin>> make_demo(CommandProcessor& processor,
                                               const std::string& folder, base::UtcMs now);

}  // namespace showfloor::central
