#include "terminal/screens/browse_screen.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "terminal/screens/car_card.hpp"
#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

struct SortWord {
    Catalogue::Sort sort;
    const char* id;
    const char* key;
};
constexpr std::array<SortWord, 5> kSorts = {{
    {Catalogue::Sort::kNewest, "newest", "browse.sort_newest"},
    {Catalogue::Sort::kPriceUp, "price_up", "browse.sort_price_up"},
    {Catalogue::Sort::kPriceDown, "price_down", "browse.sort_price_down"},
    {Catalogue::Sort::kMileage, "mileage", "browse.sort_mileage"},
    {Catalogue::Sort::kYear, "year", "browse.sort_year"},
}};
constexpr float kRail = 372, kGap = 28, kLeastCard = 380;
constexpr std::size_t kAskedAhead = 24;  // cards; some rows of them

}  // namespace

void BrowseScreen::find() {
    const auto newest = shell_.app.catalogue();
    const Wanted& wanted = shell_.visit.wanted;
    if (newest == catalogue_ && wanted == asked_) return;
    catalogue_ = newest;
    asked_ = wanted;
    search::Query query = Catalogue::query_for(wanted.words, wanted.sort);
    query.facets = wanted.facets;
    for (const auto& [column, limits] : wanted.ranges) {
        query.ranges.push_back({column, limits.least, limits.most});
        // A price speaks of one currency.
        if (column == Catalogue::kPrice)
            query.facets[Catalogue::kCurrency] = {catalogue_->currency()};
    }
    auto answer = catalogue_->query(query);
    found_ = std::move(answer.slots);
    if (waits_for_all()) found_.clear();
    filters_.take(*catalogue_, answer.counts);
}

bool BrowseScreen::loading() const {
    return catalogue_->on_offer() == 0 && shell_.app.link().filling && shell_.app.link().online;
}

bool BrowseScreen::waits_for_all() const {
    return !catalogue_->whole() && !(asked_ == Wanted{});
}

void BrowseScreen::draw_count(ui::Context& ui, ui::Area area) {
    if (catalogue_->on_offer() == 0 && shell_.app.link().unreadable) return;
    if (catalogue_->whole() && !loading())
        label(ui, area, ui.tr("browse.count", {{"count", found_.size()}}), ui::Style::kTitle);
    else
        skeleton(ui, area.cut_start(std::min(180.F, area.width())).padded(0, ui::space::k8), 8);
}

void BrowseScreen::draw_search(ui::Context& ui, ui::Area area) {
    const ui::Field field{.id = "search",
                          .label = {},
                          .kind = ui::FieldKind::kSearch,
                          .placeholder = ui.tr("browse.search")};
    if (text_field(ui, area.centred(area.width(), field_height(field)), field,
                   shell_.visit.wanted.words)
            .changed)
        scroll_to(ui, "cars", 0);
}

void BrowseScreen::draw_sort(ui::Context& ui, ui::Area area) {
    const auto now = std::find_if(kSorts.begin(), kSorts.end(), [&](const SortWord& each) {
        return each.sort == shell_.visit.wanted.sort;
    });
    const ui::Chip spec{.id = "sort", .label = ui.tr(now->key), .icon_end = ui::icons::kExpandMore};
    sort_anchor_ = area.cut_end(std::min(chip_width(ui, spec), area.width()));
    if (chip(ui, sort_anchor_, spec)) sort_open_ = !sort_open_;
}

