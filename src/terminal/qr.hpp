#pragma once
// A QR code as black and white modules, for screens to draw. Thread contract: pure functions.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace showfloor::terminal {

struct Qr {
    std::vector<std::uint8_t> modules;  // row by row, 1 = dark
    int side = 0;
};
inline constexpr std::size_t kMostQrBytes =
    600;  // more is too fine for a telephone at arm's length

// Nothing when the text is empty or longer than kMostQrBytes.
[[nodiscard]] std::optional<Qr> qr_of(std::string_view text);

}  // namespace showfloor::terminal
