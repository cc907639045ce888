#include "ui/interaction.hpp"

#include <algorithm>
#include <cmath>

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
constexpr std::int64_t kDoubleTapMs = 350;
constexpr float kDoubleTapSlop = 48;

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
    if (snap > 0) return !dragged && std::abs(offset - goal) >= 0.5;
    return !dragged && (velocity != 0 || offset < 0 || offset > furthest());
}

void Scroll::advance(double ms) {
    if (dragged) return;
    if (snap > 0) {
        const double rest = (offset - goal) * std::exp(-ms / kSpringMs);
        offset = std::abs(rest) < 0.5 ? goal : goal + rest;
        return;
    }
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
    double_tapped_.clear();
    started_.clear();
    released_.clear();
    nudged_.clear();
    pinched_.clear();
    pinch_ = 1;
    trail_.clear();
    loose_.clear();
    scanned_.clear();
    if (down_) trail_.push_back(finger_);
    finger_before_ = finger_;
    back_ = say_again_ = false;
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
        case Event::Type::kPinch:
            pinch(event, shown);
            return false;
        case Event::Type::kKey:
            if (event.key == Key::kEnter && end_of_scan(event.time_ms)) return true;
            return key(event.key, shown);
        case Event::Type::kLetter:
            return letter(event, shown);
        case Event::Type::kWheel: {
            const Point at{event.at.x / scale_, event.at.y / scale_};
            const ScrollPlace* place = shown.scroll_at(at, false);
            if (place == nullptr) place = shown.scroll_at(at, true);
            if (place == nullptr || scrolls_[place->id].snap > 0) return false;
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
    finger_ = pressed_point_ = finger_before_ = {event.at.x / scale_, event.at.y / scale_};
    pressed_at_ms_ = event.time_ms;
    samples_ = {{finger_, event.time_ms}};
    trail_ = {finger_};
    const Item* item = shown.hit(finger_);
    pressed_ = started_ = item ? item->id : "";
    over_pressed_ = item != nullptr;
    drag_ = item != nullptr ? item->drag : Drag::kNone;
    drag_is_ours_ = drag_ == Drag::kAny;
    decided_ = false;
    dragged_scroll_.clear();
    scroll_down_.clear();
    scroll_across_.clear();
    if (drag_is_ours_) return;
    for (const bool across : {false, true}) {
        const ScrollPlace* place = shown.scroll_at(finger_, across);
        if (place == nullptr) continue;
        (across ? scroll_across_ : scroll_down_) = place->id;
        Scroll& scroll = scrolls_[place->id];
        const bool runs =
            scroll.snap > 0 ? scroll.moving() : std::abs(scroll.velocity) > kStopsByTouch;
        if (runs) {
            pressed_.clear();
            started_.clear();
            over_pressed_ = false;
        }
        scroll.velocity = 0;
        scroll.offset = scroll.shown();
    }
}

// From now on the page follows the finger; what was moved so far does not jump.
void Interaction::grab(const std::string& scroll_id, double along) {
    dragged_scroll_ = scroll_id;
    Scroll& scroll = scrolls_[scroll_id];
    scroll.dragged = true;
    offset_at_press_ = scroll.offset - along;
    pressed_.clear();  // it is a drag now and will never be a tap
    decided_ = true;
}

void Interaction::decide() {
    const Point gone = dragged();
    const float across = std::abs(gone.x), down = std::abs(gone.y);
    if (std::max(across, down) <= kDragSlop) return;
    if (drag_is_ours_ || (drag_ == Drag::kAcross && across >= down)) {
        drag_is_ours_ = decided_ = true;
    } else if (!scroll_across_.empty() && across > kDragSlop &&
               (across >= down || scroll_down_.empty())) {
        grab(scroll_across_, static_cast<double>(mirrored_ ? gone.x : -gone.x));
    } else if (!scroll_down_.empty() && down > kDragSlop) {
        grab(scroll_down_, static_cast<double>(-gone.y));
    }
}

void Interaction::move(const Event& event) {
    finger_ = {event.at.x / scale_, event.at.y / scale_};
    if (!down_) return;
    trail_.push_back(finger_);
    samples_.push_back({finger_, event.time_ms});
    while (samples_.size() > 2 && event.time_ms - samples_.front().time_ms > kSpeedWindowMs)
        samples_.erase(samples_.begin());
    if (!decided_) decide();
    if (dragged_scroll_.empty()) return;
    Scroll& scroll = scrolls_[dragged_scroll_];
    double along = static_cast<double>(scroll.horizontal ? pressed_point_.x - finger_.x
                                                         : pressed_point_.y - finger_.y);
    if (scroll.horizontal && mirrored_) along = -along;
    scroll.offset = offset_at_press_ + along;
}

// Elsewhere than on a picture a second finger means nothing: who types fast has two down at times.
void Interaction::pinch(const Event& event, const Registry& shown) {
    pinch_at_ = {event.at.x / scale_, event.at.y / scale_};
    const Item* item = shown.hit(pinch_at_);
    if (item == nullptr || !item->pinches) return;
    pinched_ = item->id;
    pinch_ *= event.pinch;
    if (!down_) return;
    // What the first finger had begun is over and was no tap.
    down_ = false;
    if (!dragged_scroll_.empty()) {
        speed_ = {};
        let_go(scrolls_[dragged_scroll_]);
    }
    pressed_.clear();
    dragged_scroll_.clear();
    over_pressed_ = drag_is_ours_ = false;
}

Point Interaction::recent_speed(std::int64_t now_ms) const {
    const Sample& first = samples_.front();
    if (samples_.size() < 2 || now_ms - first.time_ms > 4 * kSpeedWindowMs) return {};
    const auto ms = static_cast<float>(std::max<std::int64_t>(1, now_ms - first.time_ms));
    return {(finger_.x - first.at.x) * 1000 / ms, (finger_.y - first.at.y) * 1000 / ms};
}

// A page runs on by itself, or comes to rest at the next one.
void Interaction::let_go(Scroll& scroll) const {
    double run = static_cast<double>(scroll.horizontal ? -speed_.x : -speed_.y);
    if (scroll.horizontal && mirrored_) run = -run;
    scroll.dragged = false;
    scroll.offset = scroll.shown();
    if (scroll.snap <= 0) {
        scroll.velocity = run;
        return;
    }
    constexpr double kFlick = 350;  // dp a second
    const double from = std::round(scroll.goal / scroll.snap);
    double page = std::round(scroll.offset / scroll.snap);
    if (page == from && std::abs(run) > kFlick) page += run > 0 ? 1 : -1;
    page = std::clamp(page, from - 1, from + 1);
    scroll.goal = std::clamp(page * scroll.snap, 0.0, scroll.furthest());
}

bool Interaction::release(const Event& event, const Registry& shown) {
    if (!down_) return false;
    move(event);
    down_ = false;
    bool acted = false;
    speed_ = recent_speed(event.time_ms);
    if (!dragged_scroll_.empty()) {
        let_go(scrolls_[dragged_scroll_]);
        acted = true;
    } else if (drag_is_ours_ && !pressed_.empty() && (decided_ || drag_ == Drag::kAny)) {
        released_ = pressed_;
        const Item* item = shown.find(pressed_);
        if (!decided_ && item != nullptr && item->enabled) count_tap(*item, event.time_ms);
        acted = true;
    } else if (const Item* item = shown.find(pressed_); item != nullptr && !pressed_.empty()) {
        if (item->enabled && item->visible.inflated(kReleaseSlop).contains(finger_))
            count_tap(*item, event.time_ms);
        acted = true;
    } else if (pressed_.empty() && shown.hit(finger_) == nullptr) {
        stop_editing();  // a touch beside everything puts the keyboard away
        acted = true;
    }
    pressed_.clear();
    over_pressed_ = false;
    drag_is_ours_ = false;
    dragged_scroll_.clear();
    return acted;
}

// A tap; and a double one when it comes soon after another at the same place.
void Interaction::count_tap(const Item& item, std::int64_t time_ms) {
    tap(item);
    const bool again = item.id == last_tap_ && time_ms - last_tap_ms_ <= kDoubleTapMs &&
                       std::abs(finger_.x - last_tap_at_.x) <= kDoubleTapSlop &&
                       std::abs(finger_.y - last_tap_at_.y) <= kDoubleTapSlop;
    if (again) double_tapped_ = item.id;
    last_tap_ = again ? "" : item.id;  // a third one begins anew
    last_tap_ms_ = time_ms;
    last_tap_at_ = finger_;
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

void Interaction::edit(const std::string& id) {
    if (editing_ == id) return;
    editing_ = id;
    focused_ = id;
}

void Interaction::stop_editing() {
    editing_.clear();
}

void Interaction::forget_person() {
    stop_editing();
    focused_.clear();
    last_tap_.clear();
    edits_.clear();
    typed_.clear();
    loose_.clear();
    scrolls_.clear();
    dragged_scroll_.clear();
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
