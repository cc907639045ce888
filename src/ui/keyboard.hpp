#pragma once
// The on-screen keyboard: comes when a field takes letters, with the layout that field wants; its
// keys type into the same queue as a real keyboard, which works beside it.
// Thread contract: UI thread.

#include <string>
#include <string_view>
#include <vector>

#include "ui/context.hpp"

namespace showfloor::ui {

enum class KeyAction { kLetter, kShift, kBackspace, kPage, kSpace, kDone };

struct KeyCap {
    KeyAction action = KeyAction::kLetter;
    std::string_view letters;  // what a letter key types
    float width = 1;           // in letter keys
};
using KeyRow = std::vector<KeyCap>;
using KeyLayout = std::vector<KeyRow>;

// The rows for a kind of field. `symbols` is the second page of the letters. Languages that have a
// layout: "en"; others get it too, until they have their own here.
KeyLayout key_layout(std::string_view locale, FieldKind kind, bool symbols);

class Keyboard {
   public:
    // Draws it when a field is edited. Returns how far the screen has to move up (dp), now and when
    // all motion has come to rest, so that the field is never covered.
    float draw(Context& ui, Point screen_size, float shift_now);

    // Height of the panel with this layout.
    static float height(const KeyLayout& layout, Point screen_size);

   private:
    void draw_key(Context& ui, Rect rect, const KeyCap& cap, const EditedField& field);
    void act(Context& ui, const KeyCap& cap);

    bool shift_ = false, symbols_ = false;
    std::string field_id_;
    EditedField field_;  // the last one edited, kept while the panel slides away
};

}  // namespace showfloor::ui
