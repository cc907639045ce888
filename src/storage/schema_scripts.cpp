#include "storage/schema_scripts.hpp"

#include <map>

#include "base/check.hpp"
#include "storage/schema_scripts_table.hpp"

namespace showfloor::storage {

const std::vector<database::Script>& schema_scripts(std::string_view database) {
    static const auto by_database = [] {
        std::map<std::string_view, std::vector<database::Script>> scripts;
        for (const ScriptOfDatabase& entry : all_schema_scripts())
            scripts[entry.database].push_back(entry.script);
        return scripts;
    }();
    const auto found = by_database.find(database);
    SHOWFLOOR_CHECK(found != by_database.end(), "schema/ has no folder of that name");
    return found->second;
}

}  // namespace showfloor::storage
