#pragma once
// The parts screens are made of. Each takes the context, the area it fills and what it shows, draws
// itself from theme tokens, and says whether it was tapped. Ids are the screen's own names
// ("sign_in"); the registry knows them as "button:sign_in", "chip:suv", "field:name", and so on.
// A tap area is never smaller than kTouchSize, whatever the area. Thread contract: UI thread.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/context.hpp"
#include "ui/icons.hpp"

namespace showfloor::ui {

// Colours by meaning, for text and icons.
enum class Ink {
    kInk,
    kQuiet,
    kAccent,
    kGood,
    kWarning,
    kDanger,
    kInfo,
    kOffline,
    kOnAccent,
    kOnInverse,
    kDisabled,
};
Color ink(const Context& ui, Ink ink);

// --- words
// ----------------------------------------------------------------------------------------

// One line in the middle of the area's height, cut with "…" when too long.
void label(Context& ui, Area area, std::string_view words, Style style = Style::kBody,
           Ink ink = Ink::kInk, Align align = Align::kStart);
// The same, smaller where it is too long (by a fifth at most) before it is cut: names and money.
void label_fitted(Context& ui, Area area, std::string_view words, Style style, Ink ink = Ink::kInk,
                  float least = 0.8F, Align align = Align::kStart);
// label() in a piece of this height, taken from the top of the area; as many lines as it needs, and
// as high, where one has no room.
void wrapped_label(Context& ui, Area& area, std::string_view words, float height,
                   Style style = Style::kBody, Ink ink = Ink::kInk, Align align = Align::kStart);
// Lines from the top; their height is cut off the area.
void paragraph(Context& ui, Area& area, std::string_view words, Style style = Style::kBody,
               Ink ink = Ink::kInk, Align align = Align::kStart, std::size_t max_lines = 0);
// The small words over a field or a group of chips, which begin where it ends.
void caption(Context& ui, Area& area, std::string_view words);
// A sign and small words in the colour of their meaning: what was done, or what went wrong. Their
// height is cut off the area.
void note(Context& ui, Area& area, std::string_view words, Tone tone, std::size_t max_lines = 0);
// A sum at the end of a row. Those of one `column` end at one edge, as sums are added up: in a
// mirrored page, too, where they stand on the left and still read from left to right.
void sum(Context& ui, Area& row, std::string_view column, std::string_view figure,
         Style style = Style::kBody, float gap = space::k12);
// How wide the widest of a mirrored `column` is, this one of `width` with it.
float sum_column(Context& ui, const Area& row, std::string_view column, float width);
[[nodiscard]] float text_width(Context& ui, std::string_view words, Style style);
[[nodiscard]] float line_height(const Context& ui, Style style);
[[nodiscard]] int lines_of(Context& ui, std::string_view words, Style style, float width);
void icon(Context& ui, Area area, char32_t icon, float size = 28, Ink ink = Ink::kInk);
// An arrow that points where reading goes on, or back: mirrored in Arabic.
[[nodiscard]] char32_t arrow_back(const Context& ui);
[[nodiscard]] char32_t arrow_forward(const Context& ui);
[[nodiscard]] char32_t chevron_forward(const Context& ui);

// --- buttons and chips
// ------------------------------------------------------------------------------

enum class ButtonKind { kPrimary, kSecondary, kGhost, kDanger };
struct Button {
    std::string_view id, label;
    char32_t icon = icons::kNone;
    ButtonKind kind = ButtonKind::kSecondary;
    bool enabled = true;
};
bool button(Context& ui, Area area, const Button& spec);
[[nodiscard]] float button_width(Context& ui, const Button& spec);  // what its words need
inline constexpr float kButtonHeight = 64;

// A round button with a picture only; `label` is for those who listen.
struct IconButton {
    std::string_view id, label;
    char32_t icon = icons::kNone;
    bool selected = false;  // the icon in the accent colour
    bool plain = false;     // without the white disc
    bool enabled = true;
    bool on_picture = false;  // a white disc in every theme
};
bool icon_button(Context& ui, Area area, const IconButton& spec);

struct Chip {
    std::string_view id, label;
    std::optional<std::int64_t> count = std::nullopt;
    bool selected = false;
    bool removable = false;  // shows a cross
    char32_t icon = icons::kNone;
    char32_t icon_end = icons::kNone;
    bool enabled = true;
    std::string_view spoken = {};  // for those who listen, when the label is short or none
};
bool chip(Context& ui, Area area, const Chip& spec);
[[nodiscard]] float chip_width(Context& ui, const Chip& spec);
inline constexpr float kChipHeight = 48;
// Chips beside each other, breaking into rows; their height is cut off the area.
// Returns the place of the one tapped, or -1.
int chips(Context& ui, Area& area, std::span<const Chip> specs);

// --- fields
// -----------------------------------------------------------------------------------------

struct Field {
    std::string_view id, label;
    FieldKind kind = FieldKind::kText;
    std::string_view placeholder = {};
    std::string_view spoken = {};    // for those who listen, where a column's head says it to eyes
    std::string_view hint = {};      // a quiet line below
    std::string_view error = {};     // takes the hint's place, in red with a sign
    int note_lines = 1;              // room for the error
    int hint_lines = 1;              // and for the hint
    std::string_view currency = {};  // of money: "KES", before or after it by the language
    std::string_view suffix = {};    // "4.0 %"
    std::string_view done = {};      // on the keyboard's last key; "Done" when empty
    bool enabled = true;
    std::size_t max_bytes = 200;
};
struct FieldResult {
    bool changed = false;
    bool submitted = false;  // Enter, or the keyboard's last key
};
// `value` belongs to the screen. Money is digits and at most one '.', shown grouped.
FieldResult text_field(Context& ui, Area area, const Field& spec, std::string& value);
[[nodiscard]] float field_height(const Field& spec);
// Puts the caret into a field that is drawn in this frame or the next.
void focus_field(Context& ui, std::string_view id);

// --- surfaces
// ---------------------------------------------------------------------------------------

// A white sheet with soft shadow. Returns the area inside its padding.
Area card(Context& ui, Area area, float padding = space::k24);
// A sheet as high as what is drawn into it. Its height is known one frame later, which is then
// drawn at once:
//     { GrowingCard sheet(ui, "price", page); label(ui, sheet.area().cut_top(48), ...); }
class GrowingCard {
   public:
    // Takes its place from the top of `page`, and `gap` below it.
    GrowingCard(Context& ui, std::string_view id, Area& page, float gap = space::k24,
                float padding = space::k32);
    ~GrowingCard();
    GrowingCard(const GrowingCard&) = delete;
    GrowingCard& operator=(const GrowingCard&) = delete;
    Area& area() { return inside_; }

