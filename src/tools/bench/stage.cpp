#include "tools/bench/stage.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "base/paths.hpp"
#include "central/credentials.hpp"
#include "central/enrolment.hpp"
#include "central/import/car_import.hpp"
#include "central/keys.hpp"
#include "central/people.hpp"
#include "central/pictures.hpp"
#include "central/store.hpp"
#include "domain/records.hpp"
#include "imaging/studio.hpp"
#include "imaging/upload.hpp"
#include "terminal/enrolment.hpp"
#include "tools/bench/meter.hpp"

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

struct Model {
    const char* make;
    const char* model;
    domain::BodyStyle body;
    domain::FuelType fuel;
};
using Body = domain::BodyStyle;
using Fuel = domain::FuelType;
constexpr Model kModels[] = {
    {"Toyota", "Corolla", Body::kSedan, Fuel::kHybrid},
    {"Toyota", "RAV4", Body::kCompactSuv, Fuel::kHybrid},
    {"Toyota", "Hilux", Body::kPickup, Fuel::kDiesel},
    {"Toyota", "Yaris", Body::kHatchback, Fuel::kPetrol},
    {"Ford", "F-150 SuperCrew", Body::kPickup, Fuel::kPetrol},
    {"Ford", "Mustang Mach-E", Body::kSuv, Fuel::kElectric},
    {"Ford", "Transit Connect", Body::kVan, Fuel::kDiesel},
    {"Volkswagen", "Golf", Body::kHatchback, Fuel::kPetrol},
    {"Volkswagen", "Passat Variant", Body::kWagon, Fuel::kDiesel},
    {"Volkswagen", "ID.4", Body::kCompactSuv, Fuel::kElectric},
    {"Mercedes-Benz", "C 300 4MATIC", Body::kSedan, Fuel::kPetrol},
    {"Mercedes-Benz", "GLC 350e", Body::kSuv, Fuel::kPlugInHybrid},
    {"BMW", "320i xDrive", Body::kSedan, Fuel::kPetrol},
    {"BMW", "Z4 sDrive20i", Body::kConvertible, Fuel::kPetrol},
    {"Honda", "Civic", Body::kSedan, Fuel::kPetrol},
    {"Honda", "CR-V", Body::kCompactSuv, Fuel::kHybrid},
    {"Nissan", "X-Trail", Body::kSuv, Fuel::kPetrol},
    {"Nissan", "Leaf", Body::kHatchback, Fuel::kElectric},
    {"Subaru", "Outback", Body::kWagon, Fuel::kPetrol},
    {"Peugeot", "208", Body::kHatchback, Fuel::kPetrol},
};
constexpr const char* kColors[] = {"white", "grey", "black", "blue", "red", "silver", "green"};
constexpr const char* kTrims[] = {"Base", "Comfort Line", "Sport Edition", "Limited", "Executive"};

std::string cars_csv(int cars) {
    std::string csv = "vin,make,model,year,price,currency,color,mileage,condition\n";
    for (int i = 0; i < cars; ++i) {
        const Model& model = kModels[i % std::size(kModels)];
        csv += "JTDBT923X0" + std::to_string(1'000'000 + i) + "," + model.make + "," + model.model +
               "," + std::to_string(2010 + i % 15) + "," + std::to_string(500'000 + i) + ",KES," +
               kColors[i % std::size(kColors)] + "," + std::to_string(i) + ",used\n";
    }
    return csv;
}

}  // namespace

base::Result<void> Program::start(const std::string& name, const std::vector<std::string>& words,
                                  const std::string& log) {
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
    const int said = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (const int stream : {0, 1})
        ::dup2(nowhere, stream);
    ::dup2(said, 2);
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
    const int imported = std::min(cars, kMostImported);
    const double begun = own_cpu_ms();
    SHOWFLOOR_TRY(stage->import(imported));
    stage->import_per_second_ = imported / (own_cpu_ms() - begun) * 1000;
    SHOWFLOOR_TRY(stage->put_cars(imported, cars));
    SHOWFLOOR_TRY(stage->hang_pictures());
    SHOWFLOOR_TRY(stage->serve());
    return stage;
}

