#include "terminal/screens/sale_detail_screen.hpp"

#include <algorithm>

#include "terminal/screens/receipt_screen.hpp"
#include "terminal/screens/sales_screen.hpp"
#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

using domain::PaymentStatus;
using domain::SaleStatus;
using Kind = SaleActionKind;

void fact(ui::Context& ui, ui::Area& area, std::string_view what, std::string_view value,
          ui::Style style = ui::Style::kBody) {
    ui::Area row = area.cut_top(40);
    sum(ui, row, "detail", value, style);
    label(ui, row, what, style == ui::Style::kBody ? ui::Style::kBody : ui::Style::kBodyStrong,
          style == ui::Style::kBody ? ui::Ink::kQuiet : ui::Ink::kInk);
}

}  // namespace

void SaleDetailScreen::read() {
    if (reading_ || read_version_ == shell_.app.version()) return;
    reading_ = true;
    read_version_ = shell_.app.version();
    shell_.app.sale_file(sale_id_,
                         [this, alive = alive_.token()](std::optional<documents::SaleFile> file) {
                             if (alive.expired()) return;
                             reading_ = false;
                             if (shell_.app.link().unreadable) return;
                             read_once_ = true;
                             if (!file) return;
                             due_ = due_of(file->invoice, shell_.app.now());
                             file_ = std::move(file);
                         });
}

std::string SaleDetailScreen::money(const ui::Context& ui, std::int64_t minor) const {
    return money_of(ui, minor, file_->invoice.currency);
}

std::int64_t SaleDetailScreen::open_minor() const {
    std::int64_t open = file_->invoice.balance_minor;
    for (const auto& payment : file_->payments)
        if (payment.status == PaymentStatus::kPending) open -= payment.amount_minor;
    return open;
}

void SaleDetailScreen::draw_head(ui::Context& ui, ui::Area& page) {
    ui::GrowingCard sheet(ui, "detail_head", page);
    ui::Area& area = sheet.area();
    const std::string title = title_of(file_->car);
    const std::string which = "VIN " + file_->car.vin + " · " + file_->car.stock_number;
    const std::string contact = contact_of(file_->customer);
    // What it says comes before a large picture.
    constexpr float kPicture = 240, kSmallPicture = 168, kShape = 1.6F;
    const float widest = std::max({text_width(ui, title, ui::Style::kHeading),
                                   text_width(ui, which, ui::Style::kSmall),
                                   text_width(ui, contact, ui::Style::kSmall)});
    const bool large = widest <= area.width() - kPicture - ui::space::k24;
    const float wide = large ? kPicture : kSmallPicture;
    ui::Area row = area;
    ui::Area start = row.cut_start(wide, ui::space::k24);
    shell_.main_picture(ui, start.cut_top(wide / kShape), file_->car.id, 14);
    wrapped_label(ui, row, title, 40, ui::Style::kHeading);
    wrapped_label(ui, row, which, 30, ui::Style::kSmall, ui::Ink::kQuiet);
    row.skip(ui::space::k8);
    wrapped_label(ui, row, full_name_of(file_->customer), 32, ui::Style::kBodyStrong);
    wrapped_label(ui, row, contact, 30, ui::Style::kSmall, ui::Ink::kQuiet);
    area.skip(std::max(wide / kShape, row.rect.y - area.rect.y));
    if (file_->sale.status != SaleStatus::kDisputed) return;
    area.skip(ui::space::k16);
    const ui::Banner spec{.id = "see_dispute",
                          .tone = ui::Tone::kDanger,
                          .words = ui.tr("detail.disputed"),
                          .action = ui.tr("detail.decide")};
    if (banner(ui, area.cut_top(banner_height(ui, spec, area.width())), spec))
        shell_.to_attention();
}

