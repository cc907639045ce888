// What changes something: each operation is one command (or one of a few, chosen by a field),
// judged by domain::execute with the signed-in person as its actor, in one transaction with its
// stored answer.

#include <algorithm>

#include "central/api/answer.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/schema.hpp"
#include "central/api/writes.hpp"
#include "crypto/password.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using net::HttpResponse;
using Stopped = std::optional<HttpResponse>;

constexpr std::string_view kApproverField = "approver";

HttpResponse unknown_field(const std::string& name) {
    return problem_answer(400, "unknown_field", "There is no field " + name + " here.",
                          {{name, "unknown_field", "There is no such field here."}});
}

// The approver who signs in for this one command: {"login", "password"} beside the arguments.
Stopped take_approver(Call& call, Json& body, base::Uuid& approver_id) {
    const auto found = body.find(kApproverField);
    if (found == body.end()) return std::nullopt;
    const Json given = *found;
    body.erase(found);
    const bool readable = given.is_object() && given.size() == 2 &&
                          !base::text_member(given, "login").empty() &&
                          !base::text_member(given, "password").empty();
    if (!readable)
        return problem_answer(400, "invalid", "An approver signs in with login and password.",
                              {{"approver", "invalid", "login and password are needed."}});
    std::int64_t wait = 0;
    const auto user = call.parts.auth.check_password(base::text_member(given, "login"),
                                                     base::text_member(given, "password"),
                                                     call.request.peer, wait);
    if (!user) {
        if (wait != 0 || user.error().kind != base::ErrorKind::kRefused)
            return error_answer(user.error(), wait);
        return problem_answer(422, "approver_not_allowed", "The approver could not be signed in.",
                              {{"approver", user.error().code, user.error().message}});
    }
    approver_id = user->id;
    return std::nullopt;
}

// Which command is meant; with several, the selector field says so and is taken out.
const domain::CommandSpec* choose(const WriteRoute& write, Json& body, Stopped& stopped) {
    if (write.selector.empty()) return domain::find_command(write.commands.front().second);
    const std::string selector(write.selector);
    const std::string chosen = base::text_member(body, selector.c_str());
    for (const auto& [value, name] : write.commands) {
        if (value != chosen) continue;
        body.erase(selector);
        return domain::find_command(name);
    }
    std::string choices;
    for (const auto& [value, name] : write.commands)
        choices += (choices.empty() ? "" : ", ") + std::string(value);
    stopped =
        problem_answer(400, "invalid", "The field " + selector + " is one of: " + choices + ".",
                       {{selector, "invalid", "One of: " + choices + "."}});
    return nullptr;
}

struct Prepared {
    domain::Command command;
    const domain::CommandSpec* spec = nullptr;
    base::Uuid path_id;
};

Stopped prepare(Call& call, const WriteRoute& write, Prepared& prepared) {
    Body body = read_body(call.request);
    if (body.problem) return std::move(body.problem);
    if (auto stopped = take_approver(call, body.json, prepared.command.co_actor_id)) return stopped;
    Stopped stopped;
    prepared.spec = choose(write, body.json, stopped);
    if (stopped) return stopped;
    if (!write.path_argument.empty()) {
        const auto id = base::Uuid::parse(call.id);
        if (!id) return not_found();
        prepared.path_id = *id;
        const std::string name(write.path_argument);
        if (body.json.contains(name)) return unknown_field(name);
        body.json[name] = id->to_string();
    }
    const bool makes_id = write.path_argument != "id" && prepared.spec->args->find("id") != nullptr;
    if (makes_id && !body.json.contains("id"))
        body.json["id"] = base::Uuid::v7(call.now, call.parts.processor.random()).to_string();
    prepared.command.name = prepared.spec->name;
    prepared.command.version = prepared.spec->version;
    prepared.command.args = std::move(body.json);
    prepared.command.actor_id = call.actor().user_id;
    prepared.command.actor_role = domain::kRoleNames[static_cast<std::size_t>(call.actor().role)];
    prepared.command.occurred_at = call.now;
    return std::nullopt;
}

// What one may not see does not exist; what changed meanwhile is not overwritten.
Stopped check_target(Call& call, const WriteRoute& write, const Prepared& prepared,
                     domain::World& world) {
    if (write.path_record == nullptr) return std::nullopt;
    const auto row = world.get_row(*write.path_record, prepared.path_id);
    if (!row) return world.failure() ? error_answer(*world.failure()) : not_found();
    const auto view = domain::view_of(call.actor(), *write.path_record, *row, world);
    if (!view) return not_found();
    const std::string_view wanted = call.header("If-Match");
    if (wanted.empty()) return std::nullopt;
    if (!names_tag(wanted, etag_of(call.parts.etag_key, *row, *view)))
        return problem_answer(412, "changed_meanwhile",
                              "It was changed meanwhile; read it again, then decide.");
    return std::nullopt;
}

HttpResponse failure_answer(const base::Error& failure) {
    if (failure.code == "foreign_key")
        return problem_answer(422, "unknown_reference",
                              "It refers to something that is not there.");
    return error_answer(failure);
}

