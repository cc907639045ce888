#pragma once
// Numbers in as few bytes as they need: seven bits in each, the low ones first. For memory of our
// own, not for what comes from outside: nothing is checked. Thread contract: pure functions.

#include <cstdint>
#include <string>

namespace showfloor::base {

inline void put_number(std::uint64_t number, std::string& out) {
    for (; number >= 0x80; number >>= 7U)
        out += static_cast<char>(number | 0x80U);
    out += static_cast<char>(number);
}

// Moves `at` behind the number.
inline std::uint64_t take_number(const char*& at) {
    std::uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
        const auto byte = static_cast<std::uint8_t>(*at++);
        number |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80) return number;
    }
}

}  // namespace showfloor::base
