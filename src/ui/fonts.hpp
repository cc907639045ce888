#pragma once
// The fonts of the product, loaded from the system: Inter in four weights (Noto Sans Arabic joined
// to each) and the Material Design icons. Any size; glyphs are drawn into the atlas when first
// seen. Thread contract: UI thread, while a Dear ImGui context lives.

#include <array>
#include <string>

#include "base/result.hpp"
#include "ui/theme.hpp"

struct ImFont;
struct ImFontBaked;

namespace showfloor::ui {

class Fonts {
   public:
    // `root` is where fonts are installed ("/usr/share/fonts"). kNotFound names the package to
    // install. Needs the current Dear ImGui context.
    static base::Result<Fonts> load(const std::string& root);

    // Glyphs of the font at an em size in pixels. Rounded to what the rasteriser can do; the
    // difference is under 2 %.
    [[nodiscard]] ImFontBaked* glyphs(Weight weight, float em_px) const;
    // Knows an icon as its letter less kIconsBelow.
    static constexpr char32_t kIconsBelow = 0xD000;
    [[nodiscard]] ImFontBaked* icons(float em_px) const;

   private:
    struct Face {
        ImFont* font = nullptr;  // owned by the atlas of Dear ImGui
        float line_per_em = 1;   // Dear ImGui counts ascent + descent, typography counts the em
    };
    std::array<Face, 4> text_{};
    Face icons_{};
};

}  // namespace showfloor::ui
