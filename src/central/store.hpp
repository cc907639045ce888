#pragma once
// Store: one data folder of central. DIR/central.db (WAL, commits on disk when they return),
// DIR/keys (0600 files), DIR/blobs (see blobs.hpp), DIR/snapshots (throw-away).
//
// Thread contract: every call from any thread. One writer at a time holds the writing connection
// (a mutex within the process, SQLite's lock between processes); readers share a pool.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "central/limits.hpp"
#include "database/connection.hpp"

namespace showfloor::central {

class Store {
   public:
    // Makes a new data folder with an empty, migrated database and a new epoch. kRefused, code
    // "data_used", when there already is a database in it.
    static base::Result<std::unique_ptr<Store>> create(const std::string& folder,
                                                       base::Random& random);
    // Opens one. kNotFound when there is none; kRefused "newer_database" when a newer program wrote
    // it, "older_database" when `migrate` has not been run, kDamaged when it is broken.
    static base::Result<std::unique_ptr<Store>> open(const std::string& folder);
    // Brings the database of `folder` to this program's schema; answers how many steps were made.
    static base::Result<int> migrate(const std::string& folder);

    // The writing connection, exclusively, until it goes. Waits for the thread that has it.
    class Writer {
       public:
        Writer(Writer&&) noexcept = default;
        [[nodiscard]] database::Connection& connection() { return *connection_; }

       private:
        friend class Store;
        Writer(std::unique_lock<std::mutex> lock, database::Connection& connection)
            : lock_(std::move(lock)), connection_(&connection) {}
        std::unique_lock<std::mutex> lock_;
        database::Connection* connection_;
    };
    [[nodiscard]] Writer writer();

    // A read-only connection, given back when it goes. Waits when all are in use.
    class Reader {
       public:
        Reader(Reader&& other) noexcept;
        Reader& operator=(Reader&&) = delete;
        ~Reader();
        [[nodiscard]] database::Connection& connection() { return *connection_; }

       private:
        friend class Store;
        Reader(Store& store, std::unique_ptr<database::Connection> connection);
        Store* store_;
        std::unique_ptr<database::Connection> connection_;
    };
    base::Result<Reader> reader();

    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] std::string database_path() const { return folder_ + "/central.db"; }
    // Which life of the database this is: another after each restore. Terminals that know another
    // one take a snapshot.
    [[nodiscard]] const std::string& epoch() const { return epoch_; }

   private:
    Store(std::string folder, database::Connection writer);
    base::Result<void> read_epoch();

    std::string folder_;
    std::string epoch_;
    std::mutex writing_;
    database::Connection writer_;
    std::mutex pool_mutex_;
    std::condition_variable pool_returned_;
    std::vector<std::unique_ptr<database::Connection>> pool_;
    std::size_t readers_made_ = 0;
};

// Single named values (table central_value); empty when never set.
base::Result<std::string> get_value(database::Connection& connection, std::string_view name);
base::Result<void> set_value(database::Connection& connection, std::string_view name,
                             std::string_view value);
// 0 when never set.
base::Result<std::int64_t> get_counter(database::Connection& connection, std::string_view name);
base::Result<void> set_counter(database::Connection& connection, std::string_view name,
                               std::int64_t value);

// Held by `serve` for its life; `migrate` and `restore` need it too. kBusy when central runs.
class ServeLock {
   public:
    static base::Result<ServeLock> take(const std::string& folder);
    ServeLock(ServeLock&& other) noexcept;
    ServeLock& operator=(ServeLock&&) = delete;
    ~ServeLock();

   private:
    explicit ServeLock(int file) : file_(file) {}
    int file_;
};

}  // namespace showfloor::central
