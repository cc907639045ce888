// Step 3: list price and discount with its limit, reason and approver; promotions; trade-in;
// accessories.

#include <algorithm>
#include <array>

#include "domain/money.hpp"
#include "terminal/screens/sale_desk.hpp"
#include "terminal/screens/seller_words.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::array<const char*, 4> kReasons = {"returning", "demo", "price_match", "other"};
constexpr std::size_t kMostAccessories = 20;

void draw_reason(ui::Context& ui, SaleDesk& desk, ui::Area& area) {
    caption(ui, area, ui.tr("sale.reason"));
    std::vector<ui::Chip> reasons;
    for (const char* reason : kReasons)
        reasons.push_back({.id = ui.keep(std::string("reason_") + reason),
                           .label = ui.tr(std::string("sale.reason_") + reason),
                           .selected = desk.form.reason == reason});
    if (const int tapped = chips(ui, area, reasons); tapped >= 0) {
        desk.form.reason = kReasons[static_cast<std::size_t>(tapped)];
        if (desk.form.reason == "other") focus_field(ui, "other_reason");
    }
    const std::string_view error = desk.error_of(ui, "reason");
    if (!error.empty()) {
        area.skip(ui::space::k4);
        note(ui, area, error, ui::Tone::kDanger);
    }
    if (desk.form.reason != "other") return;
    area.skip(ui::space::k8);
    const ui::Field field{.id = "other_reason",
                          .label = {},
                          .placeholder = ui.tr("sale.other_reason"),
                          .error = desk.error_of(ui, "other_reason"),
                          .max_bytes = 300};
    (void)text_field(ui, area.cut_top(field_height(field)), field, desk.form.other_reason);
}

void draw_trade_in(ui::Context& ui, SaleDesk& desk, ui::Area& area) {
    if (!desk.form.with_trade_in) {
        caption(ui, area, ui.tr("sale.trade_in"));
        if (button(ui, area.cut_top(ui::kButtonHeight),
                   {.id = "add_trade_in",
                    .label = ui.tr("sale.add_trade_in"),
                    .icon = ui::icons::kAddCircle})) {
            desk.form.with_trade_in = true;
            focus_field(ui, "trade_in");
        }
        return;
    }
    const ui::Field what{.id = "trade_in",
                         .label = ui.tr("sale.trade_in"),
                         .placeholder = ui.tr("sale.trade_in_hint"),
                         .error = desk.error_of(ui, "trade_in"),
                         .max_bytes = 300};
    (void)text_field(ui, area.cut_top(field_height(what), ui::space::k8), what, desk.form.trade_in);
    const ui::Field value{.id = "trade_in_value",
                          .label = ui.tr("sale.trade_in_value"),
                          .kind = ui::FieldKind::kMoney,
                          .error = desk.error_of(ui, "trade_in_value"),
                          .currency = desk.currency()};
    ui::Area row = area.cut_top(field_height(value));
    ui::Area end = row.cut_end(64, ui::space::k8);
    end.skip(36);
    if (icon_button(ui, end.cut_top(64),
                    {.id = "remove_trade_in",
                     .label = ui.tr("sale.remove"),
                     .icon = ui::icons::kClose,
                     .plain = true})) {
        desk.form.with_trade_in = false;
        desk.form.trade_in.clear();
        desk.form.trade_in_value.clear();
        return;
    }
    (void)text_field(ui, row, value, desk.form.trade_in_value);
}

// What the car is offered cheaper for, each given by a touch.
void draw_promotions(ui::Context& ui, SaleDesk& desk, ui::Area& area) {
    auto& given = desk.form.promotions;
    if (!desk.offered.empty()) {
        caption(ui, area, ui.tr("sale.promotions"));
        std::vector<ui::Chip> specs;
        for (const auto& one : desk.offered) {
            const bool selected =
                std::find(given.begin(), given.end(), one.promotion_id) != given.end();
            const std::string off = money_of(ui, -one.amount_minor, desk.currency());
            // A long name gives way to what it takes off.
            constexpr float kAround = 56;
            const float room = area.width() - text_width(ui, off, ui::Style::kBodyStrong) - kAround;
            const std::string name =
                ui.painter().cut_to(one.name, ui.text(ui::Style::kBodyStrong), room);
            specs.push_back(
                {.id = ui.keep("promotion:" + one.promotion_id.to_string()),
                 .label = ui.tr("sale.promotion_chip", {{"name", name}, {"amount", off}}),
                 .selected = selected});
        }
        if (const int tapped = chips(ui, area, specs); tapped >= 0) {
            const auto& id = desk.offered[static_cast<std::size_t>(tapped)].promotion_id;
            if (std::erase(given, id) == 0) given.push_back(id);
        }
        area.skip(ui::space::k16);
    }
    if (!desk.sums.promotion_gone) return;
    const ui::Banner spec{.id = "promotion_gone",
                          .tone = ui::Tone::kWarning,
                          .words = ui.tr("sale.promotion_gone"),
                          .action = ui.tr("ui.close"),
                          .closes = true};
    if (!banner(ui, area.cut_top(banner_height(ui, spec, area.width()), ui::space::k16), spec))
        return;
    std::erase_if(given, [&](const base::Uuid& id) {
        return std::none_of(desk.offered.begin(), desk.offered.end(),
                            [&](const auto& one) { return one.promotion_id == id; });
    });
}

