#pragma once
// The on-screen keyboard: comes when a field takes letters, with the layout that field wants; its
// keys type into the same queue as a real keyboard, which works beside it.
// Thread contract: UI thread.

#include <string>
#include <string_view>
#include <vector>

#include "ui/context.hpp"

namespace showfloor::ui {

enum class KeyAction { kLetter, kShift, kBackspace, kPage, kLanguage, kSpace, kDone };

struct KeyCap {
    KeyAction action = KeyAction::kLetter;
    std::string_view letters;  // what a letter key types
    float width = 1;           // in letter keys
};
using KeyRow = std::vector<KeyCap>;
using KeyLayout = std::vector<KeyRow>;

// The rows for a kind of field. `symbols` is the second page of the letters. A language without
// letters of its own here types with the English ones (Swahili does).
KeyLayout key_layout(std::string_view language, FieldKind kind, bool symbols);
// Those with letters of their own, in the order of the language key.
std::vector<std::string_view> keyboard_languages();
// What a letter offers when it is held: "e" -> "éèêëę". One code point each; empty for most.
std::string_view letters_when_held(std::string_view letter);

class Keyboard {
   public:
    // Draws it when a field is edited. Returns how far the screen has to move up (dp), now and when
    // all motion has come to rest, so that the field is never covered.
    float draw(Context& ui, Point screen_size, float shift_now);

    // A row of its kinds of keys, with nobody's field: for the pictures of the toolkit.
    void show_keys(Context& ui, Area area, bool shift);

    // The next visitor begins with the page's own language.
    void forget() { *this = {}; }

    // Height of the panel with this layout.
    static float height(const KeyLayout& layout, Point screen_size);

   private:
    void draw_key(Context& ui, Rect rect, const KeyCap& cap, const EditedField& field);
    void act(Context& ui, const KeyCap& cap);
    void type(Context& ui, std::string_view letters);
    void begin(Context& ui);
    void next_language();
    void draw_held(Context& ui, Rect panel);

    bool shift_ = false, symbols_ = false;
    std::string locale_, language_;  // of the page; of the keys, which may be another
    std::string held_;               // the letter whose others are offered
    Rect held_rect_;
    std::string field_id_;
    EditedField field_;  // the last one edited, kept while the panel slides away
};

}  // namespace showfloor::ui
