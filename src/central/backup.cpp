#include "central/backup.hpp"

#include <filesystem>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "central/blobs.hpp"
#include "central/keys.hpp"
#include "central/waiting.hpp"
#include "database/migrator.hpp"
#include "database/transaction.hpp"
#include "protocol/limits.hpp"
#include "storage/schema_scripts.hpp"

namespace showfloor::central {

namespace {

namespace fs = std::filesystem;

constexpr const char* kTable =
    "CREATE TABLE backup_file (path TEXT PRIMARY KEY, content BLOB NOT NULL)";

// Removes what is unfinished when it goes.
class Unfinished {
   public:
    explicit Unfinished(std::string path) : path_(std::move(path)) { remove(); }
    ~Unfinished() { remove(); }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

   private:
    void remove() const {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            fs::remove(path_ + suffix, ignored);
    }
    std::string path_;
};

base::Result<void> put_file(database::Connection& backup, const std::string& folder,
                            const std::string& path) {
    SHOWFLOOR_ASSIGN(const std::string content,
                     base::read_file(folder + "/" + path, protocol::kMaxBlobBytes));
    const auto bytes = base::as_bytes(content);
    return backup.run("INSERT INTO backup_file (path, content) VALUES (?1, ?2)",
                      {path, base::Bytes(bytes.begin(), bytes.end())});
}

base::Result<void> put_files(database::Connection& backup, const Store& store) {
    SHOWFLOOR_ASSIGN(auto writing, database::Transaction::begin(backup));
    SHOWFLOOR_TRY(backup.run(kTable));
    for (const std::string& key : key_files())
        SHOWFLOOR_TRY(put_file(backup, store.folder(), "keys/" + key));
    // The database was copied first, so every file it names is there.
    SHOWFLOOR_ASSIGN(const auto blobs, backup.rows("SELECT sha256 FROM blob"));
    for (const auto& row : blobs) {
        const auto& name = std::get<std::string>(row[0]);
        SHOWFLOOR_TRY(put_file(backup, store.folder(), "blobs/" + name.substr(0, 2) + "/" + name));
    }
    return writing.commit();
}

// "keys/<one of ours>" or "blobs/xx/<hash>": nothing in a backup may name another place.
bool is_ours(const std::string& path) {
    for (const std::string& key : key_files()) {
        if (path == "keys/" + key) return true;
    }
    return path.size() == 73 && path.starts_with("blobs/") && is_blob_name(path.substr(9)) &&
           path.substr(6, 3) == path.substr(9, 2) + "/";
}

base::Result<void> take_files(database::Connection& copy, const std::string& folder) {
    SHOWFLOOR_ASSIGN(auto statement, copy.prepare("SELECT path, content FROM backup_file"));
    for (;;) {
        SHOWFLOOR_ASSIGN(const bool more, statement.step());
        if (!more) return {};
        const std::string path = statement.text(0);
        if (!is_ours(path))
            return base::fail(base::ErrorKind::kDamaged,
                              "The backup holds files that are not ours.");
        const std::string target = folder + "/" + path;
        SHOWFLOOR_TRY(base::make_folders(fs::path(target).parent_path().string(), 0700));
        SHOWFLOOR_TRY(base::write_file(target, base::as_text(statement.bytes(1)), 0600));
    }
}

base::Result<void> renew(database::Connection& copy, const std::string& folder,
                         base::Random& random, base::UtcMs now) {
    SHOWFLOOR_TRY(database::migrate(copy, storage::schema_scripts("central")));
    SHOWFLOOR_TRY(take_files(copy, folder));
    SHOWFLOOR_TRY(copy.run("DROP TABLE backup_file"));
    base::Bytes epoch(16);
    random.fill(epoch);
    SHOWFLOOR_TRY(set_value(copy, "epoch", base::to_hex(epoch)));
    SHOWFLOOR_TRY(note_set_back(copy, now));
    SHOWFLOOR_TRY(copy.run("VACUUM"));
    return copy.checkpoint();
}

}  // namespace

base::Result<void> back_up(Store& store, const std::string& to) {
    const Unfinished part(to + ".part");
    {
        SHOWFLOOR_ASSIGN(auto reader, store.reader());
        SHOWFLOOR_TRY(reader.connection().backup_to(part.path()));
    }
    {
        SHOWFLOOR_ASSIGN(auto backup, database::Connection::open(part.path()));
        SHOWFLOOR_TRY(put_files(backup, store));
        SHOWFLOOR_TRY(backup.checkpoint());
    }
    std::error_code error;
    fs::rename(part.path(), to, error);
    if (error) return base::fail("The backup cannot be put in its place; check the folder.");
    return {};
}

base::Result<void> restore(const std::string& from, const std::string& folder, base::Random& random,
                           base::UtcMs now) {
    SHOWFLOOR_TRY(base::make_folders(folder, 0700));
    SHOWFLOOR_ASSIGN(const auto lock, ServeLock::take(folder));
    if (fs::exists(folder + "/central.db"))
        return base::fail(base::ErrorKind::kRefused,
                          "This folder already holds a dealership; move it aside first.",
                          "data_used");
    database::Options reading;
    reading.read_only = true;
    const Unfinished part(folder + "/central.db.part");
    {
        SHOWFLOOR_ASSIGN(auto backup, database::Connection::open(from, reading));
        SHOWFLOOR_TRY(backup.check_integrity(database::Connection::Depth::kQuick));
        const auto files =
            backup.value("SELECT count(*) FROM sqlite_master WHERE name = 'backup_file'");
        if (!files || *files != database::Cell(std::int64_t{1}))
            return base::fail(base::ErrorKind::kDamaged, "This file is no backup of central.");
        SHOWFLOOR_TRY(backup.backup_to(part.path()));
    }
    for (const char* made : {"keys", "blobs", "snapshots"})
        SHOWFLOOR_TRY(base::make_folders(folder + "/" + made, 0700));
    {
        SHOWFLOOR_ASSIGN(auto copy, database::Connection::open(part.path()));
        SHOWFLOOR_TRY(renew(copy, folder, random, now));
    }
    std::error_code error;
    fs::rename(part.path(), folder + "/central.db", error);
    if (error) return base::fail("The restored database cannot be put in its place.");
    return {};
}

}  // namespace showfloor::central
