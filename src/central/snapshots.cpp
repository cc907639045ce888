#include "central/snapshots.hpp"

#include <algorithm>
#include <filesystem>

#include "base/file.hpp"
#include "central/feed.hpp"
#include "crypto/hash.hpp"
#include "net/gzip.hpp"
#include "protocol/sealing.hpp"
#include "storage/schema.hpp"
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

base::Result<std::int64_t> write_rows(const std::string& epoch,
                                      const std::vector<std::string>& scopes,
                                      storage::SnapshotWriter& writer) {
    SHOWFLOOR_ASSIGN(const auto head,
                     writer.central_value("SELECT CAST(value AS INTEGER) FROM "
                                          "central.central_value WHERE name = 'feed_head'"));
    const auto* cursor = std::get_if<std::int64_t>(&head);
    for (const domain::Description* record : storage::records_of(storage::Flavour::kSnapshot)) {
        SHOWFLOOR_TRY(writer.add_selected(
            *record,
            "SELECT id FROM central.feed WHERE record = ?1 AND gone = 0 AND scope IN (?2, ?3, ?4)",
            {std::string(record->name), scopes[0], scopes[1], scopes[2]}));
    }
    const std::int64_t up_to = cursor == nullptr ? 0 : *cursor;
    SHOWFLOOR_TRY(writer.finish({epoch, up_to}));
    return up_to;
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
        SHOWFLOOR_ASSIGN(auto writer, storage::SnapshotWriter::create(plain_path, sealer,
                                                                      store_.database_path()));
        SHOWFLOOR_ASSIGN(
            snapshot.cursor,
            write_rows(store_.epoch(), scopes_of_terminal(terminal_id, branch_id), writer));
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
