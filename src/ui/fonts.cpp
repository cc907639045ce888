#include "ui/fonts.hpp"

#include <ft2build.h>
#include <imgui.h>
#include <imgui_internal.h>
#include FT_FREETYPE_H
#include FT_SIZES_H
#include <imgui_freetype.h>
#include <imgui_internal.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <optional>
#include <span>

#include "base/check.hpp"

namespace showfloor::ui {

namespace {

// Glyphs are drawn at twice the size and laid down at a half, so that letters may stand between
// pixels and words keep the rhythm the type designer gave them.
constexpr float kDensity = 2.0F;
// Noto's Arabic letters are small beside Inter at the same line height: their lines leave much air.
constexpr float kArabicSize = 1.63F;
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

// A font's file, mapped as long as the program runs: of its 250 KB a screen needs a few pages, and
// those are the system's to take back. Empty when it cannot be read.
std::span<std::uint8_t> mapped(const std::string& path) {
    static std::map<std::string, std::span<std::uint8_t>> files;
    const auto [known, fresh] = files.try_emplace(path);
    if (!fresh) return known->second;
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat facts {};
    if (file >= 0 && ::fstat(file, &facts) == 0 && facts.st_size > 0) {
        const auto size = static_cast<std::size_t>(facts.st_size);
        void* const at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
        if (at != MAP_FAILED) known->second = {static_cast<std::uint8_t*>(at), size};
    }
    if (file >= 0) ::close(file);
    return known->second;
}

// Dear ImGui copies and keeps the bytes it is given. This loader is FreeType's, but it goes back to
// the bytes that were given.
std::span<std::uint8_t> g_given;

bool begin_source(ImFontAtlas* atlas, ImFontConfig* source) {
    if (source->FontDataOwnedByAtlas && source->FontData != g_given.data()) {
        ImGui::MemFree(source->FontData);
        source->FontData = g_given.data();
        source->FontDataOwnedByAtlas = false;
    }
    return ImGuiFreeType::GetFontLoader()->FontSrcInit(atlas, source);
}

const ImFontLoader* font_loader();  // below: letters keep their size

const ImFontLoader* loader_of_text() {
    static const ImFontLoader ours = [] {
        ImFontLoader loader = *font_loader();
        loader.FontSrcInit = begin_source;
        return loader;
    }();
    return &ours;
}

// Dear ImGui keeps a table of all letters below the highest, for every size: it knows icons by low
// numbers.
const ImFontLoader* loader_of_icons() {
    static const ImFontLoader ours = [] {
        ImFontLoader loader = *loader_of_text();
        loader.FontSrcContainsGlyph = [](ImFontAtlas* atlas, ImFontConfig* source, ImWchar icon) {
            return ImGuiFreeType::GetFontLoader()->FontSrcContainsGlyph(atlas, source,
                                                                        icon + Fonts::kIconsBelow);
        };
        loader.FontBakedLoadGlyph = [](ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked,
                                       void* data, ImWchar icon, ImFontGlyph* glyph,
                                       float* advance) {
            return font_loader()->FontBakedLoadGlyph(atlas, source, baked, data,
                                                     icon + Fonts::kIconsBelow, glyph, advance);
        };
        return loader;
    }();
    return &ours;
}

// nullptr when it is no font.
ImFont* add(ImFontAtlas& atlas, std::span<std::uint8_t> bytes, float size,
            const ImFontLoader* loader, bool merged = false) {
    if (bytes.empty()) return nullptr;
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    config.FontLoader = loader;
    config.MergeMode = merged;
    g_given = bytes;
    return atlas.AddFontFromMemoryTTF(bytes.data(), static_cast<int>(bytes.size()), size, &config);
}

std::optional<float> line_per_em(std::span<const std::uint8_t> bytes) {
    FT_Library library = nullptr;
    if (bytes.empty() || FT_Init_FreeType(&library) != 0) return std::nullopt;
    std::optional<float> ratio;
    FT_Face face = nullptr;
    if (FT_New_Memory_Face(library, bytes.data(), static_cast<FT_Long>(bytes.size()), 0, &face) ==
        0) {
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
    atlas.TexDesiredFormat = ImTextureFormat_Alpha8;
    // Dear ImGui's own lines and cursors are not used.
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
    Fonts fonts;
    for (std::size_t i = 0; i < kInter.size(); ++i) {
        const auto inter = find_font(root, kInter[i], {"opentype/inter", "truetype/inter"});
        if (!inter) return missing(kInter[i], "fonts-inter");
        const char* arabic_file = i < 2 ? "NotoSansArabic-Regular.ttf" : "NotoSansArabic-Bold.ttf";
        const auto arabic = find_font(root, arabic_file, {"truetype/noto"});
        if (!arabic) return missing(arabic_file, "fonts-noto-core");
        const auto ratio = line_per_em(mapped(*inter));
        Face& face = fonts.text_.at(i);
        face.font = ratio ? add(atlas, mapped(*inter), kReferenceSize, loader_of_text()) : nullptr;
        if (face.font == nullptr) return missing(kInter[i], "fonts-inter");
        face.line_per_em = *ratio;
        if (add(atlas, mapped(*arabic), kReferenceSize * kArabicSize, loader_of_text(), true) ==
            nullptr)
            return missing(arabic_file, "fonts-noto-core");
    }
    const std::string icon_file = "MaterialIcons-Regular.ttf";
    const auto icons = find_font(root, icon_file, {"truetype/material-design-icons-iconfont"});
    const auto ratio = icons ? line_per_em(mapped(*icons)) : std::nullopt;
    if (!ratio) return missing(icon_file, "fonts-material-design-icons-iconfont");
    fonts.icons_.font = add(atlas, mapped(*icons), kReferenceSize, loader_of_icons());
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
