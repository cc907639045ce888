// Choices: segments, switch, menu.

#include <algorithm>

#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::ui {

namespace {

Item named(std::string id, std::string_view label, Rect rect, std::string_view state = {}) {
    Item item;
    item.id = std::move(id);
    item.label = std::string(label);
    item.rect = rect;
    item.state = std::string(state);
    return item;
}

// The part of one among several, and what is said of it.
Item place_in(const Context& ui, std::string_view kind, std::string_view id, std::size_t place,
              std::string_view label, Rect rect, bool selected) {
    return named(std::string(kind) + ":" + std::string(id) + "/" + std::to_string(place), label,
                 rect, selected ? std::string_view(ui.tr("ui.selected")) : std::string_view());
}

}  // namespace

int segmented(Context& ui, Area area, std::string_view id, std::span<const std::string> options,
              std::size_t current) {
    if (options.empty()) return -1;
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    const float radius = area.height() / 2;
    paint.fill(area.rect, c.track, radius);
    if (c.shadow.a == 0) paint.outline(area.rect, c.outline, 1.5F, radius);
    const Area inside = area.padded(4);
    const std::vector<Area> places = inside.columns(static_cast<int>(options.size()), 0);
    const auto last = options.size() - 1;
    // By place, not by x: the pill must not lag when the whole control moves.
    const float at =
        ui.animate("segmented:" + std::string(id), static_cast<float>(std::min(current, last)));
    const float pitch = (ui.mirrored() ? -1.0F : 1.0F) * places[0].rect.w;
    const float x = places[0].rect.x + at * pitch;
    const Rect pill{x, inside.rect.y, places[0].rect.w, inside.rect.h};
    paint.shadow(pill, std::min(12.0F, pill.h / 2), c.shadow);
    paint.fill(pill, c.thumb, pill.h / 2);
    int tapped = -1;
    for (std::size_t i = 0; i < options.size(); ++i) {
        const bool selected = i == current;
        const Rect r = places[i].rect;
        const Touch touch =
            ui.touch(place_in(ui, "segment", id, i, options[i], r.inflated(4), selected));
        if (touch.pressed && !selected) paint.fill(r, c.ink.faded(0.06F), r.h / 2);
        TextStyle style = ui.text(Style::kBody);
        style.weight = selected ? Weight::kSemiBold : Weight::kMedium;
        paint.text({r.x + 10, r.y, r.w - 20, r.h}, options[i], style, selected ? c.on_thumb : c.ink,
                   Align::kCentre);
        focus_ring(ui, touch, r, r.h / 2);
        if (touch.tapped) tapped = static_cast<int>(i);
    }
    return tapped;
}

namespace {

constexpr float kPillWide = 68, kPillHigh = 38, kPillInset = 4;
constexpr float kSwitchLabel = 32, kSwitchNote = 26;

float switch_words_height(Context& ui, const Switch& spec, float width) {
    const auto high = [&](std::string_view words, Style style, float one) {
        const int lines = lines_of(ui, words, style, width);
        return lines < 2 ? one : static_cast<float>(lines) * line_height(ui, style);
    };
    return high(spec.label, Style::kBodyLarge, kSwitchLabel) +
           (spec.note.empty() ? 0 : high(spec.note, Style::kSmall, kSwitchNote));
}

}  // namespace

float switch_height(Context& ui, const Switch& spec, float width) {
    return std::max(kSwitchHeight,
                    kSwitchHeight - kSwitchLabel - kSwitchNote +
                        switch_words_height(ui, spec, width - kPillWide - space::k24));
}

bool toggle(Context& ui, Area area, const Switch& spec, bool& on) {
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    const Touch touch = ui.touch(named("switch:" + std::string(spec.id), spec.label, area.rect,
                                       ui.tr(on ? "ui.on" : "ui.off")));
    if (touch.pressed) paint.fill(area.rect.inflated(4), c.ink.faded(0.04F), 12);
    if (touch.tapped) on = !on;
    Area line = area;
    const Area end = line.cut_end(kPillWide, space::k24);
    const Rect pill{end.rect.x, end.rect.centre().y - kPillHigh / 2, kPillWide, kPillHigh};
    const float at = ui.animate("switch:" + std::string(spec.id), on ? 1.0F : 0.0F);
    paint.fill(pill, c.switch_off.towards(c.accent, at), kPillHigh / 2);
    const float radius = kPillHigh / 2 - kPillInset;
    const float along = (ui.mirrored() ? 1 - at : at) * (kPillWide - kPillHigh);
    const Point knob{pill.x + kPillHigh / 2 + along, pill.centre().y};
    paint.shadow(Rect{knob.x, knob.y, 0, 0}.inflated(radius), 8, c.shadow);
    // Off, a light knob on grey in every theme: a dark one looks like something that is broken.
    paint.disc(knob, radius, kWhite.towards(c.on_accent, at));
    if (on) paint.icon(knob, icons::kCheck, 22, c.accent);
    Area words =
        line.aligned(line.width(), switch_words_height(ui, spec, line.width()), Align::kStart);
    wrapped_label(ui, words, spec.label, kSwitchLabel, Style::kBodyLarge);
    if (!spec.note.empty())
        wrapped_label(ui, words, spec.note, kSwitchNote, Style::kSmall, Ink::kQuiet);
    if (spec.divider)
        divider(ui, area.with({area.rect.x, area.rect.bottom() - 1, area.width(), 1}));
    focus_ring(ui, touch, area.rect, ui.theme().radius_control);
    return touch.tapped;
}

