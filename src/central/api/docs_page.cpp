// /docs: the OpenAPI document as one page for people, without scripts and without anybody else's
// server. Everything on it comes out of the document.

#include <algorithm>

#include "central/api/openapi.hpp"

namespace showfloor::central {

namespace {

using base::Json;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

std::string text_at(const Json& object, const char* name) {
    return base::text_member(object, name);
}

// "Car", "array of Car", "integer 1 to 100", "one of a, b".
std::string type_of(const Json& schema) {
    if (const std::string reference = text_at(schema, "$ref"); !reference.empty()) {
        const std::string name = reference.substr(reference.rfind('/') + 1);
        return "<a href=\"#schema-" + escaped(name) + "\">" + escaped(name) + "</a>";
    }
    if (schema.contains("const")) return escaped(base::dump_json(schema["const"]));
    if (schema.contains("enum")) {
        std::string choices;
        for (const Json& choice : schema["enum"])
            choices +=
                (choices.empty() ? "" : ", ") +
                escaped(choice.is_string() ? choice.get<std::string>() : base::dump_json(choice));
        return "one of " + choices;
    }
    if (schema.contains("oneOf")) return "one of these";
    if (schema.contains("items")) return "list of " + type_of(schema["items"]);
    std::string type = schema.contains("type")
                           ? (schema["type"].is_string() ? schema["type"].get<std::string>()
                                                         : base::dump_json(schema["type"]))
                           : "anything";
    if (const std::string format = text_at(schema, "format"); !format.empty())
        type += " (" + format + ")";
    if (schema.contains("minimum") && schema.contains("maximum"))
        type +=
            " " + base::dump_json(schema["minimum"]) + " to " + base::dump_json(schema["maximum"]);
    if (schema.contains("maxLength"))
        type += ", at most " + base::dump_json(schema["maxLength"]) + " characters";
    return escaped(type);
}

bool is_required(const Json& schema, const std::string& name) {
    if (!schema.contains("required")) return false;
    const Json& required = schema["required"];
    return std::find(required.begin(), required.end(), Json(name)) != required.end();
}

// A row a property, nested objects below their owner.
void add_fields(const Json& schema, const std::string& before, int depth, std::string& page) {
    if (depth > 3 || !schema.is_object() || !schema.contains("properties")) return;
    for (const auto& [name, property] : schema["properties"].items()) {
        page += "<tr><td><code>" + escaped(before + name) + "</code>" +
                (is_required(schema, name) ? " <b title=\"required\">*</b>" : "") + "<td>" +
                type_of(property) + "<td>" + escaped(text_at(property, "description"));
        add_fields(property, before + name + ".", depth + 1, page);
        if (property.contains("items"))
            add_fields(property["items"], before + name + "[].", depth + 1, page);
    }
}

void add_schema_table(const Json& schema, std::string& page) {
    if (schema.contains("oneOf")) {
        for (const Json& choice : schema["oneOf"])
            add_schema_table(choice, page);
        return;
    }
    if (!schema.contains("properties")) {
        page += "<p>" + type_of(schema) + "</p>";
        return;
    }
    page += "<table><tr><th>Field<th>Type<th>";
    add_fields(schema, "", 0, page);
    page += "</table>";
}

void add_parameters(const Json& operation, std::string& page) {
    if (!operation.contains("parameters") || operation["parameters"].empty()) return;
    page += "<h4>Parameters</h4><table><tr><th>Name<th>Type<th>";
    for (const Json& one : operation["parameters"]) {
        page += "<tr><td><code>" + escaped(text_at(one, "name")) + "</code> <small>" +
                escaped(text_at(one, "in")) + "</small><td>" + type_of(one["schema"]) + "<td>" +
                escaped(text_at(one, "description"));
    }
    page += "</table>";
}

void add_operation(const std::string& method, const std::string& path, const Json& operation,
                   std::string& page) {
    std::string upper = method;
    for (char& c : upper)
        c = static_cast<char>(c - 'a' + 'A');
    const std::string id = text_at(operation, "operationId");
    page += "<details id=\"" + escaped(id) + "\"><summary><b class=\"" + method + "\">" + upper +
            "</b> <code>" + escaped(path) + "</code> <span>" +
            escaped(text_at(operation, "summary")) +
            "</span></summary><p>Who may: " + escaped(text_at(operation, "description")) + "</p>";
    add_parameters(operation, page);
    if (operation.contains("requestBody")) {
        for (const auto& [type, content] : operation["requestBody"]["content"].items()) {
            page += "<h4>Request body, <code>" + escaped(type) + "</code></h4>";
            add_schema_table(content["schema"], page);
        }
    }
    for (const auto& [status, answer] : operation["responses"].items()) {
        page += "<h4>Answer " + (status == "default" ? "when it fails" : escaped(status)) + "</h4>";
        if (!answer.contains("content")) {
            page += "<p>No body.</p>";
            continue;
        }
        for (const auto& [type, content] : answer["content"].items())
            add_schema_table(content["schema"], page);
    }
    page += "</details>";
}

constexpr std::string_view kHead =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
    "content=\"width=device-width\"><title>Showfloor API</title><style>"
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;"
    "margin:2rem auto;padding:0 1rem}nav a{margin-right:.8rem;white-space:nowrap}"
    "details{border:1px solid #8885;border-radius:.5rem;margin:.4rem 0;padding:.4rem .8rem}"
    "summary{cursor:pointer}summary b{display:inline-block;min-width:4.5rem}summary span{color:"
    "GrayText}table{border-collapse:collapse;width:100%;margin:.3rem 0}td,th{border-top:1px solid "
    "#8885;padding:.3rem .5rem;vertical-align:top;text-align:left}h4{margin:.8rem 0 .2rem}"
    "code{overflow-wrap:anywhere}.get{color:#0a6}.post{color:#06c}.patch,.put{color:#a60}"
    ".delete{color:#c33}</style>";

}  // namespace

std::string openapi_page() {
    const Json document = openapi_document();
    std::string page(kHead);
    page += "<h1>" + escaped(text_at(document["info"], "title")) + "</h1><p>" +
            escaped(text_at(document["info"], "description")) +
            "</p><p>Sign in with <code>POST /api/v1/auth/login</code>, then send "
            "<code>Authorization: Bearer ...</code>. For programs: <a href=\"/openapi.json\">"
            "openapi.json</a>.</p><nav>";
    for (const Json& tag : document["tags"])
        page += "<a href=\"#tag-" + escaped(text_at(tag, "name")) + "\">" +
                escaped(text_at(tag, "name")) + "</a> ";  // where a line may end
    page += "</nav>";
    for (const Json& tag : document["tags"]) {
        const std::string name = text_at(tag, "name");
        page += "<h2 id=\"tag-" + escaped(name) + "\">" + escaped(name) + "</h2>";
        for (const auto& [path, methods] : document["paths"].items()) {
            for (const auto& [method, operation] : methods.items()) {
                if (operation["tags"][0] == name) add_operation(method, path, operation, page);
            }
        }
    }
    page += "<h2>Schemas</h2>";
    for (const auto& [name, schema] : document["components"]["schemas"].items()) {
        page += "<h3 id=\"schema-" + escaped(name) + "\">" + escaped(name) + "</h3>";
        add_schema_table(schema, page);
    }
    return page + "</html>\n";
}

}  // namespace showfloor::central
