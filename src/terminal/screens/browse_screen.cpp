#include "terminal/screens/browse_screen.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

struct SortWord {
    Catalogue::Sort sort;
    const char* id;
    const char* key;
};
constexpr std::array<SortWord, 5> kSorts = {{
    {Catalogue::Sort::kNewest, "sort_newest", "browse.sort_newest"},
    {Catalogue::Sort::kPriceUp, "sort_price_up", "browse.sort_price_up"},
    {Catalogue::Sort::kPriceDown, "sort_price_down", "browse.sort_price_down"},
    {Catalogue::Sort::kMileage, "sort_mileage", "browse.sort_mileage"},
    {Catalogue::Sort::kYear, "sort_year", "browse.sort_year"},
}};

// The filters of the rail: a column of the catalogue and how its values are called.
struct Filter {
    std::size_t column;
    const char* field;  // of "option.<field>.<value>"; null: the value is its own name
    const char* key;
};
constexpr std::array<Filter, 5> kFilters = {{
    {Catalogue::kBody, "body_style", "car.body"},
    {Catalogue::kMake, nullptr, "browse.make"},
    {Catalogue::kFuel, "fuel_type", "car.fuel"},
    {Catalogue::kGearbox, "transmission", "car.gearbox"},
    {Catalogue::kDrive, "drive_type", "car.drive"},
}};
constexpr std::size_t kMostChips = 8;  // of one filter: the most frequent ones

std::string value_words(const ui::Context& ui, const Filter& filter, const std::string& value) {
    return filter.field == nullptr ? value : option_of(ui, filter.field, value);
}

const std::string& id_of(ui::Context& ui, const Filter& filter, const std::string& value) {
    return ui.keep(std::string(filter.field == nullptr ? "make" : filter.field) + "_" + value);
}

// "Hybrid · Automatic · 21,400 km"; what drives all wheels says so instead of its gearbox.
std::string facts_of(const ui::Context& ui, const domain::Car& car) {
    std::string facts;
    const auto add = [&](const std::string& fact) {
        if (fact.empty()) return;
        if (!facts.empty()) facts += " · ";
        facts += fact;
    };
    const auto word = [&](const char* field, std::span<const std::string_view> names, auto value) {
        return option_of(ui, field, names[static_cast<std::size_t>(value)]);
    };
    using domain::DriveType;
    add(word("fuel_type", domain::kFuelTypeNames, car.fuel_type));
    if (car.drive_type == DriveType::kAllWheel || car.drive_type == DriveType::kFourWheel)
        add(word("drive_type", domain::kDriveTypeNames, car.drive_type));
    else
        add(word("transmission", domain::kTransmissionNames, car.transmission));
    add(mileage_of(ui, car));
    return facts;
}

}  // namespace

bool car_card(ui::Context& ui, Shell& shell, ui::Area area, const CatalogueCar& entry) {
    const domain::Car& car = entry.car;
    const bool tapped = tap_card(ui, area, car.id.to_string(), title_of(car)).tapped;
    ui::Area inside = area;
    const ui::Area top = inside.cut_top(area.height() - kCardFoot);
    shell.car_picture(ui, top, entry.images.empty() ? nullptr : &entry.images.front(),
                      ui.theme().radius_card, true);
    using domain::Availability;
    if (car.availability != Availability::kInStock) {
        const auto name = domain::kAvailabilityNames[static_cast<std::size_t>(car.availability)];
        badge(ui, top.padded(ui::space::k16), option_of(ui, "availability", name));
    } else if (car.condition == domain::Condition::kNew) {
        badge(ui, top.padded(ui::space::k16), option_of(ui, "condition", "new"));
    }
    inside = inside.padded(ui::space::k24, ui::space::k16);
    label(ui, inside.cut_top(36), title_of(car), ui::Style::kHeading);
    label(ui, inside.cut_top(32), facts_of(ui, car), ui::Style::kSmall, ui::Ink::kQuiet);
    label(ui, inside.cut_top(44), money_of(ui, car.price_minor, car.currency), ui::Style::kTitle);
    return tapped;
}

