#include "domain/description.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "domain/limits.hpp"
#include "domain/row_text.hpp"

namespace showfloor::domain {

namespace {

using base::ErrorKind;
using base::Json;

base::Error wrong(std::string field, std::string sentence) {
    return base::fail(ErrorKind::kInvalid, std::move(sentence), "invalid", std::move(field));
}

// Code points of valid UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF);
// nullopt for anything else.
std::optional<std::size_t> count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const auto lead = static_cast<unsigned char>(text[i]);
        std::size_t more = 0;
        std::uint32_t point = lead;
        if (lead >= 0x80) {
            if (lead >= 0xC2 && lead <= 0xDF) {
                more = 1, point = lead & 0x1FU;
            } else if (lead >= 0xE0 && lead <= 0xEF) {
                more = 2, point = lead & 0x0FU;
            } else if (lead >= 0xF0 && lead <= 0xF4) {
                more = 3, point = lead & 0x07U;
            } else {
                return std::nullopt;
            }
        }
        if (text.size() - i <= more) return std::nullopt;
        for (std::size_t k = 1; k <= more; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0U) != 0x80) return std::nullopt;
            point = (point << 6U) | (next & 0x3FU);
        }
        constexpr std::array<std::uint32_t, 4> kSmallest = {0, 0x80, 0x800, 0x10000};
        if (point < kSmallest[more] || point > 0x10FFFF) return std::nullopt;
        if (point >= 0xD800 && point <= 0xDFFF) return std::nullopt;
        i += more + 1;
    }
    return count;
}

bool has_control_characters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
    });
}

std::string in_quotes(std::string_view name) {
    return "\"" + std::string(name) + "\"";
}

std::string options_of(const Field& field) {
    std::string text;
    for (const auto option : field.options) {
        if (!text.empty()) text += ", ";
        text += option;
    }
    return text;
}

bool is_color(std::string_view text) {
    return text.size() == 7 && text[0] == '#' &&
           text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

base::Result<void> check_text(const Field& field, const std::string& text) {
    const std::string name(field.name);
    const auto length = count_code_points(text);
    if (!length) return wrong(name, in_quotes(name) + " is not valid UTF-8.");
    if (has_control_characters(text))
        return wrong(name, in_quotes(name) + " contains characters that cannot be shown.");
    if (field.is_color && !is_color(text))
        return wrong(name, in_quotes(name) + " must be a colour such as \"#0F766E\".");
    if (static_cast<std::int64_t>(*length) > field.max)
        return wrong(name, in_quotes(name) + " may have at most " + std::to_string(field.max) +
                               " characters; this has " + std::to_string(*length) + ".");
    if (static_cast<std::int64_t>(*length) < field.min)
        return wrong(name, in_quotes(name) + " must have at least " + std::to_string(field.min) +
                               " characters.");
    return {};
}

base::Result<void> check_number(const Field& field, std::int64_t number) {
    if (number >= field.min && number <= field.max) return {};
    const std::string name(field.name);
    return wrong(name, in_quotes(name) + " must be from " + std::to_string(field.min) + " to " +
                           std::to_string(field.max) + ".");
}

base::Result<void> check_list(const Field& field, const std::string& text) {
    const std::string name(field.name);
    const auto list = base::parse_json(text, text.size());
    if (!list || !list->is_array()) return wrong(name, in_quotes(name) + " must be a list.");
    if (static_cast<std::int64_t>(list->size()) > field.max)
        return wrong(
            name, in_quotes(name) + " may have at most " + std::to_string(field.max) + " entries.");
    return {};
}

// ---- JSON into one value ----------------------------------------------------------------------

base::Result<Row> row_from(const Description& description, const Json& json, Intake intake,
                           const std::string& prefix);

base::Result<Value> texts_from(const Field& field, const Json& json, const std::string& path) {
    if (!json.is_array()) return wrong(path, in_quotes(path) + " must be a list of texts.");
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string item = path + "[" + std::to_string(i) + "]";
        if (!json[i].is_string()) return wrong(item, in_quotes(item) + " must be text.");
        const auto& text = json[i].get_ref<const std::string&>();
        const auto length = count_code_points(text);
        if (!length || *length == 0 || *length > kMaxListedText || has_control_characters(text))
            return wrong(item, in_quotes(item) + " must be 1 to " + std::to_string(kMaxListedText) +
                                   " readable characters.");
    }
    static_cast<void>(field);
    return Value{base::dump_json(json)};
}

