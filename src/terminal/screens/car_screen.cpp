#include "terminal/screens/car_screen.hpp"

#include <algorithm>
#include <cmath>

#include "terminal/screens/car_card.hpp"
#include "terminal/screens/car_specification.hpp"
#include "terminal/screens/car_words.hpp"
#include "text/format.hpp"
#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

using ui::Style;

constexpr std::size_t kMostThumbs = 6, kFewFeatures = 5;
constexpr float kThumb = 132, kAction = 76;

// The first of them with dots between, none of which stands at the end of a line. Where one alone
// is longer than a line they follow each other as they come.
std::string flowing(ui::Context& ui, const std::vector<std::string>& words, std::size_t most,
                    float width, Style style) {
    const auto wide = [&](const std::string& line) { return text_width(ui, line, style) > width; };
    const auto end = words.begin() + static_cast<std::ptrdiff_t>(std::min(most, words.size()));
    const bool broken = std::any_of(words.begin(), end, wide);
    std::string all, line;
    for (auto word = words.begin(); word != end; ++word) {
        const std::string longer = line.empty() ? *word : line + " · " + *word;
        const bool breaks = !broken && !line.empty() && wide(longer);
        if (breaks) all += line + "\n";
        line = breaks ? *word : longer;
    }
    return all + line;
}

}  // namespace

const CatalogueCar* CarScreen::find() {
    const auto newest = shell_.app.catalogue();
    if (const CatalogueCar* car = newest->find(car_id_)) {
        catalogue_ = newest;
        return car;
    }
    return catalogue_ ? catalogue_->find(car_id_) : nullptr;
}

bool CarScreen::is_gone(const domain::Car& car) const {
    const auto newest = shell_.app.catalogue();
    return (newest->whole() && newest->find(car_id_) == nullptr) ||
           car.availability == domain::Availability::kSold;
}

// Kept and compared, beside what the bar has anyway.
void CarScreen::draw_bar_choices(ui::Context& ui, ui::Area bar, const domain::Car& car) {
    if (shell_.app.person()) return;
    const bool short_of_room = bar.width() < 420;
    const bool kept = shell_.visit.is_picked(car.id), compared = shell_.visit.is_compared(car.id);
    const auto choice = [&](const char* id, const std::string& words, char32_t icon, bool on) {
        const ui::Chip spec{.id = id,
                            .label = short_of_room ? std::string_view() : std::string_view(words),
                            .selected = on,
                            .icon = icon,
                            .spoken = words};
        const ui::Area at = bar.cut_end(chip_width(ui, spec), ui::space::k16);
        return chip(ui, at.centred(at.width(), 56), spec);
    };
    if (choice("keep", ui.tr(kept ? "car.kept" : "car.keep"),
               kept ? ui::icons::kFavorite : ui::icons::kFavoriteBorder, kept)) {
        if (!shell_.visit.toggle_pick(car.id))
            ui.toast(ui.tr("picks.full", {{"count", kMostPicks}}), ui::Tone::kWarning);
        ui.draw_again();
    }
    if (choice("compare", ui.tr(compared ? "car.compared" : "car.compare"),
               ui::icons::kCompareArrows, compared)) {
        if (!shell_.visit.toggle_compared(car.id))
            ui.toast(ui.tr("compare.full", {{"count", kMostCompared}}), ui::Tone::kWarning);
        else if (!compared && shell_.visit.compared.size() > 1)
            shell_.to_compare();
        else if (!compared)
            ui.toast(ui.tr("compare.first"), ui::Tone::kGood);
        ui.draw_again();
    }
}

bool CarScreen::has_thumbs() {
    const CarImages::Images* images = shell_.app.car_images().of(car_id_);
    return images != nullptr && images->size() > 1;
}

