#include "central/api/listing.hpp"

#include <algorithm>
#include <charconv>

#include "base/encoding.hpp"
#include "domain/row_text.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using base::ErrorKind;
using base::fail;
using database::Cell;
using database::sql_name;
using domain::Description;
using domain::Field;
using domain::FieldType;
using domain::Row;

base::Error wrong(const std::string& parameter, std::string message, std::string code = "invalid") {
    return fail(ErrorKind::kInvalid, std::move(message), std::move(code), parameter);
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

bool is_number(const Field& field) {
    return field.type == FieldType::kInteger || field.type == FieldType::kTime;
}

// The orders of cars that an index of central's own keeps (0014_speed.sql). It also holds what cars
// are mostly filtered by, so that a walk along it looks at the row itself only when that fits.
const char* index_of_order(std::string_view sort) {
    for (const auto& [field, index] :
         {std::pair<std::string_view, const char*>{"price_minor", "central_car_by_price"},
          {"year", "central_car_by_year"},
          {"mileage", "central_car_by_mileage"},
          {"created_at", "central_car_by_created_at"}})
        if (field == sort) return index;
    return nullptr;
}

// A filter that leaves so many cars that the page fills before the walk is long.
bool leaves_many(std::string_view filter) {
    constexpr std::string_view kFilters[] = {
        "make",      "model",    "year",      "body_style",   "fuel_type", "color",  "transmission",
        "condition", "currency", "branch_id", "availability", "archived",  "mileage"};
    return filter.ends_with("_min") || filter.ends_with("_max") ||
           std::find(std::begin(kFilters), std::end(kFilters), filter) != std::end(kFilters);
}

// What is asked for, apart from where the page begins.
struct Asked {
    Condition condition;
    const char* walk = nullptr;  // along this index
    const Field* sort = nullptr;
    bool descending = false;
    std::size_t limit = kDefaultPage;
    bool total = false;
    std::string cursor;
};

void add(Condition& condition, const std::string& sql) {
    condition.sql += " AND " + sql;
}

base::Result<Cell> value_for(const Field& field, const std::string& name, const std::string& text) {
    switch (field.type) {
        case FieldType::kInteger:
        case FieldType::kTime: {
            const auto number = number_in(text);
            if (!number) return wrong(name, "The filter " + name + " must be a whole number.");
            return Cell(*number);
        }
        case FieldType::kBoolean:
            if (text != "true" && text != "false")
                return wrong(name, "The filter " + name + " is true or false.");
            return Cell(std::int64_t{text == "true" ? 1 : 0});
        case FieldType::kId: {
            const auto id = base::Uuid::parse(text);
            if (!id) return wrong(name, "The filter " + name + " must be an id.");
            return Cell(id->to_string());
        }
        case FieldType::kEnum:
            if (std::find(field.options.begin(), field.options.end(), text) == field.options.end())
                return wrong(name, "The filter " + name + " is no such value.");
            return Cell(text);
        case FieldType::kText:
            return Cell(text);
        default:
            return wrong(name, "One cannot filter by " + name + ".", "unknown_filter");
    }
}

// The visible field of that name; null when there is none.
const Field* visible_field(const Description& record, std::string_view name, domain::View view) {
    const Field* field = record.find(name);
    return field != nullptr && domain::visible(*field, view) ? field : nullptr;
}

// Each word begins somewhere in a visible text.
void add_search(const Description& record, domain::View view, std::string_view text,
                Condition& condition) {
    std::size_t words = 0;
    while (!text.empty() && words < kMaxSearchWords) {
        const auto space = text.find(' ');
        const std::string_view word = text.substr(0, space);
        text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
        if (word.empty()) continue;
        ++words;
        std::string pattern = "%";
        for (const char c : word) {
            if (c == '%' || c == '_' || c == '\\') pattern += '\\';
            pattern += c;
        }
        pattern += '%';
        std::string any;
        for (const Field& field : record.fields) {
            if (field.type != FieldType::kText || !domain::visible(field, view)) continue;
            any += (any.empty() ? "" : " OR ") + sql_name(field.name) + " LIKE ? ESCAPE '\\'";
            condition.values.emplace_back(pattern);
        }
        add(condition, any.empty() ? "0" : "(" + any + ")");
    }
}

base::Result<void> add_filter(const Description& record, domain::View view, const std::string& name,
                              const std::string& text, Condition& condition) {
    if (const Field* field = visible_field(record, name, view)) {
        SHOWFLOOR_ASSIGN(Cell value, value_for(*field, name, text));
        add(condition, sql_name(field->name) + " = ?");
        condition.values.push_back(std::move(value));
        return {};
    }
    // has_invoice: whether invoice_id names one.
    if (name.starts_with("has_")) {
        const Field* field = visible_field(record, name.substr(4) + "_id", view);
        if (field != nullptr && field->type == FieldType::kId) {
            if (text != "true" && text != "false")
                return wrong(name, "The filter " + name + " is true or false.");
            add(condition, sql_name(field->name) + (text == "true" ? " IS NOT NULL" : " IS NULL"));
            return {};
        }
    }
    for (const auto& [suffix, sign] :
         {std::pair<std::string_view, const char*>{"_min", " >= ?"}, {"_max", " <= ?"}}) {
        if (name.size() <= suffix.size() || !name.ends_with(suffix)) continue;
        const Field* field = visible_field(
            record, std::string_view(name).substr(0, name.size() - suffix.size()), view);
        if (field == nullptr || !is_number(*field)) continue;
        SHOWFLOOR_ASSIGN(Cell value, value_for(*field, name, text));
        add(condition, sql_name(field->name) + sign);
        condition.values.push_back(std::move(value));
        return {};
    }
    return wrong(name, "There is no filter " + name + " here.", "unknown_filter");
}

base::Result<void> read_sort(const Description& record, domain::View view, std::string_view text,
                             Asked& asked) {
    asked.descending = text.starts_with('-');
    if (asked.descending) text.remove_prefix(1);
    asked.sort = visible_field(record, text, view);
    const bool sortable = asked.sort != nullptr && asked.sort->type != FieldType::kTexts &&
                          asked.sort->type != FieldType::kList &&
                          asked.sort->type != FieldType::kJson;
    if (!sortable) return wrong("sort", "One cannot sort by that field here.", "unknown_sort");
    return {};
}

base::Result<void> read_limit(const std::string& text, Asked& asked) {
    const auto limit = number_in(text);
    if (!limit || *limit < 1 || *limit > static_cast<std::int64_t>(kMaxPage))
        return wrong("limit", "A page has 1 to 100 entries.");
    asked.limit = static_cast<std::size_t>(*limit);
    return {};
}

base::Result<Asked> read_query(const domain::Actor& actor, const Description& record,
                               const std::map<std::string, std::string>& query,
                               const std::vector<std::pair<std::string_view, std::string>>& fixed) {
    const domain::View view = filter_view(actor, record);
    Asked asked;
    asked.condition = scope_condition(actor, record);
    asked.sort = record.find("id");
    if (query.size() > kMaxFilters) return wrong("filters", "Too many filters at once.");
    for (const auto& [field, value] : fixed) {
        add(asked.condition, sql_name(field) + " = ?");
        asked.condition.values.emplace_back(value);
    }
    if (!query.contains("archived")) add(asked.condition, "archived = 0");
    bool walks = record.name == "car" && fixed.empty() && asked.condition.exact;
    for (const auto& [name, text] : query) {
        if (name == "sort") {
            SHOWFLOOR_TRY(read_sort(record, view, text, asked));
        } else if (name == "limit") {
            SHOWFLOOR_TRY(read_limit(text, asked));
        } else if (name == "cursor") {
            asked.cursor = text;
        } else if (name == "total") {
            if (text != "true" && text != "false") return wrong("total", "total is true or false.");
            asked.total = text == "true";
        } else if (name == "q") {
            add_search(record, view, text, asked.condition);
            walks = false;
        } else {
            walks = walks && leaves_many(name);
            SHOWFLOOR_TRY(add_filter(record, view, name, text, asked.condition));
        }
    }
    if (walks) asked.walk = index_of_order(asked.sort->name);
    return asked;
}

// ---- cursors: where a page begins, by value and id of its neighbour, so that rows that come and
// go elsewhere move nothing.

struct Place {
    Cell value;
    std::string id;
    bool backwards = false;
};

std::string cursor_for(const Asked& asked, const Row& row, std::size_t sort_index, bool backwards) {
    base::Json json = {{"s", asked.sort->name},
                       {"d", asked.descending},
                       {"b", backwards},
                       {"i", std::get<std::string>(row[0])}};
    if (const auto* number = std::get_if<std::int64_t>(&row[sort_index])) json["v"] = *number;
    if (const auto* text = std::get_if<std::string>(&row[sort_index])) json["v"] = *text;
    const std::string text = base::dump_json(json);
    return base::to_base64url(base::as_bytes(text));
}

base::Result<std::optional<Place>> read_cursor(const Asked& asked) {
    if (asked.cursor.empty()) return std::optional<Place>();
    const auto bad = [] { return wrong("cursor", "This cursor cannot be read; begin anew."); };
    if (asked.cursor.size() > 4 * kMaxCursorBytes) return bad();
    const auto bytes = base::from_base64url(asked.cursor);
    if (!bytes) return bad();
    const auto json = base::parse_json(base::as_text(*bytes), 4 * kMaxCursorBytes);
    if (!json || !json->is_object()) return bad();
    const auto flag = [&](const char* name) {
        const auto found = json->find(name);
        return found != json->end() && found->is_boolean() && found->get<bool>();
    };
    Place place;
    place.id = base::text_member(*json, "i");
    place.backwards = flag("b");
    const bool same_order = base::text_member(*json, "s") == asked.sort->name &&
                            flag("d") == asked.descending && base::Uuid::parse(place.id);
    if (!same_order) return wrong("cursor", "This cursor belongs to another order; begin anew.");
    if (const auto value = json->find("v"); value != json->end()) {
        if (value->is_number_integer())
            place.value = value->get<std::int64_t>();
        else if (value->is_string())
            place.value = value->get<std::string>();
        else
            return bad();
    }
    return std::optional<Place>(std::move(place));
}

// Rows after `place` in the direction of travel. SQL's null comes before everything.
void add_place(const Asked& asked, const Place& place, bool upwards, Condition& condition) {
    const std::string column = sql_name(asked.sort->name);
    const std::string beyond = upwards ? " > ?" : " < ?";
    const bool null = std::holds_alternative<std::monostate>(place.value);
    if (asked.sort->name == "id") {
        add(condition, "id" + beyond);
    } else if (null && upwards) {
        add(condition, "(" + column + " IS NOT NULL OR id > ?)");
    } else if (null) {
        add(condition, "(" + column + " IS NULL AND id < ?)");
    } else {
        // The bound in front is where an index begins to be read.
        std::string sql = column + (upwards ? " >= ?" : " <= ?") + " AND (" + column + beyond +
                          " OR id" + beyond + ")";
        if (!upwards && !asked.sort->required) sql = "(" + sql + ") OR " + column + " IS NULL";
        add(condition, "(" + sql + ")");
        condition.values.push_back(place.value);
        condition.values.push_back(place.value);
    }
    condition.values.emplace_back(place.id);
}

std::string column_list(const Description& record) {
    std::string list;
    for (const Field& field : record.fields)
        list += (list.empty() ? "" : ", ") + sql_name(field.name);
    return list;
}

Row row_at(database::Statement& statement) {
    Row row;
    const int count = statement.column_count();
    row.reserve(static_cast<std::size_t>(count));
    for (int column = 0; column < count; ++column) {
        Cell cell = statement.cell(column);
        if (auto* number = std::get_if<std::int64_t>(&cell))
            row.emplace_back(*number);
        else if (auto* text = std::get_if<std::string>(&cell))
            row.emplace_back(std::move(*text));
        else
            row.emplace_back();
    }
    return row;
}

struct Seen {
    std::vector<std::pair<Row, domain::View>> rows;
    std::optional<Row> last_scanned;  // when the scan stopped before the page was full
    bool more = false;
};

// Reads on until the page is full; one row more tells whether there is another page.
base::Result<Seen> scan(database::Connection& connection, const domain::Actor& actor,
                        const Description& record, const Asked& asked,
                        const std::optional<Place>& place) {
    const bool backwards = place && place->backwards;
    const bool upwards = asked.descending == backwards;
    Condition condition = asked.condition;
    if (place) add_place(asked, *place, upwards, condition);
    const char* const direction = upwards ? "" : " DESC";
    std::string order = " ORDER BY " + sql_name(asked.sort->name) + direction;
    if (asked.sort->name != "id") order += std::string(", id") + direction;
    const std::string table = sql_name(record.name);
    // Along an index, what is found is what one may see: no row of it has to be left out.
    const std::size_t most = asked.walk != nullptr ? asked.limit + 1 : kMaxRowsScanned;
    const std::string rest = " WHERE " + condition.sql + order + " LIMIT " + std::to_string(most);
    std::string sql = "SELECT " + column_list(record) + " FROM " + table;
    if (asked.walk == nullptr)
        sql += rest;
    else
        sql += " WHERE rowid IN (SELECT rowid FROM " + table + " INDEXED BY " +
               sql_name(asked.walk) + rest + ")" + order;
    SHOWFLOOR_ASSIGN(auto statement, connection.prepare(sql));
    statement.bind_all(condition.values);
    storage::SqliteWorld world(connection);
    Seen seen;
    for (std::size_t scanned = 0; scanned < kMaxRowsScanned; ++scanned) {
        SHOWFLOOR_ASSIGN(const bool found, statement.step());
        if (!found) return seen;
        Row row = row_at(statement);
        const auto view = domain::view_of(actor, record, row, world);
        if (world.failure()) return *world.failure();
        if (!view) {
            seen.last_scanned = std::move(row);
            continue;
        }
        if (seen.rows.size() == asked.limit) {
            seen.more = true;
            seen.last_scanned.reset();
            return seen;
        }
        seen.last_scanned.reset();
        seen.rows.emplace_back(std::move(row), *view);
    }
    seen.more = true;
    return seen;
}

std::string array_of(const Description& record,
                     const std::vector<std::pair<Row, domain::View>>& rows) {
    // Mostly all are seen alike.
    std::optional<domain::RowText> writer;
    domain::View written = domain::View::kPublic;
    std::string text = "[";
    for (const auto& [row, view] : rows) {
        if (!writer || written != view) writer.emplace(record, written = view);
        if (text.size() > 1) text += ',';
        writer->append(row, text);
    }
    return text + "]";
}

}  // namespace

