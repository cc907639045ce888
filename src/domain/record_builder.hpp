#pragma once
// How a record's fields begin, and the lengths they share; included only where a record's
// description is defined. Thread contract: constants and pure functions.

#include <initializer_list>
#include <vector>

#include "domain/field_builder.hpp"
#include "domain/records.hpp"

namespace showfloor::domain::build {

// Every record begins with these; who sees a record sees them.
template <typename T>
std::vector<Field> with_base(std::initializer_list<Builder> own) {
    using F = Of<T>;
    std::vector<Field> fields = {
        F::template id<&T::id>("id").require().shown(),
        F::template time<&T::created_at>("created_at").set_by_handler(),
        F::template time<&T::updated_at>("updated_at").set_by_handler().shown(),
        F::template time<&T::occurred_at>("occurred_at").set_by_handler(),
        F::template boolean<&T::archived>("archived").set_by_handler().shown(),
    };
    fields.insert(fields.end(), own.begin(), own.end());
    return fields;
}

inline std::vector<Field> plain(std::initializer_list<Builder> own) {
    return {own.begin(), own.end()};
}

inline constexpr std::int64_t kLongText = 4000;
inline constexpr std::int64_t kEmail = 254;
inline constexpr std::int64_t kPhone = 16;  // E.164: + and 15 digits
inline constexpr std::int64_t kHash = 64;   // SHA-256 in hex
inline constexpr std::int64_t kCurrency = 3;
inline constexpr std::int64_t kMostPieces = 1'000'000'000;

}  // namespace showfloor::domain::build
