#include "ui/keyboard.hpp"

#include <algorithm>

#include "text/utf8.hpp"
#include "ui/icons.hpp"
#include "ui/widgets.hpp"

namespace showfloor::ui {

namespace {

constexpr float kKeyHeight = 74, kGap = 10, kPadding = 26, kWidestKey = 92;
// What stays free between the field and the panel.
constexpr float kClearance = 16;

// Capitals of Latin letters; what has none stays.
std::string upper(std::string_view letters) {
    std::string out;
    for (std::size_t at = 0; at < letters.size();) {
        char32_t c = text::next_code_point(letters, at);
        const bool latin1 = c >= 0xE0 && c <= 0xFE && c != 0xF7;
        if ((c >= U'a' && c <= U'z') || latin1)
            c -= 32;
        else if (c == 0xFF)
            c = 0x178;
        else if (c >= 0x100 && c <= 0x137 && c % 2 == 1)
            --c;
        else if (c >= 0x139 && c <= 0x148 && c % 2 == 0)
            --c;
        else if (c >= 0x14A && c <= 0x177 && c % 2 == 1)
            --c;
        else if (c >= 0x179 && c <= 0x17E && c % 2 == 0)
            --c;
        text::append_utf8(out, c);
    }
    return out;
}

bool is_soft(KeyAction action) {
    return action == KeyAction::kShift || action == KeyAction::kBackspace ||
           action == KeyAction::kPage || action == KeyAction::kLanguage;
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
        case KeyAction::kLanguage:
            return "key:language";
        case KeyAction::kSpace:
            return "key:space";
        case KeyAction::kDone:
            return "key:done";
    }
    return {};
}

}  // namespace

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
        if (field_.id != field_id_) begin(ui);
    } else {
        field_id_.clear();
    }
    const float risen = ui.animate("keyboard", wanted ? 1.0F : 0.0F, 0.0F);
    if (risen <= 0 && !wanted) return 0;

    // A sum is written as the page writes it, whatever letters were chosen.
    const bool money = field_.kind == FieldKind::kMoney;
    const KeyLayout layout =
        key_layout(money ? ui.locale().code : language_, field_.kind, symbols_);
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
    if (wanted) draw_held(ui, panel);
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
            if (shift_) face = upper(face);
            if (text::count_code_points(face) > 1) style = ui.text(Style::kBodyLarge);
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
        case KeyAction::kLanguage:
            sign = icons::kLanguage, face = ui.tr("ui.keyboard.language");
            break;
        case KeyAction::kSpace:
            style = ui.text(Style::kBodyLarge), words = c.quiet;
            break;
        case KeyAction::kDone:
            face = field.done_label.empty() ? ui.tr("ui.keyboard.done") : field.done_label;
            style = ui.text(Style::kLabel), ground = c.accent, words = c.on_accent;
            break;
    }
    Item item;
    item.id = key_id(cap);
    item.label = face;
    item.rect = rect;
    item.drag = Drag::kAny;  // a finger that types fast slides; the key still counts
    if (cap.action == KeyAction::kShift && shift_) item.state = ui.tr("ui.on");
    const Touch touch = ui.touch(std::move(item));
    const bool slid = touch.released && rect.inflated(16).contains(touch.finger);
    if (touch.tapped || slid) {
        held_.clear();
        act(ui, cap);
    }
    if (cap.action == KeyAction::kLetter && !letters_when_held(cap.letters).empty() &&
        ui.long_pressed(key_id(cap))) {
        held_ = cap.letters;
        held_rect_ = rect;
    }
    const float radius = ui.theme().radius_control;
    if (touch.pressed) ground = ground.towards(c.ink, 0.18F);
    // A thin edge below makes a key of a rectangle.
    paint.fill(rect.moved(0, 1.5F), c.key_soft.towards(c.ink, 0.08F), radius);
    paint.fill(rect, ground, radius);
    if (c.shadow.a == 0) paint.outline(rect, c.outline, 1.5F, radius);
    if (sign != icons::kNone) {
        paint.icon(rect.centre(), sign, 30, words);
    } else {
        // A long word is set smaller before it touches the edges.
        const float room = rect.w - 2 * space::k12;
        if (const float wide = paint.measure(face, style); wide > room)
            style.size *= std::max(0.6F, room / wide);
        paint.text(rect.inflated(-4), face, style, words, Align::kCentre);
    }
    focus_ring(ui, touch, rect.inflated(-3), radius - 3);
}

