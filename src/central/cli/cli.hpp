#pragma once
// The command line of showfloor-central (protocol.md): one table of calls, each a function from
// arguments to an answer on stdout. Errors are one line on stderr.
// Thread contract: one call a process; `serve` makes its own threads.

#include <iosfwd>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/command_line.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "base/result.hpp"

namespace showfloor::central::cli {

// What a call works with; borrowed.
struct Cli {
    std::ostream& out;
    std::ostream& err;
    const base::Clock& clock;
    base::Random& random;
};

struct Call {
    base::CallSpec spec;  // "terminals list": names have one or two words
    base::Result<void> (*run)(const base::Arguments& arguments, Cli& cli) = nullptr;
};

// Parts of the table, by subject.
[[nodiscard]] std::vector<Call> start_calls();   // init, serve
[[nodiscard]] std::vector<Call> people_calls();  // enroll-code, terminals, users, branches
[[nodiscard]] std::vector<Call>
keeping_calls();  // import, export, backup, restore, verify, mail, migrate

// Runs the call the words name and gives the program's exit code.
int run(const std::vector<std::string>& words, std::string_view version, Cli& cli);

// One JSON value as a line when --json was given, else `text` for people.
void print(Cli& cli, const base::Arguments& arguments, const base::Json& json,
           const std::string& text);

}  // namespace showfloor::central::cli
