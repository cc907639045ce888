#include "central/api/openapi.hpp"

#include <algorithm>
#include <set>

#include "central/api/answer_schemas.hpp"
#include "central/api/route.hpp"
#include "central/api/schema.hpp"

namespace showfloor::central {

namespace {

using base::Json;

Json reference(std::string_view name) {
    return {{"$ref", "#/components/schemas/" + std::string(name)}};
}

std::string lower_method(std::string_view method) {
    std::string lower(method);
    for (char& c : lower)
        c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

Json parameter(std::string name, const char* place, const char* description, Json schema) {
    return {{"name", std::move(name)},
            {"in", place},
            {"required", std::string_view(place) == "path"},
            {"description", description},
            {"schema", std::move(schema)}};
}

// The names of the {parameters} in a path.
std::vector<std::string> parameters_in(std::string_view path) {
    std::vector<std::string> names;
    for (auto open = path.find('{'); open != std::string_view::npos;
         open = path.find('{', open + 1))
        names.emplace_back(path.substr(open + 1, path.find('}', open) - open - 1));
    return names;
}

void add_list_parameters(const Route& route, Json& parameters) {
    const Json text = {{"type", "string"}};
    parameters.push_back(parameter(
        "limit", "query", "Entries of a page.",
        {{"type", "integer"}, {"minimum", 1}, {"maximum", kMaxPage}, {"default", kDefaultPage}}));
    parameters.push_back(
        parameter("cursor", "query", "Where the page begins, as an answer told.", text));
    parameters.push_back(
        parameter("sort", "query", "A field; with - before it the other way round.", text));
    parameters.push_back(parameter("q", "query", "Words that must occur.", text));
    parameters.push_back(parameter("total", "query", "Count all entries, where that is possible.",
                                   {{"type", "boolean"}}));
    for (const auto& field : route.record->fields) {
        using enum domain::FieldType;
        if (field.type == kTexts || field.type == kList || field.type == kJson) continue;
        const std::string name(field.name);
        parameters.push_back(parameter(name, "query", "Equal to this.", text));
        if (field.type != kInteger && field.type != kTime) continue;
        const Json number = {{"type", "integer"}};
        parameters.push_back(parameter(name + "_min", "query", "At least this.", number));
        parameters.push_back(parameter(name + "_max", "query", "At most this.", number));
    }
}

Json path_parameter(const std::string& name) {
    if (name == "id")
        return parameter(name, "path", "The record's id.",
                         {{"type", "string"}, {"format", "uuid"}});
    if (name == "sha256")
        return parameter(name, "path", "SHA-256 in hex.",
                         {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}});
    if (name == "vin")
        return parameter(name, "path", "A vehicle identification number.",
                         {{"type", "string"}, {"minLength", 17}, {"maxLength", 17}});
    if (name == "stock_number")
        return parameter(name, "path", "A car's stock number, or several with commas.",
                         {{"type", "string"}});
    return parameter(name, "path", "What it is known by.", {{"type", "string"}});
}

// "/api/v1/cars/{id}/images" -> "cars"; what is not below /api/v1 is "system".
std::string tag_of(const Route& route) {
    constexpr std::string_view kBase = "/api/v1/";
    if (!route.path.starts_with(kBase)) return "system";
    return route.path.substr(kBase.size(), route.path.find('/', kBase.size()) - kBase.size());
}

Json parameters_of(const Route& route) {
    Json parameters = Json::array();
    for (const std::string& name : parameters_in(route.path))
        parameters.push_back(path_parameter(name));
    if (route.answer == Route::Answer::kList) add_list_parameters(route, parameters);
    for (const OwnParameter& own : own_parameters(route.operation))
        parameters.push_back(parameter(own.name, "query", own.description, own.schema));
    const bool one = route.answer == Route::Answer::kRecord && !route.path.ends_with("s");
    if (route.method == "GET" && route.record != nullptr)
        parameters.push_back(parameter("If-None-Match", "header", "304 when it is still the same.",
                                       {{"type", "string"}}));
    if ((route.method == "PATCH" || route.method == "DELETE" || route.method == "PUT") && one)
        parameters.push_back(parameter("If-Match", "header", "412 when it was changed meanwhile.",
                                       {{"type", "string"}}));
    if (route.method == "POST" && route.rule == Rule::kRightsTable)
        parameters.push_back(parameter("Idempotency-Key", "header",
                                       "The same key again gets the same answer, for 48 hours.",
                                       {{"type", "string"}, {"maxLength", kMaxIdempotencyKey}}));
    return parameters;
}

Json success_of(const Route& route) {
    const auto json = [](Json schema) {
        return Json{{"application/json", {{"schema", std::move(schema)}}}};
    };
    switch (route.answer) {
        case Route::Answer::kRecord:
            return {{"description", "The record as one may see it."},
                    {"content", json(reference(schema_name(route.record->name)))}};
        case Route::Answer::kList: {
            const Json cursor = {{"type", {"string", "null"}}};
            Json page = {
                {"type", "object"},
                {"required", {"data", "cursor"}},
                {"properties",
                 {{"data",
                   {{"type", "array"}, {"items", reference(schema_name(route.record->name))}}},
                  {"cursor",
                   {{"type", "object"}, {"properties", {{"next", cursor}, {"prev", cursor}}}}},
                  {"total", {{"type", "integer"}}}}}};
            return {{"description", "One page."}, {"content", json(std::move(page))}};
        }
        case Route::Answer::kObject:
            return {{"description", "Done."}, {"content", json(answer_schema(route.operation))}};
        case Route::Answer::kFile:
            return {{"description", "The file."},
                    {"content", {{"*/*", {{"schema", {{"type", "string"}}}}}}}};
        case Route::Answer::kNothing:
            return {{"description", "Done."}};
    }
    return {};
}

std::string success_status(const Route& route) {
    if (route.answer == Route::Answer::kNothing) return "204";
    if (route.operation == "auth_password_reset" || route.operation == "auth_verify_email")
        return "202";
    return route.creates ? "201" : "200";
}

// One sentence on who may: the rights table's own words.
std::string who_may(const Route& route) {
    if (route.rule == Rule::kAnybody) return "Anybody.";
    if (route.rule == Rule::kEachRecord) return "Anybody; each finds what they may read.";
    if (route.rule == Rule::kSignedIn) return "Whoever is signed in.";
    std::string who;
    for (const domain::Right& right : domain::rights_table()) {
        const bool asks =
            right.action == domain::Action::kAsk && route.action != domain::Action::kRead;
        if (right.area != route.area || (right.action != route.action && !asks)) continue;
        who += (who.empty() ? "" : ", ") +
               std::string(domain::kRoleNames[static_cast<std::size_t>(right.role)]) + " (" +
               (asks ? "with an approver" : std::string(domain::name_of(right.reach))) + ")";
    }
    return who + ".";
}

Json operation_of(const Route& route) {
    Json operation = {{"operationId", route.operation},
                      {"tags", {tag_of(route)}},
                      {"summary", route.summary},
                      {"description", who_may(route)},
                      {"parameters", parameters_of(route)}};
    if (!route.request_schema.is_null()) {
        const std::string type = route.request_schema.value("contentMediaType", "application/json");
        operation["requestBody"] = {{"required", true},
                                    {"content", {{type, {{"schema", route.request_schema}}}}}};
    }
    operation["responses"] = {
        {success_status(route), success_of(route)},
        {"default",
         {{"description", "A problem (RFC 9457)."},
          {"content", {{"application/problem+json", {{"schema", reference("Problem")}}}}}}}};
    if (route.rule == Rule::kRightsTable) {
        operation["x-right"] = {{"area", domain::name_of(route.area)},
                                {"action", domain::name_of(route.action)}};
    } else {
        operation["x-right"] = route.rule == Rule::kSignedIn ? "signed in" : "anybody";
    }
    const bool open = route.rule == Rule::kAnybody;
    operation["security"] = open ? Json::array() : Json::array({{{"bearer", Json::array()}}});
    return operation;
}

Json problem_schema() {
    const Json text = {{"type", "string"}};
    return {{"type", "object"},
            {"required", {"type", "title", "status", "code", "request_id"}},
            {"properties",
             {{"type", text},
              {"title", text},
              {"status", {{"type", "integer"}}},
              {"code", text},
              {"detail", text},
              {"request_id", text},
              {"details", {{"type", "object"}}},
              {"fields",
               {{"type", "array"},
                {"items",
                 {{"type", "object"},
                  {"properties", {{"field", text}, {"code", text}, {"message", text}}}}}}}}}};
}

// ---- YAML -------------------------------------------------------------------------------------

bool is_plain_key(std::string_view key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    });
}

