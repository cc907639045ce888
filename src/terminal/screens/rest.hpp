#pragma once
// Rest: what happens after a while without anybody. A warning that can be seen and heard counts
// down and goes with any touch; then sellers are signed out (their draft stays), everything of the
// visitor is forgotten, the pictures come back, and pulls slow down. Thread contract: UI thread.

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class Rest {
   public:
    explicit Rest(Shell& shell) : shell_(shell) {}
    // Once a frame, after the screens were drawn.
    void watch(ui::Context& ui);

   private:
    void warn(ui::Context& ui, std::int64_t left_ms);
    void forget(ui::Context& ui);

    Shell& shell_;
    bool in_use_ = true, warned_ = false;
};

}  // namespace showfloor::terminal
