#include <doctest/doctest.h>

#include <set>
#include <string>

#include "documents/sale_documents.hpp"
#include "papers.hpp"

using namespace showfloor;
using testing::has;
using testing::read_back;
using testing::words;

namespace {

documents::SaleFile example() {
    documents::SaleFile file;
    file.branch.name = "Westlands";
    file.branch.legal_name = "Uhuru Motors (Kenya) Limited";
    file.branch.address = "14 Waiyaki Way, Nairobi";
    file.branch.phone = "+254700000001";
    file.branch.tax_number = "P051234567X";
    file.branch.invoice_footer = "Thank you for your trust.";
    file.customer.first_name = "Zoë";
    file.customer.last_name = "Müller-Otieno";
    file.customer.company_name = "Ñandú Safaris & Söhne";
    file.customer.tax_number = "A009988776Z";
    file.car.make = "Toyota";
    file.car.model = "Corolla Cross";
    file.car.year = 2022;
    file.car.vin = "JTNKABA37N0000417";
    file.car.stock_number = "NBO-0417";
    file.seller_name = "Amina W.";
    auto& invoice = file.invoice;
    invoice.number = "NBO-T03-I000123";
    invoice.currency = "KES";
    invoice.date_of_purchase = 1'795'000'000'000;
    invoice.taxes = {{"standard", "VAT", 1600, 408850000, 56393103}};
    invoice.total_amount_minor = 408850000;
    invoice.amount_paid_minor = 100000000;
    invoice.balance_minor = 308850000;
    invoice.installments = {{1'797'000'000'000, 154425000}, {1'799'000'000'000, 154425000}};
    invoice.signature = "[[[100,100],[500,800],[900,200]]]";
    domain::InvoiceLine line;
    line.description = "2022 Toyota Corolla Cross";
    line.amount_minor = 425000000;
    file.lines.push_back(line);
    line.description = "Discount";
    line.amount_minor = -17000000;
    file.lines.push_back(line);
    line.description = "Registration fee";
    line.amount_minor = 850000;
    file.lines.push_back(line);
    domain::Payment payment;
    payment.id.bytes[0] = 1;
    payment.amount_minor = 100000000;
    payment.method = domain::PaymentMethod::kMobileMoney;
    payment.reference = "QWE123";
    payment.status = domain::PaymentStatus::kCleared;
    payment.at = invoice.date_of_purchase;
    file.payments.push_back(payment);
    domain::Receipt receipt;
    receipt.number = "NBO-T03-R000200";
    receipt.payment_id = payment.id;
    receipt.currency = "KES";
    receipt.created_at = invoice.date_of_purchase;
    receipt.amount_paid_minor = 100000000;
    receipt.balance_after_minor = 308850000;
    file.receipts.push_back(receipt);
    domain::CreditNote note;
    note.number = "NBO-T03-C000001";
    note.currency = "KES";
    note.created_at = invoice.date_of_purchase;
    note.reason = "Car returned";
    note.total_minor = 408850000;
    file.credit_notes.push_back(note);
    return file;
}

}  // namespace

TEST_CASE("invoice as PDF: every figure, name and number can be read back") {
    const auto file = example();
    const auto strings = words("en");
    const std::string text = read_back("invoice", strings, [&](documents::Canvas& canvas) {
        documents::draw_invoice(canvas, file, strings);
    });
    for (const char* part : {"NBO-T03-I000123",
                             "Uhuru Motors (Kenya) Limited",
                             "P051234567X",
                             "Zoë Müller-Otieno",
                             "Ñandú Safaris & Söhne",
                             "A009988776Z",
                             "JTNKABA37N0000417",
                             "2022 Toyota Corolla Cross",
                             "4,250,000.00",
                             "170,000.00",
                             "Registration fee",
                             "8,500.00",
                             "VAT 16 %",
                             "563,931.03",
                             "4,088,500.00",
                             "1,000,000.00",
                             "3,088,500.00",
                             "1,544,250.00",
                             "QWE123",
                             "Mobile money",
                             "Signed by the customer",
                             "Thank you for your trust."}) {
        CAPTURE(part);
        CAPTURE(text);
        CHECK(has(text, part));
    }
}

