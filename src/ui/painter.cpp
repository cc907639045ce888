#include "ui/painter.hpp"

#include <imgui.h>

#include <array>
#include <utility>

#include "base/check.hpp"
#include "text/bidi.hpp"
#include "text/signs.hpp"
#include "text/utf8.hpp"
#include "ui/limits.hpp"

namespace showfloor::ui {

namespace {

constexpr float kCapHeight = 0.727F;  // of Inter's em; what eyes take for the height of a line
constexpr std::string_view kEllipsis = "…";
// Between two things on one line; where a line ends it is not wanted.
constexpr std::string_view kDot = " ·";

ImU32 packed(Color c) {
    return IM_COL32(c.r, c.g, c.b, c.a);
}

// Joined letters must touch; spacing would tear words apart.
float spacing_of(std::u32string_view glyphs, const TextStyle& style) {
    for (const char32_t c : glyphs)
        if ((c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFEFC)) return 0;
    return style.spacing;
}

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

// What parts the groups of a figure in French is thinner than the air around a 1: between figures
// it takes no less than this part of the em.
constexpr float kGroupSpace = 0.26F;

float advance_at(std::u32string_view glyphs, std::size_t i, float own, float em) {
    const bool group = glyphs[i] == U'\u202f' && i > 0 && i + 1 < glyphs.size() &&
                       is_digit(glyphs[i - 1]) && is_digit(glyphs[i + 1]);
    return group ? std::max(own, em * kGroupSpace) : own;
}

}  // namespace

void Painter::begin(float scale, text::Direction direction, Registry& registry,
                    TextureId soft_shadow) {
    scale_ = scale;
    direction_ = direction;
    registry_ = &registry;
    soft_shadow_ = soft_shadow;
    clips_.clear();
    below_.clear();
    grounds_.clear();
    ImGui::GetForegroundDrawList()->ChannelsSplit(static_cast<int>(Layer::kToast));
    use_layer(Layer::kScreen);
}

void Painter::end() {
    ImGui::GetForegroundDrawList()->ChannelsMerge();
}

void Painter::use_layer(Layer layer) {
    layer_ = layer;
    if (layer == Layer::kScreen) {
        list_ = ImGui::GetBackgroundDrawList();
        return;
    }
    list_ = ImGui::GetForegroundDrawList();
    list_->ChannelsSetCurrent(static_cast<int>(layer) - 1);
}

void Painter::push_layer(Layer layer) {
    below_.push_back({layer_, std::move(clips_)});
    clips_.clear();
    use_layer(layer);
    list_->PushClipRectFullScreen();
}

void Painter::pop_layer() {
    SHOWFLOOR_CHECK(!below_.empty(), "pop_layer without push_layer");
    list_->PopClipRect();
    clips_ = std::move(below_.back().clips);
    const Layer layer = below_.back().layer;
    below_.pop_back();
    use_layer(layer);
}

Rect Painter::snapped(Rect r) const {
    const float left = std::round(r.x * scale_), top = std::round(r.y * scale_);
    return {left, top, std::round(r.right() * scale_) - left,
            std::round(r.bottom() * scale_) - top};
}

void Painter::fill(Rect rect, Color color, float radius) {
    if (!seen(rect) || color.a == 0) return;
    if (kept_ != nullptr) keep_ground(rect, color, color);
    const Rect r = snapped(rect);
    list_->AddRectFilled({r.x, r.y}, {r.right(), r.bottom()}, packed(color), radius * scale_);
}

void Painter::outline(Rect rect, Color color, float width, float radius) {
    if (!seen(rect.inflated(width)) || color.a == 0) return;
    const Rect r = snapped(rect);
    const float w = std::max(1.0F, width * scale_), half = w / 2;
    list_->AddRect({r.x + half, r.y + half}, {r.right() - half, r.bottom() - half}, packed(color),
                   std::max(0.0F, radius * scale_ - half), 0, w);
}

void Painter::line(Point from, Point to, Color color, float width) {
    // A straight hairline is a rectangle on whole pixels; anything else is a slanted stroke.
    const float w = std::max(1.0F, std::round(width * scale_)) / scale_;
    if (from.y == to.y)
        return fill({std::min(from.x, to.x), from.y, std::abs(to.x - from.x), w}, color);
    if (from.x == to.x)
        return fill({from.x, std::min(from.y, to.y), w, std::abs(to.y - from.y)}, color);
    list_->AddLine({from.x * scale_, from.y * scale_}, {to.x * scale_, to.y * scale_},
                   packed(color), w * scale_);
}

void Painter::polyline(const std::vector<Point>& points, Color color, float width) {
    for (const Point p : points)
        list_->PathLineTo({p.x * scale_, p.y * scale_});
    list_->PathStroke(packed(color), 0, std::max(1.0F, width * scale_));
}

void Painter::disc(Point centre, float radius, Color color) {
    if (!seen({centre.x - radius, centre.y - radius, 2 * radius, 2 * radius})) return;
    if (kept_ != nullptr)
        keep_ground(Rect{centre.x, centre.y, 0, 0}.inflated(radius), color, color, false, true);
    list_->AddCircleFilled({centre.x * scale_, centre.y * scale_}, radius * scale_, packed(color));
}

void Painter::ring(Point centre, float radius, Color color, float width) {
    if (!seen(Rect{centre.x, centre.y, 0, 0}.inflated(radius + width))) return;
    list_->AddCircle({centre.x * scale_, centre.y * scale_}, radius * scale_, packed(color), 0,
                     std::max(1.0F, width * scale_));
}

void Painter::area_under(const std::vector<Point>& points, float base, Color color) {
    if (points.size() < 2) return;
    // Whole strips without soft edges: those of neighbours would show as seams.
    const ImVec2 uv = ImGui::GetFontTexUvWhitePixel();
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point a = points[i - 1], b = points[i];
        list_->PrimReserve(6, 4);
        list_->PrimQuadUV({a.x * scale_, a.y * scale_}, {b.x * scale_, b.y * scale_},
                          {b.x * scale_, base * scale_}, {a.x * scale_, base * scale_}, uv, uv, uv,
                          uv, packed(color));
    }
}

