#include <doctest/doctest.h>

#include "ui/stage.hpp"
#include "ui/theme.hpp"

using namespace showfloor;

TEST_CASE("themes: every pair of text and ground has the contrast the theme promises") {
    for (const char* name : {"day", "night", "contrast"}) {
        const auto theme = ui::load_theme(SHOWFLOOR_SOURCE_DIR "/assets/themes", name);
        REQUIRE_MESSAGE(theme.ok(), name);
        for (const ui::ContrastPair& pair : ui::contrast_pairs(*theme)) {
            const double has = ui::contrast(pair.text, pair.ground);
            CHECK_MESSAGE(has >= pair.least, name << ": " << pair.name << " has " << has);
        }
    }
}

TEST_CASE("contrast: known values") {
    CHECK(ui::contrast(ui::kBlack, ui::kWhite) == doctest::Approx(21));
    CHECK(ui::contrast({118, 118, 118, 255}, ui::kWhite) == doctest::Approx(4.54).epsilon(0.01));
    CHECK(ui::contrast({0, 0, 0, 0}, ui::kWhite) == doctest::Approx(1));
}

TEST_CASE("theme: a missing or wrong token is named") {
    const auto theme = ui::parse_theme(R"({"name": "x", "colours": {"ground": "white"}})");
    REQUIRE_FALSE(theme.ok());
    CHECK(theme.error().message.find("colours.ground") != std::string::npos);
}

TEST_CASE("display scale: one on the reference screen, never too small for a finger") {
    CHECK(ui::display_scale({}) == doctest::Approx(1));
    CHECK(ui::display_scale({.width_px = 1080, .height_px = 1920}) == doctest::Approx(1));
    CHECK(ui::display_scale({.width_px = 3840, .height_px = 2160}) == doctest::Approx(2));
    // 15.6 inch full HD: 345 mm wide, 48 dp would be 8.6 mm.
    const float small = ui::display_scale({.width_mm = 345});
    CHECK(48 * small * 345 / 1920 >= 8.999F);
    // Large: the capital of body text covers 0.7 degrees: 6.1 mm at 500 mm.
    const float large = ui::display_scale({.width_mm = 531, .distance_mm = 500, .large = true});
    CHECK(20 * 0.727F * large * 531 / 1920 == doctest::Approx(6.1).epsilon(0.01));
    // From further away they are larger; a zoom that is larger already stays.
    CHECK(ui::display_scale({.width_mm = 700, .distance_mm = 700, .zoom = 1.2F, .large = true}) >
          ui::display_scale({.width_mm = 700, .distance_mm = 500, .zoom = 1.2F, .large = true}));
    CHECK(ui::display_scale({.width_mm = 700, .zoom = 1.45F, .large = true}) ==
          doctest::Approx(1.45));
    // Of nothing known the zoom is all there is; a tablet keeps pages that can be used.
    CHECK(ui::display_scale({.zoom = 1.45F, .large = true}) == doctest::Approx(1.45));
    CHECK(1080 / ui::display_scale({.width_mm = 220, .large = true}) >= 709);
}

TEST_CASE("display: its word for its size is taken when it can be true") {
    CHECK(ui::credible_width_mm(531, 299, 1920, 1080) == 531);  // 24 inches
    CHECK(ui::credible_width_mm(299, 531, 1080, 1920) == 299);  // the same upright
    CHECK(ui::credible_width_mm(708, 398, 3840, 2160) == 708);  // 32 inches, 4K
    CHECK(ui::credible_width_mm(0, 0, 1920, 1080) == 0);        // says nothing
    CHECK(ui::credible_width_mm(508, 286, 1920, 1080) == 0);    // 96 dots an inch, made up
    CHECK(ui::credible_width_mm(160, 90, 1920, 1080) == 0);     // "sixteen to nine"
    CHECK(ui::credible_width_mm(1600, 900, 1920, 1080) == 0);   // the same in centimetres
    CHECK(ui::credible_width_mm(531, 398, 1920, 1080) == 0);    // another shape
}
