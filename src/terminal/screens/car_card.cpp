#include "terminal/screens/car_card.hpp"

#include "terminal/screens/car_words.hpp"

namespace showfloor::terminal {

namespace {

constexpr float kFoot = 148, kMonthLine = 28;
constexpr float kBeside = 430;  // a card so wide has room for both

// What one card is like all are: those beside each other are of one height.
float foot_height(const Shell& shell, float width) {
    const bool month_below = width < kBeside && !shell.app.branch().finance_rates.empty();
    return kFoot + (month_below ? kMonthLine : 0);
}

}  // namespace

float card_height(const Shell& shell, float width) {
    return width * 10 / 16 + foot_height(shell, width);
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
    const ui::Area top = inside.cut_top(area.height() - foot_height(shell, area.width()));
    shell.main_picture(ui, top, car.id, ui.theme().radius_card, true);
    const std::string words = badge_of(ui, car, shell.app.now());
    if (!words.empty()) badge(ui, top.padded(ui::space::k16), words);
    if (!shell.app.person()) {
        constexpr float kHeart = 52;
        ui::Area corner = top.padded(ui::space::k16);
        keep_button(ui, shell, corner.cut_top(kHeart).cut_end(kHeart), car);
    }
    inside = inside.padded(ui::space::k24, ui::space::k16);
    label_fitted(ui, inside.cut_top(38), title_of(car), ui::Style::kHeading);
    label(ui, inside.cut_top(34), facts_line(ui, car), ui::Style::kSmall, ui::Ink::kQuiet);
    ui::Area line = inside.cut_top(44);
    if (const auto monthly = monthly_of(shell, car)) {
        const std::string& month = ui.tr(
            "browse.a_month", {{"amount", estimate_of(ui, monthly->monthly_minor, car.currency)}});
        const float width = money_width(ui, month, ui::Style::kCaption) + 1;
        const bool beside =
            money_width(ui, price, ui::Style::kTitle) + ui::space::k12 + width <= line.width();
        if (foot_height(shell, area.width()) > kFoot)
            money_label(ui, inside, month, ui::Style::kCaption, ui::Ink::kQuiet);
        else if (beside)
            money_label(ui, line.cut_end(width), month, ui::Style::kCaption, ui::Ink::kQuiet,
                        ui::Align::kEnd);
    }
    money_label(ui, line, price, ui::Style::kTitle);
    return tapped;
}

}  // namespace showfloor::terminal
