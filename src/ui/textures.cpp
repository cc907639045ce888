#include "ui/textures.hpp"

#include <algorithm>

#include "ui/limits.hpp"

namespace showfloor::ui {

namespace {

// What a picture takes with its mipmaps: a third more.
std::size_t cost(int width, int height) {
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    return pixels * 4 + pixels * 4 / 3;
}

}  // namespace

Textures::Textures(TextureMaker& maker, std::size_t max_bytes, std::size_t max_upload_per_frame)
    : maker_(maker), max_bytes_(max_bytes), max_upload_(max_upload_per_frame) {}

Textures::~Textures() {
    for (const auto& [key, entry] : entries_)
        maker_.free(entry.picture.texture);
}

Picture Textures::find(PictureKey key) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return {};
    found->second.shown_in = frame_;
    return found->second.picture;
}

bool Textures::may_upload(int width, int height) const {
    return uploaded_ == 0 || uploaded_ + cost(width, height) <= max_upload_;
}

Picture Textures::upload(PictureKey key, int width, int height,
                         std::span<const std::uint8_t> rgba) {
    if (width <= 0 || height <= 0 || width > kMaxTextureSide || height > kMaxTextureSide) return {};
    if (rgba.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4)
        return {};
    if (!may_upload(width, height)) return {};
    forget(key);
    const std::size_t bytes = cost(width, height);
    make_room(bytes);
    const TextureId texture = maker_.make(width, height, rgba);
    if (texture == 0) return {};
    uploaded_ += bytes;
    bytes_ += bytes;
    const Entry entry{{texture, width, height}, bytes, frame_};
    entries_.emplace(key, entry);
    return entry.picture;
}

void Textures::forget(PictureKey key) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return;
    maker_.free(found->second.picture.texture);
    bytes_ -= found->second.bytes;
    entries_.erase(found);
}

void Textures::begin_frame() {
    ++frame_;
    uploaded_ = 0;
    std::erase_if(entries_, [this](const auto& each) {
        const Entry& entry = each.second;
        if (entry.bytes < kLargeTextureBytes || entry.shown_in + kLargeTextureFrames >= frame_)
            return false;
        maker_.free(entry.picture.texture);
        bytes_ -= entry.bytes;
        return true;
    });
}

void Textures::make_room(std::size_t bytes) {
    while (!entries_.empty() && bytes_ + bytes > max_bytes_) {
        const auto oldest = std::min_element(
            entries_.begin(), entries_.end(),
            [](const auto& a, const auto& b) { return a.second.shown_in < b.second.shown_in; });
        // What is drawn in this very frame stays: the budget may be passed for one screen.
        if (oldest->second.shown_in == frame_) return;
        forget(oldest->first);
    }
}

}  // namespace showfloor::ui
