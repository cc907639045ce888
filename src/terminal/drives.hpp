#pragma once
// The removable drive that somebody put in, for papers they want to take along.
// Thread contract: any thread, but never the UI's: it looks at the disk.

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace showfloor::terminal {

// True when `folder` is the root of another file system than the one it hangs in.
[[nodiscard]] bool is_mounted(const std::string& folder);

// The first mounted folder that can be written to, at most two levels below `roots`, where desktops
// and udisks mount drives (/media/NAME, /media/USER/NAME, /run/media/USER/NAME); else nothing.
[[nodiscard]] std::optional<std::string> removable_drive(
    const std::vector<std::string>& roots = {"/media", "/run/media"},
    const std::function<bool(const std::string&)>& mounted = &is_mounted);

}  // namespace showfloor::terminal
