#include "terminal/screens/browse_filters.hpp"
#include "terminal/screens/car_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "domain/money.hpp"
#include "text/format.hpp"
#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

// A column of the catalogue and how its values are called.
struct Column {
    Catalogue::Facet column;
    const char* field;  // of "option.<field>.<value>"; null: the value is its own name
    const char* key;
};
constexpr std::array<Column, 8> kColumns = {{
    {Catalogue::kBody, "body_style", "car.body"},
    {Catalogue::kMake, nullptr, "browse.make"},
    {Catalogue::kModel, nullptr, "browse.model"},
    {Catalogue::kFuel, "fuel_type", "car.fuel"},
    {Catalogue::kGearbox, "transmission", "car.gearbox"},
    {Catalogue::kDrive, "drive_type", "car.drive"},
    {Catalogue::kColor, nullptr, "car.color"},
    {Catalogue::kCondition, "condition", "car.condition"},
}};
constexpr std::size_t kMostInRail = 6, kMostInSheet = 24, kMostHints = 2;

const Column& column_of(std::size_t column) {
    for (const Column& each : kColumns)
        if (each.column == column) return each;
    return kColumns[0];
}

std::string words_of(const ui::Context& ui, const Column& column, const std::string& value) {
    if (column.column == Catalogue::kColor) return color_of(ui, value, true);
    return column.field == nullptr ? value : option_of(ui, column.field, value);
}

const char* name_of(const Column& column) {
    if (column.field != nullptr) return column.field;
    return column.column == Catalogue::kMake    ? "make"
           : column.column == Catalogue::kModel ? "model"
                                                : "color";
}

struct NumberColumn {
    Catalogue::Number column;
    const char* id;
    const char* key;
};
constexpr std::array<NumberColumn, 3> kNumbers = {{
    {Catalogue::kPrice, "price", "browse.price"},
    {Catalogue::kYear, "year", "car.year"},
    {Catalogue::kMileage, "mileage", "car.mileage"},
}};

const NumberColumn& number_of(std::size_t column) {
    for (const NumberColumn& each : kNumbers)
        if (each.column == column) return each;
    return kNumbers[0];
}

}  // namespace

void BrowseFilters::take(const Catalogue& catalogue,
                         const std::vector<std::vector<search::FacetCount>>& counts) {
    catalogue_ = &catalogue;
    counts_.assign(counts.size(), {});
    // The most frequent of all cars first, so that chips keep their places while one chooses.
    for (const Column& column : kColumns) {
        std::map<std::string_view, std::size_t> by_value;
        for (const auto& each : counts[column.column])
            by_value[each.value] = each.count;
        for (const std::string& value : catalogue.values(column.column))
            if (const auto found = by_value.find(value); found != by_value.end())
                if (found->second > 0 || is_chosen(column.column, value))
                    counts_[column.column].push_back({value, found->second});
    }
}

bool BrowseFilters::is_chosen(std::size_t column, const std::string& value) const {
    const auto& facets = shell_.visit.wanted.facets;
    const auto found = facets.find(column);
    return found != facets.end() &&
           std::find(found->second.begin(), found->second.end(), value) != found->second.end();
}

void BrowseFilters::changed(ui::Context& ui) {
    scroll_to(ui, "cars", 0);
    ui.draw_again();
}

void BrowseFilters::choose(ui::Context& ui, std::size_t column, const std::string& value) {
    auto& facets = shell_.visit.wanted.facets;
    auto& values = facets[column];
    if (std::erase(values, value) == 0) values.push_back(value);
    if (values.empty()) facets.erase(column);
    // Models belong to their make.
    if (column == Catalogue::kMake) facets.erase(Catalogue::kModel);
    changed(ui);
}

std::vector<BrowseFilters::Value> BrowseFilters::values(const ui::Context& ui,
                                                        Catalogue::Facet column,
                                                        std::size_t most) const {
    const Column& about = column_of(column);
    std::vector<Value> values;
    for (const auto& [value, count] : counts_[column]) {
        const bool chosen = is_chosen(column, value);
        if (values.size() >= most && !chosen) continue;
        std::string words = words_of(ui, about, value);
        if (words.empty()) continue;
        values.push_back({value, std::string(name_of(about)) + "_" + value, std::move(words),
                          static_cast<std::int64_t>(count), chosen});
    }
    return values;
}

void BrowseFilters::draw_chips(ui::Context& ui, ui::Area& area, Catalogue::Facet column,
                               std::size_t most, float gap) {
    const auto all = values(ui, column, most);
    if (all.empty()) return;
    std::vector<ui::Chip> specs;
    for (const Value& value : all)
        specs.push_back({.id = ui.keep(value.id),
                         .label = ui.keep(value.words),
                         .count = value.count,
                         .selected = value.chosen});
    caption(ui, area, ui.tr(column_of(column).key));
    if (const int tapped = chips(ui, area, specs); tapped >= 0)
        choose(ui, column, all[static_cast<std::size_t>(tapped)].value);
    area.skip(gap);
}

