#pragma once
// The parts a finger sets something with, and what opens over a screen: sliders, switches, menus,
// sheets, pages to swipe, pads, charts to touch. The same rules as ui/widgets.hpp: each takes the
// context, the area it fills and the screen's own value, and says what changed. Everything works by
// keys too: left and right change what has the focus. Thread contract: UI thread, during a frame.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/widgets.hpp"

namespace showfloor::ui {

// --- sliders
// ----------------------------------------------------------------------------------------

// Label and value in words above the track: "Deposit" ... "KES 850,000". Registered as
// "slider:<id>". The value goes in steps from `least`.
struct Slider {
    std::string_view id, label;
    double least = 0, most = 1, step = 0;  // step 0 = any value
    std::string_view value_words = {};
};
// True in every frame the value moved. The words shown are those of the value before; the frame
// after shows the new ones.
bool slider(Context& ui, Area area, const Slider& spec, double& value);
inline constexpr float kSliderHeight = 96;

// Two thumbs on one track under a histogram (may be empty), as the price in the filter rail.
// Registered as "slider:<id>/low" and "slider:<id>/high". An empty label leaves its line out.
struct RangeSlider {
    std::string_view id, label;
    double least = 0, most = 1, step = 0;
    std::span<const double> histogram = {};
    std::string_view low_words = {}, high_words = {};
};
bool range_slider(Context& ui, Area area, const RangeSlider& spec, double& low, double& high);
// What it needs: label 32, histogram 72, track 48, words 32.
[[nodiscard]] float range_slider_height(const RangeSlider& spec);

// --- choices
// ----------------------------------------------------------------------------------------

// A few choices side by side in one pill. Items "segment:<id>/0"... The place tapped, or -1.
int segmented(Context& ui, Area area, std::string_view id, std::span<const std::string> options,
              std::size_t current);
inline constexpr float kSegmentedHeight = 56;

// A line with its switch at the end; the whole line is tapped. "switch:<id>".
struct Switch {
    std::string_view id, label;
    std::string_view note = {};
    bool divider = false;  // hairline below
};
// As high as its words need is switch_height(): mostly kSwitchHeight.
bool toggle(Context& ui, Area area, const Switch& spec, bool& on);
[[nodiscard]] float switch_height(Context& ui, const Switch& spec, float width);
inline constexpr float kSwitchHeight = 84;

struct MenuOption {
    std::string_view id, label;
    char32_t icon = icons::kNone;
    bool selected = false;
    std::int64_t count = 0;  // in a badge; 0 = none
};
// One of its lines, "option:<id>"; menu() draws them. True when it was tapped.
bool menu_option(Context& ui, Area area, std::string id, const MenuOption& option, bool with_icons);
inline constexpr float kOptionHeight = 64;
// A list that drops from `anchor` (or rises, when there is more room above), over everything drawn.
// Call it every frame; it draws while `open`, and closes itself when something was chosen or the
// finger went elsewhere. Items "option:<menu>/<id>". The place chosen, or -1.
int menu(Context& ui, std::string_view id, Area anchor, std::span<const MenuOption> options,
         bool& open);

// --- sheets
// -----------------------------------------------------------------------------------------

// Slides up from the bottom over a shaded screen (filters in portrait). Draw it last, every frame
// it is open; leave when dismissed(): a touch beside it, Escape, or pulled down by its handle.
//     { Sheet sheet(ui, "filters", 900); ...sheet.area()...; if (sheet.dismissed()) open = false; }
class Sheet {
   public:
    // As wide as the screen where that stands upright, else `width` at most.
    Sheet(Context& ui, std::string_view id, float height, float width = 960);
    Area& area() { return inside_; }
    [[nodiscard]] bool dismissed() const { return dismissed_; }

   private:
    LayerScope layer_;
    Area inside_;
    bool dismissed_ = false;
};

// The same from the end side (right in English, left in Arabic), as high as the screen.
class SideSheet {
   public:
    SideSheet(Context& ui, std::string_view id, float width);
    Area& area() { return inside_; }
    [[nodiscard]] bool dismissed() const { return dismissed_; }

   private:
    LayerScope layer_;
    Area inside_;
    bool dismissed_ = false;
};

// --- pages and pictures
// -----------------------------------------------------------------------------

// Pages side by side, one seen; a swipe goes to the next with edges that resist, neighbours peek
// while it is dragged. Inside a page that scrolls down it takes sideways drags only. For keys it is
// "pager:<id>", changed by left and right. `label` says what is paged, for those who listen.
struct Pager {
    std::string_view id;
    std::size_t count = 0;
    std::string_view label = {};
};
// True when the page changed. Setting `page` from outside glides there.
bool pager(Context& ui, Area area, const Pager& spec, std::size_t& page,
           const std::function<void(std::size_t index, Area area)>& draw);
// Where one is among pages; drawn over pictures as well (`on_picture`). Not for tapping.
void dots(Context& ui, Area area, std::size_t count, std::size_t page, bool on_picture = false);

// How a picture is looked at closely; the screen's buttons change `zoom` (1 = whole picture).
struct ZoomState {
    float zoom = 1;
    Point centre{0.5F, 0.5F};  // the place of the picture in the middle of the area, 0..1
};
inline constexpr float kMostZoom = 5;
// The whole picture in the area, or a piece of it: double tap goes in and out, a drag pans while
// zoomed (and is the page's otherwise), a pinch where the panel gives touches. "zoom:<id>".
void zoom_picture(Context& ui, Area area, std::string_view id, const Picture& picture,
                  ZoomState& state);

// --- pads
// -------------------------------------------------------------------------------------------

// Where a finger signs. Strokes are in 0..1000 of the area on both axes; drawn as smooth lines.
// `label` ("Sign here") stands on it while empty. True when a stroke grew. "pad:<id>".
bool signature_pad(Context& ui, Area area, std::string_view id, std::string_view label,
                   std::vector<std::vector<Point>>& strokes);

// Figures in large keys with dots above; a real keyboard types too. True in the frame the last of
// `length` digits came. Keys "pin:<id>/5", "pin:<id>/erase". Needs about 360 x 480.
bool pin_pad(Context& ui, Area area, std::string_view id, std::string& digits, std::size_t length);
inline constexpr float kPinPadWidth = 380, kPinPadHeight = 496;

// --- figures one can touch
// --------------------------------------------------------------------------

// A curve, or two with the ground under them (`lower` within `values`: what is owed, what of it is
// interest). Touched or walked by keys, the point says its `read_outs`. "chart:<id>".
struct LineChart {
    std::string_view id, label;
    std::span<const double> values;
    std::span<const double> lower = {};
    std::span<const std::string> names = {};  // below; may be empty
    std::size_t name_every = 0;  // so many points lie between two names; 0 = evenly to the end
    std::span<const std::string> read_outs = {};
    bool area = true;  // fill the ground under the curve
};
// Where on the axis a name stands: 0 at its begin, 1 at its end.
[[nodiscard]] float name_share(const LineChart& spec, std::size_t name);
// The point asked for, or -1.
int line_chart(Context& ui, Area area, const LineChart& spec);

// Real progress, with its figure in words at the end: "64 %", "12 of 40 MB".
void progress_bar(Context& ui, Area area, double fraction, std::string_view words);
inline constexpr float kProgressHeight = 40;

// A QR code, black on white with its quiet zone in every theme. `modules` row by row, 1 = dark.
void qr(Context& ui, Area area, std::span<const std::uint8_t> modules, int side);

}  // namespace showfloor::ui