// The record the command made or changed, as this person may see it, with what the command told.
HttpResponse done_answer(Call& call, const WriteRoute& write, const Prepared& prepared,
                         const domain::Outcome& outcome, domain::World& world, Json extra) {
    base::Uuid id = prepared.path_id;
    if (!write.answer_detail.empty())
        id = base::Uuid::parse(base::text_member(outcome.details, write.answer_detail.c_str()))
                 .value_or(base::Uuid{});
    else if (write.creates)
        id = base::Uuid::parse(base::text_member(prepared.command.args, "id"))
                 .value_or(base::Uuid{});
    Json body = Json::object();
    HttpResponse response;
    std::string tag;
    const auto row =
        write.answer_record != nullptr ? world.get_row(*write.answer_record, id) : std::nullopt;
    if (row) {
        const auto view = domain::view_of(call.actor(), *write.answer_record, *row, world);
        if (view) {
            body = domain::row_to_json(*write.answer_record, *row, *view);
            tag = etag_of(call.parts.etag_key, *row, *view);
        } else {
            body["id"] = id.to_string();
        }
    }
    if (!outcome.details.empty()) body["result"] = outcome.details;
    for (const domain::Code code : outcome.reviews)
        body["reviews_noted"].push_back(domain::name_of(code));
    body.update(extra);
    response = json_answer(write.creates ? 201 : 200, body);
    if (!tag.empty()) response.headers["ETag"] = tag;
    if (write.creates && write.answer_record != nullptr)
        response.headers["Location"] =
            "/api/v1/" + std::string(write.answer_record->plural) + "/" + id.to_string();
    return response;
}

base::Result<HttpResponse> run_in(Call& call, const WriteRoute& write, Prepared& prepared,
                                  const std::string& secret, Batch& batch) {
    SHOWFLOOR_ASSIGN(auto stored, stored_answer(call, batch.connection()));
    if (stored) return *std::move(stored);
    domain::World& world = batch.world();
    if (auto stopped = check_target(call, write, prepared, world)) return *std::move(stopped);
    if (write.before) {
        SHOWFLOOR_ASSIGN(auto stopped, write.before(batch, prepared.command));
        if (stopped) return *std::move(stopped);
    }
    // A request that cannot be priced goes on without terms; execute() says why not.
    domain::Context quoting;
    if (auto terms = domain::quote_terms(world, prepared.command, quoting))
        prepared.command.terms = std::move(terms).value();
    const domain::Outcome outcome = batch.run(prepared.command);
    if (outcome.kind == domain::Outcome::Kind::kFailed) return failure_answer(*outcome.failure);
    HttpResponse response;
    if (outcome.applied()) {
        Json extra = Json::object();
        if (write.after) SHOWFLOOR_TRY(write.after(call, batch, prepared.command, secret, extra));
        response = done_answer(call, write, prepared, outcome, world, std::move(extra));
    } else {
        response = refusal_answer(outcome, write.path_argument);
    }
    if (world.failure()) return *world.failure();
    SHOWFLOOR_TRY(store_answer(call, batch, response));
    SHOWFLOOR_TRY(batch.commit());
    return response;
}

HttpResponse run_write(Call& call, const WriteRoute& write) {
    Prepared prepared;
    if (auto stopped = prepare(call, write, prepared)) return *std::move(stopped);
    std::string secret;
    if (write.makes_password) secret = crypto::random_password(call.parts.processor.random());
    auto batch = call.parts.processor.batch(call.now);
    if (!batch) return error_answer(batch.error());
    auto response = run_in(call, write, prepared, secret, *batch);
    return response ? std::move(response).value() : error_answer(response.error());
}

Json request_schema(const WriteRoute& write) {
    Json choices = Json::array();
    for (const auto& [value, name] : write.commands) {
        const auto* spec = domain::find_command(name);
        Json schema = arguments_schema(*spec->args, {write.path_argument}, !spec->changes);
        if (!write.selector.empty()) {
            schema["properties"][std::string(write.selector)] = {{"const", value}};
            schema["required"].push_back(write.selector);
        }
        if (spec->area == domain::Area::kSaleDecisions || spec->name == "record_sale") {
            schema["properties"][std::string(kApproverField)] = texts_schema({"login", "password"});
        }
        choices.push_back(std::move(schema));
    }
    if (choices.size() > 1) return {{"oneOf", std::move(choices)}};
    // An empty object says nothing: such a request has no body.
    if (choices[0]["properties"].empty()) return {};
    return choices[0];
}

}  // namespace

void add_write_routes(std::vector<Route>& table) {
    for (const WriteRoute& write : write_routes()) {
        const auto* spec = domain::find_command(write.commands.front().second);
        SHOWFLOOR_CHECK(spec != nullptr, "a route names a command that does not exist");
        Route route;
        route.method = write.method;
        route.path = "/api/v1/" + write.path;
        route.area = spec->area;
        route.action = spec->action;
        for (const auto& [value, name] : write.commands) {
            const auto* one = domain::find_command(name);
            SHOWFLOOR_CHECK(one != nullptr, "a route names a command that does not exist");
            route.commands.push_back(one->name);
            // The door opens as wide as its widest command; each is judged by execute().
            if (one->area == domain::Area::kSales) {
                route.area = one->area;
                route.action = one->action;
            }
        }
        route.handle = [&write](Call& call) { return run_write(call, write); };
        route.operation = write.operation;
        route.summary = write.summary;
        route.answer = Route::Answer::kRecord;
        route.creates = write.creates;
        route.record = write.answer_record;
        route.request_schema = request_schema(write);
        table.push_back(std::move(route));
    }
    add_other_writes(table);
}

}  // namespace showfloor::central
