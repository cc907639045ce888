#include "documents/sale_documents.hpp"

#include <algorithm>

#include "documents/sheet.hpp"
#include "text/format.hpp"

namespace showfloor::documents {

namespace {

using domain::Invoice;
using domain::Receipt;

std::string full_name(const domain::Customer& customer) {
    std::string name = customer.first_name;  // a walk-in has only this, a passer-by none
    if (!name.empty() && !customer.last_name.empty()) name += " ";
    name += customer.last_name;
    return name;
}

// Who buys which car.
void parties(Sheet& sheet, const SaleFile& file) {
    const double top = sheet.y();
    const double column = sheet.roll() ? sheet.inner() : sheet.inner() / 2 - 4;
    const auto& customer = file.customer;
    if (!sheet.roll()) {
        if (!full_name(customer).empty())
            sheet.paragraph(sheet.word("document.customer"), quiet(sheet), 0, column);
        if (!customer.company_name.empty())
            sheet.paragraph(customer.company_name, strong(sheet), 0, column);
    }
    sheet.paragraph(full_name(customer), strong(sheet), 0, column);
    if (!sheet.roll()) {
        sheet.paragraph(customer.address, body(sheet), 0, column);
        sheet.paragraph(customer.phone, body(sheet), 0, column);
        sheet.paragraph(customer.email, body(sheet), 0, column);
        if (!customer.tax_number.empty())
            sheet.paragraph(sheet.word("document.tax_number", {{"number", customer.tax_number}}),
                            body(sheet), 0, column);
    }
    const double bottom = sheet.y();
    const double from = sheet.roll() ? 0 : column + 8;
    const bool has_car = !file.car.vin.empty();  // goods over the counter have none
    if (!sheet.roll()) {
        sheet.set_y(top);
        if (has_car) sheet.paragraph(sheet.word("document.car"), quiet(sheet), from, column);
    }
    if (has_car) {
        sheet.paragraph(car_title(file.car), strong(sheet), from, column);
        sheet.paragraph("VIN " + file.car.vin, body(sheet), from, column);
    }
    if (!sheet.roll()) {
        const std::string stock = sheet.word("document.stock", {{"number", file.car.stock_number}});
        if (has_car && !file.car.stock_number.empty())
            sheet.paragraph(stock, body(sheet), from, column);
        if (!file.seller_name.empty())
            sheet.paragraph(sheet.word("document.seller", {{"name", file.seller_name}}),
                            body(sheet), from, column);
    }
    sheet.set_y(std::max(bottom, sheet.y()) + (sheet.roll() ? 2 : 8));
}

void totals(Sheet& sheet, const Invoice& invoice) {
    const double from = sheet.roll() ? 0 : sheet.inner() / 2;
    for (const auto& tax : invoice.taxes) {
        const std::string key =
            invoice.prices_include_tax ? "document.tax_inside" : "document.tax_on_top";
        sheet.amount(
            sheet.word(key, {{"name", tax.name},
                             {"rate", text::share(sheet.strings().locale(), tax.rate_bp)}}),
            tax.tax_minor, quiet(sheet), from);
    }
    sheet.gap(1);
    sheet.amount(sheet.word("document.total"), invoice.total_amount_minor,
                 strong(sheet, sheet.roll() ? 3.8 : 5), from);
    sheet.amount(sheet.word("document.paid"), invoice.amount_paid_minor, body(sheet), from);
    if (invoice.credited_minor != 0)
        sheet.amount(sheet.word("document.credited"), invoice.credited_minor, body(sheet), from);
    sheet.amount(sheet.word("document.balance"), invoice.balance_minor, strong(sheet), from);
}

void installments(Sheet& sheet, const Invoice& invoice) {
    if (invoice.installments.empty()) return;
    sheet.gap(5);
    sheet.paragraph(sheet.word("document.installments"), strong(sheet));
    for (const auto& part : invoice.installments)
        sheet.amount(sheet.date(part.due_at), part.amount_minor, body(sheet));
}

void small_print(Sheet& sheet, const SaleFile& file) {
    const auto& invoice = file.invoice;
    const auto section = [&](std::string_view key, const std::string& content) {
        if (content.empty()) return;
        sheet.gap(4);
        sheet.need(10);
        sheet.paragraph(sheet.word(key), strong(sheet));
        sheet.paragraph(content, body(sheet));
    };
    section("document.warranty", invoice.warranty);
    section("document.agreement", invoice.agreement_details);
    section("document.terms", invoice.terms_and_conditions);
    section("document.notes", invoice.notes_instructions);
    section("document.bank", file.branch.bank_details);
}

}  // namespace

void draw_invoice(Canvas& canvas, const SaleFile& file, const text::Strings& strings) {
    Sheet sheet(canvas, strings, file.invoice.currency, file.branch.time_zone, kA4Portrait);
    const bool service = !file.invoice.ticket_id.is_nil();
    heading(sheet, file.branch, file.logo,
            sheet.word(service ? "document.service_invoice" : "document.invoice"),
            file.invoice.number, file.invoice.date_of_purchase);
    parties(sheet, file);

    sheet.widen(file.invoice.total_amount_minor, strong(sheet, 5));
    for (const auto& line : file.lines)
        sheet.widen(line.amount_minor, body(sheet));
    sheet.band(8);
    sheet.gap(2);
    const TextStyle head = quiet(sheet);
    sheet.put(2, sheet.word("document.description"), head);
    sheet.amount_title(sheet.word("document.amount"), head, 2);
    sheet.gap(8);
    for (const auto& line : file.lines)
        sheet.amount(line.description, line.amount_minor, body(sheet), 2);
    sheet.gap(2);
    sheet.rule();
    sheet.gap(1);
    totals(sheet, file.invoice);
    installments(sheet, file.invoice);

    if (!file.payments.empty()) {
        sheet.gap(5);
        sheet.paragraph(sheet.word("document.payments"), strong(sheet));
        for (const auto& payment : file.payments) {
            const auto method =
                domain::kPaymentMethodNames[static_cast<std::size_t>(payment.method)];
            const auto status =
                domain::kPaymentStatusNames[static_cast<std::size_t>(payment.status)];
            std::string label = sheet.date(payment.at) + " · " +
                                sheet.word("payment.method." + std::string(method)) + " · " +
                                sheet.word("payment.status." + std::string(status));
            if (!payment.reference.empty()) label += " · " + payment.reference;
            sheet.amount(label, payment.amount_minor, body(sheet));
        }
    }
    small_print(sheet, file);
    if (!file.invoice.signature.empty()) {
        sheet.gap(6);
        sheet.need(30);
        sheet.paragraph(sheet.word("document.signature"), quiet(sheet));
        sheet.signature(file.invoice.signature, 0, 70, 22);
        sheet.paragraph(full_name(file.customer), body(sheet));
    }
    if (!file.branch.invoice_footer.empty()) {
        sheet.gap(6);
        sheet.paragraph(file.branch.invoice_footer, quiet(sheet));
    }
}

namespace {

// Answers where the content ends.
double fill_receipt(Canvas& canvas, const SaleFile& file, const Receipt& receipt, Paper paper,
                    const text::Strings& strings, double roll_height) {
    const PageFormat format =
        paper == Paper::kRoll80 ? PageFormat{80, roll_height, 4, true} : kA4Portrait;
    Sheet sheet(canvas, strings, receipt.currency, file.branch.time_zone, format);
    heading(sheet, file.branch, file.logo, sheet.word("document.receipt"), receipt.number,
            receipt.created_at);
    parties(sheet, file);
    sheet.rule();
    for (const auto& payment : file.payments) {
        if (payment.id != receipt.payment_id) continue;
        const auto method = domain::kPaymentMethodNames[static_cast<std::size_t>(payment.method)];
        sheet.pair(sheet.word("document.method"),
                   sheet.word("payment.method." + std::string(method)), body(sheet));
        if (!payment.reference.empty())
            sheet.pair(sheet.word("document.reference"), payment.reference, body(sheet));
        if (payment.status == domain::PaymentStatus::kPending)
            sheet.paragraph(sheet.word("document.pending_note"), quiet(sheet));
    }
    if (file.invoice.number.empty())
        sheet.paragraph(sheet.word("document.deposit_for_car"), body(sheet));
    else
        sheet.pair(sheet.word("document.for_invoice"), file.invoice.number, body(sheet));
    const TextStyle large = strong(sheet, sheet.roll() ? 3.8 : 5);
    sheet.widen(receipt.amount_paid_minor, large);
    sheet.widen(receipt.balance_after_minor, body(sheet));
    sheet.gap(1);
    sheet.amount(sheet.word("document.received"), receipt.amount_paid_minor, large);
    sheet.amount(sheet.word("document.balance_after"), receipt.balance_after_minor, body(sheet));
    sheet.gap(3);
    sheet.paragraph(sheet.word("document.seller", {{"name", file.seller_name}}), quiet(sheet));
    sheet.paragraph(file.branch.invoice_footer, quiet(sheet));
    return sheet.y();
}

}  // namespace

void draw_receipt(Canvas& canvas, const SaleFile& file, const Receipt& receipt, Paper paper,
                  const text::Strings& strings) {
    // A roll is as long as what stands on it, and a margin where the printer cuts.
    constexpr double kCutMargin = 6;
    double height = 0;
    if (paper == Paper::kRoll80) {
        Measuring measuring(canvas);
        height = fill_receipt(measuring, file, receipt, paper, strings, 0) + kCutMargin;
    }
    fill_receipt(canvas, file, receipt, paper, strings, height);
}

void draw_credit_note(Canvas& canvas, const SaleFile& file, const domain::CreditNote& note,
                      const text::Strings& strings) {
    Sheet sheet(canvas, strings, note.currency, file.branch.time_zone, kA4Portrait);
    heading(sheet, file.branch, file.logo, sheet.word("document.credit_note"), note.number,
            note.created_at);
    parties(sheet, file);
    sheet.pair(sheet.word("document.for_invoice"), file.invoice.number, body(sheet));
    if (!note.reason.empty()) sheet.pair(sheet.word("document.reason"), note.reason, body(sheet));
    sheet.rule();
    sheet.widen(note.total_minor, strong(sheet, 5));
    for (const auto& tax : note.taxes) {
        const std::string key =
            note.prices_include_tax ? "document.tax_inside" : "document.tax_on_top";
        sheet.amount(sheet.word(key, {{"name", tax.name},
                                      {"rate", text::share(strings.locale(), tax.rate_bp)}}),
                     tax.tax_minor, quiet(sheet));
    }
    sheet.amount(sheet.word("document.credited"), note.total_minor, strong(sheet, 5));
    sheet.gap(4);
    sheet.paragraph(file.branch.invoice_footer, quiet(sheet));
}

void draw_report(Canvas& canvas, const SaleFile& file, const domain::Report& report,
                 bool taken_back, const text::Strings& strings) {
    Sheet sheet(canvas, strings, report.currency, file.branch.time_zone, kA4Portrait);
    heading(sheet, file.branch, file.logo, sheet.word("document.report"), file.invoice.number,
            report.sale_date);
    sheet.paragraph(sheet.word("document.confidential"), quiet(sheet));
    sheet.gap(3);
    parties(sheet, file);
    sheet.rule();
    sheet.widen(report.price_minor, body(sheet));
    sheet.widen(report.company_profit_minor, strong(sheet, 5));
    const auto less = [&](const char* key, std::int64_t minor, bool known) {
        if (known)
            sheet.amount(sheet.word(key), -minor, body(sheet));
        else
            sheet.pair(sheet.word(key), "–", body(sheet));
    };
    sheet.amount(sheet.word("document.net_price"), report.price_minor, body(sheet));
    less("document.purchase_cost", report.purchase_cost_minor, !report.incomplete);
    less("document.import_expense", report.import_expense_minor, !report.incomplete);
    less("document.commission", report.commission_minor, true);
    sheet.gap(1);
    sheet.rule();
    if (report.incomplete)
        sheet.pair(sheet.word("document.profit"), sheet.word("document.incomplete"),
                   strong(sheet, 5));
    else
        sheet.amount(sheet.word("document.profit"), report.company_profit_minor, strong(sheet, 5));
    sheet.gap(3);
    if (report.incomplete) sheet.paragraph(sheet.word("document.incomplete_note"), quiet(sheet));
    if (!report.reverses_id.is_nil())
        sheet.paragraph(sheet.word("document.reverse_note"), quiet(sheet));
    if (taken_back) sheet.paragraph(sheet.word("document.reversed_note"), quiet(sheet));
}

}  // namespace showfloor::documents
