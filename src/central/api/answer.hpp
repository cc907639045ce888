#pragma once
// Answers of the REST API: JSON, problems (RFC 9457), ETags. Thread contract: pure functions.

#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "central/api/route.hpp"
#include "domain/command.hpp"
#include "net/http.hpp"

namespace showfloor::central {

[[nodiscard]] net::HttpResponse json_answer(int status, const base::Json& body);
// The same of JSON that is text already.
[[nodiscard]] net::HttpResponse json_text_answer(int status, std::string body);

struct FieldProblem {
    std::string field, code, message;
};
[[nodiscard]] net::HttpResponse problem_answer(int status, std::string_view code,
                                               std::string_view detail,
                                               const std::vector<FieldProblem>& fields = {});
// For a Result that failed: the status by its kind and code. What is our own fault says no more
// than that.
[[nodiscard]] net::HttpResponse error_answer(const base::Error& error,
                                             std::int64_t retry_after_s = 0);
// For a command that was refused or contested. `path_field`: the argument that the path gave, whose
// absence is a 404.
[[nodiscard]] net::HttpResponse refusal_answer(const domain::Outcome& outcome,
                                               std::string_view path_field);
[[nodiscard]] net::HttpResponse not_found();
[[nodiscard]] net::HttpResponse method_not_allowed(std::string_view allowed);

// A strong ETag over bytes that may be confidential.
[[nodiscard]] std::string etag_of(const crypto::Key256& key, std::string_view content);
[[nodiscard]] std::string etag_of(const crypto::Key256& key, const domain::Row& row,
                                  domain::View view);
// Whether If-Match or If-None-Match names this tag ("*" names any).
[[nodiscard]] bool names_tag(std::string_view header, std::string_view tag);
// 304 when the reader has it already; otherwise `answer` with its ETag.
[[nodiscard]] net::HttpResponse with_etag(const Call& call, net::HttpResponse answer,
                                          const std::string& tag);

// A paper that is shown: "NBO-T03-I000123" becomes the file's name. 500 when it could not be drawn.
[[nodiscard]] net::HttpResponse pdf_answer(const std::string& name, base::Result<std::string> pdf);

// The request's JSON object; a problem answer when it is none: 413, 415, 400.
struct Body {
    base::Json json;
    std::optional<net::HttpResponse> problem;
};
[[nodiscard]] Body read_body(const net::HttpRequest& request);

}  // namespace showfloor::central