void Painter::fade(Rect rect, Color top, Color bottom) {
    if (!seen(rect)) return;
    if (kept_ != nullptr) keep_ground(rect, top, bottom);
    const Rect r = snapped(rect);
    list_->AddRectFilledMultiColor({r.x, r.y}, {r.right(), r.bottom()}, packed(top), packed(top),
                                   packed(bottom), packed(bottom));
}

void Painter::shadow(Rect rect, float radius, Color color) {
    if (soft_shadow_ == 0 || color.a == 0) return;
    // Drawn from nine pieces; the blur of the picture is brought to the size of the corner.
    const float blur = radius * 1.2F;
    const Rect outer = rect.moved(0, blur / 3).inflated(blur);
    if (!seen(outer)) return;
    const float corner = std::min(
        {blur * ShadowPicture::kCorner / ShadowPicture::kSpread, outer.w / 2, outer.h / 2});
    constexpr float kCornerUv = static_cast<float>(ShadowPicture::kCorner) / ShadowPicture::kSize;
    const std::array<float, 4> xs = {outer.x, outer.x + corner, outer.right() - corner,
                                     outer.right()};
    const std::array<float, 4> ys = {outer.y, outer.y + corner, outer.bottom() - corner,
                                     outer.bottom()};
    constexpr std::array<float, 4> kUv = {0, kCornerUv, 1 - kCornerUv, 1};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t column = 0; column < 3; ++column)
            list_->AddImage(ImTextureRef(soft_shadow_),
                            {xs.at(column) * scale_, ys.at(row) * scale_},
                            {xs.at(column + 1) * scale_, ys.at(row + 1) * scale_},
                            {kUv.at(column), kUv.at(row)}, {kUv.at(column + 1), kUv.at(row + 1)},
                            packed(color));
}

