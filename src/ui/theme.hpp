#pragma once
// The look as named tokens, read from assets/themes/<name>.json. Widgets take every colour, size
// and radius from here; there are no numbers for them in screens. Thread contract: a plain value;
// read by the UI thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ui/geometry.hpp"

namespace showfloor::ui {

enum class Weight { kRegular, kMedium, kSemiBold, kBold };

// How a text is set: em size in dp, weight, letter spacing in em, figures of one width.
struct TextStyle {
    float size = 20;
    Weight weight = Weight::kRegular;
    float spacing = 0;
    bool tabular = false;
};

// The type scale. Every text of the product is one of these.
enum class Style {
    kCaption,     // 17 quiet notes under figures
    kSmall,       // 19 secondary lines
    kBody,        // 20
    kBodyStrong,  // 20 semi-bold: names, labels of rows
    kBodyLarge,   // 22 what people read first in a paragraph
    kLabel,       // 22 semi-bold: words on buttons
    kHeading,     // 24 semi-bold: names of cars and cards
    kTitle,       // 30 bold
    kFigure,      // 38 bold, tabular: the number of a tile
    kDisplay,     // 48 bold
};

struct Colors {
    Color ground, card, ink, quiet, line, outline;
    Color accent, on_accent, accent_soft, accent_tint;
    Color inverse, on_inverse;     // the selected chip, the active row
    Color sunken;                  // fields nobody can change, the inside of a stepper
    Color track, thumb, on_thumb;  // what a slider runs on, and its thumb; a chosen segment
    Color switch_off;
    Color keyboard, key, key_soft;
    Color good, good_soft, warning, warning_soft, danger, danger_soft, on_danger, info, info_soft;
    Color alert, on_alert;  // the small red count
    Color offline;          // network state in words
    Color focus, shadow, shade, badge, on_badge, placeholder, disabled, on_disabled;
    // Over pictures that fill the screen, of any colour: the same in every theme. What darkens them
    // and stands around them, the words on that, a light button and its words.
    Color picture_ground = kBlack, on_picture = kWhite, light = kWhite, on_light{21, 24, 28, 255};
};

// Spacing steps; the only distances between things.
namespace space {
inline constexpr float k4 = 4, k8 = 8, k12 = 12, k16 = 16, k24 = 24, k32 = 32, k48 = 48, k64 = 64;
}
// The least size of what a finger has to hit, and the least gap between two of them.
inline constexpr float kTouchSize = 48, kTouchGap = 8;

struct Theme {
    std::string name;
    Colors color;
    float radius_control = 12, radius_card = 20, radius_chip = 24;
    float size_caption = 17, size_small = 19, size_body = 20, size_body_large = 22, size_title = 30,
          size_figure = 38, size_display = 48;
    int motion_ms = 200;

    [[nodiscard]] TextStyle text(Style style) const;
};

// Reads a theme file. kInvalid names the token that is missing or is no colour.
base::Result<Theme> load_theme(const std::string& folder, std::string_view name);
base::Result<Theme> parse_theme(std::string_view json);

// "#RRGGBB" or "#RRGGBBAA"; nothing for another text.
std::optional<Color> parse_color(std::string_view text);

// The theme in a dealer's own colour instead of the teal it has in its file: `accent` as it is
// where every contrast the theme promises holds with it, else so much darker (lighter, on a dark
// ground) that it does, its hue kept. Whatever the colour, `contrast_pairs` of the outcome hold.
[[nodiscard]] Theme with_accent(Theme theme, Color accent);

// WCAG 2 contrast of two opaque colours, 1..21. A translucent one is laid over `under` first.
double contrast(Color text, Color ground);
Color over(Color top, Color under);
double linear(std::uint8_t channel);  // the light that a channel gives, 0..1

// Every pair of text and ground that widgets draw, with the least contrast this theme promises
// (7 in "contrast", 4.5 elsewhere and 3 for the words of something disabled).
struct ContrastPair {
    std::string name;
    Color text, ground;
    double least;
};
std::vector<ContrastPair> contrast_pairs(const Theme& theme);

}  // namespace showfloor::ui
