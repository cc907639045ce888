#pragma once
// What several calls share. Thread contract: the main thread.

#include <atomic>
#include <string>

#include "base/command_line.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "domain/rights.hpp"
#include "terminal/data_folder.hpp"

namespace showfloor::terminal::cli {

[[nodiscard]] DataFolder folder_of(const base::Arguments& arguments);

// The first line of --password-file. Passwords never stand in arguments.
base::Result<std::string> password_of(const base::Arguments& arguments,
                                      std::string_view option = "password-file");

// The person of --as, checked against the password; nobody (public fields) when not given.
base::Result<domain::Actor> actor_of(const base::Arguments& arguments);

void print(const base::Json& json);

// Set by SIGINT and SIGTERM once catch_signals() was called.
void catch_signals();
[[nodiscard]] bool asked_to_stop();

// Waits for SIGINT or SIGTERM. Make one before any thread: the signals are held back from all of
// them, so that none is lost between looking and waiting.
class StopSignal {
   public:
    StopSignal();
    void wait() const;
};

}  // namespace showfloor::terminal::cli
