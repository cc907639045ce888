#include "sync/image_cache.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "crypto/hash.hpp"
#include "protocol/limits.hpp"

namespace showfloor::sync {

namespace {

namespace fs = std::filesystem;
using base::ErrorKind;

constexpr std::size_t kHashDigits = 64;
constexpr unsigned kPrivate = 0600;
constexpr unsigned kPrivateFolder = 0700;

std::string blob_path(const std::string& folder, std::string_view sha256) {
    return folder + "/" + std::string(sha256.substr(0, 2)) + "/" + std::string(sha256);
}

std::string own_path(const std::string& folder, std::string_view sha256) {
    return folder + "/own/" + std::string(sha256);
}

std::string hash_of(std::string_view bytes) {
    return base::to_hex(crypto::sha256(bytes));
}

base::Error not_a_hash() {
    return base::fail(ErrorKind::kInvalid, "A picture's name must be its SHA-256.");
}

}  // namespace

bool ImageCache::is_hash(std::string_view text) {
    return text.size() == kHashDigits && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

std::string ImageCache::path_in(const std::string& folder, std::string_view sha256) {
    if (!is_hash(sha256)) return {};
    std::error_code ignored;
    for (std::string path : {own_path(folder, sha256), blob_path(folder, sha256)}) {
        if (fs::is_regular_file(path, ignored)) return path;
    }
    return {};
}

ImageCache::ImageCache(std::string folder, std::int64_t most_bytes)
    : folder_(std::move(folder)), most_bytes_(most_bytes) {}

base::Result<std::unique_ptr<ImageCache>> ImageCache::open(const std::string& folder,
                                                           std::int64_t most_bytes) {
    std::unique_ptr<ImageCache> cache(new ImageCache(folder, most_bytes));
    SHOWFLOOR_TRY(base::make_folders(folder + "/own", kPrivateFolder));
    SHOWFLOOR_TRY(cache->list_folder());
    cache->make_room();
    return cache;
}

// The order of the last showing is not kept over a restart; the files' times come close enough.
base::Result<void> ImageCache::list_folder() {
    struct Found {
        std::string name;
        std::int64_t bytes;
        fs::file_time_type at;
    };
    std::vector<Found> found;
    std::error_code code;
    for (fs::recursive_directory_iterator it(folder_, code), end; !code && it != end;
         it.increment(code)) {
        if (it->is_directory(code)) {
            if (it->path().filename() == "own") it.disable_recursion_pending();
            continue;
        }
        const std::string name = it->path().filename().string();
        if (!is_hash(name)) {
            fs::remove(it->path(), code);  // left unfinished by a crash
            continue;
        }
        found.push_back(
            {name, static_cast<std::int64_t>(it->file_size(code)), it->last_write_time(code)});
    }
    if (code) {
        return base::fail("Cannot list the pictures in " + folder_ + " (" + code.message() + ").");
    }
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return a.at < b.at; });
    for (const Found& file : found)
        add(file.name, file.bytes);
    return {};
}

void ImageCache::add(const std::string& sha256, std::int64_t bytes) {
    order_.push_back(sha256);
    blobs_[sha256] = {bytes, std::prev(order_.end())};
    bytes_ += bytes;
}

void ImageCache::make_room() {
    while (bytes_ > most_bytes_ && !order_.empty()) {
        const std::string oldest = order_.front();
        std::remove(blob_path(folder_, oldest).c_str());
        bytes_ -= blobs_[oldest].bytes;
        blobs_.erase(oldest);
        order_.pop_front();
    }
}

bool ImageCache::has(std::string_view sha256) const {
    if (blobs_.contains(std::string(sha256))) return true;
    std::error_code ignored;
    return is_hash(sha256) && fs::is_regular_file(own_path(folder_, sha256), ignored);
}

base::Result<void> ImageCache::put(std::string_view sha256, std::string_view bytes) {
    if (!is_hash(sha256)) return not_a_hash();
    if (blobs_.contains(std::string(sha256))) return {};
    if (hash_of(bytes) != sha256) {
        return base::fail(ErrorKind::kDamaged, "A picture arrived damaged; it is fetched again.");
    }
    SHOWFLOOR_TRY(
        base::make_folders(folder_ + "/" + std::string(sha256.substr(0, 2)), kPrivateFolder));
    SHOWFLOOR_TRY(base::write_file(blob_path(folder_, sha256), bytes, kPrivate));
    add(std::string(sha256), static_cast<std::int64_t>(bytes.size()));
    make_room();
    return {};
}

base::Result<std::string> ImageCache::put_own(std::string_view bytes) {
    if (bytes.size() > protocol::kMaxBlobBytes) {
        return base::fail(ErrorKind::kTooLarge, "This picture is larger than can be sent.");
    }
    std::string sha256 = hash_of(bytes);
    SHOWFLOOR_TRY(base::write_file(own_path(folder_, sha256), bytes, kPrivate));
    return sha256;
}

base::Result<std::string> ImageCache::read_own(std::string_view sha256) const {
    if (!is_hash(sha256)) return not_a_hash();
    return base::read_file(own_path(folder_, sha256), protocol::kMaxBlobBytes);
}

base::Result<void> ImageCache::sent_own(std::string_view sha256) {
    SHOWFLOOR_ASSIGN(const std::string bytes, read_own(sha256));
    SHOWFLOOR_TRY(put(sha256, bytes));
    std::remove(own_path(folder_, sha256).c_str());
    return {};
}

void ImageCache::shown(std::string_view sha256) {
    const auto found = blobs_.find(std::string(sha256));
    if (found == blobs_.end()) return;
    order_.splice(order_.end(), order_, found->second.place);
}

}  // namespace showfloor::sync
