#include "central/figures/rows.hpp"

namespace showfloor::central {

using base::Json;
using database::Cell;

Json json_of(const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    return nullptr;
}

base::Result<Json> objects(database::Connection& connection, const std::string& sql,
                           const std::vector<Cell>& values,
                           std::initializer_list<const char*> names) {
    SHOWFLOOR_ASSIGN(const auto rows, connection.rows(sql, values));
    Json list = Json::array();
    for (const auto& row : rows) {
        Json object = Json::object();
        std::size_t column = 0;
        for (const char* name : names)
            object[name] = json_of(row[column++]);
        list.push_back(std::move(object));
    }
    return list;
}

}  // namespace showfloor::central
