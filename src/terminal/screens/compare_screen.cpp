#include "terminal/screens/compare_screen.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "terminal/screens/car_words.hpp"
#include "terminal/screens/chosen_cars.hpp"
#include "text/format.hpp"
#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

using ui::Style;

constexpr float kLine = 60, kGap = 28, kWords = 124, kLineOfTitle = 32, kMarkRoom = 28;

// One line of the table: what, and each car's value.
struct Line {
    std::string what;
    std::vector<std::string> values;

    [[nodiscard]] bool differs() const {
        return std::any_of(values.begin(), values.end(),
                           [&](const std::string& value) { return value != values.front(); });
    }
};

template <typename Say>
void add(std::vector<Line>& lines, const std::string& what,
         const std::vector<const CatalogueCar*>& cars, const Say& say) {
    Line line{what, {}};
    bool any = false;
    for (const CatalogueCar* car : cars) {
        line.values.push_back(say(car->car));
        any |= !line.values.back().empty();
    }
    if (!any) return;
    for (std::string& value : line.values)
        if (value.empty()) value = "–";
    lines.push_back(std::move(line));
}

std::vector<Line> lines_of(const ui::Context& ui, const Shell& shell, const Catalogue& catalogue,
                           const std::vector<const CatalogueCar*>& cars) {
    std::vector<Line> lines;  // the price stands in the cards above
    add(lines, ui.tr("compare.monthly"), cars, [&](const domain::Car& car) {
        const auto monthly = monthly_of(shell, car);
        return monthly ? estimate_of(ui, monthly->monthly_minor, car.currency) : std::string();
    });
    add(lines, ui.tr("car.state"), cars, [&](const domain::Car& car) {
        return option_word(ui, "availability", domain::kAvailabilityNames, car.availability);
    });
    // The specification's own lines, matched by their names.
    std::vector<std::vector<SpecGroup>> specs;
    std::vector<std::string> order;
    for (const CatalogueCar* car : cars) {
        specs.push_back(specification(ui, catalogue, car->car));
        for (const SpecGroup& group : specs.back())
            for (const SpecLine& line : group.lines)
                if (std::find(order.begin(), order.end(), line.what) == order.end())
                    order.push_back(line.what);
    }
    for (const std::string& what : order) {
        if (what == ui.tr("car.vin") || what == ui.tr("car.stock_number")) continue;
        std::size_t n = 0;
        add(lines, what, cars, [&](const domain::Car&) {
            for (const SpecGroup& group : specs[n])
                for (const SpecLine& line : group.lines)
                    if (line.what == what) {
                        ++n;
                        return line.value;
                    }
            ++n;
            return std::string();
        });
    }
    return lines;
}

// A feature that at least one of them has; a check where it is there.
std::vector<std::string> features_of(const std::vector<const CatalogueCar*>& cars) {
    std::vector<std::string> all;
    std::set<std::string> seen;
    for (const CatalogueCar* car : cars)
        for (const std::string& feature : car->car.features)
            if (seen.insert(feature).second) all.push_back(feature);
    return all;
}

bool has_feature(const CatalogueCar& car, const std::string& feature) {
    const auto& all = car.car.features;
    return std::find(all.begin(), all.end(), feature) != all.end();
}

}  // namespace

// The words of a line, then a column for each of three cars, also where none stands yet.
std::vector<ui::Area> CompareScreen::columns(ui::Area& row) const {
    const bool upright = row.width() < 1200;
    if (!upright) (void)row.cut_start(300, kGap);
    return row.columns(static_cast<int>(kMostCompared), upright ? ui::space::k16 : kGap);
}

void CompareScreen::draw_head(ui::Context& ui, ui::Area area, const CatalogueCar& entry) {
    const domain::Car& car = entry.car;
    if (tap_card(ui, area, car.id.to_string(), title_of(car)).tapped) shell_.to_car(car.id);
    const ui::Area top = area.cut_top(area.width() * 10 / 16);
    shell_.main_picture(ui, top, car.id, ui.theme().radius_card, true);
    const ui::IconButton off{.id = ui.keep("off:" + car.id.to_string()),
                             .label = ui.tr("compare.remove", {{"car", title_of(car)}}),
                             .icon = ui::icons::kClose};
    ui::Area corner = top.padded(ui::space::k12);
    if (icon_button(ui, corner.cut_top(52).cut_end(52), off)) {
        shell_.visit.toggle_compared(car.id);
        ui.draw_again();
    }
    ui::Area words = area.padded(ui::space::k16, ui::space::k12);
    label(ui, words.cut_bottom(34), ui.keep(money_of(ui, car.price_minor, car.currency)),
          Style::kBodyStrong, ui::Ink::kAccent);
    paragraph(ui, words, title_of(car), Style::kBodyStrong, ui::Ink::kInk, ui::Align::kStart, 2);
}

void CompareScreen::draw_heads(ui::Context& ui, ui::Area area, const Cars& cars) {
    const auto cells = columns(area);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i < cars.size()) {
            draw_head(ui, cells[i], *cars[i]);
            continue;
        }
        if (i > cars.size()) continue;
        ui.painter().outline(cells[i].rect, ui.color().outline, 1.5F, ui.theme().radius_card);
        const ui::Button more{.id = "add_car",
                              .label = ui.tr("compare.add"),
                              .icon = ui::icons::kAdd,
                              .kind = ui::ButtonKind::kGhost};
        const float width = std::min(cells[i].width() - ui::space::k16, button_width(ui, more));
        if (button(ui, cells[i].centred(width, ui::kButtonHeight), more)) shell_.to_browse();
    }
}

