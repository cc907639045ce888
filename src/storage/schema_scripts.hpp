#pragma once
// The migration scripts of schema/<database>/*.sql, built into the program.
// Thread contract: constant.

#include <string_view>
#include <vector>

#include "database/migrator.hpp"

namespace showfloor::storage {

// "central" or "outbox"; in order. An unknown name is a bug.
[[nodiscard]] const std::vector<database::Script>& schema_scripts(std::string_view database);

}  // namespace showfloor::storage