base::Result<Value> list_from(const Field& field, const Json& json, Intake intake,
                              const std::string& path) {
    if (!json.is_array()) return wrong(path, in_quotes(path) + " must be a list.");
    if (intake != Intake::kRow && static_cast<std::int64_t>(json.size()) > field.max)
        return wrong(
            path, in_quotes(path) + " may have at most " + std::to_string(field.max) + " entries.");
    // Entries of a list are whole: inside a change they are judged as if new.
    const Intake inside = intake == Intake::kChanges ? Intake::kArguments : intake;
    Json list = Json::array();
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string item = path + "[" + std::to_string(i) + "]";
        SHOWFLOOR_ASSIGN(const Row row, row_from(*field.element, json[i], inside, item + "."));
        list.push_back(row_to_json(*field.element, row, View::kAll));
    }
    return Value{base::dump_json(list)};
}

base::Result<Value> free_json_from(const Json& json, const std::string& path) {
    if (!json.is_string()) return Value{base::dump_json(json)};
    const auto& text = json.get_ref<const std::string&>();
    const auto inner = base::parse_json(text, text.size());
    if (!inner || inner->is_string()) return wrong(path, in_quotes(path) + " must be JSON.");
    return Value{base::dump_json(*inner)};
}

// The value in its stored form; ranges are judged afterwards by check_value().
base::Result<Value> value_from(const Field& field, const Json& json, Intake intake,
                               const std::string& path) {
    switch (field.type) {
        case FieldType::kId: {
            if (!json.is_string()) return wrong(path, in_quotes(path) + " must be an id (text).");
            const auto& text = json.get_ref<const std::string&>();
            if (text.empty()) return Value{};
            const auto id = base::Uuid::parse(text);
            if (!id) return wrong(path, in_quotes(path) + " is not an id (36 characters, UUID).");
            return id->is_nil() ? Value{} : Value{id->to_string()};
        }
        case FieldType::kText:
            if (!json.is_string()) return wrong(path, in_quotes(path) + " must be text.");
            if (json.get_ref<const std::string&>().empty()) return Value{};
            return Value{json.get<std::string>()};
        case FieldType::kInteger:
        case FieldType::kTime:
            if (!json.is_number_integer() ||
                (json.is_number_unsigned() &&
                 json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)))
                return wrong(path, in_quotes(path) + " must be a whole number.");
            return Value{json.get<std::int64_t>()};
        case FieldType::kBoolean:
            if (!json.is_boolean()) return wrong(path, in_quotes(path) + " must be true or false.");
            return Value{std::int64_t{json.get<bool>() ? 1 : 0}};
        case FieldType::kEnum: {
            const bool known = json.is_string() &&
                               std::find(field.options.begin(), field.options.end(),
                                         std::string_view(json.get_ref<const std::string&>())) !=
                                   field.options.end();
            if (!known)
                return wrong(path, in_quotes(path) + " must be one of: " + options_of(field) + ".");
            return Value{json.get<std::string>()};
        }
        case FieldType::kTexts:
            return texts_from(field, json, path);
        case FieldType::kList:
            return list_from(field, json, intake, path);
        case FieldType::kJson:
            return free_json_from(json, path);
    }
    return wrong(path, in_quotes(path) + " cannot be read.");
}

// An explicit null or an empty text: "clear this field".
bool is_clearing(const Json& json) {
    return json.is_null() || (json.is_string() && json.get_ref<const std::string&>().empty());
}

base::Result<Value> cleared(const Field& field, const std::string& path) {
    const bool can =
        !field.required && field.type != FieldType::kBoolean && field.type != FieldType::kEnum;
    if (!can) return wrong(path, in_quotes(path) + " cannot be empty.");
    return Value{std::string()};
}