// Scalars stand as JSON, which YAML reads the same way.
void write_yaml(const Json& value, std::size_t depth, std::string& out) {
    const std::string indent(depth * 2, ' ');
    const bool scalar = !value.is_structured() || value.empty();
    if (scalar) {
        out += " " + base::dump_json(value) + "\n";
        return;
    }
    out += "\n";
    if (value.is_array()) {
        for (const Json& item : value) {
            const bool flat = !item.is_structured() || item.empty();
            out += indent + "-";
            if (flat) {
                out += " " + base::dump_json(item) + "\n";
            } else {
                write_yaml(item, depth + 1, out);
            }
        }
        return;
    }
    for (const auto& [key, item] : value.items()) {
        const bool plain = is_plain_key(key) && key != "null" && key != "true" && key != "false";
        out += indent + (plain ? key : base::dump_json(Json(key))) + ":";
        write_yaml(item, depth + 1, out);
    }
}

}  // namespace

Json openapi_document() {
    Json document = {
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "Showfloor central"},
          {"version", "1"},
          {"description",
           "Amounts are integers of minor units; times are milliseconds since 1970, UTC. Unknown "
           "fields and filters are errors that name them."},
          {"contact", {{"name", "The dealership's administrator"}}}}},
        {"servers",
         {{{"url", "https://localhost:8443"}, {"description", "central's default address"}}}}};
    Json& paths = document["paths"];
    Json& schemas = document["components"]["schemas"];
    for (const Route& route : routes()) {
        paths[route.path][lower_method(route.method)] = operation_of(route);
        if (route.record != nullptr)
            schemas[schema_name(route.record->name)] = record_schema(*route.record);
    }
    std::set<std::string> tags;
    for (const Route& route : routes())
        tags.insert(tag_of(route));
    for (const std::string& tag : tags)
        document["tags"].push_back({{"name", tag}});
    schemas["Problem"] = problem_schema();
    document["components"]["securitySchemes"]["bearer"] = {
        {"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}};
    return document;
}

std::string openapi_yaml() {
    std::string out =
        "# Made from the route table by central_test (SHOWFLOOR_WRITE_OPENAPI=1); do not edit.";
    write_yaml(openapi_document(), 0, out);
    return out;
}

}  // namespace showfloor::central
