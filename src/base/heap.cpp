#include "base/heap.hpp"

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

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

std::size_t give_back_code(std::string_view library) {
    struct Search {
        std::string_view library;
        std::size_t bytes = 0;
    } search{library};
    const auto look = [](dl_phdr_info* info, std::size_t, void* data) {
        auto& found = *static_cast<Search*>(data);
        const std::string_view path = info->dlpi_name;
        if (!path.substr(path.rfind('/') + 1).starts_with(found.library)) return 0;
        const auto page = static_cast<ElfW(Addr)>(::sysconf(_SC_PAGESIZE));
        for (int i = 0; i < info->dlpi_phnum; ++i) {
            const ElfW(Phdr)& part = info->dlpi_phdr[i];
            // Only what nobody can have written to: the rest is not in the file.
            if (part.p_type != PT_LOAD || part.p_flags != (PF_R | PF_X)) continue;
            const ElfW(Addr) begin = info->dlpi_addr + part.p_vaddr, from = begin / page * page;
            const std::size_t size = (begin + part.p_memsz - from + page - 1) / page * page;
            if (::madvise(reinterpret_cast<void*>(from), size, MADV_DONTNEED) == 0)
                found.bytes += size;
        }
        return 0;
    };
    ::dl_iterate_phdr(look, &search);
    return search.bytes;
}

}  // namespace showfloor::base
