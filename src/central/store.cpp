#include "central/store.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>

#include "base/file.hpp"
#include "database/migrator.hpp"
#include "storage/schema_scripts.hpp"

namespace showfloor::central {

namespace {

database::Options writing_options() {
    database::Options options;
    options.foreign_keys = true;
    options.busy_timeout_ms = kWriterBusyMs;
    options.cache_kib = kWriterCacheKib;
    return options;
}

}  // namespace

Store::Store(std::string folder, database::Connection writer)
    : folder_(std::move(folder)), writer_(std::move(writer)) {}

base::Result<std::unique_ptr<Store>> Store::create(const std::string& folder,
                                                   base::Random& random) {
    std::error_code ignored;
    if (std::filesystem::exists(folder + "/central.db", ignored))
        return base::fail(base::ErrorKind::kRefused,
                          "This folder already holds a dealership; choose an empty one.",
                          "data_used");
    SHOWFLOOR_TRY(base::make_folders(folder, 0700));
    SHOWFLOOR_TRY(base::make_folders(folder + "/keys", 0700));
    SHOWFLOOR_TRY(base::make_folders(folder + "/blobs", 0700));
    SHOWFLOOR_TRY(base::make_folders(folder + "/snapshots", 0700));
    SHOWFLOOR_ASSIGN(auto connection,
                     database::Connection::open(folder + "/central.db", writing_options()));
    SHOWFLOOR_TRY(database::migrate(connection, storage::schema_scripts("central")));
    base::Bytes epoch(16);
    random.fill(epoch);
    SHOWFLOOR_TRY(set_value(connection, "epoch", base::to_hex(epoch)));
    std::unique_ptr<Store> store(new Store(folder, std::move(connection)));
    SHOWFLOOR_TRY(store->read_epoch());
    return store;
}

base::Result<std::unique_ptr<Store>> Store::open(const std::string& folder) {
    database::Options options = writing_options();
    options.must_exist = true;
    auto opened = database::Connection::open(folder + "/central.db", options);
    if (!opened) {
        if (opened.error().kind == base::ErrorKind::kNotFound)
            return base::fail(base::ErrorKind::kNotFound,
                              "There is no dealership in this folder; make one with init.",
                              "no_data");
        return opened.error();
    }
    SHOWFLOOR_TRY(database::check_migrated(*opened, storage::schema_scripts("central")));
    SHOWFLOOR_TRY(base::make_folders(folder + "/snapshots", 0700));
    std::unique_ptr<Store> store(new Store(folder, std::move(opened).value()));
    SHOWFLOOR_TRY(store->read_epoch());
    return store;
}

base::Result<int> Store::migrate(const std::string& folder) {
    database::Options options = writing_options();
    options.must_exist = true;
    SHOWFLOOR_ASSIGN(auto connection, database::Connection::open(folder + "/central.db", options));
    return database::migrate(connection, storage::schema_scripts("central"));
}

base::Result<void> Store::read_epoch() {
    SHOWFLOOR_ASSIGN(epoch_, get_value(writer_, "epoch"));
    if (epoch_.empty())
        return base::fail(base::ErrorKind::kDamaged,
                          "The database does not say which life it is in; restore a backup.");
    return {};
}

Store::Writer Store::writer() {
    return {std::unique_lock(writing_), writer_};
}

base::Result<Store::Reader> Store::reader() {
    std::unique_lock lock(pool_mutex_);
    pool_returned_.wait(lock, [this] { return !pool_.empty() || readers_made_ < kReaders; });
    if (!pool_.empty()) {
        auto connection = std::move(pool_.back());
        pool_.pop_back();
        return Reader(*this, std::move(connection));
    }
    database::Options options;
    options.read_only = true;
    constexpr int kWalks = 4;  // cars by price, year, mileage and arrival are asked for in turn
    options.cache_kib = kWalks * kReaderCacheKib;
    auto opened = database::Connection::open(database_path(), options);
    if (!opened) return opened.error();
    ++readers_made_;
    return Reader(*this, std::make_unique<database::Connection>(std::move(opened).value()));
}

Store::Reader::Reader(Store& store, std::unique_ptr<database::Connection> connection)
    : store_(&store), connection_(std::move(connection)) {}

Store::Reader::Reader(Reader&& other) noexcept
    : store_(other.store_), connection_(std::move(other.connection_)) {}

Store::Reader::~Reader() {
    if (!connection_) return;
    {
        const std::lock_guard lock(store_->pool_mutex_);
        store_->pool_.push_back(std::move(connection_));
    }
    store_->pool_returned_.notify_one();
}

base::Result<std::string> get_value(database::Connection& connection, std::string_view name) {
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare("SELECT value FROM central_value WHERE name = ?1"));
    statement.bind(1, std::string(name));
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    return found ? statement.text(0) : std::string();
}

base::Result<void> set_value(database::Connection& connection, std::string_view name,
                             std::string_view value) {
    return connection.run(
        "INSERT INTO central_value (name, value) VALUES (?1, ?2) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {database::Cell(std::string(name)), database::Cell(std::string(value))});
}

base::Result<std::int64_t> get_counter(database::Connection& connection, std::string_view name) {
    SHOWFLOOR_ASSIGN(const std::string text, get_value(connection, name));
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

base::Result<void> set_counter(database::Connection& connection, std::string_view name,
                               std::int64_t value) {
    return set_value(connection, name, std::to_string(value));
}

base::Result<ServeLock> ServeLock::take(const std::string& folder) {
    const int file = ::open((folder + "/serve.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return base::fail(base::ErrorKind::kNotFound,
                          "The data folder cannot be written; check its name and owner.");
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        ::close(file);
        return base::fail(base::ErrorKind::kBusy,
                          "Central is running on this folder; stop it first.", "central_running");
    }
    return ServeLock(file);
}

ServeLock::ServeLock(ServeLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

ServeLock::~ServeLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace showfloor::central
