#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace showfloor::base {

void check_failed(const char* condition, const char* file, int line, const char* reason) {
    std::fprintf(stderr, "showfloor: internal check failed: %s (%s) at %s:%d\n", reason, condition,
                 file, line);
    std::abort();
}

}  // namespace showfloor::base
