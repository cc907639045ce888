#include "database/migrator.hpp"

#include "database/transaction.hpp"

namespace showfloor::database {

namespace {

using base::ErrorKind;
using base::fail;

void check_numbers(std::span<const Script> scripts) {
    for (std::size_t i = 0; i < scripts.size(); ++i) {
        SHOWFLOOR_CHECK(scripts[i].number == static_cast<int>(i) + 1,
                        "migration scripts are numbered 1, 2, 3, ...");
    }
}

// How many scripts the database has seen; fails when what it has seen is not what we have.
base::Result<int> applied_scripts(Connection& connection, std::span<const Script> scripts) {
    SHOWFLOOR_ASSIGN(const Cell table, connection.value("SELECT name FROM sqlite_schema WHERE "
                                                        "type = 'table' AND name = "
                                                        "'schema_version'"));
    if (std::holds_alternative<std::monostate>(table)) return 0;
    SHOWFLOOR_ASSIGN(auto known, connection.prepare("SELECT number, name, hash FROM "
                                                    "schema_version ORDER BY number"));
    int count = 0;
    while (true) {
        SHOWFLOOR_ASSIGN(const bool row, known.step());
        if (!row) return count;
        const auto position = static_cast<std::size_t>(count);
        if (position >= scripts.size()) {
            return fail(ErrorKind::kRefused,
                        "The database was made by a newer Showfloor (" + known.text(1) +
                            "); install that version or a later one.",
                        "newer_database");
        }
        const Script& script = scripts[position];
        if (known.integer(0) != script.number || known.integer(2) != script_hash(script)) {
            return fail(ErrorKind::kRefused,
                        "The database was made with another text of " + script.name +
                            "; use the Showfloor version that made it, or a released later one.",
                        "changed_script");
        }
        ++count;
    }
}

base::Result<void> apply(Connection& connection, const Script& script) {
    SHOWFLOOR_TRY(connection.run(
        "CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY, name TEXT NOT "
        "NULL, hash INTEGER NOT NULL) STRICT"));
    SHOWFLOOR_TRY(connection.execute_script(script.sql));
    SHOWFLOOR_CHECK(connection.in_transaction(), "a migration script ends no transaction");
    SHOWFLOOR_TRY(connection.run("INSERT INTO schema_version VALUES (?, ?, ?)",
                                 {std::int64_t{script.number}, script.name, script_hash(script)}));
    SHOWFLOOR_ASSIGN(const Cell dangling, connection.value("PRAGMA foreign_key_check"));
    if (!std::holds_alternative<std::monostate>(dangling)) {
        return fail(ErrorKind::kDamaged,
                    "After " + script.name +
                        " a record points to one that does not exist; nothing was changed. "
                        "Restore a backup or ask for help.");
    }
    return {};
}

// Answers false when another process was quicker.
base::Result<bool> apply_in_transaction(Connection& connection, std::span<const Script> scripts,
                                        const Script& script) {
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(connection));
    SHOWFLOOR_ASSIGN(const int applied, applied_scripts(connection, scripts));
    if (applied >= script.number) return false;
    SHOWFLOOR_TRY(apply(connection, script));
    SHOWFLOOR_TRY(transaction.commit());
    return true;
}

base::Result<int> apply_missing(Connection& connection, std::span<const Script> scripts) {
    SHOWFLOOR_ASSIGN(const int applied, applied_scripts(connection, scripts));
    int done = 0;
    for (const Script& script : scripts.subspan(static_cast<std::size_t>(applied))) {
        SHOWFLOOR_ASSIGN(const bool ours, apply_in_transaction(connection, scripts, script));
        if (ours) ++done;
    }
    return done;
}

}  // namespace

base::Result<int> migrate(Connection& connection, std::span<const Script> scripts) {
    check_numbers(scripts);
    // Rebuilding a table drops it for a moment; keys are checked as a whole before each commit.
    SHOWFLOOR_ASSIGN(const Cell keys, connection.value("PRAGMA foreign_keys"));
    SHOWFLOOR_TRY(connection.run("PRAGMA foreign_keys = OFF"));
    auto done = apply_missing(connection, scripts);
    if (keys == Cell{std::int64_t{1}}) SHOWFLOOR_TRY(connection.run("PRAGMA foreign_keys = ON"));
    return done;
}

base::Result<void> check_migrated(Connection& connection, std::span<const Script> scripts) {
    check_numbers(scripts);
    SHOWFLOOR_ASSIGN(const int applied, applied_scripts(connection, scripts));
    if (static_cast<std::size_t>(applied) == scripts.size()) return {};
    return fail(ErrorKind::kRefused,
                "The database was made by an older Showfloor; start the program that owns it once, "
                "which brings it up to date.",
                "older_database");
}

std::int64_t script_hash(const Script& script) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : script.sql) {
        if (c == '\r') continue;
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    return static_cast<std::int64_t>(hash);
}

}  // namespace showfloor::database
