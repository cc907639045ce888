// showfloor-terminal: the kiosk and its command line.

#include <cstdio>
#include <string>
#include <vector>

#include "base/heap.hpp"
#include "crypto/crypto.hpp"
#include "database/version.hpp"
#include "net/versions.hpp"
#include "showfloor_version.hpp"
#include "terminal/cli/cli.hpp"
#include "ui/versions.hpp"

int main(int count, char** words) {
    using namespace showfloor;
    const std::vector<std::string> given(words + 1, words + count);
    for (const std::string& word : given) {
        if (word == "--help" || word == "-h" || word == "help") {
            std::fputs(base::help_of("showfloor-terminal", terminal::cli::calls()).c_str(), stdout);
            return base::kExitDone;
        }
        if (word == "--version") {
            std::printf("showfloor-terminal %s (%s)\n%s, %s, %s\n", kVersion, kGitDescribe,
                        database::library_version().c_str(), net::library_versions().c_str(),
                        ui::library_versions().c_str());
            return base::kExitDone;
        }
    }
    constexpr int kHeaps = 2;                // the UI and the work beside it
    constexpr int kLargeBytes = 256 * 1024;  // pictures, tables of an index, whole files
    base::set_up_heap(kHeaps, kLargeBytes);
    if (const auto ready = crypto::initialise(); !ready)
        return terminal::cli::fail_with(ready.error());
    terminal::cli::set_version(kVersion);
    return terminal::cli::dispatch(given);
}