void CompareScreen::draw_lines(ui::Context& ui, ui::Area& area, const Cars& cars) {
    const bool upright = area.width() < 1200;
    // What is told, at the start or above; its cells stand below the cards.
    const auto begin = [&](ui::Area row, const std::string& what, bool differs) {
        divider(ui, row);
        if (upright) row.skip(ui::space::k8);
        ui::Area words = upright ? row.cut_top(30) : row;
        // A dot before what differs, and its values bold: told apart without colour too.
        if (differs) {
            const float in = upright ? 5 : 8;
            const float x = row.mirrored() ? words.rect.right() - in : words.rect.x + in;
            ui.painter().disc({x, words.rect.centre().y}, upright ? 4.F : 5.F, ui.color().accent);
        }
        if (!upright) words = words.cut_start(300);
        if (upright || cars.size() > 1) (void)words.cut_start(upright ? ui::space::k16 : kMarkRoom);
        label_fitted(ui, words, what, upright ? Style::kCaption : Style::kBody, ui::Ink::kQuiet);
        auto cells = columns(row);
        for (ui::Area& cell : cells)
            cell = cell.padded(ui::space::k16, 0);
        return cells;
    };
    for (const Line& line : lines_of(ui, shell_, *catalogue_, cars)) {
        const bool differs = cars.size() > 1 && line.differs();
        if (only_differences_ && !differs) continue;
        const Style style = differs ? Style::kBodyStrong : Style::kBody;
        ui::Area trial = area;
        const float width = columns(trial)[0].width() - 2 * ui::space::k16;
        int most = 1;
        for (const std::string& value : line.values)
            most = std::max(most, lines_of(ui, value, style, width));
        const float more = static_cast<float>(most - 1) * line_height(ui, style);
        const ui::Area row = area.cut_top((upright ? kLine + 26 : kLine) + more, ui::space::k4);
        const auto cells = begin(row, line.what, differs);
        for (std::size_t i = 0; i < cars.size(); ++i) {
            ui::Area cell = cells[i];
            wrapped_label(ui, cell, line.values[i], cell.height() - more, style);
        }
    }
    bool titled = false;
    for (const std::string& feature : features_of(cars)) {
        const auto have = static_cast<std::size_t>(std::count_if(
            cars.begin(), cars.end(), [&](const auto* car) { return has_feature(*car, feature); }));
        const bool differs = have != cars.size();
        if (only_differences_ && !differs) continue;
        if (!titled) {
            area.skip(ui::space::k24);
            label(ui, area.cut_top(48, ui::space::k8), ui.tr("car.features"), Style::kTitle);
            titled = true;
        }
        const ui::Area row = area.cut_top(upright ? kLine + 20 : 52, ui::space::k4);
        const auto cells = begin(row, feature_of(ui, feature), differs);
        for (std::size_t i = 0; i < cars.size(); ++i) {
            const bool there = has_feature(*cars[i], feature);
            ui::Area cell = cells[i];
            ui::icon(ui, cell.cut_start(32, ui::space::k8),
                     there ? ui::icons::kCheck : ui::icons::kRemove, 26,
                     there ? ui::Ink::kAccent : ui::Ink::kQuiet);
            label(ui, cell, ui.tr(there ? "compare.yes" : "compare.no"), Style::kBody,
                  there ? ui::Ink::kInk : ui::Ink::kQuiet);
        }
    }
}

void CompareScreen::draw(ui::Context& ui) {
    const auto chosen = begin_chosen(ui, shell_, shell_.visit.compared,
                                     {.id = "to_cars",
                                      .icon = ui::icons::kCompareArrows,
                                      .title = ui.tr("compare.empty"),
                                      .words = ui.tr("compare.empty_hint"),
                                      .action = ui.tr("compare.choose")});
    catalogue_ = chosen.catalogue;
    const Cars& cars = chosen.cars;
    if (cars.empty()) return;
    ui::Area page = chosen.page;
    ui::Area head = page.cut_top(64, ui::space::k16);
    const ui::Chip differences{.id = "only_differences",
                               .label = ui.tr("compare.only"),
                               .selected = only_differences_,
                               .icon = ui::icons::kFilterList};
    // Beside the title there is room to call; below, every line counts.
    const bool floats = ui.portrait();
    if (!floats && !shell_.app.person())
        shell_.call_button(ui, head.cut_end(Shell::call_button_width(ui), ui::space::k16));
    if (cars.size() > 1) {
        const ui::Area at = head.cut_end(chip_width(ui, differences), ui::space::k16);
        if (chip(ui, at.centred(at.width(), ui::kChipHeight), differences)) {
            only_differences_ = !only_differences_;
            ui.draw_again();
        }
    }
    label(ui, head, ui.tr("compare.title"), Style::kTitle);
    {
        ui::ScrollView view(ui, "compare", page);
        ui::Area row = view.area();
        const float width = columns(row)[0].width();
        const bool short_names = std::all_of(cars.begin(), cars.end(), [&](const auto* each) {
            return text_width(ui, title_of(each->car), Style::kBodyStrong) <=
                   width - 2 * ui::space::k16;
        });
        const float words = short_names ? kWords - kLineOfTitle : kWords;
        draw_heads(ui, view.area().cut_top(width * 10 / 16 + words, ui::space::k24), cars);
        draw_lines(ui, view.area(), cars);
        view.area().skip(floats ? 190.F : ui::space::k32);
    }
    if (floats) shell_.float_call(ui, chosen.whole);
}

}  // namespace showfloor::terminal
