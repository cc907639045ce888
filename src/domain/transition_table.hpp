#pragma once
// What the transition tables share; nothing outside src/domain includes it.
// Thread contract: pure functions.

#include <algorithm>
#include <span>

namespace showfloor::domain {

// Whether a table of {from, to} has this step.
template <typename Table, typename Status>
[[nodiscard]] bool has_step(const Table& table, Status from, Status to) {
    return std::any_of(table.begin(), table.end(),
                       [&](const auto& one) { return one.from == from && one.to == to; });
}

}  // namespace showfloor::domain
