#include "documents/pdf_canvas.hpp"

#include <doctest/doctest.h>

#include <string>

#include "papers.hpp"
#include "text/bidi.hpp"

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

TEST_CASE("pdf: a name between isolates keeps its stop, and they are not drawn") {
    const std::string name = text::isolated(text::locale_for("ar"), "Otieno Ltd.");
    const auto page = page_with("بيت " + name + " بيت", kRightToLeft, documents::Weight::kRegular);
    CHECK(testing::has(page.text(), "Otieno Ltd."));
    const auto alone = page_with("Otieno", kRightToLeft, documents::Weight::kRegular).pages().at(0);
    const auto wrapped =
        page_with("\u2068Otieno\u2069", kRightToLeft, documents::Weight::kRegular).pages().at(0);
    CHECK(alone.left == wrapped.left);
    CHECK(alone.right == wrapped.right);
}

TEST_CASE("pdf: vowel signs stand over and under their letter, clear of it") {
    for (const auto weight : {documents::Weight::kRegular, documents::Weight::kBold}) {
        const auto ink = [&](const char* words) {
            return page_with(words, kRightToLeft, weight).pages().at(0);
        };
        const auto bare = ink("ا");
        const auto over = ink("اَ"), twice = ink("اَّ"), under = ink("اِ");
        // The first over the stem, the second over the first; mm, down is more.
        CHECK(over.top < bare.top - 3);
        CHECK(twice.top < over.top - 3);
        CHECK(over.bottom == bare.bottom);
        CHECK(under.bottom > bare.bottom + 3);
        CHECK(under.top == bare.top);
        // Over its middle: as far out on either side.
        CHECK((over.left + over.right) / 2 ==
              doctest::Approx((bare.left + bare.right) / 2).epsilon(0.05));
    }
}
