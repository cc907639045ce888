// Signing in and out (protocol.md, "auth/").

#include "central/api/answer.hpp"
#include "central/api/schema.hpp"
#include "central/auth/accounts.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using net::HttpResponse;

// The named texts of a body that holds nothing else; a problem answer otherwise.
struct Texts {
    std::vector<std::string> values;
    std::optional<HttpResponse> problem;
};

Texts read_texts(const Call& call, std::initializer_list<const char*> names,
                 std::initializer_list<const char*> optional = {}) {
    Body body = read_body(call.request);
    if (body.problem) return {{}, std::move(body.problem)};
    std::vector<FieldProblem> wrong;
    for (const auto& [name, value] : body.json.items()) {
        const auto same = [&](const char* one) { return name == one; };
        const bool known = std::any_of(names.begin(), names.end(), same) ||
                           std::any_of(optional.begin(), optional.end(), same);
        if (!known) wrong.push_back({name, "unknown_field", "There is no such field here."});
    }
    Texts texts;
    for (const char* name : names) {
        texts.values.push_back(base::text_member(body.json, name));
        if (texts.values.back().empty()) wrong.push_back({name, "invalid", "This text is needed."});
    }
    for (const char* name : optional)
        texts.values.push_back(base::text_member(body.json, name));
    if (!wrong.empty())
        texts.problem =
            problem_answer(400, wrong.front().code, "The request is not as it must be.", wrong);
    return texts;
}

HttpResponse tokens_answer(const Tokens& tokens) {
    return json_answer(200, {{"access_token", tokens.access_token},
                             {"refresh_token", tokens.refresh_token},
                             {"token_type", "Bearer"},
                             {"expires_in", tokens.expires_in},
                             {"user_id", tokens.user_id.to_string()},
                             {"must_change_password", tokens.must_change_password}});
}

HttpResponse login(Call& call) {
    Texts texts = read_texts(call, {"login", "password"});
    if (texts.problem) return *std::move(texts.problem);
    std::int64_t wait = 0;
    const auto tokens =
        call.parts.auth.login(texts.values[0], texts.values[1], call.request.peer, wait);
    return tokens ? tokens_answer(*tokens) : error_answer(tokens.error(), wait);
}

HttpResponse refresh(Call& call) {
    Texts texts = read_texts(call, {"refresh_token"});
    if (texts.problem) return *std::move(texts.problem);
    const auto tokens = call.parts.auth.refresh(texts.values[0]);
    return tokens ? tokens_answer(*tokens) : error_answer(tokens.error());
}

HttpResponse logout(Call& call) {
    if (const auto done = call.parts.auth.logout(*call.principal); !done)
        return error_answer(done.error());
    HttpResponse response;
    response.status = 204;
    return response;
}

HttpResponse me(Call& call) {
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    const auto& record = domain::describe<domain::User>();
    const auto row = world.get_row(record, call.actor().user_id);
    if (!row) return world.failure() ? error_answer(*world.failure()) : not_found();
    // One's own record is shown whole, whatever one's role reaches otherwise.
    Json body = domain::row_to_json(record, *row, domain::View::kStaff);
    body["kind"] = principal_kind(call.actor().role);
    return json_answer(200, body);
}

HttpResponse password(Call& call) {
    Texts texts = read_texts(call, {"password", "new_password"});
    if (texts.problem) return *std::move(texts.problem);
    std::int64_t wait = 0;
    const auto done = call.parts.auth.change_password(*call.principal, texts.values[0],
                                                      texts.values[1], call.request.peer, wait);
    if (!done) {
        // 401 would tell a program to sign in again; it is the former password that is wrong.
        if (done.error().code == "wrong_credentials")
            return problem_answer(
                422, "wrong_password", "The former password is not right.",
                {{"password", "wrong_password", "The former password is not right."}});
        if (done.error().kind == base::ErrorKind::kInvalid)
            return problem_answer(422, done.error().code, done.error().message,
                                  {{done.error().field, done.error().code, done.error().message}});
        return error_answer(done.error(), wait);
    }
    HttpResponse response;
    response.status = 204;
    return response;
}

// A rule that was broken: 422 with its field; everything else as ever.
HttpResponse account_answer(const base::Error& error, std::int64_t wait) {
    const bool rule = error.kind == base::ErrorKind::kInvalid ||
                      (error.kind == base::ErrorKind::kRefused && !error.field.empty());
    if (!rule) return error_answer(error, wait);
    const bool taken = error.code.ends_with("_taken");
    return problem_answer(taken ? 409 : 422, error.code, error.message,
                          {{error.field, error.code, error.message}});
}

HttpResponse nothing() {
    HttpResponse response;
    response.status = 204;
    return response;
}

HttpResponse code_sent() {
    return json_answer(202, {{"status", "sent_if_known"}, {"expires_in", kEmailCodeMs / 1000}});
}

