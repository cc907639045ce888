// Text fields: one line of text with a caret, a keyboard to match, and its label, hint and error.

#include "text/bidi.hpp"
#include "text/format.hpp"
#include "text/utf8.hpp"
#include "ui/limits.hpp"
#include "ui/widgets.hpp"

namespace showfloor::ui {

namespace {

constexpr float kCaptionHeight = 32;
constexpr float kBoxHeight = 72, kNoteHeight = 34, kInset = 22;

bool masked(const Field& spec) {
    return spec.kind == FieldKind::kPassword || spec.kind == FieldKind::kPin;
}

bool accepts(const Field& spec, std::string_view value, char32_t c) {
    const bool digit = c >= U'0' && c <= U'9';
    if (c < 0x20 || c == 0x7F) return false;
    switch (spec.kind) {
        case FieldKind::kNumber:
        case FieldKind::kPin:
            return digit;
        case FieldKind::kMoney:
            return digit || (c == U'.' && value.find('.') == std::string::npos);
        case FieldKind::kDate:
            return digit || c == U'/' || c == U'-' || c == U'.';
        case FieldKind::kPhone:
            return digit || c == U' ' || c == U'+' || c == U'-';
        case FieldKind::kEmail:
            return c != U' ';
        default:
            return true;
    }
}

// 170000.5 -> 170,000.5: digits in groups, what follows the point as typed.
std::string grouped_money(const text::Locale& locale, std::string_view value) {
    const auto point = value.find('.');
    const std::string whole(value.substr(0, point));
    std::string out;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (i != 0 && (whole.size() - i) % 3 == 0) out += locale.group;
        out.push_back(whole[i]);
    }
    if (point == std::string_view::npos) return out;
    return out + std::string(locale.decimal) + std::string(value.substr(point + 1));
}

std::string shown_text(const Context& ui, const Field& spec, std::string_view value, bool reveal) {
    if (masked(spec) && !reveal) {
        std::string bullets;
        for (std::size_t i = 0; i < text::count_code_points(value); ++i)
            bullets += "•";
        return bullets;
    }
    if (spec.kind != FieldKind::kMoney) return std::string(value);
    const std::string figure = grouped_money(ui.locale(), value);
    return spec.currency.empty() ? figure : text::with_currency(ui.locale(), figure, spec.currency);
}

// What stands before the caret: of money, without the currency that may follow the figure.
std::string shown_before(const Context& ui, const Field& spec, std::string_view head, bool reveal) {
    if (spec.kind == FieldKind::kMoney && !ui.locale().currency_first)
        return grouped_money(ui.locale(), head);
    return shown_text(ui, spec, head, reveal);
}

// Applies what was typed; says whether the text changed and whether Enter was among it.
FieldResult apply_edits(Context& ui, const Field& spec, std::string& value) {
    FieldResult result;
    std::size_t& caret = ui.edit_state().caret;
    for (const Edit& edit : ui.interaction().edits()) {
        if (const auto* letter = std::get_if<char32_t>(&edit)) {
            const char32_t c = spec.kind == FieldKind::kMoney && *letter == U',' ? U'.' : *letter;
            if (!accepts(spec, value, c)) continue;
            std::string bytes;
            text::append_utf8(bytes, c);
            if (value.size() + bytes.size() > std::min(spec.max_bytes, kMaxFieldBytes)) continue;
            value.insert(caret, bytes);
            caret += bytes.size();
            result.changed = true;
            continue;
        }
        const Key key = std::get<Key>(edit);
        const bool mirrored = ui.mirrored() && spec.kind == FieldKind::kText;
        const std::size_t before = text::previous_boundary(value, caret);
        const std::size_t behind = text::next_boundary(value, caret);
        if (key == Key::kEnter) result.submitted = true;
        if (key == Key::kLeft) caret = mirrored ? behind : before;
        if (key == Key::kRight) caret = mirrored ? before : behind;
        if (key == Key::kHome) caret = 0;
        if (key == Key::kEnd) caret = value.size();
        if (key == Key::kBackspace && caret > 0) {
            value.erase(before, caret - before);
            caret = before;
            result.changed = true;
        }
        if (key == Key::kDelete && caret < value.size()) {
            value.erase(caret, behind - caret);
            result.changed = true;
        }
    }
    return result;
}

// The caret's place for a finger at `x` dp from the start of the text.
std::size_t caret_at(Context& ui, const Field& spec, std::string_view value, float x,
                     const TextStyle& style) {
    if (spec.kind == FieldKind::kMoney) return value.size();
    std::size_t best = 0;
    float nearest = std::abs(x);
    for (std::size_t at = 0; at < value.size();) {
        at = text::next_boundary(value, at);
        const std::string head =
            shown_before(ui, spec, value.substr(0, at), ui.edit_state().reveal);
        const float distance = std::abs(ui.painter().measure(head, style) - x);
        if (distance < nearest) nearest = distance, best = at;
    }
    return best;
}

// What is said of a field besides its name; never what is in a masked one.
std::string_view name_of(const Field& spec) {
    if (!spec.label.empty()) return spec.label;
    return spec.spoken.empty() ? spec.placeholder : spec.spoken;
}

std::string state_of(const Field& spec, const std::string& value) {
    std::string state = masked(spec) ? std::string() : value;
    const std::string_view note = spec.error.empty() ? spec.hint : spec.error;
    if (!note.empty()) state += (state.empty() ? "" : ". ") + std::string(note);
    return state;
}

float note_height(const Field& spec) {
    if (spec.hint.empty() && spec.error.empty()) return 0;
    return kNoteHeight * static_cast<float>(spec.error.empty() ? spec.hint_lines : spec.note_lines);
}

void draw_note(Context& ui, Area area, const Field& spec) {
    if (!spec.error.empty()) {
        area.skip(4);
        note(ui, area, spec.error, Tone::kDanger, static_cast<std::size_t>(spec.note_lines));
    } else if (spec.hint_lines == 1) {
        label(ui, area, spec.hint, Style::kSmall, Ink::kQuiet);
    } else {
        area.skip(4);
        paragraph(ui, area, spec.hint, Style::kSmall, Ink::kQuiet, Align::kStart,
                  static_cast<std::size_t>(spec.hint_lines));
    }
}

void draw_box(Context& ui, Rect box, const Field& spec, bool editing) {
    const Colors& c = ui.color();
    const float radius =
        spec.kind == FieldKind::kSearch ? box.h / 2 : ui.theme().radius_control + 4;
    ui.painter().fill(box, spec.enabled ? c.card : c.sunken, radius);
    if (!spec.error.empty()) {
        ui.painter().outline(box, c.danger, 2.5F, radius);
    } else if (editing) {
        ui.painter().outline(box, c.accent, 2.5F, radius);
    } else if (spec.enabled) {
        ui.painter().outline(box, c.outline, 1.5F, radius);
    }
}

void draw_caret(Context& ui, float x, const Area& line, const TextStyle& style) {
    const float height = style.size * 1.5F;
    ui.painter().fill({x, line.rect.centre().y - height / 2, 2, height}, ui.color().accent);
}

// The currency alone, quietly: nothing was typed yet. Figures are written from left to right also
// where the page is not, so the caret stands on the side where they will come.
void draw_empty_money(Context& ui, Area line, const Field& spec, bool editing,
                      const TextStyle& style) {
    constexpr float kGap = 8;
    const float width = ui.painter().measure(spec.currency, style) + 2;
    const bool first = ui.locale().currency_first;
    const float all = width + kGap;
    const float left = line.mirrored() ? line.rect.right() - all : line.rect.x;
    ui.painter().text({first ? left : left + kGap, line.rect.y, width, line.rect.h}, spec.currency,
                      style, ui.color().quiet);
    if (editing) draw_caret(ui, first ? left + all - 2 : left + 2, line, style);
}

// Where a long text goes on beyond the box it fades, as a page does, and is not chopped.
void soften_ends(Context& ui, Rect view, Rect text) {
    constexpr int kSteps = 8;
    constexpr float kStep = 4;
    const Color ground = ui.color().card;
    const bool left = text.x<view.x - 1, right = text.right()> view.right() + 1;
    for (int i = 0; i < kSteps; ++i) {
        const auto in = static_cast<float>(i) * kStep;
        const Color part = ground.faded(1 - static_cast<float>(i) / kSteps);
        if (left) ui.painter().fill({view.x + in, view.y, kStep, view.h}, part);
        if (right) ui.painter().fill({view.right() - in - kStep, view.y, kStep, view.h}, part);
    }
}

// The text with its caret inside `line`, moved along when it is longer than the room.
void draw_text(Context& ui, Area line, const Field& spec, const std::string& value, bool editing,
               const TextStyle& style) {
    Painter& paint = ui.painter();
    const EditState& state = ui.edit_state();
    const bool reveal = editing && state.reveal;
    const std::string shown = shown_text(ui, spec, value, reveal);
    if (value.empty() && !spec.currency.empty())
        return draw_empty_money(ui, line, spec, editing, style);
    if (shown.empty() && !editing) {
        label_fitted(ui, line, spec.placeholder, Style::kBodyLarge, Ink::kQuiet, 0.7F);
        return;
    }
    if (!editing) {
        paint.text(line.rect, shown, style, spec.enabled ? ui.color().ink : ui.color().quiet);
        return;
    }
    const std::size_t caret = std::min(state.caret, value.size());
    const std::string head =
        shown_before(ui, spec, std::string_view(value).substr(0, caret), reveal);
    const float caret_x = paint.measure(head, style);
    const float hidden = std::max(0.0F, caret_x - (line.width() - 6));
    paint.push_clip(line.rect.inflated(4));
    const float width = std::max(line.width(), paint.measure(shown, style) + 2);
    Rect text = line.rect;
    text.w = width;
    text.x = line.mirrored() ? line.rect.right() - width + hidden : line.rect.x - hidden;
    paint.text(text, shown, style, ui.color().ink);
    soften_ends(ui, line.rect.inflated(4), text);
    // Latin text reads from its left side even where the page reads from the right.
    float x = line.rect.x + caret_x - hidden + 2;
    if (line.mirrored())
        x = text::needs_shaping(shown)
                ? line.rect.right() + hidden - caret_x - 4
                : line.rect.right() + hidden - paint.measure(shown, style) + caret_x;
    draw_caret(ui, x, line, style);
    paint.pop_clip();
}

}  // namespace

