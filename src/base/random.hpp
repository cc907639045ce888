#pragma once
// Randomness as a port, so that tests and the simulator are seeded.
// Thread contract: SystemRandom from any thread; SeededRandom belongs to one.

#include <cstddef>
#include <cstdint>
#include <span>

namespace showfloor::base {

class Random {
   public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;

    [[nodiscard]] std::uint64_t next();                      // 64 random bits
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);  // 0 .. bound-1, bound > 0, unbiased
};

// The kernel's generator (getrandom); fit for keys and codes.
class SystemRandom final : public Random {
   public:
    void fill(std::span<std::uint8_t> out) override;
};

// SplitMix64: repeatable, not secret. Tests only.
class SeededRandom final : public Random {
   public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::uint8_t> out) override;

   private:
    std::uint64_t state_;
};

}  // namespace showfloor::base
