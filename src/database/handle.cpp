#include "database/handle.hpp"

#include "base/check.hpp"
#include "database/limits.hpp"

namespace showfloor::database::detail {

namespace {

using base::Error;
using base::ErrorKind;
using base::fail;

std::string file_of(sqlite3* db) {
    const char* path = db == nullptr ? nullptr : sqlite3_db_filename(db, "main");
    return path == nullptr || *path == '\0' ? "the database" : std::string(path);
}

Error constraint_error(int code, const std::string& message) {
    // "UNIQUE constraint failed: car.vin": what follows the dot names the column.
    const auto dot = message.rfind('.');
    const std::string column = dot == std::string::npos ? std::string() : message.substr(dot + 1);
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
            return fail(ErrorKind::kRefused,
                        "Another record already has this value; choose another or change that one.",
                        "unique", column);
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return fail(ErrorKind::kRefused,
                        "The record points to another one that does not exist; create that first.",
                        "foreign_key");
        default:
            return fail(ErrorKind::kRefused,
                        "The database does not accept the record: " + message + ".", "constraint",
                        column);
    }
}

}  // namespace

Handle::~Handle() {
    forget_idle();
    const int code = sqlite3_close(db);
    SHOWFLOOR_CHECK(code == SQLITE_OK, "a Statement outlives its Connection");
}

sqlite3_stmt* Handle::take(std::string_view sql) {
    const auto found = by_sql.find(sql);
    if (found == by_sql.end()) return nullptr;
    sqlite3_stmt* statement = found->second->second;
    const auto entry = found->second;
    by_sql.erase(found);
    idle.erase(entry);
    return statement;
}

void Handle::give_back(std::string sql, sqlite3_stmt* statement) {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (by_sql.contains(sql)) {  // the same statement was in use twice at a time
        sqlite3_finalize(statement);
        return;
    }
    idle.emplace_front(std::move(sql), statement);
    by_sql.emplace(idle.front().first, idle.begin());
    if (idle.size() > kStatementsKept) {
        by_sql.erase(idle.back().first);
        sqlite3_finalize(idle.back().second);
        idle.pop_back();
    }
}

void Handle::forget_idle() {
    by_sql.clear();
    for (const auto& [sql, statement] : idle)
        sqlite3_finalize(statement);
    idle.clear();
}

Error Handle::error(int code) const {
    const int extended =
        db != nullptr && sqlite3_errcode(db) == (code & 0xff) ? sqlite3_extended_errcode(db) : code;
    const std::string message = db == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(db);
    switch (code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return fail(ErrorKind::kDiskFull, "Cannot write or read " + file_of(db) + " (" +
                                                  message +
                                                  "); free some disk space, or check the disk and "
                                                  "the folder's rights, and try again.");
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return fail(ErrorKind::kDamaged,
                        file_of(db) + " is damaged (" + message + "); restore it from a backup.");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return fail(ErrorKind::kBusy,
                        file_of(db) + " is in use by another program; try again in a moment.");
        case SQLITE_CONSTRAINT:
            return constraint_error(extended, message);
        case SQLITE_TOOBIG:
            return fail(ErrorKind::kTooLarge, "A value is larger than the database accepts (" +
                                                  std::to_string(kLongestValue) + " bytes).");
        default:
            return fail("The database " + file_of(db) + " answered: " + message + ".");
    }
}

}  // namespace showfloor::database::detail
