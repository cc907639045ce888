#include "central/api/answer_schemas.hpp"

#include <initializer_list>
#include <map>
#include <string>
#include <utility>

namespace showfloor::central {

namespace {

using base::Json;

const Json kText = {{"type", "string"}};
const Json kNumber = {{"type", "integer"}};
const Json kFlag = {{"type", "boolean"}};
const Json kId = {{"type", "string"}, {"format", "uuid"}};
const Json kTextOrNull = {{"type", {"string", "null"}}};

// An object in which all of these are there.
Json object(std::initializer_list<std::pair<const char*, Json>> properties,
            std::initializer_list<std::pair<const char*, Json>> optional = {}) {
    Json schema = {{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
    for (const auto& [name, property] : properties) {
        schema["properties"][name] = property;
        schema["required"].push_back(name);
    }
    for (const auto& [name, property] : optional)
        schema["properties"][name] = property;
    return schema;
}

Json list(Json items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}

Json amounts() {
    return list(object({{"currency", kText}, {"amount_minor", kNumber}}));
}

Json described(const char* words, Json schema) {
    schema["description"] = words;
    return schema;
}

Json by(const char* name, const Json& type) {
    return list(
        object({{name, type}, {"currency", kText}, {"count", kNumber}, {"revenue_minor", kNumber}},
               {{"commission_minor", kNumber}}));
}

Json tokens() {
    return object({{"access_token", kText},
                   {"refresh_token", kText},
                   {"token_type", {{"const", "Bearer"}}},
                   {"expires_in", kNumber},
                   {"user_id", kId},
                   {"must_change_password", kFlag}});
}

Json board() {
    const Json counted = list(object({{"status", kText}, {"count", kNumber}}));
    return object(
        {{"at", kNumber},
         {"sales_by_month", by("month", kText)},
         {"sales_by_make", by("make", kText)},
         {"sales_by_status", counted},
         {"latest_sales",
          list(object(
              {{"id", kId}, {"currency", kText}, {"total_minor", kNumber}, {"car", kText}}))},
         {"orders_by_status", list(object({{"status", kText},
                                           {"currency", kText},
                                           {"count", kNumber},
                                           {"value_minor", kNumber}}))},
         {"latest_orders",
          list(object({{"id", kId}, {"currency", kText}, {"total_minor", kNumber}}))},
         {"open_invoices",
          list(object({{"currency", kText}, {"count", kNumber}, {"balance_minor", kNumber}}))}},
        {{"users",
          list(object({{"role", kText}, {"count", kNumber}, {"new_in_30_days", kNumber}}))},
         {"latest_registrations", list(object({{"id", kId}}))},
         {"cars", list(object({{"availability", kText},
                               {"currency", kText},
                               {"count", kNumber},
                               {"value_minor", kNumber}}))},
         {"stock_age",
          described(
              "Cars neither sold nor archived, by the UTC day they were entered: under_30_days "
              "holds today's and those of the 29 days before, and so on; each car is in one "
              "band, and empty bands are left out.",
              list(object({{"age", kText}, {"count", kNumber}})))},
         {"terminals", object({{"count", kNumber}, {"online", kNumber}})},
         {"sales_by_seller", by("seller_id", kTextOrNull)},
         {"incoming_orders", list(object({{"status", kText},
                                          {"currency", kText},
                                          {"count", kNumber},
                                          {"cost_minor", kNumber}}))},
         {"profit_by_month", list(object({{"month", kText},
                                          {"currency", kText},
                                          {"company_profit_minor", kNumber},
                                          {"incomplete", kNumber}}))}});
}

std::map<std::string_view, Json> all() {
    const Json picture = object({{"sha256", kText},
                                 {"sha256_medium", kText},
                                 {"sha256_small", kText},
                                 {"width", kNumber},
                                 {"height", kNumber},
                                 {"blurhash", kText},
                                 {"bytes", kNumber}});
    return {
        {"auth_login", tokens()},
        {"auth_refresh", tokens()},
        {"auth_me", object({{"id", kId}, {"role", kText}, {"kind", kText}})},
        {"auth_register", object({{"user_id", kId}, {"role", {{"const", "customer"}}}})},
        {"auth_password_reset", object({{"status", kText}, {"expires_in", kNumber}})},
        {"auth_verify_email", object({{"status", kText}, {"expires_in", kNumber}})},
        {"health",
         object({{"status", kText},
                 {"epoch", kText},
                 {"server_time", kNumber},
                 {"mail",
                  object({{"waiting", kNumber}, {"stuck", kNumber}, {"oldest_at", kNumber}})}})},
        {"upload_picture", picture},
        {"create_enrollment_code",
         object({{"code", kText}, {"ca_fingerprint", kText}, {"expires_at", kNumber}})},
        {"reset_password", object({{"one_time_password", kText}})},
        {"read_settings", object({{"languages", list(kText)}}, {{"login_notice", kText}})},
        {"update_settings", object({{"languages", list(kText)}, {"login_notice", kText}})},
        {"list_quarantine", object({{"data", list(object({{"terminal_id", kId},
                                                          {"branch_id", kId},
                                                          {"terminal", kText},
                                                          {"reference", kText},
                                                          {"command_id", kTextOrNull},
                                                          {"seq", kNumber},
                                                          {"outcome", kText},
                                                          {"reason", kText},
                                                          {"content", kText},
                                                          {"received_at", kNumber}}))}})},
        {"import_cars", object({{"imported", kNumber},
                                {"updated", kNumber},
                                {"unchanged", kNumber},
                                {"rejected", list(object({{"line", kNumber}, {"reason", kText}}))}},
                               {{"rejected_count", kNumber}})},
        {"upload_document", object({{"sha256", kText}, {"bytes", kNumber}, {"media_type", kText}})},
        {"read_vin", object({{"vin", kText},
                             {"wmi", kText},
                             {"check_digit_fits", kFlag},
                             {"year_is_certain", kFlag}},
                            {{"make", kText},
                             {"makes", list(kText)},
                             {"manufacturer", kText},
                             {"country", kText},
                             {"region", kText},
                             {"model_year", kNumber}})},
        {"dashboard", board()},
        {"sellers_summary", object({{"data", list(object({{"seller_id", kId},
                                                          {"name", kText},
                                                          {"customers", kNumber},
                                                          {"sales", kNumber},
                                                          {"cars_sold", kNumber},
                                                          {"revenue", amounts()}},
                                                         {{"commission", amounts()}}))}})},
        {"search",
         object(
             {{"data",
               list(object({{"kind", kText}, {"id", kId}, {"record", {{"type", "object"}}}}))}})},
        {"openapi", object({{"openapi", kText},
                            {"info", {{"type", "object"}}},
                            {"paths", {{"type", "object"}}}})},
    };
}

}  // namespace

Json answer_schema(std::string_view operation) {
    static const std::map<std::string_view, Json> schemas = all();
    const auto found = schemas.find(operation);
    return found == schemas.end() ? Json{{"type", "object"}} : found->second;
}

std::vector<OwnParameter> own_parameters(std::string_view operation) {
    if (operation == "search")
        return {{"q", "Words that must all occur: prefixes, accents, one typing error.", kText},
                {"kinds",
                 "cars, customers, invoices, receipts, users, tickets, products, with commas; none "
                 "= all.",
                 kText},
                {"limit",
                 "Hits of each kind.",
                 {{"type", "integer"}, {"minimum", 1}, {"maximum", 50}, {"default", 10}}}};
    if (operation == "list_quarantine")
        return {
            {"reference",
             "As \"Needs attention\" says it, NBO-T01-4F2A9C; its last six signs, or the number "
             "of a document. None = all.",
             kText}};
    if (operation == "dashboard" || operation == "sellers_summary")
        return {{"branch_id", "One branch of one's scope.", kId}};
    if (operation == "receipt_pdf")
        return {{"paper", "a4 or roll80.", {{"type", "string"}, {"enum", {"a4", "roll80"}}}}};
    const Json format = {{"type", "string"},
                         {"enum", {"showfloor", "google-vehicle-listings"}},
                         {"default", "showfloor"}};
    if (operation == "import_cars")
        return {{"format", "What the columns mean.", format},
                {"branch", "Code of the branch of rows that name none; else one's own.", kText}};
    if (operation == "export_cars") return {{"format", "Which columns.", format}};
    if (operation == "export_reports" || operation == "reports_pdf")
        return {{"by", "seller, month, branch, with commas; none = all three.", kText},
                {"from", "Sales from this time on, UTC ms.", kNumber},
                {"to", "Sales before this time, UTC ms.", kNumber},
                {"branch_id", "One branch of one's scope.", kId},
                {"seller_id", "One seller.", kId}};
    if (operation == "public_car")
        return {{"l",
                 "The page's language: en, sw, fr or ar. Otherwise Accept-Language decides, then "
                 "the dealer's language.",
                 kText}};
    if (operation == "top_mechanics")
        return {{"from", "Tickets done from this time on, UTC ms.", kNumber},
                {"to", "Tickets done before this time, UTC ms.", kNumber},
                {"branch_id", "One branch of one's scope.", kId}};
    if (operation == "mechanics_load") return {{"branch_id", "One branch of one's scope.", kId}};
    if (operation == "list_sales") return {{"has_invoice", "Whether there is an invoice.", kFlag}};
    return {};
}

}  // namespace showfloor::central
