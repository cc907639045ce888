#pragma once
// Call a seller, over whatever screen there is: it rings at the branch's people, says who comes,
// and after a minute or without network sends the visitor to the desk. It never promises what
// nobody keeps. Thread contract: UI thread.

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

void draw_call_sheet(ui::Context& ui, Shell& shell);
// The visitor has gone: a call that still rings is withdrawn.
void end_call(Shell& shell, bool expired);

}  // namespace showfloor::terminal
