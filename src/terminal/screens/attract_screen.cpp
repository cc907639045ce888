#include "terminal/screens/attract_screen.hpp"

#include <algorithm>
#include <cmath>

#include "terminal/best_pictures.hpp"
#include "terminal/screens/seller_words.hpp"
#include "text/format.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::int64_t kEachMs = 9000, kFadeMs = 1200, kFrameMs = 33;
constexpr float kChoice = 56, kMargin = 56, kFootUpright = 372, kFootWide = 156, kSoft = 260;

ui::Area inside_of(const ui::Context& ui, const ui::Area& page) {
    return page.padded(ui.portrait() ? ui::space::k48 : 72.F, kMargin);
}

}  // namespace

void AttractScreen::on_enter() {
    shell_.app.attract_media([this, alive = alive_.token()](std::vector<Media> media) {
        if (alive.expired()) return;
        media_ = std::move(media);
        collected_ = false;
    });
}

// The dealer's pictures of this screen's shape, else the newest cars with the best ones. Anew when
// others may have, never once a frame.
void AttractScreen::collect(bool upright) {
    const auto newest = shell_.app.catalogue();
    CarImages& images = shell_.app.car_images();
    if (collected_ && newest == catalogue_ && images.version() == images_seen_ &&
        upright == collected_upright_)
        return;
    collected_ = true;
    images_seen_ = images.version();
    catalogue_ = newest;
    collected_upright_ = upright;
    slides_.clear();
    for (const Media& each : media_)
        if (each.upright() == upright) slides_.push_back({each.name, {}});
    if (!slides_.empty()) return;
    auto looked_at = catalogue_->search("", Catalogue::Sort::kNewest);
    looked_at.resize(std::min(looked_at.size(), Catalogue::kFirstCars));
    std::vector<std::pair<base::Uuid, CarImages::Images>> known;
    for (const std::uint32_t position : looked_at) {
        const base::Uuid car = catalogue_->id(position);
        if (const CarImages::Images* of = images.of(car)) known.emplace_back(car, *of);
    }
    for (const base::Uuid& car : best_pictured(known, kMostShownCars))
        slides_.push_back({{}, car});
    if (!slides_.empty()) return;
    // A lot without any picture still has a name to show.
    looked_at.resize(std::min(looked_at.size(), kMostShownCars));
    for (const std::uint32_t position : looked_at)
        slides_.push_back({{}, catalogue_->id(position)});
}

void AttractScreen::turn(ui::Context& ui) {
    if (slides_.empty()) {
        now_.reset(), before_.reset();
        next_at_ms_ = 0;
        return;
    }
    if (next_at_ms_ == 0 || ui.now_ms() >= next_at_ms_) {
        before_ = now_;
        now_ = slides_[next_++ % slides_.size()];
        if (before_ == now_) before_.reset();
        since_ms_ = ui.now_ms();
        next_at_ms_ = since_ms_ + kEachMs;
    }
    // One picture alone has nothing to fade into.
    if (slides_.size() > 1) ui.wake_at(next_at_ms_);
}

void AttractScreen::draw_slide(ui::Context& ui, ui::Area page, const Slide& slide, float shown) {
    if (!slide.media.empty()) {
        shell_.own_picture(ui, page, slide.media, shown);
        return;
    }
    const CarImages::Images* images = shell_.app.car_images().of(slide.car_id);
    if (images == nullptr || images->empty()) return;
    const domain::CarImage& image = images->front();
    if (!ui.portrait()) {
        shell_.faded_picture(ui, page, image, shown);
        return;
    }
    // Upright the whole car is shown, and its colours go on around it.
    const float high = page.width() * 0.75F;
    const ui::Rect band{page.rect.x, page.rect.y + (page.height() - high) * 0.42F, page.width(),
                        high};
    shell_.car_surroundings(ui, page, band, image, shown);
    shell_.faded_picture(ui, page.with(band), image, shown, high * 0.16F);
}

// A picture may be white where words stand: what lies under them is dark enough for that, and goes
// on from there in steps nobody sees.
void AttractScreen::shade_words(ui::Context& ui, ui::Area page) {
    const ui::Rect r = page.rect;
    const ui::Color night = ui.color().picture_ground;
    const float least = ui.theme().name == "contrast" ? 0.7F : 0.58F;
    const float foot = (ui.portrait() ? kFootUpright : kFootWide) + kMargin + ui::space::k24;
    ui.painter().fade({r.x, r.bottom() - foot - kSoft, r.w, kSoft}, night.faded(0),
                      night.faded(least));
    ui.painter().fade({r.x, r.bottom() - foot, r.w, foot}, night.faded(least), night.faded(0.88F));
    constexpr float kHead = 48 + kMargin + 8;
    ui.painter().fade({r.x, r.y, r.w, kHead}, night.faded(least + 0.1F), night.faded(least));
    ui.painter().fade({r.x, r.y + kHead, r.w, kSoft}, night.faded(least), night.faded(0));
}

