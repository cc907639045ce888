#include "terminal/drives.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostFolders = 100;  // of one level; nobody puts in more

// In the order of their names, so that the same one is found again.
std::vector<std::string> folders_in(const std::string& root) {
    std::vector<std::string> folders;
    std::error_code problem;
    for (std::filesystem::directory_iterator at(root, problem), end; !problem && at != end;
         at.increment(problem)) {
        if (folders.size() == kMostFolders) break;
        if (at->is_directory(problem)) folders.push_back(at->path().string());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

}  // namespace

bool is_mounted(const std::string& folder) {
    struct stat own = {}, above = {};
    return ::stat(folder.c_str(), &own) == 0 && ::stat((folder + "/..").c_str(), &above) == 0 &&
           own.st_dev != above.st_dev;
}

std::optional<std::string> removable_drive(const std::vector<std::string>& roots,
                                           const std::function<bool(const std::string&)>& mounted) {
    for (const std::string& root : roots) {
        std::vector<std::string> places = folders_in(root);
        for (const std::string& user : folders_in(root))
            for (std::string& below : folders_in(user))
                places.push_back(std::move(below));
        for (const std::string& place : places)
            if (mounted(place) && ::access(place.c_str(), W_OK) == 0) return place;
    }
    return std::nullopt;
}

}  // namespace showfloor::terminal
