#pragma once
// Backup: everything of a data folder as one file: a SQLite database that also holds the keys and
// blobs, in table backup_file. It is as secret as the folder itself (mode 0600).
// Thread contract: the calling thread; central may run during a backup, never during a restore.

#include <string>

#include "base/random.hpp"
#include "base/result.hpp"
#include "central/store.hpp"

namespace showfloor::central {

// Either the whole backup stands at `to` or what stood there before. An existing one is replaced.
base::Result<void> back_up(Store& store, const std::string& to);

// Makes the data folder `folder` out of a backup, with a new epoch: terminals notice, take a
// snapshot, and send again what the backup does not know. kRefused "data_used" when a dealership is
// in the folder, kDamaged when the file is no whole backup.
base::Result<void> restore(const std::string& from, const std::string& folder, base::Random& random,
                           base::UtcMs now);

}  // namespace showfloor::central
