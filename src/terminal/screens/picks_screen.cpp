#include "terminal/screens/picks_screen.hpp"

#include <algorithm>

#include "terminal/screens/car_card.hpp"
#include "terminal/screens/chosen_cars.hpp"
#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

using ui::Style;

// A telephone cannot reach what only this machine knows.
bool is_public(std::string_view address) {
    return !address.empty() && address.find("//localhost") == std::string_view::npos &&
           address.find("//127.") == std::string_view::npos &&
           address.find("//[::1]") == std::string_view::npos;
}

// Letters and digits stay, everything else is escaped.
std::string escaped(std::string_view words) {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : words) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') || c == '-' || c == '_' || c == '.';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        }
    }
    return out;
}

}  // namespace

TakeHome take_home(const ui::Context& ui, const Shell& shell,
                   const std::vector<const CatalogueCar*>& cars) {
    const std::string address = shell.app.central_address();
    TakeHome out;
    if (is_public(address)) {
        out.is_link = true;
        out.text = address + "/c/";
        const std::string language = "?l=" + std::string(ui.locale().code);  // the page's, too
        for (std::size_t i = 0; i < cars.size(); ++i) {
            const std::string part = (i == 0 ? "" : ",") + escaped(cars[i]->car.stock_number);
            if (out.text.size() + part.size() + language.size() > kMostQrBytes) break;
            out.text += part;
        }
        out.text += language;
        return out;
    }
    out.text = dealer_of(shell.app);
    if (!shell.app.branch().phone.empty()) out.text += "\n" + shell.app.branch().phone;
    for (const CatalogueCar* each : cars) {
        const domain::Car& car = each->car;
        const std::string line = "\n" + title_of(car) + ", " +
                                 money_of(ui, car.price_minor, car.currency) + ", " +
                                 car.stock_number;
        if (out.text.size() + line.size() > kMostQrBytes) break;
        out.text += line;
    }
    return out;
}

void PicksScreen::draw_code(ui::Context& ui, ui::Area& area, const Cars& cars) {
    const TakeHome home = take_home(ui, shell_, cars);
    if (home.text != coded_) {
        coded_ = home.text;
        code_ = qr_of(coded_);
    }
    label(ui, area.cut_top(44, ui::space::k8), ui.tr("picks.take_home"), Style::kTitle);
    paragraph(ui, area, ui.tr(home.is_link ? "picks.scan_link" : "picks.scan_text"), Style::kBody,
              ui::Ink::kQuiet);
    if (!code_) return;
    // Its own white margin is air enough on white; on other grounds it is seen.
    area.skip(ui.color().card == ui::kWhite ? ui::space::k8 : ui::space::k24);
    const float side = std::min(area.width(), 520.F);
    qr(ui, area.cut_top(side).centred(side, side), code_->modules, code_->side);
}

void PicksScreen::draw(ui::Context& ui) {
    const auto chosen = begin_chosen(ui, shell_, shell_.visit.picks,
                                     {.id = "to_cars",
                                      .icon = ui::icons::kFavoriteBorder,
                                      .title = ui.tr("picks.empty"),
                                      .words = ui.tr("picks.empty_hint"),
                                      .action = ui.tr("picks.look")});
    catalogue_ = chosen.catalogue;
    const Cars& cars = chosen.cars;
    if (cars.empty()) return;
    ui::Area page = chosen.page;
    const bool upright = ui.portrait();
    ui::Area side = upright ? ui::Area{} : page.cut_end(480, ui::space::k32 + ui::space::k8);
    const auto draw_side = [&](ui::Area& area) {
        draw_code(ui, area, cars);
        const ui::Button compare{.id = "compare_picks",
                                 .label = ui.tr("picks.compare"),
                                 .icon = ui::icons::kCompareArrows};
        if (cars.size() < 2) return;
        area.skip(ui::space::k16);
        if (button(ui, area.cut_top(ui::kButtonHeight), compare)) {
            shell_.visit.compared.assign(
                shell_.visit.picks.begin(),
                shell_.visit.picks.begin() +
                    static_cast<std::ptrdiff_t>(std::min(kMostCompared, cars.size())));
            shell_.to_compare();
        }
    };
    label(ui, page.cut_top(56, ui::space::k16), ui.tr("picks.title", {{"count", cars.size()}}),
          Style::kTitle);
    {
        constexpr float kGap = 28;
        ui::ScrollView view(ui, "picks", page);
        ui::Area& all = view.area();
        const int columns = std::max(1, static_cast<int>((page.width() + kGap) / (390 + kGap)));
        const float width = all.columns(columns, kGap)[0].width();
        for (std::size_t at = 0; at < cars.size(); at += static_cast<std::size_t>(columns)) {
            const auto cells =
                all.cut_top(card_height(ui, shell_, width), kGap).columns(columns, kGap);
            for (std::size_t i = 0; i < cells.size() && at + i < cars.size(); ++i)
                if (car_card(ui, shell_, cells[i], *cars[at + i]))
                    shell_.to_car(cars[at + i]->car.id);
        }
        if (upright) {
            ui::GrowingCard sheet(ui, "picks_code", all);
            draw_side(sheet.area());
        }
        all.skip(upright ? 170.F : ui::space::k48);
    }
    if (!upright) {
        ui::GrowingCard sheet(ui, "picks_code", side);
        draw_side(sheet.area());
    }
    shell_.float_call(ui, chosen.whole);
}

}  // namespace showfloor::terminal