// FIX: nobody registers as anything but a customer: there is no such field.
HttpResponse register_customer(Call& call) {
    Texts texts = read_texts(call, {"first_name", "last_name", "username", "email", "password"},
                             {"contact", "locale"});
    if (texts.problem) return *std::move(texts.problem);
    const auto& given = texts.values;
    Json fields = {{"first_name", given[0]},
                   {"last_name", given[1]},
                   {"username", given[2]},
                   {"email", given[3]}};
    if (!given[5].empty()) fields["contact"] = given[5];
    if (!given[6].empty()) fields["locale"] = given[6];
    std::int64_t wait = 0;
    const auto made =
        call.parts.accounts.register_customer(std::move(fields), given[4], call.request.peer, wait);
    if (!made) return account_answer(made.error(), wait);
    return json_answer(201, {{"user_id", made->to_string()}, {"role", "customer"}});
}

HttpResponse ask_reset(Call& call) {
    Texts texts = read_texts(call, {"email"});
    if (texts.problem) return *std::move(texts.problem);
    std::int64_t wait = 0;
    const auto done = call.parts.accounts.send_reset_code(texts.values[0], call.request.peer, wait);
    return done ? code_sent() : account_answer(done.error(), wait);
}

HttpResponse reset(Call& call) {
    Texts texts = read_texts(call, {"email", "code", "new_password"});
    if (texts.problem) return *std::move(texts.problem);
    std::int64_t wait = 0;
    const auto done = call.parts.accounts.reset_password(texts.values[0], texts.values[1],
                                                         texts.values[2], call.request.peer, wait);
    return done ? nothing() : account_answer(done.error(), wait);
}

HttpResponse ask_verify(Call& call) {
    std::int64_t wait = 0;
    const auto done =
        call.parts.accounts.send_verify_code(call.actor().user_id, call.request.peer, wait);
    return done ? code_sent() : account_answer(done.error(), wait);
}

HttpResponse verify(Call& call) {
    Texts texts = read_texts(call, {"code"});
    if (texts.problem) return *std::move(texts.problem);
    std::int64_t wait = 0;
    const auto done = call.parts.accounts.verify_email(call.actor().user_id, texts.values[0],
                                                       call.request.peer, wait);
    return done ? nothing() : account_answer(done.error(), wait);
}

}  // namespace

void add_auth_routes(std::vector<Route>& table) {
    const auto add = [&table](std::string_view method, const char* name, Rule rule, auto handler,
                              const char* summary, Route::Answer answer, Json schema) {
        Route route;
        route.method = method;
        route.path = std::string("/api/v1/auth/") + name;
        route.rule = rule;
        route.handle = handler;
        route.operation = std::string("auth_") + name;
        for (char& c : route.operation) {
            if (c == '-' || c == '/') c = '_';
        }
        route.summary = summary;
        route.answer = answer;
        route.creates = std::string_view(name) == "register";
        route.request_schema = std::move(schema);
        table.push_back(std::move(route));
    };
    using enum Route::Answer;
    add("POST", "login", Rule::kAnybody, login,
        "Sign in with an e-mail address or a user name; at most 5 wrong tries a minute, 15 an "
        "hour.",
        kObject, texts_schema({"login", "password"}));
    add("POST", "refresh", Rule::kAnybody, refresh,
        "New tokens for a refresh token, which is good once; using an old one ends the session.",
        kObject, texts_schema({"refresh_token"}));
    add("POST", "logout", Rule::kSignedIn, logout, "End this session.", kNothing, {});
    add("GET", "me", Rule::kSignedIn, me, "Who is signed in.", kObject, {});
    add("POST", "password", Rule::kSignedIn, password,
        "Change one's own password; other sessions end.", kNothing,
        texts_schema({"password", "new_password"}));
    Json registration = texts_schema({"first_name", "last_name", "username", "email", "password"});
    registration["properties"]["contact"] = {{"type", "string"}};
    registration["properties"]["locale"] = {{"type", "string"}};
    add("POST", "register", Rule::kAnybody, register_customer,
        "Make oneself a customer's account; a code goes to the e-mail address.", kObject,
        std::move(registration));
    add("POST", "password-reset", Rule::kAnybody, ask_reset,
        "Have a code sent, good for 10 minutes; an unknown address is answered alike.", kObject,
        texts_schema({"email"}));
    add("POST", "password-reset/confirm", Rule::kAnybody, reset,
        "Choose a new password with the code; all sessions end.", kNothing,
        texts_schema({"email", "code", "new_password"}));
    add("POST", "verify-email", Rule::kSignedIn, ask_verify,
        "Have a code sent to one's own e-mail address.", kObject, {});
    add("POST", "verify-email/confirm", Rule::kSignedIn, verify,
        "Prove one's e-mail address with the code.", kNothing, texts_schema({"code"}));
}

}  // namespace showfloor::central
