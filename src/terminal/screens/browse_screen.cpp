#include "terminal/screens/browse_screen.hpp"

#include <array>

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

// "Hybrid · Automatic · 21,400 km"
std::string facts_of(const ui::Context& ui, const domain::Car& car) {
    std::string facts;
    const auto add = [&](const std::string& fact) {
        if (fact.empty()) return;
        if (!facts.empty()) facts += " · ";
        facts += fact;
    };
    add(option_of(ui, "fuel_type",
                  domain::kFuelTypeNames[static_cast<std::size_t>(car.fuel_type)]));
    add(option_of(ui, "transmission",
                  domain::kTransmissionNames[static_cast<std::size_t>(car.transmission)]));
    add(mileage_of(ui, car));
    return facts;
}

}  // namespace

bool car_card(ui::Context& ui, Shell& shell, ui::Area area, const CatalogueCar& entry) {
    const domain::Car& car = entry.car;
    const bool tapped =
        tap_card(ui, area, car.id.to_string(), title_of(car)).tapped;
    ui::Area inside = area;
    const ui::Area top = inside.cut_top(area.height() - 148);
    shell.car_picture(ui, top, entry.images.empty() ? nullptr : &entry.images.front(), false,
                      ui.theme().radius_card, true);
    using domain::Availability;
    if (car.availability != Availability::kInStock) {
        const auto name =
            domain::kAvailabilityNames[static_cast<std::size_t>(car.availability)];
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
    if (newest == catalogue_ && words_ == found_words_ && sort_ == found_sort_) return;
    catalogue_ = newest;
    found_words_ = words_;
    found_sort_ = sort_;
    found_ = catalogue_->search(words_, sort_);
}

void BrowseScreen::draw_head(ui::Context& ui, ui::Area& page) {
    ui::Area search = page.cut_top(88, ui::space::k8);
    const ui::Field field{.id = "search", .label = {}, .kind = ui::FieldKind::kSearch,
                          .placeholder = ui.tr("browse.search")};
    if (ui.portrait()) {
        if (text_field(ui, search.centred(search.width(), field_height(field)), field, words_)
                .changed)
            scroll_to(ui, "cars", 0);
    } else {
        const ui::Area count = search.cut_start(280, ui::space::k24);
        label(ui, count, ui.tr("browse.count", {{"count", found_.size()}}), ui::Style::kTitle);
        if (text_field(ui, search.cut_start(640).centred(640, field_height(field)), field, words_)
                .changed)
            scroll_to(ui, "cars", 0);
    }
    ui::Area row = page.cut_top(ui::kChipHeight, ui::space::k16);
    ui::Flow flow(row, ui::space::k8, ui::kChipHeight);
    for (const SortWord& each : kSorts) {
        const std::string words = ui.tr(each.key);
        const ui::Chip spec{.id = each.id, .label = words, .selected = sort_ == each.sort};
        if (chip(ui, flow.next(chip_width(ui, spec)), spec)) {
            sort_ = each.sort;
            scroll_to(ui, "cars", 0);
        }
    }
}

void BrowseScreen::draw(ui::Context& ui) {
    ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    shell_.bar(ui, page, false);
    find();
    page = page.padded(ui.portrait() ? ui::space::k32 : ui::space::k48, 0);
    draw_head(ui, page);
    find();
    if (found_.empty()) {
        const bool nothing_here = catalogue_->on_offer() == 0;
        const std::string title = ui.tr(nothing_here ? "browse.empty" : "browse.none");
        const std::string words =
            ui.tr(!nothing_here ? "browse.none_hint"
                  : shell_.app.link().online ? "browse.empty_hint" : "browse.empty_offline");
        const std::string action = nothing_here ? std::string() : ui.tr("browse.clear");
        if (empty_state(ui, page,
                        {.id = "clear", .icon = ui::icons::kDirectionsCar, .title = title,
                         .words = words, .action = action}))
            words_.clear();
        return;
    }
    grid(ui, page, {.id = "cars", .count = found_.size(), .least_width = 400,
                    .item_height = kCardHeight},
         [&](std::size_t index, ui::Area area) {
             const auto& car = catalogue_->cars()[found_[index]];
             if (car_card(ui, shell_, area, car)) shell_.to_car(car.car.id);
         });
}

}  // namespace showfloor::terminal
