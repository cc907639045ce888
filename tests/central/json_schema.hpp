#pragma once
// As much of JSON Schema as our OpenAPI document uses. Thread contract: pure functions.

#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/uuid.hpp"

namespace showfloor::testing {

inline bool has_type(const base::Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "boolean") return value.is_boolean();
    if (type == "null") return value.is_null();
    return type == "number" && value.is_number();
}

// Adds a sentence for everything that does not fit.
inline void check_schema(const base::Json& document, const base::Json& schema,
                         const base::Json& value, const std::string& place,
                         std::vector<std::string>& problems) {
    using base::Json;
    if (schema.contains("$ref")) {
        const std::string name = schema["$ref"].get<std::string>();
        check_schema(document, document.at(Json::json_pointer(name.substr(1))), value, place,
                     problems);
        return;
    }
    if (schema.contains("const") && value != schema["const"])
        problems.push_back(place + " is not the constant");
    if (schema.contains("enum")) {
        bool found = false;
        for (const Json& choice : schema["enum"])
            found = found || choice == value;
        if (!found) problems.push_back(place + " is none of the choices: " + value.dump());
    }
    if (schema.contains("type")) {
        const Json& types = schema["type"];
        bool fits = false;
        for (const Json& type : types.is_array() ? types : Json::array({types}))
            fits = fits || has_type(value, type.get<std::string>());
        if (!fits) {
            problems.push_back(place + " is of another type: " + value.dump());
            return;
        }
    }
    if (value.is_string()) {
        if (schema.value("format", "") == "uuid" && !base::Uuid::parse(value.get<std::string>()))
            problems.push_back(place + " is no id: " + value.dump());
        // maxLength counts characters, which are at most as many as bytes.
        if (schema.contains("maxLength") &&
            value.get<std::string>().size() > 4 * schema["maxLength"].get<std::size_t>())
            problems.push_back(place + " is too long");
    }
    if (value.is_number_integer()) {
        const auto number = value.get<std::int64_t>();
        if (schema.contains("minimum") && number < schema["minimum"].get<std::int64_t>())
            problems.push_back(place + " is too small: " + value.dump());
        if (schema.contains("maximum") && number > schema["maximum"].get<std::int64_t>())
            problems.push_back(place + " is too large: " + value.dump());
    }
    if (value.is_array() && schema.contains("items")) {
        for (std::size_t i = 0; i < value.size(); ++i)
            check_schema(document, schema["items"], value[i], place + "[" + std::to_string(i) + "]",
                         problems);
    }
    if (!value.is_object()) return;
    if (schema.contains("required")) {
        for (const Json& name : schema["required"]) {
            if (!value.contains(name.get<std::string>()))
                problems.push_back(place + "." + name.get<std::string>() + " is missing");
        }
    }
    for (const auto& [name, part] : value.items()) {
        if (schema.contains("properties") && schema["properties"].contains(name))
            check_schema(document, schema["properties"][name], part, place + "." + name, problems);
        else if (schema.value("additionalProperties", true) == false)
            problems.push_back(place + "." + name + " is not described");
    }
}

}  // namespace showfloor::testing
