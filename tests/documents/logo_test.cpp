// The dealer's logo on the papers, as pages show it.

#include <doctest/doctest.h>

#include <memory>

#include "documents/report_documents.hpp"
#include "documents/sale_documents.hpp"
#include "papers.hpp"
#include "rose.hpp"

using namespace showfloor;
using testing::Ink;
using testing::PaperFile;
using testing::words;

namespace {

documents::Picture rose(int width, int height) {
    return {"rose", std::make_shared<const imaging::Image>(testing::rose(width, height))};
}

documents::SaleFile with(documents::Picture logo) {
    documents::SaleFile file;
    file.branch.name = "Uhuru Motors";
    file.branch.address = "14 Waiyaki Way, Nairobi";
    file.invoice.number = "NBO-T03-I000123";
    file.invoice.currency = "KES";
    file.receipts.emplace_back().currency = "KES";
    file.credit_notes.emplace_back().currency = "KES";
    file.logo = std::move(logo);
    return file;
}

// Where the rose stands on the first page.
template <typename Draw>
Ink rose_of(const char* language, Draw draw) {
    const auto strings = words(language);
    const PaperFile paper(
        "logo", testing::drawn(strings, [&](documents::Canvas& canvas) { draw(canvas, strings); }));
    const auto pages = paper.pages(testing::colored(testing::kRose));
    REQUIRE(!pages.empty());
    return pages.front();
}

Ink on_invoice(const documents::SaleFile& file, const char* language = "en") {
    return rose_of(language, [&](documents::Canvas& canvas, const text::Strings& strings) {
        documents::draw_invoice(canvas, file, strings);
    });
}

void check_box(const Ink& ink, double left, double top, double width, double height) {
    constexpr double kPixel = 0.7;  // of a page at 75 to the inch, on both sides
    CHECK(std::abs(ink.left - left) < kPixel);
    CHECK(std::abs(ink.top - top) < kPixel);
    CHECK(std::abs(ink.right - left - width) < kPixel);
    CHECK(std::abs(ink.bottom - top - height) < kPixel);
}

}  // namespace

TEST_CASE("logo: in the corner where reading begins, as large as it may be, in its proportions") {
    check_box(on_invoice(with(rose(300, 100))), 18, 18, 45, 15);
    check_box(on_invoice(with(rose(100, 100))), 18, 18, 18, 18);
    check_box(on_invoice(with(rose(300, 100)), "ar"), 210 - 18 - 45, 18, 45, 15);
    check_box(on_invoice(with(rose(3, 1))), 18, 18, 45, 15);
}

TEST_CASE("logo: on a roll in the middle, and the roll is longer by it") {
    const auto paper = [](const documents::SaleFile& file, documents::Paper kind) {
        return rose_of("en", [&](documents::Canvas& canvas, const text::Strings& strings) {
            documents::draw_receipt(canvas, file, file.receipts[0], kind, strings);
        });
    };
    const Ink roll = paper(with(rose(300, 100)), documents::Paper::kRoll80);
    check_box(roll, 40 - 22.5, 4, 45, 15);
    const Ink bare = paper(with({}), documents::Paper::kRoll80);
    CHECK(bare.share == 0);
    CHECK(roll.height == doctest::Approx(bare.height + 18).epsilon(0.02));
    check_box(paper(with(rose(300, 100)), documents::Paper::kA4), 18, 18, 45, 15);
}

TEST_CASE("logo: on credit note and report of a sale; on the report across, of one branch") {
    const auto file = with(rose(300, 100));
    using documents::Canvas;
    using text::Strings;
    check_box(rose_of("en",
                      [&](Canvas& canvas, const Strings& strings) {
                          draw_credit_note(canvas, file, file.credit_notes[0], strings);
                      }),
              18, 18, 45, 15);
    check_box(rose_of("en",
                      [&](Canvas& canvas, const Strings& strings) {
                          draw_report(canvas, file, {}, false, strings);
                      }),
              18, 18, 45, 15);
    documents::ReportFile report;
    report.branch = file.branch;
    report.branch.id.bytes[0] = 1;
    report.logo = file.logo;
    check_box(rose_of("ar", [&](Canvas& canvas,
                                const Strings& strings) { draw_reports(canvas, report, strings); }),
              297 - 14 - 45, 14, 45, 15);
}

TEST_CASE("logo: where it is transparent the paper is white; without pixels there is none") {
    documents::Picture half = rose(300, 100);
    auto image = std::make_shared<imaging::Image>(*half.pixels);
    for (int y = 0; y < 100; ++y)
        for (int x = 0; x < 150; ++x)
            image->at(x, y)[3] = 0;  // its colour remains
    half.pixels = image;
    check_box(on_invoice(with(half)), 18 + 22.5, 18, 22.5, 15);
    CHECK(on_invoice(with({"named", nullptr})).share == 0);
    CHECK(on_invoice(with({"empty", std::make_shared<imaging::Image>()})).share == 0);
}

TEST_CASE("logo: a large picture does not make a large file") {
    auto image = std::make_shared<imaging::Image>(2400, 2400);
    std::uint32_t noise = 1;  // what no compression helps with
    for (auto& byte : image->rgba)
        byte = static_cast<std::uint8_t>((noise = noise * 1664525 + 1013904223) >> 24);
    const auto file = with({"noise", image});
    const auto strings = words("en");
    const std::string pdf = testing::drawn(
        strings, [&](documents::Canvas& canvas) { draw_invoice(canvas, file, strings); });
    CHECK(pdf.size() < 600 * 600 * 3 + 100'000);
}
