#pragma once
// SHA-256 and HMAC-SHA-256. Thread contract: functions from any thread; a Sha256Stream belongs to
// one.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace showfloor::crypto {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(std::span<const std::uint8_t> data);
[[nodiscard]] Sha256 sha256(std::string_view text);
[[nodiscard]] Sha256 hmac_sha256(std::span<const std::uint8_t> key,
                                 std::span<const std::uint8_t> data);

// For what does not fit in memory: update() in pieces, then finish() once.
class Sha256Stream {
   public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(Sha256Stream&&) noexcept;
    Sha256Stream& operator=(Sha256Stream&&) noexcept;

    void update(std::span<const std::uint8_t> data);
    // The digest; the stream then starts anew.
    [[nodiscard]] Sha256 finish();

   private:
    struct State;
    std::unique_ptr<State> state_;
};

// Equal, found in a time that does not tell where the difference is. Lengths are no secret.
[[nodiscard]] bool equal_constant_time(std::span<const std::uint8_t> a,
                                       std::span<const std::uint8_t> b);

}  // namespace showfloor::crypto
