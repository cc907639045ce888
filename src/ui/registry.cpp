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

void Registry::add_text(std::string words, bool cut) {
    words = text::without_isolates(std::move(words));
    if (cut && next_.cut.size() < kMaxTexts) next_.cut.push_back(words);
    if (next_.texts.size() < kMaxTexts) next_.texts.push_back(std::move(words));
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
