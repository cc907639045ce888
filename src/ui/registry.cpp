#include "ui/registry.hpp"

#include <utility>

#include "text/bidi.hpp"
#include "ui/limits.hpp"

namespace showfloor::ui {

const Item* Registry::find(std::string_view id) const {
    for (const Item& item : shown_.items)
        if (item.id == id) return &item;
    return nullptr;
}

bool Registry::shows_text(std::string_view text) const {
    return std::find(shown_.texts.begin(), shown_.texts.end(), text) != shown_.texts.end();
}

Rect Registry::place_of_text(std::string_view text) const {
    const auto found = std::find(shown_.texts.begin(), shown_.texts.end(), text);
    if (found == shown_.texts.end()) return {};
    return shown_.text_places[static_cast<std::size_t>(found - shown_.texts.begin())].rect;
}

bool Registry::blocked(Point point, Layer layer) const {
    for (const Blocker& b : shown_.blockers)
        if (b.layer > layer && b.rect.contains(point)) return true;
    return false;
}

const Item* Registry::hit(Point point) const {
    const Item* best = nullptr;
    for (const Item& item : shown_.items) {
        if (!item.enabled || !item.visible.contains(point) || blocked(point, item.layer)) continue;
        if (best == nullptr || item.layer >= best->layer) best = &item;
    }
    return best;
}

bool Registry::keys_reach(const Item& item) const {
    if (!item.enabled || item.surface || item.layer < shown_.keys_from) return false;
    const auto place = static_cast<std::size_t>(&item - shown_.items.data());
    return item.layer > shown_.keys_from || place >= shown_.keys_from_item;
}

const ScrollPlace* Registry::scroll_at(Point point, std::optional<bool> horizontal) const {
    const ScrollPlace* best = nullptr;
    for (const ScrollPlace& place : shown_.scrolls) {
        if (horizontal && place.horizontal != *horizontal) continue;
        if (!place.view.contains(point) || blocked(point, place.layer)) continue;
        if (best == nullptr || place.layer >= best->layer) best = &place;
    }
    return best;
}

void Registry::begin_frame() {
    next_ = Shown{};
}

void Registry::add(Item item) {
    item.label = text::without_isolates(std::move(item.label));
    item.state = text::without_isolates(std::move(item.state));
    if (next_.items.size() < kMaxItems) next_.items.push_back(std::move(item));
}

void Registry::add_text(std::string words, Rect place, Layer layer, bool cut) {
    words = text::without_isolates(std::move(words));
    if (cut && next_.cut.size() < kMaxTexts) next_.cut.push_back(words);
    if (next_.texts.size() >= kMaxTexts) return;
    next_.texts.push_back(std::move(words));
    next_.text_places.push_back({place, layer});
}

float Registry::hidden_by(Rect rect) const {
    // A corner of a button is as bad as half of it; of a large card it hardly matters.
    constexpr float kText = 0.5F, kKeyboard = 10, kTouched = 0.5F, kLarge = 160, kWord = 0.15F;
    const auto part = [&](const Rect& of) {
        const Rect under = of.common(rect);
        return under.empty() ? 0.0F : under.w * under.h / (of.w * of.h);
    };
    float sum = 0;
    for (const Item& item : next_.items) {
        if (!item.enabled || item.surface || item.layer < next_.keys_from) continue;
        const float share = part(item.visible);
        sum += share > 0 && item.visible.h < kLarge ? std::max(share, kTouched) : share;
    }
    for (const TextPlace& text : next_.text_places) {
        const float share = text.layer >= next_.keys_from ? part(text.rect) : 0;
        if (share > 0) sum += std::max(kText * share, kWord);
    }
    for (const Blocker& b : next_.blockers)
        if (b.layer == Layer::kKeyboard && b.rect.overlaps(rect)) sum += kKeyboard;
    return sum;
}

void Registry::add_scroll(ScrollPlace place) {
    if (next_.scrolls.size() < kMaxItems) next_.scrolls.push_back(std::move(place));
}

void Registry::block(Layer layer, Rect rect, bool keys) {
    if (next_.blockers.size() < kMaxItems) next_.blockers.push_back({layer, rect});
    if (!keys || layer < next_.keys_from) return;
    next_.keys_from = layer;
    next_.keys_from_item = next_.items.size();
}

void Registry::end_frame() {
    shown_ = std::move(next_);
}

}  // namespace showfloor::ui