   private:
    Context& ui_;
    Area& page_;
    std::string id_;
    float gap_, padding_, top_, drawn_;
    Area inside_;
};
// The same as one large button: the whole card is tapped.
Touch tap_card(Context& ui, Area area, std::string_view id, std::string_view label);
// A picture cut to the area ("cover"); the placeholder until it is ready, then faded in by `key`.
struct PictureLook {
    Color placeholder{};
    float radius = 20;
    bool only_top_corners = false;
    PictureKey key = 0;  // names the fade; 0 = no fade
    Picture soft{};      // its blurred colours (blurhash) instead of the placeholder, stretched
};
void picture(Context& ui, Area area, const Picture& picture, const PictureLook& look);
void badge(Context& ui, Area at_start_top, std::string_view words);  // on a picture's corner
// White on red, at the area's end, or growing from its start where it stands beside a sign.
void count_badge(Context& ui, Area area, std::int64_t count, Align across = Align::kEnd);
void divider(Context& ui, Area area);  // hairline at the area's top
void skeleton(Context& ui, Area area, float radius = 12);

// --- structure
// --------------------------------------------------------------------------------------

// 1 - 2 - 3 with names; those before `current` are done.
void stepper(Context& ui, Area area, std::span<const std::string> steps, std::size_t current);
// Where each of them stands: what a finger goes back by.
[[nodiscard]] std::vector<Area> stepper_places(Context& ui, Area area,
                                               std::span<const std::string> steps,
                                               std::size_t current);
// A title with an action at the end; true when the action was tapped.
bool section_header(Context& ui, Area area, std::string_view title, std::string_view action_id = {},
                    std::string_view action = {});

struct Row {
    std::string_view id, title, subtitle = {};
    char32_t icon = icons::kNone;    // in a soft square at the start
    std::string_view trailing = {};  // money, time
    std::string_view trailing_note = {};
    Ink trailing_ink = Ink::kInk;
    bool chevron = false;
    bool tappable = true;
    bool divider = true;         // hairline below
    std::string_view list = {};  // of rows_in_card: all of them are as high as the tallest
};
// In an area higher than its usual one long words go on on further lines; where there is no room
// for them they end in "…".
bool list_row(Context& ui, Area area, const Row& spec);
inline constexpr float kRowHeight = 84;
// What one in this area needs for all of its words: mostly kRowHeight.
[[nodiscard]] float row_height(Context& ui, const Area& area, const Row& spec);
// A row so high, taken from the top of the page.
bool growing_row(Context& ui, Area& page, const Row& spec);
// What the rows of a list need, as far as they were seen.
[[nodiscard]] float list_row_height(Context& ui, std::string_view list, float least);
inline constexpr float kRowIndent = 70;  // where the words of a row with an icon begin

// One line of the seller's rail: an icon and a word; black when it is where one is.
struct RailItem {
    std::string_view id, label;
    char32_t icon = icons::kNone;
    bool selected = false;
    std::int64_t count = 0;  // a red count when not zero
};
// What one needs for its words and a count.
[[nodiscard]] float rail_item_width(Context& ui, std::string_view label);
bool rail_item(Context& ui, Area area, const RailItem& spec);

// The white bar on top. Returns the area between its margins, to be cut from both ends.
Area top_bar(Context& ui, Area& page, bool white = true);
inline constexpr float kTopBarHeight = 88;
// A sign with words in the colour of their meaning: network state.
void status_words(Context& ui, Area area, char32_t icon, std::string_view words, Ink ink,
                  Align align = Align::kEnd);
[[nodiscard]] float status_width(Context& ui, std::string_view words);

// --- messages
// ---------------------------------------------------------------------------------------

struct Banner {
    std::string_view id;
    Tone tone = Tone::kInfo;
    std::string_view title = {};  // in bold before the words, may be empty
    std::string_view words;
    std::string_view action = {};  // a button at the end, may be empty
    bool closes = false;           // the action only puts it away, and stands back
};
bool banner(Context& ui, Area area, const Banner& spec);
[[nodiscard]] float banner_height(Context& ui, const Banner& spec, float width);

struct EmptyState {
    std::string_view id;
    char32_t icon = icons::kNone;
    std::string_view title, words;
    std::string_view action = {};
};
bool empty_state(Context& ui, Area area,
                 const EmptyState& spec);  // true when the action was tapped

struct Dialog {
    std::string_view id, title, words, confirm, cancel = {};  // no cancel = one button
    bool danger = false;
};
enum class DialogAnswer { kOpen, kConfirmed, kCancelled };
// Draw it last, every frame it is open.
DialogAnswer dialog(Context& ui, const Dialog& spec);

// The first line of a sheet: its title, and a cross to leave by ("button:<id>"). True when tapped.
bool sheet_head(Context& ui, Area& area, std::string_view id, std::string_view title,
                float gap = space::k8);
inline constexpr float kSheetHead = 56;

// A sheet over a shaded screen for what a dialog is too small for. Draw it last:
//     { Modal sheet(ui, "pick_customer", 720, 800); text_field(ui, sheet.area().cut_top(...)); }
class Modal {
   public:
    Modal(Context& ui, std::string_view id, float width, float height);
    Area& area() { return inside_; }
    // True when the shade beside the sheet was tapped, or Escape.
    [[nodiscard]] bool dismissed() const { return dismissed_; }

