#pragma once
// Migrator: numbered SQL scripts, each applied once, in order, in a transaction of its own, and
// noted in table schema_version with a hash of its text.
// Thread contract: the connection's thread.

#include <cstdint>
#include <span>
#include <string>

#include "database/connection.hpp"

namespace showfloor::database {

struct Script {
    int number = 0;    // 1, 2, 3, ... without holes
    std::string name;  // "0001_records", for messages
    std::string sql;
};

// Brings the database to the last script; answers how many were applied. The database is left as
// it was before the script that failed, and untouched when
// - it is newer than these scripts: kRefused, code "newer_database";
// - a script that was applied has another text now: kRefused, code "changed_script".
base::Result<int> migrate(Connection& connection, std::span<const Script> scripts);

// For readers, which never migrate: ok when the database stands exactly at the last script;
// otherwise as above, or kRefused with code "older_database".
base::Result<void> check_migrated(Connection& connection, std::span<const Script> scripts);

// FNV-1a over the script's text, line ends made one. Notices mistakes, not attackers.
[[nodiscard]] std::int64_t script_hash(const Script& script);

}  // namespace showfloor::database