namespace {
constexpr float kCountRoom = 64;  // of a count at the end of a menu's line
}

bool menu_option(Context& ui, Area area, std::string id, const MenuOption& option,
                 bool with_icons) {
    const Colors& c = ui.color();
    const Touch touch =
        ui.touch(named("option:" + std::move(id), option.label, area.rect,
                       option.selected ? std::string_view(ui.tr("ui.selected")) : ""));
    const float radius = ui.theme().radius_control;
    if (touch.pressed || option.selected)
        ui.painter().fill(area.rect, touch.pressed ? c.accent_tint : c.accent_soft, radius);
    Area line = area.padded(space::k16, 0);
    const Area mark = line.cut_end(28, space::k12);
    if (option.selected) icon(ui, mark, icons::kCheck, 28, Ink::kAccent);
    if (option.count > 0) count_badge(ui, line.cut_end(kCountRoom), option.count);
    if (with_icons) icon(ui, line.cut_start(28, space::k16), option.icon, 28);
    label(ui, line, option.label, option.selected ? Style::kLabel : Style::kBodyLarge,
          option.selected && !touch.pressed ? Ink::kAccent : Ink::kInk);
    if (touch.focused) ui.painter().outline(area.rect, c.focus, 4, radius);
    return touch.tapped;
}

int menu(Context& ui, std::string_view id, Area anchor, std::span<const MenuOption> options,
         bool& open) {
    if (!open || options.empty()) return -1;
    const LayerScope layer(ui, Layer::kMenu);
    const Area screen = ui.screen();
    const Rect everywhere = ui.whole().rect;
    ui.registry().block(Layer::kMenu, everywhere, true);
    if (shade(ui, "menu/" + std::string(id), everywhere)) open = false;
    bool with_icons = false;
    float widest = 0;
    for (const MenuOption& option : options) {
        widest = std::max(widest, text_width(ui, option.label, Style::kLabel) +
                                      (option.count > 0 ? kCountRoom : 0));
        with_icons = with_icons || option.icon != icons::kNone;
    }
    const float width = std::min(
        std::max(anchor.width(), widest + 2 * space::k16 + 40 + (with_icons ? 44 : 0) + 16),
        screen.width() - 2 * space::k24);
    const float below = screen.rect.bottom() - anchor.rect.bottom() - space::k24;
    const float above = anchor.rect.y - screen.rect.y - space::k24;
    const float wanted = static_cast<float>(options.size()) * kOptionHeight + 2 * space::k8;
    const bool down = below >= std::min(wanted, above);
    const float height = std::min(wanted, std::max(kOptionHeight, (down ? below : above) - 8));
    const float shown = ui.animate("modal:menu/" + std::string(id), 1, 0.0F);
    const float slide = (1 - shown) * space::k12 * (down ? -1.0F : 1.0F);
    float x = anchor.mirrored() ? anchor.rect.x : anchor.rect.right() - width;
    x = std::clamp(x, space::k24, std::max(space::k24, screen.width() - space::k24 - width));
    const float y = down ? anchor.rect.bottom() + 8 : anchor.rect.y - 8 - height;
    const Area panel = anchor.with({x, y + slide, width, height});
    const Colors& c = ui.color();
    ui.painter().shadow(panel.rect, 24, c.shadow);
    ui.painter().shadow(panel.rect, 12, c.shadow);
    ui.painter().fill(panel.rect, c.card, 16);
    ui.painter().outline(panel.rect, c.line, 1, 16);
    surface(ui, "menu:" + std::string(id), panel.rect);
    int chosen = -1;
    ScrollView list(ui, "menu/" + std::string(id), panel.padded(space::k8));
    for (std::size_t i = 0; i < options.size(); ++i)
        if (menu_option(ui, list.area().cut_top(kOptionHeight),
                        std::string(id) + "/" + std::string(options[i].id), options[i], with_icons))
            chosen = static_cast<int>(i);
    if (chosen >= 0) open = false;
    if (!open) ui.draw_again();
    return chosen;
}

}  // namespace showfloor::ui