void SaleDetailScreen::draw_money(ui::Context& ui, ui::Area& page) {
    const auto& invoice = file_->invoice;
    ui::GrowingCard sheet(ui, "detail_money", page);
    ui::Area& area = sheet.area();
    ui::Area head = area.cut_top(40, ui::space::k8);
    const StateWords state = sale_state(ui, file_->sale.status);
    label(ui, head.cut_end(text_width(ui, state.words, ui::Style::kLabel) + 4, ui::space::k12),
          ui.keep(state.words), ui::Style::kLabel, state.ink, ui::Align::kEnd);
    label(ui, head, invoice.number, ui::Style::kHeading);
    for (const auto& line : file_->lines) {
        // The car's number stands at the head of the page already.
        std::string_view what = line.description;
        if (!file_->car.vin.empty() && what.ends_with(file_->car.vin))
            what = what.substr(0, what.rfind(", ", what.size() - file_->car.vin.size()));
        fact(ui, area, what, ui.keep(money(ui, line.amount_minor)));
    }
    for (const auto& tax : invoice.taxes) {
        if (tax.tax_minor == 0) continue;
        const char* key =
            invoice.prices_include_tax ? "document.tax_inside" : "document.tax_on_top";
        fact(ui, area, ui.tr(key, {{"name", tax.name}, {"rate", share_of(ui, tax.rate_bp)}}),
             ui.keep(money(ui, tax.tax_minor)));
    }
    area.skip(ui::space::k8);
    divider(ui, area.cut_top(ui::space::k12));
    fact(ui, area, ui.tr("document.total"), ui.keep(money(ui, invoice.total_amount_minor)),
         ui::Style::kBodyStrong);
    fact(ui, area, ui.tr("document.paid"), ui.keep(money(ui, invoice.amount_paid_minor)));
    if (invoice.credited_minor > 0)
        fact(ui, area, ui.tr("document.credited"), ui.keep(money(ui, invoice.credited_minor)));
    fact(ui, area, ui.tr("document.balance"), ui.keep(money(ui, invoice.balance_minor)),
         ui::Style::kTitle);
    if (const std::int64_t waits = invoice.balance_minor - open_minor(); waits > 0)
        fact(ui, area, ui.tr("payment.status.pending"), ui.keep(money(ui, waits)));
    const auto& person = *shell_.app.person();
    if (file_->sale.seller_id == person.user_id)
        label(ui, area.cut_top(30),
              ui.tr("sale.commission", {{"amount", money(ui, file_->sale.commission_minor)}}),
              ui::Style::kSmall, ui::Ink::kQuiet, ui::Align::kEnd);
    else if (!file_->seller_name.empty())
        label(ui, area.cut_top(30), ui.tr("document.seller", {{"name", file_->seller_name}}),
              ui::Style::kSmall, ui::Ink::kQuiet, ui::Align::kEnd);
}

void SaleDetailScreen::draw_payment(ui::Context& ui, ui::Area& area, const domain::Payment& payment,
                                    bool last) {
    const std::string id = payment.id.to_string();
    const bool pending = payment.status == PaymentStatus::kPending;
    const bool back = payment.amount_minor < 0;
    const bool taken_back = !payment.reversed_by.is_nil();
    const std::string method(domain::kPaymentMethodNames[static_cast<std::size_t>(payment.method)]);
    const std::string status(domain::kPaymentStatusNames[static_cast<std::size_t>(payment.status)]);
    std::string under = moment_of(ui, payment.at, shell_.app.now());
    if (!payment.reference.empty()) under += " · " + payment.reference;
    if (!payment.reason.empty()) under += " · " + payment.reason;
    const std::string& state = taken_back ? ui.tr("detail.taken_back")
                               : back     ? ui.tr("detail.given_back")
                                          : ui.tr("payment.status." + status);
    const bool trade_in = payment.method == domain::PaymentMethod::kTradeIn;
    const bool reversible =
        payment.status == PaymentStatus::kCleared && !back && !taken_back && !trade_in;
    growing_row(ui, area,
                {.id = ui.keep("payment:" + id),
                 .title = ui.tr("payment.method." + method),
                 .subtitle = ui.keep(std::move(under)),
                 .icon = back ? ui::icons::kSwapHoriz : ui::icons::kPayments,
                 .trailing = ui.keep(money(ui, payment.amount_minor)),
                 .trailing_note = state,
                 .tappable = false,
                 .divider = !last && !pending && !reversible});
    if (!pending && !reversible) return;
    // What can be done with it stands under its words, not under its sign.
    ui::Area under_words = area;
    (void)under_words.cut_start(ui::kRowIndent - (reversible ? ui::space::k16 : 0));
    ui::Flow flow(under_words, ui::space::k12, 56);
    const auto act = [&](const char* name, const char* key, ui::ButtonKind kind, Kind action) {
        const ui::Button spec{
            .id = ui.keep(std::string(name) + ":" + id), .label = ui.tr(key), .kind = kind};
        if (button(ui, flow.next(button_width(ui, spec)), spec))
            action_.open(action, *file_, &payment);
    };
    if (pending) {
        act("clear", "detail.clear_do", ui::ButtonKind::kSecondary, Kind::kClear);
        act("fail", "detail.fail_do", ui::ButtonKind::kGhost, Kind::kFail);
    } else {
        act("reverse", "detail.reverse_title", ui::ButtonKind::kGhost, Kind::kReverse);
    }
    area.skip(flow.used_height());
    if (last) return;
    area.skip(ui::space::k8);
    divider(ui, area.cut_top(ui::space::k8));
}

