// Step 5: everything once more, a word for the invoice, and the customer's finger: beside each
// other where the screen is wide.

#include <algorithm>

#include "terminal/screens/sale_desk.hpp"
#include "terminal/screens/seller_words.hpp"
#include "terminal/screens/signature.hpp"

namespace showfloor::terminal {

namespace {

// What, how much or who, and a note: in one line, or where a column is narrow over two.
void fact(ui::Context& ui, ui::Area& area, std::string_view what, std::string_view value,
          std::string_view note = {}) {
    const auto at_end = [&](ui::Area& row, ui::Style style) {
        if (note.empty()) return;
        label(ui, row.cut_end(text_width(ui, note, style) + 2, ui::space::k16), note, style,
              ui::Ink::kQuiet, ui::Align::kEnd);
    };
    if (area.width() >= 760) {
        ui::Area row = area.cut_top(44);
        label(ui, row.cut_start(std::min(240.F, row.width() * 0.3F), ui::space::k16), what,
              ui::Style::kBody, ui::Ink::kQuiet);
        at_end(row, ui::Style::kBody);
        label(ui, row, value, ui::Style::kBodyStrong);
        return;
    }
    ui::Area above = area.cut_top(26);
    const float beside = text_width(ui, note, ui::Style::kBody) + ui::space::k16 + 4;
    if (text_width(ui, value, ui::Style::kBodyStrong) > area.width() - beside &&
        beside < area.width() * 0.5F) {  // a long name, over several lines
        label(ui, above, what, ui::Style::kCaption, ui::Ink::kQuiet);
        ui::Area lines = area;
        ui::Area first = area;
        first = first.cut_top(line_height(ui, ui::Style::kBodyStrong));
        at_end(first, ui::Style::kBody);
        lines.rect.x = first.rect.x, lines.rect.w = first.rect.w;
        paragraph(ui, lines, value, ui::Style::kBodyStrong);
        area.skip(lines.rect.y - area.rect.y + ui::space::k8);
        return;
    }
    ui::Area row = area.cut_top(32, ui::space::k8);
    const bool fits = text_width(ui, value, ui::Style::kBodyStrong) + ui::space::k16 +
                          text_width(ui, note, ui::Style::kBody) + 4 <=
                      row.width();
    if (fits)
        at_end(row, ui::Style::kBody);
    else
        at_end(above, ui::Style::kSmall);
    label(ui, above, what, ui::Style::kCaption, ui::Ink::kQuiet);
    label(ui, row, value, ui::Style::kBodyStrong);
}

void draw_deal(ui::Context& ui, SaleDesk& desk, ui::Area& page) {
    const auto& sale = desk.sums.sale;
    const auto money = [&](std::int64_t minor) -> const std::string& {
        return ui.keep(money_of(ui, minor, desk.currency()));
    };
    // Upright the sums stand below, as nothing beside the step says what the customer signs for:
    // what they say is not said twice.
    const bool summed = ui.portrait();
    ui::GrowingCard sheet(ui, "sale_review", page);
    ui::Area& area = sheet.area();
    label_fitted(ui, area.cut_top(44, ui::space::k12), ui.tr("sale.review"), ui::Style::kTitle);
    fact(ui, area, ui.tr("sale.car"), ui.keep(title_of(desk.car->car)),
         ui.keep(desk.car->car.stock_number));
    if (desk.customer)
        fact(ui, area, ui.tr("sale.customer"), ui.keep(full_name_of(*desk.customer)),
             ui.keep(desk.customer->phone));
    else
        fact(ui, area, ui.tr("sale.customer"), ui.tr("sale.customer_missing"));
    if (sale.discount_minor > 0) {
        const std::string& reason = ui.keep(reason_words(ui.strings(), desk.form));
        if (!summed)
            fact(ui, area, ui.tr("sale.discount"), money(sale.discount_minor), reason);
        else if (!reason.empty())
            fact(ui, area, ui.tr("sale.discount"), reason);
    }
    if (desk.sums.terms && !summed) {
        for (const auto& one : desk.sums.terms->promotions)
            fact(ui, area, ui.tr("sale.promotion"), one.name, money(one.amount_minor));
    }
    for (const auto& each : sale.accessories)
        fact(ui, area, ui.tr("sale.accessory"), each.description, money(each.amount_minor));
    if (sale.trade_in_value_minor > 0)
        fact(ui, area, ui.tr("sale.trade_in"), sale.trade_in_description,
             summed ? "" : money(sale.trade_in_value_minor));
    for (const auto& part : sale.payments) {
        const auto method = static_cast<std::size_t>(part.method);
        fact(ui, area, ui.tr("sale.paid_now"), money(part.amount_minor),
             ui.tr("payment.method." + std::string(domain::kPaymentMethodNames[method])));
    }
    if (desk.sums.left_minor > 0) {
        const auto& plan = sale.installments;
        const std::string& when =
            ui.keep(plan.empty() ? ui.tr("sale.plan_open")
                                 : ui.tr("sale.plan_first",
                                         {{"count", static_cast<std::int64_t>(plan.size())},
                                          {"date", date_of(ui, plan.front().due_at)}}));
        fact(ui, area, ui.tr("sale.after"), summed ? when : money(desk.sums.left_minor),
             summed ? "" : when);
    } else if (desk.sums.terms) {
        fact(ui, area, ui.tr("sale.after"), ui.tr("sale.nothing_left"));
    }
    if (!summed) return;
    area.skip(ui::space::k12);
    divider(ui, area.cut_top(ui::space::k12));
    draw_sale_sums(ui, desk, area);
}

void draw_words(ui::Context& ui, SaleDesk& desk, ui::Area& area) {
    const ui::Field warranty{.id = "warranty",
                             .label = ui.tr("sale.warranty"),
                             .placeholder = ui.tr("sale.warranty_hint"),
                             .max_bytes = 1000};
    const ui::Field notes{.id = "notes", .label = ui.tr("sale.notes"), .max_bytes = 1000};
    if (area.width() < 760) {
        (void)text_field(ui, area.cut_top(field_height(warranty), ui::space::k8), warranty,
                         desk.form.warranty);
        (void)text_field(ui, area.cut_top(field_height(notes), ui::space::k16), notes,
                         desk.form.notes);
        return;
    }
    auto row = area.cut_top(field_height(warranty), ui::space::k24).columns(2, ui::space::k24);
    (void)text_field(ui, row[0], warranty, desk.form.warranty);
    (void)text_field(ui, row[1], notes, desk.form.notes);
}

// The pad takes what is left above `bottom`, so that nobody scrolls to sign.
void draw_signing(ui::Context& ui, SaleDesk& desk, ui::Area& page, float bottom,
                  bool words_last = false) {
    constexpr float kLeastPad = 180, kMostPad = 380;
    ui::GrowingCard sheet(ui, "sale_sign", page);
    ui::Area& area = sheet.area();
    if (!words_last) draw_words(ui, desk, area);
    auto& form = desk.form;
    // A signature is for the figures it was given for; others want another one.
    const std::int64_t total = desk.sums.terms ? desk.sums.terms->total_minor : 0;
    if (!form.signature.empty() && form.signed_total_minor != total) {
        form.signature.clear();
        ui.toast(ui.tr("sale.sign_again"), ui::Tone::kWarning);
    }
    const bool is_signed = !form.signature.empty();
    if (section_header(ui, area.cut_top(48, ui::space::k4), ui.tr("sale.signature"),
                       is_signed ? "clear_signature" : std::string_view(),
                       is_signed ? ui.tr("ui.clear") : std::string()))
        form.signature.clear();
    const std::string total_words = money_of(ui, total, desk.currency());
    paragraph(ui, area, ui.tr("sale.signature_hint", {{"amount", total_words}}), ui::Style::kSmall,
              ui::Ink::kQuiet);
    area.skip(ui::space::k12);
    const float room = bottom - area.rect.y - ui::space::k32 - ui::space::k24;
    if (signature_box(ui, area.cut_top(std::clamp(room, kLeastPad, kMostPad)), "signature",
                      ui.tr("sale.sign_here"), form.signature))
        form.signed_total_minor = total;
    if (!words_last) return;
    area.skip(ui::space::k24);
    draw_words(ui, desk, area);
}

}  // namespace

void draw_review_step(ui::Context& ui, SaleDesk& desk, ui::Area& page, float view_height,
                      const std::function<void(ui::Area&)>& draw_news) {
    const float bottom = page.rect.y + view_height;
    if (ui.portrait()) {
        draw_news(page);
        draw_deal(ui, desk, page);
        draw_signing(ui, desk, page, bottom);
        return;
    }
    // In large letters on a small screen halves would be too narrow for either.
    constexpr float kLeastHalf = 380;
    if (page.width() < 2 * kLeastHalf + ui::space::k24) {
        draw_signing(ui, desk, page, bottom, true);
        draw_deal(ui, desk, page);
        return;
    }
    auto halves = page.columns(2, ui::space::k24);
    draw_deal(ui, desk, halves[0]);
    draw_news(halves[1]);
    draw_signing(ui, desk, halves[1], bottom);
    page.skip(std::max(halves[0].rect.y, halves[1].rect.y) - page.rect.y);
}

}  // namespace showfloor::terminal