void BrowseScreen::find() {
    const auto newest = shell_.app.catalogue();
    if (newest != catalogue_) rank(*newest);
    if (newest == catalogue_ && words_ == found_words_ && filters_ == found_filters_ &&
        sort_ == found_sort_)
        return;
    catalogue_ = newest;
    found_words_ = words_;
    found_filters_ = filters_;
    found_sort_ = sort_;
    search::Query query = Catalogue::query_for(words_, sort_);
    query.facets = filters_;
    auto answer = catalogue_->query(std::move(query));
    found_.clear();
    for (const search::Slot slot : answer.slots)
        found_.push_back(catalogue_->position(slot));
    counts_ = std::move(answer.counts);
    for (std::size_t column = 0; column < counts_.size(); ++column) {
        auto& ranks = ranks_[column];
        std::stable_sort(
            counts_[column].begin(), counts_[column].end(),
            [&](const auto& a, const auto& b) { return ranks[a.value] < ranks[b.value]; });
    }
}

// The most frequent values of all cars come first, and chips keep their places while one chooses.
void BrowseScreen::rank(Catalogue& catalogue) {
    auto all = catalogue.query({}).counts;
    ranks_.assign(all.size(), {});
    for (std::size_t column = 0; column < all.size(); ++column) {
        std::stable_sort(all[column].begin(), all[column].end(),
                         [](const auto& a, const auto& b) { return a.count > b.count; });
        for (const auto& each : all[column])
            ranks_[column].emplace(each.value, ranks_[column].size());
    }
}

bool BrowseScreen::chosen(std::size_t column, const std::string& value) const {
    const auto found = filters_.find(column);
    return found != filters_.end() &&
           std::find(found->second.begin(), found->second.end(), value) != found->second.end();
}

void BrowseScreen::choose(ui::Context& ui, std::size_t column, const std::string& value) {
    auto& values = filters_[column];
    if (std::erase(values, value) == 0) values.push_back(value);
    if (values.empty()) filters_.erase(column);
    scroll_to(ui, "cars", 0);
}

void BrowseScreen::draw_search(ui::Context& ui, ui::Area area) {
    const ui::Field field{.id = "search",
                          .label = {},
                          .kind = ui::FieldKind::kSearch,
                          .placeholder = ui.tr("browse.search")};
    if (text_field(ui, area.centred(area.width(), field_height(field)), field, words_).changed)
        scroll_to(ui, "cars", 0);
}

void BrowseScreen::draw_sorts(ui::Context& ui, ui::Area area) {
    ui::ScrollView row(ui, "sorts", area, ui::ScrollAxis::kAcross);
    for (const SortWord& each : kSorts) {
        const ui::Chip spec{
            .id = each.id, .label = ui.tr(each.key), .selected = sort_ == each.sort};
        if (!chip(ui, row.area().cut_start(chip_width(ui, spec), ui::space::k8), spec)) continue;
        sort_ = each.sort;
        scroll_to(ui, "cars", 0);
    }
}

// Every value that would find something, and those chosen.
void BrowseScreen::draw_rail(ui::Context& ui, ui::Area area) {
    label(ui, area.cut_top(56, ui::space::k8), ui.tr("browse.count", {{"count", found_.size()}}),
          ui::Style::kTitle);
    ui::ScrollView rail(ui, "filters", area);
    for (const Filter& filter : kFilters) {
        std::vector<ui::Chip> specs;
        std::vector<const std::string*> values;
        for (const auto& [value, count] : counts_[filter.column]) {
            const bool is_chosen = chosen(filter.column, value);
            const std::string& words = ui.keep(value_words(ui, filter, value));
            if (words.empty() || (count == 0 && !is_chosen)) continue;
            if (specs.size() >= kMostChips && !is_chosen) continue;
            specs.push_back({.id = id_of(ui, filter, value),
                             .label = words,
                             .count = static_cast<std::int64_t>(count),
                             .selected = is_chosen});
            values.push_back(&value);
        }
        if (specs.empty()) continue;
        label(ui, rail.area().cut_top(32, ui::space::k8), ui.tr(filter.key), ui::Style::kSmall,
              ui::Ink::kQuiet);
        if (const int tapped = chips(ui, rail.area(), specs); tapped >= 0)
            choose(ui, filter.column, std::string(*values[static_cast<std::size_t>(tapped)]));
        rail.area().skip(ui::space::k24);
    }
}

