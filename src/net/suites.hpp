#pragma once
// The order in which we like TLS's cipher suites. Thread contract: from any thread.

namespace showfloor::net {

// mbedTLS's own suites, ending with 0 and living for ever; where the processor has AES
// instructions, those with AES-GCM first: mbedTLS's ChaCha20, which it likes best, is plain C.
[[nodiscard]] const int* cipher_suites();

}  // namespace showfloor::net
