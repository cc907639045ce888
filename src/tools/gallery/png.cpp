// PNG for the gallery's pictures of itself.

#include "tools/gallery/pages.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb/stb_image_write.h>
#pragma GCC diagnostic pop

namespace gallery {

bool write_png(const std::string& path, const showfloor::ui::Screenshot& shot) {
    return stbi_write_png(path.c_str(), shot.width, shot.height, 4, shot.rgba.data(),
                          shot.width * 4) != 0;
}

}  // namespace gallery
