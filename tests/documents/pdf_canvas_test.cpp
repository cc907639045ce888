#include "documents/pdf_canvas.hpp"

#include <doctest/doctest.h>

#include <string>

#include "papers.hpp"

using namespace showfloor;
using testing::PaperFile;

namespace {

// A page with this one line, in letters of 40 mm.
PaperFile page_with(const std::string& line, text::Direction direction, documents::Weight weight) {
    auto canvas = documents::PdfCanvas::create("Test", direction);
    REQUIRE(canvas.ok());
    (*canvas)->begin_page(800, 80);
    (*canvas)->text(20, 50, line, {.size_mm = 40, .weight = weight});
    auto bytes = (*canvas)->finish();
    REQUIRE(bytes.ok());
    return PaperFile("line", *bytes);
}

constexpr auto kLeftToRight = text::Direction::kLeftToRight;
constexpr auto kRightToLeft = text::Direction::kRightToLeft;

}  // namespace

TEST_CASE("pdf: an Arabic letter that stands alone has its body, not its dots only") {
    for (const auto weight : {documents::Weight::kRegular, documents::Weight::kBold}) {
        for (const char* letter : {"ب", "ت", "ث", "ج", "خ", "ذ", "ز", "ش", "ض", "ظ", "غ",
                                   "ف", "ق", "ن", "ة", "ي", "أ", "ؤ", "إ", "ئ", "آ", "لا"}) {
            CAPTURE(std::string(letter));
            const auto ink = page_with(letter, kRightToLeft, weight).pages().at(0);
            // Two dots are 8 mm wide and 4 high.
            CHECK(ink.bottom - ink.top > 10);
            CHECK((ink.right - ink.left > 10 || ink.bottom - ink.top > 24));
        }
    }
}

TEST_CASE("pdf: a line is ordered in the direction of its paper") {
    const std::string line = "18 نوفمبر 2026";
    const auto arabic = page_with(line, kRightToLeft, documents::Weight::kRegular);
    REQUIRE(arabic.left_of("2026") > 0);
    CHECK(arabic.left_of("2026") < arabic.left_of("18"));
    const auto english = page_with(line, kLeftToRight, documents::Weight::kRegular);
    CHECK(english.left_of("18") < english.left_of("2026"));
    // Without a right-to-left letter there is nothing to order.
    const auto plain = page_with("18 Nov 2026", kRightToLeft, documents::Weight::kRegular);
    CHECK(plain.left_of("18") < plain.left_of("2026"));
}

TEST_CASE("pdf: a minus is a sign the fonts have") {
    const auto page = page_with("−170,000.00", kLeftToRight, documents::Weight::kBold);
    CHECK(testing::has(page.text(), "-170,000.00"));
}
