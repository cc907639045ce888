#include "tools/bench/stage.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "central/credentials.hpp"
#include "central/enrolment.hpp"
#include "central/import/car_import.hpp"
#include "central/keys.hpp"
#include "central/people.hpp"
#include "central/store.hpp"
#include "terminal/enrolment.hpp"

namespace showfloor::bench {

namespace {

namespace fs = std::filesystem;

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    return bound ? ntohs(address.sin_port) : 0;
}

std::string cars_csv(int cars) {
    static constexpr const char* kModels[] = {"Corolla", "RAV4", "Hilux", "Yaris", "Camry"};
    static constexpr const char* kColors[] = {"white", "grey", "black", "blue", "red", "silver"};
    std::string csv = "vin,make,model,year,price,currency,color,mileage,condition\n";
    for (int i = 0; i < cars; ++i) {
        csv += "JTDBT923X0" + std::to_string(1'000'000 + i) + ",Toyota," + kModels[i % 5] + "," +
               std::to_string(2010 + i % 15) + "," + std::to_string(500'000 + i) + ",KES," +
               kColors[i % 6] + "," + std::to_string(i) + ",used\n";
    }
    return csv;
}

}  // namespace

double now_ms() {
    using namespace std::chrono;
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

base::Result<void> Program::start(const std::string& name, const std::vector<std::string>& words) {
    const std::string path = fs::read_symlink("/proc/self/exe").parent_path() / name;
    std::vector<const char*> argv = {path.c_str()};
    for (const std::string& word : words)
        argv.push_back(word.c_str());
    argv.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ < 0) return base::fail("No process could be made.");
    if (pid_ > 0) return {};
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (const int stream : {0, 1, 2})
        ::dup2(nowhere, stream);
    ::execv(argv[0], const_cast<char* const*>(argv.data()));
    ::_exit(127);
}

void Program::stop() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

bool Program::running() {
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
    return pid_ > 0;
}

Stage::~Stage() {
    server_.stop();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::string Stage::rest_url() const {
    return "https://127.0.0.1:" + std::to_string(rest_port_);
}
std::string Stage::sync_url() const {
    return "https://127.0.0.1:" + std::to_string(sync_port_);
}

base::Result<std::unique_ptr<Stage>> Stage::make(int cars) {
    std::unique_ptr<Stage> stage(new Stage);
    std::string name = (fs::temp_directory_path() / "showfloor-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return base::fail("No temporary folder could be made.");
    stage->folder_ = name;
    stage->rest_port_ = free_port();
    stage->sync_port_ = free_port();
    SHOWFLOOR_TRY(stage->make_people());
    SHOWFLOOR_TRY(stage->import(cars));
    SHOWFLOOR_TRY(stage->serve());
    return stage;
}

base::Result<void> Stage::make_people() {
    const std::string data = folder_ + "/central";
    SHOWFLOOR_ASSIGN(const auto store, central::Store::create(data, random_));
    SHOWFLOOR_ASSIGN(const auto keys,
                     central::make_keys(data, {"127.0.0.1"}, clock_.wall(), random_));
    authority_ = keys.authority.certificate.to_pem();
    fingerprint_ = keys.authority.certificate.fingerprint;
    central::CommandProcessor processor(*store, random_);
    SHOWFLOOR_ASSIGN(auto batch, processor.batch(clock_.wall()));
    SHOWFLOOR_TRY(central::add_branch(batch, {{"code", "NBO"},
                                              {"name", "Nairobi"},
                                              {"currency", "KES"},
                                              {"commission_rate_bp", 2000},
                                              {"discount_limit_bp", 300},
                                              {"prices_include_tax", true},
                                              {"locale", "en"},
                                              {"time_zone", "UTC"}}));
    for (const std::string login : {kLogin, kAdmin}) {
        central::NewUser user;
        user.fields = {{"first_name", "Sam"},
                       {"last_name", login},
                       {"username", login},
                       {"email", login + "@example.org"},
                       {"role", login == kAdmin ? "admin" : "seller"}};
        user.branch_code = "NBO";
        user.password = kPassword;
        SHOWFLOOR_ASSIGN(const auto added, central::add_user(batch, std::move(user)));
        SHOWFLOOR_TRY(central::note_sign_in(batch, added.id));
    }
    return batch.commit();
}

base::Result<void> Stage::import(int cars) {
    SHOWFLOOR_ASSIGN(const auto store, central::Store::open(folder_ + "/central"));
    central::CommandProcessor processor(*store, random_);
    central::ImportOptions options;
    options.branch_code = "NBO";
    SHOWFLOOR_ASSIGN(const auto report,
                     central::import_cars(processor, cars_csv(cars), options, clock_.wall()));
    if (report.imported != cars)
        return base::fail("Not all cars were taken: " + report.to_json().dump().substr(0, 500));
    return {};
}

base::Result<void> Stage::serve() {
    const std::string at = "127.0.0.1:";
    SHOWFLOOR_TRY(server_.start(
        "showfloor-central",
        {"serve", "--data", folder_ + "/central", "--listen", at + std::to_string(rest_port_),
         "--sync-listen", at + std::to_string(sync_port_)}));
    net::HttpClient client({authority_, {}, {}});
    constexpr int kTries = 500, kStepMs = 20;
    for (int i = 0; i < kTries && server_.running(); ++i) {
        net::ClientRequest request;
        request.url = rest_url() + "/healthz";
        const auto answer = client.perform(request);
        if (answer && answer->status == 200) return {};
        ::poll(nullptr, 0, kStepMs);
    }
    return base::fail("Central does not answer.");
}

base::Result<terminal::DataFolder> Stage::enrol(const std::string& name) {
    const std::string data = folder_ + "/central";
    SHOWFLOOR_ASSIGN(const auto store, central::Store::open(data));
    SHOWFLOOR_ASSIGN(const auto keys, central::read_keys(data));
    central::CommandProcessor processor(*store, random_);
    SHOWFLOOR_ASSIGN(const auto code,
                     central::Enrolment(processor, keys).make_code("NBO", name, {}, clock_.wall()));
    const terminal::DataFolder folder{folder_ + "/" + name};
    SHOWFLOOR_TRY(terminal::enrol(folder, {rest_url(), code.code, fingerprint_, name}, random_));
    return folder;
}

}  // namespace showfloor::bench
