#include "ui/interaction.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/limits.hpp"

namespace showfloor::ui {

namespace {

// A finger that moved less meant to tap: 12 dp is 3 mm on the reference screen.
constexpr float kDragSlop = 12;
// A finger may slide this far off a button and still mean it.
constexpr float kReleaseSlop = 16;
// Speed is judged over the last movement only.
constexpr std::int64_t kSpeedWindowMs = 100;
// A page touched while it runs faster than this is stopped, not tapped (dp a second).
constexpr double kStopsByTouch = 120;
constexpr double kSlowest = 12;
constexpr double kInertiaMs = 325, kSpringMs = 70;
constexpr double kEdgeStiffness = 0.55;
constexpr float kWheelStep = 120;

bool is_arrow(Key key) {
    return key == Key::kUp || key == Key::kDown || key == Key::kLeft || key == Key::kRight;
}

// How far `to` is from `from` in the direction of the arrow; what lies straight ahead is nearest.
// Negative when it is not that way at all.
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
    return ahead + 3 * aside + 0.2F * off_centre;
}

}  // namespace

double Scroll::shown() const {
    const auto band = [this](double past) {
        const double pull = past * kEdgeStiffness;
        return view <= 0 ? 0 : pull * view / (pull + view);
    };
    if (offset < 0) return -band(-offset);
    if (offset > furthest()) return furthest() + band(offset - furthest());
    return offset;
}

bool Scroll::moving() const {
    return !dragged && (velocity != 0 || offset < 0 || offset > furthest());
}

void Scroll::advance(double ms) {
    if (dragged) return;
    const double edge = std::clamp(offset, 0.0, furthest());
    const double past = offset - edge;
    if (velocity != 0) {
        offset += velocity * ms / 1000;
        // Beyond an edge the page loses its run quickly.
        velocity *= std::exp(-ms / (past == 0 ? kInertiaMs : kSpringMs));
        if (std::abs(velocity) < kSlowest) velocity = 0;
    } else if (past != 0) {
        const double rest = past * std::exp(-ms / kSpringMs);
        offset = std::abs(rest) < 0.5 ? edge : edge + rest;
    }
}

void Interaction::begin_frame(const Registry& shown, InputQueue& queue, float scale, bool mirrored,
                              std::int64_t now_ms) {
    scale_ = scale;
    mirrored_ = mirrored;
    const double passed =
        frame_ == 0 ? 0 : std::min<double>(50, static_cast<double>(now_ms - now_ms_));
    now_ms_ = now_ms;
    ++frame_;
    tapped_.clear();
    back_ = false;
    edits_ = std::move(typed_);
    typed_.clear();
    for (auto& [id, scroll] : scrolls_)
        scroll.advance(passed);
    bool acted = false;
    while (!acted) {
        const auto event = queue.pop();
        if (!event) break;
        last_event_ms_ = now_ms;
        acted = handle(*event, shown);
    }
    acted_ = acted;
    more_ = !queue.empty();
}

bool Interaction::handle(const Event& event, const Registry& shown) {
    switch (event.type) {
        case Event::Type::kPress:
            press(event, shown);
            return true;
        case Event::Type::kMove:
            move(event);
            return false;
        case Event::Type::kRelease:
            return release(event, shown);
        case Event::Type::kKey:
            return key(event.key, shown);
        case Event::Type::kLetter:
            return letter(event.letter, shown);
        case Event::Type::kWheel: {
            const ScrollPlace* place = shown.scroll_at({event.at.x / scale_, event.at.y / scale_});
            if (place == nullptr) return false;
            Scroll& scroll = scrolls_[place->id];
            scroll.velocity = 0;
            scroll.offset =
                std::clamp(scroll.offset + static_cast<double>(event.wheel * kWheelStep), 0.0,
                           scroll.furthest());
            return false;
        }
    }
    return false;
}

void Interaction::press(const Event& event, const Registry& shown) {
    by_keys_ = false;
    down_ = true;
    finger_ = pressed_point_ = {event.at.x / scale_, event.at.y / scale_};
    pressed_at_ms_ = event.time_ms;
    samples_ = {{finger_, event.time_ms}};
    const Item* item = shown.hit(finger_);
    pressed_ = item ? item->id : "";
    over_pressed_ = item != nullptr;
    drag_is_ours_ = item != nullptr && item->keeps_drag;
    dragged_scroll_.clear();
    const ScrollPlace* place = drag_is_ours_ ? nullptr : shown.scroll_at(finger_);
    if (place == nullptr) return;
    dragged_scroll_ = place->id;
    Scroll& scroll = scrolls_[place->id];
    if (std::abs(scroll.velocity) > kStopsByTouch) {
        pressed_.clear();
        over_pressed_ = false;
    }
    scroll.velocity = 0;
    scroll.offset = scroll.shown();
    offset_at_press_ = scroll.offset;
}

