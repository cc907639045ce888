#include "central/blobs.hpp"

#include <algorithm>
#include <filesystem>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "crypto/hash.hpp"
#include "domain/records.hpp"
#include "domain/records_goods.hpp"

namespace showfloor::central {

bool is_blob_name(std::string_view sha256) {
    return sha256.size() == 64 && std::all_of(sha256.begin(), sha256.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

std::string blob_path(const Store& store, std::string_view sha256) {
    SHOWFLOOR_CHECK(is_blob_name(sha256), "a blob's name is its hash");
    return store.folder() + "/blobs/" + std::string(sha256.substr(0, 2)) + "/" +
           std::string(sha256);
}

base::Result<std::string> save_blob(const Store& store, std::string_view content) {
    const std::string name = base::to_hex(crypto::sha256(content));
    const std::string path = blob_path(store, name);
    std::error_code ignored;
    if (std::filesystem::file_size(path, ignored) == content.size() && !ignored) return name;
    SHOWFLOOR_TRY(base::make_folders(std::filesystem::path(path).parent_path().string(), 0700));
    SHOWFLOOR_TRY(base::write_file(path, content, 0600));
    return name;
}

base::Result<void> note_blob(database::Connection& connection, const BlobInfo& info,
                             base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare(
                         "INSERT INTO blob (sha256, bytes, media_type, is_public, branch_id, "
                         "added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (sha256) DO UPDATE "
                         "SET is_public = max(is_public, excluded.is_public)"));
    statement.bind(1, info.sha256).bind(2, info.bytes).bind(3, info.media_type);
    statement.bind(4, std::int64_t{info.is_public ? 1 : 0});
    if (!info.branch_id.is_nil()) statement.bind(5, info.branch_id.to_string());
    statement.bind(6, now);
    return statement.run();
}

base::Result<void> publish_blobs(database::Connection& connection,
                                 const std::vector<domain::Change>& changes) {
    const auto publish = [&connection](const std::string& sha256) -> base::Result<void> {
        if (sha256.empty()) return {};
        SHOWFLOOR_ASSIGN(auto statement,
                         connection.prepare("UPDATE blob SET is_public = 1 WHERE sha256 = ?1"));
        statement.bind(1, sha256);
        return statement.run();
    };
    for (const domain::Change& change : changes) {
        if (change.record == &domain::describe<domain::CarImage>()) {
            const auto image = domain::from_row<domain::CarImage>(change.after);
            if (!image) return image.error();
            SHOWFLOOR_TRY(publish(image->sha256));
            SHOWFLOOR_TRY(publish(image->sha256_medium));
            SHOWFLOOR_TRY(publish(image->sha256_small));
        } else if (change.record == &domain::describe<domain::Branch>()) {
            const auto branch = domain::from_row<domain::Branch>(change.after);
            if (branch) SHOWFLOOR_TRY(publish(branch->logo));
        } else if (change.record == &domain::describe<domain::Product>()) {
            const auto product = domain::from_row<domain::Product>(change.after);
            if (product) SHOWFLOOR_TRY(publish(product->image));
        } else if (change.record == &domain::describe<domain::User>()) {
            const auto user = domain::from_row<domain::User>(change.after);
            if (user) SHOWFLOOR_TRY(publish(user->image));
        }
    }
    return {};
}

base::Result<std::optional<BlobInfo>> find_blob(database::Connection& connection,
                                                std::string_view sha256) {
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare("SELECT bytes, media_type, is_public, branch_id FROM blob "
                                        "WHERE sha256 = ?1"));
    statement.bind(1, std::string(sha256));
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    if (!found) return std::optional<BlobInfo>();
    BlobInfo info;
    info.sha256 = sha256;
    info.bytes = statement.integer(0);
    info.media_type = statement.text(1);
    info.is_public = statement.integer(2) != 0;
    info.branch_id = base::Uuid::parse(statement.text(3)).value_or(base::Uuid{});
    return std::optional<BlobInfo>(std::move(info));
}

std::string_view media_type_of(std::string_view content) {
    if (content.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
    if (content.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
    if (content.starts_with("GIF8")) return "image/gif";
    if (content.starts_with("%PDF-")) return "application/pdf";
    if (content.size() > 12 && content.starts_with("RIFF") && content.substr(8, 4) == "WEBP")
        return "image/webp";
    return "application/octet-stream";
}

}  // namespace showfloor::central
