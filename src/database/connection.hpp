#pragma once
// Connection and Statement: SQLite, owned and with errors as Results. Knows no table of ours.
//
// Thread contract: a Connection and everything made from it belong to one thread at a time.
// It must outlive its Statements, Transactions and Savepoints and not be moved under the latter
// two.
//
// Errors: no room, a read-only folder or a failing disk = kDiskFull; a broken file = kDamaged;
// locked by somebody else = kBusy; a constraint = kRefused with code "unique", "foreign_key" or
// "constraint" and, where SQLite names it, the column in `field`; the rest kFailed.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/encoding.hpp"
#include "base/result.hpp"
#include "database/limits.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace showfloor::database {

// What a column can hold.
using Cell = std::variant<std::monostate, std::int64_t, std::string, base::Bytes>;

enum class Synchronous {
    kFull,    // a commit is on the disk when it returns: what people were told is done
    kNormal,  // a power cut may lose the last commits, never the file's wholeness: caches
    kOff,     // files that are thrown away when their making fails
};

struct Options {
    bool read_only = false;   // the file must exist
    bool must_exist = false;  // kNotFound instead of making a new file
    bool wal = true;          // false: the journal is kept in memory (files still being made)
    Synchronous synchronous = Synchronous::kFull;
    bool foreign_keys = false;
    int busy_timeout_ms = kBusyTimeoutMs;
    int cache_kib = kCacheKib;
    std::string vfs = {};  // tests: the name of a registered SQLite VFS; empty = the system's
};

namespace detail {
struct Handle;
}

// One prepared statement, borrowed from its connection's cache and given back when it goes.
class Statement {
   public:
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;
    ~Statement();

    // Parameters count from 1; what is never bound is NULL. Values are copied. A failed bind is
    // reported by the next step().
    Statement& bind(int parameter, const Cell& value);
    Statement& bind_all(const std::vector<Cell>& values);  // from parameter 1 on

    // True: a row is there to be read. False: done; the statement may be bound and run again.
    base::Result<bool> step();
    // Steps to the end, ignoring rows.
    base::Result<void> run();
    // Back to the start with nothing bound.
    void reset();

    // Columns count from 0. Valid until the next step(). The typed ones convert as SQLite does;
    // text() and bytes() are empty for NULL.
    [[nodiscard]] int column_count() const;
    [[nodiscard]] Cell cell(int column) const;
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] base::Bytes bytes(int column) const;

   private:
    friend class Connection;
    Statement(detail::Handle* handle, std::string sql, sqlite3_stmt* statement);

    detail::Handle* handle_;
    std::string sql_;
    sqlite3_stmt* statement_;
    int bind_error_ = 0;
};

class Connection {
   public:
    // Opens or makes the file (mode 0600; so are its -wal and -shm).
    static base::Result<Connection> open(const std::string& path, const Options& options = {});
    // A private database in memory.
    static base::Result<Connection> in_memory();

    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    ~Connection();

    // One statement, from the cache when it was prepared before.
    base::Result<Statement> prepare(std::string_view sql);
    // prepare, bind_all and run to the end.
    base::Result<void> run(std::string_view sql, const std::vector<Cell>& values = {});
    // The first column of the first row; monostate when there is no row.
    base::Result<Cell> value(std::string_view sql, const std::vector<Cell>& values = {});
    // All rows. For small answers: the whole of it stands in memory.
    base::Result<std::vector<std::vector<Cell>>> rows(std::string_view sql,
                                                      const std::vector<Cell>& values = {});
    // Several statements separated by ';', not cached. Not atomic by itself.
    base::Result<void> execute_script(const std::string& sql);

    // Rows changed by the last statement; rows changed since the connection was opened.
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] std::int64_t total_changes() const;
    // Moves when another connection has committed since the last call (PRAGMA data_version).
    base::Result<std::int64_t> data_version();
    [[nodiscard]] bool in_transaction() const;
    // Deferred foreign keys that would make COMMIT fail as things stand. Ask before a savepoint is
    // released, so that one command cannot spoil the transaction of all.
    [[nodiscard]] bool has_deferred_violations() const;

    enum class Depth { kQuick, kFull };  // kFull also compares every index with its table
    // kDamaged with the first thing found wrong.
    base::Result<void> check_integrity(Depth depth = Depth::kFull);

    // A consistent copy made while others read and write. Either the whole copy stands at `path`
    // (mode 0600, on the disk) or nothing does; an existing file there is replaced, unless somebody
    // uses it (kBusy).
    base::Result<void> backup_to(const std::string& path);
    // Replaces everything in this database by `source`'s content, in one transaction that readers
    // of this file see as such. Neither may be inside a transaction.
    base::Result<void> replace_content_with(Connection& source);
    // Moves the WAL into the file and cuts it to nothing; kBusy when a reader is in the way.
    base::Result<void> checkpoint();

    // Called with the SQL of every statement handed out by prepare(), run(), value() and rows().
    // For tests that explain statements. Empty = none.
    void on_statement(std::function<void(std::string_view sql)> hook);

    // For what this class leaves out. Borrowed.
    [[nodiscard]] sqlite3* raw() const;

   private:
    explicit Connection(std::unique_ptr<detail::Handle> handle);
    std::unique_ptr<detail::Handle> handle_;
};

// A table, column or index name as it stands in SQL: "name".
[[nodiscard]] std::string sql_name(std::string_view name);

}  // namespace showfloor::database