void Interaction::move(const Event& event) {
    finger_ = {event.at.x / scale_, event.at.y / scale_};
    if (!down_) return;
    samples_.push_back({finger_, event.time_ms});
    while (samples_.size() > 2 && event.time_ms - samples_.front().time_ms > kSpeedWindowMs)
        samples_.erase(samples_.begin());
    if (drag_is_ours_ || dragged_scroll_.empty()) return;
    Scroll& scroll = scrolls_[dragged_scroll_];
    double along = static_cast<double>(scroll.horizontal ? pressed_point_.x - finger_.x
                                                         : pressed_point_.y - finger_.y);
    if (scroll.horizontal && mirrored_) along = -along;
    if (!scroll.dragged && std::abs(along) > static_cast<double>(kDragSlop)) {
        scroll.dragged = true;
        pressed_.clear();  // it is a drag now and will never be a tap
        // What was moved so far does not jump.
        offset_at_press_ = scroll.offset - along;
    }
    if (scroll.dragged) scroll.offset = offset_at_press_ + along;
}

bool Interaction::release(const Event& event, const Registry& shown) {
    if (!down_) return false;
    move(event);
    down_ = false;
    bool acted = false;
    if (!dragged_scroll_.empty() && scrolls_[dragged_scroll_].dragged) {
        Scroll& scroll = scrolls_[dragged_scroll_];
        scroll.dragged = false;
        scroll.offset = scroll.shown();
        const Sample& first = samples_.front();
        const double ms =
            static_cast<double>(std::max<std::int64_t>(1, event.time_ms - first.time_ms));
        double run = static_cast<double>(scroll.horizontal ? first.at.x - finger_.x
                                                           : first.at.y - finger_.y);
        if (scroll.horizontal && mirrored_) run = -run;
        const bool resting =
            samples_.size() < 2 || event.time_ms - first.time_ms > 4 * kSpeedWindowMs;
        scroll.velocity = resting ? 0 : run * 1000 / ms;
        acted = true;
    } else if (const Item* item = shown.find(pressed_); item != nullptr && !pressed_.empty()) {
        if (item->enabled && item->visible.inflated(kReleaseSlop).contains(finger_)) tap(*item);
        acted = true;
    } else if (pressed_.empty() && shown.hit(finger_) == nullptr) {
        stop_editing();  // a touch beside everything puts the keyboard away
        acted = true;
    }
    pressed_.clear();
    over_pressed_ = false;
    dragged_scroll_.clear();
    return acted;
}

void Interaction::tap(const Item& item) {
    tapped_ = item.id;
    if (item.keeps_editing) return;
    focused_ = item.id;
    if (item.field) {
        edit(item.id);
    } else {
        stop_editing();
    }
}

bool Interaction::letter(char32_t c, const Registry& shown) {
    if (!editing_.empty()) {
        edits_.emplace_back(c);
        return false;
    }
    const Item* item = focused_item(shown);
    if (c != U' ' || item == nullptr) return false;
    by_keys_ = true;
    tap(*item);
    return true;
}

bool Interaction::key(Key k, const Registry& shown) {
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
    if (k == Key::kEscape) {
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
    return item != nullptr && item->enabled && item->layer >= shown.keys_from() ? item : nullptr;
}

void Interaction::walk(int steps, const Registry& shown) {
    std::vector<const Item*> order;
    std::size_t current = 0;
    bool found = false;
    for (const Item& item : shown.items()) {
        if (!item.enabled || item.layer < shown.keys_from()) continue;
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

void Interaction::step_towards(Key arrow, const Registry& shown) {
    const Item* from = focused_item(shown);
    const Item* best = nullptr;
    float shortest = std::numeric_limits<float>::max();
    for (const Item& item : shown.items()) {
        if (!item.enabled || item.layer < shown.keys_from() || &item == from) continue;
        const bool covered = item.scroll_id.empty() && shown.hit(item.rect.centre()) == nullptr;
        if (covered && item.layer == Layer::kScreen) continue;
        if (from == nullptr) {
            best = &item;
            break;
        }
        const float distance = way(from->rect, item.rect, arrow);
        if (distance >= 0 && distance < shortest) shortest = distance, best = &item;
    }
    if (best != nullptr) move_focus_to(*best, shown);
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

void Interaction::edit(const std::string& id) {
    if (editing_ == id) return;
    editing_ = id;
    focused_ = id;
}

void Interaction::stop_editing() {
    editing_.clear();
}

Scroll& Interaction::scroll(const std::string& id) {
    Scroll& scroll = scrolls_[id];
    scroll.frame = frame_;
    return scroll;
}

bool Interaction::restless() const {
    if (more_ || acted_ || !typed_.empty()) return true;
    return std::any_of(scrolls_.begin(), scrolls_.end(), [this](const auto& entry) {
        return entry.second.frame == frame_ && entry.second.moving();
    });
}

void Interaction::end_frame() {
    // The frame that brought Enter to the field is over; unless it moved on to another one.
    if (done_ && typed_.empty()) {
        if (editing_ == done_in_) stop_editing();
        done_ = false;
        acted_ = true;
    } else if (done_) {
        done_in_ = editing_;
    }
    while (scrolls_.size() > kMaxRemembered) {
        const auto oldest = std::min_element(
            scrolls_.begin(), scrolls_.end(),
            [](const auto& a, const auto& b) { return a.second.frame < b.second.frame; });
        scrolls_.erase(oldest);
    }
}

}  // namespace showfloor::ui
