#include "terminal/screens/attract_screen.hpp"

#include "text/format.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::int64_t kEachMs = 8000;
constexpr std::size_t kMostShown = 12;  // of the newest

}  // namespace

void AttractScreen::draw(ui::Context& ui) {
    const ui::Area page = ui.screen();
    const auto catalogue = shell_.app.catalogue();
    const auto newest = catalogue->search("", Catalogue::Sort::kNewest);
    const std::size_t count = std::min(newest.size(), kMostShown);
    if (next_at_ms_ == 0) next_at_ms_ = ui.now_ms() + kEachMs;
    if (ui.now_ms() >= next_at_ms_) {
        ++shown_;
        next_at_ms_ = ui.now_ms() + kEachMs;
    }
    ui.wake_at(next_at_ms_);
    const std::string branch = shell_.app.branch().name;
    ui.painter().fill(page.rect, ui.color().inverse);
    const CatalogueCar* car = nullptr;
    if (count > 0) {
        car = &catalogue->cars()[newest[shown_ % count]];
        shell_.car_picture(ui, page, car->images.empty() ? nullptr : &car->images.front(), true, 0);
    }
    const ui::Color night = ui::kBlack;
    ui.painter().fade(page.with({page.rect.x, page.rect.bottom() - 420, page.rect.w, 420}).rect,
                      night.faded(0), night.faded(0.72F));
    ui.painter().fade({page.rect.x, page.rect.y, page.rect.w, 160}, night.faded(0.45F),
                      night.faded(0));
    ui::Area inside = page.padded(ui::space::k64, ui::space::k48);
    ui.painter().text(inside.cut_top(48).rect, branch, ui.text(ui::Style::kTitle), ui::kWhite);
    ui::Area foot = inside.cut_bottom(160);
    ui::Area invitation = ui.portrait() ? foot.cut_bottom(88) : foot.cut_end(440, ui::space::k32);
    if (car != nullptr) {
        ui.painter().text(foot.cut_top(72).rect, car->car.make + " " + car->car.model,
                          ui.text(ui::Style::kDisplay), ui::kWhite);
        ui.painter().text(foot.cut_top(40).rect,
                          std::to_string(car->car.year) + "  ·  " +
                              money_of(ui, car->car.price_minor, car->car.currency),
                          ui.text(ui::Style::kBodyLarge), ui::kWhite.faded(0.9F));
    }
    // The whole screen is the button; the pill only says so.
    const ui::Area pill = invitation.centred(std::min(invitation.width(), 420.F), 88);
    ui.painter().fill(pill.rect, ui::kWhite, 44);
    ui.painter().text(pill.rect, ui.tr("attract.touch"), ui.text(ui::Style::kLabel),
                      ui::Color{21, 24, 28, 255}, ui::Align::kCentre);
    if (ui.touch("screen:attract", ui.tr("attract.touch"), page.rect).tapped) shell_.to_browse();
}

}  // namespace showfloor::terminal
