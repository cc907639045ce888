#include "terminal/screens/shell.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "domain/money.hpp"
#include "imaging/blurhash.hpp"
#include "imaging/limits.hpp"
#include "terminal/screens/attract_screen.hpp"
#include "terminal/screens/browse_screen.hpp"
#include "terminal/screens/car_screen.hpp"
#include "terminal/screens/seller_frame.hpp"
#include "text/format.hpp"
#include "text/utf8.hpp"
#include "text/zone.hpp"

namespace showfloor::terminal {

namespace {

constexpr int kBlurSide = 32;  // pixels of a decoded blurhash; it is stretched
constexpr float kBarButton = 56, kLeastSearch = 490, kWide = 1800;

ui::PictureKey key_of(std::string_view name) {
    return std::hash<std::string_view>{}(name);
}

// The pixels of a blob when they are here; asks for them otherwise.
ui::Picture sharp(ui::Context& ui, App& app, const std::string& hash) {
    const ui::PictureKey key = key_of(hash);
    ui::Picture shown = ui.textures().find(key);
    if (shown.ready() || hash.empty()) return shown;
    if (const auto pixels = app.pictures().get(hash)) {
        shown = ui.textures().upload(key, pixels->width, pixels->height, pixels->rgba);
        if (shown.ready())
            app.pictures().let_go(hash);
        else
            ui.draw_again();  // this frame's budget is spent
    }
    return shown;
}

ui::Picture blurred(ui::Context& ui, const domain::CarImage& image) {
    const ui::PictureKey key = key_of(image.blurhash);
    const ui::Picture here = ui.textures().find(key);
    if (here.ready()) return here;
    const auto blur = imaging::decode_blurhash(image.blurhash, kBlurSide, kBlurSide);
    return blur ? ui.textures().upload(key, blur->width, blur->height, blur->rgba) : here;
}

}  // namespace

void Shell::to_attract() {
    navigator.reset(std::make_unique<AttractScreen>(*this));
}
void Shell::to_browse() {
    navigator.reset(std::make_unique<BrowseScreen>(*this));
}
void Shell::to_car(const base::Uuid& car_id) {
    navigator.push(std::make_unique<CarScreen>(*this, car_id));
}

namespace {

constexpr float kLogoRim = 6;     // of its card, above and below; twice that beside it
constexpr float kWidestLogo = 5;  // times its height

// Logos are made for light paper: where words are light, the ground is dark and they get a card.
float rim_on(ui::Color words) {
    return ui::contrast(words, ui::kWhite) < 3 ? kLogoRim : 0;
}

// A logo with its rim, in an area so wide and high.
ui::Point logo_size(const ui::Picture& logo, float wide, float high, float rim) {
    const float shape = static_cast<float>(logo.width) / static_cast<float>(logo.height);
    const float room = std::max(1.F, std::min(wide, high * kWidestLogo) - 4 * rim);
    const float height = std::min(high - 2 * rim, room / shape);
    return {height * shape + 4 * rim, height + 2 * rim};
}

}  // namespace

ui::Picture Shell::logo(ui::Context& ui) {
    return sharp(ui, app, app.branch().logo);
}

float Shell::dealer_width(ui::Context& ui, float high, const ui::TextStyle& style) {
    if (const ui::Picture mark = logo(ui); mark.ready())
        return logo_size(mark, high * kWidestLogo, high, rim_on(ui.color().ink)).x;
    return ui.painter().measure(dealer_of(app), style) + 4;
}

void Shell::dealer(ui::Context& ui, ui::Area area, const ui::TextStyle& style, ui::Color ink,
                   ui::Align align) {
    const ui::Picture mark = logo(ui);
    if (!mark.ready()) {
        ui.painter().text(area.rect, dealer_of(app), style, ink, align);
        return;
    }
    const float rim = rim_on(ink);
    const ui::Point size = logo_size(mark, area.width(), area.height(), rim);
    const ui::Rect r = area.aligned(size.x, size.y, align).rect;
    if (rim > 0) ui.painter().fill(r, ui::kWhite, ui.theme().radius_control);
    ui.painter().image(mark.texture, {r.x + 2 * rim, r.y + rim, r.w - 4 * rim, r.h - 2 * rim},
                       {0, 0, 1, 1}, 0, 1);
}

ui::Area Shell::bar(ui::Context& ui, ui::Area& page, bool with_back) {
    const bool for_visitor = !app.person() && navigator.top()->name() != "sign_in";
    ui::Area bar = ui::top_bar(ui, page, !for_visitor);
    if (with_back) {
        const ui::Chip back{.id = "back", .label = ui.tr("bar.back"), .icon = arrow_back(ui)};
        ui::Area at = bar.cut_start(chip_width(ui, back), ui::space::k24);
        if (chip(ui, at.centred(at.width(), kBarButton), back) || ui.back_pressed())
            navigator.pop();
    }
    const ui::TextStyle style = ui.text(ui::Style::kTitle);
    const float width = std::min(dealer_width(ui, kLogoInBar, style), 520.F);
    const bool upright_staff = ui.portrait() && app.person();
    // On a small screen what is to be searched and what waits to be sent need the room of a clock.
    const bool beside = with_back || ui.screen().width() >= kWide;
    const bool two_lines = app.person() && (ui.portrait() || !beside);
    const float both =
        two_lines ? std::max(width, text_width(ui, place_words(*this), ui::Style::kSmall) + 4)
                  : width;
    const auto named = [&](ui::Area at) {
        if (two_lines) {
            at = at.centred(at.width(), 72);
            ui::Area below = at.cut_bottom(28);
            place_and_time(ui, *this, below);
        }
        const float high = std::min(at.height(), kLogoInBar);
        dealer(ui, at.aligned(std::min(width, at.width()), high, ui::Align::kStart), style,
               ui.color().ink);
    };
    if (!with_back && !upright_staff) named(bar.cut_start(both, ui::space::k24));
    if (for_visitor) {
        bar_of_visitor(ui, bar);
        return bar;
    }
    ui.wake_at(ui.now_ms() + 60'000 - app.now() % 60'000);  // the clock
    const float least_left = with_back || ui.portrait() ? 0 : kLeastSearch;
    if (app.person()) seller_bar_end(ui, *this, bar, least_left);
    if (!ui.portrait() && beside)
        label(ui, bar.cut_end(72, ui::space::k24), clock_of(app.branch(), app.now()),
              ui::Style::kBody, ui::Ink::kQuiet, ui::Align::kEnd);
    network_words(ui, *this, bar, least_left);
    // Upright what the staff has to know comes first.
    if (!upright_staff) return bar;
    if (!with_back && width <= bar.width())
        named(bar.cut_start(std::min(both, bar.width()), ui::space::k24));
    else
        place_and_time(ui, *this, bar);
    return bar;
}

ui::Picture Shell::large_picture(ui::Context& ui, const domain::CarImage& image) {
    for (const std::string* hash : {&image.sha256, &image.sha256_medium, &image.sha256_small})
        if (const ui::Picture shown = sharp(ui, app, *hash); shown.ready()) return shown;
    return image.blurhash.empty() ? ui::Picture{} : blurred(ui, image);
}

void Shell::main_picture(ui::Context& ui, ui::Area area, const base::Uuid& car, float radius,
                         bool only_top) {
    const CarImages::Images* images = app.car_images().of(car);
    if (images != nullptr && !images->empty())
        return car_picture(ui, area, images->front(), radius, only_top);
    picture(
        ui, area, {},
        {.placeholder = ui.color().placeholder, .radius = radius, .only_top_corners = only_top});
    if (images != nullptr) ui::icon(ui, area, ui::icons::kDirectionsCar, 64, ui::Ink::kQuiet);
}

void Shell::car_picture(ui::Context& ui, ui::Area area, const domain::CarImage& image, float radius,
                        bool only_top) {
    ui::PictureLook look{
        .placeholder = ui.color().placeholder, .radius = radius, .only_top_corners = only_top};
    // Up to a quarter larger than it is still looks sharp.
    const float pixels = std::max(area.width(), area.height() * 1.6F) * ui.painter().scale() * 0.8F;
    const std::string& hash = pixels > imaging::kMediumSide  ? image.sha256
                              : pixels > imaging::kSmallSide ? image.sha256_medium
                                                             : image.sha256_small;
    const ui::PictureKey key = key_of(hash);
    ui::Picture shown = sharp(ui, app, hash);
    if (!shown.ready() && !image.blurhash.empty())
        shown = blurred(ui, image);
    else
        look.key = key;
    picture(ui, area, shown, look);
}

namespace {

void cover(ui::Context& ui, const ui::Area& area, const ui::Picture& picture, float shown,
           float soft = 0) {
    if (!picture.ready() || area.rect.empty()) return;
    const float wanted = area.width() / area.height();
    const float has = static_cast<float>(picture.width) / static_cast<float>(picture.height);
    ui::Rect part{0, 0, 1, 1};
    if (has > wanted)
        part.w = wanted / has, part.x = (1 - part.w) / 2;
    else
        part.h = has / wanted, part.y = (1 - part.h) / 2;
    ui.painter().image_soft(picture.texture, area.rect, part, soft, shown);
}

}  // namespace

void Shell::car_surroundings(ui::Context& ui, ui::Area area, ui::Rect shown_in,
                             const domain::CarImage& image, float shown) {
    if (image.blurhash.empty()) return;
    const ui::Picture soft = blurred(ui, image);
    if (!soft.ready()) return;
    // The outermost colours of the picture, without what stands in its middle; of a short piece of
    // its edge, as the whole one shows the blur's few points as stripes.
    constexpr float kEdge = 0.05F, kFrom = 0.47F, kPiece = 0.06F;
    const ui::Rect r = area.rect;
    const ui::Point middle = shown_in.centre();
    if (shown_in.w < r.w) {
        ui.painter().image(soft.texture, {r.x, r.y, middle.x - r.x, r.h}, {0, kFrom, kEdge, kPiece},
                           0, shown);
        ui.painter().image(soft.texture, {middle.x, r.y, r.right() - middle.x, r.h},
                           {1 - kEdge, kFrom, kEdge, kPiece}, 0, shown);
    } else if (shown_in.h < r.h) {
        ui.painter().image(soft.texture, {r.x, r.y, r.w, middle.y - r.y}, {kFrom, 0, kPiece, kEdge},
                           0, shown);
        ui.painter().image(soft.texture, {r.x, middle.y, r.w, r.bottom() - middle.y},
                           {kFrom, 1 - kEdge, kPiece, kEdge}, 0, shown);
    }
}

void Shell::faded_picture(ui::Context& ui, ui::Area area, const domain::CarImage& image,
                          float shown, float soft) {
    cover(ui, area, large_picture(ui, image), shown, soft);
}

void Shell::own_picture(ui::Context& ui, ui::Area area, const std::string& name, float shown) {
    cover(ui, area, sharp(ui, app, name), shown);
}

std::string title_of(const domain::Car& car) {
    return std::to_string(car.year) + " " + car.make + " " + car.model;
}

std::string money_of(const ui::Context& ui, std::int64_t minor, std::string_view currency) {
    return text::money(ui.locale(), minor, currency, domain::minor_digits(currency).value_or(2));
}

namespace {

ui::TextStyle even(const ui::Context& ui, ui::Style style) {
    ui::TextStyle figures = ui.text(style);
    figures.tabular = true;
    return figures;
}

}  // namespace

void money_label(ui::Context& ui, ui::Area area, std::string_view words, ui::Style style,
                 ui::Ink ink, ui::Align align) {
    // A figure is never cut: it is smaller where it has no room.
    constexpr float kLeast = 0.55F;
    ui::TextStyle figures = even(ui, style);
    const float wanted = ui.painter().measure(words, figures);
    if (wanted > area.width() + 0.5F)
        figures.size = std::max(std::ceil(figures.size * kLeast),
                                std::floor(figures.size * area.width() / wanted));
    ui.painter().text(area.rect, words, figures, ui::ink(ui, ink), align);
}

float money_width(ui::Context& ui, std::string_view words, ui::Style style) {
    return ui.painter().measure(words, even(ui, style));
}

std::string mileage_of(const ui::Context& ui, const domain::Car& car) {
    return text::mileage(ui.locale(), car.mileage,
                         car.mileage_unit == domain::MileageUnit::kMi ? text::DistanceUnit::kMi
                                                                      : text::DistanceUnit::kKm);
}

std::string word_or(const ui::Context& ui, const std::string& key, std::string_view otherwise) {
    return ui.strings().has(key) ? ui.tr(key) : std::string(otherwise);
}

bool says_unreadable(ui::Context& ui, const ui::Area& area, const App& app) {
    if (!app.link().unreadable) return false;
    empty_state(ui, area,
                {.id = "unreadable",
                 .icon = ui::icons::kReport,
                 .title = ui.tr("link.unreadable"),
                 .words = ui.tr(app.person() ? "link.unreadable_hint" : "link.unreadable_ask")});
    return true;
}

std::string option_of(const ui::Context& ui, std::string_view field, std::string_view option) {
    if (option == "unknown") return {};
    return word_or(ui, "option." + std::string(field) + "." + std::string(option), option);
}

std::string refusal_of(const text::Strings& strings, const domain::Outcome& outcome) {
    if (outcome.failure) return failure_of(strings, *outcome.failure);
    const std::string key = "refusal." + std::string(domain::name_of(outcome.code));
    return strings.has(key) ? strings.get(key) : std::string(domain::sentence_of(outcome.code));
}

std::string failure_of(const text::Strings& strings, const base::Error& error) {
    static constexpr const char* kKinds[] = {"failed",    "invalid",     "not_found",
                                             "refused",   "unreachable", "damaged",
                                             "disk_full", "busy",        "too_large"};
    const std::string by_code = "error." + error.code;
    if (strings.has(by_code)) return strings.get(by_code);
    return strings.get("error." + std::string(kKinds[static_cast<std::size_t>(error.kind)]));
}

std::string share_of(const ui::Context& ui, std::int64_t bp) {
    return text::share(ui.locale(), bp);
}

std::string face_of(std::string_view username) {
    return "person:" + std::string(username);
}

std::string short_name_of(std::string_view first, std::string_view last) {
    std::string name(first);
    if (!last.empty())
        name += " " + std::string(last.substr(0, text::next_boundary(last, 0))) + ".";
    return name;
}

const std::string& dealer_of(const App& app) {
    return app.branch().legal_name.empty() ? app.branch().name : app.branch().legal_name;
}

std::string clock_of(const domain::Branch& branch, base::UtcMs at) {
    return text::time_of_day(text::civil_time(at, text::utc_offset_minutes(branch.time_zone, at)));
}

}  // namespace showfloor::terminal
