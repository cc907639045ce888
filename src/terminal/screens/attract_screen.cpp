#include "terminal/screens/attract_screen.hpp"

#include <algorithm>

namespace showfloor::terminal {

namespace {

constexpr std::int64_t kEachMs = 8000;
constexpr std::size_t kMostShown = 12;  // of the newest
// Over pictures the colours are the same in every theme.
constexpr ui::Color kNight = ui::kBlack, kInk{21, 24, 28, 255};

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
    ui.painter().fill(page.rect, kNight);
    const CatalogueCar* car = nullptr;
    if (count > 0) {
        car = &catalogue->cars()[newest[shown_ % count]];
        draw_picture(ui, page, car->images.empty() ? nullptr : &car->images.front());
    }
    const float high = std::min(520.F, page.height() / 2);
    ui.painter().fade({page.rect.x, page.rect.bottom() - high, page.rect.w, high}, kNight.faded(0),
                      kNight.faded(0.88F));
    ui.painter().fade({page.rect.x, page.rect.y, page.rect.w, 200}, kNight.faded(0.62F),
                      kNight.faded(0));
    ui::Area inside = page.padded(ui::space::k64, ui::space::k48);
    ui.painter().text(inside.cut_top(48).rect, dealer_of(shell_.app), ui.text(ui::Style::kTitle),
                      ui::kWhite);
    ui::Area foot = inside.cut_bottom(ui.portrait() ? 264.F : 128.F);
    ui::Area invitation =
        ui.portrait() ? foot.cut_bottom(88, ui::space::k32) : foot.cut_end(420, ui::space::k32);
    if (car != nullptr) draw_car(ui, foot, car->car);
    draw_invitation(ui, invitation);
    // The whole screen is the button; the pill only says so.
    if (ui.touch("screen:attract", ui.tr("attract.touch"), page.rect).tapped) shell_.to_browse();
}

// Full-bleed where the screen is as wide as the picture; upright the whole car is shown, and its
// colours go on around it.
void AttractScreen::draw_picture(ui::Context& ui, ui::Area page, const domain::CarImage* image) {
    if (!ui.portrait()) {
        shell_.car_picture(ui, page, image, 0);
        return;
    }
    shell_.car_ambience(ui, page, image);
    const float high = page.width() * 0.75F;
    const ui::Rect band{page.rect.x, page.rect.y + (page.height() - high) * 0.42F, page.width(),
                        high};
    shell_.car_picture(ui, page.with(band), image, 0);
}

void AttractScreen::draw_car(ui::Context& ui, ui::Area area, const domain::Car& car) {
    ui::TextStyle name = ui.text(ui::Style::kDisplay);
    name.size *= 1.4F;
    ui.painter().text(area.cut_top(84).rect, car.make + " " + car.model, name, ui::kWhite);
    std::string line = std::to_string(car.year);
    const std::string drive = option_of(
        ui, "drive_type", domain::kDriveTypeNames[static_cast<std::size_t>(car.drive_type)]);
    if (!drive.empty()) line += " · " + drive;
    line += " · " + money_of(ui, car.price_minor, car.currency);
    ui::TextStyle style = ui.text(ui::Style::kTitle);
    style.weight = ui::Weight::kMedium;
    ui.painter().text(area.cut_top(44).rect, line, style, ui::kWhite.faded(0.92F));
}

void AttractScreen::draw_invitation(ui::Context& ui, ui::Area area) {
    const std::string& words = ui.tr("attract.touch");
    const ui::TextStyle style = ui.text(ui::Style::kHeading);
    const float width = ui.painter().measure(words, style);
    const ui::Area pill = area.aligned(std::min(area.width(), width + 44 + 96), 88,
                                       ui.portrait() ? ui::Align::kStart : ui::Align::kEnd);
    ui.painter().fill(pill.rect, ui::kWhite, 44);
    ui::Area line = pill.centred(width + 44, 88);
    ui.painter().icon(line.cut_start(32, ui::space::k12).rect.centre(), ui::icons::kTouchApp, 32,
                      kInk);
    ui.painter().text(line.rect, words, style, kInk);
}

}  // namespace showfloor::terminal
