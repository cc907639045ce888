#include "central/api/answer.hpp"

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "crypto/hash.hpp"

namespace showfloor::central {

namespace {

using domain::Code;

int status_of(const base::Error& error) {
    if (error.code == "too_many_tries") return 429;
    if (error.code == "account_inactive") return 403;
    if (error.code == "wrong_credentials" || error.code.starts_with("token_") ||
        error.code == "session_ended")
        return 401;
    if (error.code == "unique") return 409;
    switch (error.kind) {
        case base::ErrorKind::kInvalid:
            return 400;
        case base::ErrorKind::kNotFound:
            return 404;
        case base::ErrorKind::kRefused:
            return 422;
        case base::ErrorKind::kTooLarge:
            return 413;
        case base::ErrorKind::kBusy:
        case base::ErrorKind::kDiskFull:
        case base::ErrorKind::kUnreachable:
            return 503;
        default:
            return 500;
    }
}

int status_of(Code code, std::string_view field, std::string_view path_field) {
    switch (code) {
        case Code::kNotAllowed:
        case Code::kActorInactive:
        case Code::kActorRoleChanged:
        case Code::kRoleNotGrantable:
        case Code::kApproverNotAllowed:
            return 403;
        case Code::kNotFound:
            return !field.empty() && field == path_field ? 404 : 422;
        case Code::kInvalid:
            return 400;
        case Code::kDuplicate:
        case Code::kAlreadyDone:
        case Code::kAlreadyReversed:
        case Code::kWrongState:
        case Code::kTermsChanged:
        case Code::kReferenceUsed:
        case Code::kCarSold:
        case Code::kCarReservedByOther:
        case Code::kCarArchived:
        case Code::kCustomerArchived:
        case Code::kUsernameTaken:
        case Code::kEmailTaken:
        case Code::kContactTaken:
        case Code::kVinTaken:
        case Code::kStockNumberTaken:
        case Code::kBranchCodeTaken:
        case Code::kAlreadyClaimed:
        case Code::kAlreadyAnswered:
            return 409;
        default:
            return 422;
    }
}

std::string_view title_of(int status) {
    switch (status) {
        case 405:
            return "Method not allowed";
        default:
            return {};
    }
}

}  // namespace

net::HttpResponse json_answer(int status, const base::Json& body) {
    return json_text_answer(status, base::dump_json(body));
}

net::HttpResponse json_text_answer(int status, std::string body) {
    net::HttpResponse response;
    response.status = status;
    response.headers["Content-Type"] = "application/json";
    response.body = std::move(body);
    return response;
}

net::HttpResponse problem_answer(int status, std::string_view code, std::string_view detail,
                                 const std::vector<FieldProblem>& fields) {
    net::HttpResponse response = net::problem(status, code, detail);
    if (fields.empty() && title_of(status).empty()) return response;
    auto body = base::parse_json(response.body, response.body.size());
    SHOWFLOOR_CHECK(body.ok(), "a problem is JSON");
    if (!title_of(status).empty()) (*body)["title"] = title_of(status);
    for (const FieldProblem& field : fields)
        (*body)["fields"].push_back(
            {{"field", field.field}, {"code", field.code}, {"message", field.message}});
    response.body = base::dump_json(*body);
    return response;
}

net::HttpResponse error_answer(const base::Error& error, std::int64_t retry_after_s) {
    const int status = status_of(error);
    if (status == 500) {
        base::log(base::LogLevel::kError, "api_error", {{"error", error.message}});
        return problem_answer(500, "internal", "Something went wrong at central; it was logged.");
    }
    const std::string code = error.code.empty() ? "failed" : error.code;
    std::vector<FieldProblem> fields;
    if (!error.field.empty()) fields.push_back({error.field, code, error.message});
    net::HttpResponse response =
        status == 503 ? problem_answer(503, "unavailable",
                                       "Central cannot do this just now; try again in a moment.")
        : error.code == "unique"
            ? problem_answer(409, "duplicate", "Such a one is already there.", fields)
            : problem_answer(status, code, error.message, fields);
    if (status == 429 || status == 503)
        response.headers["Retry-After"] = std::to_string(std::max<std::int64_t>(retry_after_s, 1));
    if (status == 401) response.headers["WWW-Authenticate"] = "Bearer";
    return response;
}

net::HttpResponse refusal_answer(const domain::Outcome& outcome, std::string_view path_field) {
    const int status = status_of(outcome.code, outcome.field, path_field);
    std::string message(domain::sentence_of(outcome.code));
    if (const auto said = outcome.details.find("message");
        said != outcome.details.end() && said->is_string())
        message = said->get<std::string>();
    const std::string code(domain::name_of(outcome.code));
    std::vector<FieldProblem> fields;
    if (!outcome.field.empty()) fields.push_back({outcome.field, code, message});
    net::HttpResponse response = problem_answer(status, code, message, fields);
    base::Json details = outcome.details;
    details.erase("message");
    if (details.empty()) return response;
    auto body = base::parse_json(response.body, response.body.size());
    SHOWFLOOR_CHECK(body.ok(), "a problem is JSON");
    (*body)["details"] = std::move(details);
    response.body = base::dump_json(*body);
    return response;
}

net::HttpResponse not_found() {
    return problem_answer(404, "not_found", "There is no such thing, or it is not yours to see.");
}

net::HttpResponse method_not_allowed(std::string_view allowed) {
    auto response = problem_answer(405, "method_not_allowed",
                                   "This address does not know that method; see Allow.");
    response.headers["Allow"] = std::string(allowed);
    return response;
}

std::string etag_of(const crypto::Key256& key, std::string_view content) {
    const auto hash = crypto::hmac_sha256(key.bytes(), base::as_bytes(content));
    return "\"" + base::to_hex(std::span(hash).first(12)) + "\"";
}

std::string etag_of(const crypto::Key256& key, const domain::Row& row, domain::View view) {
    std::string content(1, static_cast<char>('0' + static_cast<int>(view)));
    content.reserve(1024);
    for (const domain::Value& value : row) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            content += 'i';
            content += std::to_string(*number);
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            content += 't';
            content += std::to_string(text->size());
            content += ':';
            content += *text;
        }
        content += ';';
    }
    return etag_of(key, content);
}

