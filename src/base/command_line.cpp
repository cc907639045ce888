#include "base/command_line.hpp"

#include <algorithm>
#include <charconv>

namespace showfloor::base {

namespace {

// "data!" -> "data".
std::string_view bare(std::string_view option) {
    return option.ends_with('!') ? option.substr(0, option.size() - 1) : option;
}

bool lists(const std::vector<std::string_view>& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view each) { return bare(each) == name; });
}

Error usage(const CallSpec& spec, const std::string& what) {
    return fail(ErrorKind::kInvalid, std::string(spec.name) + ": " + what + "; see --help.",
                "usage");
}

}  // namespace

ExitCode exit_code_of(const Error& error) {
    if (error.code == "usage") return kExitUsage;
    switch (error.kind) {
        case ErrorKind::kRefused:
        case ErrorKind::kInvalid:
            return kExitRefused;
        case ErrorKind::kUnreachable:
            return kExitUnreachable;
        case ErrorKind::kDamaged:
            return kExitDamaged;
        default:
            return kExitFailed;
    }
}

Result<Arguments> Arguments::parse(const CallSpec& spec, const std::vector<std::string>& words) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (!word.starts_with("--") || word == "-") {
            if (arguments.positionals_.size() >= spec.most_positionals)
                return usage(spec, "\"" + word + "\" is one word too many");
            arguments.positionals_.push_back(word);
            continue;
        }
        const auto equals = word.find('=');
        const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        if (lists(spec.flags, name)) {
            arguments.given_.emplace(name, "");
            continue;
        }
        const bool repeated = lists(spec.repeated, name);
        if (!repeated && !lists(spec.options, name))
            return usage(spec, "there is no option --" + name);
        if (!repeated && arguments.has(name)) return usage(spec, "--" + name + " is given twice");
        if (equals != std::string::npos) {
            arguments.given_.emplace(name, word.substr(equals + 1));
        } else if (i + 1 < words.size()) {
            arguments.given_.emplace(name, words[++i]);
        } else {
            return usage(spec, "--" + name + " needs a value");
        }
    }
    for (const std::string_view option : spec.options) {
        if (option.ends_with('!') && !arguments.has(bare(option)))
            return usage(spec, "--" + std::string(bare(option)) + " is missing");
    }
    return arguments;
}

std::string Arguments::get(std::string_view option, std::string_view otherwise) const {
    const auto found = given_.find(option);
    return found == given_.end() ? std::string(otherwise) : found->second;
}

bool Arguments::has(std::string_view option_or_flag) const {
    return given_.find(option_or_flag) != given_.end();
}

std::vector<std::string> Arguments::all(std::string_view option) const {
    std::vector<std::string> values;
    const auto [first, last] = given_.equal_range(option);
    for (auto each = first; each != last; ++each)
        values.push_back(each->second);
    return values;
}

Result<long> Arguments::number(std::string_view option, long otherwise, long least,
                               long most) const {
    if (!has(option)) return otherwise;
    const std::string text = get(option);
    long value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || value < least ||
        value > most) {
        return fail(ErrorKind::kInvalid,
                    "--" + std::string(option) + " takes a whole number from " +
                        std::to_string(least) + " to " + std::to_string(most) + ".",
                    "usage");
    }
    return value;
}

std::string help_of(std::string_view program, const std::vector<CallSpec>& calls) {
    std::string text = "Usage:\n";
    for (const CallSpec& call : calls) {
        text += "  " + std::string(program) + " " + std::string(call.name);
        for (const auto option : call.options) {
            const std::string name(bare(option));
            const std::string shown = "--" + name + " X";
            text += option.ends_with('!') ? " " + shown : " [" + shown + "]";
        }
        for (const auto option : call.repeated)
            text += " [--" + std::string(option) + " X]...";
        for (const auto flag : call.flags)
            text += " [--" + std::string(flag) + "]";
        if (!call.positional.empty()) text += " " + std::string(call.positional);
        text += "\n      " + std::string(call.does) + "\n";
    }
    text +=
        "Exit codes: 0 done, 1 failed, 2 usage, 3 refused by a rule, 4 central not reachable,\n"
        "5 data damaged. Errors are one line on stderr.\n";
    return text;
}

}  // namespace showfloor::base
