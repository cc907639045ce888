#include "terminal/screens/finance_screen.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "domain/money.hpp"
#include "terminal/screens/car_words.hpp"
#include "text/format.hpp"
#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

using ui::Style;

constexpr double kMostDepositBp = 8000, kDepositStepBp = 250;
constexpr std::int64_t kTermStep = 6;

struct Terms {
    std::int64_t least = 0, most = 0;
};

Terms terms_of(const std::vector<domain::FinanceRate>& rates) {
    Terms terms;
    for (const domain::FinanceRate& rate : rates) {
        terms.most = std::max(terms.most, rate.months);
        terms.least = terms.least == 0 ? rate.months : std::min(terms.least, rate.months);
    }
    return terms;
}

void figure(ui::Context& ui, ui::Area& area, std::string_view what, std::string_view value,
            bool strong = false) {
    ui::Area row = area.cut_top(48);
    divider(ui, row);
    const Style style = strong ? Style::kBodyStrong : Style::kBody;
    sum(ui, row, "finance", value, style, ui::space::k16);
    label(ui, row, what, style, strong ? ui::Ink::kInk : ui::Ink::kQuiet);
}

}  // namespace

void FinanceScreen::work_out(const ui::Context& ui, const domain::Car& car) {
    const auto monthly = monthly_of(shell_, car);
    const std::int64_t principal = car.price_minor - monthly->deposit_minor;
    if (words_of_ == &ui.strings() && plan_.principal_minor == principal &&
        plan_.months == monthly->months && plan_.annual_rate_bp == monthly->annual_rate_bp)
        return;
    words_of_ = &ui.strings();
    deposit_minor_ = monthly->deposit_minor;
    plan_ = domain::finance_plan(principal, monthly->annual_rate_bp, monthly->months);
    owed_ = {static_cast<double>(principal)};
    names_.clear(), read_outs_.clear();
    std::int64_t paid = 0, month = 0;
    const auto say = [&](std::int64_t owed) {
        read_outs_.push_back(
            ui.tr("finance.after", {{"months", month},
                                    {"owed", estimate_of(ui, owed, car.currency)},
                                    {"paid", estimate_of(ui, paid, car.currency)}}));
    };
    say(principal);
    for (const domain::FinanceMonth& line : plan_.schedule) {
        ++month;
        paid += line.payment_minor;
        owed_.push_back(static_cast<double>(line.owed_minor));
        say(line.owed_minor);
    }
    for (std::int64_t year = 0; year * 12 <= plan_.months; ++year)
        names_.push_back(ui.tr("finance.year_short", {{"year", year}}));
}

void FinanceScreen::draw_car(ui::Context& ui, ui::Area area, const CatalogueCar& entry) {
    const domain::Car& car = entry.car;
    shell_.main_picture(ui, area.cut_start(area.height() * 16 / 10, ui::space::k24), car.id,
                        ui.theme().radius_control);
    area = area.centred(area.width(), 84);
    label(ui, area.cut_top(42), title_of(car), Style::kTitle);
    label(ui, area.cut_top(42), money_of(ui, car.price_minor, car.currency), Style::kBodyLarge,
          ui::Ink::kQuiet);
}

void FinanceScreen::draw_choices(ui::Context& ui, ui::Area& area, const domain::Car& car) {
    const domain::Branch& branch = shell_.app.branch();
    FinanceChoice& choice = shell_.visit.finance;
    auto deposit = static_cast<double>(choice.deposit_bp);
    const std::string& deposit_words = ui.keep(estimate_of(ui, deposit_minor_, car.currency) +
                                               " · " + share_of(ui, choice.deposit_bp));
    if (slider(ui, area.cut_top(ui::kSliderHeight, ui::space::k24),
               {.id = "deposit",
                .label = ui.tr("finance.deposit"),
                .least = 0,
                .most = kMostDepositBp,
                .step = kDepositStepBp,
                .value_words = deposit_words},
               deposit)) {
        choice.deposit_bp = std::llround(deposit);
        ui.draw_again();
    }
    const Terms terms = terms_of(branch.finance_rates);
    auto months = static_cast<double>(plan_.months);
    if (terms.most > terms.least &&
        slider(ui, area.cut_top(ui::kSliderHeight, ui::space::k24),
               {.id = "months",
                .label = ui.tr("finance.term"),
                .least = static_cast<double>(terms.least),
                .most = static_cast<double>(terms.most),
                .step = static_cast<double>(kTermStep),
                .value_words = ui.tr("finance.months", {{"count", plan_.months}})},
               months)) {
        choice.months = std::llround(months);
        ui.draw_again();
    }
    figure(ui, area, ui.tr("finance.rate"), share_of(ui, plan_.annual_rate_bp));
    area.skip(ui::space::k8);
    paragraph(ui, area, ui.tr("finance.rate_note", {{"branch", branch.name}}), Style::kSmall,
              ui::Ink::kQuiet);
}

void FinanceScreen::draw_result(ui::Context& ui, ui::Area& area, const domain::Car& car) {
    const auto money = [&](std::int64_t minor) { return estimate_of(ui, minor, car.currency); };
    label(ui, area.cut_top(32), ui.tr("finance.monthly"), Style::kSmall, ui::Ink::kQuiet);
    money_label(ui, area.cut_top(64, ui::space::k8), money(plan_.monthly_minor), Style::kDisplay);
    figure(ui, area, ui.tr("browse.price"), money(car.price_minor));
    figure(ui, area, ui.tr("finance.deposit"), money(deposit_minor_));
    figure(ui, area, ui.tr("finance.borrowed"), money(plan_.principal_minor));
    figure(ui, area, ui.tr("finance.interest"), money(plan_.interest_minor));
    figure(ui, area, ui.tr("finance.total"), money(deposit_minor_ + plan_.total_minor), true);
}

