#include "terminal/cli/cli.hpp"

#include <cstdio>

#include "terminal/cli/common.hpp"

namespace showfloor::terminal::cli {

namespace {

struct Entry {
    base::CallSpec spec;
    int (*call)(const base::Arguments&);
};

const std::vector<Entry>& entries() {
    static const std::vector<Entry> table = {
        {{"enroll",
          "",
          0,
          {"data!", "central!", "code!", "ca-fingerprint!", "name"},
          {},
          {},
          "make DIR a terminal of a central: the key never leaves DIR, the authority is compared"},
         &enroll},
        {{"run",
          "",
          0,
          {"data", "windowed", "tour", "locale", "theme", "idle", "display-mm", "distance-mm"},
          {},
          {"gallery"},
          "the kiosk (full screen; --windowed 1280x800; --idle SECONDS until it asks whether "
          "somebody is there; --locale, --theme; --display-mm WIDTH of the picture when the "
          "display "
          "does not say it, --distance-mm from it to the eyes (500); --tour DIR plays a visit and "
          "checks it; --gallery shows the toolkit)"},
         &run},
        {{"sync", "", 0, {"data!"}, {}, {"once", "json"}, "sync without a window"}, &sync},
        {{"do",
          "COMMAND [JSON or -]",
          2,
          {"data", "as", "password-file", "approver", "approver-password-file"},
          {},
          {"list"},
          "one command, offline, as a screen would submit it; --list names them"},
         &do_command},
        {{"show",
          "RECORD",
          1,
          {"data!", "id", "limit", "as", "password-file"},
          {"where"},
          {},
          "rows as JSON lines, limited to what --as may see (nobody: public fields)"},
         &show},
        {{"status", "", 0, {"data!"}, {}, {"json"}, "connected or why not, and what waits"},
         &status},
        {{"verify", "", 0, {"data!"}, {}, {"json"}, "are the databases and the journal whole?"},
         &verify},
        {{"export-outbox",
          "",
          0,
          {"data!", "as!", "password-file!"},
          {},
          {},
          "the waiting commands as JSON lines, for rescue by hand; admins only"},
         &export_outbox},
    };
    return table;
}

}  // namespace

const std::vector<base::CallSpec>& calls() {
    static const std::vector<base::CallSpec> specs = [] {
        std::vector<base::CallSpec> all;
        for (const Entry& entry : entries())
            all.push_back(entry.spec);
        return all;
    }();
    return specs;
}

int fail_with(const base::Error& error) {
    std::fprintf(stderr, "showfloor-terminal: %s\n", error.message.c_str());
    return base::exit_code_of(error);
}

int dispatch(const std::vector<std::string>& words) {
    for (const Entry& entry : entries()) {
        if (words.empty() || entry.spec.name != words.front()) continue;
        const auto arguments = base::Arguments::parse(entry.spec, {words.begin() + 1, words.end()});
        if (!arguments) return fail_with(arguments.error());
        return entry.call(*arguments);
    }
    std::fprintf(
        stderr, "showfloor-terminal: %s; see --help.\n",
        words.empty() ? "say what to do" : ("there is no call \"" + words.front() + "\"").c_str());
    return base::kExitUsage;
}

}  // namespace showfloor::terminal::cli
