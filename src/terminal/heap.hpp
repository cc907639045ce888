#pragma once
// What the C library keeps of freed memory. A kiosk runs for months in 2 GB: after a burst of work
// (a fill, a catalogue that replaces another) what was used goes back to the system.
// Thread contract: set_up_heap() before the first thread; give_back_heap() from any.

namespace showfloor::terminal {

void set_up_heap();
void give_back_heap();

}  // namespace showfloor::terminal
