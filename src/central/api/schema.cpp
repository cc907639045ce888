#include "central/api/schema.hpp"

#include <algorithm>

namespace showfloor::central {

namespace {

using base::Json;
using domain::Field;
using domain::FieldType;

Json object_schema() {
    return {{"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
}

Json field_schema(const Field& field) {
    switch (field.type) {
        case FieldType::kId: {
            Json schema = {{"type", "string"}, {"format", "uuid"}};
            if (!field.refers_to.empty())
                schema["description"] = "id of a " + std::string(field.refers_to);
            return schema;
        }
        case FieldType::kText:
            // Empty clears it.
            if (field.is_color) return {{"type", "string"}, {"pattern", "^(#[0-9A-Fa-f]{6})?$"}};
            return {{"type", "string"}, {"maxLength", field.max}};
        case FieldType::kInteger:
            return {{"type", "integer"}, {"minimum", field.min}, {"maximum", field.max}};
        case FieldType::kBoolean:
            return {{"type", "boolean"}};
        case FieldType::kTime:
            return {{"type", "integer"}, {"description", "milliseconds since 1970, UTC"}};
        case FieldType::kEnum: {
            Json names = Json::array();
            for (const auto option : field.options)
                names.push_back(option);
            return {{"type", "string"}, {"enum", std::move(names)}};
        }
        case FieldType::kTexts:
            return {{"type", "array"}, {"maxItems", field.max}, {"items", {{"type", "string"}}}};
        case FieldType::kList: {
            Json element = object_schema();
            for (const Field& part : field.element->fields) {
                element["properties"][std::string(part.name)] = field_schema(part);
                if (part.required) element["required"].push_back(part.name);
            }
            return {{"type", "array"}, {"maxItems", field.max}, {"items", std::move(element)}};
        }
        case FieldType::kJson:
            return {{"description", "JSON of its own shape"}};
    }
    return {};
}

}  // namespace

std::string schema_name(std::string_view record) {
    std::string name;
    bool capital = true;
    for (const char c : record) {
        if (c == '_') {
            capital = true;
            continue;
        }
        name += capital && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        capital = false;
    }
    return name;
}

Json record_schema(const domain::Description& record) {
    Json schema = {{"type", "object"}, {"properties", Json::object()}, {"required", {"id"}}};
    for (const Field& field : record.fields)
        schema["properties"][std::string(field.name)] = field_schema(field);
    return schema;
}

Json arguments_schema(const domain::Description& arguments,
                      std::initializer_list<std::string_view> without, bool complete) {
    Json schema = object_schema();
    for (const Field& field : arguments.fields) {
        const bool given = std::find(without.begin(), without.end(), field.name) != without.end();
        if (given || field.computed) continue;
        schema["properties"][std::string(field.name)] = field_schema(field);
        // The id of a new record may be left out: central makes one.
        if (complete && field.required && field.name != "id")
            schema["required"].push_back(field.name);
    }
    return schema;
}

Json texts_schema(std::initializer_list<const char*> names) {
    Json schema = object_schema();
    for (const char* name : names) {
        schema["properties"][name] = {{"type", "string"}};
        schema["required"].push_back(name);
    }
    return schema;
}

}  // namespace showfloor::central
