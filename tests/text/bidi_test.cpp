#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "text/bidi.hpp"
#include "text/signs.hpp"
#include "text/utf8.hpp"

using namespace showfloor::text;

TEST_CASE("shape: Latin text comes back as it was") {
    CHECK(shape("Toyota – 4,250,000 · “ok”…", Direction::kLeftToRight) ==
          "Toyota – 4,250,000 · “ok”…");
    CHECK_FALSE(needs_shaping("Émile Müller ñ €"));
    CHECK(needs_shaping("KES سيارة"));
}

TEST_CASE("shape: Arabic letters join and stand in visual order") {
    // بيت: initial beh, medial yeh, final teh; drawn from the left the last letter comes first.
    const std::u32string visual = to_code_points(shape("بيت", Direction::kRightToLeft));
    CHECK(visual == std::u32string{0xFE96, 0xFEF4, 0xFE91});
}

TEST_CASE("shape: lam and alef become one letter and leave nothing behind") {
    CHECK(to_code_points(shape("لا", Direction::kRightToLeft)) == std::u32string{0xFEFB});
}

TEST_CASE("shape: figures and Latin words keep their own order inside Arabic") {
    const std::string visual = shape("بيت 123", Direction::kRightToLeft);
    CHECK(visual.starts_with("123 "));
    CHECK(shape("بيت CX-5", Direction::kRightToLeft).starts_with("CX-5 "));
}

TEST_CASE("shape: a dot keeps things apart, each reads in its own direction") {
    const auto shaped = [](std::string_view line) { return shape(line, Direction::kRightToLeft); };
    const std::string dated = shaped("KES 1,000 · 12 مايو 2025");
    CHECK(dated.starts_with("2025 "));
    CHECK(dated.ends_with(" 12 · KES 1,000"));
    CHECK(shaped("Amina H. · بيت").ends_with(" · Amina H."));
    CHECK(shaped("بيت · +254712345678 · بيت").find(" · +254712345678 · ") != std::string::npos);
    CHECK(shaped("بيت · 2022 Toyota Camry").starts_with("2022 Toyota Camry · "));
    CHECK(shaped("بيت · VAT 16 %").starts_with("VAT 16 % · "));
    // Also where no part has a letter of the page's language.
    CHECK(shaped("2022 Toyota Camry · Amina H.") == "Amina H. · 2022 Toyota Camry");
    CHECK(shaped("A · B · C") == "C · B · A");
    CHECK(shape("A · B", Direction::kLeftToRight) == "A · B");
    // The sentence's own stop stands at its end, on the left.
    CHECK(shaped("بيت Westlands showroom.").starts_with(".Westlands"));
}

TEST_CASE("isolates: what stands between them keeps its order and moves nothing around") {
    const Locale& ar = locale_for("ar");
    for (const char* name : {"J. M. Otieno Ltd.", "+254 700 111 222", "2022 Toyota Camry", "4 %",
                             "/papers/1.pdf", "@home", "INV-7/2026", "(A)", "−5", "C++", "Ltd."}) {
        CAPTURE(name);
        const std::string line = "قبل " + isolated(ar, name) + " بعد";
        const std::string visual = shape(line, Direction::kRightToLeft);
        const std::size_t at = visual.find(" " + std::string(name) + " ");
        REQUIRE(at != std::string::npos);
        // What is read first stands on the right, and nothing else is drawn.
        CHECK(visual.substr(0, at) == shape("بعد", Direction::kRightToLeft));
        CHECK(visual.substr(at + std::string(name).size() + 2) ==
              shape("قبل", Direction::kRightToLeft));
    }
    // Two names beside each other stay two.
    CHECK(shape("بيت " + isolated(ar, "A. B.") + "، " + isolated(ar, "C. D."),
                Direction::kRightToLeft)
              .starts_with("C. D. ،A. B. "));
}

TEST_CASE("isolates: a range of two sums is read from the right, also without a letter") {
    const Locale& ar = locale_for("ar");
    const std::string range = isolated(ar, "KES 1") + " – " + isolated(ar, "KES 2");
    CHECK(shape(range, Direction::kRightToLeft) == "KES 2 – KES 1");
    // As a part of a longer line, too.
    CHECK(shape("بيت · " + range, Direction::kRightToLeft).starts_with("KES 2 – KES 1 · "));
    CHECK(
        shape("بيت " + isolated(ar, range), Direction::kRightToLeft).starts_with("KES 2 – KES 1 "));
}

TEST_CASE("isolates: a sum with an Arabic word reads from the right though it begins with a code") {
    const std::string sum = "KES 6 مليون";
    const std::string million = shape("مليون", Direction::kRightToLeft);
    CHECK(shape("حتى " + isolated(locale_for("ar"), sum), Direction::kRightToLeft)
              .starts_with(million + " KES 6 "));
    CHECK(shape("بيت · " + sum + " · بيت", Direction::kRightToLeft)
              .find(" · " + million + " KES 6 · ") != std::string::npos);
}

TEST_CASE("isolates: a line composed of parts fills a hole as it stands alone") {
    const Locale& ar = locale_for("ar");
    const std::string parts = "2022 Toyota · Amina H.";
    CHECK(shape("بيت: " + isolated(ar, parts) + ".", Direction::kRightToLeft)
              .starts_with(".Amina H. · 2022 Toyota :"));
    // Where a line breaks before the dot.
    CHECK(shape("بيت: \u20672022 Toyota", Direction::kRightToLeft).starts_with("2022 Toyota :"));
}