TEST_CASE("receipt: fits an 80 mm roll and an A4 page with the same facts") {
    const auto file = example();
    const auto strings = words("en");
    for (const auto paper : {documents::Paper::kA4, documents::Paper::kRoll80}) {
        const std::string text = read_back("receipt", strings, [&](documents::Canvas& canvas) {
            documents::draw_receipt(canvas, file, file.receipts[0], paper, strings);
        });
        for (const char* part : {"NBO-T03-R000200", "NBO-T03-I000123", "1,000,000.00",
                                 "3,088,500.00", "Zoë Müller-Otieno"}) {
            CAPTURE(part);
            CHECK(has(text, part));
        }
    }
}

TEST_CASE(
    "invoice and receipt of goods over the counter: no car, nobody's name when there is none") {
    auto file = example();
    file.car = {};
    file.customer = {};
    file.lines.resize(1);
    file.lines[0].kind = domain::LineKind::kProduct;
    file.lines[0].description = "Oil filter x 2";
    const auto strings = words("en");
    const std::string invoice = read_back("goods", strings, [&](documents::Canvas& canvas) {
        documents::draw_invoice(canvas, file, strings);
    });
    const std::string receipt = read_back("goods_receipt", strings, [&](documents::Canvas& canvas) {
        documents::draw_receipt(canvas, file, file.receipts[0], documents::Paper::kRoll80, strings);
    });
    CHECK(has(invoice, "Oil filter x 2"));
    CHECK(has(receipt, "NBO-T03-I000123"));
    for (const char* part : {"VIN", "Customer", "Stock number"}) {
        CAPTURE(part);
        CHECK(!has(invoice, part));
        CHECK(!has(receipt, part));
    }
}

TEST_CASE("receipt of a deposit: there is a car and no invoice yet") {
    auto file = example();
    file.invoice = {};
    const auto strings = words("en");
    for (const auto paper : {documents::Paper::kA4, documents::Paper::kRoll80}) {
        const std::string text = read_back("deposit", strings, [&](documents::Canvas& canvas) {
            documents::draw_receipt(canvas, file, file.receipts[0], paper, strings);
        });
        CHECK(has(text, "Deposit for the car above"));
        CHECK(has(text, "JTNKABA37N0000417"));
        CHECK(has(text, "1,000,000.00"));
        CHECK(!has(text, "For invoice"));
    }
}

namespace {

// How high the last page was, and where the lowest text stood.
struct Heights final : testing::SilentCanvas {
    double page = 0, lowest = 0;
    void begin_page(double, double height_mm) override { page = height_mm; }
    void text(double, double baseline, std::string_view, const documents::TextStyle&) override {
        lowest = std::max(lowest, baseline);
    }
};

}  // namespace

TEST_CASE("receipt: a roll is as long as what stands on it") {
    auto file = example();
    const auto strings = words("en");
    const auto heights = [&] {
        Heights canvas;
        documents::draw_receipt(canvas, file, file.receipts[0], documents::Paper::kRoll80, strings);
        CHECK(canvas.page > canvas.lowest);
        CHECK(canvas.page < canvas.lowest + 12);
        return canvas.page;
    };
    file.branch.invoice_footer.clear();
    const double bare = heights();
    for (int i = 0; i < 80; ++i)
        file.branch.invoice_footer += "We thank you for your trust in our house. ";
    CHECK(heights() > bare + 50);
}

TEST_CASE("credit note: names its invoice, its reason and the amount") {
    const auto file = example();
    const auto strings = words("en");
    const std::string text = read_back("credit_note", strings, [&](documents::Canvas& canvas) {
        documents::draw_credit_note(canvas, file, file.credit_notes[0], strings);
    });
    for (const char* part :
         {"NBO-T03-C000001", "NBO-T03-I000123", "Car returned", "4,088,500.00"}) {
        CAPTURE(part);
        CHECK(has(text, part));
    }
}

