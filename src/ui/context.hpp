#pragma once
// What a screen gets to draw one frame: the area, the look, the words, and who touched what.
// Widgets are functions over it (ui/widgets.hpp). Thread contract: UI thread, during a frame.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/strings.hpp"
#include "ui/area.hpp"
#include "ui/interaction.hpp"
#include "ui/painter.hpp"
#include "ui/registry.hpp"
#include "ui/textures.hpp"
#include "ui/theme.hpp"

namespace showfloor::ui {

// How a widget stands in this frame.
struct Touch {
    bool tapped = false;
    bool pressed = false;
    bool focused = false;        // show the ring
    std::int64_t held_ms = 0;    // how long the finger rests on it
    Point finger;                // dp, while pressed and when released
    bool started = false;        // pressed since the last frame
    bool dragging = false;       // the drag is the widget's (Item::drag)
    bool released = false;       // the widget's drag ended in this frame
    bool double_tapped = false;  // with the second tap, which is none
    Point moved;                 // dp the finger went since the last frame, while dragging
    Point dragged;               // dp since it was pressed, while dragging and when released
    Point speed;                 // dp a second, when released
    float pinch = 1;             // two fingers went so much further apart, around `pinch_at`
    Point pinch_at;
    int nudge = 0;  // -1, +1: left, right (in reading order) with the keys on it
};

// Which keyboard a field brings up, and how it shows its text.
enum class FieldKind {
    kText,
    kSearch,
    kEmail,
    kPhone,
    kNumber,
    kMoney,
    kDate,  // figures and '/'
    kPassword,
    kPin
};

// The field that takes letters in this frame, for the on-screen keyboard.
struct EditedField {
    std::string id;
    FieldKind kind = FieldKind::kText;
    Rect rect;               // with its error or hint
    std::string done_label;  // on the key that ends the input
    Layer layer = Layer::kScreen;
};

// The caret of the field being edited.
struct EditState {
    std::string owner;      // whose caret it is
    std::size_t caret = 0;  // bytes into its text
    bool reveal = false;    // a masked text is shown
};

enum class Tone { kInfo, kGood, kWarning, kDanger };

struct Toast {
    std::string words;
    Tone tone = Tone::kInfo;
    std::int64_t until_ms = 0;
    std::uint64_t frame = 0;          // in which it was said
    std::optional<Point> place = {};  // of its left upper corner, once it was drawn
};

// What lies over the screen in a frame, and which way it goes when it leaves: (0, 1) is down;
// (0, 0) fades where it is.
struct ShownSheet {
    std::string id;
    Rect rect;
    Point away;
};

// How one screen takes the place of another.
enum class Passage { kFade, kForward, kBack };

// Half a second of rest means more than a tap.
inline constexpr std::int64_t kLongPressMs = 500;

class Posed;

class Context {
   public:
    struct Parts {
        Painter& painter;
        Registry& registry;
        Interaction& interaction;
        Textures& textures;
    };
    explicit Context(Parts parts) : parts_(parts) {}

    // The screen in dp, or in reach mode the lower part of it. It moves up while the keyboard would
    // cover the field being edited.
    [[nodiscard]] Area screen() const;
    // All of it, wherever the page stands: for grounds, shades and pictures.
    [[nodiscard]] Area whole() const { return {{0, 0, size_.x, size_.y}, direction()}; }
    // Reach mode, each frame before anything is drawn: screen() begins so far down.
    void reach_down(float dp) { reach_ = dp; }
    [[nodiscard]] bool portrait() const { return size_.y > size_.x; }
    [[nodiscard]] text::Direction direction() const { return strings_->locale().direction; }
    [[nodiscard]] bool mirrored() const { return direction() == text::Direction::kRightToLeft; }

    [[nodiscard]] const Theme& theme() const { return *theme_; }
    [[nodiscard]] const Colors& color() const { return theme_->color; }
    [[nodiscard]] TextStyle text(Style style) const { return theme_->text(style); }
    [[nodiscard]] const text::Strings& strings() const { return *strings_; }
    [[nodiscard]] const text::Locale& locale() const { return strings_->locale(); }
    // The words of a key, filled: ui.tr("browse.count", {{"count", 148}}). They live until the next
    // frame, so that a widget's description may point at them.
    [[nodiscard]] const std::string& tr(std::string_view key, text::Values values = {}) const {
        return keep(strings_->get(key, values));
    }
    // The same for words put together by the screen.
    const std::string& keep(std::string words) const {
        return words_.emplace_back(std::move(words));
    }

