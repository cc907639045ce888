#pragma once
// What the last frame showed: every widget a person can touch with its place, and every text drawn.
// Touches are judged against it (a person touches what they saw), keys walk along it, tests and the
// tour find "button:sign_in" in it. Thread contract: UI thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/geometry.hpp"

namespace showfloor::ui {

// Later layers lie over earlier ones.
enum class Layer { kScreen, kModal, kMenu, kKeyboard, kToast };

// What of a drag that begins on a widget belongs to the widget, not to the page it stands on.
enum class Drag {
    kNone,
    kAcross,  // sideways: a slider on a page that scrolls down
    kAny,     // everything, at once: a signature
};

struct Item {
    std::string id;     // "button:sign_in": kind, colon, the name the screen gave
    std::string label;  // what it says, for people who listen and for tests
    Rect rect;          // the whole widget
    Rect visible;       // what of it is not cut away; empty when scrolled out
    Layer layer = Layer::kScreen;
    bool enabled = true;
    bool field = false;    // takes text
    bool surface = false;  // takes touches only; keys do not stop on it and nobody hears it
    Drag drag = Drag::kNone;
    bool adjustable = false;     // left and right change it while the keys are on it
    bool pinches = false;        // two fingers on it are its own
    bool aside = false;          // its words are not what somebody wants to hear again (Aside)
    bool keeps_editing = false;  // touching it leaves the caret where it is
    std::string scroll_id;       // the scroll view it stands in, may be empty
    std::string state;           // what it is set to, in words: "on", "KES 4.2 M"; may be empty

    [[nodiscard]] std::string_view kind() const {
        return std::string_view(id).substr(0, id.find(':'));
    }
};

// A place that scrolls.
struct ScrollPlace {
    std::string id;
    Rect view;
    Layer layer = Layer::kScreen;
    bool horizontal = false;
};

class Registry {
   public:
    // The widget with this id in the last finished frame; nullptr when it was not shown.
    [[nodiscard]] const Item* find(std::string_view id) const;
    // All of them in the order they were drawn.
    [[nodiscard]] const std::vector<Item>& items() const { return shown_.items; }
    // Every text drawn where it can be seen, in order, as written (logical order, uncut, without
    // isolates).
    [[nodiscard]] const std::vector<std::string>& texts() const { return shown_.texts; }
    // Those of them that had no room and ended in "…", for the test that looks for such words.
    [[nodiscard]] const std::vector<std::string>& cut_texts() const { return shown_.cut; }
    [[nodiscard]] bool shows_text(std::string_view text) const;
    // Where this text was drawn, as far as it could be seen; empty when it was not.
    [[nodiscard]] Rect place_of_text(std::string_view text) const;

    // The topmost widget under the point, as a finger meets it; nullptr for none, or when a dialog
    // or the keyboard lies over it.
    [[nodiscard]] const Item* hit(Point point) const;
    // The topmost place that scrolls this way; any place when the axis does not matter.
    [[nodiscard]] const ScrollPlace* scroll_at(Point point,
                                               std::optional<bool> horizontal = {}) const;
    [[nodiscard]] const std::vector<ScrollPlace>& scrolls() const { return shown_.scrolls; }
    // The lowest layer that keys reach: a dialog keeps them to itself.
    [[nodiscard]] Layer keys_from() const { return shown_.keys_from; }
    // Keys reach it: enabled, and no dialog drawn after it keeps the keys.
    [[nodiscard]] bool keys_reach(const Item& item) const;

    // Used while a frame is drawn.
    void begin_frame();
    void add(Item item);
    void add_text(std::string words, Rect place, Layer layer, bool cut = false);
    void add_scroll(ScrollPlace place);
    // Nothing below `layer` is reached through this rectangle; `keys` also keeps the keys above.
    void block(Layer layer, Rect rect, bool keys);
    // What `rect` hides of the frame being drawn: 1 for each widget a person could touch there that
    // lies under it whole and half for a part of it, half for a text, and more than anything else
    // for the keyboard.
    [[nodiscard]] float hidden_by(Rect rect) const;
    void end_frame();

   private:
    struct Blocker {
        Layer layer;
        Rect rect;
    };
    struct TextPlace {
        Rect rect;
        Layer layer;
    };
    struct Shown {
        std::vector<Item> items;
        std::vector<std::string> texts, cut;
        std::vector<TextPlace> text_places;  // of `texts`
        std::vector<ScrollPlace> scrolls;
        std::vector<Blocker> blockers;
        Layer keys_from = Layer::kScreen;
        std::size_t keys_from_item = 0;  // of items on the layer keys_from, the first they reach
    };
    [[nodiscard]] bool blocked(Point point, Layer layer) const;

    Shown shown_, next_;
};

}  // namespace showfloor::ui
