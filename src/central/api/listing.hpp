#pragma once
// Listing: one page of a record, limited to what a person may see. The reach of the right is pushed
// into the query where SQL can say it (never less than what is allowed); domain::view_of judges
// every row of it again. Thread contract: the connection's thread.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "central/api/limits.hpp"
#include "database/connection.hpp"
#include "domain/rights.hpp"

namespace showfloor::central {

// A WHERE part with its values.
struct Condition {
    std::string sql;
    std::vector<database::Cell> values;
    // True when it lets through exactly the rows the person may see: only then may they be counted.
    bool exact = true;
};

// The rows of `record` that the actor may read at most. The actor has some reach there.
[[nodiscard]] Condition scope_condition(const domain::Actor& actor,
                                        const domain::Description& record);

// The fields one may filter and sort by: those one would be shown.
[[nodiscard]] domain::View filter_view(const domain::Actor& actor,
                                       const domain::Description& record);

struct Page {
    std::string data = "[]";  // a JSON array of the rows, each as far as one may see it
    std::optional<std::string> next, prev;  // opaque cursors
    std::optional<std::int64_t> total;
};

// `query`: field=value (archived rows only with archived=true), field_min, field_max, q, sort=field
// or -field, limit, cursor, total=true. kInvalid with `field` naming a parameter that is unknown or
// wrong. `fixed`: conditions a path gives (field, value).
base::Result<Page> list_records(
    database::Connection& connection, const domain::Actor& actor, const domain::Description& record,
    const std::map<std::string, std::string>& query,
    const std::vector<std::pair<std::string_view, std::string>>& fixed = {});

}  // namespace showfloor::central