void Keyboard::show_keys(Context& ui, Area area, bool shift) {
    shift_ = shift;
    const KeyRow row = {{KeyAction::kLetter, "a", 1},
                        {KeyAction::kShift, {}, 1},
                        {KeyAction::kBackspace, {}, 1},
                        {KeyAction::kDone, {}, 2}};
    const float gap = kGap / 2;
    const float width = (area.width() - gap * static_cast<float>(row.size() - 1)) / units(row);
    float x = area.rect.x;
    for (const KeyCap& cap : row) {
        draw_key(ui, {x, area.rect.y, cap.width * width, area.height()}, cap, {});
        x += cap.width * width + gap;
    }
}

void Keyboard::begin(Context& ui) {
    field_id_ = field_.id;
    shift_ = symbols_ = false;
    held_.clear();
    if (locale_ == ui.locale().code) return;
    // Another page's language begins with its own keys.
    locale_ = ui.locale().code;
    language_ = locale_;
}

void Keyboard::next_language() {
    const std::vector<std::string_view> all = keyboard_languages();
    const auto now = std::find(all.begin(), all.end(), language_);
    // From a language that borrows the English keys on to the next that does not.
    const auto place =
        now == all.end() ? std::size_t{1} : static_cast<std::size_t>(now - all.begin()) + 1;
    language_ = all[place % all.size()];
    symbols_ = shift_ = false;
    held_.clear();
}

void Keyboard::type(Context& ui, std::string_view letters) {
    const std::string typed = shift_ ? upper(letters) : std::string(letters);
    for (std::size_t at = 0; at < typed.size();)
        ui.interaction().type(text::next_code_point(typed, at));
    shift_ = false;
}

// What else a held letter can be, over its key; the first touch elsewhere puts it away.
void Keyboard::draw_held(Context& ui, Rect panel) {
    if (held_.empty()) return;
    const Colors& c = ui.color();
    Painter& paint = ui.painter();
    const std::string_view others = letters_when_held(held_);
    const auto count = static_cast<float>(text::count_code_points(others));
    constexpr float kWide = 68, kHigh = 76;
    const float width = count * kWide + 16;
    const float x = std::clamp(held_rect_.centre().x - width / 2, panel.x + 8,
                               std::max(panel.x + 8, panel.right() - width - 8));
    const Rect bubble{x, held_rect_.y - kHigh - 12, width, kHigh};
    paint.shadow(bubble, 20, c.shadow);
    paint.fill(bubble, c.card, 16);
    paint.outline(bubble, c.outline, 1, 16);
    Rect key{bubble.x + 8, bubble.y + 8, kWide, kHigh - 16};
    TextStyle style = ui.text(Style::kTitle);
    style.weight = Weight::kMedium;
    bool chosen = false;
    for (std::size_t at = 0; at < others.size(); key.x += kWide) {
        const std::size_t end = text::next_boundary(others, at);
        const std::string_view letter = others.substr(at, end - at);
        const std::string face = shift_ ? upper(letter) : std::string(letter);
        const Touch touch = ui.touch("key:" + std::string(letter), face, key);
        if (touch.pressed) paint.fill(key, c.accent_soft, 10);
        paint.text(key, face, style, c.ink, Align::kCentre);
        focus_ring(ui, touch, key.inflated(-4), 8);
        if (touch.tapped) type(ui, letter), chosen = true;
        at = end;
    }
    if (chosen) held_.clear(), ui.draw_again();
}

void Keyboard::act(Context& ui, const KeyCap& cap) {
    Interaction& interaction = ui.interaction();
    switch (cap.action) {
        case KeyAction::kLetter:
            type(ui, cap.letters);
            break;
        case KeyAction::kLanguage:
            next_language();
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
