#include "terminal/cli/common.hpp"

#include "terminal/cli/cli.hpp"

#include <csignal>
#include <cstdio>

#include "base/file.hpp"
#include "terminal/asking.hpp"

namespace showfloor::terminal::cli {

namespace {
std::string program_version;
}  // namespace

void set_version(std::string text) {
    program_version = std::move(text);
}
const std::string& version() {
    return program_version;
}

namespace {

constexpr std::size_t kMaxPasswordFile = 4096;
volatile std::sig_atomic_t stop_signal = 0;

}  // namespace

DataFolder folder_of(const base::Arguments& arguments) {
    std::string path = arguments.get("data");
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    return DataFolder{path};
}

base::Result<std::string> password_of(const base::Arguments& arguments, std::string_view option) {
    SHOWFLOOR_ASSIGN(std::string text, base::read_file(arguments.get(option), kMaxPasswordFile));
    if (const auto end = text.find_first_of("\n"); end != std::string::npos) text.resize(end);
    return text;
}

base::Result<domain::Actor> actor_of(const base::Arguments& arguments) {
    const std::string login = arguments.get("as");
    if (login.empty()) return domain::Actor{};
    SHOWFLOOR_ASSIGN(const std::string password, password_of(arguments));
    SHOWFLOOR_ASSIGN(
        const base::Json answer,
        ask(folder_of(arguments), {{"ask", "person"}, {"login", login}, {"password", password}}));
    if (const auto error = error_from_json(answer)) return *error;
    return actor_from_json(answer);
}

void print(const base::Json& json) {
    std::printf("%s\n", base::dump_json(json).c_str());
}

void catch_signals() {
    struct sigaction action {};
    action.sa_handler = [](int) { stop_signal = 1; };
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

bool asked_to_stop() {
    return stop_signal != 0;
}

namespace {

sigset_t stop_signals() {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGINT);
    ::sigaddset(&set, SIGTERM);
    return set;
}

}  // namespace

StopSignal::StopSignal() {
    const sigset_t set = stop_signals();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void StopSignal::wait() const {
    const sigset_t set = stop_signals();
    int got = 0;
    while (::sigwait(&set, &got) != 0) {
    }
}

}  // namespace showfloor::terminal::cli
