// Step 4: what is paid now, in parts, and a plan for what is left.

#include <algorithm>
#include <array>

#include "terminal/screens/sale_desk.hpp"
#include "terminal/screens/seller_words.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMethods = domain::kPaymentMethodNames.size() - 1;  // trade-in is step 3
constexpr std::size_t kMostParts = 8;
constexpr std::array<std::int64_t, 6> kPlans = {0, 2, 3, 6, 12, 24};

// One payment: method, amount, reference. True when it was taken out.
bool draw_part(ui::Context& ui, SaleDesk& desk, ui::Area& area, std::size_t index) {
    auto& part = desk.form.parts[index];
    const std::string n = std::to_string(index);
    std::vector<ui::Chip> methods;
    for (std::size_t i = 0; i < kMethods; ++i) {
        const std::string method(domain::kPaymentMethodNames[i]);
        methods.push_back({.id = ui.keep("method_" + method + (index == 0 ? "" : ":" + n)),
                           .label = ui.tr("payment.method." + method),
                           .selected = part.method == static_cast<domain::PaymentMethod>(i)});
    }
    if (const int tapped = chips(ui, area, methods); tapped >= 0)
        part.method = static_cast<domain::PaymentMethod>(tapped);
    area.skip(ui::space::k16);
    const std::string tail = index == 0 ? "" : ":" + n;
    const bool cash = part.method == domain::PaymentMethod::kCash;
    const bool several = desk.form.parts.size() > 1;
    constexpr float kRemove = 64;
    const float all = area.width() - (several ? kRemove + ui::space::k8 : 0);
    // Below each other where the name of one would not be read beside the other.
    constexpr float kHardlyLess = 0.9F;
    const std::string& reference = ui.tr("sale.reference");
    const float half = (all - ui::space::k24) / 2;
    const bool beside = text_width(ui, reference, ui::Style::kSmall) * kHardlyLess <= half;
    const float width = beside ? half : all;
    const std::string& hint = ui.tr(cash ? "sale.cash_hint" : "sale.pending_hint");
    const std::string_view error = desk.error_of(ui, "amount:" + n);
    constexpr float kSign = 32;  // before an error
    const int error_lines = lines_of(ui, error, ui::Style::kSmall, width - kSign);
    const ui::Field amount{.id = ui.keep("amount" + tail),
                           .label = ui.tr("sale.amount"),
                           .kind = ui::FieldKind::kMoney,
                           .hint = hint,
                           .error = error,
                           .note_lines = std::max(2, error_lines),
                           .hint_lines = lines_of(ui, hint, ui::Style::kSmall, width),
                           .currency = desk.currency()};
    ui::Area row = area.cut_top(field_height(amount), ui::space::k8);
    bool gone = false;
    if (several) {
        ui::Area end = row.cut_end(kRemove, ui::space::k8);
        end.skip(36);
        gone = icon_button(ui, end.cut_top(kRemove),
                           {.id = ui.keep("remove_part:" + n),
                            .label = ui.tr("sale.remove"),
                            .icon = ui::icons::kClose,
                            .plain = true});
    }
    const ui::Field slip{.id = ui.keep("reference" + tail), .label = reference, .max_bytes = 100};
    (void)text_field(ui, row.cut_start(width, ui::space::k24), amount, part.amount);
    if (!beside) row = area.cut_top(field_height(slip), ui::space::k8).cut_start(width);
    (void)text_field(ui, row, slip, part.reference);
    return gone;
}

void draw_parts(ui::Context& ui, SaleDesk& desk, ui::Area& page) {
    ui::GrowingCard sheet(ui, "sale_payment", page);
    ui::Area& area = sheet.area();
    auto& parts = desk.form.parts;
    const bool more = parts.size() < kMostParts && desk.sums.left_minor > 0;
    if (section_header(ui, area.cut_top(48, ui::space::k8), ui.tr("sale.payment"),
                       more ? "add_part" : std::string_view(),
                       more ? ui.tr("sale.add_part") : std::string())) {
        // Where the first is still empty, that is the one to fill.
        if (!parts.back().amount.empty()) parts.emplace_back();
        focus_field(ui, ui.keep(parts.size() == 1 ? "amount"
                                                  : "amount:" + std::to_string(parts.size() - 1)));
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) {
            area.skip(ui::space::k8);
            divider(ui, area.cut_top(ui::space::k24));
        }
        if (draw_part(ui, desk, area, i)) {
            parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
            break;
        }
    }
    if (desk.sums.left_minor <= 0) return;
    // The commonest wish by one touch.
    const std::string left = money_of(ui, desk.sums.left_minor, desk.currency());
    const ui::Chip all{.id = "pay_rest",
                       .label = ui.tr("sale.pay_rest", {{"amount", left}}),
                       .icon = ui::icons::kPayments};
    if (chip(ui, area.cut_top(ui::kChipHeight).cut_start(chip_width(ui, all)), all)) {
        // What is refused is no part of what is paid, and goes.
        const bool counts =
            desk.sums.trouble_of("amount:" + std::to_string(parts.size() - 1)) == nullptr;
        const std::int64_t had = counts ? amount_of(parts.back().amount, desk.currency()) : 0;
        parts.back().amount = typed_amount(had + desk.sums.left_minor, desk.currency());
    }
}

