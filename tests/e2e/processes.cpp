#include "processes.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/check.hpp"

namespace showfloor::e2e {

namespace {

constexpr int kStepMs = 5;

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Between fork and exec: async-signal-safe calls alone.
[[noreturn]] void become(const char* const* argv, const std::string& files, const Limits& limits,
                         pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(126);  // it died in between
    const int in = ::open((files + "/in").c_str(), O_RDONLY);
    const int out = ::open((files + "/out").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int err = ::open((files + "/err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(err, 2);
    if (limits.file_bytes > 0) {
        const auto bytes = static_cast<rlim_t>(limits.file_bytes);
        const rlimit limit{bytes, bytes};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN);  // then writes fail, as on a full disk
    }
    if (limits.user != 0 && (::setgid(limits.user) != 0 || ::setuid(limits.user) != 0))
        ::_exit(126);
    // Changing the user clears it.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::execv(argv[0], const_cast<char* const*>(argv));
    ::_exit(127);
}

int listen_anywhere(int& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    SHOWFLOOR_CHECK(::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0,
                    "a port of loopback is free");
    port = ntohs(address.sin_port);
    return socket;
}

}  // namespace

std::int64_t now_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

bool wait_until(const std::function<bool()>& done, std::int64_t most_ms) {
    for (const std::int64_t until = now_ms() + most_ms; !done();) {
        if (now_ms() >= until) return false;
        ::poll(nullptr, 0, kStepMs);
    }
    return true;
}

std::string program(const std::string& name) {
    const char* folder = std::getenv("SHOWFLOOR_BIN");
    return (folder != nullptr ? std::string(folder) : SHOWFLOOR_BUILD_DIR "/bin") + "/" + name;
}

Child::Child(const std::string& name, const std::vector<std::string>& words, const Limits& limits)
    : files_(new testing::FreshFolder) {
    const std::string path = program(name);
    std::vector<const char*> argv = {path.c_str()};
    for (const std::string& word : words)
        argv.push_back(word.c_str());
    argv.push_back(nullptr);
    const std::string files = files_->path();
    std::ofstream(files + "/in", std::ios::binary) << limits.input;
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    SHOWFLOOR_CHECK(pid_ >= 0, "a process can be made");
    if (pid_ == 0) become(argv.data(), files, limits, parent);
}

Child::Child(Child&& other) noexcept
    : files_(std::exchange(other.files_, nullptr)),
      pid_(std::exchange(other.pid_, -1)),
      code_(other.code_) {}

Child::~Child() {
    kill();
    delete files_;
}

void Child::reap(int status) {
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    pid_ = -1;
}

bool Child::running() {
    int status = 0;
    if (pid_ > 0 && ::waitpid(pid_, &status, WNOHANG) == pid_) reap(status);
    return pid_ > 0;
}

std::optional<int> Child::wait(std::int64_t most_ms) {
    if (wait_until([this] { return !running(); }, most_ms)) return code_;
    kill();
    return std::nullopt;
}

void Child::signal(int number) const {
    if (pid_ > 0) ::kill(pid_, number);
}

void Child::kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    reap(status);
}

std::string Child::out() const {
    return content_of((*files_) / "out");
}
std::string Child::err() const {
    return content_of((*files_) / "err");
}

Ran run(const std::string& name, const std::vector<std::string>& words, const Limits& limits) {
    const std::int64_t begun = now_ms();
    Child child(name, words, limits);
    constexpr int kNeverEnded = 1000;
    const int code = child.wait().value_or(kNeverEnded);
    return {code, child.out(), child.err(), now_ms() - begun};
}

Ports free_ports() {
    Ports ports;
    const int first = listen_anywhere(ports.rest);
    const int second = listen_anywhere(ports.sync);
    ::close(first);
    ::close(second);
    return ports;
}

}  // namespace showfloor::e2e