bool names_tag(std::string_view header, std::string_view tag) {
    while (!header.empty()) {
        const auto comma = header.find(',');
        std::string_view one = header.substr(0, comma);
        header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
        while (one.starts_with(' '))
            one.remove_prefix(1);
        while (one.ends_with(' '))
            one.remove_suffix(1);
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one == "*" || one == tag) return true;
    }
    return false;
}

net::HttpResponse with_etag(const Call& call, net::HttpResponse answer, const std::string& tag) {
    if (const auto known = call.header("If-None-Match"); !known.empty() && names_tag(known, tag)) {
        net::HttpResponse same;
        same.status = 304;
        same.headers = std::move(answer.headers);
        same.headers.erase("Content-Type");
        same.headers["ETag"] = tag;
        return same;
    }
    answer.headers["ETag"] = tag;
    return answer;
}

Body read_body(const net::HttpRequest& request) {
    std::string_view type = net::header(request.headers, "Content-Type");
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' '))
        type.remove_suffix(1);
    if (request.body.size() > kMaxJsonBodyBytes)
        return {{}, problem_answer(413, "too_large", "The body is larger than 256 kB.")};
    if (request.body.empty() && request.form.empty() && type.empty())
        return {base::Json::object(), std::nullopt};
    if (type != "application/json" && type != "application/merge-patch+json")
        return {{}, problem_answer(415, "not_json", "The body must be application/json.")};
    if (request.body.empty()) return {base::Json::object(), std::nullopt};
    auto json = base::parse_json(request.body, kMaxJsonBodyBytes);
    if (!json) return {{}, problem_answer(400, "bad_json", json.error().message)};
    if (!json->is_object())
        return {{}, problem_answer(400, "bad_json", "The body must be a JSON object.")};
    return {std::move(json).value(), std::nullopt};
}

net::HttpResponse pdf_answer(const std::string& name, base::Result<std::string> pdf) {
    if (!pdf) {
        // Fonts or words that are not installed are our own fault and nobody else's business.
        base::log(base::LogLevel::kError, "paper", {{"error", pdf.error().message}});
        return problem_answer(500, "internal", "The paper could not be drawn; it was logged.");
    }
    net::HttpResponse response;
    response.headers["Content-Type"] = "application/pdf";
    // Names hold letters, figures and dashes only: they are made by us.
    response.headers["Content-Disposition"] = "inline; filename=\"" + name + ".pdf\"";
    response.body = std::move(pdf).value();
    return response;
}

}  // namespace showfloor::central
