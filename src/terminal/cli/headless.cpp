// The calls that need no window: enroll, sync, do, status, verify, export-outbox.

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>

#include "terminal/asking.hpp"
#include "terminal/cli/cli.hpp"
#include "terminal/cli/common.hpp"
#include "terminal/engine_thread.hpp"
#include "terminal/enrolment.hpp"
#include "terminal/limits.hpp"

namespace showfloor::terminal::cli {

namespace {

constexpr std::int64_t kOnceMs = 10 * 60'000;  // a first fill over a slow line
constexpr std::size_t kExportPage = 500;

// One line for people; the same object with --json.
int print_status(const base::Json& status, bool json) {
    if (const auto error = error_from_json(status)) return fail_with(*error);
    if (json) {
        print(status);
    } else {
        std::printf(
            "%s: %s; %lld waiting, %lld in doubt, %lld refused, %lld disputed\n",
            base::text_member(status, "terminal").c_str(),
            status["online"] == true ? "online" : base::text_member(status, "message").c_str(),
            status["pending"].get<long long>(), status["in_doubt"].get<long long>(),
            status["refused"].get<long long>(), status["disputed"].get<long long>());
    }
    return base::kExitDone;
}

base::Error not_in_time() {
    return base::fail(base::ErrorKind::kUnreachable,
                      "Central did not answer everything in time; what waits stays safe here.",
                      "timeout");
}

// Ticks one engine until everything is settled or it is clear that it cannot be; nullopt when its
// certificate was renewed meanwhile: another engine goes on with the new one.
base::Result<std::optional<base::Json>> sync_with_this_certificate(const DataFolder& folder,
                                                                   const base::Clock& clock,
                                                                   std::int64_t until) {
    base::SystemRandom random;
    SHOWFLOOR_ASSIGN(EngineBinding binding, bind_engine(folder, clock, random));
    SHOWFLOOR_ASSIGN(const auto engine, Engine::open(std::move(binding.parts)));
    engine->sync().sync_now();
    while (clock.boot_ms() < until && !asked_to_stop()) {
        const std::int64_t next = engine->tick();
        if (engine->sync().settled() && !engine->renewing()) {
            SHOWFLOOR_ASSIGN(base::Json status, engine->status());
            return std::optional(std::move(status));
        }
        if (engine->renewed() && !engine->sync().settled()) return std::optional<base::Json>();
        const auto now = engine->sync().status();
        const bool failed = !now.online && !now.cause.empty() && now.cause != "connecting";
        if (failed && !engine->renewing()) {
            return base::fail(
                base::ErrorKind::kUnreachable,
                now.sentence.empty() ? "Central is not reachable: " + now.cause : now.sentence,
                now.cause);
        }
        const auto nap = std::clamp<std::int64_t>(next - clock.boot_ms(), 1, 1000);
        binding.client->poll(static_cast<int>(nap));
    }
    return not_in_time();
}

base::Result<base::Json> sync_until_settled(const DataFolder& folder) {
    base::SystemClock clock;
    const std::int64_t until = clock.boot_ms() + kOnceMs;
    for (;;) {
        SHOWFLOOR_ASSIGN(auto status, sync_with_this_certificate(folder, clock, until));
        if (status) return *std::move(status);
    }
}

// The same of the engine that runs.
base::Result<base::Json> ask_until_settled(const DataFolder& folder) {
    constexpr int kPollMs = 50;
    const base::SystemClock clock;
    const std::int64_t until = clock.boot_ms() + kOnceMs;
    SHOWFLOOR_TRY(ask(folder, {{"ask", "sync"}}));
    while (clock.boot_ms() < until) {
        SHOWFLOOR_ASSIGN(base::Json status, ask(folder, {{"ask", "status"}}));
        if (const auto error = error_from_json(status)) return *error;
        if (status["settled"] == true) return status;
        const std::string cause = base::text_member(status, "cause");
        if (status["online"] != true && !cause.empty() && cause != "connecting")
            return base::fail(base::ErrorKind::kUnreachable, base::text_member(status, "message"),
                              cause);
        ::poll(nullptr, 0, kPollMs);
    }
    return not_in_time();
}

int sync_once(const base::Arguments& arguments, const DataFolder& folder) {
    const auto identity = folder.identity();
    if (!identity) return fail_with(identity.error());
    const auto lock = EngineLock::take(folder);
    if (!lock) {
        if (lock.error().kind != base::ErrorKind::kBusy) return fail_with(lock.error());
        const auto status = ask_until_settled(folder);
        return status ? print_status(*status, arguments.has("json")) : fail_with(status.error());
    }
    catch_signals();
    const auto status = sync_until_settled(folder);
    return status ? print_status(*status, arguments.has("json")) : fail_with(status.error());
}

base::Result<base::Json> arguments_of_command(const base::Arguments& arguments) {
    if (arguments.positionals().size() < 2) return base::Json::object();
    std::string text = arguments.positionals()[1];
    if (text == "-") text.assign(std::istreambuf_iterator<char>(std::cin), {});
    auto json = base::parse_json(text, kMaxSocketMessage);
    if (!json) {
        return base::fail(base::ErrorKind::kInvalid,
                          "The command's arguments are not JSON: " + json.error().message, "usage");
    }
    return json;
}

int list_commands() {
    for (const auto& spec : domain::command_table()) {
        if (!spec.from_terminal) continue;
        std::string fields;
        for (const auto& field : spec.args->fields) {
            if (field.computed) continue;
            fields += (fields.empty() ? "" : ", ") + std::string(field.name) +
                      (field.required ? "" : "?");
        }
        std::printf("%.*s {%s}\n", static_cast<int>(spec.name.size()), spec.name.data(),
                    fields.c_str());
    }
    return base::kExitDone;
}

}  // namespace

int enroll(const base::Arguments& arguments) {
    base::SystemRandom random;
    char host[256] = "terminal";
    ::gethostname(host, sizeof host - 1);
    const auto identity = enrol(folder_of(arguments),
                                {arguments.get("central"), arguments.get("code"),
                                 arguments.get("ca-fingerprint"), arguments.get("name", host)},
                                random);
    if (!identity) return fail_with(identity.error());
    print({{"terminal", identity->terminal_code},
           {"terminal_id", identity->terminal_id.to_string()},
           {"branch", identity->branch_code},
           {"sync", identity->sync_url}});
    return base::kExitDone;
}

int sync(const base::Arguments& arguments) {
    const DataFolder folder = folder_of(arguments);
    if (arguments.has("once")) return sync_once(arguments, folder);
    const StopSignal stop;
    const auto identity = folder.identity();
    if (!identity) return fail_with(identity.error());
    const auto lock = EngineLock::take(folder);
    if (!lock) return fail_with(lock.error());
    const auto engine = EngineThread::start(folder, [] {});
    if (!engine) return fail_with(engine.error());
    const auto server = SocketServer::start(folder, **engine);
    if (!server) return fail_with(server.error());
    stop.wait();
    return base::kExitDone;
}

int do_command(const base::Arguments& arguments) {
    if (arguments.has("list")) return list_commands();
    if (arguments.positionals().empty() || !arguments.has("data")) {
        return fail_with(base::fail(base::ErrorKind::kInvalid,
                                    "do: say --data DIR and a command; do --list names them.",
                                    "usage"));
    }
    const auto args = arguments_of_command(arguments);
    if (!args) return fail_with(args.error());
    base::Json question = {
        {"ask", "do"}, {"command", arguments.positionals().front()}, {"args", *args}};
    if (arguments.has("as")) {
        const auto password = password_of(arguments);
        if (!password) return fail_with(password.error());
        question["login"] = arguments.get("as");
        question["password"] = *password;
    }
    if (arguments.has("approver")) {
        const auto password = password_of(arguments, "approver-password-file");
        if (!password) return fail_with(password.error());
        question["approver"] = arguments.get("approver");
        question["approver_password"] = *password;
    }
    const auto answer = ask(folder_of(arguments), question);
    if (!answer) return fail_with(answer.error());
    if (const auto error = error_from_json(*answer)) return fail_with(*error);
    print(*answer);
    return base::text_member(*answer, "outcome") == "pending" ? base::kExitDone
                                                              : base::kExitRefused;
}

int status(const base::Arguments& arguments) {
    const DataFolder folder = folder_of(arguments);
    if (!folder.enrolled() && arguments.has("json")) {
        print({{"enrolled", false}});
        return base::kExitDone;
    }
    const auto answer = ask(folder, {{"ask", "status"}});
    return answer ? print_status(*answer, arguments.has("json")) : fail_with(answer.error());
}

int export_outbox(const base::Arguments& arguments) {
    const DataFolder folder = folder_of(arguments);
    const auto actor = actor_of(arguments);
    if (!actor) return fail_with(actor.error());
    if (actor->role != domain::Role::kSuperAdmin && actor->role != domain::Role::kAdmin) {
        return fail_with(base::fail(base::ErrorKind::kRefused,
                                    "Only an administrator may export the waiting commands.",
                                    "not_allowed"));
    }
    // Only reads, so that it works beside a running kiosk.
    const auto key = folder.storage_key();
    if (!key) return fail_with(key.error());
    base::SystemRandom random;
    const sync::KeySealer sealer(*key, random);
    database::Options options;
    options.read_only = true;
    const auto outbox = sync::Outbox::open(folder.outbox(), sealer, options);
    if (!outbox) return fail_with(outbox.error());
    std::int64_t from = (*outbox)->state().acknowledged + 1;
    for (;;) {
        const auto page = (*outbox)->entries(from, kExportPage);
        if (!page) return fail_with(page.error());
        if (page->empty()) return base::kExitDone;
        for (const auto& entry : *page) {
            print({{"seq", entry.seq},
                   {"id", entry.id.to_string()},
                   {"name", entry.name},
                   {"numbers", protocol::numbers_to_json(entry.numbers)},
                   {"body", entry.body},
                   {"damaged", entry.damaged},
                   {"hash", entry.hash}});
        }
        from = page->back().seq + 1;
    }
}

}  // namespace showfloor::terminal::cli
