#include "ui/input_driver.hpp"

#include <utility>

#include "text/utf8.hpp"

namespace showfloor::ui {

InputDriver::InputDriver(Stage& stage, std::function<std::int64_t()> now_ms,
                         std::function<void()> settle)
    : stage_(stage), now_ms_(std::move(now_ms)), settle_(std::move(settle)) {}

void InputDriver::push(Event event) {
    event.at = {event.at.x * stage_.scale(), event.at.y * stage_.scale()};
    event.time_ms = now_ms_();
    stage_.input().push(event);
}

bool InputDriver::tap(std::string_view id) {
    const Item* item = stage_.registry().find(id);
    if (item == nullptr || item->visible.empty()) return false;
    const Item* hit = stage_.registry().hit(item->visible.centre());
    if (hit == nullptr || hit->id != id) return false;
    tap_at(item->visible.centre());
    return true;
}

void InputDriver::tap_at(Point dp) {
    press(dp);
    release(dp);
    settle_();
}

void InputDriver::drag(Point from, Point to, int steps) {
    press(from);
    settle_();
    for (int i = 1; i <= steps; ++i) {
        const float part = static_cast<float>(i) / static_cast<float>(steps);
        move({from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part});
        settle_();
    }
    release(to);
    settle_();
}

void InputDriver::press(Point dp) {
    Event event;
    event.type = Event::Type::kPress;
    event.at = dp;
    push(event);
}

void InputDriver::move(Point dp) {
    Event event;
    event.at = dp;
    push(event);
}

void InputDriver::release(Point dp) {
    Event event;
    event.type = Event::Type::kRelease;
    event.at = dp;
    push(event);
}

void InputDriver::type(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        Event event;
        event.type = Event::Type::kLetter;
        event.letter = text::next_code_point(utf8, at);
        push(event);
    }
    settle_();
}

void InputDriver::key(Key key) {
    Event event;
    event.type = Event::Type::kKey;
    event.key = key;
    push(event);
    settle_();
}

}  // namespace showfloor::ui