void CarScreen::draw_pictures(ui::Context& ui, ui::Area area, float hero_height) {
    const CarImages::Images* images = shell_.app.car_images().of(car_id_);
    const std::size_t count = images == nullptr ? 0 : images->size();
    picture_ = count == 0 ? 0 : std::min(picture_, count - 1);
    const ui::Area hero = area.cut_top(hero_height, ui::space::k24 - 4);
    const float radius = ui.theme().radius_card;
    ui.painter().shadow(hero.rect, radius, ui.color().shadow);
    if (count == 0) {
        shell_.main_picture(ui, hero, car_id_, radius);
        return;
    }
    const ui::Pager spec{.id = "hero", .count = count, .label = ui.tr("car.pictures")};
    pager(ui, hero, spec, picture_, [&](std::size_t index, ui::Area at) {
        shell_.car_picture(ui, at, (*images)[index], radius);
    });
    const ui::Chip place{
        .id = "gallery",
        .label = ui.keep(std::to_string(picture_ + 1) + " / " + std::to_string(count)),
        .icon = ui::icons::kPhotoLibrary,
        .spoken = ui.tr("car.all_pictures")};
    ui::Area corner = hero.padded(ui::space::k24);
    corner = corner.cut_bottom(ui::kChipHeight).cut_end(chip_width(ui, place));
    if (chip(ui, corner, place) || ui.interaction().tapped("pager:hero"))
        shell_.to_gallery(car_id_, picture_);
    const std::size_t shown = std::min(count, kMostThumbs);
    // The row follows what is shown in the hero.
    const std::size_t first = std::min(picture_ >= shown ? picture_ - shown + 1 : 0, count - shown);
    // Of a narrow row each keeps the shape of a photograph.
    constexpr auto kColumns = static_cast<float>(kMostThumbs);
    const float wide = (area.width() - (kColumns - 1) * ui::space::k16) / kColumns;
    const float high = std::min(kThumb, std::max(wide * 0.75F, ui::kTouchSize));
    if (count < 2 || area.height() < high) return;
    const auto cells = area.cut_top(high).columns(static_cast<int>(kMostThumbs), ui::space::k16);
    for (std::size_t i = 0; i < shown; ++i) {
        const std::size_t index = first + i;
        const ui::Area at = cells[i];
        shell_.car_picture(ui, at, (*images)[index], ui.theme().radius_control);
        if (index == picture_)
            ui.painter().outline(at.rect.inflated(5), ui.color().accent, 4,
                                 ui.theme().radius_control + 5);
        const std::string id = "thumb:" + std::to_string(index);
        const ui::Touch touch =
            ui.touch(id, ui.tr("car.picture", {{"number", index + 1}}), at.rect);
        focus_ring(ui, touch, at.rect, ui.theme().radius_control);
        if (touch.tapped) {
            picture_ = index;
            ui.draw_again();
        }
    }
}

void CarScreen::draw_head(ui::Context& ui, ui::Area& area, const domain::Car& car) {
    // Nowhere else is a long name read whole.
    constexpr int kMostLarge = 3;
    const std::string title = title_of(car);
    const bool large = lines_of(ui, title, Style::kDisplay, area.width()) <= kMostLarge;
    paragraph(ui, area, title, large ? Style::kDisplay : Style::kTitle);
    std::vector<std::string> parts;
    const auto add = [&parts](std::string_view part) {
        if (!part.empty()) parts.emplace_back(part);
    };
    // What the model says already is not said twice.
    if (car.model.find(car.trim_level) == std::string::npos) add(car.trim_level);
    if (car.engine_size != car.trim_level)
        add(text::with_decimal_mark(ui.locale(), car.engine_size));
    if (!car.stock_number.empty()) add(ui.tr("car.stock", {{"number", car.stock_number}}));
    add(catalogue_->branch_name(car.branch_id));
    area.skip(ui::space::k4);
    paragraph(ui, area, flowing(ui, parts, parts.size(), area.width(), Style::kBodyLarge),
              Style::kBodyLarge, ui::Ink::kQuiet, ui::Align::kStart, 2);
    area.skip(ui::space::k16);
    draw_price(ui, area, car);
    area.skip(ui::space::k16);
}