std::string BrowseFilters::range_words(const ui::Context& ui, Catalogue::Number column,
                                       std::int64_t value) const {
    if (column == Catalogue::kYear) return std::to_string(value);
    if (column == Catalogue::kMileage) return text::mileage(ui.locale(), value);
    const std::string& currency = catalogue_->currency();
    return text::money_compact(ui.locale(), value, currency,
                               domain::minor_digits(currency).value_or(2));
}

// "up to KES 5.6 M", "from 2019", "20,000 km – 60,000 km".
std::string BrowseFilters::limits_words(const ui::Context& ui, Catalogue::Number column,
                                        const Catalogue::Bounds& limits) const {
    const Catalogue::Bounds& all = catalogue_->spread(column).bounds;
    const std::string low = range_words(ui, column, limits.least);
    const std::string high = range_words(ui, column, limits.most);
    if (limits.least <= all.least) return ui.tr("browse.up_to", {{"value", high}});
    if (limits.most >= all.most) return ui.tr("browse.from", {{"value", low}});
    return ui.tr("browse.between", {{"low", low}, {"high", high}});
}

void BrowseFilters::draw_range(ui::Context& ui, ui::Area& area, Catalogue::Number column,
                               float width, float gap) {
    const Catalogue::Spread& spread = catalogue_->spread(column);
    if (spread.bars.empty()) return;
    auto& ranges = shell_.visit.wanted.ranges;
    const auto found = ranges.find(column);
    // The slider's end means "and more": there the limit is what the dearest car needs.
    Catalogue::Bounds limits = found == ranges.end() ? spread.bounds : found->second;
    limits.least = std::clamp(limits.least, spread.bounds.least, spread.bounds.most);
    limits.most = std::clamp(limits.most, limits.least, spread.bounds.most);
    double low = static_cast<double>(limits.least), high = static_cast<double>(limits.most);
    const NumberColumn& about = number_of(column);
    std::string high_words = range_words(ui, column, limits.most);
    if (limits.most == spread.bounds.most && spread.furthest > spread.bounds.most)
        high_words = ui.tr("browse.and_more", {{"value", high_words}});
    const ui::RangeSlider spec{.id = about.id,
                               .label = ui.tr(about.key),
                               .least = static_cast<double>(spread.bounds.least),
                               .most = static_cast<double>(spread.bounds.most),
                               .step = static_cast<double>(spread.step),
                               .histogram = spread.bars,
                               .low_words = ui.keep(range_words(ui, column, limits.least)),
                               .high_words = ui.keep(std::move(high_words))};
    ui::Area place = area.cut_top(range_slider_height(spec));
    if (range_slider(ui, place.cut_start(std::min(width, place.width())), spec, low, high)) {
        limits = {std::llround(low), std::llround(high)};
        if (limits == spread.bounds) {
            ranges.erase(column);
        } else {
            if (limits.most == spread.bounds.most) limits.most = spread.furthest;
            ranges[column] = limits;
        }
        changed(ui);
    }
    area.skip(gap);
}

bool BrowseFilters::draw_rail(ui::Context& ui, ui::Area area) {
    if (catalogue_ == nullptr) return false;
    ui::ScrollView rail(ui, "filters", area);
    // Where there is no room for a slider with its figures (reach mode), the way to all of them
    // comes first and the rest is one group.
    constexpr float kLeast = 480;
    if (area.height() < kLeast) {
        const bool asked = draw_more(ui, rail.area(), ui::space::k8);
        draw_chips(ui, rail.area(), Catalogue::kBody, kMostInRail, 0);
        return asked;
    }
    draw_chips(ui, rail.area(), Catalogue::kBody, kMostInRail);
    draw_range(ui, rail.area(), Catalogue::kPrice, area.width() - ui::space::k8);
    draw_chips(ui, rail.area(), Catalogue::kFuel, kMostInRail);
    draw_chips(ui, rail.area(), Catalogue::kGearbox, 3);
    return draw_more(ui, rail.area(), ui::space::k32);
}

// The way to every filter.
bool BrowseFilters::draw_more(ui::Context& ui, ui::Area& area, float gap) {
    ui::Button more{.id = "all_filters",
                    .label = ui.tr("browse.more_filters"),
                    .icon = ui::icons::kTune,
                    .kind = ui::ButtonKind::kGhost};
    ui::Area row = area.cut_top(56, gap);
    row = row.with(row.rect.moved(row.mirrored() ? ui::space::k16 : -ui::space::k16, 0));
    if (button_width(ui, more) > row.width()) more.label = ui.tr("browse.filters");
    return button(ui, row.cut_start(button_width(ui, more)), more);
}

