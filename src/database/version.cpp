#include "database/version.hpp"

#include <sqlite3.h>

namespace showfloor::database {

std::string library_version() {
    return std::string("SQLite ") + sqlite3_libversion();
}

}  // namespace showfloor::database