TEST_CASE("isolates: none where nothing can go wrong, never drawn, taken out whole") {
    const Locale& en = locale_for("en");
    CHECK(isolated(en, "Toyota") == "Toyota");
    CHECK(isolated(locale_for("ar"), "") == "");
    CHECK(isolated(en, "بيت") == "\u2068بيت\u2069");
    CHECK(shape("\u2068Toyota\u2069", Direction::kLeftToRight) == "Toyota");
    CHECK(shape("\u2068Toyota\u2069", Direction::kRightToLeft) == "Toyota");
    CHECK(without_isolates("a\u2068b\u2069…\u2066c\u2067\u2069") == "ab…c");
    CHECK(without_isolates("\xE2\x81") == "\xE2\x81");
}

TEST_CASE("isolates: whatever stands in a line, all its letters are drawn and no isolate is") {
    const std::u32string any = U"ab7 .·+بد\u2066\u2067\u2068\u2069\u2069\u064E";
    CHECK(rc::check([&] {
        std::u32string line;
        for (const auto i : *rc::gen::container<std::vector<std::size_t>>(
                 rc::gen::inRange<std::size_t>(0, any.size())))
            line.push_back(any[i]);
        std::u32string letters = line;
        std::erase_if(letters, [](char32_t c) { return c >= 0x2066 && c <= 0x2069; });
        for (const auto direction : {Direction::kLeftToRight, Direction::kRightToLeft}) {
            const std::u32string drawn = to_code_points(shape(to_utf8(line), direction));
            RC_ASSERT(drawn.size() == letters.size());
            for (const char32_t c : drawn)
                RC_ASSERT(c < 0x2066 || c > 0x2069);
        }
    }));
}

TEST_CASE("isolates: one that is broken over lines goes on in the next") {
    std::vector<std::string> lines = {"a \u2068b", "c", "d\u2069 e", "f"};
    carry_isolates(lines);
    CHECK(lines == std::vector<std::string>{"a \u2068b", "\u2068c", "\u2068d\u2069 e", "f"});
}

TEST_CASE("shape: vowel signs follow their letter and do not part it from the next") {
    const auto drawn = [](std::string_view words) {
        return to_code_points(shape(words, Direction::kRightToLeft));
    };
    CHECK(drawn("بَيْتٌ") == std::u32string{0xFE96, 0x064C, 0xFEF4, 0x0652, 0xFE91, 0x064E});
    // Unicode's own order of the two is the other one.
    CHECK(drawn("شد\u064E\u0651ة") == std::u32string{0xFE93, 0xFEAA, 0x0651, 0x064E, 0xFEB7});
    CHECK(drawn("شد\u0651\u064Eة") == drawn("شد\u064E\u0651ة"));
    // Two signs over one letter keep their order; lam and alef stay one letter.
    CHECK(drawn("شدّة") == std::u32string{0xFE93, 0xFEAA, 0x0651, 0xFEB7});
    CHECK(drawn("مرّاً") == std::u32string{0xFE8D, 0x064B, 0xFEAE, 0x0651, 0xFEE3});
    CHECK(drawn("لَا") == std::u32string{0xFEFB, 0x064E});
    CHECK(drawn("أهلاً") == std::u32string{0xFEFC, 0x064B, 0xFEEB, 0xFE83});
    CHECK(drawn("\u064E").size() <= 1);
}

TEST_CASE("signs: over the letter's middle, clear of its dots, the second over the first") {
    SignPlaces places(100);
    places.letter({10, 0, 50, 60});
    const auto low = places.place({0, 40, 20, 50});
    CHECK(low.x == 20);
    CHECK(low.y == 26);  // to 66: six of air
    CHECK(places.place({0, 40, 20, 50}).y == 42);
    CHECK(places.place({0, -20, 20, -10}).y == 0);  // under the letter there is air enough
    places.letter({10, -30, 50, 20});
    CHECK(places.place({0, -20, 20, -10}).y == -26);
    CHECK(places.place({0, 60, 20, 70}).y == 0);
}

TEST_CASE("shape: brackets are mirrored") {
    const std::u32string visual = to_code_points(shape("(بيت)", Direction::kRightToLeft));
    REQUIRE(visual.size() == 5);
    CHECK(visual.front() == U'(');
    CHECK(visual.back() == U')');
}

TEST_CASE("utf8: broken bytes become U+FFFD and never run past the end") {
    CHECK(to_code_points("a\xC3") == std::u32string{U'a', 0xFFFD});
    CHECK(to_code_points("\xE2\x82") == std::u32string{0xFFFD});
    CHECK(to_code_points("\xC0\xAF").front() == 0xFFFD);
    CHECK(to_code_points("\xED\xA0\x80").front() == 0xFFFD);
    CHECK(to_utf8(to_code_points("é € 😀 س")) == "é € 😀 س");
    CHECK(previous_boundary("aé", 3) == 1);
    CHECK(next_boundary("aé", 1) == 3);
    CHECK(count_code_points("aéس") == 3);
}
