// The calls that need no window: enroll, sync, do, status, verify, export-outbox.

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
        std::printf("%s: %s; %lld waiting, %lld in doubt, %lld refused, %lld disputed\n",
                    base::text_member(status, "terminal").c_str(),
                    status["online"] == true ? "online"
                                             : base::text_member(status, "message").c_str(),
                    status["pending"].get<long long>(), status["in_doubt"].get<long long>(),
                    status["refused"].get<long long>(), status["disputed"].get<long long>());
    }
    return base::kExitDone;
}

// Ticks a private engine until everything is settled or it is clear that it cannot be.
base::Result<base::Json> sync_until_settled(const DataFolder& folder) {
    base::SystemClock clock;
    base::SystemRandom random;
    SHOWFLOOR_ASSIGN(EngineBinding binding, bind_engine(folder, clock, random));
    SHOWFLOOR_ASSIGN(const auto engine, Engine::open(std::move(binding.parts)));
    engine->sync().sync_now();
    const std::int64_t until = clock.boot_ms() + kOnceMs;
    while (clock.boot_ms() < until && !asked_to_stop()) {
        const std::int64_t next = engine->tick();
        if (engine->sync().settled()) return engine->status();
        const auto now = engine->sync().status();
        if (!now.online && !now.cause.empty() && now.cause != "connecting") {
            return base::fail(base::ErrorKind::kUnreachable,
                              now.sentence.empty() ? "Central is not reachable: " + now.cause
                                                   : now.sentence,
                              now.cause);
        }
        const auto nap = std::clamp<std::int64_t>(next - clock.boot_ms(), 1, 1000);
        binding.client->poll(static_cast<int>(nap));
    }
    return base::fail(base::ErrorKind::kUnreachable, "Central did not answer everything in time; "
                                                     "what waits stays safe here.");
}

int sync_once(const base::Arguments& arguments, const DataFolder& folder) {
    const auto identity = folder.identity();
    if (!identity) return fail_with(identity.error());
    const auto lock = EngineLock::take(folder);
    if (!lock) {
        if (lock.error().kind != base::ErrorKind::kBusy) return fail_with(lock.error());
        const auto started = ask(folder, {{"ask", "sync"}});
        if (!started) return fail_with(started.error());
        const auto status = ask(folder, {{"ask", "status"}});
        return status ? print_status(*status, arguments.has("json")) : fail_with(status.error());
    }
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
    catch_signals();
    if (arguments.has("once")) return sync_once(arguments, folder);
    const auto identity = folder.identity();
    if (!identity) return fail_with(identity.error());
    const auto lock = EngineLock::take(folder);
    if (!lock) return fail_with(lock.error());
    const auto engine = EngineThread::start(folder, [] {});
    if (!engine) return fail_with(engine.error());
    const auto server = SocketServer::start(folder, **engine);
    if (!server) return fail_with(server.error());
    while (!asked_to_stop()) ::pause();
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
    const auto lock = EngineLock::take(folder);
    if (!lock) return fail_with(lock.error());
    base::SystemClock clock;
    base::SystemRandom random;
    auto binding = bind_engine(folder, clock, random);
    if (!binding) return fail_with(binding.error());
    const auto engine = Engine::open(std::move(binding->parts));
    if (!engine) return fail_with(engine.error());
    std::int64_t from = (*engine)->outbox().state().acknowledged + 1;
    for (;;) {
        const auto page = (*engine)->outbox().entries(from, kExportPage);
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
