#include "documents/sale_documents.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "documents/limits.hpp"
#include "domain/money.hpp"
#include "text/bidi.hpp"
#include "text/format.hpp"
#include "text/utf8.hpp"
#include "text/zone.hpp"

namespace showfloor::documents {

namespace {

using domain::Invoice;
using domain::Receipt;

constexpr Color kInk{0x15, 0x18, 0x1C};
constexpr Color kQuiet{0x5B, 0x63, 0x70};
constexpr Color kLine{0xD6, 0xD3, 0xCC};
constexpr Color kGround{0xF5, 0xF4, 0xF1};

// A page being filled from the top: one cursor, one way to write each kind of thing.
class Sheet {
   public:
    Sheet(Canvas& canvas, const text::Strings& strings, std::string currency, std::string zone,
          Paper paper, double roll_height)
        : canvas_(canvas),
          strings_(strings),
          currency_(std::move(currency)),
          digits_(domain::minor_digits(currency_).value_or(2)),
          zone_(std::move(zone)),
          roll_(paper == Paper::kRoll80),
          width_(roll_ ? 80 : 210),
          height_(roll_ ? roll_height : 297),
          margin_(roll_ ? 4 : 18) {
        new_page();
    }

    [[nodiscard]] bool mirrored() const {
        return strings_.locale().direction == text::Direction::kRightToLeft;
    }
    [[nodiscard]] double left() const { return margin_; }
    [[nodiscard]] double right() const { return width_ - margin_; }
    [[nodiscard]] double inner() const { return right() - left(); }
    [[nodiscard]] double y() const { return y_; }
    void set_y(double y) { y_ = y; }
    void gap(double mm) { y_ += mm; }
    [[nodiscard]] bool roll() const { return roll_; }
    [[nodiscard]] const text::Strings& strings() const { return strings_; }

    [[nodiscard]] std::string word(std::string_view key, text::Values values = {}) const {
        return strings_.get(key, values);
    }
    [[nodiscard]] std::string money(std::int64_t minor) const {
        return text::money(strings_.locale(), minor, currency_, digits_,
                           text::MinorDigits::kAlways);
    }
    [[nodiscard]] std::string date(domain::UtcMs at) const {
        return text::date(strings_.locale(),
                          text::civil_time(at, text::utc_offset_minutes(zone_, at)));
    }

    void need(double mm) {
        if (!roll_ && y_ + mm > height_ - margin_) new_page();
    }

    // x counts from the reading side, so that right-to-left papers mirror.
    void put(double from_start, std::string_view utf8, TextStyle style) {
        double x = left() + from_start;
        if (mirrored()) {
            x = right() - from_start;
            if (style.align == Align::kLeft)
                style.align = Align::kRight;
            else if (style.align == Align::kRight)
                style.align = Align::kLeft;
        }
        canvas_.text(x, y_ + style.size_mm, utf8, style);
    }

    // A line of label and value at both ends. The value is kept whole, the label is cut.
    void pair(std::string_view label, std::string_view value, TextStyle style, double from = 0) {
        const double row = style.size_mm * 1.55;
        need(row);
        TextStyle end = style;
        end.align = Align::kRight;
        const double room = inner() - from - canvas_.text_width(value, style) - 3;
        put(from, fitted(label, style, room), style);
        put(inner(), value, end);
        y_ += row;
    }

    // Wrapped text; each paragraph line in its own reading order.
    void paragraph(std::string_view utf8, TextStyle style, double from = 0, double width = 0) {
        if (utf8.empty()) return;
        const double room = width > 0 ? width : inner() - from;
        for (const std::string& row : wrapped(utf8.substr(0, kMaxParagraph), style, room)) {
            need(style.size_mm * 1.4);
            put(from, row, style);
            y_ += style.size_mm * 1.4;
        }
    }

    void rule() {
        canvas_.line(left(), y_, right(), y_, 0.25, kLine);
        y_ += 2;
    }
    void band(double height) { canvas_.rect(left(), y_, inner(), height, kGround); }

    // Strokes of a finger, 0..1000 in both directions, scaled into the box.
    void signature(std::string_view strokes_json, double from, double width, double height) {
        const auto strokes = base::parse_json(strokes_json, kMaxSignature);
        if (!strokes || !strokes->is_array()) return;
        const double origin = mirrored() ? right() - from - width : left() + from;
        for (const auto& stroke : *strokes) {
            for (std::size_t i = 1; stroke.is_array() && i < stroke.size(); ++i) {
                const auto& a = stroke[i - 1];
                const auto& b = stroke[i];
                if (!a.is_array() || !b.is_array() || a.size() != 2 || b.size() != 2) continue;
                if (!a[0].is_number() || !a[1].is_number() || !b[0].is_number() ||
                    !b[1].is_number())
                    continue;
                canvas_.line(origin + a[0].get<double>() * width / 1000,
                             y_ + a[1].get<double>() * height / 1000,
                             origin + b[0].get<double>() * width / 1000,
                             y_ + b[1].get<double>() * height / 1000, 0.4, kInk);
            }
        }
        canvas_.line(origin, y_ + height, origin + width, y_ + height, 0.25, kQuiet);
        y_ += height + 1;
    }

