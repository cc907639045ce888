#pragma once
// What the C library keeps of freed memory. Both programs run for months: after a burst of work (a
// fill, a catalogue that replaces another, a long list) what was used goes back to the system.
// Thread contract: set_up_heap() before the first thread; the others from any.

#include <cstddef>
#include <string_view>

namespace showfloor::base {

// `heaps`: how many the threads share; 0 leaves that to the library. What takes `large_bytes`
// stands apart and goes back as soon as it is freed, at the price of new pages for the next one.
void set_up_heap(int heaps, int large_bytes);
void give_back_heap();
// Code that has done its work: the pages of a loaded library (any whose file name begins with
// `library`) leave this program's memory. They stay in the system's cache of files as long as there
// is room, and come back by themselves if the code runs again. Returns the bytes that may go; 0
// when there is no such library.
std::size_t give_back_code(std::string_view library);

}  // namespace showfloor::base
