#pragma once
// Query parameters of operations that are no list of records. Thread contract: pure functions.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "central/api/route.hpp"

namespace showfloor::central {

// A problem answer when there is a parameter of another name.
[[nodiscard]] std::optional<net::HttpResponse> only_parameters(
    const Call& call, std::initializer_list<std::string_view> names);
// Empty when it is not given.
[[nodiscard]] std::string asked(const Call& call, const char* name);
// 400, with a sentence about the parameter.
[[nodiscard]] net::HttpResponse wrong_parameter(const char* name, const std::string& message);
// A time in UTC ms; `fallback` when it is not given. nullopt = no time.
[[nodiscard]] std::optional<base::UtcMs> time_asked(const Call& call, const char* name,
                                                    base::UtcMs fallback);
// An id; nil when it is not given. nullopt = no id.
[[nodiscard]] std::optional<base::Uuid> id_asked(const Call& call, const char* name);
// The parts of "a,b,c".
[[nodiscard]] std::vector<std::string> words_of(const std::string& list);

}  // namespace showfloor::central
