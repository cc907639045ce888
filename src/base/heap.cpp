#include "base/heap.hpp"

#include <malloc.h>

namespace showfloor::base {

void set_up_heap(int heaps) {
    // By itself every thread gets a heap of its own, each with its own holes.
    if (heaps > 0) mallopt(M_ARENA_MAX, heaps);
    // Pictures, tables of an index and whole files stand apart and go back when freed. By itself
    // the bound rises with the largest that was freed, up to 32 MB, and pictures end up in the
    // heap.
    constexpr int kLargeBytes = 256 * 1024;
    mallopt(M_MMAP_THRESHOLD, kLargeBytes);
    mallopt(M_TRIM_THRESHOLD, 4 * kLargeBytes);
}

void give_back_heap() {
    malloc_trim(0);
}

}  // namespace showfloor::base
