// Where a paper goes that somebody wants to take along.

#include "terminal/drives.hpp"

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "support/fresh_folder.hpp"

using namespace showfloor;

TEST_CASE("drive: the one that is mounted, at either level; a plain folder is none") {
    const testing::FreshFolder folder;
    for (const char* each : {"media/amina/STICK", "media/backup", "run/old"})
        REQUIRE(base::make_folders(folder / each, 0700).ok());
    const std::vector<std::string> roots = {folder / "nowhere", folder / "media", folder / "run"};
    std::string drive;
    const auto mounted = [&](const std::string& place) { return place == drive; };
    CHECK_FALSE(terminal::removable_drive(roots, mounted).has_value());
    for (const char* each : {"media/amina/STICK", "media/backup", "run/old"}) {
        drive = folder / each;
        CHECK(terminal::removable_drive(roots, mounted) == drive);
    }
    // Nothing here is a file system of its own.
    CHECK_FALSE(terminal::removable_drive(roots).has_value());
    CHECK(terminal::is_mounted("/proc"));
    CHECK_FALSE(terminal::is_mounted(folder / "media"));
    CHECK_FALSE(terminal::is_mounted(folder / "not there"));
}
