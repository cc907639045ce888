#include <doctest/doctest.h>

#include "text/bidi.hpp"
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

TEST_CASE("shape: a year before a Latin name stays before it") {
    CHECK(
        shape("بيت: 2022 Toyota Camry", Direction::kRightToLeft).starts_with("2022 Toyota Camry "));
    CHECK(shape("2022 Toyota Camry، بيت", Direction::kRightToLeft).ends_with("2022 Toyota Camry"));
}

TEST_CASE("shape: the plus of a telephone number stands before it") {
    CHECK(shape("بيت +254712345678", Direction::kRightToLeft).starts_with("+254712345678 "));
}

TEST_CASE("shape: a dot keeps things apart, a date after a sum stays a date") {
    const std::string visual = shape("KES 1,000 · 12 مايو 2025", Direction::kRightToLeft);
    CHECK(visual.starts_with("2025 "));
    CHECK(visual.ends_with(" 12 · KES 1,000"));
}

TEST_CASE("shape: a stop stays with the initial and the Latin words before a dot it ends") {
    CHECK(shape("Amina H. · بيت", Direction::kRightToLeft).ends_with(" · Amina H."));
    CHECK(shape("بيت · After work, please. · بيت", Direction::kRightToLeft)
              .find("After work, please.") != std::string::npos);
    // The sentence's own stop stands at its end, on the left.
    CHECK(shape("بيت Westlands showroom.", Direction::kRightToLeft).starts_with(".Westlands"));
}

TEST_CASE("shape: a path keeps its stroke, a number its per cent") {
    CHECK(shape("بيت: /papers/1.pdf", Direction::kRightToLeft).starts_with("/papers/1.pdf "));
    CHECK(shape("VAT 16 %، بيت", Direction::kRightToLeft).ends_with("VAT 16 %"));
    CHECK(shape("بيت 4\u00a0%", Direction::kRightToLeft).starts_with("4\u00a0% "));
}

TEST_CASE("shape: vowel signs are left out") {
    CHECK(shape("بَيْتٌ", Direction::kRightToLeft) == shape("بيت", Direction::kRightToLeft));
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