void CarScreen::draw_price(ui::Context& ui, ui::Area& area, const domain::Car& car) {
    ui::Area line = area.cut_top(60);
    const std::string badge_words = badge_of(ui, car, shell_.app.now());
    const std::string price = money_of(ui, car.price_minor, car.currency);
    money_label(ui, line.cut_start(money_width(ui, price, Style::kDisplay) + 4, ui::space::k24),
                price, Style::kDisplay);
    if (!badge_words.empty() && line.width() > 120) {
        // A badge is dark for pictures; on the page's own ground it would vanish at night.
        constexpr float kTag = 36;
        const float width = text_width(ui, badge_words, Style::kBodyStrong) + 2 * ui::space::k16;
        const ui::Area tag = line.centred(line.width(), kTag).cut_start(width);
        const bool gone = is_gone(car) || car.availability == domain::Availability::kReserved;
        ui.painter().fill(tag.rect, gone ? ui.color().sunken : ui.color().accent_soft, kTag / 2);
        label(ui, tag, badge_words, Style::kBodyStrong, gone ? ui::Ink::kInk : ui::Ink::kAccent,
              ui::Align::kCentre);
    }
    const auto monthly = monthly_of(shell_, car);
    if (!monthly || is_gone(car) || shell_.app.person()) return;
    std::string words =
        ui.tr("car.monthly", {{"amount", estimate_of(ui, monthly->monthly_minor, car.currency)},
                              {"months", monthly->months}});
    if (monthly->deposit_minor > 0)
        words = ui.tr("car.monthly_deposit",
                      {{"amount", estimate_of(ui, monthly->monthly_minor, car.currency)},
                       {"months", monthly->months},
                       {"deposit", estimate_of(ui, monthly->deposit_minor, car.currency)}});
    const ui::Button change{
        .id = "finance", .label = ui.tr("car.change_finance"), .kind = ui::ButtonKind::kGhost};
    const float change_width = button_width(ui, change);
    const float words_width = text_width(ui, words, Style::kBodyLarge) + 4;
    ui::Area row = area.cut_top(48);
    if (words_width + change_width <= row.width()) {
        label(ui, row.cut_start(words_width), words, Style::kBodyLarge, ui::Ink::kQuiet);
    } else {
        area.rect.y = row.rect.y;
        paragraph(ui, area, words, Style::kBodyLarge, ui::Ink::kQuiet, ui::Align::kStart, 2);
        row = area.cut_top(48);
        row = row.with(row.rect.moved(row.mirrored() ? ui::space::k16 : -ui::space::k16, 0));
    }
    if (button(ui, row.cut_start(change_width), change)) shell_.to_finance(car_id_);
}

void CarScreen::draw_facts(ui::Context& ui, ui::Area& area, const domain::Car& car) {
    const auto facts = six_facts(ui, car);
    constexpr float kBeside = 480;  // two of them, with words of a usual length
    int columns = area.width() < kBeside ? 1 : area.width() < 2 * kBeside ? 2 : 3;
    constexpr float kAround = ui::space::k24 + 4, kSign = 40, kHardlyLess = 0.85F;
    const auto room = [&] {
        const float all =
            area.width() - 2 * kAround - ui::space::k16 * static_cast<float>(columns - 1);
        return all / static_cast<float>(columns) - kSign - ui::space::k12;
    };
    // A colour's own name may be long: fewer stand beside each other then.
    for (const auto& fact : facts)
        while (columns > 1 && text_width(ui, fact.value, Style::kBodyStrong) * kHardlyLess > room())
            --columns;
    const int rows = (static_cast<int>(facts.size()) + columns - 1) / columns;
    const ui::Area sheet =
        card(ui, area.cut_top(static_cast<float>(rows) * 80 + ui::space::k32, ui::space::k24), 0);
    const auto lines = sheet.padded(kAround, ui::space::k16).rows(rows, 0);
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const auto n = static_cast<std::size_t>(columns);
        ui::Area cell = lines[i / n].columns(columns, ui::space::k16)[i % n];
        ui::icon(ui, cell.cut_start(kSign, ui::space::k12), facts[i].icon, 34, ui::Ink::kAccent);
        cell = cell.centred(cell.width(), 60);
        label_fitted(ui, cell.cut_top(32), facts[i].value, Style::kBodyStrong);
        label(ui, cell.cut_top(26), facts[i].what, Style::kCaption, ui::Ink::kQuiet);
    }
}

