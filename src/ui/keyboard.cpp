#include "ui/keyboard.hpp"

#include "text/utf8.hpp"
#include "ui/icons.hpp"
#include "ui/widgets.hpp"

namespace showfloor::ui {

namespace {

constexpr float kKeyHeight = 74, kGap = 10, kPadding = 26, kWidestKey = 92;
// What stays free between the field and the panel.
constexpr float kClearance = 16;

KeyRow letters(std::initializer_list<std::string_view> keys) {
    KeyRow row;
    for (const std::string_view key : keys)
        row.push_back({KeyAction::kLetter, key, 1});
    return row;
}

KeyLayout digit_pad(std::string_view left_of_zero) {
    KeyLayout rows = {letters({"1", "2", "3"}), letters({"4", "5", "6"}), letters({"7", "8", "9"})};
    KeyRow last;
    if (!left_of_zero.empty()) last.push_back({KeyAction::kLetter, left_of_zero, 1});
    last.push_back({KeyAction::kLetter, "0", left_of_zero.empty() ? 2.0F : 1.0F});
    last.push_back({KeyAction::kBackspace, "", 1});
    rows.push_back(last);
    for (KeyRow& row : rows)
        for (KeyCap& cap : row)
            cap.width *= 1.6F;
    rows.push_back({{KeyAction::kDone, "", 5.0F}});
    return rows;
}

KeyRow bottom_row(FieldKind kind) {
    if (kind == FieldKind::kEmail)
        return {{KeyAction::kPage, "", 1.6F},  {KeyAction::kLetter, "@", 1},
                {KeyAction::kSpace, "", 2.4F}, {KeyAction::kLetter, "_", 1},
                {KeyAction::kLetter, ".", 1},  {KeyAction::kLetter, ".com", 1.4F},
                {KeyAction::kDone, "", 2}};
    return {{KeyAction::kPage, "", 1.6F},
            {KeyAction::kLetter, "@", 1},
            {KeyAction::kSpace, "", 4.8F},
            {KeyAction::kLetter, ".", 1},
            {KeyAction::kDone, "", 2}};
}

KeyLayout english_letters() {
    KeyRow third = letters({"z", "x", "c", "v", "b", "n", "m"});
    third.insert(third.begin(), {KeyAction::kShift, "", 1.25F});
    third.push_back({KeyAction::kBackspace, "", 1.25F});
    return {letters({"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"}),
            letters({"q", "w", "e", "r", "t", "y", "u", "i", "o", "p"}),
            letters({"a", "s", "d", "f", "g", "h", "j", "k", "l"}), third};
}

KeyLayout symbol_rows() {
    KeyRow third = letters({"-", "_", "=", ",", ";", ":", "'", "\""});
    third.push_back({KeyAction::kBackspace, "", 1.6F});
    return {letters({"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"}),
            letters({"!", "@", "#", "$", "%", "^", "&", "*", "(", ")"}),
            letters({"+", "/", "\\", "|", "<", ">", "[", "]", "?"}), third};
}

// The letters a language types with; one line more for each language that gets its own.
KeyLayout letters_of(std::string_view) {
    return english_letters();
}

bool is_soft(KeyAction action) {
    return action == KeyAction::kShift || action == KeyAction::kBackspace ||
           action == KeyAction::kPage;
}

float units(const KeyRow& row) {
    float sum = 0;
    for (const KeyCap& cap : row)
        sum += cap.width;
    return sum;
}

// "key:a"; the special keys by their name.
std::string key_id(const KeyCap& cap) {
    switch (cap.action) {
        case KeyAction::kLetter:
            return "key:" + std::string(cap.letters);
        case KeyAction::kShift:
            return "key:shift";
        case KeyAction::kBackspace:
            return "key:backspace";
        case KeyAction::kPage:
            return "key:page";
        case KeyAction::kSpace:
            return "key:space";
        case KeyAction::kDone:
            return "key:done";
    }
    return {};
}

}  // namespace

KeyLayout key_layout(std::string_view locale, FieldKind kind, bool symbols) {
    switch (kind) {
        case FieldKind::kNumber:
        case FieldKind::kPin:
            return digit_pad("");
        case FieldKind::kMoney:
            return digit_pad(".");
        case FieldKind::kPhone:
            return digit_pad("+");
        default:
            break;
    }
    KeyLayout rows = symbols ? symbol_rows() : letters_of(locale);
    rows.push_back(bottom_row(kind));
    return rows;
}

float Keyboard::height(const KeyLayout& layout, Point screen_size) {
    // On a low screen the keys give way before the field does, down to the least a finger hits.
    const auto rows = static_cast<float>(layout.size());
    const float wanted = rows * kKeyHeight + (rows - 1) * kGap + 2 * kPadding;
    const float least = rows * kTouchSize + (rows - 1) * kTouchGap + 2 * kTouchGap;
    return std::max(least, std::min(wanted, screen_size.y * 0.46F));
}

float Keyboard::draw(Context& ui, Point size, float shift_now) {
    const bool wanted = ui.edited().has_value();
    if (wanted) {
        field_ = *ui.edited();
        if (field_.id != field_id_) {
            field_id_ = field_.id;
            shift_ = symbols_ = false;
        }
    } else {
        field_id_.clear();
    }
    const float risen = ui.animate("keyboard", wanted ? 1.0F : 0.0F, 0.0F);
    if (risen <= 0 && !wanted) return 0;

    const KeyLayout layout = key_layout(ui.locale().code, field_.kind, symbols_);
    const float panel_height = height(layout, size);
    Painter& paint = ui.painter();
    paint.push_layer(Layer::kKeyboard);
    const Rect panel{0, size.y - panel_height * risen, size.x, panel_height};
    paint.fill(panel, ui.color().keyboard);
    paint.line({0, panel.y}, {size.x, panel.y}, ui.color().line, 1.5F);
    if (wanted) ui.registry().block(Layer::kKeyboard, panel, false);

    const auto rows = static_cast<float>(layout.size());
    float widest = 10;
    for (const KeyRow& row : layout)
        widest = std::max(widest, units(row));
    const float padding = std::min(kPadding, panel_height * 0.056F);
    const float gap = std::min(kGap, panel_height * 0.022F);
    const float key_height = (panel_height - 2 * padding - (rows - 1) * gap) / rows;
    const float key_width = std::min(kWidestKey, (size.x - 2 * padding) / widest - gap);
    float y = panel.y + padding;
    for (const KeyRow& row : layout) {
        // The panel reads left to right in every language, as its letters do.
        const auto count = static_cast<float>(row.size());
        const float row_width = units(row) * key_width + (count - 1) * gap;
        float x = (size.x - row_width) / 2;
        for (const KeyCap& cap : row) {
            const float width = cap.width * key_width;
            draw_key(ui, {x, y, width, key_height}, cap, field_);
            x += width + gap;
        }
        y += key_height + gap;
    }
    paint.pop_layer();
    // The field as it would stand unmoved, against the panel at rest; on the way there both go
    // together, so that it is not covered in between either.
    const float unmoved = field_.rect.bottom() + shift_now;
    return std::max(0.0F, unmoved + kClearance - (size.y - panel_height)) * risen;
}

void Keyboard::draw_key(Context& ui, Rect rect, const KeyCap& cap, const EditedField& field) {
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    std::string face(cap.letters);
    char32_t sign = icons::kNone;
    TextStyle style = ui.text(Style::kTitle);
    style.weight = Weight::kMedium;
    style.spacing = 0;
    Color ground = is_soft(cap.action) ? c.key_soft : c.key, words = c.ink;
    switch (cap.action) {
        case KeyAction::kLetter:
            if (shift_ && face.size() == 1 && face[0] >= 'a' && face[0] <= 'z')
                face[0] = static_cast<char>(face[0] - 'a' + 'A');
            if (face.size() > 1) style = ui.text(Style::kBodyLarge);
            break;
        case KeyAction::kShift:
            sign = icons::kArrowUpward, face = ui.tr("ui.keyboard.shift");
            if (shift_) ground = c.inverse, words = c.on_inverse;
            break;
        case KeyAction::kBackspace:
            sign = icons::kBackspace, face = ui.tr("ui.keyboard.backspace");
            break;
        case KeyAction::kPage:
            face = ui.tr(symbols_ ? "ui.keyboard.letters" : "ui.keyboard.symbols");
            style = ui.text(Style::kBodyLarge);
            break;
        case KeyAction::kSpace:
            face = ui.tr("ui.keyboard.space"), style = ui.text(Style::kBodyLarge), words = c.quiet;
            break;
        case KeyAction::kDone:
            face = field.done_label.empty() ? ui.tr("ui.keyboard.done") : field.done_label;
            style = ui.text(Style::kLabel), ground = c.accent, words = c.on_accent;
            break;
    }
    const Touch touch = ui.touch(key_id(cap), face, rect);
    if (touch.tapped) act(ui, cap);
    const float radius = ui.theme().radius_control;
    if (touch.pressed) ground = ground.towards(c.ink, 0.18F);
    // A thin edge below makes a key of a rectangle.
    paint.fill(rect.moved(0, 1.5F), c.key_soft.towards(c.ink, 0.08F), radius);
    paint.fill(rect, ground, radius);
    if (sign != icons::kNone) {
        paint.icon(rect.centre(), sign, 30, words);
    } else {
        paint.text(rect.inflated(-4), face, style, words, Align::kCentre);
    }
    focus_ring(ui, touch, rect.inflated(-3), radius - 3);
}

void Keyboard::act(Context& ui, const KeyCap& cap) {
    Interaction& interaction = ui.interaction();
    switch (cap.action) {
        case KeyAction::kLetter:
            for (std::size_t at = 0; at < cap.letters.size();) {
                char32_t letter = text::next_code_point(cap.letters, at);
                if (shift_ && letter >= U'a' && letter <= U'z') letter -= 32;
                interaction.type(letter);
            }
            shift_ = false;
            break;
        case KeyAction::kSpace:
            interaction.type(U' ');
            break;
        case KeyAction::kBackspace:
            interaction.type(Key::kBackspace);
            break;
        case KeyAction::kShift:
            shift_ = !shift_;
            break;
        case KeyAction::kPage:
            symbols_ = !symbols_;
            break;
        case KeyAction::kDone:
            interaction.type_done();
            break;
    }
    ui.draw_again();
}

}  // namespace showfloor::ui
