#pragma once
// What both programs' network stands on, for --version and the test that our TLS is mbedTLS alone.
// Thread contract: any thread.

#include <string>

namespace showfloor::net {

// "curl 8.14.1 (mbedTLS/3.6.6), mbedTLS 3.6.6"
[[nodiscard]] std::string library_versions();

}  // namespace showfloor::net