void BrowseScreen::draw_cars(ui::Context& ui, ui::Area area) {
    if (catalogue_->on_offer() == 0 && says_unreadable(ui, area, shell_.app)) return;
    if (loading() || waits_for_all()) {
        constexpr int kSkeletons = 6;
        const int columns =
            std::max(1, static_cast<int>((area.width() + kGap) / (kLeastCard + kGap)));
        if (loading())
            label(ui, area.cut_top(40, ui::space::k16), ui.tr("link.filling"),
                  ui::Style::kBodyLarge, ui::Ink::kQuiet);
        for (int i = 0; i < kSkeletons / columns; ++i) {
            auto row =
                area.cut_top(card_height(ui, shell_, area.width() / static_cast<float>(columns)),
                             kGap)
                    .columns(columns, kGap);
            for (ui::Area& cell : row)
                skeleton(ui, cell, ui.theme().radius_card);
        }
        return;
    }
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
            shell_.visit.wanted = {};
            ui.draw_again();
        }
        return;
    }
    const float columns = std::max(1.F, std::floor((area.width() + kGap) / (kLeastCard + kGap)));
    const float width = (area.width() - kGap * (columns - 1)) / columns;
    grid(ui, area,
         {.id = "cars",
          .count = found_.size(),
          .least_width = kLeastCard,
          .item_height =
              std::round(ui.portrait() ? card_height(ui, shell_, width)
                                       : card_height_in(ui, shell_, width, area.height(), kGap)),
          .gap = kGap,
          .padding_bottom = ui.portrait() ? 190.F : ui::space::k48},
         [&](std::size_t index, ui::Area cell) {
             const CatalogueCar& car = catalogue_->at(found_[index]);
             // Which pictures those below have is known before they come up.
             const std::size_t ahead = index + kAskedAhead;
             if (ahead < found_.size())
                 (void)shell_.app.car_images().of(
                     catalogue_->id(catalogue_->position(found_[ahead])));
             if (car_card(ui, shell_, cell, car)) shell_.to_car(car.car.id);
         });
}

void BrowseScreen::draw_filter_sheet(ui::Context& ui) {
    const ui::Area screen = ui.screen();
    // As high as the filters have been since it was opened: it never shrinks under a finger.
    constexpr float kLeast = 560, kRest = 64 + ui::space::k8 + ui::kButtonHeight + ui::space::k16 +
                                          ui::space::k64;
    float& needed = ui.remembered("filters_sheet:needed");
    const float most = std::min(screen.height() - ui::space::k64, ui.portrait() ? 1560.F : 1016.F);
    const float high = std::clamp(needed + kRest, std::min(kLeast, most), most);
    ui::Sheet sheet(ui, "filters_sheet", high,
                    std::min(screen.width() - 2 * ui::space::k48, 1824.F));
    ui::Area area = sheet.area();
    ui::Area head = area.cut_top(64, ui::space::k8);
    ui::Area foot = area.cut_bottom(ui::kButtonHeight, ui::space::k16);
    const ui::Button reset{.id = "reset_filters",
                           .label = ui.tr("browse.reset"),
                           .kind = ui::ButtonKind::kGhost,
                           .enabled = shell_.visit.wanted.filters() > 0};
    ui::Area end = head.cut_end(button_width(ui, reset));
    end.rect.x += end.mirrored() ? -ui::space::k16 : ui::space::k16;  // its words level with all
    if (button(ui, end, reset)) {
        shell_.visit.wanted.facets.clear();
        shell_.visit.wanted.ranges.clear();
        scroll_to(ui, "cars", 0);
        ui.draw_again();
    }
    label(ui, head, ui.tr("browse.filters"), ui::Style::kTitle);
    {
        ui::ScrollView all(ui, "all_filters", area);
        const float top = all.area().rect.y;
        filters_.draw_all(ui, all.area());
        if (const float drawn = all.area().rect.y - top; drawn > needed) {
            needed = drawn;
            ui.draw_again();
        }
    }
    if (!ui.portrait()) foot = BrowseFilters::places_in(foot).back();
    const bool show = button(ui, foot,
                             {.id = "show_found",
                              .label = ui.tr("browse.show_count", {{"count", found_.size()}}),
                              .kind = ui::ButtonKind::kPrimary});
    if (show || sheet.dismissed()) {
        filters_open_ = false;
        needed = 0;
        ui.draw_again();
    }
}