TEST_CASE("invoice in Arabic: figures stay readable, letters are joined") {
    const auto file = example();
    const auto strings = words("ar");
    const std::string text = read_back("arabic", strings, [&](documents::Canvas& canvas) {
        documents::draw_invoice(canvas, file, strings);
    });
    CHECK(has(text, "NBO-T03-I000123"));
    CHECK(has(text, "4,088,500.00"));
}

TEST_CASE("invoice: a name without end and a broken signature do not break the page") {
    auto file = example();
    file.customer.last_name = std::string(100, 'W');
    file.lines[0].description = std::string(400, 'm');
    file.invoice.signature = "[[[1],[\"x\",2]],5,{}]";
    file.invoice.terms_and_conditions = std::string(4000, 'x') + " " + std::string(3000, 'y');
    const auto strings = words("en");
    const std::string text = read_back("long", strings, [&](documents::Canvas& canvas) {
        documents::draw_invoice(canvas, file, strings);
    });
    CHECK(has(text, "4,250,000.00"));
}

TEST_CASE("report of a sale: what is left of the price, and where the car stands behind it") {
    const auto file = example();
    domain::Report report;
    report.currency = "KES";
    report.sale_date = file.invoice.date_of_purchase;
    report.price_minor = 352456897;
    report.purchase_cost_minor = 210000000;
    report.import_expense_minor = 40000050;
    report.commission_minor = 70491379;
    report.company_profit_minor = 31965468;
    const auto read = [&](const char* language, bool taken_back) {
        const auto strings = words(language);
        return read_back("report_of_sale", strings, [&](documents::Canvas& canvas) {
            documents::draw_report(canvas, file, report, taken_back, strings);
        });
    };
    const std::string text = read("en", false);
    for (const char* part :
         {"Profit report", "Confidential", "NBO-T03-I000123", "JTNKABA37N0000417",
          "2022 Toyota Corolla Cross", "Amina W.", "KES 3,524,568.97", "-KES 2,100,000.00",
          "-KES 400,000.50", "-KES 704,913.79", "319,654.68"}) {
        CAPTURE(part);
        CAPTURE(text);
        CHECK(has(text, part));
    }
    CHECK(!has(text, "taken back"));
    CHECK(has(read("en", true), "was taken back"));
    CHECK(has(read("ar", false), "319,654.68"));
    report.incomplete = true;
    const std::string unknown = read("en", false);
    CHECK(has(unknown, "incomplete"));
    for (const char* part : {"2,100,000.00", "319,654.68"})
        CHECK(!has(unknown, part));
}

namespace {

// Where each amount ends, in tenths of mm.
struct Edges final : testing::SilentCanvas {
    std::set<int> ends;
    std::size_t amounts = 0;
    void text(double x, double, std::string_view utf8, const documents::TextStyle& style) override {
        if (utf8.find("KES") == std::string_view::npos) return;
        const double left =
            x - (style.align == documents::Align::kRight ? text_width(utf8, style) : 0);
        ends.insert(static_cast<int>((left + text_width(utf8, style)) * 10 + 0.5));
        ++amounts;
    }
};

}  // namespace

TEST_CASE("papers: amounts stand unit under unit in every language, on page and roll") {
    const auto file = example();
    domain::Report report;
    report.currency = "KES";
    report.price_minor = 352456897;
    report.company_profit_minor = 31965468;
    for (const char* language : {"en", "ar", "fr"}) {
        const auto strings = words(language);
        const auto check = [&](auto draw) {
            Edges canvas;
            draw(canvas);
            CAPTURE(language);
            CHECK(canvas.amounts >= 1);
            CHECK(canvas.ends.size() == 1);
        };
        check([&](Edges& canvas) { draw_invoice(canvas, file, strings); });
        for (const auto paper : {documents::Paper::kA4, documents::Paper::kRoll80})
            check([&](Edges& canvas) {
                draw_receipt(canvas, file, file.receipts[0], paper, strings);
            });
        check(
            [&](Edges& canvas) { draw_credit_note(canvas, file, file.credit_notes[0], strings); });
        check([&](Edges& canvas) { draw_report(canvas, file, report, false, strings); });
    }
}
