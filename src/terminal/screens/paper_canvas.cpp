#include "terminal/screens/paper_canvas.hpp"

#include <functional>

namespace showfloor::terminal {

namespace {

constexpr float kPageGap = 24;

ui::Color color_of(documents::Color color) {
    return {color.red, color.green, color.blue, 255};
}

}  // namespace

void PaperCanvas::begin_page(double width_mm, double height_mm) {
    if (bottom_ > origin_.y) origin_.y = bottom_ + kPageGap;
    scale_ = width_ / static_cast<float>(width_mm);
    const ui::Rect page{origin_.x, origin_.y, width_, dp(height_mm)};
    ui_.painter().shadow(page, 4, ui_.color().shadow);
    ui_.painter().fill(page, ui::kWhite, 4);  // paper is white in every theme
    // Where the theme has no shadows the paper has an edge, as a card has.
    if (ui_.color().shadow.a == 0) ui_.painter().outline(page, ui_.color().outline, 1.5F, 4);
    bottom_ = page.bottom();
}

ui::TextStyle PaperCanvas::style_of(const documents::TextStyle& style) const {
    return {.size = dp(style.size_mm),
            .weight = style.weight == documents::Weight::kBold ? ui::Weight::kSemiBold
                                                               : ui::Weight::kRegular,
            .spacing = 0,
            .tabular = true};
}

void PaperCanvas::text(double x, double baseline, std::string_view utf8,
                       const documents::TextStyle& style) {
    const ui::TextStyle look = style_of(style);
    float left = origin_.x + dp(x);
    if (style.align != documents::Align::kLeft) {
        const float width = ui_.painter().measure(utf8, look);
        left -= style.align == documents::Align::kRight ? width : width / 2;
    }
    ui_.painter().text_at({left, origin_.y + dp(baseline)}, utf8, look, color_of(style.color));
}

double PaperCanvas::text_width(std::string_view utf8, const documents::TextStyle& style) {
    return static_cast<double>(ui_.painter().measure(utf8, style_of(style)) / scale_);
}

void PaperCanvas::line(double x1, double y1, double x2, double y2, double width,
                       documents::Color color) {
    ui_.painter().line({origin_.x + dp(x1), origin_.y + dp(y1)},
                       {origin_.x + dp(x2), origin_.y + dp(y2)}, color_of(color),
                       std::max(1.0F, dp(width)));
}

void PaperCanvas::rect(double x, double y, double width, double height, documents::Color fill) {
    ui_.painter().fill({origin_.x + dp(x), origin_.y + dp(y), dp(width), dp(height)},
                       color_of(fill));
}

void PaperCanvas::image(double x, double y, double width, double height,
                        const documents::Picture& picture) {
    const ui::PictureKey key = std::hash<std::string_view>{}(picture.name);
    ui::Picture shown = ui_.textures().find(key);
    if (!shown.ready())
        shown = ui_.textures().upload(key, picture.pixels->width, picture.pixels->height,
                                      picture.pixels->rgba);
    if (shown.ready())
        ui_.painter().image(shown.texture,
                            {origin_.x + dp(x), origin_.y + dp(y), dp(width), dp(height)});
    else
        ui_.draw_again();  // this frame's budget is spent
}

}  // namespace showfloor::terminal