    // Milliseconds of the frame's own clock; only differences mean something.
    [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
    [[nodiscard]] bool reduce_motion() const { return reduce_motion_; }
    // Draw again at once, or not later than this: an animation, a clock that ticks.
    void draw_again() { wake_at(now_ms_); }
    void wake_at(std::int64_t ms);
    // Glides to `target` with the theme's motion and asks for frames while it does.
    // `start` is where a value nobody drew before begins (default: at its target).
    float animate(const std::string& id, float target, std::optional<float> start = std::nullopt);

    // Registers a widget and says what people do with it. `id` is "kind:name".
    // `state` is what it is set to, in words, for those who listen.
    Touch touch(std::string id, std::string label, Rect rect, bool enabled = true,
                std::string state = {});
    // The same with everything an item may say: drag, adjustable, state. Fills in its place.
    Touch touch(Item item);
    // True once when a finger rests on the widget for half a second; letting go is then no tap.
    bool long_pressed(std::string_view id);
    // Back: Escape, or the top bar's arrow.
    [[nodiscard]] bool back_pressed() const { return parts_.interaction.back(); }

    // A number that outlives the frame, by name: 0 when nobody has set it. For layout that is only
    // known once it was drawn.
    float& remembered(const std::string& id);

    // Said aloud when it is first shown: dialogs and toasts do so themselves. Call it every frame
    // the thing is there; `id` tells things apart. Silent when spoken output is off.
    void announce(std::string_view id, std::string_view words);
    // With this frame: once more what was last said before Help & access was opened (see Aside).
    void say_again() { say_again_ = true; }
    // What a barcode scanner read in this frame while no field took letters; empty for nothing.
    [[nodiscard]] const std::string& scanned() const { return parts_.interaction.scanned(); }
    // The next frame begins to glide in; navigators call it (ui/navigator.hpp).
    void change_screen(Passage passage) { passage_ = passage; }

    // Shown for four seconds, where it hides the least that can be touched; touches go through it.
    void toast(std::string words, Tone tone = Tone::kInfo);
    // Another page is shown: what was said of the one before goes with it. What was said in this
    // very frame is the news that closed it, and stays. Navigators call it.
    void drop_toasts();

    // Whoever was here has gone: places of pages, what was typed, toasts, the caret, the focus.
    void forget_person();

    [[nodiscard]] Painter& painter() { return parts_.painter; }
    [[nodiscard]] Registry& registry() { return parts_.registry; }
    [[nodiscard]] Interaction& interaction() { return parts_.interaction; }
    [[nodiscard]] Textures& textures() { return parts_.textures; }

    // Used by widgets.
    void edited_field(EditedField field) { edited_ = std::move(field); }
    [[nodiscard]] const std::optional<EditedField>& edited() const { return edited_; }
    void push_scroll(std::string id) { scroll_ids_.push_back(std::move(id)); }
    void pop_scroll() { scroll_ids_.pop_back(); }
    EditState& edit_state() { return edit_state_; }
    // A sheet or a dialog is drawn in this frame; the next without it sees it leave.
    void sheet_shown(ShownSheet sheet) { sheet_ = std::move(sheet); }

   private:
    friend class Stage;
    struct Glide {
        float from = 0, to = 0;
        std::int64_t since_ms = 0;
        std::uint64_t frame = 0;
    };

    Parts parts_;
    const Theme* theme_ = nullptr;
    const text::Strings* strings_ = nullptr;
    Point size_;
    float shift_ = 0, reach_ = 0;
    const Posed* pose_ = nullptr;
    bool say_again_ = false, aside_ = false, forgotten_ = false;
    std::int64_t now_ms_ = 0;
    std::uint64_t frame_ = 0;
    bool reduce_motion_ = false;
    std::optional<std::int64_t> wake_ms_;
    std::map<std::string, Glide> glides_;
    std::map<std::string, float> remembered_;
    std::vector<Toast> toasts_;
    std::vector<std::string> scroll_ids_;
    std::optional<EditedField> edited_;
    EditState edit_state_;
    std::map<std::string, std::uint64_t, std::less<>> announced_;  // the frame it was last shown
    std::string to_say_;
    std::optional<Passage> passage_;
    std::optional<ShownSheet> sheet_;
    friend class LayerScope;
    friend class Aside;
    friend class Posed;
    mutable std::deque<std::string> words_;  // of this frame
};

// What is drawn while it lives is spoken like all else, but is only the way to "say again": that
// means the words before it.
class Aside {
   public:
    explicit Aside(Context& ui) : ui_(ui) { ui_.aside_ = true; }
    ~Aside() { ui_.aside_ = false; }
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;

   private:
    Context& ui_;
};

// What is drawn while it lives looks as if a finger or the keys were on it, and can't be touched:
// for the pictures of the toolkit in all its states.
class Posed {
   public:
    Posed(Context& ui, bool pressed, bool focused) : pressed_(pressed), focused_(focused), ui_(ui) {
        ui_.pose_ = this;
    }
    ~Posed() { ui_.pose_ = nullptr; }
    Posed(const Posed&) = delete;
    Posed& operator=(const Posed&) = delete;

    const bool pressed_, focused_;

   private:
    Context& ui_;
};

// Draws on a layer over the screen, free of what the caller clips and scrolls, while it lives.
class LayerScope {
   public:
    LayerScope(Context& ui, Layer layer);
    ~LayerScope();
    LayerScope(const LayerScope&) = delete;
    LayerScope& operator=(const LayerScope&) = delete;

   private:
    Context& ui_;
    std::vector<std::string> scroll_ids_;
};

}  // namespace showfloor::ui