void SaleDetailScreen::draw_payments(ui::Context& ui, ui::Area& page) {
    ui::GrowingCard sheet(ui, "detail_payments", page);
    ui::Area& area = sheet.area();
    label(ui, area.cut_top(40, ui::space::k8), ui.tr("document.payments"), ui::Style::kTitle);
    if (file_->payments.empty())
        label(ui, area.cut_top(40), ui.tr("detail.no_payments"), ui::Style::kBody, ui::Ink::kQuiet);
    for (std::size_t i = 0; i < file_->payments.size(); ++i)
        draw_payment(ui, area, file_->payments[i], i + 1 == file_->payments.size());
}

void SaleDetailScreen::draw_plan(ui::Context& ui, ui::Area& page) {
    const auto& plan = file_->invoice.installments;
    if (plan.empty()) return;
    ui::GrowingCard sheet(ui, "detail_plan", page);
    ui::Area& area = sheet.area();
    label(ui, area.cut_top(40, ui::space::k8), ui.tr("document.installments"), ui::Style::kTitle);
    // The plan's last parts cover what is open; those before are paid.
    std::int64_t later = 0;
    std::vector<bool> paid(plan.size());
    for (std::size_t i = plan.size(); i-- > 0;) {
        paid[i] = file_->invoice.balance_minor <= later;
        later += plan[i].amount_minor;
    }
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const bool late = !paid[i] && plan[i].due_at < shell_.app.now();
        ui::Area row = area.cut_top(44);
        ui::icon(ui, row.cut_start(28, ui::space::k12),
                 paid[i] ? ui::icons::kCheckCircle : ui::icons::kSchedule, 24,
                 paid[i] ? ui::Ink::kGood
                 : late  ? ui::Ink::kDanger
                         : ui::Ink::kQuiet);
        const std::string figure = money(ui, plan[i].amount_minor);
        label(ui, row.cut_end(text_width(ui, figure, ui::Style::kBodyStrong) + 4, ui::space::k16),
              ui.keep(figure), ui::Style::kBodyStrong, ui::Ink::kInk, ui::Align::kEnd);
        label_fitted(ui, row,
                     ui.keep(date_of(ui, plan[i].due_at) +
                             (late ? " · " + std::string(ui.tr("home.late")) : std::string())),
                     ui::Style::kBody, late ? ui::Ink::kDanger : ui::Ink::kInk);
    }
}

