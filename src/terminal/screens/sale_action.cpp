#include "terminal/screens/sale_action.hpp"

#include <array>
#include <cmath>

#include "terminal/screens/sale_form.hpp"
#include "terminal/screens/seller_words.hpp"

namespace showfloor::terminal {

namespace {

using Kind = SaleActionKind;

constexpr std::size_t kMethods = domain::kPaymentMethodNames.size() - 1;  // no trade-in later

struct About {
    const char* name;  // of the words: "detail.<name>_title", "_hint", "_do"
    const char* command;
    bool reason;    // asks for one
    bool approval;  // a decision: those who may not ask somebody who may
    bool danger;
};
constexpr std::array<About, 8> kAbout = {{
    {"pay", "take_payment", false, false, false},
    {"clear", "clear_payment", false, false, false},
    {"fail", "fail_payment", true, false, true},
    {"reverse", "reverse_payment", true, true, true},
    {"deliver", "deliver_sale", false, false, false},
    {"refund", "refund_sale", true, true, true},
    {"cancel", "cancel_sale", true, true, true},
    {"credit", "issue_credit_note", true, true, true},
}};

const About& about(Kind kind) {
    return kAbout[static_cast<std::size_t>(kind)];
}

}  // namespace

void SaleAction::open(Kind kind, const documents::SaleFile& file, const domain::Payment* payment,
                      std::int64_t suggested_minor) {
    Sheet sheet{};
    sheet.kind = kind;
    sheet.sale_id = file.sale.id;
    sheet.invoice_id = file.invoice.id;
    sheet.branch_id = file.sale.branch_id;
    sheet.seller_id = file.sale.seller_id;
    sheet.currency = file.invoice.currency;
    sheet.about_minor = file.invoice.total_amount_minor;
    if (payment != nullptr) {
        sheet.payment_id = payment->id;
        sheet.about_minor = payment->amount_minor;
    }
    if (kind == Kind::kTakePayment) {
        // What waits to clear is as good as paid until it fails.
        sheet.most_minor = file.invoice.balance_minor;
        for (const auto& each : file.payments)
            if (each.status == domain::PaymentStatus::kPending)
                sheet.pending_minor += each.amount_minor;
        sheet.most_minor -= sheet.pending_minor;
    } else {
        sheet.most_minor = file.invoice.total_amount_minor - file.invoice.credited_minor;
    }
    if (suggested_minor > 0)
        sheet.amount = typed_amount(std::min(suggested_minor, sheet.most_minor), sheet.currency);
    sheet_ = std::move(sheet);
    error_.clear();
    tried_ = waiting_ = false;
}

bool SaleAction::needs_approver() const {
    if (!about(sheet_->kind).approval || !shell_.app.person()) return false;
    const domain::Facts facts{.branch_id = sheet_->branch_id,
                              .owner_id = sheet_->seller_id,
                              .subject_role = domain::Role::kNobody,
                              .subject_id = {}};
    return !domain::may(actor_of(*shell_.app.person()), domain::Area::kSaleDecisions,
                        domain::Action::kChange, facts);
}

std::string SaleAction::trouble() const {
    const Sheet& sheet = *sheet_;
    if (about(sheet.kind).reason && sheet.reason.empty()) return "detail.reason_missing";
    if (sheet.kind == Kind::kTakePayment) {
        const std::int64_t amount = amount_of(sheet.amount, sheet.currency);
        if (amount <= 0) return "detail.amount_missing";
        if (amount > sheet.most_minor) return "detail.over_balance";
    }
    if (sheet.kind == Kind::kCreditNote) {
        const std::int64_t amount = amount_of(sheet.amount, sheet.currency);
        if (amount < 0) return "detail.amount_missing";
        if (amount > sheet.most_minor) return "detail.over_credit";
    }
    return {};
}

domain::Command SaleAction::command() const {
    const Sheet& sheet = *sheet_;
    domain::Command command;
    command.name = about(sheet.kind).command;
    auto& args = command.args;
    switch (sheet.kind) {
        case Kind::kTakePayment:
            args = {
                {"invoice_id", sheet.invoice_id.to_string()},
                {"amount_minor", amount_of(sheet.amount, sheet.currency)},
                {"method", domain::kPaymentMethodNames[static_cast<std::size_t>(sheet.method)]}};
            if (!sheet.reference.empty()) args["reference"] = sheet.reference;
            return command;
        case Kind::kClear:
        case Kind::kFail:
        case Kind::kReverse:
            args = {{"payment_id", sheet.payment_id.to_string()}};
            break;
        case Kind::kCreditNote:
            args = {{"invoice_id", sheet.invoice_id.to_string()}};
            if (const auto amount = amount_of(sheet.amount, sheet.currency); amount > 0)
                args["amount_minor"] = amount;
            break;
        case Kind::kDeliver:
        case Kind::kRefund:
        case Kind::kCancel:
            args = {{"sale_id", sheet.sale_id.to_string()}};
            break;
    }
    if (about(sheet.kind).reason) args["reason"] = sheet.reason;
    return command;
}

void SaleAction::go_on(ui::Context& ui) {
    tried_ = true;
    if (!trouble().empty() || waiting_) return;
    error_.clear();
    const text::Strings& strings = ui.strings();
    if (!needs_approver()) return submit(strings);
    approval_.open("approval.decision", [this, &strings](const Person&) { submit(strings); });
}

void SaleAction::submit(const text::Strings& strings) {
    waiting_ = true;
    shell_.app.submit(command(), [this, &strings, alive = alive_.token()](Submitted answer) {
        if (alive.expired()) return;
        waiting_ = false;
        if (answer.outcome.applied()) {
            done_ = true;
            return;
        }
        error_ = refusal_of(strings, answer.outcome);
    });
}

void SaleAction::draw_payment(ui::Context& ui, ui::Area& area) {
    Sheet& sheet = *sheet_;
    std::vector<ui::Chip> methods;
    for (std::size_t i = 0; i < kMethods; ++i) {
        const std::string method(domain::kPaymentMethodNames[i]);
        methods.push_back({.id = ui.keep("pay_" + method),
                           .label = ui.tr("payment.method." + method),
                           .selected = sheet.method == static_cast<domain::PaymentMethod>(i)});
    }
    if (const int tapped = chips(ui, area, methods); tapped >= 0)
        sheet.method = static_cast<domain::PaymentMethod>(tapped);
    area.skip(ui::space::k16);
    const bool cash = sheet.method == domain::PaymentMethod::kCash;
    const std::string key = trouble();
    const bool wrong = !key.empty() && (tried_ || key == "detail.over_balance");
    const std::string& hint = ui.tr(cash ? "sale.cash_hint" : "sale.pending_hint");
    const float width = (area.width() - ui::space::k24) / 2;
    const ui::Field amount{.id = "pay_amount",
                           .label = ui.tr("sale.amount"),
                           .kind = ui::FieldKind::kMoney,
                           .hint = hint,
                           .error = wrong ? std::string_view(ui.tr(key)) : std::string_view(),
                           .hint_lines = lines_of(ui, hint, ui::Style::kSmall, width),
                           .currency = sheet.currency};
    auto two = area.cut_top(field_height(amount), ui::space::k16).columns(2, ui::space::k24);
    (void)text_field(ui, two[0], amount, sheet.amount);
    (void)text_field(ui, two[1],
                     {.id = "pay_reference", .label = ui.tr("sale.reference"), .max_bytes = 100},
                     sheet.reference);
}

void SaleAction::draw_reason(ui::Context& ui, ui::Area& area) {
    Sheet& sheet = *sheet_;
    const std::string key = trouble();
    if (sheet.kind == Kind::kCreditNote) {
        const bool wrong =
            key == "detail.over_credit" || (tried_ && key == "detail.amount_missing");
        const ui::Field amount{.id = "credit_amount",
                               .label = ui.tr("detail.credit_amount"),
                               .kind = ui::FieldKind::kMoney,
                               .hint = ui.tr("detail.credit_all"),
                               .error = wrong ? std::string_view(ui.tr(key)) : std::string_view(),
                               .currency = sheet.currency};
        (void)text_field(ui, area.cut_top(field_height(amount), ui::space::k12), amount,
                         sheet.amount);
    }
    const bool missing = tried_ && key == "detail.reason_missing";
    const ui::Field reason{.id = "reason",
                           .label = ui.tr("detail.reason"),
                           .error = missing ? std::string_view(ui.tr(key)) : std::string_view(),
                           .max_bytes = 400};
    (void)text_field(ui, area.cut_top(field_height(reason), ui::space::k16), reason, sheet.reason);
}

void SaleAction::draw_sheet(ui::Context& ui) {
    const About& what = about(sheet_->kind);
    const std::string name = std::string("detail.") + what.name;
    const bool pay = sheet_->kind == Kind::kTakePayment;
    ui::Modal modal(ui, "sale_action", std::min(pay ? 900.F : 720.F, ui.screen().width() - 48),
                    high_);
    ui::Area& area = modal.area();
    const float top = area.rect.y;
    label(ui, area.cut_top(44, ui::space::k8), ui.tr(name + "_title"), ui::Style::kTitle);
    const std::string amount =
        money_of(ui, pay ? sheet_->most_minor : sheet_->about_minor, sheet_->currency);
    // The balance beside this sheet still has what is on its way.
    const std::string waits = money_of(ui, sheet_->pending_minor, sheet_->currency);
    paragraph(
        ui, area,
        ui.tr(sheet_->pending_minor > 0 ? std::string("detail.pay_hint_pending") : name + "_hint",
              {{"amount", amount}, {"pending", waits}}),
        ui::Style::kBody, ui::Ink::kQuiet);
    area.skip(ui::space::k16);
    if (!error_.empty()) {
        const ui::Banner spec{.id = "action_error", .tone = ui::Tone::kDanger, .words = error_};
        banner(ui, area.cut_top(banner_height(ui, spec, area.width()), ui::space::k12), spec);
    }
    if (pay)
        draw_payment(ui, area);
    else if (what.reason)
        draw_reason(ui, area);
    // As high as what stands in it, known when it was drawn once.
    const float wanted = area.rect.y - top + ui::space::k8 + ui::kButtonHeight + 2 * ui::space::k32;
    if (std::abs(wanted - high_) > 0.5F) {
        high_ = wanted;
        ui.draw_again();
    }
    ui::Area foot = area.cut_bottom(ui::kButtonHeight);
    const ui::Button go{.id = "action_do",
                        .label = ui.tr(name + "_do"),
                        .kind = what.danger ? ui::ButtonKind::kDanger : ui::ButtonKind::kPrimary,
                        .enabled = !waiting_};
    const ui::Button leave{
        .id = "action_cancel", .label = ui.tr("ui.cancel"), .kind = ui::ButtonKind::kGhost};
    if (button(ui, foot.cut_end(button_width(ui, go), ui::space::k16), go)) go_on(ui);
    const bool left = button(ui, foot.cut_end(button_width(ui, leave)), leave);
    if (!waiting_ && !approval_.is_open() && (left || modal.dismissed())) sheet_.reset();
}

bool SaleAction::draw(ui::Context& ui) {
    if (!sheet_) return false;
    if (done_) {
        done_ = false;
        ui.toast(ui.tr(std::string("detail.") + about(sheet_->kind).name + "_done"),
                 ui::Tone::kGood);
        sheet_.reset();
        return true;
    }
    // One sheet at a time: the approver's lies over this one.
    if (!approval_.is_open()) draw_sheet(ui);
    approval_.draw(ui);
    return false;
}

}  // namespace showfloor::terminal
