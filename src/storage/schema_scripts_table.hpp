#pragma once
// What src/storage/schema_scripts.cmake fills in; private to this folder.
// Thread contract: constant.

#include <string_view>
#include <vector>

#include "database/migrator.hpp"

namespace showfloor::storage {

struct ScriptOfDatabase {
    std::string_view database;
    database::Script script;
};

// Every file of schema/<database>/, by name.
[[nodiscard]] const std::vector<ScriptOfDatabase>& all_schema_scripts();

}  // namespace showfloor::storage
