#pragma once
// What operations answer that are no record and no list, and query parameters of their own, for the
// OpenAPI document. Thread contract: pure functions.

#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace showfloor::central {

// An object of any shape for an operation that is not named here.
[[nodiscard]] base::Json answer_schema(std::string_view operation);

struct OwnParameter {
    const char* name;
    const char* description;
    base::Json schema;
};
[[nodiscard]] std::vector<OwnParameter> own_parameters(std::string_view operation);

}  // namespace showfloor::central
