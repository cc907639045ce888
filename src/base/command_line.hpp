#pragma once
// Command lines of both programs: what may be given, what was given, how they end.
// Thread contract: plain values; main thread.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace showfloor::base {

// How a program ends (protocol.md): scripts rely on it.
enum ExitCode {
    kExitDone = 0,
    kExitFailed = 1,
    kExitUsage = 2,
    kExitRefused = 3,      // by a rule
    kExitUnreachable = 4,  // central
    kExitDamaged = 5,      // data
};
[[nodiscard]] ExitCode exit_code_of(const Error& error);

// One call of a program: "enroll --data DIR --central URL".
struct CallSpec {
    std::string_view name;
    std::string_view positional;  // "COMMAND [JSON]" for the help; empty = none
    std::size_t most_positionals = 0;
    std::vector<std::string_view> options;   // take a value; "data!" must be given
    std::vector<std::string_view> repeated;  // options that may come many times
    std::vector<std::string_view> flags;     // take none
    std::string_view does;                   // one line for --help
};

class Arguments {
   public:
    // Checks what was given against the call. kInvalid says which word is not understood.
    static Result<Arguments> parse(const CallSpec& spec, const std::vector<std::string>& words);

    [[nodiscard]] std::string get(std::string_view option, std::string_view otherwise = {}) const;
    [[nodiscard]] bool has(std::string_view option_or_flag) const;
    [[nodiscard]] std::vector<std::string> all(std::string_view option) const;
    [[nodiscard]] const std::vector<std::string>& positionals() const { return positionals_; }
    // The whole number, or `otherwise` when absent; kInvalid when it is none within the range.
    [[nodiscard]] Result<long> number(std::string_view option, long otherwise, long least,
                                      long most) const;

   private:
    std::multimap<std::string, std::string, std::less<>> given_;
    std::vector<std::string> positionals_;
};

// "  enroll --data DIR ...    does": one line a call.
[[nodiscard]] std::string help_of(std::string_view program, const std::vector<CallSpec>& calls);

}  // namespace showfloor::base
