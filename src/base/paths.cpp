#include "base/paths.hpp"

#include <cstdlib>
#include <filesystem>

namespace showfloor::base {

namespace fs = std::filesystem;

Result<std::string> asset_folder() {
    std::error_code problem;
    if (const char* set = std::getenv("SHOWFLOOR_ASSETS"); set != nullptr && *set != '\0') {
        if (fs::is_directory(fs::path(set) / "themes", problem)) return std::string(set);
        return fail(ErrorKind::kNotFound,
                    std::string("SHOWFLOOR_ASSETS names ") + set + ", which has no themes folder.");
    }
    const fs::path program = fs::read_symlink("/proc/self/exe", problem).parent_path();
    const fs::path installed = program / "../share/showfloor/assets";
    if (fs::is_directory(installed / "themes", problem))
        return fs::weakly_canonical(installed).string();
    // Up from the program: build/bin, build/asan/bin and the like stand below the checkout.
    fs::path up = program;
    for (int levels = 0; levels < 5 && up.has_parent_path(); ++levels) {
        up = up.parent_path();
        if (fs::is_directory(up / "assets" / "themes", problem)) return (up / "assets").string();
    }
#ifdef SHOWFLOOR_SOURCE_ASSETS
    if (fs::is_directory(fs::path(SHOWFLOOR_SOURCE_ASSETS) / "themes", problem))
        return std::string(SHOWFLOOR_SOURCE_ASSETS);
#endif
    return fail(ErrorKind::kNotFound, "The assets folder (themes, strings, demo) is neither at " +
                                          installed.lexically_normal().string() +
                                          " nor in a checkout above the program; set "
                                          "SHOWFLOOR_ASSETS to it.");
}

}  // namespace showfloor::base
