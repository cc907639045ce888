#pragma once
// Help & access, over whatever screen there is: language, text size, theme, reach, motion, speech,
// and how the terminal is used. Everything applies at once and goes with the visitor.
// Thread contract: UI thread.

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

void draw_access_sheet(ui::Context& ui, Shell& shell);

}  // namespace showfloor::terminal
