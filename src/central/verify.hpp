#pragma once
// Verify: is everything that must hold still true? Reads alone; central may run meanwhile.
// Thread contract: the calling thread; opens its own connections through the store.

#include <string>
#include <vector>

#include "base/result.hpp"
#include "central/store.hpp"

namespace showfloor::central {

// What does not hold, one sentence each; empty = all well. Looks at the file's integrity, foreign
// keys, the history's chain, number series without holes, sums of invoices, cars with two standing
// sales, and that each blob is there as its name says. An error: it could not be looked at.
base::Result<std::vector<std::string>> verify_store(Store& store);

}  // namespace showfloor::central