// What the limit is, where it bites; and who allowed it.
void draw_limit(ui::Context& ui, SaleDesk& desk, ui::Area& area) {
    if (!desk.approver_needed()) return;
    area.skip(ui::space::k24);
    const std::string limit = share_of(ui, desk.base_terms->discount_limit_bp);
    const std::string share = share_of(ui, desk.sums.discount_bp);
    const bool approved = desk.approver.has_value();
    const ui::Banner spec{
        .id = "approve",
        .tone = approved ? ui::Tone::kGood : ui::Tone::kWarning,
        .words = approved ? ui.tr("sale.approved", {{"name", desk.approver->first_name}})
                          : ui.tr("sale.over_limit", {{"limit", limit}, {"share", share}}),
        .action = approved ? std::string_view() : ui.tr("sale.ask_now")};
    if (banner(ui, area.cut_top(banner_height(ui, spec, area.width())), spec)) desk.ask_approver();
}

void draw_price(ui::Context& ui, SaleDesk& desk, ui::Area& page) {
    ui::GrowingCard sheet(ui, "sale_price", page);
    ui::Area& area = sheet.area();
    label(ui, area.cut_top(44, ui::space::k16), ui.tr("sale.price"), ui::Style::kTitle);
    const bool discounted = desk.sums.sale.discount_minor > 0;
    const std::string& share =
        ui.keep(discounted ? share_of(ui, desk.sums.discount_bp) : std::string());
    const ui::Field field{.id = "discount",
                          .label = ui.tr("sale.discount"),
                          .kind = ui::FieldKind::kMoney,
                          .error = desk.error_of(ui, "discount"),
                          .currency = desk.currency(),
                          .suffix = share};
    auto row = area.cut_top(field_height(field), ui::space::k16).columns(2, ui::space::k32);
    std::string list_price = money_of(ui, desk.base_terms->price_minor, desk.currency());
    (void)text_field(ui, row[0],
                     {.id = "list_price", .label = ui.tr("sale.list_price"), .enabled = false},
                     list_price);
    if (text_field(ui, row[1], field, desk.form.discount).changed && desk.approver)
        desk.forget_approver();  // it was given for the other figure
    draw_promotions(ui, desk, area);
    if (desk.fees_left_out) {
        paragraph(ui, area, ui.tr("sale.fees_left_out", {{"currency", desk.currency()}}),
                  ui::Style::kSmall, ui::Ink::kQuiet);
        area.skip(ui::space::k16);
    }
    // Two columns: why it is given, and the car that is taken in.
    auto half = area.columns(2, ui::space::k32);
    if (discounted)
        draw_reason(ui, desk, half[0]);
    else
        half[0].skip(0);
    ui::Area& trade = discounted ? half[1] : half[0];
    draw_trade_in(ui, desk, trade);
    area.skip(std::max(half[0].rect.y, half[1].rect.y) - area.rect.y);
    draw_limit(ui, desk, area);
}

void draw_accessories(ui::Context& ui, SaleDesk& desk, ui::Area& page) {
    auto& lines = desk.form.accessories;
    ui::GrowingCard sheet(ui, "sale_accessories", page);
    ui::Area& area = sheet.area();
    const bool more = lines.size() < kMostAccessories;
    if (section_header(ui, area.cut_top(48), ui.tr("sale.accessories"),
                       more ? "add_accessory" : std::string_view(),
                       more ? ui.tr("sale.add_accessory") : std::string())) {
        focus_field(ui, ui.keep("accessory:" + std::to_string(lines.size())));
        lines.emplace_back();
    }
    if (lines.empty())
        wrapped_label(ui, area, ui.tr("sale.accessories_none"), 36, ui::Style::kBody,
                      ui::Ink::kQuiet);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string n = std::to_string(i);
        area.skip(ui::space::k8);
        const ui::Field what{.id = ui.keep("accessory:" + n),
                             .label = {},
                             .placeholder = ui.tr("sale.accessory_what"),
                             .error = desk.error_of(ui, "accessory:" + n),
                             .max_bytes = 200};
        const ui::Field amount{.id = ui.keep("accessory_amount:" + n),
                               .label = {},
                               .kind = ui::FieldKind::kMoney,
                               .spoken = ui.tr("document.amount"),
                               .currency = desk.currency()};
        ui::Area row = area.cut_top(field_height(what));
        ui::Area end = row.cut_end(64, ui::space::k8);
        const bool gone = icon_button(ui, end.cut_top(72),
                                      {.id = ui.keep("remove_accessory:" + n),
                                       .label = ui.tr("sale.remove"),
                                       .icon = ui::icons::kClose,
                                       .plain = true});
        (void)text_field(ui, row.cut_end(std::min(300.F, row.width() * 0.4F), ui::space::k16),
                         amount, lines[i].amount);
        (void)text_field(ui, row, what, lines[i].what);
        if (gone) {
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
            break;
        }
    }
}

}  // namespace

void draw_price_step(ui::Context& ui, SaleDesk& desk, ui::Area& page) {
    draw_price(ui, desk, page);
    draw_accessories(ui, desk, page);
}

}  // namespace showfloor::terminal
