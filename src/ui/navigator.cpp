#include "ui/navigator.hpp"

#include <utility>

#include "ui/limits.hpp"

namespace showfloor::ui {

void Navigator::change(Passage passage, std::function<void()> how) {
    if (drawing_) {
        waiting_.push_back({passage, std::move(how)});
        return;
    }
    passage_ = passage;
    // Whoever comes back from a page still reads what was done there.
    went_on_ = went_on_ || passage != Passage::kBack;
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
    change(Passage::kForward, [this, next = held(std::move(screen))] {
        if (stack_.size() >= kMaxScreens) stack_.erase(stack_.begin());
        stack_.push_back(std::move(*next));
    });
}

void Navigator::pop() {
    change(Passage::kBack, [this] {
        if (stack_.size() > 1) stack_.pop_back();
    });
}

void Navigator::replace(std::unique_ptr<Screen> screen) {
    change(Passage::kFade, [this, next = held(std::move(screen))] {
        if (!stack_.empty()) stack_.pop_back();
        stack_.push_back(std::move(*next));
    });
}

void Navigator::reset(std::unique_ptr<Screen> screen) {
    change(Passage::kFade, [this, next = held(std::move(screen))] {
        stack_.clear();
        stack_.push_back(std::move(*next));
    });
}

void Navigator::draw(Context& ui) {
    if (top() == nullptr) return;
    passage_.reset();  // changed between frames: there is no picture of what was shown
    drawing_ = true;
    top()->draw(ui);
    drawing_ = false;
    if (!waiting_.empty()) {
        for (Change& one : std::exchange(waiting_, {}))
            change(one.passage, std::move(one.how));
        ui.interaction().stop_editing();
        ui.draw_again();
    }
    if (std::exchange(went_on_, false)) ui.drop_toasts();
    if (passage_) ui.change_screen(*std::exchange(passage_, std::nullopt));
}

}  // namespace showfloor::ui
