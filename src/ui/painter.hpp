#pragma once
// Draws shapes, pictures and text given in dp. The one place that knows pixels, Dear ImGui's draw
// lists and glyphs. Text is given as people write it; it is joined and put in visual order here.
// Thread contract: UI thread, between begin and end of a frame.

#include <string>
#include <string_view>
#include <vector>

#include "text/locale.hpp"
#include "ui/fonts.hpp"
#include "ui/geometry.hpp"
#include "ui/registry.hpp"
#include "ui/textures.hpp"
#include "ui/theme.hpp"

struct ImDrawList;
struct ImFontBaked;

namespace showfloor::ui {

// A text as it was drawn, and what colour lay under it: for the test of contrast.
struct DrawnText {
    std::string words;
    Color ink, ground;
};

class Painter {
   public:
    explicit Painter(const Fonts& fonts) : fonts_(&fonts) {}

    // Called by the stage: pixels of one dp, reading direction, where texts are reported.
    void begin(float scale, text::Direction direction, Registry& registry, TextureId soft_shadow);
    // Brings the layers together; nothing is drawn afterwards.
    void end();
    // Draws over the screen, without the caller's clip, until pop_layer(). Layers lie over each
    // other in their order, whenever they are drawn.
    void push_layer(Layer layer);
    void pop_layer();
    [[nodiscard]] Layer layer() const { return layer_; }
    [[nodiscard]] float scale() const { return scale_; }

    void fill(Rect rect, Color color, float radius = 0);
    void outline(Rect rect, Color color, float width, float radius = 0);
    void line(Point from, Point to, Color color, float width);
    void polyline(const std::vector<Point>& points, Color color, float width);
    void disc(Point centre, float radius, Color color);
    void ring(Point centre, float radius, Color color, float width);
    // The ground between a line and `base`, for charts.
    void area_under(const std::vector<Point>& points, float base, Color color);
    void fade(Rect rect, Color top, Color bottom);  // from the top colour down to the bottom one
    // The soft shadow of a card with this radius, to be drawn before the card.
    void shadow(Rect rect, float radius, Color color);
    // `part` is the piece of the picture to show, 0..1 on both axes.
    void image(TextureId texture, Rect rect, Rect part = {0, 0, 1, 1}, float radius = 0,
               float opacity = 1, bool only_top_corners = false);
    // The same with an upper and a lower edge that fade out over `soft` dp.
    void image_soft(TextureId texture, Rect rect, Rect part, float soft, float opacity = 1);

    // One line, cut with "…" when the rectangle is too narrow; centred down by its capitals.
    void text(Rect rect, std::string_view words, const TextStyle& style, Color color,
              Align align = Align::kStart);
    // The same on a baseline, never cut: for documents and charts.
    void text_at(Point baseline, std::string_view words, const TextStyle& style, Color color);
    // Lines of a paragraph from the top; returns the height they took.
    float paragraph(Rect rect, std::string_view words, const TextStyle& style, Color color,
                    Align align = Align::kStart, std::size_t max_lines = 0);
    void icon(Point centre, char32_t icon, float size, Color color);

    [[nodiscard]] float measure(std::string_view words, const TextStyle& style) const;
    [[nodiscard]] std::string cut_to(std::string_view words, const TextStyle& style,
                                     float width) const;
    // A word wider than a line goes on on the next; without `break_words` it stays one.
    [[nodiscard]] std::vector<std::string> wrap(std::string_view words, const TextStyle& style,
                                                float width, std::size_t max_lines = 0,
                                                bool break_words = true) const;
    [[nodiscard]] static float line_height(const TextStyle& style) { return style.size * 1.4F; }

    // Keeps every text of the frames from now on with its ground; nullptr keeps none. Pictures may
    // be of any colour: what stands on one is kept twice, as on white and as on black.
    void keep_texts(std::vector<DrawnText>* kept) { kept_ = kept; }

    // Nothing outside is drawn until pop_clip().
    void push_clip(Rect rect);
    void pop_clip();
    [[nodiscard]] Rect clip() const;

   private:
    // How many bytes of it stand in the width.
    [[nodiscard]] std::size_t fitting(std::string_view words, const TextStyle& style, float width,
                                      std::string_view behind) const;
    [[nodiscard]] bool seen(Rect rect) const { return clip().overlaps(rect); }
    [[nodiscard]] Rect snapped(Rect rect) const;
    [[nodiscard]] float measure_visual(std::u32string_view glyphs, const TextStyle& style) const;
    void draw_glyphs(float x_px, float baseline_px, std::u32string_view glyphs,
                     const TextStyle& style, Color color);
    void balance(std::vector<std::string>& lines, std::string_view words, const TextStyle& style,
                 float width, std::size_t max_lines) const;
    // Returns where its letters stand.
    Rect draw_line(Rect rect, std::string_view words, const TextStyle& style, Color color,
                   Align align);

    // What lies on a layer, for keep_texts().
    struct Ground {
        Layer layer = Layer::kScreen;
        Rect rect;
        Color top, bottom;
        bool picture = false, round = false;
    };
    void keep_ground(Rect rect, Color top, Color bottom, bool picture = false, bool round = false);
    void keep_text(Rect place, std::string_view words, Color ink);
    [[nodiscard]] Color ground_at(Point point, Color pictures) const;

    const Fonts* fonts_;
    ImDrawList* list_ = nullptr;
    Registry* registry_ = nullptr;
    float scale_ = 1;
    text::Direction direction_ = text::Direction::kLeftToRight;
    Layer layer_ = Layer::kScreen;
    TextureId soft_shadow_ = 0;
    void use_layer(Layer layer);
    struct Below {
        Layer layer;
        std::vector<Rect> clips;
    };
    std::vector<Rect> clips_;
    std::vector<Below> below_;
    std::vector<DrawnText>* kept_ = nullptr;
    std::vector<Ground> grounds_;
};

// The picture every soft shadow is cut from: a blurred rounded square, white with alpha.
struct ShadowPicture {
    static constexpr int kSize = 128;   // pixels on a side
    static constexpr int kCorner = 60;  // pixels of a corner piece; the middle is stretched
    static constexpr int kSpread = 32;  // pixels the blur reaches out of the shape
    static std::vector<std::uint8_t> rgba();
};

}  // namespace showfloor::ui
