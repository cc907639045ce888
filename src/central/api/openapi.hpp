#pragma once
// The OpenAPI 3.1 document, made out of routes(). Thread contract: pure functions.

#include <string>

#include "base/json.hpp"

namespace showfloor::central {

[[nodiscard]] base::Json openapi_document();
// The same as YAML, for schema/openapi.yaml.
[[nodiscard]] std::string openapi_yaml();
// A page for people, complete in itself.
[[nodiscard]] std::string openapi_page();

}  // namespace showfloor::central
