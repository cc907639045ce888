#pragma once
// The real programs as child processes: started, waited for, killed. Their output goes to files.
// A child never outlives the test: the kernel kills it when this process ends, however.
// Thread contract: one test thread (children must be started by the thread that lives longest).

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fresh_folder.hpp"

namespace showfloor::e2e {

[[nodiscard]] std::int64_t now_ms();  // steady

// Calls `done` every 20 ms at most until it says yes; false when it never did.
bool wait_until(const std::function<bool()>& done, std::int64_t most_ms = 30'000);

// The folder of the programs under test.
[[nodiscard]] std::string program(const std::string& name);

struct Limits {
    std::int64_t file_bytes = 0;  // no file may grow beyond (RLIMIT_FSIZE); 0 = no limit
    unsigned user = 0;            // the child runs as this user; 0 = as we do
    std::string input;            // its stdin
};

class Child {
   public:
    Child(const std::string& name, const std::vector<std::string>& words,
          const Limits& limits = {});
    ~Child();  // kills
    Child(Child&& other) noexcept;
    Child& operator=(Child&&) = delete;

    [[nodiscard]] bool running();
    // The exit code; -n when signal n ended it; nullopt when it still runs after that time (it is
    // then killed).
    std::optional<int> wait(std::int64_t most_ms = 60'000);
    void signal(int number) const;
    void kill();  // -9, and waits

    [[nodiscard]] std::string out() const;
    [[nodiscard]] std::string err() const;

   private:
    void reap(int status);

    testing::FreshFolder* files_;  // owned
    pid_t pid_ = -1;
    std::optional<int> code_;
};

struct Ran {
    int code = -1;  // 1000: it never ended
    std::string out, err;
    std::int64_t took_ms = 0;
};
// Runs to the end.
Ran run(const std::string& name, const std::vector<std::string>& words, const Limits& limits = {});

// Two ports of loopback that nobody uses just now.
struct Ports {
    int rest = 0, sync = 0;
};
[[nodiscard]] Ports free_ports();

}  // namespace showfloor::e2e
