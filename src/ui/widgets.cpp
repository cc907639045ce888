#include "ui/widgets.hpp"

#include <algorithm>
#include <cmath>

#include "text/format.hpp"

namespace showfloor::ui {

namespace {

constexpr float kIconGap = 12;

std::string full_id(std::string_view kind, std::string_view id) {
    return std::string(kind) + ":" + std::string(id);
}

// A target that a finger can hit: the area, grown to the least size around its middle.
Rect touchable(Rect r) {
    const float w = std::max(r.w, kTouchSize), h = std::max(r.h, kTouchSize);
    return {r.x - (w - r.w) / 2, r.y - (h - r.h) / 2, w, h};
}

struct ButtonLook {
    Color ground, words, outline;
};

ButtonLook look_of(const Context& ui, const Button& spec) {
    const Colors& c = ui.color();
    constexpr Color kNone{0, 0, 0, 0};
    if (!spec.enabled) {
        const bool bare = spec.kind == ButtonKind::kGhost;
        return {bare ? kNone : c.disabled, c.on_disabled, kNone};
    }
    switch (spec.kind) {
        case ButtonKind::kPrimary:
            return {c.accent, c.on_accent, kNone};
        case ButtonKind::kSecondary:
            return {c.card, c.ink, c.outline};
        case ButtonKind::kGhost:
            return {kNone, c.accent, kNone};
        case ButtonKind::kDanger:
            return {c.danger, c.on_danger, kNone};
    }
    return {};
}

}  // namespace

Color ink(const Context& ui, Ink ink) {
    const Colors& c = ui.color();
    switch (ink) {
        case Ink::kInk:
            return c.ink;
        case Ink::kQuiet:
            return c.quiet;
        case Ink::kAccent:
            return c.accent;
        case Ink::kGood:
            return c.good;
        case Ink::kWarning:
            return c.warning;
        case Ink::kDanger:
            return c.danger;
        case Ink::kInfo:
            return c.info;
        case Ink::kOffline:
            return c.offline;
        case Ink::kOnAccent:
            return c.on_accent;
        case Ink::kOnInverse:
            return c.on_inverse;
        case Ink::kDisabled:
            return c.on_disabled;
    }
    return c.ink;
}

void label(Context& ui, Area area, std::string_view words, Style style, Ink with, Align align) {
    ui.painter().text(area.rect, words, ui.text(style), ink(ui, with), align);
}

void label_fitted(Context& ui, Area area, std::string_view words, Style with, Ink colour,
                  float least, Align align) {
    TextStyle style = ui.text(with);
    const float wanted = ui.painter().measure(words, style);
    const float smallest = std::ceil(style.size * least);
    // Whole sizes only: each size of a letter is drawn once and kept.
    if (wanted > area.width())
        style.size = std::max(smallest, std::floor(style.size * area.width() / wanted));
    // Letters are not narrower in just the measure in which they are smaller.
    if (style.size > smallest && ui.painter().measure(words, style) > area.width() + 0.5F)
        --style.size;
    ui.painter().text(area.rect, words, style, ink(ui, colour), align);
}

void wrapped_label(Context& ui, Area& area, std::string_view words, float height, Style style,
                   Ink with, Align align) {
    const int lines = lines_of(ui, words, style, area.width());
    if (lines < 2) return label(ui, area.cut_top(height), words, style, with, align);
    const float all = static_cast<float>(lines) * line_height(ui, style);
    // The air that one line has around it.
    Area block = area.cut_top(std::max(height, all + height - line_height(ui, style)));
    block = block.centred(block.width(), all);
    paragraph(ui, block, words, style, with, align);
}

void paragraph(Context& ui, Area& area, std::string_view words, Style style, Ink with, Align align,
               std::size_t max_lines) {
    const float height =
        ui.painter().paragraph(area.rect, words, ui.text(style), ink(ui, with), align, max_lines);
    area.skip(height);
}

void sum(Context& ui, Area& row, std::string_view column, std::string_view figure, Style style,
         float gap) {
    const float width = text_width(ui, figure, style) + 4;
    if (!row.mirrored()) {
        label(ui, row.cut_end(width, gap), figure, style, Ink::kInk, Align::kEnd);
        return;
    }
    label(ui, row.cut_end(sum_column(ui, row, column, width), gap), figure, style);
}

float sum_column(Context& ui, const Area& row, std::string_view column, float width) {
    // One column a card: others of the page have their own edge.
    float& widest =
        ui.remembered("sums:" + std::string(column) + std::to_string(std::lround(row.rect.x)));
    if (width > widest) {
        widest = width;
        ui.draw_again();
    }
    return widest;
}

float text_width(Context& ui, std::string_view words, Style style) {
    return ui.painter().measure(words, ui.text(style));
}

float line_height(const Context& ui, Style style) {
    return Painter::line_height(ui.text(style));
}

int lines_of(Context& ui, std::string_view words, Style style, float width) {
    return static_cast<int>(ui.painter().wrap(words, ui.text(style), width).size());
}

void icon(Context& ui, Area area, char32_t which, float size, Ink with) {
    ui.painter().icon(area.rect.centre(), which, size, ink(ui, with));
}

char32_t arrow_back(const Context& ui) {
    return ui.mirrored() ? icons::kArrowForward : icons::kArrowBack;
}
char32_t arrow_forward(const Context& ui) {
    return ui.mirrored() ? icons::kArrowBack : icons::kArrowForward;
}
char32_t chevron_forward(const Context& ui) {
    return ui.mirrored() ? icons::kChevronLeft : icons::kChevronRight;
}

void focus_ring(Context& ui, const Touch& touch, Rect rect, float radius) {
    if (touch.focused) ui.painter().outline(rect.inflated(6), ui.color().focus, 4, radius + 6);
}

// --- buttons and chips
// ------------------------------------------------------------------------------

float button_width(Context& ui, const Button& spec) {
    const float words = text_width(ui, spec.label, Style::kLabel);
    const float padding = spec.kind == ButtonKind::kGhost ? space::k16 : space::k32;
    return words + 2 * padding + (spec.icon != icons::kNone ? 28 + kIconGap : 0);
}

namespace {

// How the words of a button stand in it: on a second line, and then smaller, before they are cut.
struct ButtonWords {
    TextStyle style;
    int lines = 1;
    float width = 0;
};

ButtonWords words_in(Context& ui, std::string_view words, Rect room) {
    constexpr float kLeast = 0.8F;
    Painter& paint = ui.painter();
    ButtonWords out{.style = ui.text(Style::kLabel)};
    out.width = paint.measure(words, out.style);
    if (out.width <= room.w) return out;
    const float least = std::ceil(out.style.size * kLeast);
    for (TextStyle style = out.style; style.size >= least; --style.size) {
        const auto lines = paint.wrap(words, style, room.w, 0, false);
        float widest = 0;
        for (const std::string& line : lines)
            widest = std::max(widest, paint.measure(line, style));
        const auto count = static_cast<float>(lines.size());
        if (widest > room.w || (lines.size() > 1 && count * Painter::line_height(style) > room.h))
            continue;
        return {style, static_cast<int>(lines.size()), widest};
    }
    out.width = room.w;
    return out;
}

}  // namespace

bool button(Context& ui, Area area, const Button& spec) {
    Painter& paint = ui.painter();
    const Touch touch = ui.touch(full_id("button", spec.id), std::string(spec.label),
                                 touchable(area.rect), spec.enabled);
    const ButtonLook look = look_of(ui, spec);
    const float radius = std::min(ui.theme().radius_control + 2, area.height() / 2);
    Color ground = look.ground;
    if (touch.pressed)
        ground = ground.a == 0 ? ui.color().accent_soft : ground.towards(ui.color().ink, 0.14F);
    paint.fill(area.rect, ground, radius);
    if (look.outline.a != 0) paint.outline(area.rect, look.outline, 1.5F, radius);
    const float icon_room = spec.icon != icons::kNone ? 28 + kIconGap : 0;
    const ButtonWords words =
        words_in(ui, spec.label, {0, 0, area.width() - icon_room - 16, area.height()});
    Area line = area.centred(words.width + icon_room, area.height());
    if (spec.icon != icons::kNone)
        paint.icon(line.cut_start(28, kIconGap).rect.centre(), spec.icon, 28, look.words);
    if (words.lines == 1) {
        paint.text(line.rect, spec.label, words.style, look.words);
    } else {
        const float high = static_cast<float>(words.lines) * Painter::line_height(words.style);
        Rect at = line.centred(line.width(), high).rect;
        at.x -= 1, at.w += 2;  // so that what just fits does not break anew
        paint.paragraph(at, spec.label, words.style, look.words,
                        spec.icon != icons::kNone ? Align::kStart : Align::kCentre, 0);
    }
    focus_ring(ui, touch, area.rect, radius);
    return touch.tapped;
}

bool icon_button(Context& ui, Area area, const IconButton& spec) {
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    const Touch touch =
        ui.touch(full_id("button", spec.id), std::string(spec.label), touchable(area.rect),
                 spec.enabled, spec.selected ? ui.tr("ui.selected") : std::string());
    const float radius = std::min(area.width(), area.height()) / 2;
    const Point centre = area.rect.centre();
    const Color ground = spec.on_picture ? c.light : c.card;
    const Color ink = spec.on_picture ? c.on_light : c.ink;
    if (!spec.plain) {
        paint.disc(centre, radius, touch.pressed ? ground.towards(ink, 0.14F) : ground);
    } else if (touch.pressed) {
        paint.disc(centre, radius, c.accent_soft);
    }
    paint.icon(centre, spec.icon, radius > 30 ? 32.0F : 28.0F,
               !spec.enabled   ? c.on_disabled
               : spec.selected ? c.accent
                               : ink);
    focus_ring(ui, touch, Rect{centre.x, centre.y, 0, 0}.inflated(radius), radius);
    return touch.tapped;
}

namespace {

constexpr float kChipPadding = 20, kChipGap = 8, kChipIcon = 24;

// The count of a chip as words; empty when it has none.
std::string count_words(const Context& ui, const Chip& spec) {
    return spec.count ? text::number(ui.locale(), *spec.count) : std::string();
}

TextStyle chip_style(const Context& ui) {
    TextStyle style = ui.text(Style::kBody);
    style.weight = Weight::kMedium;
    return style;
}

}  // namespace

float chip_width(Context& ui, const Chip& spec) {
    const TextStyle style = chip_style(ui);
    float width = 2 * kChipPadding;
    int parts = 0;
    const auto add = [&](float part) { width += part + (parts++ > 0 ? kChipGap : 0); };
    if (spec.icon != icons::kNone) add(kChipIcon);
    if (!spec.label.empty()) add(ui.painter().measure(spec.label, style));
    if (spec.count) add(ui.painter().measure(count_words(ui, spec), style));
    if (spec.removable) add(kChipIcon);
    if (spec.icon_end != icons::kNone) add(kChipIcon);
    return std::max(width, kTouchSize + kChipGap);
}

bool chip(Context& ui, Area area, const Chip& spec) {
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    const std::string_view said = spec.spoken.empty() ? spec.label : spec.spoken;
    std::string state = count_words(ui, spec);
    if (spec.selected) state += (state.empty() ? "" : ", ") + ui.tr("ui.selected");
    const Touch touch = ui.touch(full_id("chip", spec.id), std::string(said), touchable(area.rect),
                                 spec.enabled, std::move(state));
    const float radius = area.height() / 2;
    Color ground = spec.selected ? c.inverse : c.card;
    Color words = spec.selected ? c.on_inverse : c.ink;
    if (!spec.enabled) words = c.on_disabled;
    if (touch.pressed) ground = ground.towards(spec.selected ? c.on_inverse : c.ink, 0.14F);
    paint.fill(area.rect, ground, radius);
    if (!spec.selected) paint.outline(area.rect, c.outline, 1.5F, radius);
    const TextStyle style = chip_style(ui);
    Area line = area.centred(std::min(chip_width(ui, spec), area.width()), area.height());
    line = line.padded(kChipPadding, 0);
    if (spec.icon != icons::kNone && spec.label.empty() && !spec.count) {
        paint.icon(area.rect.centre(), spec.icon, kChipIcon, words);
        focus_ring(ui, touch, area.rect, radius);
        return touch.tapped;
    }
    if (spec.icon != icons::kNone)
        paint.icon(line.cut_start(kChipIcon, kChipGap).rect.centre(), spec.icon, kChipIcon, words);
    if (spec.icon_end != icons::kNone)
        paint.icon(line.cut_end(kChipIcon, kChipGap).rect.centre(), spec.icon_end, kChipIcon,
                   words);
    if (spec.removable)
        paint.icon(line.cut_end(kChipIcon, kChipGap).rect.centre(), icons::kClose, 22, words);
    if (spec.count) {
        const std::string count = count_words(ui, spec);
        const float dim = ui.theme().name == "contrast" ? 0.0F : 0.35F;
        const Color quiet = touch.pressed   ? words
                            : spec.selected ? words.towards(ground, dim)
                                            : c.quiet;
        paint.text(line.cut_end(paint.measure(count, style), kChipGap).rect, count, style, quiet);
    }
    paint.text(line.rect, spec.label, style, words);
    focus_ring(ui, touch, area.rect, radius);
    return touch.tapped;
}

int chips(Context& ui, Area& area, std::span<const Chip> specs) {
    int tapped = -1;
    Flow flow(area, space::k12, kChipHeight);
    for (std::size_t i = 0; i < specs.size(); ++i)
        if (chip(ui, flow.next(chip_width(ui, specs[i])), specs[i])) tapped = static_cast<int>(i);
    if (!specs.empty()) area.skip(flow.used_height());
    return tapped;
}

// --- surfaces
// ---------------------------------------------------------------------------------------

namespace {

void sheet(Context& ui, Rect rect, Color color) {
    const float radius = ui.theme().radius_card;
    // Two layers: the wide one lifts the card, the tight one draws its edge.
    ui.painter().shadow(rect, radius, ui.color().shadow);
    ui.painter().shadow(rect, radius / 4, ui.color().shadow.faded(0.7F));
    ui.painter().fill(rect, color, radius);
    // Where shadows are not to be seen, an outline says where the card ends.
    if (ui.color().shadow.a == 0) ui.painter().outline(rect, ui.color().outline, 1.5F, radius);
}

}  // namespace

Area card(Context& ui, Area area, float padding) {
    sheet(ui, area.rect, ui.color().card);
    return area.padded(padding);
}

GrowingCard::GrowingCard(Context& ui, std::string_view id, Area& page, float gap, float padding)
    : ui_(ui),
      page_(page),
      id_("card:" + std::string(id)),
      gap_(gap),
      padding_(padding),
      top_(page.rect.y),
      drawn_(ui.remembered(id_)),
      inside_(page.padded(padding)) {
    Rect rect = page.rect;
    rect.h = drawn_;
    if (drawn_ > 0) sheet(ui, rect, ui.color().card);
}

GrowingCard::~GrowingCard() {
    const float height = inside_.rect.y - top_ + padding_;
    // Summed up from another place (a page rises over the keyboard) the last digits are others: no
    // other height, or card and page would move each other for ever.
    constexpr float kAlike = 0.05F;
    if (std::abs(height - drawn_) > kAlike) {
        ui_.remembered(id_) = height;
        ui_.draw_again();
    }
    page_.skip(height + gap_);
}

Touch tap_card(Context& ui, Area area, std::string_view id, std::string_view label) {
    const Touch touch = ui.touch(full_id("card", id), std::string(label), area.rect);
    const Colors& c = ui.color();
    sheet(ui, area.rect, touch.pressed ? c.card.towards(c.ink, 0.06F) : c.card);
    focus_ring(ui, touch, area.rect, ui.theme().radius_card);
    return touch;
}

void picture(Context& ui, Area area, const Picture& picture, const PictureLook& look) {
    Painter& paint = ui.painter();
    const Rect r = area.rect;
    float shown = picture.ready() ? 1.0F : 0.0F;
    if (look.key != 0)
        shown =
            ui.animate("picture:" + std::to_string(look.key), shown, picture.ready() ? 1.0F : 0.0F);
    if (shown < 1 && look.soft.ready()) {
        paint.image(look.soft.texture, r, {0, 0, 1, 1}, look.radius, 1, look.only_top_corners);
    } else if (shown < 1) {
        const Color ground = look.placeholder.a == 0 || look.placeholder == Color{}
                                 ? ui.color().placeholder
                                 : look.placeholder;
        paint.fill(r, ground, look.radius);
        if (look.only_top_corners && look.radius > 0)
            paint.fill({r.x, r.bottom() - look.radius, r.w, look.radius}, ground);
    }
    if (!picture.ready() || r.empty()) return;
    const float wanted = r.w / r.h;
    const float has = static_cast<float>(picture.width) / static_cast<float>(picture.height);
    Rect part{0, 0, 1, 1};
    if (has > wanted) {
        part.w = wanted / has;
        part.x = (1 - part.w) / 2;
    } else {
        part.h = has / wanted;
        part.y = (1 - part.h) / 2;
    }
    paint.image(picture.texture, r, part, look.radius, shown, look.only_top_corners);
    // On a card whose edge is an outline it goes round the picture too.
    if (!look.only_top_corners || ui.color().shadow.a != 0) return;
    paint.push_clip({r.x - 2, r.y - 2, r.w + 4, r.h + 2});
    paint.outline({r.x, r.y, r.w, r.h + 2 * look.radius}, ui.color().outline, 1.5F, look.radius);
    paint.pop_clip();
}

void badge(Context& ui, Area corner, std::string_view words) {
    TextStyle style = ui.text(Style::kCaption);
    style.weight = Weight::kSemiBold;
    const float width = ui.painter().measure(words, style) + 28;
    const Area area = corner.cut_top(36).cut_start(width);
    ui.painter().fill(area.rect, ui.color().badge, 18);
    ui.painter().text(area.rect, words, style, ui.color().on_badge, Align::kCentre);
}

void count_badge(Context& ui, Area area, std::int64_t count, Align across) {
    const std::string words = count > 99 ? "99+" : text::number(ui.locale(), count);
    TextStyle style = ui.text(Style::kCaption);
    style.weight = Weight::kSemiBold;
    const float width = std::max(28.0F, ui.painter().measure(words, style) + 20);
    const Area pill = area.aligned(width, 28, across);
    // A rim sets it off from what it lies on.
    ui.painter().fill(pill.rect.inflated(2), ui.color().card, 16);
    ui.painter().fill(pill.rect, ui.color().alert, 14);
    ui.painter().text(pill.rect, words, style, ui.color().on_alert, Align::kCentre);
}

void divider(Context& ui, Area area) {
    const Rect r = area.rect;
    ui.painter().line({r.x, r.y}, {r.right(), r.y}, ui.color().line, 1);
}

void skeleton(Context& ui, Area area, float radius) {
    ui.painter().fill(area.rect, ui.color().placeholder.faded(0.7F), radius);
}

}  // namespace showfloor::ui