domain::Car Stage::car(int i, const base::Uuid& branch_id) {
    const auto at = static_cast<std::size_t>(i);
    const Model& model = kModels[at % std::size(kModels)];
    domain::Car car;
    car.id = base::Uuid::v7(clock_.wall(), random_);
    car.created_at = car.updated_at = car.occurred_at = clock_.wall() - i;
    car.make = model.make;
    car.model = model.model;
    car.body_style = model.body;
    car.fuel_type = model.fuel;
    car.year = 2010 + i % 15;
    car.vin = "JTDBT923X0" + std::to_string(1'000'000 + i);
    car.color = kColors[at % std::size(kColors)];
    car.mileage = 1'000 + (static_cast<std::int64_t>(i) * 7919) % 180'000;
    car.transmission =
        i % 3 == 0 ? domain::Transmission::kManual : domain::Transmission::kAutomatic;
    car.drive_type = static_cast<domain::DriveType>(1 + i % 4);
    car.engine_size = "2.0 L";
    car.trim_level = kTrims[at % std::size(kTrims)];
    car.cylinders = 4;
    car.doors = 5;
    car.features = {"Adaptive cruise control", "Heated seats", "Reversing camera"};
    car.stock_number = "NBO-" + std::to_string(100'000 + i);
    car.price_minor = 500'000'00 + (static_cast<std::int64_t>(i) * 104'729) % 400'000'000;
    car.currency = "KES";
    car.branch_id = branch_id;
    car.description =
        "One owner, full service history, kept in a garage. New tyres all round and a fresh "
        "inspection; a test drive is possible at any time.";
    return car;
}

// The rest of the cars, as rows: what is measured is not how they came to be.
base::Result<void> Stage::put_cars(int from, int to) {
    SHOWFLOOR_ASSIGN(const auto store, central::Store::open(folder_ + "/central"));
    central::CommandProcessor processor(*store, random_);
    constexpr int kAtOnce = 10'000;
    while (from < to) {
        SHOWFLOOR_ASSIGN(auto batch, processor.batch(clock_.wall()));
        const auto branch = batch.world().find_one<domain::Branch>({{"code", "NBO"}});
        if (!branch) return base::fail("There is no branch.");
        for (int i = 0; i < kAtOnce && from < to; ++i, ++from)
            batch.world().put(car(from, branch->id));
        SHOWFLOOR_TRY(batch.commit());
    }
    return {};
}

// Some of the demo's pictures, shared out over all cars as their main one.
base::Result<void> Stage::hang_pictures() {
    SHOWFLOOR_ASSIGN(const std::string assets, base::asset_folder());
    SHOWFLOOR_ASSIGN(const auto store, central::Store::open(folder_ + "/central"));
    central::CommandProcessor processor(*store, random_);
    std::vector<domain::CarImage> pictures;
    {
        SHOWFLOOR_ASSIGN(auto batch, processor.batch(clock_.wall()));
        const std::vector<imaging::Rgb> paints = {{142, 27, 40}, {36, 75, 120}, {47, 74, 54}};
        for (const char* name : {"sedan", "suv", "hatchback", "pickup"}) {
            SHOWFLOOR_ASSIGN(const imaging::Studio studio,
                             imaging::read_studio(assets + "/demo/studio", name, "front"));
            for (const imaging::Rgb paint : paints) {
                SHOWFLOOR_ASSIGN(
                    const base::Json kept,
                    central::keep_picture(*store, imaging::prepare(imaging::tint(studio, paint))));
                SHOWFLOOR_TRY(
                    central::note_picture(batch.connection(), *store, kept, clock_.wall()));
                SHOWFLOOR_ASSIGN(auto picture,
                                 domain::from_json<domain::CarImage>(kept, domain::Intake::kRow));
                pictures.push_back(std::move(picture));
            }
        }
        SHOWFLOOR_TRY(batch.commit());
    }
    std::string last;
    for (std::size_t n = 0;;) {
        SHOWFLOOR_ASSIGN(auto batch, processor.batch(clock_.wall()));
        const auto cars = batch.world().find<domain::Car>(
            {.where = {{"id", last, domain::Compare::kGreater}}, .limit = 5'000});
        if (cars.empty())
            return batch.world().failure() ? *batch.world().failure() : base::Result<void>();
        for (const domain::Car& car : cars) {
            domain::CarImage picture = pictures[n++ % pictures.size()];
            picture.id = base::Uuid::v7(clock_.wall(), random_);
            picture.created_at = picture.updated_at = picture.occurred_at = clock_.wall();
            picture.car_id = car.id;
            batch.world().put(picture);
        }
        last = cars.back().id.to_string();
        SHOWFLOOR_TRY(batch.commit());
    }
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
