// The live summary beside every step of a sale, and what the steps share.

#include <algorithm>
#include <cmath>

#include "domain/money.hpp"
#include "terminal/screens/sale_desk.hpp"
#include "terminal/screens/seller_words.hpp"

namespace showfloor::terminal {

std::string_view SaleDesk::error_of(ui::Context& ui, std::string_view field) const {
    const SaleTrouble* trouble = sums.trouble_of(field);
    if (trouble == nullptr) return {};
    // What is typed wrong is said at once; what is not typed yet only when somebody goes on.
    const bool typed = trouble->key == "sale.bad_amount" || trouble->key == "sale.bad_discount" ||
                       trouble->key == "sale.over_total" || trouble->key == "sale.trade_in_over" ||
                       trouble->key == "sale.bad_total";
    const bool empty_value = field == "trade_in_value" && form.trade_in_value.empty();
    if ((!typed || empty_value) && !show_troubles) return {};
    return ui.tr(trouble->key);
}

bool SaleDesk::approver_needed() const {
    const auto& person = shell.app.person();
    if (!sums.over_limit || !person || !car) return false;
    const domain::Facts facts{.branch_id = car->car.branch_id,
                              .owner_id = person->user_id,
                              .subject_role = domain::Role::kNobody,
                              .subject_id = {}};
    return !domain::may(actor_of(*person), domain::Area::kSaleDecisions, domain::Action::kChange,
                        facts);
}

void SaleDesk::ask_approver() {
    approval.open("approval.discount", [this](Person person) { approver = std::move(person); });
}

void SaleDesk::forget_approver() {
    approver.reset();
    shell.app.forget_approval();
}

std::string reason_words(const text::Strings& strings, const SaleForm& form) {
    if (form.reason.empty()) return {};
    return form.reason == "other" ? form.other_reason : strings.get("sale.reason_" + form.reason);
}

namespace {

// Whether the longest word of the name has room beside the figure.
bool beside_figure(ui::Context& ui, const ui::Area& area, std::string_view name,
                   std::string_view figure, ui::Style style) {
    float sums = text_width(ui, figure, style) + 4;
    if (area.mirrored()) sums = std::max(sums, sum_column(ui, area, "sale", 0));
    const float room = area.width() - sums - ui::space::k12;
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t end = std::min(name.find(' ', at), name.size());
        if (text_width(ui, name.substr(at, end - at), style) > room) return false;
        at = end + 1;
    }
    return true;
}

// A very long figure stands on a line of its own.
void below_name(ui::Context& ui, ui::Area& area, std::string_view name, std::string_view figure) {
    area.skip(ui::space::k4);
    paragraph(ui, area, name, ui::Style::kBody, ui::Ink::kQuiet);
    money_label(ui, area.cut_top(34), figure, ui::Style::kBody, ui::Ink::kInk,
                area.mirrored() ? ui::Align::kStart : ui::Align::kEnd);
}

void money_line(ui::Context& ui, ui::Area& area, std::string_view what, std::string_view figure,
                bool strong = false) {
    const ui::Style style = strong ? ui::Style::kBodyStrong : ui::Style::kBody;
    if (!beside_figure(ui, area, what, figure, style)) return below_name(ui, area, what, figure);
    ui::Area row = area.cut_top(38);
    sum(ui, row, "sale", figure, style);
    label_fitted(ui, row, what, style, strong ? ui::Ink::kInk : ui::Ink::kQuiet);
}

// The same, over as many lines as a name takes that the dealer chose.
void named_line(ui::Context& ui, ui::Area& area, std::string_view name, std::string_view figure) {
    if (!beside_figure(ui, area, name, figure, ui::Style::kBody))
        return below_name(ui, area, name, figure);
    ui::Area row = area;
    const float top = area.rect.y;
    ui::Area first = area.cut_top(38);
    sum(ui, first, "sale", figure);
    row.rect.x = first.rect.x, row.rect.w = first.rect.w;
    // Its first line stands level with the other lines, its last one apart from the next.
    const float around = (38 - line_height(ui, ui::Style::kBody)) / 2;
    row.skip(around);
    paragraph(ui, row, name, ui::Style::kBody, ui::Ink::kQuiet);
    area.skip(std::max(0.F, row.rect.y + around - top - 38));
}

void draw_lines(ui::Context& ui, const SaleDesk& desk, ui::Area& area) {
    const auto& sums = desk.sums;
    const auto line = [&](std::string_view what, std::int64_t minor, bool strong = false) {
        money_line(ui, area, what, ui.keep(money_of(ui, minor, desk.currency())), strong);
    };
    line(ui.tr("sale.car"), desk.base_terms->price_minor);
    if (sums.sale.discount_minor > 0) line(ui.tr("sale.discount"), -sums.sale.discount_minor);
    if (sums.terms) {
        for (const auto& one : sums.terms->promotions)
            named_line(ui, area, one.name,
                       ui.keep(money_of(ui, -one.amount_minor, desk.currency())));
    }
    if (sums.accessories_minor > 0) line(ui.tr("sale.accessories"), sums.accessories_minor);
    for (const auto& fee : desk.base_terms->fees)
        named_line(ui, area, fee.name, ui.keep(money_of(ui, fee.amount_minor, desk.currency())));
    if (!sums.terms) return;
    for (const auto& tax : sums.terms->taxes) {
        if (tax.tax_minor == 0) continue;
        const char* key =
            sums.terms->prices_include_tax ? "document.tax_inside" : "document.tax_on_top";
        named_line(ui, area, ui.tr(key, {{"name", tax.name}, {"rate", share_of(ui, tax.rate_bp)}}),
                   ui.keep(money_of(ui, tax.tax_minor, desk.currency())));
    }
}

void draw_total(ui::Context& ui, const SaleDesk& desk, ui::Area& area) {
    const auto& sums = desk.sums;
    if (!sums.terms) return;
    const std::string total = money_of(ui, sums.terms->total_minor, desk.currency());
    const float figure = text_width(ui, total, ui::Style::kFigure) + 4;
    const float word = text_width(ui, ui.tr("sale.total"), ui::Style::kLabel) + 2;
    // A long sum stands under its word.
    if (figure + ui::space::k12 + word > area.width())
        label(ui, area.cut_top(36), ui.tr("sale.total"), ui::Style::kLabel);
    ui::Area row = area.cut_top(48);
    // Larger than the others: in a column with them it would leave their names no room.
    if (figure <= row.width())
        sum(ui, row, "total", total, ui::Style::kFigure);
    else
        label_fitted(ui, row.cut_start(row.width()), total, ui::Style::kFigure, ui::Ink::kInk,
                     0.55F, row.mirrored() ? ui::Align::kStart : ui::Align::kEnd);
    if (word <= row.width()) label(ui, row, ui.tr("sale.total"), ui::Style::kLabel);
    // The page on which the customer signs is theirs to read.
    if (desk.form.step != SaleStep::kReview)
        wrapped_label(
            ui, area,
            ui.tr("sale.commission",
                  {{"amount", money_of(ui, sums.terms->commission_minor, desk.currency())}}),
            30, ui::Style::kSmall, ui::Ink::kQuiet, ui::Align::kEnd);
    const std::int64_t trade_in = sums.sale.trade_in_value_minor;
    if (trade_in == 0 && sums.paid_minor == 0) return;
    area.skip(ui::space::k8);
    if (trade_in > 0)
        money_line(ui, area, ui.tr("sale.trade_in"),
                   ui.keep(money_of(ui, -trade_in, desk.currency())));
    if (sums.paid_minor > 0)
        money_line(ui, area, ui.tr("sale.paid_now"),
                   ui.keep(money_of(ui, -sums.paid_minor, desk.currency())));
    money_line(ui, area, ui.tr("sale.after"),
               ui.keep(money_of(ui, sums.left_minor, desk.currency())), true);
}

std::string who_and_vin(const SaleDesk& desk) {
    std::string line = "VIN " + desk.car->car.vin;
    if (desk.customer) line += " · " + full_name_of(*desk.customer);
    return line;
}

// Where there is room for one of them.
std::string who_or_vin(const SaleDesk& desk) {
    return desk.customer ? full_name_of(*desk.customer) : "VIN " + desk.car->car.vin;
}

// Beside the steps when there is no room for more: picture, names and the total in one strip.
void draw_strip(ui::Context& ui, SaleDesk& desk, ui::Area& page) {
    constexpr float kHeight = 132;
    const ui::Area whole = page.cut_top(kHeight, ui::space::k24);
    ui::Area inside = card(ui, whole, 0);
    // What it is and costs comes before how it looks.
    constexpr float kPicture = 212, kLeast = 700;
    if (inside.width() >= kLeast)
        desk.shell.main_picture(ui, inside.cut_start(kPicture, ui::space::k24).padded(12),
                                desk.car->car.id, 12);
    else
        (void)inside.cut_start(ui::space::k24);
    inside = inside.padded(0, ui::space::k16);
    (void)inside.cut_end(ui::space::k24);
    if (desk.base_terms && desk.sums.terms) {
        const std::string total = money_of(ui, desk.sums.terms->total_minor, desk.currency());
        const std::string own =
            ui.tr("sale.commission",
                  {{"amount", money_of(ui, desk.sums.terms->commission_minor, desk.currency())}});
        ui::Area end = inside.cut_end(std::max(text_width(ui, total, ui::Style::kFigure),
                                               text_width(ui, own, ui::Style::kSmall)) +
                                          4,
                                      ui::space::k16);
        // The customer looks at the review, too.
        const bool alone = desk.form.step == SaleStep::kReview;
        end = end.centred(end.width(), alone ? 48 : 84);
        label(ui, end.cut_top(48), total, ui::Style::kFigure, ui::Ink::kInk, ui::Align::kEnd);
        if (!alone)
            label(ui, end.cut_top(30), own, ui::Style::kSmall, ui::Ink::kQuiet, ui::Align::kEnd);
    }
    inside.skip(ui::space::k12);
    label_fitted(ui, inside.cut_top(36), title_of(desk.car->car), ui::Style::kHeading);
    label(ui, inside.cut_top(30), ui.keep(who_or_vin(desk)), ui::Style::kSmall, ui::Ink::kQuiet);
}

}  // namespace

