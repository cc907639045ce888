#pragma once
// Printing through CUPS' own command, when it is there. Thread contract: any thread, but never the
// UI's: it waits for another program.

#include <string>

#include "base/result.hpp"

namespace showfloor::terminal {

// Hands the PDF to `program` (found along PATH) for its default printer, without a file of it on
// any disk: papers name people. kNotFound "no_printing"
// when there is no such program; kFailed "print_failed" with its own first line; the same when it
// does not end in time and is ended.
base::Result<void> print_paper(const std::string& pdf, const std::string& title,
                               const std::string& program = "lp");

}  // namespace showfloor::terminal