base::Result<Row> row_from(const Description& description, const Json& json, Intake intake,
                           const std::string& prefix) {
    if (!json.is_object()) {
        const std::string path = prefix.empty() ? "" : prefix.substr(0, prefix.size() - 1);
        return wrong(path,
                     in_quotes(path.empty() ? description.name : path) + " must be an object.");
    }
    const bool strict = intake != Intake::kRow;
    if (strict) {
        for (const auto& entry : json.items()) {
            const std::string path = prefix + entry.key();
            const Field* field = description.find(entry.key());
            if (field == nullptr)
                return wrong(path, in_quotes(path) + " is not a field of " +
                                       std::string(description.name) + ".");
            if (field->computed)
                return wrong(path, in_quotes(path) + " is worked out here; it cannot be given.");
        }
    }
    Row row(description.fields.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
        const Field& field = description.fields[i];
        const auto given = json.find(std::string(field.name));
        if (given == json.end() && !(intake == Intake::kArguments && field.required)) continue;
        const std::string path = prefix + std::string(field.name);
        if (given != json.end() && intake == Intake::kChanges && is_clearing(*given)) {
            SHOWFLOOR_ASSIGN(row[i], cleared(field, path));
            continue;
        }
        if (given != json.end() && !given->is_null()) {
            SHOWFLOOR_ASSIGN(row[i], value_from(field, *given, intake, path));
            if (strict) {
                if (const auto checked = check_value(field, row[i]); !checked && !is_null(row[i])) {
                    base::Error error = checked.error();
                    error.field = path;
                    return error;
                }
            }
        }
        if (intake == Intake::kArguments && field.required && is_null(row[i]))
            return wrong(path, in_quotes(path) + " is missing.");
    }
    return row;
}

Json list_to_json(const Field& field, const std::string& text, View view) {
    auto list = base::parse_json(text, text.size());
    if (!list || !list->is_array()) return Json::array();
    for (Json& item : *list) {
        for (const Field& inner : field.element->fields) {
            if (item.is_object() && !visible(inner, view)) item.erase(std::string(inner.name));
        }
    }
    return std::move(*list);
}

Json value_to_json(const Field& field, const Value& value, View view) {
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return field.type == FieldType::kBoolean ? Json(*number != 0) : Json(*number);
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) return nullptr;
    if (field.type == FieldType::kList) return list_to_json(field, *text, view);
    if (field.type == FieldType::kTexts || field.type == FieldType::kJson) {
        auto parsed = base::parse_json(*text, text->size());
        return parsed ? std::move(*parsed) : Json();
    }
    return *text;
}

// Most values are numbers and texts that stand in JSON as they are.
void append_value(const Field& field, const Value& value, View view, std::string& out) {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number != nullptr && field.type != FieldType::kBoolean) {
        out += std::to_string(*number);
        return;
    }
    const auto* text = std::get_if<std::string>(&value);
    const bool is_list = field.type == FieldType::kList || field.type == FieldType::kTexts ||
                         field.type == FieldType::kJson;
    const bool is_plain =
        text != nullptr && !is_list && std::all_of(text->begin(), text->end(), [](char c) {
            return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
        });
    if (!is_plain) {
        out += base::dump_json(value_to_json(field, value, view));
        return;
    }
    out += '"';
    out += *text;
    out += '"';
}

}  // namespace

const Field* Description::find(std::string_view field_name) const {
    for (const Field& field : fields) {
        if (field.name == field_name) return &field;
    }
    return nullptr;
}

std::size_t Description::index_of(std::string_view field_name) const {
    const Field* field = find(field_name);
    SHOWFLOOR_CHECK(field != nullptr, "a record has no field of that name");
    return static_cast<std::size_t>(field - fields.data());
}

Row row_of(const Description& description, const void* record) {
    Row row;
    row.reserve(description.fields.size());
    for (const Field& field : description.fields)
        row.push_back(field.get(field, record));
    return row;
}

base::Result<void> fill_from_row(const Description& description, const Row& row, void* record) {
    const auto damaged = [&](const std::string& what) {
        return base::fail(ErrorKind::kDamaged, "A stored " + std::string(description.name) +
                                                   " is damaged: " + what + ". Run verify.");
    };
    if (row.size() != description.fields.size())
        return damaged("it has the wrong number of fields");
    for (std::size_t i = 0; i < row.size(); ++i) {
        const Field& field = description.fields[i];
        if (is_null(row[i])) continue;
        if (!field.set(field, record, row[i])) {
            base::Error error = damaged(in_quotes(field.name) + " has another shape");
            error.field = std::string(field.name);
            return error;
        }
    }
    return {};
}