void draw_sale_sums(ui::Context& ui, const SaleDesk& desk, ui::Area& area, bool total_first) {
    if (!desk.base_terms) return;
    if (total_first)
        draw_total(ui, desk, area);
    else
        draw_lines(ui, desk, area);
    area.skip(ui::space::k12);
    divider(ui, area.cut_top(ui::space::k12));
    if (total_first)
        draw_lines(ui, desk, area);
    else
        draw_total(ui, desk, area);
}

void draw_sale_summary(ui::Context& ui, SaleDesk& desk, ui::Area& page, bool tall,
                       float view_height) {
    if (!desk.car) {
        if (tall) {
            ui::GrowingCard sheet(ui, "sale_summary_none", page);
            ui::icon(ui, sheet.area().cut_top(120), ui::icons::kDirectionsCar, 64, ui::Ink::kQuiet);
            paragraph(ui, sheet.area(), ui.tr("sale.choose_car_hint"), ui::Style::kBody,
                      ui::Ink::kQuiet, ui::Align::kCentre);
        }
        return;
    }
    if (!tall) return draw_strip(ui, desk, page);
    const ui::Area whole = page;
    ui::GrowingCard sheet(ui, "sale_totals", page);
    ui::Area& inside = sheet.area();
    // The picture gives way to the lines, so that what is left to pay is seen without scrolling.
    // Lower than that it would show a car without roof or wheels, and stands small by its name.
    constexpr float kPicture = 230, kLeastPicture = 205, kSmall = 84, kNames = 66;
    float& below = ui.remembered("sale_totals:below");
    const float high = std::min(view_height - below, kPicture);
    const bool large = high >= kLeastPicture;
    const float own = large ? high - ui::space::k8 : kSmall - kNames;
    if (large) {
        desk.shell.main_picture(ui, whole.with({whole.rect.x, whole.rect.y, whole.rect.w, high}),
                                desk.car->car.id, ui.theme().radius_card, true);
        inside.skip(own);
    }
    ui::Area names = inside.cut_top(large ? kNames : kSmall, ui::space::k12);
    // Its name whole comes before a small picture.
    const float left = names.width() - kSmall * 1.6F - ui::space::k16;
    const float title = text_width(ui, title_of(desk.car->car), ui::Style::kHeading);
    if (!large && (title * 0.8F <= left || title > names.width()))
        desk.shell.main_picture(ui, names.cut_end(kSmall * 1.6F, ui::space::k16), desk.car->car.id,
                                ui.theme().radius_control);
    names = names.centred(names.width(), kNames);
    label_fitted(ui, names.cut_top(36), title_of(desk.car->car), ui::Style::kHeading);
    label(ui, names.cut_top(30), ui.keep(large ? who_and_vin(desk) : who_or_vin(desk)),
          ui::Style::kSmall, ui::Ink::kQuiet);
    if (!desk.base_terms) return;
    // Where they still don't all fit, what it comes to is what is seen.
    draw_sale_sums(ui, desk, inside, below + kSmall - kNames > view_height);
    const float drawn =
        inside.rect.y + ui::space::k32 + ui::space::k24 - ui::space::k8 - whole.rect.y - own;
    if (std::abs(drawn - below) > 0.5F) {
        below = drawn;
        ui.draw_again();
    }
}

}  // namespace showfloor::terminal
