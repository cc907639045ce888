#pragma once
// Where the program's own read-only files are. Thread contract: any thread.

#include <string>

#include "base/result.hpp"

namespace showfloor::base {

// The folder that holds themes/, strings/ and demo/: $SHOWFLOOR_ASSETS, or beside an installed
// program (../share/showfloor/assets), or the checkout's assets/ for a program in build*/bin/.
// kNotFound names the places looked at.
Result<std::string> asset_folder();

}  // namespace showfloor::base
