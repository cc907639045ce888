#include "ui/navigator.hpp"

#include <utility>

#include "ui/limits.hpp"

namespace showfloor::ui {

void Navigator::change(std::function<void()> how) {
    if (drawing_) {
        waiting_.push_back(std::move(how));
        return;
    }
    Screen* before = top();
    if (before != nullptr) before->on_leave();
    how();
    if (top() != nullptr) top()->on_enter();
}

namespace {

// std::function wants what can be copied; a screen cannot.
std::shared_ptr<std::unique_ptr<Screen>> held(std::unique_ptr<Screen> screen) {
    return std::make_shared<std::unique_ptr<Screen>>(std::move(screen));
}

}  // namespace

void Navigator::push(std::unique_ptr<Screen> screen) {
    change([this, next = held(std::move(screen))] {
        if (stack_.size() >= kMaxScreens) stack_.erase(stack_.begin());
        stack_.push_back(std::move(*next));
    });
}

void Navigator::pop() {
    change([this] {
        if (stack_.size() > 1) stack_.pop_back();
    });
}

void Navigator::replace(std::unique_ptr<Screen> screen) {
    change([this, next = held(std::move(screen))] {
        if (!stack_.empty()) stack_.pop_back();
        stack_.push_back(std::move(*next));
    });
}

void Navigator::reset(std::unique_ptr<Screen> screen) {
    change([this, next = held(std::move(screen))] {
        stack_.clear();
        stack_.push_back(std::move(*next));
    });
}

void Navigator::draw(Context& ui) {
    if (top() == nullptr) return;
    drawing_ = true;
    top()->draw(ui);
    drawing_ = false;
    if (waiting_.empty()) return;
    for (auto& how : std::exchange(waiting_, {}))
        change(std::move(how));
    ui.interaction().stop_editing();
    ui.draw_again();
}

}  // namespace showfloor::ui
