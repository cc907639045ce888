// A theme in a dealer's own colour.

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/theme.hpp"

namespace showfloor::ui {

namespace {

// A colour as people see it: lightness, colourfulness and hue apart from each other (Oklab,
// Björn Ottosson 2020). One is moved and the others stay, which neither RGB nor HSL can do.
struct Lab {
    double l = 0, a = 0, b = 0;
};

double from_linear(double c) {
    return c <= 0.0031308 ? c * 12.92 : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
}

Lab lab_of(Color color) {
    const double r = linear(color.r), g = linear(color.g), b = linear(color.b);
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

// Linear red, green and blue; outside of 0..1 when no screen can show it.
std::array<double, 3> linear_of(const Lab& lab) {
    const double l = std::pow(lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b, 3);
    const double m = std::pow(lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b, 3);
    const double s = std::pow(lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b, 3);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

bool can_be_shown(const Lab& lab) {
    constexpr double kRounding = 0.0005;
    const auto channels = linear_of(lab);
    return std::all_of(channels.begin(), channels.end(),
                       [](double c) { return c >= -kRounding && c <= 1 + kRounding; });
}

// As colourful as a screen can show it at this lightness, never more than it was.
Color with_lightness(const Lab& of, double lightness) {
    const auto part = [&](double colourful) {
        return Lab{lightness, of.a * colourful, of.b * colourful};
    };
    double shown = 1;
    if (!can_be_shown(part(shown))) {
        double low = 0, high = 1;
        for (int i = 0; i < 16; ++i) {
            shown = (low + high) / 2;
            (can_be_shown(part(shown)) ? low : high) = shown;
        }
        shown = low;
    }
    const auto channels = linear_of(part(shown));
    const auto byte = [](double c) {
        return static_cast<std::uint8_t>(std::lround(from_linear(std::clamp(c, 0.0, 1.0)) * 255));
    };
    return {byte(channels[0]), byte(channels[1]), byte(channels[2]), 255};
}

// How far `between` lies on the way from one colour to another.
float share_of_way(Color from, Color to, Color between) {
    const auto along = [&](Color c) {
        const auto part = [](std::uint8_t a, std::uint8_t b, std::uint8_t at) {
            return static_cast<float>(b - a) * static_cast<float>(at - a);
        };
        return part(from.r, to.r, c.r) + part(from.g, to.g, c.g) + part(from.b, to.b, c.b);
    };
    const float whole = along(to);
    return whole == 0 ? 0 : std::clamp(along(between) / whole, 0.0F, 1.0F);
}

// What is made of the accent, as far from it as the theme's file has it.
Theme dressed(const Theme& theme, Color accent) {
    const Colors& was = theme.color;
    Theme made = theme;
    Colors& c = made.color;
    c.accent = accent;
    const auto mixed = [&](Color between) {
        return was.card.towards(accent, share_of_way(was.card, was.accent, between));
    };
    c.accent_soft = mixed(was.accent_soft);
    c.accent_tint = mixed(was.accent_tint);
    // White stays white; the near black on a bright accent has a little of its hue.
    if (was.on_accent != kWhite)
        c.on_accent = kBlack.towards(accent, share_of_way(kBlack, was.accent, was.on_accent));
    if (was.focus == was.accent) c.focus = accent;
    return made;
}

bool keeps_promises(const Theme& theme) {
    const auto pairs = contrast_pairs(theme);
    return std::all_of(pairs.begin(), pairs.end(), [](const ContrastPair& pair) {
        return contrast(pair.text, pair.ground) >= pair.least;
    });
}

}  // namespace

Theme with_accent(Theme theme, Color accent) {
    accent.a = 255;
    Theme made = dressed(theme, accent);
    if (keeps_promises(made)) return made;
    // Towards the ink, which is legible everywhere; the step that just is is found by halving.
    const Lab own = lab_of(accent);
    const double far = lab_of(theme.color.ink).l < lab_of(theme.color.ground).l ? 0 : 1;
    constexpr int kSteps = 12;
    double near = 0, enough = 1;
    for (int i = 0; i < kSteps; ++i) {
        const double part = (near + enough) / 2;
        const Theme tried = dressed(theme, with_lightness(own, own.l + (far - own.l) * part));
        (keeps_promises(tried) ? enough : near) = part;
    }
    return dressed(theme, with_lightness(own, own.l + (far - own.l) * enough));
}

}  // namespace showfloor::ui
