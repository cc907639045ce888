#pragma once
// What the figures are read with. Thread contract: that of the connection.

#include <initializer_list>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "database/connection.hpp"

namespace showfloor::central {

// The rows of `sql` as an array of objects whose members are its columns, in order, by these names.
[[nodiscard]] base::Result<base::Json> objects(database::Connection& connection,
                                               const std::string& sql,
                                               const std::vector<database::Cell>& values,
                                               std::initializer_list<const char*> names);
// NULL and bytes become null.
[[nodiscard]] base::Json json_of(const database::Cell& cell);

}  // namespace showfloor::central
