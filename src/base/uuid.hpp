#pragma once
// Uuid: RFC 9562. Version 7 for what is made once at submit; version 8 for ids derived from a
// command's id (domain). A zero Uuid means "none". Thread contract: a plain value.

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/random.hpp"

namespace showfloor::base {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }
    // 36 lower-case characters, as in every file and message.
    [[nodiscard]] std::string to_string() const;
    // Upper or lower case; nullopt when it is not a UUID.
    [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);
    [[nodiscard]] static Uuid v7(UtcMs now, Random& random);

    friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

}  // namespace showfloor::base

template <>
struct std::hash<showfloor::base::Uuid> {
    std::size_t operator()(const showfloor::base::Uuid& id) const noexcept {
        std::size_t value = 0;
        for (const auto byte : id.bytes)
            value = value * 1099511628211ULL + byte;
        return value;
    }
};
