#pragma once
// Archive: everything a dealer owns as files anybody can read (schema/README.md, "The full
// export"), and back into an empty central.
//
//   DIR/manifest.json          format, version, and of each file: rows and SHA-256
//   DIR/records/<record>.jsonl one JSON object a line, the fields of the record's description
//   DIR/tables/<table>.jsonl   what central keeps beside them: password hashes, number series, ...
//   DIR/blobs/xx/<sha256>      pictures, proofs, papers
//
// Thread contract: a call belongs to one thread; an import wants the folder for itself (ServeLock).

#include <functional>
#include <string>

#include "base/json.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "central/store.hpp"

namespace showfloor::central {

struct ArchiveCount {
    std::int64_t rows = 0, blobs = 0;
};
using ArchiveProgress = std::function<void(const std::string& file, std::int64_t rows)>;

// As of one moment, while others write. kRefused "folder_used" when `to` holds anything.
base::Result<ArchiveCount> write_archive(Store& store, const std::string& to, base::UtcMs now,
                                         const ArchiveProgress& progress = {});

// True when the folder has a manifest.
[[nodiscard]] bool is_archive(const std::string& folder);

// Into a central that holds nothing but the administrator `init` made, who is replaced. Every file
// is checked against the manifest before the first row is written; one transaction, so it is all
// there or nothing is. kRefused "not_empty"; kDamaged naming the file (and line) that is wrong.
base::Result<ArchiveCount> read_archive(Store& store, const std::string& from,
                                        const ArchiveProgress& progress = {});

}  // namespace showfloor::central