void draw_schedule(ui::Context& ui, SaleDesk& desk, ui::Area& area) {
    const auto& plan = desk.sums.sale.installments;
    if (plan.empty()) return;
    area.skip(ui::space::k16);
    constexpr float kNumber = 48;
    float widest = 0;
    for (const auto& part : plan)
        widest =
            std::max(widest, kNumber + text_width(ui, date_of(ui, part.due_at), ui::Style::kBody) +
                                 text_width(ui, money_of(ui, part.amount_minor, desk.currency()),
                                            ui::Style::kBodyStrong));
    const bool beside =
        widest + ui::space::k12 <= area.columns(2, ui::space::k48)[0].width() && plan.size() > 3;
    const int columns = ui.portrait() || !beside ? 1 : 2;
    const std::size_t rows =
        (plan.size() + static_cast<std::size_t>(columns) - 1) / static_cast<std::size_t>(columns);
    constexpr float kLine = 40;
    auto places = area.cut_top(static_cast<float>(rows) * kLine).columns(columns, ui::space::k48);
    for (std::size_t i = 0; i < plan.size(); ++i) {
        ui::Area row = places[i / rows].cut_top(kLine);
        const std::string figure = money_of(ui, plan[i].amount_minor, desk.currency());
        label(ui, row.cut_end(text_width(ui, figure, ui::Style::kBodyStrong) + 2), figure,
              ui::Style::kBodyStrong, ui::Ink::kInk, ui::Align::kEnd);
        label(ui, row.cut_start(kNumber), ui.keep(std::to_string(i + 1)), ui::Style::kBody,
              ui::Ink::kQuiet);
        label(ui, row, date_of(ui, plan[i].due_at), ui::Style::kBody);
    }
    label(ui, area.cut_top(36),
          ui.tr("sale.plan_sum", {{"amount", money_of(ui, desk.sums.left_minor, desk.currency())}}),
          ui::Style::kSmall, ui::Ink::kQuiet);
}

void draw_plan(ui::Context& ui, SaleDesk& desk, ui::Area& page) {
    if (desk.sums.left_minor <= 0) return;
    ui::GrowingCard sheet(ui, "sale_plan", page);
    ui::Area& area = sheet.area();
    ui::Area head = area.cut_top(48, ui::space::k8);
    const std::string left = money_of(ui, desk.sums.left_minor, desk.currency());
    money_label(ui, head.cut_end(money_width(ui, left, ui::Style::kTitle) + 4, ui::space::k16),
                left, ui::Style::kTitle, ui::Ink::kInk, ui::Align::kEnd);
    label(ui, head, ui.tr("sale.plan"), ui::Style::kTitle);
    std::vector<ui::Chip> plans;
    for (const std::int64_t count : kPlans)
        plans.push_back({.id = ui.keep("plan_" + std::to_string(count)),
                         .label = count == 0 ? ui.tr("sale.plan_open")
                                             : ui.tr("sale.plan_parts", {{"count", count}}),
                         .selected = desk.form.instalments == count});
    if (const int tapped = chips(ui, area, plans); tapped >= 0)
        desk.form.instalments = kPlans[static_cast<std::size_t>(tapped)];
    if (desk.form.instalments == 0) {
        area.skip(ui::space::k12);
        paragraph(ui, area, ui.tr("sale.plan_open_hint"), ui::Style::kSmall, ui::Ink::kQuiet);
        return;
    }
    area.skip(ui::space::k12);
    const ui::Chip firsts[] = {
        {.id = "first_month", .label = ui.tr("sale.first_month"), .selected = !desk.form.soon},
        {.id = "first_soon", .label = ui.tr("sale.first_soon"), .selected = desk.form.soon}};
    if (const int tapped = chips(ui, area, firsts); tapped >= 0) desk.form.soon = tapped == 1;
    draw_schedule(ui, desk, area);
}

}  // namespace

void draw_payment_step(ui::Context& ui, SaleDesk& desk, ui::Area& page) {
    draw_parts(ui, desk, page);
    draw_plan(ui, desk, page);
}

}  // namespace showfloor::terminal
