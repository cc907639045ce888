#include "terminal/screens/car_card.hpp"

#include <algorithm>

#include "domain/money.hpp"
#include "terminal/screens/car_words.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr float kFoot = 148, kMonthLine = 28, kAround = ui::space::k24;
constexpr std::int64_t kUsualPrice = 8'888'888, kMonthsPart = 10;  // in whole units; at least

std::string month_words(ui::Context& ui, std::int64_t minor, std::string_view currency) {
    return ui.tr("browse.a_month", {{"amount", estimate_of(ui, minor, currency)}});
}

// Whether the month of the dearest car stands beside its price, in this language: what one card is
// like all are, so that those beside each other are of one height.
bool fits_beside(ui::Context& ui, const Shell& shell, float width) {
    const std::string& currency = shell.app.branch().currency;
    std::int64_t dearest = kUsualPrice;
    for (int i = domain::minor_digits(currency).value_or(2); i > 0; --i)
        dearest *= 10;
    dearest = std::max(dearest, shell.app.catalogue()->spread(Catalogue::kPrice).furthest);
    return money_width(ui, money_of(ui, dearest, currency), ui::Style::kTitle) + ui::space::k12 +
               money_width(ui, month_words(ui, dearest / kMonthsPart, currency),
                           ui::Style::kCaption) +
               1 <=
           width - 2 * kAround;
}

float foot_height(ui::Context& ui, const Shell& shell, float width) {
    const bool below = !shell.app.branch().finance_rates.empty() && !fits_beside(ui, shell, width);
    return kFoot + (below ? kMonthLine : 0);
}

}  // namespace

float card_height(ui::Context& ui, const Shell& shell, float width) {
    return width * 10 / 16 + foot_height(ui, shell, width);
}

float card_height_in(ui::Context& ui, const Shell& shell, float width, float view, float gap) {
    constexpr float kLeastPicture = 0.7F;  // of its height; roof and wheels are seen
    const float wanted = card_height(ui, shell, width), foot = foot_height(ui, shell, width);
    return ui::height_of_whole_rows(view, wanted, foot + (wanted - foot) * kLeastPicture, gap);
}

bool card_says_whole(ui::Context& ui, const domain::Car& car, float width) {
    constexpr float kHardlyLess = 0.85F;
    const float words = std::max(text_width(ui, title_of(car), ui::Style::kHeading),
                                 text_width(ui, facts_line(ui, car), ui::Style::kSmall));
    // A name longer than any card is no reason.
    constexpr float kLongest = 620;
    return words > kLongest || words * kHardlyLess <= width - 2 * kAround;
}

void keep_button(ui::Context& ui, Shell& shell, ui::Area area, const domain::Car& car) {
    const bool kept = shell.visit.is_picked(car.id);
    const std::string& said =
        ui.tr(kept ? "picks.let_go_of" : "picks.keep_this", {{"car", title_of(car)}});
    const std::string& id = ui.keep("keep:" + car.id.to_string());
    if (!icon_button(ui, area,
                     {.id = id,
                      .label = said,
                      .icon = kept ? ui::icons::kFavorite : ui::icons::kFavoriteBorder,
                      .selected = kept}))
        return;
    if (shell.visit.toggle_pick(car.id)) {
        if (!kept) ui.toast(ui.tr("picks.kept"), ui::Tone::kGood);
    } else {
        ui.toast(ui.tr("picks.full", {{"count", kMostPicks}}), ui::Tone::kWarning);
    }
    ui.draw_again();
}

bool car_card(ui::Context& ui, Shell& shell, ui::Area area, const CatalogueCar& entry) {
    const domain::Car& car = entry.car;
    const std::string price = money_of(ui, car.price_minor, car.currency);
    const bool tapped = tap_card(ui, area, car.id.to_string(), title_of(car) + ", " + price).tapped;
    ui::Area inside = area;
    const float foot = foot_height(ui, shell, area.width());
    const ui::Area top = inside.cut_top(area.height() - foot);
    shell.main_picture(ui, top, car.id, ui.theme().radius_card, true);
    const std::string words = badge_of(ui, car, shell.app.now());
    if (!words.empty()) badge(ui, top.padded(ui::space::k16), words);
    if (!shell.app.person()) {
        constexpr float kHeart = 52;
        ui::Area corner = top.padded(ui::space::k16);
        keep_button(ui, shell, corner.cut_top(kHeart).cut_end(kHeart), car);
    }
    inside = inside.padded(kAround, ui::space::k16);
    label_fitted(ui, inside.cut_top(38), title_of(car), ui::Style::kHeading);
    label_fitted(ui, inside.cut_top(34), facts_line(ui, car), ui::Style::kSmall, ui::Ink::kQuiet);
    ui::Area line = inside.cut_top(44);
    if (const auto monthly = monthly_of(shell, car)) {
        const std::string month = month_words(ui, monthly->monthly_minor, car.currency);
        const float width = money_width(ui, month, ui::Style::kCaption) + 1;
        const bool beside =
            money_width(ui, price, ui::Style::kTitle) + ui::space::k12 + width <= line.width();
        if (foot > kFoot)
            money_label(ui, inside, month, ui::Style::kCaption, ui::Ink::kQuiet);
        else if (beside)
            money_label(ui, line.cut_end(width), month, ui::Style::kCaption, ui::Ink::kQuiet,
                        ui::Align::kEnd);
    }
    money_label(ui, line, price, ui::Style::kTitle);
    return tapped;
}

}  // namespace showfloor::terminal
