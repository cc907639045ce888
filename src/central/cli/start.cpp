// init and serve.

#include <csignal>
#include <filesystem>
#include <ostream>

#include "base/log.hpp"
#include "base/paths.hpp"
#include "central/cli/cli.hpp"
#include "central/demo/demo.hpp"
#include "central/keys.hpp"
#include "central/people.hpp"
#include "central/server.hpp"
#include "domain/records.hpp"

namespace showfloor::central::cli {

namespace {

using base::Arguments;

// Takes back what a failed init left, so that it can be tried again.
class Unfinished {
   public:
    explicit Unfinished(std::string folder) : folder_(std::move(folder)) {}
    ~Unfinished() {
        if (finished_) return;
        std::error_code ignored;
        for (const char* made :
             {"central.db", "central.db-wal", "central.db-shm", "keys", "blobs", "snapshots"})
            std::filesystem::remove_all(folder_ + "/" + made, ignored);
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    void finish() { finished_ = true; }

   private:
    std::string folder_;
    bool finished_ = false;
};

base::Result<DemoLogin> first_admin(CommandProcessor& processor, const std::string& email,
                                    base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor.batch(now));
    NewUser admin;
    admin.fields = {{"first_name", "First"},
                    {"last_name", "Administrator"},
                    {"username", "admin"},
                    {"email", email},
                    {"role", "super_admin"}};
    SHOWFLOOR_ASSIGN(const AddedUser added, add_user(batch, std::move(admin)));
    SHOWFLOOR_TRY(batch.commit());
    return DemoLogin{"admin", added.password, "super_admin", ""};
}

base::Result<base::Json> branches_of(CommandProcessor& processor, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor.batch(now));
    base::Json list = base::Json::array();
    for (const auto& branch : batch.world().find<domain::Branch>({.order_by = "created_at"}))
        list.push_back({{"id", branch.id.to_string()}, {"code", branch.code}});
    return list;
}

base::Result<void> init(const Arguments& arguments, Cli& cli) {
    const std::string folder = arguments.get("data");
    const base::UtcMs now = cli.clock.wall();
    std::vector<std::string> hosts = arguments.all("host");
    if (hosts.empty()) hosts = {"localhost", "127.0.0.1", "::1"};
    SHOWFLOOR_ASSIGN(auto store, Store::create(folder, cli.random));
    Unfinished unfinished(folder);
    SHOWFLOOR_ASSIGN(const Keys keys, make_keys(folder, hosts, now, cli.random));
    CommandProcessor processor(*store, cli.random);

    std::vector<DemoLogin> logins;
    DemoLogin admin;
    if (arguments.has("demo")) {
        SHOWFLOOR_ASSIGN(const std::string assets, base::asset_folder());
        SHOWFLOOR_ASSIGN(logins, make_demo(processor, assets + "/demo", now));
        for (const DemoLogin& login : logins) {
            if (login.role == "super_admin") admin = login;
        }
    } else {
        SHOWFLOOR_ASSIGN(
            admin,
            first_admin(processor, arguments.get("admin-email", "admin@localhost.invalid"), now));
    }
    base::Json made = {{"admin", {{"login", admin.login}, {"password", admin.password}}},
                       {"logins", base::Json::array()},
                       {"ca_fingerprint", keys.authority.certificate.fingerprint}};
    SHOWFLOOR_ASSIGN(made["branches"], branches_of(processor, now));
    std::string text = "Administrator " + admin.login + ", password " + admin.password +
                       (logins.empty() ? " (once; it must be changed)" : "");
    for (const DemoLogin& login : logins) {
        made["logins"].push_back({{"login", login.login},
                                  {"password", login.password},
                                  {"role", login.role},
                                  {"branch", login.branch}});
        text +=
            "\n" + login.login + "  " + login.password + "  " + login.role + "  " + login.branch;
    }
    unfinished.finish();
    print(cli, arguments, made,
          text + "\nThe authority's fingerprint:\n" + keys.authority.certificate.fingerprint);
    return {};
}

base::Result<void> serve(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(ServerOptions options,
                     read_server_options(arguments.get("config"), arguments.get("listen"),
                                         arguments.get("sync-listen")));
    options.folder = arguments.get("data");
    // Blocked in every thread before any is made, so that only the wait below hears them.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    if (!options.log_file.empty()) base::log_to(options.log_file, base::LogLevel::kInfo);
    SHOWFLOOR_ASSIGN(auto server, Server::start(options, cli.clock, cli.random));
    cli.out << "REST API on " << server->rest_address() << ", terminals on "
            << server->sync_address() << "\n"
            << std::flush;
    int signal = 0;
    sigwait(&ends, &signal);
    return server->stop();
}

}  // namespace

std::vector<Call> start_calls() {
    Call make;
    make.spec.name = "init";
    make.spec.options = {"data!", "admin-email"};
    make.spec.repeated = {"host"};
    make.spec.flags = {"demo", "json"};
    make.spec.does = "makes a dealership in an empty folder and prints the first password";
    make.run = &init;
    Call run;
    run.spec.name = "serve";
    run.spec.options = {"data!", "listen", "sync-listen", "config"};
    run.spec.does = "answers people on the first address and terminals on the second";
    run.run = &serve;
    return {make, run};
}

}  // namespace showfloor::central::cli
