#include "terminal/screens/sign_in_screen.hpp"

#include <algorithm>
#include <cmath>

#include "terminal/screens/seller_frame.hpp"

namespace showfloor::terminal {

SignInScreen::SignInScreen(Shell& shell)
    : shell_(shell),
      panel_(
          shell,
          [&shell](SignIn who, auto done) { shell.app.sign_in(std::move(who), std::move(done)); },
          [this](const Person& person) { welcome_ = person; }) {}

void SignInScreen::draw(ui::Context& ui) {
    ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    ui::Area bar = ui::top_bar(ui, page, false);
    const ui::Chip back{.id = "back", .label = ui.tr("sign_in.back"), .icon = arrow_back(ui)};
    const float width = chip_width(ui, back);
    if (chip(ui, bar.cut_start(width, ui::space::k24).centred(width, ui::kChipHeight), back) ||
        ui.back_pressed()) {
        shell_.navigator.pop();
        return;
    }
    shell_.access_chip(ui, bar);
    network_words(ui, shell_, bar);
    page = page.padded(ui.portrait() ? ui::space::k32 + ui::space::k8 : ui::space::k48, 0);
    // A little above the middle; at the top when the keyboard comes from below.
    constexpr float kTitle = 72 + ui::space::k12;
    float above = std::max(0.F, (page.height() - kTitle - panel_.height()) * 0.38F);
    if (panel_.types()) above = ui.portrait() ? ui::space::k64 * 2 : 0;
    page.skip(std::round(ui.animate("sign_in:above", above)));
    // The keyboard of a wide screen leaves room for no air.
    const bool tight = panel_.types() && !ui.portrait();
    label(ui, page.cut_top(tight ? 56 : 72, ui::space::k12), ui.tr("sign_in.title"),
          ui::Style::kDisplay, ui::Ink::kInk, ui::Align::kCentre);
    if (!shell_.app.link().online)
        label(ui, page.cut_top(32, ui::space::k8), ui.tr("sign_in.offline_hint"),
              ui::Style::kBodyLarge, ui::Ink::kOffline, ui::Align::kCentre);
    panel_.draw(ui, page, ui.tr("sign_in.action"));
    if (!welcome_) return;
    if (welcome_->offline_warning)
        ui.toast(
            ui.tr(welcome_->offline_too_long ? "sign_in.offline_too_long" : "sign_in.offline_days",
                  {{"count", welcome_->offline_days}}),
            ui::Tone::kWarning);
    shell_.after_sign_in();
}

}  // namespace showfloor::terminal