void SaleDetailScreen::draw_actions(ui::Context& ui, ui::Area& page) {
    const SaleStatus status = file_->sale.status;
    const bool stands = status == SaleStatus::kCompleted || status == SaleStatus::kDelivered;
    const std::int64_t open = open_minor();
    const auto act = [&](const char* id, const char* key, char32_t icon, ui::ButtonKind kind) {
        return button(ui, page.cut_top(ui::kButtonHeight, ui::space::k12),
                      {.id = id, .label = ui.tr(key), .icon = icon, .kind = kind});
    };
    if (open > 0 && (stands || status == SaleStatus::kDisputed) &&
        act("take_payment", "detail.pay_title", ui::icons::kPayments, ui::ButtonKind::kPrimary))
        action_.open(Kind::kTakePayment, *file_, nullptr,
                     due_.overdue_minor > 0 ? due_.overdue_minor
                     : due_.next_minor > 0  ? due_.next_minor
                                            : open);
    if (act("papers", "detail.papers", ui::icons::kReceiptLong, ui::ButtonKind::kSecondary))
        shell_.navigator.push(std::make_unique<ReceiptScreen>(shell_, sale_id_));
    if (act("see_customer", "detail.customer", ui::icons::kPerson, ui::ButtonKind::kSecondary))
        shell_.to_customer(file_->customer.id);
    if (status == SaleStatus::kCompleted &&
        act("deliver", "detail.deliver_do", ui::icons::kLocalShipping, ui::ButtonKind::kSecondary))
        action_.open(Kind::kDeliver, *file_);
    const std::int64_t creditable =
        file_->invoice.total_amount_minor - file_->invoice.credited_minor;
    if (stands && creditable > 0 &&
        act("credit_note", "detail.credit_title", ui::icons::kReceipt, ui::ButtonKind::kGhost))
        action_.open(Kind::kCreditNote, *file_);
    if ((stands || status == SaleStatus::kDisputed) &&
        act("refund", "detail.refund_do", ui::icons::kSwapHoriz, ui::ButtonKind::kGhost))
        action_.open(Kind::kRefund, *file_);
    if ((status == SaleStatus::kDisputed || status == SaleStatus::kReserved) &&
        act("cancel_sale", "detail.cancel_do", ui::icons::kClose, ui::ButtonKind::kGhost))
        action_.open(Kind::kCancel, *file_);
}

void SaleDetailScreen::draw(ui::Context& ui) {
    read();
    ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    if (!shell_.app.person()) {
        shell_.to_browse();
        return;
    }
    const std::string number = file_ ? file_->invoice.number : std::string();
    const std::string when = file_ ? date_of(ui, file_->sale.sale_date) : std::string();
    seller_bar(ui, shell_, page,
               {.title = ui.tr("sale.title"), .note = ui.keep(when), .back = true});
    if (!shell_.app.person()) return;
    page = page.padded(ui.portrait() ? ui::space::k32 + ui::space::k8 : ui::space::k48,
                       ui::space::k24);
    if (!file_) {
        if (!read_once_) {
            if (says_unreadable(ui, page, shell_.app)) return;
            skeleton(ui, page, ui.theme().radius_card);
        } else if (empty_state(ui, page,
                               {.id = "gone",
                                .icon = ui::icons::kReceipt,
                                .title = ui.tr("receipt.gone"),
                                .words = ui.tr("receipt.gone_hint"),
                                .action = ui.tr("bar.back")})) {
            shell_.navigator.pop();
        }
        return;
    }
    if (ui.portrait()) {
        ui::ScrollView view(ui, "sale_detail", page);
        draw_head(ui, view.area());
        draw_money(ui, view.area());
        draw_actions(ui, view.area());
        view.area().skip(ui::space::k12);
        draw_payments(ui, view.area());
        draw_plan(ui, view.area());
    } else {
        ui::Area side = page.cut_end(560, 36);
        {
            ui::ScrollView view(ui, "sale_side", side);
            draw_money(ui, view.area());
            draw_actions(ui, view.area());
        }
        ui::ScrollView view(ui, "sale_detail", page);
        draw_head(ui, view.area());
        draw_payments(ui, view.area());
        draw_plan(ui, view.area());
    }
    if (action_.draw(ui)) read_version_ = 0;
}

}  // namespace showfloor::terminal