void Painter::image(TextureId texture, Rect rect, Rect part, float radius, float opacity,
                    bool only_top_corners) {
    if (texture == 0 || !seen(rect)) return;
    if (kept_ != nullptr) keep_ground(rect, kWhite, kWhite, true);
    const Rect r = snapped(rect);
    const Color tint = kWhite.faded(opacity);
    list_->AddImageRounded(
        ImTextureRef(texture), {r.x, r.y}, {r.right(), r.bottom()}, {part.x, part.y},
        {part.right(), part.bottom()}, packed(tint), radius * scale_,
        only_top_corners ? ImDrawFlags_RoundCornersTop : ImDrawFlags_RoundCornersAll);
}

void Painter::image_soft(TextureId texture, Rect rect, Rect part, float soft, float opacity) {
    if (texture == 0 || !seen(rect)) return;
    if (kept_ != nullptr) keep_ground(rect, kWhite, kWhite, true);
    const Rect r = snapped(rect);
    const float edge = std::min(soft * scale_, r.h / 2);
    const float along = part.h * edge / r.h;
    const ImU32 whole = packed(kWhite.faded(opacity)), none = packed(kWhite.faded(0));
    struct Stop {
        float y, v;
        ImU32 color;
    };
    const Stop stops[] = {{r.y, part.y, none},
                          {r.y + edge, part.y + along, whole},
                          {r.bottom() - edge, part.bottom() - along, whole},
                          {r.bottom(), part.bottom(), none}};
    list_->PushTexture(ImTextureRef(texture));
    list_->PrimReserve(18, 8);
    const auto first = static_cast<ImDrawIdx>(list_->_VtxCurrentIdx);
    for (const Stop& stop : stops) {
        list_->PrimWriteVtx({r.x, stop.y}, {part.x, stop.v}, stop.color);
        list_->PrimWriteVtx({r.right(), stop.y}, {part.right(), stop.v}, stop.color);
    }
    for (int strip = 0; strip < 3; ++strip)
        for (const int corner : {0, 1, 3, 0, 3, 2})
            list_->PrimWriteIdx(static_cast<ImDrawIdx>(first + 2 * strip + corner));
    list_->PopTexture();
}

float Painter::measure_visual(std::u32string_view glyphs, const TextStyle& style) const {
    ImFontBaked* font = fonts_->glyphs(style.weight, style.size * scale_);
    const float digit = style.tabular ? font->GetCharAdvance('0') : 0;
    const float spacing = spacing_of(glyphs, style) * style.size * scale_;
    const float em = style.size * scale_;
    float width = 0;
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        const char32_t c = glyphs[i];
        if (text::is_sign(c)) continue;
        const float own = style.tabular && is_digit(c) ? digit : font->GetCharAdvance(c);
        width += advance_at(glyphs, i, own, em) + spacing;
    }
    return width;
}

float Painter::measure(std::string_view words, const TextStyle& style) const {
    return measure_visual(text::to_code_points(text::shape(words, direction_)), style) / scale_;
}

namespace {

// A glyph's picture has two texels to a pixel, so its edge may run through the middle of one; a
// pixel whose centre lies outside the rectangle is not drawn at all, and thin letters (I, l) lost
// up to half their stem. Half a texel more on every side is as far as the filter reaches.
void lay_glyph(ImDrawList& list, const ImFontGlyph& glyph, float x, float y, ImU32 color) {
    constexpr float kEdge = 0.25F;
    const float u = (glyph.U1 - glyph.U0) / (glyph.X1 - glyph.X0) * kEdge;
    const float v = (glyph.V1 - glyph.V0) / (glyph.Y1 - glyph.Y0) * kEdge;
    list.PrimReserve(6, 4);
    list.PrimRectUV({x + glyph.X0 - kEdge, y + glyph.Y0 - kEdge},
                    {x + glyph.X1 + kEdge, y + glyph.Y1 + kEdge}, {glyph.U0 - u, glyph.V0 - v},
                    {glyph.U1 + u, glyph.V1 + v}, color);
}

}  // namespace

