#pragma once
// The dealer's own pictures for Attract: JPEG and PNG files in DIR/media, told apart by their
// shape. Thread contract: pure functions over files; never on the UI thread.

#include <string>
#include <string_view>
#include <vector>

namespace showfloor::terminal {

struct Media {
    std::string name;  // "media/summer.jpg": what PictureStore knows it by
    int width = 0, height = 0;

    [[nodiscard]] bool upright() const { return height > width; }
};
inline constexpr std::size_t kMostMedia = 50;

// Pictures that can be shown, by name; others are left out and logged.
[[nodiscard]] std::vector<Media> list_media(const std::string& folder);
// "media/<file>" without any way out of the folder.
[[nodiscard]] bool is_media_name(std::string_view name);

}  // namespace showfloor::terminal
