#include "central/cli/cli.hpp"

#include <algorithm>
#include <ostream>

namespace showfloor::central::cli {

namespace {

const std::vector<Call>& calls() {
    static const std::vector<Call> table = [] {
        std::vector<Call> all;
        for (auto part : {start_calls(), people_calls(), keeping_calls()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return table;
}

std::string help(const std::vector<Call>& shown) {
    std::vector<base::CallSpec> specs;
    for (const Call& call : shown)
        specs.push_back(call.spec);
    return base::help_of("showfloor-central", specs);
}

const Call* find_call(const std::vector<std::string>& words) {
    const std::string two = words.size() > 1 ? words[0] + " " + words[1] : std::string();
    for (const Call& call : calls()) {
        if (call.spec.name == two || call.spec.name == words[0]) return &call;
    }
    return nullptr;
}

int fail_with(const base::Error& error, Cli& cli) {
    cli.err << "showfloor-central: " << error.message << "\n";
    return base::exit_code_of(error);
}

}  // namespace

int run(const std::vector<std::string>& words, std::string_view version, Cli& cli) {
    if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
        (words.empty() ? cli.err : cli.out) << help(calls());
        return words.empty() ? base::kExitUsage : base::kExitDone;
    }
    if (words[0] == "--version") {
        cli.out << version << "\n";
        return base::kExitDone;
    }
    const Call* call = find_call(words);
    if (call == nullptr) {
        cli.err << "showfloor-central: \"" << words[0] << "\" is not a call; see --help.\n";
        return base::kExitUsage;
    }
    const auto spaces = std::count(call->spec.name.begin(), call->spec.name.end(), ' ');
    const std::vector<std::string> rest(words.begin() + 1 + spaces, words.end());
    if (std::find(rest.begin(), rest.end(), "--help") != rest.end()) {
        cli.out << help({*call});
        return base::kExitDone;
    }
    const auto arguments = base::Arguments::parse(call->spec, rest);
    if (!arguments) {
        cli.err << "showfloor-central: " << arguments.error().message << "\n";
        return base::kExitUsage;
    }
    const auto done = call->run(*arguments, cli);
    return done ? static_cast<int>(base::kExitDone) : fail_with(done.error(), cli);
}

void print(Cli& cli, const base::Arguments& arguments, const base::Json& json,
           const std::string& text) {
    cli.out << (arguments.has("json") ? base::dump_json(json) : text) << "\n" << std::flush;
}

}  // namespace showfloor::central::cli
