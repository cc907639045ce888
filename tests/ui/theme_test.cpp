#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/stage.hpp"
#include "ui/theme.hpp"

using namespace showfloor;

namespace {

ui::Theme theme_named(const std::string& name) {
    return ui::load_theme(SHOWFLOOR_SOURCE_DIR "/assets/themes", name).value();
}

// The first promise a theme breaks; empty when it keeps all.
std::string broken(const ui::Theme& theme) {
    for (const ui::ContrastPair& pair : ui::contrast_pairs(theme))
        if (const double has = ui::contrast(pair.text, pair.ground); has < pair.least)
            return theme.name + ": " + pair.name + " has " + std::to_string(has);
    return {};
}

// Degrees round the wheel of pure colours; none for what is grey to the eye.
std::optional<double> hue_of(ui::Color c) {
    const double r = c.r, g = c.g, b = c.b;
    const double most = std::max({r, g, b}), range = most - std::min({r, g, b});
    if (range < 48) return std::nullopt;
    if (most == r) return std::fmod((g - b) / range * 60 + 360, 360);
    return most == g ? (b - r) / range * 60 + 120 : (r - g) / range * 60 + 240;
}

}  // namespace

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

TEST_CASE("with_accent: every promise is kept, whatever the colour") {
    for (const char* name : {"day", "night", "contrast"}) {
        const ui::Theme theme = theme_named(name);
        for (const char* hex : {"#000000", "#FFFFFF", "#FFFF00", "#FF0000", "#00FF00", "#0000FF",
                                "#00FFFF", "#FF00FF", "#808080", "#0F766E", "#8B1E2D", "#010000"}) {
            CAPTURE(hex);
            CHECK(broken(ui::with_accent(theme, ui::parse_color(hex).value())) == "");
        }
        CHECK(rc::check(std::string("any colour, ") + name, [&theme] {
            const auto channel = [] { return *rc::gen::inRange(0, 256); };
            const auto byte = [&] { return static_cast<std::uint8_t>(channel()); };
            const ui::Color own{byte(), byte(), byte(), 255};
            const ui::Theme made = ui::with_accent(theme, own);
            RC_ASSERT(broken(made) == "");
            // The rest of the look is not the dealer's.
            RC_ASSERT(made.color.ink == theme.color.ink);
            RC_ASSERT(made.color.danger == theme.color.danger);
        }));
    }
}

TEST_CASE("with_accent: the dealer's colour as it is where it can be read, its hue elsewhere") {
    const ui::Color red = ui::parse_color("#8B1E2D").value();
    const ui::Theme day = ui::with_accent(theme_named("day"), red);
    CHECK(day.color.accent == red);
    CHECK(day.color.focus == red);
    CHECK(day.color.on_accent == ui::kWhite);
    const ui::Theme night = ui::with_accent(theme_named("night"), red);
    CHECK(night.color.accent != red);
    CHECK(ui::contrast(night.color.accent, ui::kBlack) > ui::contrast(red, ui::kBlack));
    // Nothing is left of the teal, and what is seen beside the accent has a name of its own.
    const ui::Theme teal = theme_named("night");
    CHECK(night.color.accent_soft != teal.color.accent_soft);
    CHECK(night.color.accent_tint != teal.color.accent_tint);
    CHECK(night.color.on_accent != teal.color.on_accent);
    const ui::Theme strong = ui::with_accent(theme_named("contrast"), red);
    CHECK(strong.color.focus == theme_named("contrast").color.focus);

    CHECK(rc::check("hue", [] {
        const auto byte = [] { return static_cast<std::uint8_t>(*rc::gen::inRange(0, 256)); };
        const ui::Color own{byte(), byte(), byte(), 255};
        for (const char* name : {"day", "night", "contrast"}) {
            const ui::Color made = ui::with_accent(theme_named(name), own).color.accent;
            const auto was = hue_of(own), is = hue_of(made);
            if (!was || !is) continue;
            const double apart = std::abs(std::remainder(*was - *is, 360));
            // What the eye takes for one hue turns a little on this wheel.
            RC_ASSERT(apart < 40);
        }
    }));
}

TEST_CASE("with_accent: the product's own colour is the product's own look") {
    const ui::Theme day = theme_named("day");
    const ui::Theme made = ui::with_accent(day, day.color.accent);
    CHECK(made.color.accent == day.color.accent);
    CHECK(made.color.on_accent == day.color.on_accent);
    for (const auto& [is, was] : {std::pair{made.color.accent_soft, day.color.accent_soft},
                                  {made.color.accent_tint, day.color.accent_tint}}) {
        CHECK(std::abs(is.r - was.r) <= 3);
        CHECK(std::abs(is.g - was.g) <= 3);
        CHECK(std::abs(is.b - was.b) <= 3);
    }
}

TEST_CASE("parse_color: what is no colour is none") {
    CHECK(ui::parse_color("#0f766E") == ui::Color{15, 118, 110, 255});
    CHECK(ui::parse_color("#0F766E80") == ui::Color{15, 118, 110, 128});
    for (const char* bad : {"", "#", "#0F766", "0F766E0", "#0F766G", "#0F766E8", "teal"})
        CHECK_FALSE(ui::parse_color(bad));
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
    CHECK(1080 / ui::display_scale({.width_mm = 400, .large = true}) >= 709);
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