   private:
    LayerScope layer_;
    Area inside_;
    bool dismissed_ = false;
};

// --- people and figures
// -----------------------------------------------------------------------------

struct Avatar {
    std::string_view id, name;
    std::string_view caption = {};
    bool selected = false;
    bool faded = false;            // somebody else is selected
    char32_t icon = icons::kNone;  // instead of the initials
};
bool avatar(Context& ui, Area area, const Avatar& spec);
// The disc alone, in the colour that `id` has as an avatar.
void face(Context& ui, Point centre, float radius, std::string_view id, std::string_view name);
[[nodiscard]] std::string initials(std::string_view name);  // "Amina Wanjiru" -> "AW"
inline constexpr float kAvatarWidth = 150, kAvatarHeight = 190;

struct BarChart {
    std::span<const double> values;
    std::span<const std::string> names = {};    // below the bars, may be empty
    std::optional<std::size_t> highlight = {};  // the bar in full colour
    // With an id a finger, or left and right, asks a bar for its value: `read_outs` in words.
    std::string_view id = {}, label = {};
    std::span<const std::string> read_outs = {};
};
// The bar asked for, or -1.
int bar_chart(Context& ui, Area area, const BarChart& spec);

// A figure of a home screen: what, how much, a note.
// What one needs whose note is longer than a line; 156 otherwise.
[[nodiscard]] float figure_tile_height(Context& ui, std::string_view note, float width);
// Whether both are read in a tile so wide, at hardly less than their usual size.
[[nodiscard]] bool figure_tile_fits(Context& ui, std::string_view what, std::string_view figure,
                                    float width);
void figure_tile(Context& ui, Area area, std::string_view what, std::string_view figure,
                 std::string_view note);

// What lies behind a sheet: true when it was tapped, or Escape.
bool shade(Context& ui, std::string_view id, Rect rect);
// A ground that takes touches without being a stop for keys.
Touch surface(Context& ui, std::string id, Rect rect, Drag drag = Drag::kNone);

// The ring around what the keys have reached; widgets call it themselves.
void focus_ring(Context& ui, const Touch& touch, Rect rect, float radius);

}  // namespace showfloor::ui
