#pragma once
// Description: the one place that says what a record (or a command's arguments) consists of. SQL,
// JSON, CSV, validation, visibility, history, the terminal's pending layer and OpenAPI are all
// ordinary functions over it. Thread contract: descriptions are built once and never change;
// everything here is callable from any thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "domain/value.hpp"

namespace showfloor::domain {

enum class FieldType {
    kId,       // base::Uuid; nil = null
    kText,     // std::string; empty = null; min/max count code points
    kInteger,  // std::int64_t, or std::optional<std::int64_t>; min/max are values
    kBoolean,  // bool
    kTime,     // base::UtcMs; 0 = null
    kEnum,     // enum class; options are its names in order
    kTexts,    // std::vector<std::string>; max counts items
    kList,     // std::vector<Struct>; element describes Struct; max counts items
    kJson,     // std::string of JSON (already checked), for values without a shape of their own
};

struct Description;

struct Field {
    std::string_view name;
    FieldType type = FieldType::kText;
    bool required = false;
    std::int64_t min = 0;
    std::int64_t max = 0;
    bool personal = false;      // says who somebody is: sealed on a terminal, erasable
    bool confidential = false;  // never leaves central's database except to those with the right
    bool public_field = false;  // a customer or nobody may see it
    bool at_terminal = true;    // false: central keeps it to itself although not confidential
    bool computed = false;      // set by a handler, never accepted from outside
    bool lookup = false;        // a personal field one may search by equality on a terminal
    bool is_color = false;      // kText: "#RRGGBB"
    std::span<const std::string_view> options;  // kEnum
    const Description* element = nullptr;       // kList
    std::string_view refers_to;                 // kId: the record it points to
    Value (*get)(const Field&, const void* record) = nullptr;
    // False when the value is of another shape (wrong type, unknown option); the record is
    // untouched.
    bool (*set)(const Field&, void* record, const Value&) = nullptr;
};

// Where a record lives beside central.
enum class Synced { kNever, kPublic, kBranch, kTerminal };

struct Description {
    std::string_view name;    // "car": table, JSON, messages
    std::string_view plural;  // "cars": REST path; empty for arguments and list elements
    std::vector<Field> fields;
    Synced synced = Synced::kNever;
    // Each entry is one index; "unique:" before the first name makes it unique at central only.
    std::vector<std::vector<std::string_view>> indexes;

    [[nodiscard]] const Field* find(std::string_view field_name) const;     // nullptr when absent
    [[nodiscard]] std::size_t index_of(std::string_view field_name) const;  // absent is a bug
};

// Specialised beside each struct (records.cpp, commands' argument files).
template <typename T>
const Description& describe();

// ---- typed records and rows -------------------------------------------------------------------

[[nodiscard]] Row row_of(const Description& description, const void* record);
// `record` is freshly made: a null leaves its member's default, so that a column newer than the row
// means what its struct says. kDamaged, naming record and field, when a stored row does not have
// the described shape.
[[nodiscard]] base::Result<void> fill_from_row(const Description& description, const Row& row,
                                               void* record);

template <typename T>
[[nodiscard]] Row to_row(const T& record) {
    return row_of(describe<T>(), &record);
}
template <typename T>
[[nodiscard]] base::Result<T> from_row(const Row& row) {
    T record;
    SHOWFLOOR_TRY(fill_from_row(describe<T>(), row, &record));
    return record;
}

// ---- JSON -------------------------------------------------------------------------------------

// Which fields may be seen.
enum class View {
    kAll,       // central's own files: history, backup
    kStaff,     // all but confidential
    kPublic,    // public_field only
    kTerminal,  // what may lie on a terminal's disk
};
[[nodiscard]] bool visible(const Field& field, View view);

// Null values are left out. kId as text, kTime as integer ms, kEnum by name.
[[nodiscard]] base::Json row_to_json(const Description& description, const Row& row, View view);

// How strictly JSON from outside is taken.
enum class Intake {
    kArguments,  // a person's input: an unknown or computed field is an error that names it;
                 // required fields must be there; ranges are checked
    kChanges,    // the same, but nothing is required (updates); absent fields stay null, an
                 // explicit null or "" comes as empty text: clear the field (apply_changes)
    kRow,        // a row from our own wire: unknown fields ignored (newer central), shapes checked
};
// kInvalid with `field` set ("payments[0].amount_minor") and a sentence on the first thing wrong.
[[nodiscard]] base::Result<Row> row_from_json(const Description& description,
                                              const base::Json& json, Intake intake);

template <typename T>
[[nodiscard]] base::Json to_json(const T& record, View view = View::kAll) {
    return row_to_json(describe<T>(), to_row(record), view);
}
template <typename T>
[[nodiscard]] base::Result<T> from_json(const base::Json& json, Intake intake) {
    SHOWFLOOR_ASSIGN(const Row row, row_from_json(describe<T>(), json, intake));
    return from_row<T>(row);
}

// Writes what a row taken with kChanges names into a record whose description has the same fields
// by name; fields of `changes` that the record lacks are left alone.
void apply_changes(const Description& changes, const Row& row, const Description& description,
                   void* record);

// Checks one value against its field's type, range and options.
[[nodiscard]] base::Result<void> check_value(const Field& field, const Value& value);

}  // namespace showfloor::domain
