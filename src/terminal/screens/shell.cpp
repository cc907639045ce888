#include "terminal/screens/shell.hpp"

#include <ctime>
#include <functional>

#include "domain/money.hpp"
#include "imaging/blurhash.hpp"
#include "terminal/screens/attention_screen.hpp"
#include "terminal/screens/attract_screen.hpp"
#include "terminal/screens/browse_screen.hpp"
#include "terminal/screens/car_screen.hpp"
#include "terminal/screens/receipt_screen.hpp"
#include "terminal/screens/sale_screen.hpp"
#include "terminal/screens/sign_in_screen.hpp"
#include "text/format.hpp"

namespace showfloor::terminal {

namespace {

constexpr int kBlurSide = 32;  // pixels of a decoded blurhash; it is stretched

ui::PictureKey key_of(std::string_view name) { return std::hash<std::string_view>{}(name); }

struct LinkWords {
    char32_t icon;
    std::string words;
    ui::Ink ink;
};

LinkWords link_words(const ui::Context& ui, const LinkStatus& link) {
    if (!link.online) {
        const std::string since = clock_of(link.last_contact_at);
        if (link.filling) return {ui::icons::kCloudOff, ui.tr("link.never"), ui::Ink::kOffline};
        if (link.pending > 0) {
            return {ui::icons::kCloudOff,
                    ui.tr("link.offline_safe", {{"time", since}, {"count", link.pending}}),
                    ui::Ink::kOffline};
        }
        return {ui::icons::kCloudOff, ui.tr("link.offline", {{"time", since}}),
                ui::Ink::kOffline};
    }
    if (link.filling) return {ui::icons::kSync, ui.tr("link.filling"), ui::Ink::kQuiet};
    if (link.pending > 0) {
        return {ui::icons::kSync, ui.tr("link.sending", {{"count", link.pending}}),
                ui::Ink::kQuiet};
    }
    return {ui::icons::kCloudDone, ui.tr("link.safe"), ui::Ink::kGood};
}

}  // namespace

void Shell::to_attract() { navigator.reset(std::make_unique<AttractScreen>(*this)); }
void Shell::to_browse() { navigator.reset(std::make_unique<BrowseScreen>(*this)); }
void Shell::to_car(const base::Uuid& car_id) {
    navigator.push(std::make_unique<CarScreen>(*this, car_id));
}
void Shell::to_sign_in() { navigator.push(std::make_unique<SignInScreen>(*this)); }
void Shell::to_sale(const base::Uuid& car_id) {
    navigator.push(std::make_unique<SaleScreen>(*this, car_id));
}
void Shell::to_receipt(const base::Uuid& sale_id) {
    navigator.replace(std::make_unique<ReceiptScreen>(*this, sale_id));
}
void Shell::to_attention() { navigator.push(std::make_unique<AttentionScreen>(*this)); }

void Shell::sign_out() {
    app.sign_out();
    to_browse();
}

ui::Area Shell::bar(ui::Context& ui, ui::Area& page, bool with_back) {
    ui::Area bar = ui::top_bar(ui, page);
    if (with_back) {
        const ui::Button back{.id = "back", .label = ui.tr("bar.back"), .icon = arrow_back(ui),
                              .kind = ui::ButtonKind::kGhost};
        ui::Area at = bar.cut_start(button_width(ui, back), ui::space::k24);
        if (button(ui, at.centred(at.width(), 56), back) || ui.back_pressed()) navigator.pop();
    } else if (!ui.portrait()) {
        const std::string& name = app.branch().legal_name.empty() ? app.branch().name
                                                                  : app.branch().legal_name;
        label(ui, bar.cut_start(320, ui::space::k24), name, ui::Style::kTitle);
    }
    const auto& person = app.person();
    if (person) {
        const std::string who = person->first_name + " " + person->last_name.substr(0, 1) + ".";
        const ui::Button out{.id = "sign_out", .label = who, .icon = ui::icons::kLogout};
        ui::Area at = bar.cut_end(button_width(ui, out), ui::space::k16);
        if (button(ui, at.centred(at.width(), 56), out)) sign_out();
        const ui::IconButton bell{.id = "attention", .label = ui.tr("bar.attention"),
                                  .icon = ui::icons::kReport,
                                  .selected = app.link().attention > 0};
        ui::Area bell_at = bar.cut_end(56, ui::space::k16);
        const bool open = icon_button(ui, bell_at.centred(56, 56), bell);
        if (app.link().attention > 0) {
            count_badge(ui, bell_at.with({bell_at.rect.right() - 24, bell_at.rect.y + 8, 32, 28}),
                        app.link().attention);
        }
        if (open && navigator.top() != nullptr && navigator.top()->name() != "attention")
            to_attention();
    } else if (!with_back) {
        const ui::IconButton staff{.id = "staff", .label = ui.tr("bar.staff"),
                                   .icon = ui::icons::kLogin};
        if (icon_button(ui, bar.cut_end(56, ui::space::k16).centred(56, 56), staff)) to_sign_in();
    }
    if (!ui.portrait())
        label(ui, bar.cut_end(80, ui::space::k8), clock_of(app.now()), ui::Style::kBody,
              ui::Ink::kQuiet, ui::Align::kEnd);
    const LinkWords words = link_words(ui, app.link());
    const float width = status_width(ui, words.words);
    if (width < bar.width() * 0.7F)
        status_words(ui, bar.cut_end(width, ui::space::k24), words.icon, words.words, words.ink);
    ui.wake_at(ui.now_ms() + 60'000 - app.now() % 60'000);  // the clock
    return bar;
}

void Shell::car_picture(ui::Context& ui, ui::Area area, const domain::CarImage* image, bool large,
                        float radius, bool only_top) {
    ui::PictureLook look{.placeholder = ui.color().placeholder, .radius = radius,
                         .only_top_corners = only_top};
    if (image == nullptr) {
        picture(ui, area, {}, look);
        ui::icon(ui, area, ui::icons::kDirectionsCar, 64, ui::Ink::kQuiet);
        return;
    }
    const std::string& hash = large ? image->sha256 : image->sha256_small;
    const ui::PictureKey key = key_of(hash);
    ui::Picture shown = ui.textures().find(key);
    if (!shown.ready()) {
        if (const auto pixels = app.pictures().get(hash))
            shown = ui.textures().upload(key, pixels->width, pixels->height, pixels->rgba);
        else
            (void)app.pictures().get(hash);
        if (!shown.ready() && app.pictures().get(hash)) ui.draw_again();  // the budget was spent
    }
    if (!shown.ready() && !image->blurhash.empty()) {
        const ui::PictureKey blur_key = key_of(image->blurhash);
        shown = ui.textures().find(blur_key);
        if (!shown.ready()) {
            if (const auto blur = imaging::decode_blurhash(image->blurhash, kBlurSide, kBlurSide))
                shown = ui.textures().upload(blur_key, blur->width, blur->height, blur->rgba);
        }
    } else {
        look.key = key;
    }
    picture(ui, area, shown, look);
}

std::string title_of(const domain::Car& car) {
    return std::to_string(car.year) + " " + car.make + " " + car.model;
}

std::string money_of(const ui::Context& ui, std::int64_t minor, std::string_view currency) {
    return text::money(ui.locale(), minor, currency, domain::minor_digits(currency).value_or(2));
}

std::string mileage_of(const ui::Context& ui, const domain::Car& car) {
    if (car.mileage_unit == domain::MileageUnit::kMi)
        return text::number(ui.locale(), car.mileage) + " mi";
    return text::mileage(ui.locale(), car.mileage);
}

std::string word_or(const ui::Context& ui, const std::string& key, std::string_view otherwise) {
    return ui.strings().has(key) ? ui.tr(key) : std::string(otherwise);
}

std::string option_of(const ui::Context& ui, std::string_view field, std::string_view option) {
    if (option == "unknown") return {};
    return word_or(ui, "option." + std::string(field) + "." + std::string(option), option);
}

std::string refusal_of(const ui::Context& ui, const domain::Outcome& outcome) {
    if (outcome.failure) return outcome.failure->message;
    return word_or(ui, "refusal." + std::string(domain::name_of(outcome.code)),
                   domain::sentence_of(outcome.code));
}

std::string clock_of(base::UtcMs at) {
    const std::time_t seconds = at / 1000;
    std::tm local{};
    localtime_r(&seconds, &local);
    text::CivilTime time;
    time.hour = local.tm_hour;
    time.minute = local.tm_min;
    return text::time_of_day(time);
}

}  // namespace showfloor::terminal
