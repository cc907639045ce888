#include "base/heap.hpp"

#include <malloc.h>

namespace showfloor::base {

void set_up_heap(int heaps, int large_bytes) {
    // By itself every thread gets a heap of its own, each with its own holes.
    if (heaps > 0) mallopt(M_ARENA_MAX, heaps);
    // By itself the bound rises with the largest that was freed, up to 32 MB, and whole files end
    // up in the heap, which then never shrinks.
    mallopt(M_MMAP_THRESHOLD, large_bytes);
    mallopt(M_TRIM_THRESHOLD, 4 * large_bytes);
}

void give_back_heap() {
    malloc_trim(0);
}

}  // namespace showfloor::base
