// What concerns the whole group: its settings, and how central is doing.

#include <algorithm>
#include <array>

#include "central/api/answer.hpp"
#include "central/api/metrics.hpp"
#include "central/api/query.hpp"
#include "central/quarantine.hpp"
#include "text/locale.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using net::HttpResponse;

constexpr const char* kLoginNotice = "login_notice";
constexpr std::array<std::string_view, 3> kLoginNotices = {"new", "every", "never"};

// The group's settings as one may see them; a branch's own rules stand on the branch.
base::Result<Json> settings_for(const domain::Actor& actor, database::Connection& connection) {
    Json settings = {{"languages", Json::array()}};
    for (const text::Locale& locale : text::all_locales())
        settings["languages"].push_back(locale.code);
    const auto reach = domain::reach_of(actor, domain::Area::kBranches, domain::Action::kRead);
    if (reach == domain::Reach::kPublicFields) return settings;
    SHOWFLOOR_ASSIGN(const std::string notice, get_value(connection, kLoginNotice));
    settings[kLoginNotice] = notice.empty() ? std::string(kLoginNotices[0]) : notice;
    return settings;
}

HttpResponse settings_answer(const Call& call, const Json& settings) {
    const std::string tag = etag_of(call.parts.etag_key, base::dump_json(settings));
    HttpResponse response = json_answer(200, settings);
    if (call.route.method == "GET") return with_etag(call, std::move(response), tag);
    response.headers["ETag"] = tag;
    return response;
}

HttpResponse read_settings(Call& call) {
    if (auto stopped = only_parameters(call, {})) return *std::move(stopped);
    const auto settings = [&]() -> base::Result<Json> {
        SHOWFLOOR_ASSIGN(auto reader, call.parts.processor.store().reader());
        return settings_for(call.actor(), reader.connection());
    }();
    return settings ? settings_answer(call, *settings) : error_answer(settings.error());
}

HttpResponse update_settings(Call& call) {
    Body body = read_body(call.request);
    if (body.problem) return *std::move(body.problem);
    for (const auto& [name, value] : body.json.items()) {
        if (name != kLoginNotice)
            return problem_answer(400, "unknown_field", "There is no field " + name + " here.",
                                  {{name, "unknown_field", "There is no such field here."}});
    }
    const std::string notice = base::text_member(body.json, kLoginNotice);
    if (std::find(kLoginNotices.begin(), kLoginNotices.end(), notice) == kLoginNotices.end())
        return problem_answer(400, "invalid", "login_notice is new, every or never.",
                              {{kLoginNotice, "invalid", "new, every or never."}});
    // An admin of one branch changes that branch; what holds for all is not theirs.
    if (call.actor().role != domain::Role::kSuperAdmin && !call.actor().branch_id.is_nil())
        return problem_answer(403, "not_allowed", domain::sentence_of(domain::Code::kNotAllowed));
    const auto done = [&]() -> base::Result<HttpResponse> {
        SHOWFLOOR_ASSIGN(auto batch, call.parts.processor.batch(call.now));
        SHOWFLOOR_ASSIGN(const Json before, settings_for(call.actor(), batch.connection()));
        const std::string_view wanted = call.header("If-Match");
        if (!wanted.empty() &&
            !names_tag(wanted, etag_of(call.parts.etag_key, base::dump_json(before))))
            return problem_answer(412, "changed_meanwhile",
                                  "It was changed meanwhile; read it again, then decide.");
        SHOWFLOOR_TRY(set_value(batch.connection(), kLoginNotice, notice));
        domain::History event;
        event.command = "update_settings";
        event.actor_id = call.actor().user_id;
        event.before = base::dump_json({{kLoginNotice, before[kLoginNotice]}});
        event.after = base::dump_json({{kLoginNotice, notice}});
        SHOWFLOOR_TRY(batch.note_event(std::move(event)));
        SHOWFLOOR_ASSIGN(const Json after, settings_for(call.actor(), batch.connection()));
        SHOWFLOOR_TRY(batch.commit());
        return settings_answer(call, after);
    }();
    return done ? *done : error_answer(done.error());
}

