// Keys, letters and a scanner's codes: what they do, and where the focus goes.

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/interaction.hpp"
#include "ui/limits.hpp"

namespace showfloor::ui {

namespace {

// A scanner types a letter every few milliseconds; nobody types four at this pace.
constexpr std::int64_t kScannerGapMs = 40;
constexpr std::size_t kLeastScan = 4;

bool is_arrow(Key key) {
    return key == Key::kUp || key == Key::kDown || key == Key::kLeft || key == Key::kRight;
}

// How far `to` is from `from` in the direction of the arrow; what lies straight ahead is nearest.
// Negative when it is not that way at all. Sideways whatever stands in the same row comes before
// all else: a bar's other end is not lost behind the page below it.
float way(const Rect& from, const Rect& to, Key arrow) {
    const bool across = arrow == Key::kLeft || arrow == Key::kRight;
    const float sign = arrow == Key::kRight || arrow == Key::kDown ? 1.0F : -1.0F;
    const Point a = from.centre(), b = to.centre();
    const float ahead = sign * (across ? b.x - a.x : b.y - a.y);
    if (ahead < 2) return -1;
    const float low = across ? std::max(from.y, to.y) : std::max(from.x, to.x);
    const float high =
        across ? std::min(from.bottom(), to.bottom()) : std::min(from.right(), to.right());
    const float aside = std::max(0.0F, low - high);
    const float off_centre = std::abs(across ? b.y - a.y : b.x - a.x);
    constexpr float kOtherRow = 100'000;
    return ahead + 3 * aside + 0.2F * off_centre + (across && aside > 0 ? kOtherRow : 0);
}

}  // namespace

// Letters that come faster than fingers are a scanner's; it ends with Enter.
bool Interaction::end_of_scan(std::int64_t time_ms) {
    const bool read =
        editing_.empty() && scan_.size() >= kLeastScan && time_ms - scan_ms_ <= kScannerGapMs;
    if (read) scanned_ = scan_;
    scan_.clear();
    return read;
}

bool Interaction::letter(const Event& event, const Registry& shown) {
    const char32_t c = event.letter;
    if (!editing_.empty() || event.time_ms - scan_ms_ > kScannerGapMs) scan_.clear();
    // Within a code a space presses nothing; by itself it is a hand's.
    const bool within_code = !scan_.empty();
    if (editing_.empty() && c >= (within_code ? U' ' : U'!') && c < 0x7F &&
        scan_.size() < kMaxFieldBytes)
        scan_.push_back(static_cast<char>(c));
    scan_ms_ = event.time_ms;
    if (!editing_.empty()) {
        edits_.emplace_back(c);
        return false;
    }
    const Item* item = focused_item(shown);
    if (c != U' ' || item == nullptr || within_code) {
        loose_.push_back(c);
        return false;
    }
    by_keys_ = true;
    tap(*item);
    return true;
}

bool Interaction::key(Key k, const Registry& shown) {
    if (k == Key::kSayAgain) {
        say_again_ = true;
        return true;
    }
    const Item* item = focused_item(shown);
    const bool in_field = !editing_.empty() && focused_ == editing_;
    const bool sideways = k == Key::kLeft || k == Key::kRight;
    const bool walks = k == Key::kTab || k == Key::kBackTab || is_arrow(k);
    if (in_field && (!walks || sideways)) {
        if (k == Key::kEscape) {
            stop_editing();
            return true;
        }
        edits_.emplace_back(k);
        return k == Key::kEnter;
    }
    by_keys_ = true;
    if (sideways && item != nullptr && item->adjustable) {
        nudged_ = item->id;
        nudge_ = (k == Key::kRight) != mirrored_ ? 1 : -1;
    } else if (k == Key::kEscape) {
        back_ = true;
    } else if (k == Key::kEnter) {
        if (item != nullptr) tap(*item);
    } else if (k == Key::kTab || k == Key::kBackTab) {
        walk(k == Key::kTab ? 1 : -1, shown);
    } else if (is_arrow(k)) {
        step_towards(k, shown);
    } else if (!editing_.empty()) {
        edits_.emplace_back(k);
    }
    return true;
}

const Item* Interaction::focused_item(const Registry& shown) const {
    const Item* item = focused_.empty() ? nullptr : shown.find(focused_);
    return item != nullptr && shown.keys_reach(*item) ? item : nullptr;
}

void Interaction::walk(int steps, const Registry& shown) {
    std::vector<const Item*> order;
    std::size_t current = 0;
    bool found = false;
    for (const Item& item : shown.items()) {
        if (!shown.keys_reach(item)) continue;
        // Keys of the on-screen keyboard are reached by arrows; Tab goes on through the page.
        if (item.layer == Layer::kKeyboard) continue;
        if (item.id == focused_) current = order.size(), found = true;
        order.push_back(&item);
    }
    if (order.empty()) return;
    const std::size_t n = order.size();
    std::size_t next = steps > 0 ? 0 : n - 1;
    if (found) next = (current + (steps > 0 ? 1 : n - 1)) % n;
    move_focus_to(*order[next], shown);
}

const Item* Interaction::next_stop(const Registry& shown, const Item* from, Key arrow) {
    const Item* best = nullptr;
    float shortest = std::numeric_limits<float>::max();
    for (const Item& item : shown.items()) {
        if (!shown.keys_reach(item) || &item == from) continue;
        const bool covered = item.scroll_id.empty() && shown.hit(item.rect.centre()) == nullptr;
        if (covered && item.layer == Layer::kScreen) continue;
        if (from == nullptr) return &item;
        // A row of the keyboard leads along its keys, not to what lies behind it.
        const bool across = arrow == Key::kLeft || arrow == Key::kRight;
        if (across && item.layer != from->layer) continue;
        const float distance = way(from->rect, item.rect, arrow);
        if (distance >= 0 && distance < shortest) shortest = distance, best = &item;
    }
    return best;
}

void Interaction::step_towards(Key arrow, const Registry& shown) {
    const Item* next = next_stop(shown, focused_item(shown), arrow);
    if (next != nullptr) move_focus_to(*next, shown);
}

void Interaction::move_focus_to(const Item& item, const Registry& shown) {
    focused_ = item.id;
    if (item.field) {
        edit(item.id);
    } else if (!item.keeps_editing) {
        stop_editing();
    }
    if (item.scroll_id.empty()) return;
    for (const ScrollPlace& place : shown.scrolls()) {
        if (place.id != item.scroll_id) continue;
        Scroll& scroll = scrolls_[place.id];
        constexpr float kMargin = 24;
        float before = place.view.y - (item.rect.y - kMargin);
        float behind = item.rect.bottom() + kMargin - place.view.bottom();
        if (place.horizontal) {
            before = place.view.x - (item.rect.x - kMargin);
            behind = item.rect.right() + kMargin - place.view.right();
            if (mirrored_) std::swap(before, behind);
        }
        scroll.velocity = 0;
        const double by = static_cast<double>(before > 0 ? -before : std::max(0.0F, behind));
        scroll.offset = std::clamp(scroll.offset + by, 0.0, scroll.furthest());
    }
}

}  // namespace showfloor::ui