void BrowseScreen::draw_wide(ui::Context& ui, ui::Area page, ui::Area bar) {
    draw_search(ui, bar.centred(std::min(620.F, bar.width()), bar.height()));
    find();  // what a letter changed is seen in the same frame
    page.skip(shell_.app.person() ? ui::space::k24 : ui::space::k8);  // the staff's bar has a foot
    const bool roomy = page.width() > 1500;
    ui::Area rail = page.cut_start(roomy ? kRail : 330, ui::space::k32 + ui::space::k8);
    // Under the filters, so that it never lies on a car's price.
    if (!shell_.app.person()) shell_.fixed_call(ui, rail);
    draw_count(ui, rail.cut_top(48, ui::space::k16));
    // Without any cars there is nothing to narrow or to sort.
    const bool cars_here = catalogue_->on_offer() > 0;
    if (cars_here && catalogue_->whole() && filters_.draw_rail(ui, rail)) filters_open_ = true;
    ui::Area row = page.cut_top(ui::kChipHeight, ui::space::k24);
    if (cars_here) draw_sort(ui, row.cut_end(260, ui::space::k24));
    {
        ui::ScrollView chosen(ui, "chosen", row, ui::ScrollAxis::kAcross);
        filters_.draw_chosen(ui, chosen.area(), false);
    }
    draw_cars(ui, page);
}

void BrowseScreen::draw_upright(ui::Context& ui, ui::Area page, ui::Area whole) {
    page.skip(shell_.app.person() ? ui::space::k24 : ui::space::k8);
    draw_search(ui, page.cut_top(72, ui::space::k24));
    find();
    if (catalogue_->on_offer() == 0) return draw_cars(ui, page);  // nothing to narrow or to sort
    ui::Area row = page.cut_top(56, ui::space::k24);
    // The chips run out at the screen's edge, not in the middle of the page.
    const float beyond = whole.rect.right() - row.rect.right();
    row.rect.w += beyond;
    if (row.mirrored()) row.rect.x -= beyond;
    {
        ui::ScrollView chips(ui, "chosen", row, ui::ScrollAxis::kAcross);
        ui::Chip all{.id = "filters", .label = ui.tr("browse.filters"), .icon = ui::icons::kTune};
        if (const std::size_t count = shell_.visit.wanted.filters(); count > 0)
            all.count = static_cast<std::int64_t>(count);
        const ui::Area at = chips.area().cut_start(chip_width(ui, all), ui::space::k12);
        if (!catalogue_->whole())
            skeleton(ui, at, ui::kChipHeight / 2);
        else if (chip(ui, at, all))
            filters_open_ = true;
        filters_.draw_chosen(ui, chips.area(), true);
    }
    ui::Area line = page.cut_top(ui::kChipHeight, ui::space::k24);
    draw_sort(ui, line.cut_end(300, ui::space::k16));
    draw_count(ui, line);
    draw_cars(ui, page);
}

void BrowseScreen::draw(ui::Context& ui) {
    ui::Area page = shell_.page(ui);
    const ui::Area whole = page;
    const ui::Area bar = shell_.bar(ui, page, false);
    find();
    page = page.padded(ui.portrait() ? ui::space::k32 + ui::space::k8 : ui::space::k48, 0);
    if (ui.portrait())
        draw_upright(ui, page, whole);
    else
        draw_wide(ui, page, bar);
    if (ui.portrait()) shell_.float_call(ui, whole);
    std::vector<ui::MenuOption> options;
    for (const SortWord& each : kSorts)
        options.push_back({.id = each.id,
                           .label = ui.tr(each.key),
                           .selected = each.sort == shell_.visit.wanted.sort});
    if (const int chosen = menu(ui, "sort", sort_anchor_, options, sort_open_); chosen >= 0) {
        shell_.visit.wanted.sort = kSorts[static_cast<std::size_t>(chosen)].sort;
        scroll_to(ui, "cars", 0);
        ui.draw_again();
    }
    if (filters_open_) draw_filter_sheet(ui);
    if (!(shell_.visit.wanted == asked_)) ui.draw_again();
}

}  // namespace showfloor::terminal