void AttractScreen::draw_show(ui::Context& ui, ui::Area page) {
    const std::int64_t age = ui.now_ms() - since_ms_;
    float shown = 1;
    if (before_ && !ui.reduce_motion() && age < kFadeMs) {
        shown = static_cast<float>(age) / static_cast<float>(kFadeMs);
        shown = shown * shown * (3 - 2 * shown);
        ui.wake_at(ui.now_ms() + kFrameMs);
        draw_slide(ui, page, *before_, 1);
    }
    if (now_)
        draw_slide(ui, page, *now_, shown);
    else
        draw_alone(ui, page);
    shade_words(ui, page);
    constexpr float kName = 48, kLogo = 80;
    ui::Area head = inside_of(ui, page).cut_top(kName);
    head = head.centred(head.width(), kLogo);
    // Below a line for colleagues.
    head.rect.y = std::max(head.rect.y, shell_.line_above + ui::space::k8);
    ui::Area inside = inside_of(ui, ui.screen());
    if (now_) shell_.dealer(ui, head, ui.text(ui::Style::kTitle), ui.color().on_picture);
    ui::Area foot = inside.cut_bottom(ui.portrait() ? kFootUpright : kFootWide);
    ui::Area invitation = ui.portrait() ? foot.cut_bottom(172, ui::space::k32)
                                        : foot.cut_end(foot.width() * 0.42F, ui::space::k32);
    const CatalogueCar* car =
        now_ && now_->media.empty() ? catalogue_->find(now_->car_id) : nullptr;
    if (car != nullptr) draw_car(ui, foot, car->car);
    draw_choices(ui, invitation.cut_bottom(kChoice, ui::space::k16));
    draw_invitation(ui, invitation);
}

// Without a picture the house itself is what is shown.
void AttractScreen::draw_alone(ui::Context& ui, ui::Area page) {
    const ui::Color night = ui.color().picture_ground;
    const ui::Color glow = night.towards(ui.color().accent, 0.42F);
    const ui::Rect r = page.rect;
    ui.painter().fade(r, night, glow);  // the shade below the words takes it back again
    ui::TextStyle name = ui.text(ui::Style::kDisplay);
    name.size *= 2;
    const std::string& words = dealer_of(shell_.app);
    const float room = r.w - 2 * ui::space::k64;
    if (const float wide = ui.painter().measure(words, name); wide > room)
        name.size = std::floor(name.size * std::max(0.4F, room / wide));
    shell_.dealer(ui, page.with({r.x + ui::space::k64, r.y + r.h * 0.36F, room, 140}), name,
                  ui.color().on_picture, ui::Align::kCentre);
}

void AttractScreen::draw_car(ui::Context& ui, ui::Area area, const domain::Car& car) {
    ui::TextStyle name = ui.text(ui::Style::kDisplay);
    name.size *= ui.portrait() ? 1.4F : 1.58F;
    const std::string words = car.make + " " + car.model;
    // A long name is set smaller before it is cut.
    if (const float wide = ui.painter().measure(words, name); wide > area.width())
        name.size = std::floor(name.size * std::max(0.7F, area.width() / wide));
    ui.painter().text(area.cut_top(96).rect, words, name, ui.color().on_picture);
    std::string line = std::to_string(car.year);
    const std::string drive = option_of(
        ui, "drive_type", domain::kDriveTypeNames[static_cast<std::size_t>(car.drive_type)]);
    if (!drive.empty()) line += " · " + drive;
    line += " · " + money_of(ui, car.price_minor, car.currency);
    ui::TextStyle style = ui.text(ui::Style::kTitle);
    style.weight = ui::Weight::kMedium;
    style.tabular = true;
    ui.painter().text(area.cut_top(48).rect, line, style, ui.color().on_picture.faded(0.9F));
}

void AttractScreen::draw_invitation(ui::Context& ui, ui::Area area) {
    const std::string& words = ui.tr("attract.touch");
    ui::TextStyle style = ui.text(ui::Style::kTitle);
    style.weight = ui::Weight::kSemiBold;
    const float width = ui.painter().measure(words, style);
    area = area.cut_bottom(88);
    const ui::Area pill = area.aligned(std::min(area.width(), width + 50 + 96), 88,
                                       ui.portrait() ? ui::Align::kStart : ui::Align::kEnd);
    ui.painter().fill(pill.rect, ui.color().light, 44);
    ui::Area line = pill.centred(width + 50, 88);
    const ui::Color ink = ui.color().on_light;
    ui.painter().icon(line.cut_start(38, ui::space::k12).rect.centre(), ui::icons::kTouchApp, 38,
                      ink);
    ui.painter().text(line.rect, words, style, ink);
}