// The same for a narrow screen: one row that slides, what is chosen first.
void BrowseScreen::draw_chip_row(ui::Context& ui, ui::Area area) {
    ui::ScrollView row(ui, "filters", area, ui::ScrollAxis::kAcross);
    std::optional<std::pair<std::size_t, std::string>> tapped;
    for (const bool chosen_ones : {true, false}) {
        for (const Filter& filter : kFilters) {
            for (const auto& [value, count] : counts_[filter.column]) {
                const bool is_chosen = chosen(filter.column, value);
                const std::string& words = ui.keep(value_words(ui, filter, value));
                if (words.empty() || is_chosen != chosen_ones || (count == 0 && !is_chosen))
                    continue;
                const ui::Chip spec{.id = id_of(ui, filter, value),
                                    .label = words,
                                    .count = static_cast<std::int64_t>(count),
                                    .selected = is_chosen};
                if (chip(ui, row.area().cut_start(chip_width(ui, spec), ui::space::k8), spec))
                    tapped = {filter.column, value};
            }
        }
    }
    if (tapped) choose(ui, tapped->first, tapped->second);
}

void BrowseScreen::draw_cars(ui::Context& ui, ui::Area area) {
    if (found_.empty()) {
        const bool nothing_here = catalogue_->on_offer() == 0;
        const std::string& title = ui.tr(nothing_here ? "browse.empty" : "browse.none");
        const std::string& words = ui.tr(!nothing_here              ? "browse.none_hint"
                                         : shell_.app.link().online ? "browse.empty_hint"
                                                                    : "browse.empty_offline");
        const std::string& action = nothing_here ? ui.keep({}) : ui.tr("browse.clear");
        if (empty_state(ui, area,
                        {.id = "clear",
                         .icon = ui::icons::kDirectionsCar,
                         .title = title,
                         .words = words,
                         .action = action})) {
            words_.clear();
            filters_.clear();
            ui.draw_again();
        }
        return;
    }
    constexpr float kLeastWidth = 400, kGap = ui::space::k24;
    const float columns = std::max(1.F, std::floor((area.width() + kGap) / (kLeastWidth + kGap)));
    const float width = (area.width() - kGap * (columns - 1)) / columns;
    grid(ui, area,
         {.id = "cars",
          .count = found_.size(),
          .least_width = kLeastWidth,
          .item_height = std::round(width * 10 / 16) + kCardFoot,
          .gap = kGap},
         [&](std::size_t index, ui::Area cell) {
             const auto& car = catalogue_->cars()[found_[index]];
             if (car_card(ui, shell_, cell, car)) shell_.to_car(car.car.id);
         });
}

void BrowseScreen::draw(ui::Context& ui) {
    ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    ui::Area bar = shell_.bar(ui, page, false);
    find();
    page = page.padded(ui.portrait() ? ui::space::k32 : ui::space::k48, 0);
    if (ui.portrait()) {
        page.skip(ui::space::k8);
        draw_search(ui, page.cut_top(80, ui::space::k8));
        find();
        draw_chip_row(ui, page.cut_top(ui::kChipHeight, ui::space::k12));
        ui::Area line = page.cut_top(ui::kChipHeight, ui::space::k16);
        label(ui, line.cut_start(220, ui::space::k16),
              ui.tr("browse.count", {{"count", found_.size()}}), ui::Style::kTitle);
        draw_sorts(ui, line);
        draw_cars(ui, page);
        return;
    }
    draw_search(ui, bar.centred(std::min(640.F, bar.width()), bar.height()));
    find();
    page.skip(ui::space::k16);
    draw_rail(ui, page.cut_start(336, ui::space::k48));
    draw_sorts(ui, page.cut_top(ui::kChipHeight, ui::space::k16));
    draw_cars(ui, page);
}

}  // namespace showfloor::terminal