void CarScreen::draw_features(ui::Context& ui, ui::Area& area, const domain::Car& car) {
    if (car.features.empty()) return;
    // "1 more" takes the room of the one it hides.
    const std::size_t all = car.features.size();
    const std::size_t shown = all <= kFewFeatures + 1 ? all : kFewFeatures;
    std::vector<std::string> told;
    for (std::size_t i = 0; i < shown; ++i)
        told.push_back(feature_of(ui, car.features[i]));
    paragraph(ui, area, flowing(ui, told, shown, area.width(), Style::kBody), Style::kBody,
              ui::Ink::kQuiet, ui::Align::kStart, 3);
    if (shown == all) return;
    const ui::Button more{.id = "features",
                          .label = ui.tr("car.more_features", {{"count", all - shown}}),
                          .kind = ui::ButtonKind::kGhost};
    ui::Area row = area.cut_top(48);
    row = row.with(row.rect.moved(row.mirrored() ? ui::space::k16 : -ui::space::k16, 0));
    if (button(ui, row.cut_start(button_width(ui, more)), more)) features_open_ = true;
}

bool CarScreen::is_sellable(const domain::Car& car) const {
    return car.availability == domain::Availability::kInStock && !is_gone(car);
}

// Why nobody can have it now. Beside its price a badge says the same in one word.
ui::Banner CarScreen::why_not(const ui::Context& ui, const domain::Car& car) const {
    return {.id = "state",
            .tone = ui::Tone::kInfo,
            .words = ui.tr(is_gone(car) ? "car.just_sold" : "car.not_now")};
}

float CarScreen::actions_height(ui::Context& ui, const domain::Car& car, float width) const {
    if (is_sellable(car)) return kAction;
    return banner_height(ui, why_not(ui, car), width) +
           (shell_.app.person() ? 0 : ui::space::k16 + kAction);
}

void CarScreen::draw_actions(ui::Context& ui, ui::Area area, const domain::Car& car) {
    const bool sellable = is_sellable(car);
    if (!sellable) {
        const ui::Banner state = why_not(ui, car);
        const float high = banner_height(ui, state, area.width());
        // What can be done first: on a low page the rest may lie below its edge.
        const bool low = !ui.portrait() && !shell_.app.person();
        banner(ui, low ? area.cut_bottom(high, ui::space::k16) : area.cut_top(high, ui::space::k16),
               state);
    }
    if (shell_.app.person()) {
        if (sellable && button(ui, area.cut_top(kAction),
                               {.id = "sell",
                                .label = ui.tr("car.sell"),
                                .icon = ui::icons::kSell,
                                .kind = ui::ButtonKind::kPrimary}))
            shell_.to_sale(car_id_);
        return;
    }
    ui::Area row = area.cut_top(kAction);
    const ui::Button drive{
        .id = "test_drive", .label = ui.tr("car.test_drive"), .kind = ui::ButtonKind::kPrimary};
    const ui::Button call{
        .id = "call", .label = ui.tr("bar.call"), .icon = ui::icons::kSupportAgent};
    if (!sellable) {
        if (button(ui, row, call)) shell_.visit.overlay = Overlay::kCall;
        return;
    }
    const auto halves = row.columns(2, ui::space::k16);
    if (button(ui, halves[0], drive)) shell_.to_lead(car_id_, true);
    if (button(ui, halves[1], call)) shell_.visit.overlay = Overlay::kCall;
}

