#pragma once
// JSON Schemas out of descriptions, for the OpenAPI document. Thread contract: pure functions.

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "domain/description.hpp"

namespace showfloor::central {

// "car_image" -> "CarImage": the name of a record's schema in the document.
[[nodiscard]] std::string schema_name(std::string_view record);
// An object of a record as it is answered: every field, none required but id (what one may not see
// is left out).
[[nodiscard]] base::Json record_schema(const domain::Description& record);
// Arguments as they are sent; `without` are given by the path. Required ones only when `complete`.
[[nodiscard]] base::Json arguments_schema(const domain::Description& arguments,
                                          std::initializer_list<std::string_view> without,
                                          bool complete);
// An object of required texts.
[[nodiscard]] base::Json texts_schema(std::initializer_list<const char*> names);

}  // namespace showfloor::central
