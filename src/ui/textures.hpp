#pragma once
// Pictures on the graphics side. A screen names a picture by a number of its own (hash of file and
// size) and asks for it every frame it shows; what was not shown longest goes first.
// Thread contract: UI thread; pixels come from anywhere as plain bytes.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>

namespace showfloor::ui {

using TextureId = std::uint64_t;  // 0 = none
using PictureKey = std::uint64_t;

struct Picture {
    TextureId texture = 0;
    int width = 0, height = 0;
    [[nodiscard]] bool ready() const { return texture != 0; }
};

// Who really makes textures; OpenGL in the window, counting in tests.
class TextureMaker {
   public:
    virtual ~TextureMaker() = default;
    // `rgba` is width*height*4 bytes, straight alpha. Returns 0 when the machine has no more room.
    virtual TextureId make(int width, int height, std::span<const std::uint8_t> rgba) = 0;
    virtual void free(TextureId texture) = 0;
    // What has just been drawn, rows from below; 0 where there is nothing to copy.
    virtual TextureId snapshot(int, int) { return 0; }
};

class Textures {
   public:
    Textures(TextureMaker& maker, std::size_t max_bytes, std::size_t max_upload_per_frame);
    ~Textures();
    Textures(const Textures&) = delete;
    Textures& operator=(const Textures&) = delete;

    // The picture when it is here; marks it as shown in this frame.
    Picture find(PictureKey key);
    // True when an upload of this size still fits into this frame. The first always does.
    [[nodiscard]] bool may_upload(int width, int height) const;
    // Uploads with mipmaps and frees what was not shown longest. Not ready when the size is no
    // picture's, the bytes do not match it, or this frame's budget is spent (ask again next frame).
    Picture upload(PictureKey key, int width, int height, std::span<const std::uint8_t> rgba);
    void forget(PictureKey key);

    // Large pictures that have not been shown for a while go here.
    void begin_frame();
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

   private:
    struct Entry {
        Picture picture;
        std::size_t bytes = 0;
        std::uint64_t shown_in = 0;
    };
    void make_room(std::size_t bytes);

    TextureMaker& maker_;
    std::size_t max_bytes_, max_upload_;
    std::size_t bytes_ = 0, uploaded_ = 0;
    std::uint64_t frame_ = 0;
    std::unordered_map<PictureKey, Entry> entries_;
};

}  // namespace showfloor::ui