base::Result<Page> list_records(
    database::Connection& connection, const domain::Actor& actor, const Description& record,
    const std::map<std::string, std::string>& query,
    const std::vector<std::pair<std::string_view, std::string>>& fixed) {
    SHOWFLOOR_ASSIGN(const Asked asked, read_query(actor, record, query, fixed));
    SHOWFLOOR_ASSIGN(const auto place, read_cursor(asked));
    SHOWFLOOR_ASSIGN(Seen seen, scan(connection, actor, record, asked, place));
    const bool backwards = place && place->backwards;
    if (backwards) std::reverse(seen.rows.begin(), seen.rows.end());
    Page page;
    page.data = array_of(record, seen.rows);
    const std::size_t sort_index = record.index_of(asked.sort->name);
    const bool has_next = backwards || seen.more;
    const bool has_prev = backwards ? seen.more : place.has_value();
    if (!seen.rows.empty()) {
        if (has_next) page.next = cursor_for(asked, seen.rows.back().first, sort_index, false);
        if (has_prev) page.prev = cursor_for(asked, seen.rows.front().first, sort_index, true);
    }
    // Nothing of a long stretch was to be seen: the next page goes on behind it.
    if (seen.more && seen.last_scanned) {
        (backwards ? page.prev : page.next) =
            cursor_for(asked, *seen.last_scanned, sort_index, backwards);
    }
    if (asked.total && asked.condition.exact) {
        SHOWFLOOR_ASSIGN(const Cell count,
                         connection.value("SELECT COUNT(*) FROM " + sql_name(record.name) +
                                              " WHERE " + asked.condition.sql,
                                          asked.condition.values));
        page.total = std::get<std::int64_t>(count);
    }
    return page;
}

}  // namespace showfloor::central