void CarScreen::draw_specification(ui::Context& ui, ui::Area& area, const domain::Car& car) {
    const auto groups = specification(ui, *catalogue_, car);
    if (groups.empty()) return;
    label(ui, area.cut_top(48, ui::space::k16), ui.tr("car.specification"), Style::kTitle);
    draw_spec_groups(ui, area, groups);
}

void CarScreen::draw_similar(ui::Context& ui, ui::Area& area, const CatalogueCar& car) {
    if (similar_of_ != catalogue_) {
        similar_of_ = catalogue_;
        similar_ = catalogue_->similar(car, 4);
    }
    if (similar_.empty()) return;
    label(ui, area.cut_top(48, ui::space::k16), ui.tr("car.similar"), Style::kTitle);
    // As many beside each other as are read whole.
    int columns = ui.portrait() ? 2 : 4;
    for (const std::size_t other : similar_)
        while (columns > 1 && !card_says_whole(ui, catalogue_->cars()[other].car,
                                               area.columns(columns, 28)[0].width()))
            columns /= 2;
    const float width = area.columns(columns, 28)[0].width();
    for (std::size_t at = 0; at < similar_.size(); at += static_cast<std::size_t>(columns)) {
        const auto cells = area.cut_top(card_height(ui, shell_, width), 28).columns(columns, 28);
        for (std::size_t i = 0; i < cells.size() && at + i < similar_.size(); ++i) {
            const CatalogueCar& other = catalogue_->cars()[similar_[at + i]];
            if (car_card(ui, shell_, cells[i], other)) shell_.to_car(other.car.id);
        }
    }
}

void CarScreen::draw_more(ui::Context& ui, ui::Area& area, const CatalogueCar& car) {
    draw_specification(ui, area, car.car);
    // The dealer's own words, in the language they were written in.
    if (!car.car.description.empty()) {
        label(ui, area.cut_top(48, ui::space::k8), ui.tr("car.about"), Style::kTitle);
        ui::Area column = area;
        column.rect.w = std::min(column.rect.w, 1180.F);
        if (area.mirrored()) column.rect.x = area.rect.right() - column.rect.w;
        paragraph(ui, column, car.car.description, Style::kBodyLarge);
        area.skip(column.rect.y - area.rect.y + ui::space::k32);
    }
    draw_similar(ui, area, car);
    area.skip(ui::space::k32);
}

void CarScreen::draw_wide(ui::Context& ui, ui::Area page, const CatalogueCar& car) {
    ui::ScrollView view(ui, "car_page:" + car_id_.to_string(), page);
    ui::Area& all = view.area();
    const float above = shell_.app.person() ? ui::space::k24 : ui::space::k8;
    all.skip(above);
    const bool thumbs = has_thumbs();
    const float room =
        std::max(240.F, page.height() - above - ui::space::k32 - (thumbs ? kThumb + 20 : 0));
    // On a low page the picture keeps its shape, so that the car in it is seen whole.
    const float left_width = std::round(std::min(page.width() * 0.647F, room * 16 / 9));
    const float hero = std::clamp(left_width * 9 / 16, 240.F, room);
    const float least = hero + (thumbs ? kThumb + 20 : 0);
    ui::Area top = all.with({all.rect.x, all.rect.y, all.rect.w, least});
    draw_pictures(ui, top.cut_start(left_width, ui::space::k32 + ui::space::k8), hero);
    ui::Area side = top;
    draw_head(ui, side, car.car);
    // On a low page what is done comes before what is read: nobody scrolls to find it.
    constexpr float kLow = 700;
    if (page.height() < kLow) {
        const float high = actions_height(ui, car.car, side.width());
        draw_actions(ui, side.cut_top(high, ui::space::k24), car.car);
        draw_facts(ui, side, car.car);
        draw_features(ui, side, car.car);
        all.skip(std::max(least, side.rect.y - all.rect.y) + ui::space::k48);
        draw_more(ui, all, car);
        return;
    }
    draw_facts(ui, side, car.car);
    draw_features(ui, side, car.car);
    // The actions stand level with the pictures' end, or below the words when these are longer.
    const float actions = actions_height(ui, car.car, side.width());
    const float used = side.rect.y + ui::space::k24;
    const float y = std::max(used, all.rect.y + least - actions);
    draw_actions(ui, side.with({side.rect.x, y, side.rect.w, actions}), car.car);
    all.skip(std::max(least, y + actions - all.rect.y) + ui::space::k48);
    draw_more(ui, all, car);
}

