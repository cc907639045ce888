#include "terminal/printer.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>

#include "terminal/limits.hpp"

extern char** environ;

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostSaid = 400;  // of what the program says, to show a person

base::Error failed(std::string said) {
    if (const auto line = said.find('\n'); line != std::string::npos) said.resize(line);
    if (said.empty()) said = "The printer did not take the paper.";
    return base::fail(base::ErrorKind::kFailed, std::move(said), "print_failed");
}

// Reads what the program says until it closes its end or time is up; false = it hangs.
bool hear(int from, std::string& said) {
    using Clock = std::chrono::steady_clock;
    const auto until = Clock::now() + std::chrono::milliseconds(kPrintPatienceMs);
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        if (left <= 0) return false;
        pollfd what{from, POLLIN, 0};
        const int ready = ::poll(&what, 1, static_cast<int>(left));
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return false;
        std::array<char, 256> part{};
        const ssize_t got = ::read(from, part.data(), part.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        if (said.size() < kMostSaid) said.append(part.data(), static_cast<std::size_t>(got));
    }
}

// The paper as an open file without a name; -1 when there is no memory for it.
int in_memory(const std::string& bytes) {
    const int file = ::memfd_create("paper", MFD_CLOEXEC);
    for (std::size_t at = 0; file >= 0 && at < bytes.size();) {
        const ssize_t wrote = ::write(file, bytes.data() + at, bytes.size() - at);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) {
            ::close(file);
            return -1;
        }
        at += static_cast<std::size_t>(wrote);
    }
    if (file >= 0) ::lseek(file, 0, SEEK_SET);
    return file;
}

}  // namespace

base::Result<void> print_paper(const std::string& pdf, const std::string& title,
                               const std::string& program) {
    int ends[2];
    const int paper = in_memory(pdf);
    if (paper < 0 || ::pipe2(ends, O_CLOEXEC) != 0) {
        if (paper >= 0) ::close(paper);
        return failed("No room for another program.");
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, paper, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    std::array<std::string, 5> words = {program, "-t", title, "-o", "fit-to-page"};
    std::array<char*, 6> arguments{};
    for (std::size_t i = 0; i < words.size(); ++i)
        arguments[i] = words[i].data();
    pid_t child = 0;
    const int problem =
        ::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    ::close(paper);
    if (problem != 0) {
        ::close(ends[0]);
        return base::fail(base::ErrorKind::kNotFound,
                          "No printer is set up at this terminal. The paper can be saved as a PDF.",
                          "no_printing");
    }
    std::string said;
    const bool ended = hear(ends[0], said);
    ::close(ends[0]);
    if (!ended) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!ended) return failed("The printer does not answer.");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return failed(std::move(said));
    return {};
}

}  // namespace showfloor::terminal