    [[nodiscard]] std::string fitted(std::string_view utf8, const TextStyle& style, double room) {
        if (canvas_.text_width(utf8, style) <= room) return std::string(utf8);
        std::string cut(utf8);
        while (!cut.empty() && canvas_.text_width(cut + "…", style) > room)
            cut.resize(text::previous_boundary(cut, cut.size()));
        return cut + "…";
    }

   private:
    static constexpr std::size_t kMaxSignature = 64 * 1024;

    void new_page() {
        canvas_.begin_page(width_, height_);
        y_ = margin_;
    }

    std::vector<std::string> wrapped(std::string_view utf8, const TextStyle& style, double room) {
        std::vector<std::string> rows(1);
        std::string word;
        const auto flush = [&] {
            if (word.empty()) return;
            const std::string longer = rows.back().empty() ? word : rows.back() + " " + word;
            if (canvas_.text_width(longer, style) <= room || rows.back().empty())
                rows.back() = fitted(longer, style, room);
            else
                rows.push_back(fitted(word, style, room));
            word.clear();
        };
        for (const char c : utf8) {
            if (c != ' ' && c != '\n') {
                word += c;
                continue;
            }
            flush();
            if (c == '\n') rows.emplace_back();
        }
        flush();
        return rows;
    }

    Canvas& canvas_;
    const text::Strings& strings_;
    std::string currency_;
    int digits_;
    std::string zone_;
    bool roll_;
    double width_, height_, margin_;
    double y_ = 0;
};

TextStyle body(const Sheet& sheet) {
    return {.size_mm = sheet.roll() ? 3.0 : 3.4, .weight = Weight::kRegular, .color = kInk};
}
TextStyle quiet(const Sheet& sheet) {
    TextStyle style = body(sheet);
    style.color = kQuiet;
    return style;
}
TextStyle strong(const Sheet& sheet, double size = 0) {
    TextStyle style = body(sheet);
    style.weight = Weight::kBold;
    if (size > 0) style.size_mm = size;
    return style;
}

std::string full_name(const domain::Customer& customer) {
    std::string name = customer.first_name;  // a walk-in has only this, a passer-by none
    if (!name.empty() && !customer.last_name.empty()) name += " ";
    name += customer.last_name;
    return name;
}

std::string car_title(const domain::Car& car) {
    if (car.year == 0) return car.model;  // a vehicle that is not ours: as it is called
    return std::to_string(car.year) + " " + car.make + " " + car.model +
           (car.trim_level.empty() ? "" : " " + car.trim_level);
}

// Who sells, and what paper this is.
void heading(Sheet& sheet, const SaleFile& file, std::string_view title, std::string_view number,
             domain::UtcMs at) {
    const auto& branch = file.branch;
    const std::string& seller = branch.legal_name.empty() ? branch.name : branch.legal_name;
    if (sheet.roll()) {
        sheet.paragraph(seller, strong(sheet, 4.2));
        sheet.paragraph(branch.address, quiet(sheet));
        sheet.paragraph(branch.phone, quiet(sheet));
        if (!branch.tax_number.empty())
            sheet.paragraph(sheet.word("document.tax_number", {{"number", branch.tax_number}}),
                            quiet(sheet));
        sheet.gap(2);
        sheet.rule();
        sheet.paragraph(title, strong(sheet, 4.2));
        sheet.pair(number, sheet.date(at), body(sheet));
        sheet.gap(1);
        return;
    }
    const double top = sheet.y();
    sheet.paragraph(seller, strong(sheet, 5.4), 0, 100);
    sheet.paragraph(branch.address, quiet(sheet), 0, 100);
    std::string contact = branch.phone;
    if (!branch.email.empty()) contact += (contact.empty() ? "" : " · ") + branch.email;
    sheet.paragraph(contact, quiet(sheet), 0, 100);
    if (!branch.tax_number.empty())
        sheet.paragraph(sheet.word("document.tax_number", {{"number", branch.tax_number}}),
                        quiet(sheet), 0, 100);
    const double bottom = sheet.y();
    sheet.set_y(top);
    TextStyle end = strong(sheet, 8);
    end.align = Align::kRight;
    sheet.put(sheet.inner(), title, end);
    sheet.gap(12);
    end = strong(sheet, 4);
    end.align = Align::kRight;
    sheet.put(sheet.inner(), number, end);
    sheet.gap(6.5);
    end = quiet(sheet);
    end.align = Align::kRight;
    sheet.put(sheet.inner(), sheet.date(at), end);
    sheet.set_y(std::max(bottom, sheet.y() + 6) + 6);
    sheet.rule();
    sheet.gap(3);
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
        sheet.pair(
            sheet.word(key, {{"name", tax.name},
                             {"rate", text::percent(sheet.strings().locale(), tax.rate_bp, 2)}}),
            sheet.money(tax.tax_minor), quiet(sheet), from);
    }
    sheet.gap(1);
    sheet.pair(sheet.word("document.total"), sheet.money(invoice.total_amount_minor),
               strong(sheet, sheet.roll() ? 3.8 : 5), from);
    sheet.pair(sheet.word("document.paid"), sheet.money(invoice.amount_paid_minor), body(sheet),
               from);
    if (invoice.credited_minor != 0)
        sheet.pair(sheet.word("document.credited"), sheet.money(invoice.credited_minor),
                   body(sheet), from);
    sheet.pair(sheet.word("document.balance"), sheet.money(invoice.balance_minor), strong(sheet),
               from);
}

void installments(Sheet& sheet, const Invoice& invoice) {
    if (invoice.installments.empty()) return;
    sheet.gap(5);
    sheet.paragraph(sheet.word("document.installments"), strong(sheet));
    for (const auto& part : invoice.installments)
        sheet.pair(sheet.date(part.due_at), sheet.money(part.amount_minor), body(sheet));
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
    Sheet sheet(canvas, strings, file.invoice.currency, file.branch.time_zone, Paper::kA4, 0);
    const bool service = !file.invoice.ticket_id.is_nil();
    heading(sheet, file, sheet.word(service ? "document.service_invoice" : "document.invoice"),
            file.invoice.number, file.invoice.date_of_purchase);
    parties(sheet, file);

    sheet.band(8);
    sheet.gap(2);
    TextStyle head = quiet(sheet);
    sheet.put(2, sheet.word("document.description"), head);
    head.align = Align::kRight;
    sheet.put(sheet.inner() - 2, sheet.word("document.amount"), head);
    sheet.gap(8);
    for (const auto& line : file.lines)
        sheet.pair(line.description, sheet.money(line.amount_minor), body(sheet), 2);
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
            sheet.pair(label, sheet.money(payment.amount_minor), body(sheet));
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

// Draws nothing: only how wide words are is asked of the real canvas.
class Measuring final : public Canvas {
   public:
    explicit Measuring(Canvas& real) : real_(real) {}
    void begin_page(double, double) override {}
    void text(double, double, std::string_view, const TextStyle&) override {}
    double text_width(std::string_view utf8, const TextStyle& style) override {
        return real_.text_width(utf8, style);
    }
    void line(double, double, double, double, double, Color) override {}
    void rect(double, double, double, double, Color) override {}

   private:
    Canvas& real_;
};

// Answers where the content ends.
double fill_receipt(Canvas& canvas, const SaleFile& file, const Receipt& receipt, Paper paper,
                    const text::Strings& strings, double roll_height) {
    Sheet sheet(canvas, strings, receipt.currency, file.branch.time_zone, paper, roll_height);
    heading(sheet, file, sheet.word("document.receipt"), receipt.number, receipt.created_at);
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
    sheet.gap(1);
    sheet.pair(sheet.word("document.received"), sheet.money(receipt.amount_paid_minor),
               strong(sheet, sheet.roll() ? 3.8 : 5));
    sheet.pair(sheet.word("document.balance_after"), sheet.money(receipt.balance_after_minor),
               body(sheet));
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
    Sheet sheet(canvas, strings, note.currency, file.branch.time_zone, Paper::kA4, 0);
    heading(sheet, file, sheet.word("document.credit_note"), note.number, note.created_at);
    parties(sheet, file);
    sheet.pair(sheet.word("document.for_invoice"), file.invoice.number, body(sheet));
    if (!note.reason.empty()) sheet.pair(sheet.word("document.reason"), note.reason, body(sheet));
    sheet.rule();
    for (const auto& tax : note.taxes) {
        const std::string key =
            note.prices_include_tax ? "document.tax_inside" : "document.tax_on_top";
        sheet.pair(sheet.word(key, {{"name", tax.name},
                                    {"rate", text::percent(strings.locale(), tax.rate_bp, 2)}}),
                   sheet.money(tax.tax_minor), quiet(sheet));
    }
    sheet.pair(sheet.word("document.credited"), sheet.money(note.total_minor), strong(sheet, 5));
    sheet.gap(4);
    sheet.paragraph(file.branch.invoice_footer, quiet(sheet));
}

}  // namespace showfloor::documents