bool visible(const Field& field, View view) {
    switch (view) {
        case View::kAll:
            return true;
        case View::kStaff:
            return !field.confidential;
        case View::kPublic:
            return field.public_field && !field.confidential;
        case View::kTerminal:
            return field.at_terminal && !field.confidential;
    }
    return false;
}

base::Json row_to_json(const Description& description, const Row& row, View view) {
    Json json = Json::object();
    for (std::size_t i = 0; i < row.size() && i < description.fields.size(); ++i) {
        const Field& field = description.fields[i];
        if (is_null(row[i]) || !visible(field, view)) continue;
        json[std::string(field.name)] = value_to_json(field, row[i], view);
    }
    return json;
}

RowText::RowText(const Description& description, View view)
    : description_(description), view_(view) {
    for (std::size_t i = 0; i < description.fields.size(); ++i) {
        const Field& field = description.fields[i];
        if (visible(field, view)) members_.push_back({i, in_quotes(field.name) + ":"});
    }
    std::sort(members_.begin(), members_.end(), [&](const Member& one, const Member& other) {
        return description.fields[one.at].name < description.fields[other.at].name;
    });
}

void RowText::append(const Row& row, std::string& out) const {
    out += '{';
    char separator = 0;
    for (const Member& member : members_) {
        if (member.at >= row.size() || is_null(row[member.at])) continue;
        if (separator != 0) out += separator;
        separator = ',';
        out += member.name;
        append_value(description_.fields[member.at], row[member.at], view_, out);
    }
    out += '}';
}

base::Result<Row> row_from_json(const Description& description, const base::Json& json,
                                Intake intake) {
    return row_from(description, json, intake, "");
}

void apply_changes(const Description& changes, const Row& row, const Description& description,
                   void* record) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        const Field* field = description.find(changes.fields[i].name);
        if (field == nullptr || is_null(row[i])) continue;
        const auto* text = std::get_if<std::string>(&row[i]);
        const bool clear = text != nullptr && text->empty();
        const bool fits = field->set(*field, record, clear ? Value{} : row[i]);
        SHOWFLOOR_CHECK(fits, "a checked change does not fit its record");
    }
}

base::Result<void> check_value(const Field& field, const Value& value) {
    const std::string name(field.name);
    if (is_null(value)) {
        if (field.required) return wrong(name, in_quotes(name) + " is missing.");
        return {};
    }
    const auto* text = std::get_if<std::string>(&value);
    const auto* number = std::get_if<std::int64_t>(&value);
    switch (field.type) {
        case FieldType::kInteger:
        case FieldType::kTime:
        case FieldType::kBoolean:
            if (number == nullptr) return wrong(name, in_quotes(name) + " must be a number.");
            return check_number(field, *number);
        case FieldType::kId:
            if (text == nullptr || !base::Uuid::parse(*text))
                return wrong(name, in_quotes(name) + " is not an id.");
            return {};
        case FieldType::kEnum:
            if (text == nullptr ||
                std::find(field.options.begin(), field.options.end(), *text) == field.options.end())
                return wrong(name, in_quotes(name) + " must be one of: " + options_of(field) + ".");
            return {};
        case FieldType::kText:
            if (text == nullptr) return wrong(name, in_quotes(name) + " must be text.");
            return check_text(field, *text);
        case FieldType::kTexts:
        case FieldType::kList:
            if (text == nullptr) return wrong(name, in_quotes(name) + " must be a list.");
            return check_list(field, *text);
        case FieldType::kJson:
            if (text == nullptr) return wrong(name, in_quotes(name) + " must be JSON.");
            if (static_cast<std::int64_t>(text->size()) > field.max)
                return wrong(name, in_quotes(name) + " is too long.");
            if (!base::parse_json(*text, text->size()))
                return wrong(name, in_quotes(name) + " must be JSON.");
            return {};
    }
    return {};
}

}  // namespace showfloor::domain
