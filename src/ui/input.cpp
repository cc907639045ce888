#include "ui/input.hpp"

#include "ui/limits.hpp"

namespace showfloor::ui {

void InputQueue::push(const Event& event) {
    const std::lock_guard lock(mutex_);
    // Moves between two frames say only where the finger is now; the last two give its speed.
    if (events_.size() >= kMaxQueuedEvents) {
        const auto move = std::find_if(events_.begin(), events_.end(),
                                       [](const Event& e) { return e.type == Event::Type::kMove; });
        if (move == events_.end()) return;
        events_.erase(move);
    }
    events_.push_back(event);
}

std::optional<Event> InputQueue::pop() {
    const std::lock_guard lock(mutex_);
    if (events_.empty()) return std::nullopt;
    const Event event = events_.front();
    events_.pop_front();
    return event;
}

bool InputQueue::empty() const {
    const std::lock_guard lock(mutex_);
    return events_.empty();
}

bool HeldKeys::hears(std::optional<Key> key, bool repeated) {
    repeated_ = repeated;
    const bool acts = key == Key::kEnter || key == Key::kEscape || key == Key::kSayAgain;
    return key.has_value() && !(repeated && acts);
}

}  // namespace showfloor::ui
