#pragma once
// What the C library keeps of freed memory. Both programs run for months: after a burst of work (a
// fill, a catalogue that replaces another, a long list) what was used goes back to the system.
// Thread contract: set_up_heap() before the first thread; give_back_heap() from any.

namespace showfloor::base {

// `heaps`: how many the threads share; 0 leaves that to the library. What takes `large_bytes`
// stands apart and goes back as soon as it is freed, at the price of new pages for the next one.
void set_up_heap(int heaps, int large_bytes);
void give_back_heap();

}  // namespace showfloor::base