void caption(Context& ui, Area& area, std::string_view words) {
    const Area above = area.cut_top(kCaptionHeight);
    label_fitted(ui, above.with({above.rect.x, above.rect.y - 2, above.rect.w, above.rect.h - 4}),
                 words, Style::kSmall, Ink::kQuiet);
}

float field_height(const Field& spec) {
    return (spec.label.empty() ? 0 : kCaptionHeight) + kBoxHeight + note_height(spec);
}

void focus_field(Context& ui, std::string_view id) {
    ui.interaction().edit("field:" + std::string(id));
    ui.draw_again();
}

FieldResult text_field(Context& ui, Area area, const Field& spec, std::string& value) {
    const std::string id = "field:" + std::string(spec.id);
    const Rect whole{area.rect.x, area.rect.y, area.rect.w, field_height(spec)};
    if (!spec.label.empty()) caption(ui, area, spec.label);
    const Area box = area.cut_top(kBoxHeight);
    const Touch touch =
        ui.touch(id, std::string(name_of(spec)), box.rect, spec.enabled, state_of(spec, value));
    EditState& state = ui.edit_state();
    const bool editing = spec.enabled && ui.interaction().editing() == id;
    if (editing && state.owner != id) state = {id, value.size(), false};
    state.caret = editing ? std::min(state.caret, value.size()) : state.caret;

    FieldResult result;
    if (editing) {
        result = apply_edits(ui, spec, value);
        ui.edited_field({id, spec.kind, whole, std::string(spec.done), ui.painter().layer()});
    }
    draw_box(ui, box.rect, spec, editing || touch.focused);
    Area line = box.padded(kInset, 0);
    if (masked(spec) && editing) {
        const std::string name = ui.tr(state.reveal ? "ui.hide_password" : "ui.show_password");
        const Area eye = line.cut_end(kTouchSize, space::k8);
        if (ui.touch("reveal:" + std::string(spec.id), name, eye.rect).tapped)
            state.reveal = !state.reveal;
        icon(ui, eye, state.reveal ? icons::kVisibilityOff : icons::kVisibility, 28, Ink::kQuiet);
    }
    if (spec.kind == FieldKind::kSearch)
        icon(ui, line.cut_start(28, space::k12), icons::kSearch, 28, Ink::kQuiet);
    if (spec.kind == FieldKind::kSearch && !value.empty()) {
        const Area cross = line.cut_end(kTouchSize, space::k8);
        if (ui.touch("clear:" + std::string(spec.id), ui.tr("ui.clear"), cross.rect).tapped) {
            value.clear();
            state.caret = 0;
            result.changed = true;
            ui.draw_again();
        }
        icon(ui, cross, icons::kClose, 28, Ink::kQuiet);
    }
    TextStyle style = ui.text(Style::kBodyLarge);
    style.weight = Weight::kMedium;
    style.tabular = spec.kind == FieldKind::kMoney || spec.kind == FieldKind::kNumber;
    if (masked(spec) && !state.reveal) style.spacing = 0.3F;
    if (!spec.suffix.empty())
        label(ui, line.cut_end(text_width(ui, spec.suffix, Style::kBody), space::k12), spec.suffix,
              Style::kBody, Ink::kQuiet);
    if (touch.tapped) {
        const std::string shown = shown_text(ui, spec, value, state.reveal);
        float x = touch.finger.x - line.rect.x;
        bool beside = false;
        if (line.mirrored()) {
            const float from_end = line.rect.right() - touch.finger.x;
            const bool latin = !text::needs_shaping(shown);
            x = latin ? ui.painter().measure(shown, style) - from_end : from_end;
            // Left of Latin text, where a mirrored line goes on: its end.
            beside = latin && x < 0;
        }
        state.caret = beside ? value.size() : caret_at(ui, spec, value, x, style);
    }
    draw_text(ui, line, spec, value, editing, style);
    if (!spec.hint.empty() || !spec.error.empty())
        draw_note(ui, area.cut_top(note_height(spec)), spec);
    return result;
}

}  // namespace showfloor::ui
