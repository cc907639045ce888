#pragma once
// The database library, for --version. Thread contract: any thread.

#include <string>

namespace showfloor::database {

[[nodiscard]] std::string library_version();  // "SQLite 3.40.1"

}  // namespace showfloor::database
