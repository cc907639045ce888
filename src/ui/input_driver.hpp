#pragma once
// Fingers and keys for tests and the tour: puts the same events into the stage's queue as the
// window's callbacks do, and finds its targets in what the last frame showed.
// Thread contract: UI thread.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "ui/stage.hpp"

namespace showfloor::ui {

class InputDriver {
   public:
    // `now_ms` is the clock of the frames; `settle` draws until nothing more is to happen.
    InputDriver(Stage& stage, std::function<std::int64_t()> now_ms, std::function<void()> settle);

    // Taps the middle of what can be seen of the widget. False when it is not there to be tapped
    // (not shown, scrolled out, disabled, or something lies over it).
    bool tap(std::string_view id);
    void tap_at(Point dp);
    // A finger down at `from`, along to `to` in `steps`, and up.
    void drag(Point from, Point to, int steps);
    void press(Point dp);
    void move(Point dp);
    void release(Point dp);
    void type(std::string_view utf8);  // as on a real keyboard
    void key(Key key);
    void settle() { settle_(); }

   private:
    void push(Event event);

    Stage& stage_;
    std::function<std::int64_t()> now_ms_;
    std::function<void()> settle_;
};

}  // namespace showfloor::ui