void Painter::draw_glyphs(float x, float baseline, std::u32string_view glyphs,
                          const TextStyle& style, Color color) {
    ImFontBaked* font = fonts_->glyphs(style.weight, style.size * scale_);
    const float digit = style.tabular ? font->GetCharAdvance('0') : 0;
    const float spacing = spacing_of(glyphs, style) * style.size * scale_;
    // Every glyph is loaded before the first is drawn: loading may move the atlas.
    for (const char32_t c : glyphs)
        (void)font->FindGlyph(c);
    const float top = std::round(baseline) - font->Ascent;
    text::SignPlaces signs(style.size * scale_);
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        const char32_t c = glyphs[i];
        const ImFontGlyph* glyph = font->FindGlyph(c);
        const bool slotted = style.tabular && is_digit(c), sign = text::is_sign(c);
        float at = slotted ? x + (digit - glyph->AdvanceX) / 2 : x, over = top;
        const text::Ink ink{at + glyph->X0, font->Ascent - glyph->Y1, at + glyph->X1,
                            font->Ascent - glyph->Y0};
        if (sign) {
            const auto shift = signs.place(ink);
            at += shift.x, over -= shift.y;
        } else {
            signs.letter(ink);
        }
        if (glyph->Visible) lay_glyph(*list_, *glyph, at, over, packed(color));
        if (sign) continue;
        x +=
            advance_at(glyphs, i, slotted ? digit : glyph->AdvanceX, style.size * scale_) + spacing;
    }
}

Rect Painter::draw_line(Rect rect, std::string_view words, const TextStyle& style, Color color,
                        Align align) {
    if (!seen(rect)) return {};
    const std::u32string glyphs = text::to_code_points(text::shape(words, direction_));
    const float width = measure_visual(glyphs, style);
    const bool mirrored = direction_ == text::Direction::kRightToLeft;
    float x = rect.x * scale_ + (rect.w * scale_ - width) / 2;
    if (align != Align::kCentre)
        x = ((align == Align::kStart) != mirrored) ? rect.x * scale_
                                                   : rect.right() * scale_ - width;
    const float baseline = (rect.centre().y + style.size * kCapHeight / 2) * scale_;
    draw_glyphs(std::round(x), baseline, glyphs, style, color);
    const float height = std::min(rect.h, line_height(style));
    const Rect place =
        Rect{x / scale_, rect.centre().y - height / 2, width / scale_, height}.common(clip());
    if (kept_ != nullptr) keep_text(place, words, color);
    return place;
}

void Painter::keep_ground(Rect rect, Color top, Color bottom, bool picture, bool round) {
    grounds_.push_back({layer_, round ? rect : rect.common(clip()), top, bottom, picture, round});
}

Color Painter::ground_at(Point p, Color pictures) const {
    Color ground = kBlack;
    for (int layer = 0; layer <= static_cast<int>(layer_); ++layer)
        for (const Ground& g : grounds_) {
            if (static_cast<int>(g.layer) != layer || !g.rect.contains(p)) continue;
            const Point c = g.rect.centre();
            const float radius = g.rect.w / 2;
            if (g.round && (p.x - c.x) * (p.x - c.x) + (p.y - c.y) * (p.y - c.y) > radius * radius)
                continue;
            Color color = pictures;
            if (!g.picture) color = g.top.towards(g.bottom, (p.y - g.rect.y) / g.rect.h);
            ground = over(color, ground);
        }
    return ground;
}

// A text may begin on one ground and end on another.
void Painter::keep_text(Rect place, std::string_view words, Color ink) {
    if (place.empty()) return;
    for (const float along : {0.1F, 0.5F, 0.9F})
        for (const Color pictures : {kWhite, kBlack}) {
            const Point at{place.x + along * place.w, place.centre().y};
            const Color ground = ground_at(at, pictures);
            kept_->push_back({std::string(words), ink, ground});
        }
}

