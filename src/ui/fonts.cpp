#include "ui/fonts.hpp"

#include <ft2build.h>
#include <imgui.h>
#include <imgui_internal.h>
#include FT_FREETYPE_H
#include FT_SIZES_H
#include <imgui_freetype.h>

#include <filesystem>
#include <optional>

#include "base/check.hpp"

namespace showfloor::ui {

namespace {

// Glyphs are drawn at twice the size and laid down at a half, so that letters may stand between
// pixels and words keep the rhythm the type designer gave them.
constexpr float kDensity = 2.0F;
// Noto's Arabic letters are small beside Inter at the same line height: their lines leave much air.
constexpr float kArabicSize = 1.5F;
constexpr float kReferenceSize = 24.0F;

// The first of the places a distribution may keep the file.
std::optional<std::string> find_font(const std::string& root, const std::string& file,
                                     std::initializer_list<const char*> folders) {
    for (const char* folder : folders) {
        const std::string path = root + "/" + folder + "/" + file;
        std::error_code ignored;
        if (std::filesystem::exists(path, ignored)) return path;
    }
    return std::nullopt;
}

std::optional<float> line_per_em(const std::string& path) {
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) != 0) return std::nullopt;
    std::optional<float> ratio;
    FT_Face face = nullptr;
    if (FT_New_Face(library, path.c_str(), 0, &face) == 0) {
        if (face->units_per_EM != 0)
            ratio = static_cast<float>(face->ascender - face->descender) /
                    static_cast<float>(face->units_per_EM);
        FT_Done_Face(face);
    }
    FT_Done_FreeType(library);
    return ratio;
}

// Dear ImGui's loader knows by its address which size of a face is active. When sizes that nobody
// used are thrown away the others move together, and one that comes to lie where the active one was
// got its next letters in that one's size. Here it is made active before every letter.
bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void* data,
                ImWchar letter, ImFontGlyph* glyph, float* advance) {
    FT_Activate_Size(*static_cast<FT_Size*>(data));
    return ImGuiFreeType::GetFontLoader()->FontBakedLoadGlyph(atlas, source, baked, data, letter,
                                                              glyph, advance);
}

const ImFontLoader* font_loader() {
    static const ImFontLoader loader = [] {
        ImFontLoader own = *ImGuiFreeType::GetFontLoader();
        SHOWFLOOR_CHECK(own.FontBakedSrcLoaderDataSize == sizeof(FT_Size),
                        "Dear ImGui keeps more of a size than FreeType's; see load_glyph");
        own.FontBakedLoadGlyph = load_glyph;
        return own;
    }();
    return &loader;
}

base::Error missing(const std::string& file, const char* package) {
    return base::fail(base::ErrorKind::kNotFound,
                      "The font " + file + " is missing: install the package " + package + ".");
}

}  // namespace

base::Result<Fonts> Fonts::load(const std::string& root) {
    static constexpr std::array<const char*, 4> kInter = {"Inter-Regular.otf", "Inter-Medium.otf",
                                                          "Inter-SemiBold.otf", "Inter-Bold.otf"};
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.SetFontLoader(font_loader());
    atlas.FontLoaderFlags = ImGuiFreeTypeLoaderFlags_NoHinting;
    // Dear ImGui's own lines and cursors are not used.
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
    Fonts fonts;
    for (std::size_t i = 0; i < kInter.size(); ++i) {
        const auto inter = find_font(root, kInter[i], {"opentype/inter", "truetype/inter"});
        if (!inter) return missing(kInter[i], "fonts-inter");
        const char* arabic_file = i < 2 ? "NotoSansArabic-Regular.ttf" : "NotoSansArabic-Bold.ttf";
        const auto arabic = find_font(root, arabic_file, {"truetype/noto"});
        if (!arabic) return missing(arabic_file, "fonts-noto-core");
        const auto ratio = line_per_em(*inter);
        Face& face = fonts.text_.at(i);
        face.font = ratio ? atlas.AddFontFromFileTTF(inter->c_str(), kReferenceSize) : nullptr;
        if (face.font == nullptr) return missing(kInter[i], "fonts-inter");
        face.line_per_em = *ratio;
        ImFontConfig merged;
        merged.MergeMode = true;
        if (atlas.AddFontFromFileTTF(arabic->c_str(), kReferenceSize * kArabicSize, &merged) ==
            nullptr)
            return missing(arabic_file, "fonts-noto-core");
    }
    const std::string icon_file = "MaterialIcons-Regular.ttf";
    const auto icons = find_font(root, icon_file, {"truetype/material-design-icons-iconfont"});
    const auto ratio = icons ? line_per_em(*icons) : std::nullopt;
    if (!ratio) return missing(icon_file, "fonts-material-design-icons-iconfont");
    fonts.icons_.font = atlas.AddFontFromFileTTF(icons->c_str(), kReferenceSize);
    fonts.icons_.line_per_em = *ratio;
    if (fonts.icons_.font == nullptr)
        return missing(icon_file, "fonts-material-design-icons-iconfont");
    return fonts;
}

ImFontBaked* Fonts::glyphs(Weight weight, float em_px) const {
    const Face& face = text_.at(static_cast<std::size_t>(weight));
    return face.font->GetFontBaked(em_px * face.line_per_em, kDensity);
}

ImFontBaked* Fonts::icons(float em_px) const {
    return icons_.font->GetFontBaked(em_px * icons_.line_per_em, kDensity);
}

}  // namespace showfloor::ui
