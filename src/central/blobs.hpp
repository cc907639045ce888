#pragma once
// Blobs: pictures and documents by their SHA-256, as files in DIR/blobs/<first two>/<hash>, named
// in table blob. Public ones (cars, logos, faces) anybody may fetch; private ones (proofs, papers)
// belong to a branch. Content never changes under its name.
// Thread contract: every call from any thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "central/store.hpp"
#include "domain/world.hpp"

namespace showfloor::central {

struct BlobInfo {
    std::string sha256;
    std::int64_t bytes = 0;
    std::string media_type;
    bool is_public = false;
    base::Uuid branch_id;  // of a private one; nil = nobody's branch
};

// Lower-case hex of 64 digits, nothing else: also what keeps paths inside the folder.
[[nodiscard]] bool is_blob_name(std::string_view sha256);
[[nodiscard]] std::string blob_path(const Store& store, std::string_view sha256);

// Writes the file when it is not there yet; answers its name. The row comes with note_blob. A file
// without a row is harmless, a row without a file is not: hence this order.
base::Result<std::string> save_blob(const Store& store, std::string_view content);
// In a writing transaction. A blob once public stays public.
base::Result<void> note_blob(database::Connection& connection, const BlobInfo& info,
                             base::UtcMs now);
// Pictures that cars, branches and people show become public with the change that shows them.
base::Result<void> publish_blobs(database::Connection& connection,
                                 const std::vector<domain::Change>& changes);
// nullopt when it is not known.
base::Result<std::optional<BlobInfo>> find_blob(database::Connection& connection,
                                                std::string_view sha256);
// "image/jpeg", "image/png", "application/pdf" ... by the first bytes; "application/octet-stream".
[[nodiscard]] std::string_view media_type_of(std::string_view content);

}  // namespace showfloor::central