void CarScreen::draw_upright(ui::Context& ui, ui::Area page, const CatalogueCar& car) {
    const float actions = actions_height(ui, car.car, page.width());
    ui::Area foot = page.cut_bottom(actions + ui::space::k32, ui::space::k16);
    {
        ui::ScrollView view(ui, "car_page:" + car_id_.to_string(), page);
        ui::Area& all = view.area();
        all.skip(shell_.app.person() ? ui::space::k24 : ui::space::k8);
        const float hero =
            std::min(page.width() * 10 / 16, std::max(page.width() * 0.48F, page.height() * 0.5F));
        // On a low page name and price come before small pictures; the large one is swiped.
        const bool thumbs = has_thumbs() && page.height() > page.width();
        draw_pictures(ui, all.cut_top(hero + (thumbs ? kThumb + 20 : 0), ui::space::k24), hero);
        draw_head(ui, all, car.car);
        draw_facts(ui, all, car.car);
        draw_features(ui, all, car.car);
        all.skip(ui::space::k24);
        draw_more(ui, all, car);
    }
    draw_actions(ui, foot, car.car);
}

void CarScreen::draw_all_features(ui::Context& ui, const domain::Car& car) {
    constexpr float kLeast = 440;  // of a long feature in any language
    const float wide = std::min(ui.screen().width() - 2 * ui::space::k48, 1500.F);
    const int columns = std::clamp(static_cast<int>((wide - 2 * ui::space::k32) / kLeast), 1, 3);
    const auto rows = (car.features.size() + static_cast<std::size_t>(columns) - 1) /
                      static_cast<std::size_t>(columns);
    const float high = std::min(ui.screen().height() - 120,
                                static_cast<float>(rows) * 56 + 64 + 3 * ui::space::k48);
    ui::Sheet sheet(ui, "features_sheet", high, wide);
    ui::Area area = sheet.area();
    if (sheet_head(ui, area, "close_features", ui.tr("car.features"), ui::space::k16) ||
        sheet.dismissed())
        features_open_ = false;
    ui::ScrollView all(ui, "features_list", area);
    for (std::size_t row = 0; row < rows; ++row) {
        const auto cells = all.area().cut_top(56).columns(columns, ui::space::k24);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::size_t index = i * rows + row;
            if (index >= car.features.size()) continue;
            ui::Area cell = cells[i];
            ui::icon(ui, cell.cut_start(32, ui::space::k12), ui::icons::kCheck, 26,
                     ui::Ink::kAccent);
            label_fitted(ui, cell, feature_of(ui, car.features[index]), Style::kBody);
        }
    }
}

void CarScreen::draw(ui::Context& ui) {
    ui::Area page = shell_.page(ui);
    const ui::Area bar = shell_.bar(ui, page, true);
    page = page.padded(ui.portrait() ? ui::space::k32 + ui::space::k8 : ui::space::k48, 0);
    const CatalogueCar* car = find();
    if (car == nullptr) {
        if (shell_.app.catalogue()->on_offer() == 0 && says_unreadable(ui, page, shell_.app))
            return;
        if (empty_state(ui, page,
                        {.id = "gone",
                         .icon = ui::icons::kDirectionsCar,
                         .title = ui.tr("car.gone"),
                         .words = ui.tr("car.gone_hint"),
                         .action = ui.tr("bar.back")}))
            shell_.navigator.pop();
        return;
    }
    draw_bar_choices(ui, bar, car->car);
    if (ui.portrait())
        draw_upright(ui, page, *car);
    else
        draw_wide(ui, page, *car);
    if (features_open_) draw_all_features(ui, car->car);
}

}  // namespace showfloor::terminal
