#pragma once
// Small files, whole. Thread contract: any thread; callers keep the UI thread out.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace showfloor::base {

// The whole file. kNotFound when it is not there; kTooLarge over max_bytes.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes);

// Either the old content or the new one stays on disk, never a mixture: written beside, fsync,
// renamed, folder fsync. `mode` is the file's permission (0600 for keys). kDiskFull when no room.
Result<void> write_file(const std::string& path, std::string_view content, unsigned mode = 0644);

// Makes the folder and its parents with `mode`; existing is fine.
Result<void> make_folders(const std::string& path, unsigned mode = 0755);

}  // namespace showfloor::base