HttpResponse list_quarantine(Call& call) {
    if (auto stopped = only_parameters(call, {"reference"})) return *std::move(stopped);
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    const auto found =
        find_quarantined(reader->connection(), call.actor(), asked(call, "reference"));
    if (!found) return error_answer(found.error());
    Json data = Json::array();
    for (const Quarantined& one : *found)
        data.push_back(
            {{"terminal_id", one.terminal_id.to_string()},
             {"branch_id", one.branch_id.to_string()},
             {"terminal", one.terminal},
             {"reference", one.reference},
             {"command_id", one.command_id.is_nil() ? Json() : Json(one.command_id.to_string())},
             {"seq", one.seq},
             {"outcome", one.outcome},
             {"reason", one.reason},
             {"content", one.content},
             {"received_at", one.received_at}});
    return json_answer(200, {{"data", std::move(data)}});
}

bool is_this_machine(std::string_view peer) {
    return peer.starts_with("127.") || peer == "::1" || peer.starts_with("::ffff:127.");
}

// For a scraper on central's own machine, which has no sign-in, and for whoever may look at
// terminals. Anybody else learns nothing, not even how busy we are.
HttpResponse read_metrics(Call& call) {
    const bool admin = domain::reach_of(call.actor(), domain::Area::kTerminals,
                                        domain::Action::kRead) != domain::Reach::kNone;
    if (!admin && call.principal)
        return problem_answer(403, "not_allowed", domain::sentence_of(domain::Code::kNotAllowed));
    if (!admin && !is_this_machine(call.request.peer))
        return error_answer(
            base::fail(base::ErrorKind::kRefused, "Sign in first.", "token_missing"));
    auto text = call.parts.metrics.text(call.parts.processor.store());
    if (!text) return error_answer(text.error());
    HttpResponse response;
    response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8";
    response.body = std::move(text).value();
    return response;
}

}  // namespace

void add_system_routes(std::vector<Route>& table) {
    Route read;
    read.method = "GET";
    read.path = "/api/v1/settings";
    read.area = domain::Area::kBranches;
    read.action = domain::Action::kRead;
    read.handle = read_settings;
    read.operation = "read_settings";
    read.summary = "What holds for the whole group; a branch's own rules stand on the branch.";
    Route change = read;
    change.method = "PATCH";
    change.action = domain::Action::kChange;
    change.handle = update_settings;
    change.operation = "update_settings";
    change.summary = "Change what holds for the whole group; not for an admin of one branch.";
    change.request_schema = {
        {"type", "object"},
        {"properties", {{kLoginNotice, {{"type", "string"}, {"enum", {"new", "every", "never"}}}}}},
        {"required", {kLoginNotice}}};
    table.push_back(std::move(read));
    table.push_back(std::move(change));
    Route quarantine;
    quarantine.method = "GET";
    quarantine.path = "/api/v1/quarantine";
    quarantine.area = domain::Area::kTerminals;
    quarantine.action = domain::Action::kRead;
    quarantine.handle = list_quarantine;
    quarantine.operation = "list_quarantine";
    quarantine.summary =
        "What terminals sent and central could not take as it came, newest first: found by the "
        "reference a terminal tells its people.";
    table.push_back(std::move(quarantine));
    Route metrics;
    metrics.method = "GET";
    metrics.path = "/metrics";
    metrics.rule = Rule::kEachRecord;
    metrics.handle = read_metrics;
    metrics.operation = "metrics";
    metrics.summary =
        "How central is doing, for Prometheus: from its own machine without signing "
        "in, from elsewhere for admins.";
    metrics.answer = Route::Answer::kFile;
    table.push_back(std::move(metrics));
}

}  // namespace showfloor::central
