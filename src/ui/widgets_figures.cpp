// People and figures: faces, and the tiles of a home screen.

#include <array>

#include "text/format.hpp"
#include "text/utf8.hpp"
#include "ui/widgets.hpp"

namespace showfloor::ui {

std::string initials(std::string_view name) {
    std::vector<std::string> first;
    bool at_start = true;
    for (std::size_t at = 0; at < name.size();) {
        const char32_t c = text::next_code_point(name, at);
        if (c == U' ' || c == U'-') {
            at_start = true;
        } else if (at_start) {
            std::string letter;
            text::append_utf8(letter, c >= U'a' && c <= U'z' ? c - 32 : c);
            first.push_back(letter);
            at_start = false;
        }
    }
    if (first.empty()) return "";
    return first.size() == 1 ? first.front() : first.front() + first.back();
}

namespace {

// Everybody keeps one colour, told from the id; all of them carry white letters at 4.5:1,
// in "contrast" at 7:1.
Color color_of(const Context& ui, std::string_view id) {
    constexpr std::array<Color, 6> kPeople = {{{0x0F, 0x76, 0x6E, 255},
                                               {0x7C, 0x3A, 0xED, 255},
                                               {0xB4, 0x53, 0x09, 255},
                                               {0x1D, 0x4E, 0xD8, 255},
                                               {0xBE, 0x18, 0x5D, 255},
                                               {0x3F, 0x62, 0x12, 255}}};
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char letter : id)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
    const Color color = kPeople.at(hash % kPeople.size());
    return ui.theme().name == "contrast" ? color.towards(kBlack, 0.3F) : color;
}

void draw_face(Context& ui, Point centre, float radius, Color ground, std::string_view name) {
    ui.painter().disc(centre, radius, ground);
    TextStyle letters = ui.text(Style::kFigure);
    letters.weight = Weight::kSemiBold;
    ui.painter().text(Rect{centre.x, centre.y, 0, 0}.inflated(radius), initials(name), letters,
                      kWhite, Align::kCentre);
}

}  // namespace

void face(Context& ui, Point centre, float radius, std::string_view id, std::string_view name) {
    draw_face(ui, centre, radius, color_of(ui, id), name);
}

bool avatar(Context& ui, Area area, const Avatar& spec) {
    constexpr float kRadius = 52, kRing = 58;
    constexpr Color kNobody{0x5B, 0x63, 0x70, 255};  // nobody in particular has no colour
    const Touch touch = ui.touch(
        "avatar:" + std::string(spec.id), std::string(spec.name.empty() ? spec.caption : spec.name),
        area.rect, true, spec.selected ? ui.tr("ui.selected") : std::string());
    Area column = area;
    const Point centre = column.cut_top(112, space::k12).rect.centre();
    const bool nobody = spec.icon != icons::kNone || spec.name.empty();
    const Color person = nobody ? kNobody : color_of(ui, spec.id);
    // Who is not the one steps back by the name alone: a pale disc would take the letters with it.
    const Color ground = touch.pressed ? person.towards(kBlack, 0.2F) : person;
    draw_face(ui, centre, kRadius, ground,
              spec.icon == icons::kNone ? spec.name : std::string_view());
    if (spec.icon != icons::kNone) ui.painter().icon(centre, spec.icon, 48, kWhite);
    if (spec.selected) ui.painter().ring(centre, kRing, ui.color().accent, 4);
    label(ui, column.cut_top(28), spec.name, Style::kBodyStrong,
          spec.faded ? Ink::kQuiet : Ink::kInk, Align::kCentre);
    label(ui, column.cut_top(26), spec.caption, Style::kCaption, Ink::kQuiet, Align::kCentre);
    focus_ring(ui, touch, Rect{centre.x, centre.y, 0, 0}.inflated(kRing), kRing);
    return touch.tapped;
}

namespace {

constexpr float kTileAcross = 28, kTileDown = 22, kTileAbove = 28 + 6 + 48 + 4;

}  // namespace

float figure_tile_height(Context& ui, std::string_view note, float width) {
    const int lines = lines_of(ui, note, Style::kCaption, width - 2 * kTileAcross);
    const float below =
        lines < 2 ? 26 : static_cast<float>(lines) * line_height(ui, Style::kCaption);
    return 2 * kTileDown + kTileAbove + below;
}

bool figure_tile_fits(Context& ui, std::string_view what, std::string_view figure, float width) {
    constexpr float kHardlyLess = 0.85F, kLarge = 0.7F;
    const float room = width - 2 * kTileAcross;
    return text_width(ui, what, Style::kSmall) * kHardlyLess <= room &&
           text_width(ui, figure, Style::kFigure) * kLarge <= room;
}

void figure_tile(Context& ui, Area area, std::string_view what, std::string_view figure,
                 std::string_view note) {
    Area inside = card(ui, area, 0).padded(kTileAcross, kTileDown);
    label_fitted(ui, inside.cut_top(28, 6), what, Style::kSmall, Ink::kQuiet, 0.7F);
    label_fitted(ui, inside.cut_top(48, 4), figure, Style::kFigure, Ink::kInk, 0.55F);
    paragraph(ui, inside, note, Style::kCaption, Ink::kQuiet);
}

}  // namespace showfloor::ui
