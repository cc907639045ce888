// The main function of every test binary.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#if defined(__SANITIZE_ADDRESS__)
// Drivers of the display keep memory until the process ends. Once they are unloaded the leak check
// cannot tell whose it was, and lsan.supp cannot name them.
extern "C" int dlclose(void*) noexcept;
extern "C" int dlclose(void*) noexcept {
    return 0;
}
#endif
