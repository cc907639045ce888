#pragma once
// Bytes as text. Thread contract: pure functions.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace showfloor::base {

using Bytes = std::vector<std::uint8_t>;

[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);     // lower case
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);        // either case
[[nodiscard]] std::string to_base64(std::span<const std::uint8_t> bytes);  // RFC 4648 4, padded
[[nodiscard]] std::optional<Bytes> from_base64(std::string_view text);
[[nodiscard]] std::string to_base64url(std::span<const std::uint8_t> bytes);  // 5, unpadded
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view text);

[[nodiscard]] inline std::span<const std::uint8_t> as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string as_text(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace showfloor::base
