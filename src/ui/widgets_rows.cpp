// Rows of lists and of the seller's rail.

#include <algorithm>
#include <cmath>

#include "ui/widgets.hpp"

namespace showfloor::ui {

namespace {

constexpr float kTitleLine = 30, kNoteLine = 26, kAir = 28;
constexpr float kSquare = 52, kChevron = 28;
constexpr float kLeastNote = 0.8F;   // as small as label_fitted makes it
constexpr float kMostOfEnd = 0.38F;  // of the row, for a note that has to break
constexpr std::size_t kMostTitle = 3, kMostNote = 3;

// How the words of a row stand in it: what trails has its width, each text its lines.
struct RowWords {
    float end = 0;
    std::size_t title = 1, subtitle = 0, note = 0;
    [[nodiscard]] float start_height() const {
        return static_cast<float>(title) * kTitleLine + static_cast<float>(subtitle) * kNoteLine;
    }
    [[nodiscard]] float height() const {
        return std::max(start_height(), kTitleLine + static_cast<float>(note) * kNoteLine) + kAir;
    }
};

// Measured as it is drawn: even figures are wider than others.
TextStyle title_style(const Context& ui, bool even) {
    TextStyle style = ui.text(Style::kBodyStrong);
    style.tabular = even;
    return style;
}

std::size_t lines_in(Context& ui, std::string_view words, Style style, float width,
                     std::size_t most) {
    return std::clamp<std::size_t>(static_cast<std::size_t>(lines_of(ui, words, style, width)), 1,
                                   most);
}

// On one line each as long as they fit there; then what trails gives way first.
RowWords row_words(Context& ui, const Area& area, const Row& spec) {
    RowWords out{.subtitle = spec.subtitle.empty() ? 0U : 1U,
                 .note = spec.trailing_note.empty() ? 0U : 1U};
    const float room = area.width() - (spec.icon != icons::kNone ? kRowIndent : 0) -
                       (spec.chevron ? kChevron + space::k8 : 0);
    const float title = text_width(ui, spec.title, Style::kBodyStrong);
    TextStyle small = ui.text(Style::kSmall);
    small.size = std::ceil(small.size * kLeastNote);
    const float subtitle = ui.painter().measure(spec.subtitle, small);
    const bool ends = !spec.trailing.empty() || !spec.trailing_note.empty();
    const auto rest = [&] { return room - (ends ? out.end + space::k16 : 0); };
    if (ends) {
        const float figure = ui.painter().measure(spec.trailing, title_style(ui, true)) + 4;
        const float note = text_width(ui, spec.trailing_note, Style::kSmall);
        out.end = std::max(figure, note);
        if (title > rest() || subtitle > rest())
            out.end = std::max(figure, std::min(note, room * kMostOfEnd));
        // Mirrored they stand in a column with one edge, as sums are added up.
        if (area.mirrored())
            out.end = sum_column(ui, area, spec.id.substr(0, spec.id.find(':')), out.end);
        if (note > out.end + 0.5F)
            out.note = lines_in(ui, spec.trailing_note, Style::kSmall, out.end, kMostNote);
    }
    if (title > rest() + 0.5F)
        out.title = lines_in(ui, spec.title, Style::kBodyStrong, rest(), kMostTitle);
    if (subtitle > rest())
        out.subtitle = lines_in(ui, spec.subtitle, Style::kSmall, rest(), kMostNote);
    return out;
}

// The rows of a list that is drawn in pieces are all as high as the tallest that was seen.
float& tallest_of(Context& ui, std::string_view list) {
    return ui.remembered("tallest:" + std::string(list) + ":" +
                         std::to_string(std::lround(ui.painter().scale() * 1000)));
}

struct Lines {
    std::string_view title, below;
    std::size_t title_lines = 1, below_lines = 1;
    Align align = Align::kStart;
    Ink ink = Ink::kInk;
    bool even = false;
};

void draw_lines(Context& ui, Area part, const Lines& lines) {
    Painter& paint = ui.painter();
    const float title = static_cast<float>(lines.title_lines) * kTitleLine;
    const float below = static_cast<float>(lines.below_lines) * kNoteLine;
    Area block = part.centred(part.width(), title + (lines.below.empty() ? 0 : below));
    const Rect above = block.cut_top(title).rect;
    const TextStyle style = title_style(ui, lines.even);
    if (lines.title_lines == 1)
        paint.text(above, lines.title, style, ink(ui, lines.ink), lines.align);
    else
        paint.paragraph(above, lines.title, style, ink(ui, lines.ink), lines.align,
                        lines.title_lines);
    if (lines.below.empty()) return;
    if (lines.below_lines > 1)
        paragraph(ui, block, lines.below, Style::kSmall, Ink::kQuiet, lines.align,
                  lines.below_lines);
    else if (lines.align == Align::kStart)
        label_fitted(ui, block, lines.below, Style::kSmall, Ink::kQuiet, kLeastNote);
    else
        label(ui, block, lines.below, Style::kSmall, Ink::kQuiet, lines.align);
}

}  // namespace

float row_height(Context& ui, const Area& area, const Row& spec) {
    return std::max(kRowHeight, row_words(ui, area, spec).height());
}

bool growing_row(Context& ui, Area& page, const Row& spec) {
    return list_row(ui, page.cut_top(row_height(ui, page, spec)), spec);
}

float list_row_height(Context& ui, std::string_view list, float least) {
    return std::max(least, tallest_of(ui, list));
}

bool list_row(Context& ui, Area area, const Row& spec) {
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    Touch touch;
    if (spec.tappable) {
        std::string state(spec.subtitle);
        for (const std::string_view more : {spec.trailing, spec.trailing_note})
            if (!more.empty()) state += (state.empty() ? "" : ", ") + std::string(more);
        touch = ui.touch("row:" + std::string(spec.id), std::string(spec.title), area.rect, true,
                         std::move(state));
        if (touch.pressed) paint.fill(area.rect, c.accent_soft, ui.theme().radius_control);
    }
    RowWords words = row_words(ui, area, spec);
    if (!spec.list.empty() && words.height() > tallest_of(ui, spec.list)) {
        tallest_of(ui, spec.list) = words.height();
        ui.draw_again();
    }
    // Where the screen gives it no more room, it does with fewer lines.
    while (words.height() - kAir > area.height() && words.subtitle > 1)
        --words.subtitle;
    while (words.height() - kAir > area.height() && words.title > 1)
        --words.title;
    Area line = area;
    if (spec.icon != icons::kNone) {
        const Area square = line.cut_start(kSquare, kRowIndent - kSquare).centred(kSquare, kSquare);
        paint.fill(square.rect, c.accent_soft, ui.theme().radius_control + 2);
        icon(ui, square, spec.icon, 28, Ink::kAccent);
    }
    if (spec.chevron)
        icon(ui, line.cut_end(kChevron, space::k8), chevron_forward(ui), 28, Ink::kQuiet);
    if (words.end > 0)
        draw_lines(ui, line.cut_end(words.end, space::k16),
                   {.title = spec.trailing,
                    .below = spec.trailing_note,
                    .below_lines = words.note,
                    .align = area.mirrored() ? Align::kStart : Align::kEnd,
                    .ink = spec.trailing_ink,
                    .even = true});
    draw_lines(ui, line,
               {.title = spec.title,
                .below = spec.subtitle,
                .title_lines = words.title,
                .below_lines = words.subtitle});
    if (spec.divider) divider(ui, area.with({area.rect.x, area.rect.bottom() - 1, area.rect.w, 1}));
    focus_ring(ui, touch, area.rect, ui.theme().radius_control);
    return touch.tapped;
}

float rail_item_width(Context& ui, std::string_view label) {
    TextStyle style = ui.text(Style::kBodyLarge);
    style.weight = Weight::kSemiBold;
    return 2 * (space::k16 + 4) + 28 + 18 + ui.painter().measure(label, style) + space::k8 + 44;
}

bool rail_item(Context& ui, Area area, const RailItem& spec) {
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    const Touch touch = ui.touch("rail:" + std::string(spec.id), std::string(spec.label), area.rect,
                                 true, spec.selected ? ui.tr("ui.selected") : std::string());
    const float radius = ui.theme().radius_control + 2;
    if (spec.selected) {
        paint.fill(area.rect, c.inverse, radius);
    } else if (touch.pressed) {
        paint.fill(area.rect, c.accent_soft, radius);
    }
    const Color words = spec.selected ? c.on_inverse : c.ink;
    Area line = area.padded(space::k16 + 4, 0);
    paint.icon(line.cut_start(28, 18).rect.centre(), spec.icon, 28, words);
    if (spec.count > 0) count_badge(ui, line.cut_end(44, space::k8), spec.count);
    TextStyle style = ui.text(Style::kBodyLarge);
    style.weight = spec.selected ? Weight::kSemiBold : Weight::kMedium;
    paint.text(line.rect, spec.label, style, words);
    focus_ring(ui, touch, area.rect, radius);
    return touch.tapped;
}

}  // namespace showfloor::ui
