#include "documents/outlines.hpp"

#include "base/file.hpp"
#include "documents/limits.hpp"

#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC
#include <stb/stb_truetype.h>

namespace showfloor::documents {

struct Outlines::Font {
    std::string bytes;
    stbtt_fontinfo info{};
    float scale = 0;  // 0 for a file that cannot be read
};

Outlines::Outlines(std::string path) : path_(std::move(path)) {}
Outlines::Outlines(Outlines&&) noexcept = default;
Outlines::~Outlines() = default;

text::Ink Outlines::ink(char32_t letter, bool behind) {
    if (!font_) {
        font_ = std::make_unique<Font>();
        if (auto bytes = base::read_file(path_, kMaxFontBytes)) {
            font_->bytes = std::move(bytes).value();
            const auto* data = reinterpret_cast<const unsigned char*>(font_->bytes.data());
            constexpr float kUnitsPerEm = 1000;
            if (stbtt_InitFont(&font_->info, data, 0) != 0)
                font_->scale = stbtt_ScaleForMappingEmToPixels(&font_->info, kUnitsPerEm);
        }
    }
    int left = 0, bottom = 0, right = 0, top = 0, advance = 0, bearing = 0;
    const auto code = static_cast<int>(letter);
    if (font_->scale <= 0 ||
        stbtt_GetCodepointBox(&font_->info, code, &left, &bottom, &right, &top) == 0)
        return {};
    if (behind) stbtt_GetCodepointHMetrics(&font_->info, code, &advance, &bearing);
    const auto scaled = [&](int units) { return static_cast<float>(units) * font_->scale; };
    return {scaled(left - advance), scaled(bottom), scaled(right - advance), scaled(top)};
}

}  // namespace showfloor::documents
