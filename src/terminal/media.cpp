#include "terminal/media.hpp"

#include <algorithm>
#include <filesystem>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "imaging/probe.hpp"
#include "terminal/limits.hpp"

namespace showfloor::terminal {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kBegin = "media/";

}  // namespace

bool is_media_name(std::string_view name) {
    return name.starts_with(kBegin) && name.size() > kBegin.size() &&
           name.find('/', kBegin.size()) == std::string_view::npos && name[kBegin.size()] != '.';
}

std::vector<Media> list_media(const std::string& folder) {
    std::vector<Media> all;
    std::error_code problem;
    std::vector<std::string> files;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end;
         it.increment(problem))
        if (it->is_regular_file(problem)) files.push_back(it->path().filename().string());
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) {
        if (all.size() >= kMostMedia) break;
        const std::string name = std::string(kBegin) + file;
        if (!is_media_name(name)) continue;
        const auto bytes = base::read_file(folder + "/" + file, kMaxPictureFile);
        const auto info = bytes ? imaging::probe(base::as_bytes(*bytes))
                                : base::Result<imaging::ImageInfo>(bytes.error());
        if (!info) {
            base::log(base::LogLevel::kWarning, "media_left_out",
                      {{"file", file}, {"reason", info.error().message}});
            continue;
        }
        all.push_back({name, info->width, info->height});
    }
    return all;
}

}  // namespace showfloor::terminal