// Help & access, and the languages: a touch on one goes on in it.
void AttractScreen::draw_choices(ui::Context& ui, ui::Area area) {
    if (shell_.languages.size() < 2) {
        const ui::Align end = ui.portrait() ? ui::Align::kStart : ui::Align::kEnd;
        shell_.access_button(ui, area.aligned(kChoice, kChoice, end),
                             Shell::AccessLook::kOnPicture);
        return;
    }
    ui::TextStyle style = ui.text(ui::Style::kBody);
    style.weight = ui::Weight::kMedium;
    float all = 0;
    std::vector<float> widths;
    for (const std::string& language : shell_.languages) {
        widths.push_back(std::max(ui::kTouchSize + 8, ui.painter().measure(language, style) + 32));
        all += widths.back();
    }
    // Large letters leave less room around the words.
    const float beside = kChoice + ui::space::k16;
    const float less =
        std::max(0.F, all + beside - area.width()) / static_cast<float>(shell_.languages.size());
    for (float& width : widths)
        width = std::max(ui::kTouchSize, width - less), all -= less;
    ui::Area row = area.aligned(std::min(all + beside, area.width()), kChoice,
                                ui.portrait() ? ui::Align::kStart : ui::Align::kEnd);
    // The outer word is level with the button above, not the room around it.
    if (!ui.portrait()) {
        const float around =
            (widths.back() - ui.painter().measure(shell_.languages.back(), style)) / 2;
        row.rect.x += ui.mirrored() ? -around : around;
    }
    shell_.access_button(ui, row.cut_start(kChoice, ui::space::k16), Shell::AccessLook::kOnPicture);
    for (std::size_t i = 0; i < shell_.languages.size(); ++i) {
        const ui::Area at = row.cut_start(widths[i]);
        const ui::Touch touch =
            ui.touch("language:" + std::to_string(i), shell_.languages[i], at.rect);
        const bool now = i == shell_.visit.settings.language;
        ui.painter().text(at.rect, shell_.languages[i], style,
                          ui.color().on_picture.faded(now ? 1 : 0.8F), ui::Align::kCentre);
        if (now)
            ui.painter().fill({at.rect.x + 16, at.rect.bottom() - 6, at.rect.w - 32, 3},
                              ui.color().on_picture.faded(0.9F), 1.5F);
        focus_ring(ui, touch, at.rect, 24);
        if (!touch.tapped) continue;
        shell_.visit.settings.language = i;
        shell_.to_browse();
    }
}

std::optional<OpeningHours::Moment> AttractScreen::opens_at(ui::Context& ui) const {
    const auto hours = parse_opening_hours(shell_.app.branch().opening_hours);
    if (!hours) return std::nullopt;
    const base::UtcMs now = shell_.app.now();
    ui.wake_at(ui.now_ms() + 60'000 - now % 60'000);
    const text::CivilTime local = civil_of(now);
    const int minute = local.hour * 60 + local.minute;
    if (hours->open_at(local.weekday, minute)) return std::nullopt;
    return hours->next_opening(local.weekday, minute);
}

void AttractScreen::draw_closed(ui::Context& ui, ui::Area page, const OpeningHours::Moment& opens) {
    ui::Area inside = page.centred(page.width() - 2 * ui::space::k64, 320);
    const auto centred = [&](ui::Area at, const std::string& words, ui::Style style, float part) {
        ui.painter().text(at.rect, words, ui.text(style), ui.color().on_picture.faded(part),
                          ui::Align::kCentre);
    };
    centred(inside.cut_top(80), dealer_of(shell_.app), ui::Style::kDisplay, 0.85F);
    text::CivilTime time;
    time.hour = opens.minute / 60;
    time.minute = opens.minute % 60;
    const std::string at = text::time_of_day(time);
    const std::string words =
        opens.days_ahead == 0
            ? ui.tr("attract.opens_today", {{"time", at}})
            : ui.tr("attract.opens",
                    {{"day", ui.locale().weekdays[static_cast<std::size_t>(opens.weekday)]},
                     {"time", at}});
    centred(inside.cut_top(56), words, ui::Style::kTitle, 0.7F);
    inside.skip(ui::space::k24);
    centred(inside.cut_top(48), ui.tr("attract.touch"), ui::Style::kBodyLarge, 0.6F);
    ui::Area foot = inside_of(ui, ui.screen()).cut_bottom(kChoice);
    shell_.access_button(ui, foot.cut_end(kChoice));
}

void AttractScreen::draw(ui::Context& ui) {
    const ui::Area page = ui.whole();
    ui.painter().fill(page.rect, ui.color().picture_ground);
    // The whole screen is the button; the pill only says so. Languages lie over it.
    if (ui.touch("screen:attract", ui.tr("attract.touch"), page.rect).tapped) shell_.to_browse();
    if (const auto opens = opens_at(ui)) {
        draw_closed(ui, page, *opens);
        return;
    }
    collect(ui.portrait());
    turn(ui);
    draw_show(ui, page);
}

}  // namespace showfloor::terminal
