#pragma once
// Structured logs: one JSON object a line, to stderr or a rotated file. Never personal data,
// secrets, SQL values or request bodies. Thread contract: any thread.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace showfloor::base {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Where lines go. Empty path = stderr. Rotated at 10 MB, five files kept. Call before threads
// start.
void log_to(const std::string& path, LogLevel least);

// log(LogLevel::kInfo, "push", {{"terminal", "T03"}, {"commands", "12"}}).
void log(LogLevel level, std::string_view event,
         std::initializer_list<std::pair<std::string_view, std::string>> fields = {});

}  // namespace showfloor::base