void Painter::text(Rect rect, std::string_view words, const TextStyle& style, Color color,
                   Align align) {
    if (words.empty() || !seen(rect)) return;
    const std::string fits = cut_to(words, style, rect.w);
    const Rect place = draw_line(rect, fits, style, color, align);
    registry_->add_text(std::string(words), place, layer_, fits != words);
}

void Painter::text_at(Point baseline, std::string_view words, const TextStyle& style, Color color) {
    if (words.empty()) return;
    const float capital = style.size * kCapHeight;
    registry_->add_text(
        std::string(words),
        Rect{baseline.x, baseline.y - capital, measure(words, style), capital}.common(clip()),
        layer_);
    if (kept_ != nullptr)
        keep_text(
            Rect{baseline.x, baseline.y - capital, measure(words, style), capital}.common(clip()),
            words, color);
    draw_glyphs(baseline.x * scale_, baseline.y * scale_,
                text::to_code_points(text::shape(words, direction_)), style, color);
}

// No word or two alone on a last line: as many lines, of more equal lengths.
void Painter::balance(std::vector<std::string>& lines, std::string_view words,
                      const TextStyle& style, float width, std::size_t max_lines) const {
    constexpr float kShort = 0.4F, kStep = 0.08F;
    constexpr std::size_t kMostBalanced = 4;
    if (lines.size() < 2 || lines.size() > kMostBalanced) return;
    if (measure(lines.back(), style) > width * kShort) return;
    for (float part = 1 - kStep; part > 0.5F; part -= kStep) {
        auto narrower = wrap(words, style, width * part, max_lines, false);
        if (narrower.size() != lines.size() || narrower.back().ends_with(kEllipsis)) return;
        lines = std::move(narrower);
        if (measure(lines.back(), style) > width * part * kShort) return;
    }
}

float Painter::paragraph(Rect rect, std::string_view words, const TextStyle& style, Color color,
                         Align align, std::size_t max_lines) {
    std::vector<std::string> lines = wrap(words, style, rect.w, max_lines);
    balance(lines, words, style, rect.w, max_lines);
    const float height = line_height(style);
    float y = rect.y;
    Rect widest;
    bool cut = false;
    for (const std::string& line : lines) {
        // One word alone may be wider than all of the line.
        const std::string fits = cut_to(line, style, rect.w);
        cut = cut || fits != line;
        const Rect place = draw_line({rect.x, y, rect.w, height}, fits, style, color, align);
        if (place.w > widest.w) widest = place;
        y += height;
    }
    const Rect whole{rect.x, rect.y, rect.w, y - rect.y};
    if (!words.empty() && seen(whole))
        registry_->add_text(std::string(words),
                            Rect{widest.x, whole.y, widest.w, whole.h}.common(clip()), layer_,
                            cut || (!lines.empty() && lines.back().ends_with(kEllipsis) &&
                                    !words.ends_with(kEllipsis)));
    return y - rect.y;
}

void Painter::icon(Point centre, char32_t icon, float size, Color color) {
    if (icon == 0 || !seen({centre.x - size / 2, centre.y - size / 2, size, size})) return;
    ImFontBaked* font = fonts_->icons(size * scale_);
    const ImFontGlyph* glyph = font->FindGlyph(icon - Fonts::kIconsBelow);
    // Icons are square pictures; what counts is the middle of their square, not of their ink.
    const float x = std::round((centre.x - size / 2) * scale_);
    const float y = std::round((centre.y - size / 2) * scale_);
    lay_glyph(*list_, *glyph, x, y, packed(color));
}

std::size_t Painter::fitting(std::string_view words, const TextStyle& style, float width,
                             std::string_view behind) const {
    std::size_t low = 0, high = words.size();
    while (low < high) {
        std::size_t middle = text::next_boundary(words, (low + high) / 2);
        if (middle > high) middle = high;
        const std::string tried = std::string(words.substr(0, middle)) + std::string(behind);
        if (measure(tried, style) <= width) {
            low = middle;
        } else {
            high = text::previous_boundary(words, middle);
        }
    }
    return low;
}

