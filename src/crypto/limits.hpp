#pragma once
// Every bound of src/crypto, with its reason. Thread contract: constants.

#include <cstddef>
#include <cstdint>

namespace showfloor::crypto {

// One sealed value: a picture or an outbox body at most; more would sit in memory twice.
inline constexpr std::size_t kMaxSealedBytes = 64UL * 1024 * 1024;

// Argon2id as OWASP's first choice: 19 MiB, 2 passes, 1 lane; about 40 ms on the reference machine.
inline constexpr std::uint32_t kArgonMemoryKib = 19 * 1024;
inline constexpr std::uint32_t kArgonPasses = 2;
inline constexpr std::uint32_t kArgonLanes = 1;
// What a stored string may ask for at most: a forged one must not eat the kiosk's 2 GB.
inline constexpr std::uint32_t kMaxArgonMemoryKib = 64 * 1024;
inline constexpr std::uint32_t kMaxArgonPasses = 8;
inline constexpr std::uint32_t kMaxArgonLanes = 4;
inline constexpr std::size_t kMaxPasswordHashText = 256;
// A longer password is somebody testing us, not a person.
inline constexpr std::size_t kMaxPasswordBytes = 1024;

// PEM and DER that come from outside: an EC certificate or request is below 2 KB.
inline constexpr std::size_t kMaxCertificateBytes = 16 * 1024;
// X.509 allows 64 characters in a common name; host lists are typed by a person.
inline constexpr std::size_t kMaxCommonName = 64;
inline constexpr std::size_t kMaxHosts = 32;

// Our own tokens have some 400 bytes; the limit is also that of one HTTP header.
inline constexpr std::size_t kMaxTokenBytes = 4096;

}  // namespace showfloor::crypto
