#include "central/snapshots.hpp"

#include <algorithm>
#include <filesystem>

#include "base/file.hpp"
#include "central/feed.hpp"
#include "crypto/hash.hpp"
#include "database/transaction.hpp"
#include "net/gzip.hpp"
#include "protocol/sealing.hpp"
#include "storage/snapshot.hpp"

namespace showfloor::central {

namespace {

// The largest scope we ship: 200,000 cars.
constexpr std::size_t kMaxSnapshotBytes = 1024UL * 1024 * 1024;

class TransferSealer final : public storage::Sealer {
   public:
    TransferSealer(const crypto::Key256& key, base::Random& random) : key_(key), random_(random) {}

    [[nodiscard]] base::Result<base::Bytes> seal(std::string_view table, std::string_view id,
                                                 std::string_view plaintext) const override {
        return protocol::seal_value(key_, table, id, plaintext, random_);
    }
    [[nodiscard]] base::Result<std::string> open(
        std::string_view table, std::string_view id,
        std::span<const std::uint8_t> sealed) const override {
        return protocol::open_value(key_, table, id, sealed);
    }
    [[nodiscard]] base::Result<base::Bytes> lookup_key(std::string_view field,
                                                       std::string_view value) const override {
        return protocol::lookup_key(key_, field, value);
    }

   private:
    const crypto::Key256& key_;
    base::Random& random_;
};

base::Result<std::int64_t> write_rows(database::Connection& connection, const std::string& epoch,
                                      const std::vector<std::string>& scopes,
                                      storage::SnapshotWriter& writer) {
    SHOWFLOOR_ASSIGN(auto reading,
                     database::Transaction::begin(connection, database::Transaction::Kind::kRead));
    SHOWFLOOR_ASSIGN(const std::int64_t cursor, feed_head(connection));
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare("SELECT DISTINCT record, id FROM feed WHERE gone = 0 AND "
                                        "scope IN (?1, ?2, ?3) ORDER BY record, id"));
    statement.bind(1, scopes[0]).bind(2, scopes[1]).bind(3, scopes[2]);
    for (;;) {
        SHOWFLOOR_ASSIGN(const bool more, statement.step());
        if (!more) break;
        const domain::Description* record = domain::find_record(statement.text(0));
        const auto id = base::Uuid::parse(statement.text(1));
        if (record != nullptr && id) SHOWFLOOR_TRY(writer.add_from(connection, *record, *id));
    }
    SHOWFLOOR_TRY(writer.finish({epoch, cursor}));
    return cursor;
}

}  // namespace

Snapshots::Snapshots(Store& store, base::Random& random) : store_(store), random_(random) {}

base::Result<Snapshot> Snapshots::get(const base::Uuid& terminal_id, const base::Uuid& branch_id,
                                      base::UtcMs now) {
    const std::lock_guard lock(mutex_);
    const auto known = kept_.find(terminal_id);
    if (known != kept_.end() && now - known->second.made_at < kSnapshotKeptMs &&
        std::filesystem::exists(known->second.path))
        return known->second;
    if (known == kept_.end() && kept_.size() >= kMaxSnapshots) {
        const auto oldest = std::min_element(
            kept_.begin(), kept_.end(),
            [](const auto& a, const auto& b) { return a.second.made_at < b.second.made_at; });
        std::error_code ignored;
        std::filesystem::remove(oldest->second.path, ignored);
        kept_.erase(oldest);
    }
    SHOWFLOOR_ASSIGN(auto made, make(terminal_id, branch_id, now));
    kept_[terminal_id] = made;
    return made;
}

base::Result<Snapshot> Snapshots::make(const base::Uuid& terminal_id, const base::Uuid& branch_id,
                                       base::UtcMs now) {
    Snapshot snapshot;
    snapshot.made_at = now;
    snapshot.key = crypto::Key256::random(random_);
    snapshot.path = store_.folder() + "/snapshots/" + terminal_id.to_string() + ".sqlite.gz";
    const std::string plain_path = store_.folder() + "/snapshots/" + terminal_id.to_string();
    const TransferSealer sealer(snapshot.key, random_);
    {
        SHOWFLOOR_ASSIGN(auto reader, store_.reader());
        SHOWFLOOR_ASSIGN(auto writer, storage::SnapshotWriter::create(plain_path, sealer));
        SHOWFLOOR_ASSIGN(snapshot.cursor,
                         write_rows(reader.connection(), store_.epoch(),
                                    scopes_of_terminal(terminal_id, branch_id), writer));
    }
    SHOWFLOOR_ASSIGN(const std::string plain, base::read_file(plain_path, kMaxSnapshotBytes));
    std::error_code ignored;
    std::filesystem::remove(plain_path, ignored);
    snapshot.sha256 = base::to_hex(crypto::sha256(plain));
    const std::string packed = net::gzip(plain);
    snapshot.packed_hash = base::to_hex(crypto::sha256(packed));
    SHOWFLOOR_TRY(base::write_file(snapshot.path, packed, 0600));
    return snapshot;
}

}  // namespace showfloor::central
