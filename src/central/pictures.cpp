#include "central/pictures.hpp"

#include <filesystem>

#include "base/encoding.hpp"
#include "central/blobs.hpp"

namespace showfloor::central {

base::Result<base::Json> keep_picture(const Store& store, const imaging::Prepared& prepared) {
    base::Json picture = {
        {"width", prepared.width}, {"height", prepared.height}, {"blurhash", prepared.blurhash}};
    SHOWFLOOR_ASSIGN(picture["sha256"], save_blob(store, base::as_text(prepared.large_jpeg)));
    SHOWFLOOR_ASSIGN(picture["sha256_medium"],
                     save_blob(store, base::as_text(prepared.medium_jpeg)));
    SHOWFLOOR_ASSIGN(picture["sha256_small"], save_blob(store, base::as_text(prepared.small_jpeg)));
    return picture;
}

base::Result<void> note_picture(database::Connection& connection, const Store& store,
                                const base::Json& picture, base::UtcMs now) {
    for (const char* size : {"sha256", "sha256_medium", "sha256_small"}) {
        BlobInfo info;
        info.sha256 = picture.at(size).get<std::string>();
        info.media_type = "image/jpeg";
        info.is_public = true;
        std::error_code error;
        const auto bytes = std::filesystem::file_size(blob_path(store, info.sha256), error);
        if (error)
            return base::fail(base::ErrorKind::kDamaged, "A picture that was just saved is gone.");
        info.bytes = static_cast<std::int64_t>(bytes);
        SHOWFLOOR_TRY(note_blob(connection, info, now));
    }
    return {};
}

}  // namespace showfloor::central