// The groups of the sheet in columns about equally high, judged by all there is in the catalogue:
// chips stay where they are while one chooses.
BrowseFilters::Columns BrowseFilters::columns(std::size_t count, float width) const {
    using C = Catalogue;
    if (count == 1)
        return {{C::kBody, C::kMake, C::kModel, C::kPrice, C::kYear, C::kMileage, C::kFuel,
                 C::kGearbox, C::kDrive, C::kColor, C::kCondition}};
    constexpr float kRange = 208, kWords = 52, kChip = 150, kRow = 60;
    Columns columns(count);
    std::vector<float> high(count, 0.F);
    columns.back() = {C::kPrice, C::kYear, C::kMileage};
    high.back() = 3 * kRange;
    for (const auto facet :
         {C::kMake, C::kBody, C::kColor, C::kFuel, C::kGearbox, C::kDrive, C::kCondition}) {
        const std::size_t chips = std::min(catalogue_->values(facet).size(), kMostInSheet);
        if (chips == 0) continue;
        const auto at =
            static_cast<std::size_t>(std::min_element(high.begin(), high.end()) - high.begin());
        high[at] += kWords + kRow * std::ceil(static_cast<float>(chips) * kChip / width);
        columns[at].emplace_back(facet);
        if (facet == C::kMake) columns[at].emplace_back(C::kModel);
    }
    return columns;
}

std::vector<ui::Area> BrowseFilters::places_in(ui::Area area) {
    return area.columns(area.width() >= 1500 ? 3 : area.width() >= 1000 ? 2 : 1, ui::space::k48);
}

void BrowseFilters::draw_all(ui::Context& ui, ui::Area& area) {
    if (catalogue_ == nullptr) return;
    auto places = places_in(area);
    const std::size_t count = places.size();
    const float gap = count > 2 ? ui::space::k16 : ui::space::k24;
    const Columns parts = columns(count, places[0].width());
    float bottom = area.rect.y;
    for (std::size_t i = 0; i < count; ++i) {
        ui::Area& column = places[i];
        for (const auto& part : parts[i]) {
            if (const auto* number = std::get_if<Catalogue::Number>(&part))
                draw_range(ui, column, *number, column.width(), gap);
            else if (const auto facet = std::get<Catalogue::Facet>(part);
                     facet != Catalogue::kModel ||
                     shell_.visit.wanted.facets.contains(Catalogue::kMake))
                draw_chips(ui, column, facet, kMostInSheet, gap);
        }
        bottom = std::max(bottom, column.rect.y);
    }
    area.skip(bottom - area.rect.y);
}

void BrowseFilters::draw_chosen(ui::Context& ui, ui::Area& row, bool with_hints) {
    if (catalogue_ == nullptr) return;
    std::optional<std::pair<std::size_t, std::string>> value_off, value_on;
    std::optional<Catalogue::Number> range_off;
    for (const auto& [column, values] : shell_.visit.wanted.facets) {
        const Column& about = column_of(column);
        for (const std::string& value : values) {
            const ui::Chip spec{.id = ui.keep(std::string("off_") + name_of(about) + "_" + value),
                                .label = ui.keep(words_of(ui, about, value)),
                                .selected = true,
                                .removable = true};
            if (chip(ui, row.cut_start(chip_width(ui, spec), ui::space::k12), spec))
                value_off = {column, value};
        }
    }
    for (const auto& [column, limits] : shell_.visit.wanted.ranges) {
        const auto number = static_cast<Catalogue::Number>(column);
        const ui::Chip spec{.id = ui.keep(std::string("off_") + number_of(column).id),
                            .label = ui.keep(limits_words(ui, number, limits)),
                            .selected = true,
                            .removable = true};
        if (chip(ui, row.cut_start(chip_width(ui, spec), ui::space::k12), spec)) range_off = number;
    }
    if (with_hints) {
        for (const auto column :
             {Catalogue::kBody, Catalogue::kFuel, Catalogue::kGearbox, Catalogue::kDrive}) {
            if (shell_.visit.wanted.facets.contains(column)) continue;
            for (const Value& value : values(ui, column, kMostHints)) {
                const ui::Chip spec{
                    .id = ui.keep(value.id), .label = ui.keep(value.words), .count = value.count};
                if (chip(ui, row.cut_start(chip_width(ui, spec), ui::space::k12), spec))
                    value_on = {column, value.value};
            }
        }
    }
    if (value_off) choose(ui, value_off->first, value_off->second);
    if (value_on) choose(ui, value_on->first, value_on->second);
    if (range_off) {
        shell_.visit.wanted.ranges.erase(*range_off);
        changed(ui);
    }
}

}  // namespace showfloor::terminal
