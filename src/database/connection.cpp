#include "database/connection.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/check.hpp"
#include "database/handle.hpp"

namespace showfloor::database {

namespace {

using base::Error;
using base::ErrorKind;
using base::fail;

Error cannot_make(const std::string& path, int code) {
    const bool nowhere = code == ENOENT || code == ENOTDIR;
    return fail(nowhere ? ErrorKind::kNotFound : ErrorKind::kDiskFull,
                "Cannot make " + path + " (" + std::strerror(code) +
                    "); check the disk's space and the folder's rights.");
}

// SQLite gives -wal and -shm the rights of the file, so making it first makes all of them 0600.
base::Result<void> make_private_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) {
        ::close(file);
        return {};
    }
    if (errno == EEXIST) return {};
    return cannot_make(path, errno);
}

base::Result<void> sync_path(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) return cannot_make(path, errno);
    const int code = ::fsync(file);
    const int problem = errno;
    ::close(file);
    if (code != 0) return cannot_make(path, problem);
    return {};
}

const char* pragma_of(Synchronous synchronous) {
    switch (synchronous) {
        case Synchronous::kFull:
            return "PRAGMA synchronous = FULL";
        case Synchronous::kNormal:
            return "PRAGMA synchronous = NORMAL";
        case Synchronous::kOff:
            return "PRAGMA synchronous = OFF";
    }
    return "";
}

void remove_database(const std::string& path) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
        ::unlink((path + suffix).c_str());
}

// All of `source` into `target`, in one step: readers and writers of a WAL source go on.
base::Result<void> copy_all(detail::Handle& target, detail::Handle& source) {
    sqlite3_backup* copy = sqlite3_backup_init(target.db, "main", source.db, "main");
    if (copy == nullptr) return target.error(sqlite3_errcode(target.db));
    const int code = sqlite3_backup_step(copy, -1);
    const int finish = sqlite3_backup_finish(copy);
    if (code == SQLITE_DONE && finish == SQLITE_OK) return {};
    return target.error(finish != SQLITE_OK ? finish : code);
}

int bind_in_place(sqlite3_stmt* statement, int parameter, const Cell& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return sqlite3_bind_int64(statement, parameter, *number);
    if (const auto* text = std::get_if<std::string>(&value))
        return sqlite3_bind_text64(statement, parameter, text->c_str(), text->size(), SQLITE_STATIC,
                                   SQLITE_UTF8);
    const auto* bytes = std::get_if<base::Bytes>(&value);
    if (bytes == nullptr) return sqlite3_bind_null(statement, parameter);
    // A null pointer would bind NULL; no bytes are not that.
    const void* data = bytes->empty() ? static_cast<const void*>("") : bytes->data();
    return sqlite3_bind_blob64(statement, parameter, data, bytes->size(), SQLITE_STATIC);
}

// Before SQLite's first use. Its memory statistics take a lock at every allocation, and nobody
// reads them; most small allocations of a statement come from a connection's own store.
void configure_sqlite() {
    static const bool done = [] {
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 1200, 200);
        return true;
    }();
    static_cast<void>(done);
}

}  // namespace

