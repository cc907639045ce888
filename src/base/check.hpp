#pragma once
// check(): a condition that only a bug in our own code can break. It stays on in release: a till
// that carries on with a broken invariant loses money. What the world can break is a Result
// instead. Thread contract: callable from any thread.

namespace showfloor::base {

// Writes the condition and place to stderr and aborts. Never returns.
[[noreturn]] void check_failed(const char* condition, const char* file, int line,
                               const char* reason);

}  // namespace showfloor::base

#define SHOWFLOOR_CHECK(condition, reason) \
    ((condition) ? static_cast<void>(0)    \
                 : ::showfloor::base::check_failed(#condition, __FILE__, __LINE__, reason))
