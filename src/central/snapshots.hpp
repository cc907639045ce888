#pragma once
// Snapshots: one terminal's scope as a gzipped SQLite file, made on demand and kept for a few
// minutes: the terminal pulls on from its cursor, so an old one is as good as a new one, and a
// broken download finds the same bytes again. Thread contract: every call from any thread; one
// snapshot is made at a time.

#include <map>
#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "central/store.hpp"
#include "crypto/seal.hpp"

namespace showfloor::central {

struct Snapshot {
    std::string path;         // gzip of the SQLite file
    std::string sha256;       // of the uncompressed file, hex
    std::string packed_hash;  // of the gzip, hex: the ETag
    std::int64_t cursor = 0;
    crypto::Key256 key;  // personal fields in it are sealed with it; memory only
    base::UtcMs made_at = 0;
};

class Snapshots {
   public:
    Snapshots(Store& store, base::Random& random);

    base::Result<Snapshot> get(const base::Uuid& terminal_id, const base::Uuid& branch_id,
                               base::UtcMs now);

   private:
    base::Result<Snapshot> make(const base::Uuid& terminal_id, const base::Uuid& branch_id,
                                base::UtcMs now);

    Store& store_;
    base::Random& random_;
    std::mutex mutex_;
    std::map<base::Uuid, Snapshot> kept_;
};

}  // namespace showfloor::central