std::string Painter::cut_to(std::string_view words, const TextStyle& style, float width) const {
    // Half a dp of grace: a width measured and given back must fit.
    if (measure(words, style) <= width + 0.5F) return std::string(words);
    std::size_t end = fitting(words, style, width, kEllipsis);
    while (end > 0 && words[end - 1] == ' ')
        --end;
    return std::string(words.substr(0, end)) + std::string(kEllipsis);
}

std::vector<std::string> Painter::wrap(std::string_view words, const TextStyle& style, float width,
                                       std::size_t max_lines, bool break_words) const {
    const std::size_t most = max_lines == 0 ? kMaxLines : std::min(max_lines, kMaxLines);
    std::vector<std::string> lines;
    std::string line;
    std::size_t at = 0;
    while (at < words.size() && lines.size() < most) {
        const std::size_t end = std::min(words.find_first_of(" \n", at), words.size());
        const std::string word(words.substr(at, end - at));
        if (!line.empty() && measure(line + " " + word, style) > width + 0.5F) {
            if (lines.size() + 1 == most) {
                line += " " + std::string(words.substr(at));
                break;
            }
            if (line.ends_with(kDot)) line.resize(line.size() - kDot.size());
            lines.push_back(std::exchange(line, {}));
        }
        at = end + 1;
        if (line.empty() && !lines.empty() && word == kDot.substr(1)) continue;
        const bool begins = line.empty();
        line += (begins ? "" : " ") + word;
        while (break_words && begins && lines.size() + 1 < most &&
               measure(line, style) > width + 0.5F) {
            const std::size_t fits = fitting(line, style, width, {});
            if (fits == 0) break;
            lines.push_back(line.substr(0, fits));
            line.erase(0, fits);
        }
        if (end < words.size() && words[end] == '\n') {
            lines.push_back(line);
            line.clear();
        }
    }
    if (!line.empty()) lines.push_back(cut_to(line, style, width));
    text::carry_isolates(lines);
    return lines;
}

void Painter::push_clip(Rect rect) {
    const Rect cut = clip().common(rect);
    clips_.push_back(cut);
    const Rect r = snapped(cut);
    list_->PushClipRect({r.x, r.y}, {r.right(), r.bottom()}, false);
}

void Painter::pop_clip() {
    SHOWFLOOR_CHECK(!clips_.empty(), "pop_clip without push_clip");
    clips_.pop_back();
    list_->PopClipRect();
}

Rect Painter::clip() const {
    if (!clips_.empty()) return clips_.back();
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    return {0, 0, size.x / scale_, size.y / scale_};
}

std::vector<std::uint8_t> ShadowPicture::rgba() {
    // The distance to a rounded square, turned into a smooth fall over twice the spread.
    constexpr float kHalf = kSize / 2.0F, kRound = 28.0F;
    constexpr float kInner = kHalf - kSpread - kRound;
    std::vector<std::uint8_t> out(static_cast<std::size_t>(kSize) * kSize * 4, 255);
    for (int y = 0; y < kSize; ++y) {
        for (int x = 0; x < kSize; ++x) {
            const float dx =
                std::max(0.0F, std::abs(static_cast<float>(x) + 0.5F - kHalf) - kInner);
            const float dy =
                std::max(0.0F, std::abs(static_cast<float>(y) + 0.5F - kHalf) - kInner);
            const float outside = std::sqrt(dx * dx + dy * dy) - kRound;
            const float t = std::clamp((kSpread - outside) / (2.0F * kSpread), 0.0F, 1.0F);
            const float alpha = t * t * (3 - 2 * t);
            out[(static_cast<std::size_t>(y) * kSize + static_cast<std::size_t>(x)) * 4 + 3] =
                static_cast<std::uint8_t>(std::lround(alpha * 255));
        }
    }
    return out;
}

}  // namespace showfloor::ui
