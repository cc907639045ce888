// showfloor-central: see cli/cli.hpp. Only wiring here.

#include <iostream>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/heap.hpp"
#include "base/random.hpp"
#include "central/cli/cli.hpp"
#include "crypto/crypto.hpp"
#include "database/version.hpp"
#include "imaging/webp/webp.hpp"
#include "net/http_server.hpp"
#include "net/versions.hpp"
#include "showfloor_version.hpp"

int main(int argc, char** argv) {
    using namespace showfloor;
    constexpr int kLargeBytes = 4 << 20;  // an answer fits, a catalogue does not
    base::set_up_heap(0, kLargeBytes);
    // Before any thread: TLS keeps its keys in a store all threads share.
    if (const auto ready = crypto::initialise(); !ready) {
        std::cerr << "showfloor-central: " << ready.error().message << "\n";
        return base::kExitFailed;
    }
    imaging::register_webp();
    const base::SystemClock clock;
    base::SystemRandom random;
    central::cli::Cli cli{std::cout, std::cerr, clock, random};
    const std::string version = std::string("showfloor-central ") + kVersion + " (" + kGitDescribe +
                                ")\n" + database::library_version() + ", " +
                                net::library_versions() + ", " + net::server_library_version();
    return central::cli::run({argv + 1, argv + argc}, version, cli);
}
