#pragma once
// Every row of a record in the order of ids, a page of them in memory at a time.
// Thread contract: that of the World.

#include <functional>

#include "base/result.hpp"
#include "domain/world.hpp"

namespace showfloor::central {

// Archived ones too. Ends at what `use` fails with.
base::Result<void> walk_rows(domain::World& world, const domain::Description& record,
                             const std::function<base::Result<void>(const domain::Row&)>& use);

template <typename T>
base::Result<void> walk(domain::World& world,
                        const std::function<base::Result<void>(const T&)>& use) {
    return walk_rows(world, domain::describe<T>(),
                     [&](const domain::Row& row) -> base::Result<void> {
                         SHOWFLOOR_ASSIGN(const T one, domain::from_row<T>(row));
                         return use(one);
                     });
}

}  // namespace showfloor::central
