#include "terminal/screens/car_screen.hpp"

#include <span>

#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostThumbs = 6;
constexpr float kFootHeight = 112;  // a button, or a few words

template <typename Enum>
std::string option(const ui::Context& ui, const char* field,
                   std::span<const std::string_view> names, Enum value) {
    return option_of(ui, field, names[static_cast<std::size_t>(value)]);
}

struct Fact {
    char32_t icon;
    std::string value, what;
};

std::vector<Fact> facts_of(const ui::Context& ui, const domain::Car& car) {
    std::vector<Fact> facts = {
        {ui::icons::kSpeed, mileage_of(ui, car), ui.tr("car.mileage")},
        {ui::icons::kLocalGasStation,
         option(ui, "fuel_type", domain::kFuelTypeNames, car.fuel_type), ui.tr("car.fuel")},
        {ui::icons::kSettings,
         option(ui, "transmission", domain::kTransmissionNames, car.transmission),
         ui.tr("car.gearbox")},
        {ui::icons::kAllInclusive,
         option(ui, "drive_type", domain::kDriveTypeNames, car.drive_type), ui.tr("car.drive")},
        {ui::icons::kDirectionsCar,
         option(ui, "body_style", domain::kBodyStyleNames, car.body_style), ui.tr("car.body")},
        {ui::icons::kPalette, car.color, ui.tr("car.color")},
    };
    std::erase_if(facts, [](const Fact& fact) { return fact.value.empty(); });
    return facts;
}

}  // namespace

void CarScreen::draw_pictures(ui::Context& ui, ui::Area area, const CatalogueCar& car) {
    const std::size_t count = std::min(car.images.size(), kMostThumbs);
    picture_ = count == 0 ? 0 : std::min(picture_, count - 1);
    const bool thumbs = count > 1;
    const ui::Area hero = area.cut_top(
        std::min(area.height() - (thumbs ? 152.F : 0.F), area.width() * 10 / 16), ui::space::k16);
    shell_.car_picture(ui, hero, count == 0 ? nullptr : &car.images[picture_],
                       ui.theme().radius_card);
    if (!thumbs) return;
    ui::Area row = area.cut_top(120);
    for (std::size_t i = 0; i < count; ++i) {
        const ui::Area at = row.cut_start(184, ui::space::k12);
        shell_.car_picture(ui, at, &car.images[i], ui.theme().radius_control);
        if (i == picture_)
            ui.painter().outline(at.rect.inflated(3), ui.color().accent, 4,
                                 ui.theme().radius_control + 3);
        const std::string id = "thumb:" + std::to_string(i);
        const ui::Touch touch = ui.touch(id, ui.tr("car.picture", {{"number", i + 1}}), at.rect);
        focus_ring(ui, touch, at.rect, ui.theme().radius_control);
        if (touch.tapped) picture_ = i;
    }
}

void CarScreen::draw_facts(ui::Context& ui, ui::Area area, const CatalogueCar& entry) {
    const domain::Car& car = entry.car;
    paragraph(ui, area, title_of(car), ui::Style::kDisplay, ui::Ink::kInk, ui::Align::kStart, 3);
    std::string line = car.trim_level;
    if (!car.engine_size.empty()) line += (line.empty() ? "" : " · ") + car.engine_size;
    line += (line.empty() ? "" : " · ") + ui.tr("car.stock", {{"number", car.stock_number}});
    paragraph(ui, area, line, ui::Style::kBodyLarge, ui::Ink::kQuiet);
    area.skip(ui::space::k12);
    label(ui, area.cut_top(56), money_of(ui, car.price_minor, car.currency), ui::Style::kDisplay);
    area.skip(ui::space::k16);
    const auto facts = facts_of(ui, car);
    const int rows = static_cast<int>(facts.size() + 1) / 2;
    const ui::Area sheet =
        card(ui, area.cut_top(static_cast<float>(rows) * 76 + ui::space::k32, ui::space::k24),
             ui::space::k16);
    const auto lines = sheet.rows(rows, 0);
    for (std::size_t i = 0; i < facts.size(); ++i) {
        ui::Area cell = lines[i / 2].columns(2, ui::space::k16)[i % 2];
        ui::icon(ui, cell.cut_start(40, ui::space::k12), facts[i].icon, 30, ui::Ink::kAccent);
        cell = cell.centred(cell.width(), 56);
        label(ui, cell.cut_top(30), facts[i].value, ui::Style::kBodyStrong);
        label(ui, cell.cut_top(24), facts[i].what, ui::Style::kCaption, ui::Ink::kQuiet);
    }
    std::string features;
    for (const std::string& feature : car.features)
        features += (features.empty() ? "" : " · ") + feature;
    paragraph(ui, area, features, ui::Style::kBody, ui::Ink::kQuiet, ui::Align::kStart, 6);
    if (!car.description.empty()) {
        area.skip(ui::space::k12);
        paragraph(ui, area, car.description, ui::Style::kBody, ui::Ink::kInk, ui::Align::kStart, 4);
    }
}

void CarScreen::draw(ui::Context& ui) {
    ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    shell_.bar(ui, page, true);
    page = page.padded(ui.portrait() ? ui::space::k32 : ui::space::k48, ui::space::k24);
    const auto newest = shell_.app.catalogue();
    const CatalogueCar* car = newest->find(car_id_);
    if (car != nullptr)
        catalogue_ = newest;
    else if (catalogue_)
        car = catalogue_->find(car_id_);
    if (car == nullptr) {
        if (empty_state(ui, page,
                        {.id = "gone",
                         .icon = ui::icons::kDirectionsCar,
                         .title = ui.tr("car.gone"),
                         .words = ui.tr("car.gone_hint"),
                         .action = ui.tr("bar.back")}))
            shell_.navigator.pop();
        return;
    }
    using domain::Availability;
    const bool sellable = car->car.availability == Availability::kInStock && newest->find(car_id_);
    ui::Area foot;
    if (ui.portrait()) {
        foot = page.cut_bottom(kFootHeight, ui::space::k16);
        draw_pictures(ui, page.cut_top(page.width() * 10 / 16 + 152, ui::space::k16), *car);
        draw_facts(ui, page, *car);
    } else {
        draw_pictures(ui, page.cut_start(page.width() * 0.62F, ui::space::k48), *car);
        foot = page.cut_bottom(kFootHeight, ui::space::k16);
        draw_facts(ui, page, *car);
    }
    if (!sellable) {
        const bool gone =
            newest->find(car_id_) == nullptr || car->car.availability == Availability::kSold;
        const auto name =
            domain::kAvailabilityNames[static_cast<std::size_t>(car->car.availability)];
        const std::string& title =
            ui.keep(option_of(ui, "availability", gone ? std::string_view("sold") : name));
        const ui::Banner state{.id = "state",
                               .tone = ui::Tone::kInfo,
                               .title = title,
                               .words = gone ? ui.tr("car.just_sold") : ui.tr("car.not_now")};
        banner(ui, foot.cut_top(banner_height(ui, state, foot.width())), state);
    } else if (shell_.app.person()) {
        if (button(ui, foot.cut_top(72),
                   {.id = "sell",
                    .label = ui.tr("car.sell"),
                    .icon = ui::icons::kSell,
                    .kind = ui::ButtonKind::kPrimary}))
            shell_.to_sale(car_id_);
    } else {
        paragraph(ui, foot, ui.tr("car.ask"), ui::Style::kBodyLarge, ui::Ink::kQuiet);
    }
}

}  // namespace showfloor::terminal