Connection::Connection(std::unique_ptr<detail::Handle> handle) : handle_(std::move(handle)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

base::Result<Connection> Connection::open(const std::string& path, const Options& options) {
    std::error_code ignored;
    const bool exists = std::filesystem::exists(path, ignored);
    if (!exists && (options.read_only || options.must_exist))
        return fail(ErrorKind::kNotFound, "There is no database " + path + ".");
    if (!exists) SHOWFLOOR_TRY(make_private_file(path));

    configure_sqlite();
    auto handle = std::make_unique<detail::Handle>();
    const int flags = (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(path.c_str(), &handle->db, flags,
                                     options.vfs.empty() ? nullptr : options.vfs.c_str());
    if (code != SQLITE_OK) return handle->error(code);
    sqlite3_busy_timeout(handle->db, options.busy_timeout_ms);
    sqlite3_limit(handle->db, SQLITE_LIMIT_LENGTH, kLongestValue);
    sqlite3_db_config(handle->db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // A reader must never be the one that folds the WAL away.
    if (options.read_only)
        sqlite3_db_config(handle->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);

    Connection connection(std::move(handle));
    SHOWFLOOR_TRY(connection.run("PRAGMA trusted_schema = OFF"));
    SHOWFLOOR_TRY(connection.run("PRAGMA cell_size_check = ON"));
    SHOWFLOOR_TRY(connection.run("PRAGMA temp_store = MEMORY"));
    SHOWFLOOR_TRY(connection.run("PRAGMA cache_size = -" + std::to_string(options.cache_kib)));
    SHOWFLOOR_TRY(connection.run(options.foreign_keys ? "PRAGMA foreign_keys = ON"
                                                      : "PRAGMA foreign_keys = OFF"));
    SHOWFLOOR_TRY(connection.run(pragma_of(options.synchronous)));
    if (!options.read_only) {
        SHOWFLOOR_TRY(
            connection.run("PRAGMA journal_size_limit = " + std::to_string(kWalKeptBytes)));
        SHOWFLOOR_TRY(
            connection.run("PRAGMA wal_autocheckpoint = " + std::to_string(kWalPagesKept)));
        SHOWFLOOR_ASSIGN(const Cell mode,
                         connection.value(options.wal ? "PRAGMA journal_mode = WAL"
                                                      : "PRAGMA journal_mode = MEMORY"));
        if (options.wal && mode != Cell{std::string("wal")}) {
            return fail("The disk under " + path +
                        " cannot hold a database in WAL mode; use a local disk.");
        }
    }
    // The first look at the file: what is no database says so here.
    SHOWFLOOR_TRY(connection.run("PRAGMA schema_version"));
    return connection;
}

base::Result<Connection> Connection::in_memory() {
    configure_sqlite();
    auto handle = std::make_unique<detail::Handle>();
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                      SQLITE_OPEN_MEMORY | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(":memory:", &handle->db, flags, nullptr);
    if (code != SQLITE_OK) return handle->error(code);
    return Connection(std::move(handle));
}

base::Result<Statement> Connection::prepare(std::string_view sql) {
    if (handle_->hook) handle_->hook(sql);
    sqlite3_stmt* statement = handle_->take(sql);
    if (statement == nullptr) {
        const int code = sqlite3_prepare_v3(handle_->db, sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK) return handle_->error(code);
        SHOWFLOOR_CHECK(statement != nullptr, "an empty statement was prepared");
    }
    return Statement(handle_.get(), std::string(sql), statement);
}

base::Result<void> Connection::run(std::string_view sql, const std::vector<Cell>& values) {
    SHOWFLOOR_ASSIGN(auto statement, prepare(sql));
    // Bound without copies: `values` outlives the statement's run.
    for (std::size_t i = 0; i < values.size(); ++i) {
        const int code = bind_in_place(statement.statement_, static_cast<int>(i) + 1, values[i]);
        if (code != SQLITE_OK) statement.bind_error_ = code;
    }
    return statement.run();
}

base::Result<Cell> Connection::value(std::string_view sql, const std::vector<Cell>& values) {
    SHOWFLOOR_ASSIGN(auto statement, prepare(sql));
    SHOWFLOOR_ASSIGN(const bool row, statement.bind_all(values).step());
    return row ? statement.cell(0) : Cell{};
}

base::Result<std::vector<std::vector<Cell>>> Connection::rows(std::string_view sql,
                                                              const std::vector<Cell>& values) {
    SHOWFLOOR_ASSIGN(auto statement, prepare(sql));
    statement.bind_all(values);
    std::vector<std::vector<Cell>> all;
    while (true) {
        SHOWFLOOR_ASSIGN(const bool row, statement.step());
        if (!row) return all;
        auto& cells = all.emplace_back();
        for (int i = 0; i < statement.column_count(); ++i)
            cells.push_back(statement.cell(i));
    }
}

base::Result<void> Connection::execute_script(const std::string& sql) {
    const int code = sqlite3_exec(handle_->db, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return handle_->error(code);
    return {};
}

std::int64_t Connection::changes() const {
    return sqlite3_changes64(handle_->db);
}

std::int64_t Connection::total_changes() const {
    return sqlite3_total_changes64(handle_->db);
}

base::Result<std::int64_t> Connection::data_version() {
    SHOWFLOOR_ASSIGN(const Cell version, value("PRAGMA data_version"));
    return std::get<std::int64_t>(version);
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(handle_->db) == 0;
}

bool Connection::has_deferred_violations() const {
    int current = 0;
    int highest = 0;
    sqlite3_db_status(handle_->db, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0);
    return current != 0;
}

base::Result<void> Connection::check_integrity(Depth depth) {
    SHOWFLOOR_ASSIGN(const Cell found, value(depth == Depth::kQuick ? "PRAGMA quick_check(1)"
                                                                    : "PRAGMA integrity_check(1)"));
    const auto* text = std::get_if<std::string>(&found);
    if (text != nullptr && *text == "ok") return {};
    const char* path = sqlite3_db_filename(handle_->db, "main");
    return fail(ErrorKind::kDamaged, std::string(path == nullptr ? "The database" : path) +
                                         " is damaged (" + (text == nullptr ? "no answer" : *text) +
                                         "); restore it from a backup.");
}

base::Result<void> Connection::backup_to(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::exists(path + "-wal", ignored)) {
        return fail(ErrorKind::kBusy,
                    path + " is a database in use; choose another place for the backup.");
    }
    const std::string beside = path + ".new";
    remove_database(beside);
    const auto made = [&]() -> base::Result<void> {
        SHOWFLOOR_ASSIGN(auto copy, open(beside, {.wal = false}));
        SHOWFLOOR_TRY(copy_all(*copy.handle_, *handle_));
        // The copy says WAL as its source does; a backup is one file, without companions.
        SHOWFLOOR_TRY(copy.run("PRAGMA journal_mode = DELETE"));
        return copy.check_integrity(Depth::kQuick);
    }();
    if (!made) {
        remove_database(beside);
        return made;
    }
    SHOWFLOOR_TRY(sync_path(beside, O_RDONLY));
    if (::rename(beside.c_str(), path.c_str()) != 0) return cannot_make(path, errno);
    const auto parent = std::filesystem::path(path).parent_path();
    return sync_path(parent.empty() ? "." : parent.string(), O_RDONLY | O_DIRECTORY);
}

base::Result<void> Connection::replace_content_with(Connection& source) {
    SHOWFLOOR_CHECK(!in_transaction() && !source.in_transaction(),
                    "content is replaced outside transactions");
    SHOWFLOOR_TRY(copy_all(*handle_, *source.handle_));
    // A copy does not fold the WAL by itself; as much of it as readers allow moves now, the rest
    // with a later commit.
    sqlite3_wal_checkpoint_v2(handle_->db, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return {};
}

base::Result<void> Connection::checkpoint() {
    const int code = sqlite3_wal_checkpoint_v2(handle_->db, nullptr, SQLITE_CHECKPOINT_TRUNCATE,
                                               nullptr, nullptr);
    if (code != SQLITE_OK) return handle_->error(code);
    return {};
}

void Connection::on_statement(std::function<void(std::string_view sql)> hook) {
    handle_->hook = std::move(hook);
}

sqlite3* Connection::raw() const {
    return handle_->db;
}

std::string sql_name(std::string_view name) {
    std::string sql = "\"";
    for (const char c : name) {
        if (c == '"') sql += '"';
        sql += c;
    }
    return sql + '"';
}

}  // namespace showfloor::database
