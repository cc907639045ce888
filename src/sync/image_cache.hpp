#pragma once
// ImageCache: blobs on disk by SHA-256: FOLDER/ab/abcd... for what central has, FOLDER/own/ for
// what was made here and is not there yet. Checked on arrival. What was shown least recently goes
// first when the bound is reached; own pictures never.
// Thread contract: the engine's thread; path_in() from any thread (image workers read files).

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"
#include "sync/limits.hpp"

namespace showfloor::sync {

class ImageCache {
   public:
    // Makes the folder, lists what is there, removes what was left unfinished.
    static base::Result<std::unique_ptr<ImageCache>> open(
        const std::string& folder, std::int64_t most_bytes = kImageCacheBytes);

    // 64 lower-case hex digits: nothing else ever becomes part of a path.
    [[nodiscard]] static bool is_hash(std::string_view text);
    // Where the blob lies when it is here; own ones first. Empty when it is not.
    [[nodiscard]] static std::string path_in(const std::string& folder, std::string_view sha256);

    [[nodiscard]] bool has(std::string_view sha256) const;
    // Stores after checking. kDamaged when the bytes are others; kDiskFull when there is no room.
    base::Result<void> put(std::string_view sha256, std::string_view bytes);
    // Stores a picture made here; its SHA-256. Kept until sent_own().
    base::Result<std::string> put_own(std::string_view bytes);
    base::Result<std::string> read_own(std::string_view sha256) const;
    base::Result<void> sent_own(std::string_view sha256);  // central has it: an ordinary blob now
    void shown(std::string_view sha256);                   // somebody looks at it: goes last

    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(blobs_.size()); }
    [[nodiscard]] std::int64_t bytes() const { return bytes_; }
    [[nodiscard]] const std::string& folder() const { return folder_; }

   private:
    struct Blob {
        std::int64_t bytes = 0;
        std::list<std::string>::iterator place;
    };
    ImageCache(std::string folder, std::int64_t most_bytes);
    base::Result<void> list_folder();
    void add(const std::string& sha256, std::int64_t bytes);
    void make_room();

    std::string folder_;
    std::int64_t most_bytes_;
    std::int64_t bytes_ = 0;
    std::list<std::string> order_;  // least recently shown first
    std::unordered_map<std::string, Blob> blobs_;
};

}  // namespace showfloor::sync
