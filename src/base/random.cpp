#include "base/random.hpp"

#include <sys/random.h>

#include <cstring>

#include "base/check.hpp"

namespace showfloor::base {

std::uint64_t Random::next() {
    std::uint8_t bytes[8];
    fill(bytes);
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

std::uint64_t Random::below(std::uint64_t bound) {
    SHOWFLOOR_CHECK(bound > 0, "below(0)");
    const std::uint64_t reject_under = (0 - bound) % bound;  // keeps every remainder equally likely
    for (;;) {
        const std::uint64_t value = next();
        if (value >= reject_under) return value % bound;
    }
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = getrandom(out.data() + done, out.size() - done, 0);
        SHOWFLOOR_CHECK(got > 0, "the kernel gave no random bytes");
        done += static_cast<std::size_t>(got);
    }
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
    for (std::size_t i = 0; i < out.size();) {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        z ^= z >> 31;
        for (int b = 0; b < 8 && i < out.size(); ++b, ++i)
            out[i] = static_cast<std::uint8_t>(z >> (8 * b));
    }
}

}  // namespace showfloor::base
