#include "terminal/screens/car_specification.hpp"

#include <algorithm>

#include "ui/widgets.hpp"

namespace showfloor::terminal {

namespace {

using ui::Style;

// A card of what is said of one part of the car, one thing a line.
constexpr float kSpecLine = 52, kSpecHead = 40, kSpecAir = 24, kSpecName = 0.42F;

struct SpecRoom {
    float name = 0, value = 0;
    explicit SpecRoom(float card)
        : name((card - 2 * ui::space::k32) * kSpecName),
          value(card - 2 * ui::space::k32 - name - ui::space::k16) {}
};

int spec_lines(ui::Context& ui, const SpecLine& line, const SpecRoom& room) {
    return std::max(lines_of(ui, line.what, Style::kSmall, room.name),
                    lines_of(ui, line.value, Style::kBodyStrong, room.value));
}

float spec_line_height(ui::Context& ui, const SpecLine& line, const SpecRoom& room) {
    const int lines = spec_lines(ui, line, room);
    const float one = line_height(ui, Style::kBodyStrong);
    return lines < 2 ? kSpecLine : static_cast<float>(lines) * one + kSpecAir;
}

float spec_height(ui::Context& ui, const SpecGroup& group, float card) {
    float all = kSpecHead + ui::space::k8 + 2 * ui::space::k24;
    for (const SpecLine& line : group.lines)
        all += spec_line_height(ui, line, SpecRoom(card));
    return all;
}

void draw_spec_group(ui::Context& ui, ui::Area at, const SpecGroup& group) {
    const SpecRoom room(at.width());
    ui::Area inside = card(ui, at, 0).padded(ui::space::k32, ui::space::k24);
    label(ui, inside.cut_top(kSpecHead, ui::space::k8), group.title, Style::kHeading);
    for (const SpecLine& line : group.lines) {
        const float high = spec_line_height(ui, line, room);
        ui::Area row = inside.cut_top(high);
        divider(ui, row);
        ui::Area what = row.cut_start(room.name, ui::space::k16);
        const auto words = [&](ui::Area area, std::string_view text, Style style, ui::Ink ink,
                               ui::Align align) {
            const int lines = lines_of(ui, text, style, area.width());
            if (lines < 2) return label(ui, area, text, style, ink, align);
            area = area.centred(area.width(), static_cast<float>(lines) * line_height(ui, style));
            paragraph(ui, area, text, style, ink, align);
        };
        words(what, line.what, Style::kSmall, ui::Ink::kQuiet, ui::Align::kStart);
        words(row, line.value, Style::kBodyStrong, ui::Ink::kInk, ui::Align::kEnd);
    }
}

// Whether all of it stands on one line each in cards so wide.
bool spec_fits(ui::Context& ui, const std::vector<SpecGroup>& groups, float card) {
    for (const SpecGroup& group : groups)
        for (const SpecLine& line : group.lines)
            if (spec_lines(ui, line, SpecRoom(card)) > 1) return false;
    return true;
}

}  // namespace

void draw_spec_groups(ui::Context& ui, ui::Area& area, const std::vector<SpecGroup>& groups) {
    constexpr float kGap = 28;
    const bool three = !ui.portrait() && spec_fits(ui, groups, area.columns(3, kGap)[0].width());
    const std::size_t columns = ui.portrait() ? 1 : three ? 3 : 2;
    for (std::size_t at = 0; at < groups.size(); at += columns) {
        const auto end = std::min(groups.size(), at + columns);
        const float width = area.columns(static_cast<int>(columns), kGap)[0].width();
        float high = 0;
        for (std::size_t i = at; i < end; ++i)
            high = std::max(high, spec_height(ui, groups[i], width));
        const float below = columns == 1           ? ui::space::k24
                            : end == groups.size() ? ui::space::k48
                                                   : kGap;
        const auto cells = area.cut_top(high, below).columns(static_cast<int>(columns), kGap);
        for (std::size_t i = at; i < end; ++i)
            draw_spec_group(ui, cells[i - at], groups[i]);
    }
}

}  // namespace showfloor::terminal
