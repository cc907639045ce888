// The main function of every test binary.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Drivers of the display keep memory and threads until the process ends. Once they are unloaded
// nobody can tell whose they were, and lsan.supp and tsan.supp cannot name them.
extern "C" int dlclose(void*) noexcept;
extern "C" int dlclose(void*) noexcept {
    return 0;
}
#endif
