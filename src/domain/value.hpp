#pragma once
// Value and Row: a record without its C++ type, as storage, wire and history see it.
// Thread contract: plain values.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace showfloor::domain {

// Nothing, an integer (booleans 0/1, times in UTC ms, money in minor units, rates in basis points),
// or text (ids as 36 characters, enums by name, lists as compact JSON).
using Value = std::variant<std::monostate, std::int64_t, std::string>;

// One Value per field of the record's Description, in its order.
using Row = std::vector<Value>;

[[nodiscard]] inline bool is_null(const Value& value) {
    return std::holds_alternative<std::monostate>(value);
}

}  // namespace showfloor::domain
