#pragma once
// showfloor-terminal's calls (protocol.md). Each prints its answer on stdout, one line of error on
// stderr, and returns the exit code. Thread contract: the main thread.

#include <string>
#include <vector>

#include "base/command_line.hpp"

namespace showfloor::terminal::cli {

// Every call, for dispatch and --help.
[[nodiscard]] const std::vector<base::CallSpec>& calls();

int enroll(const base::Arguments& arguments);
int run(const base::Arguments& arguments);
int sync(const base::Arguments& arguments);
int do_command(const base::Arguments& arguments);
int show(const base::Arguments& arguments);
int status(const base::Arguments& arguments);
int verify(const base::Arguments& arguments);
int export_outbox(const base::Arguments& arguments);

// What --version says first; the Sync page and diagnostics show it. Set before dispatch().
void set_version(std::string text);
[[nodiscard]] const std::string& version();

// Finds the call of `words` (without the program's name) and makes it.
int dispatch(const std::vector<std::string>& words);

// Prints "showfloor-terminal: sentence" and gives the code to end with.
int fail_with(const base::Error& error);

}  // namespace showfloor::terminal::cli