void FinanceScreen::draw_schedule(ui::Context& ui, ui::Area& area, const domain::Car& car) {
    label(ui, area.cut_top(40, ui::space::k8), ui.tr("finance.schedule"), Style::kHeading);
    line_chart(ui, area.cut_top(ui.portrait() ? 300.F : 280.F, ui::space::k24),
               {.id = "schedule",
                .label = ui.tr("finance.schedule"),
                .values = owed_,
                .names = names_,
                .name_every = 12,
                .read_outs = read_outs_});
    // Where figures need the room that a year does not.
    const bool narrow = text_width(ui, estimate_of(ui, car.price_minor, car.currency),
                                   Style::kSmall) > area.columns(4, ui::space::k12)[0].width();
    const auto row_of = [&](const std::string& a, const std::string& b, const std::string& c,
                            const std::string& d, ui::Ink ink) {
        ui::Area row = area.cut_top(44);
        divider(ui, row);
        if (narrow) {
            const float year = text_width(ui, ui.tr("finance.year"), Style::kSmall) + 2;
            label(ui, row.cut_start(year, ui::space::k12), a, Style::kSmall, ink);
        }
        auto cells = row.columns(narrow ? 3 : 4, ui::space::k12);
        if (!narrow) {
            label(ui, cells[0], a, Style::kSmall, ink);
            cells.erase(cells.begin());
        }
        for (std::size_t i = 0; i < cells.size(); ++i)
            label_fitted(ui, cells[i], *std::array{&b, &c, &d}[i], Style::kSmall, ink, 0.8F,
                         ui::Align::kEnd);
    };
    row_of(ui.tr("finance.year"), ui.tr("finance.paid"), ui.tr("finance.interest"),
           ui.tr("finance.owed"), ui::Ink::kQuiet);
    domain::FinanceMonth year;
    for (std::size_t i = 0; i < plan_.schedule.size(); ++i) {
        const domain::FinanceMonth& month = plan_.schedule[i];
        year.payment_minor += month.payment_minor;
        year.interest_minor += month.interest_minor;
        if ((i + 1) % 12 != 0 && i + 1 != plan_.schedule.size()) continue;
        row_of(text::number(ui.locale(), static_cast<std::int64_t>(i / 12 + 1)),
               estimate_of(ui, year.payment_minor, car.currency),
               estimate_of(ui, year.interest_minor, car.currency),
               estimate_of(ui, month.owed_minor, car.currency), ui::Ink::kInk);
        year = {};
    }
}

void FinanceScreen::draw(ui::Context& ui) {
    ui::Area page = shell_.page(ui);
    shell_.bar(ui, page, true);
    page = page.padded(ui.portrait() ? ui::space::k32 + ui::space::k8 : ui::space::k48, 0);
    const auto newest = shell_.app.catalogue();
    if (newest->find(car_id_) != nullptr || !catalogue_) catalogue_ = newest;
    const CatalogueCar* car = catalogue_->find(car_id_);
    if (car == nullptr || !monthly_of(shell_, car->car)) {
        if (catalogue_->on_offer() == 0 && says_unreadable(ui, page, shell_.app)) return;
        if (empty_state(ui, page,
                        {.id = "call",
                         .icon = ui::icons::kPayments,
                         .title = ui.tr("finance.none"),
                         .words = ui.tr("finance.none_hint"),
                         .action = ui.tr("bar.call")}))
            shell_.visit.overlay = Overlay::kCall;
        return;
    }
    work_out(ui, car->car);
    ui::ScrollView view(ui, "finance", page);
    ui::Area& all = view.area();
    all.skip(ui::space::k8);
    ui::Area head = all.cut_top(120, ui::space::k24);
    draw_car(ui, head, *car);
    const auto ask = [&](ui::Area& area) {
        area.skip(ui::space::k24);
        const ui::Banner note{.id = "estimate",
                              .tone = ui::Tone::kInfo,
                              .title = ui.tr("finance.estimate"),
                              .words = ui.tr("finance.estimate_note")};
        banner(ui, area.cut_top(banner_height(ui, note, area.width()), ui::space::k24), note);
        if (button(ui, area.cut_top(72),
                   {.id = "ask", .label = ui.tr("finance.ask"), .kind = ui::ButtonKind::kPrimary}))
            shell_.to_lead(car_id_, false);
    };
    if (ui.portrait()) {
        {
            ui::GrowingCard sheet(ui, "finance_choices", all);
            draw_choices(ui, sheet.area(), car->car);
        }
        {
            ui::GrowingCard sheet(ui, "finance_result", all);
            draw_result(ui, sheet.area(), car->car);
            ask(sheet.area());
        }
        {
            ui::GrowingCard sheet(ui, "finance_schedule", all);
            draw_schedule(ui, sheet.area(), car->car);
        }
        return;
    }
    ui::Area left = all, right = all;
    const float end = std::round(all.width() * 0.4F);
    right = left.cut_end(end, ui::space::k32);
    {
        ui::GrowingCard sheet(ui, "finance_choices", left);
        draw_choices(ui, sheet.area(), car->car);
    }
    {
        ui::GrowingCard sheet(ui, "finance_schedule", left);
        draw_schedule(ui, sheet.area(), car->car);
    }
    {
        ui::GrowingCard sheet(ui, "finance_result", right);
        draw_result(ui, sheet.area(), car->car);
        ask(sheet.area());
    }
    all.skip(std::max(left.rect.y, right.rect.y) - all.rect.y);
}

}  // namespace showfloor::terminal
