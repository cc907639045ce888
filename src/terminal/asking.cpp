#include "terminal/asking.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/bounded_queue.hpp"
#include "domain/command.hpp"
#include "terminal/limits.hpp"

namespace showfloor::terminal {

namespace {

constexpr int kAcceptPollMs = 200;               // how soon the server notices that it shall end
constexpr std::int64_t kHolderStartsMs = 5'000;  // an engine opens within a second, or is stuck
constexpr int kHolderPollMs = 10;
constexpr std::int64_t kSignInTicksMs = 12'000;  // an online sign-in answers within 8 s

int kind_number(base::ErrorKind kind) {
    return static_cast<int>(kind);
}

// Signs the approver in, when the question names one, then submits.
void submit_as(Engine& engine, const base::Json& question, const std::optional<Person>& actor,
               const Answered& done) {
    domain::Command draft;
    draft.name = base::text_member(question, "command");
    if (question.contains("args")) draft.args = question["args"];
    if (question.contains("terms")) draft.terms = question["terms"];
    const std::string approver = base::text_member(question, "approver");
    const auto finish = [&engine, actor, draft, done](const std::optional<Person>& co_actor) {
        const auto submitted = engine.submit(draft, actor, co_actor);
        done(submitted ? describe(*submitted) : error_to_json(submitted.error()));
    };
    if (approver.empty()) {
        finish(std::nullopt);
        return;
    }
    engine.sign_in(approver, base::text_member(question, "approver_password"),
                   [finish, done](base::Result<Person> person) {
                       if (!person)
                           done(error_to_json(person.error()));
                       else
                           finish(*person);
                   });
}

base::Result<std::string> read_line(int connection, std::int64_t timeout_ms) {
    std::string line;
    char buffer[4096];
    while (line.find('\n') == std::string::npos) {
        pollfd waiting{connection, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(timeout_ms)) <= 0)
            return base::fail(base::ErrorKind::kBusy, "The running terminal does not answer.");
        const ssize_t got = ::recv(connection, buffer, sizeof buffer, 0);
        if (got <= 0) return base::fail(base::ErrorKind::kBusy, "The running terminal hung up.");
        line.append(buffer, static_cast<std::size_t>(got));
        if (line.size() > kMaxSocketMessage)
            return base::fail(base::ErrorKind::kTooLarge, "The message is too large.");
    }
    line.resize(line.find('\n'));
    return line;
}

bool write_all(int connection, std::string_view text) {
    while (!text.empty()) {
        const ssize_t wrote = ::send(connection, text.data(), text.size(), MSG_NOSIGNAL);
        if (wrote <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
}

// False when the path is too long for a socket; the folder is then asked by its lock alone.
bool fill_address(const std::string& path, sockaddr_un& address) {
    address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return false;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return true;
}

// A connection to the running engine, or -1 when none listens.
int connect_to(const DataFolder& folder) {
    sockaddr_un address{};
    const int connection = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection >= 0 && fill_address(folder.socket(), address) &&
        ::connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
        return connection;
    if (connection >= 0) ::close(connection);
    return -1;
}

base::Result<base::Json> ask_running(int connection, const base::Json& question) {
    auto line = base::Result<std::string>(std::string());
    if (write_all(connection, base::dump_json(question) + "\n"))
        line = read_line(connection, kEngineAnswerMs);
    else
        line = base::fail(base::ErrorKind::kBusy, "The running terminal hung up.");
    ::close(connection);
    if (!line) return line.error();
    return base::parse_json(*line, kMaxSocketMessage);
}

base::Result<base::Json> be_the_engine(const DataFolder& folder, const base::Json& question) {
    base::SystemClock clock;
    base::SystemRandom random;
    SHOWFLOOR_ASSIGN(EngineBinding binding, bind_engine(folder, clock, random));
    SHOWFLOOR_ASSIGN(const auto engine, Engine::open(std::move(binding.parts)));
    std::optional<base::Json> result;
    answer(*engine, question, [&](base::Json json) { result = std::move(json); });
    const std::int64_t until = clock.boot_ms() + kSignInTicksMs;
    while (!result && clock.boot_ms() < until) {
        engine->tick();
        if (!result) binding.client->poll(kAcceptPollMs);
    }
    if (!result)
        return base::fail(base::ErrorKind::kUnreachable, "Central did not answer in time.");
    return std::move(*result);
}

}  // namespace

base::Json error_to_json(const base::Error& error) {
    return {{"error", error.message}, {"kind", kind_number(error.kind)}, {"code", error.code}};
}

std::optional<base::Error> error_from_json(const base::Json& answer) {
    const std::string message = base::text_member(answer, "error");
    if (message.empty()) return std::nullopt;
    auto kind = base::ErrorKind::kFailed;
    if (answer.contains("kind") && answer["kind"].is_number_integer())
        kind = static_cast<base::ErrorKind>(answer["kind"].get<int>());
    return base::fail(kind, message, base::text_member(answer, "code"));
}

base::Json person_to_json(const Person& person) {
    return {{"user_id", person.user_id.to_string()},
            {"branch_id", person.branch_id.is_nil() ? "" : person.branch_id.to_string()},
            {"role", domain::kRoleNames[static_cast<std::size_t>(person.role)]}};
}

domain::Actor actor_from_json(const base::Json& json) {
    domain::Actor actor;
    actor.user_id = base::Uuid::parse(base::text_member(json, "user_id")).value_or(base::Uuid{});
    actor.branch_id =
        base::Uuid::parse(base::text_member(json, "branch_id")).value_or(base::Uuid{});
    const std::string role = base::text_member(json, "role");
    for (std::size_t i = 0; i < domain::kRoleNames.size(); ++i) {
        if (domain::kRoleNames[i] == role) actor.role = static_cast<domain::Role>(i);
    }
    return actor;
}

base::Json describe(const sync::Submitted& submitted) {
    const auto& outcome = submitted.outcome;
    if (!outcome.applied()) {
        return {{"outcome", "refused"},
                {"code", domain::name_of(outcome.code)},
                {"message", domain::sentence_of(outcome.code)},
                {"field", outcome.field},
                {"details", outcome.details}};
    }
    base::Json result = {{"outcome", "pending"},
                         {"seq", submitted.seq},
                         {"command_id", submitted.command.id.to_string()}};
    const std::string id = base::text_member(submitted.command.args, "id");
    if (!id.empty()) result["id"] = id;
    for (const auto& [name, value] : outcome.details.items())
        result[name] = value;
    return result;
}

void answer(Engine& engine, const base::Json& question, Answered done) {
    const std::string what = base::text_member(question, "ask");
    if (what == "status") {
        auto status = engine.status();
        done(status ? std::move(*status) : error_to_json(status.error()));
    } else if (what == "sync") {
        engine.sync().sync_now();
        done({{"started", true}});
    } else if (what == "person") {
        engine.sign_in(base::text_member(question, "login"),
                       base::text_member(question, "password"),
                       [done](base::Result<Person> person) {
                           done(person ? person_to_json(*person) : error_to_json(person.error()));
                       });
    } else if (what == "do") {
        const std::string login = base::text_member(question, "login");
        if (login.empty()) {
            submit_as(engine, question, std::nullopt, done);
            return;
        }
        engine.sign_in(login, base::text_member(question, "password"),
                       [&engine, question, done](base::Result<Person> person) {
                           if (!person)
                               done(error_to_json(person.error()));
                           else
                               submit_as(engine, question, *person, done);
                       });
    } else {
        done(error_to_json(base::fail("\"" + what + "\" is nothing a terminal is asked.")));
    }
}

base::Result<base::Json> ask(const DataFolder& folder, const base::Json& question) {
    const auto identity = folder.identity();  // says "not enrolled" before anything is made
    if (!identity) return identity.error();
    const base::SystemClock clock;
    const std::int64_t until = clock.boot_ms() + kHolderStartsMs;
    for (;;) {
        const auto lock = EngineLock::take(folder);
        if (lock) return be_the_engine(folder, question);
        if (lock.error().kind != base::ErrorKind::kBusy) return lock.error();
        const int connection = connect_to(folder);
        if (connection >= 0) return ask_running(connection, question);
        // The holder is starting, ending, or another `do`: each is over in a moment.
        if (clock.boot_ms() >= until) return lock.error();
        ::poll(nullptr, 0, kHolderPollMs);
    }
}

SocketServer::SocketServer(int listener, std::string path, EngineThread& engine)
    : listener_(listener), path_(std::move(path)), engine_(engine) {
    thread_ = std::thread([this] { serve(); });
}

base::Result<std::unique_ptr<SocketServer>> SocketServer::start(const DataFolder& folder,
                                                                EngineThread& engine) {
    sockaddr_un address{};
    if (!fill_address(folder.socket(), address)) {
        return base::fail("The path " + folder.socket() +
                          " is too long for a socket; use a folder with a shorter path.");
    }
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::unlink(address.sun_path);  // left by a process that was killed; the lock says it is ours
    const mode_t before = ::umask(0177);
    const bool good =
        listener >= 0 &&
        ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        ::listen(listener, 8) == 0;
    ::umask(before);
    if (!good) {
        const std::string reason = std::strerror(errno);
        if (listener >= 0) ::close(listener);
        return base::fail("Cannot listen at " + folder.socket() + " (" + reason + ").");
    }
    return std::unique_ptr<SocketServer>(new SocketServer(listener, folder.socket(), engine));
}

SocketServer::~SocketServer() {
    stop_ = true;
    thread_.join();
    ::close(listener_);
    ::unlink(path_.c_str());
}

void SocketServer::serve() {
    while (!stop_) {
        pollfd waiting{listener_, POLLIN, 0};
        if (::poll(&waiting, 1, kAcceptPollMs) <= 0) continue;
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) continue;
        serve_one(connection);
        ::close(connection);
    }
}

void SocketServer::serve_one(int connection) {
    constexpr std::int64_t kQuestionMs = 2'000;
    const auto line = read_line(connection, kQuestionMs);
    const auto question =
        line ? base::parse_json(*line, kMaxSocketMessage) : base::Result<base::Json>(line.error());
    if (!question) {
        write_all(connection, base::dump_json(error_to_json(question.error())) + "\n");
        return;
    }
    // A queue, not a promise: a task that is dropped when the engine ends just never answers.
    auto answers = std::make_shared<base::BoundedQueue<base::Json>>(1);
    const bool posted = engine_.post([answers, question = *question](Engine& engine) {
        answer(engine, question,
               [answers](base::Json json) { (void)answers->try_push(std::move(json)); });
    });
    base::Json result =
        error_to_json(base::fail(base::ErrorKind::kBusy, "The running terminal does not answer."));
    if (posted) {
        if (auto json = answers->pop_within(kEngineAnswerMs)) result = std::move(*json);
    }
    write_all(connection, base::dump_json(result) + "\n");
}

}  // namespace showfloor::terminal
