#pragma once
// Rest: what happens after a while without anybody. Sellers are signed out (their draft stays),
// visitors' screens go back to the pictures and to the terminal's own language, and pulls slow
// down. Thread contract: UI thread.

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class Rest {
   public:
    explicit Rest(Shell& shell) : shell_(shell) {}
    // Once a frame, after the screens were drawn.
    void watch(ui::Context& ui);

   private:
    Shell& shell_;
    bool in_use_ = true;
};

}  // namespace showfloor::terminal
