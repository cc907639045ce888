#include "dealership.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/file.hpp"
#include "central/jobs.hpp"
#include "central/waiting.hpp"
#include "domain/records.hpp"
#include "protocol/messages.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::testing {

namespace {

namespace fs = std::filesystem;

constexpr base::UtcMs kYear = 365LL * 24 * 3600 * 1000;

template <typename T>
T must(base::Result<T> result) {
    if (!result) FAIL(result.error().message);
    return std::move(result).value();
}

void must(const base::Result<void>& result) {
    if (!result) FAIL(result.error().message);
}

std::map<std::string, std::string> query_of(std::string_view text) {
    std::map<std::string, std::string> query;
    std::stringstream parts{std::string(text)};
    for (std::string part; std::getline(parts, part, '&');) {
        const auto equals = part.find('=');
        query[part.substr(0, equals)] = part.substr(equals + 1);
    }
    return query;
}

}  // namespace

Dealership::Dealership(std::uint64_t seed, int cars)
    : random_(seed),
      authority_(must(crypto::make_authority(
          "Simulated dealership", {clock_.wall() - kYear, clock_.wall() + kYear}, random_))) {
    store_ = must(central::Store::create(folder_ / "central", random_));
    store_.reset();
    open();
    populate(cars);
}

void Dealership::open() {
    store_ = must(central::Store::open(folder_ / "central"));
    processor_ = std::make_unique<central::CommandProcessor>(*store_, random_);
    api_ = std::make_unique<central::SyncApi>(*processor_, clock_);
}

void Dealership::populate(int cars) {
    for (const char* code : {"NBO", "MSA"}) {
        Branch branch;
        branch.id = new_id();
        branch.code = code;
        run("create_branch",
            {{"id", branch.id.to_string()},
             {"name", std::string("Branch ") + code},
             {"code", code},
             {"currency", "KES"},
             {"phone", "+254700000000"},
             {"time_zone", "Africa/Nairobi"},
             {"locale", "en"},
             {"prices_include_tax", true},
             {"commission_rate_bp", 2000},
             {"discount_limit_bp", 300},
             {"labour_rate_minor", 300'000},
             {"labour_tax_code", "standard"},
             {"tax_rates", {{{"code", "standard"}, {"name", "VAT"}, {"rate_bp", 1600}}}}});
        branch.seller_id = make_user(branch, "seller", std::string("seller_") + code);
        branch.admin_id = make_user(branch, "admin", std::string("admin_") + code);
        branch.mechanic_id = make_user(branch, "mechanic", std::string("mechanic_") + code);
        branches_.push_back(branch);
    }
    fill_shelves();
    for (int i = 0; i < cars; ++i)
        take_in_car();
}

int Dealership::expire_reservations() {
    return must(central::expire_reservations(*processor_, clock_.wall()));
}

// One part, a few of it in each branch: fewer than a busy day builds in.
void Dealership::fill_shelves() {
    constexpr int kPieces = 16;
    const base::Uuid supplier = new_id();
    product_ = new_id();
    run("create_supplier", {{"id", supplier.to_string()}, {"name", "Parts Ltd"}});
    run("create_product", {{"id", product_.to_string()},
                           {"sku", "OF-1"},
                           {"name", "Oil filter"},
                           {"price_minor", 1500},
                           {"currency", "KES"},
                           {"tax_code", "standard"},
                           {"kind", "part"}});
    for (const Branch& branch : branches_) {
        run("create_incoming_order", {{"id", new_id().to_string()},
                                      {"supplier_id", supplier.to_string()},
                                      {"product_id", product_.to_string()},
                                      {"branch_id", branch.id.to_string()},
                                      {"quantity", kPieces},
                                      {"unit_cost_minor", 700},
                                      {"received", true}});
    }
}

void Dealership::take_in_car() {
    const auto i = cars_.size();
    const base::Uuid id = new_id();
    const std::string vin = "JTDBT923X000" + std::to_string(10'000 + i);
    run("create_car", {{"id", id.to_string()},
                       {"branch_id", branches_[i % 2].id.to_string()},
                       {"make", "Toyota"},
                       {"model", "Corolla"},
                       {"year", 2020},
                       {"vin", vin},
                       {"color", "white"},
                       {"mileage", 1000 * (i + 1)},
                       {"condition", "used"},
                       {"price_minor", 1'000'000 + 1000 * i},
                       {"currency", "KES"}});
    cars_.push_back(id);
}

base::Uuid Dealership::hire(const Branch& branch, std::string_view name) {
    const base::Uuid user = make_user(branch, "seller", name);
    std::vector<domain::Terminal> terminals;
    {
        auto reader = must(store_->reader());
        storage::SqliteWorld world(reader.connection());
        terminals = world.find<domain::Terminal>(
            {.where = {{"branch_id", branch.id.to_string()}, {"status", std::string("active")}}});
    }
    for (const auto& terminal : terminals) {
        run("issue_verifier", {{"user_id", user.to_string()},
                               {"terminal_id", terminal.id.to_string()},
                               {"wrapped", "sealed"}});
    }
    return user;
}

base::Uuid Dealership::make_user(const Branch& branch, std::string_view role,
                                 std::string_view name) {
    const base::Uuid id = new_id();
    std::string login(name);
    for (char& c : login)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    run("create_user", {{"id", id.to_string()},
                        {"first_name", "Sam"},
                        {"last_name", std::string(name)},
                        {"username", login},
                        {"email", login + "@example.org"},
                        {"role", role},
                        {"branch_id", branch.id.to_string()}});
    return id;
}

Enrolled Dealership::enrol(const Branch& branch) {
    Enrolled made{{}, crypto::PrivateKey::generate(random_), nullptr};
    const std::string request = must(crypto::make_request(made.key, "kiosk"));
    const auto certificate = must(crypto::sign_request(
        authority_, request, "terminal", {clock_.wall() - kYear, clock_.wall() + kYear}, random_));
    made.certificate = std::make_shared<const crypto::Certificate>(certificate);
    const std::string code = "T" + std::to_string(100 + ++enrolled_);
    made.identity = {new_id(), code, branch.id, branch.code};
    run("create_terminal", {{"id", made.identity.terminal_id.to_string()},
                            {"code", made.identity.terminal_code},
                            {"name", "Kiosk"},
                            {"branch_id", branch.id.to_string()},
                            {"public_key", made.key.public_key().to_pem()},
                            {"certificate_serial", certificate.serial},
                            {"certificate_expires_at", certificate.validity.not_after}});
    for (const base::Uuid& user : {branch.seller_id, branch.admin_id, branch.mechanic_id}) {
        run("issue_verifier", {{"user_id", user.to_string()},
                               {"terminal_id", made.identity.terminal_id.to_string()},
                               {"wrapped", "sealed"}});
    }
    return made;
}

base::Json Dealership::run(std::string_view name, base::Json args) {
    domain::Command command;
    command.name = name;
    command.args = std::move(args);
    const auto outcome = must(processor_->run(std::move(command), clock_.wall(), true));
    INFO(name);
    INFO(domain::name_of(outcome.code));
    INFO(outcome.field);
    REQUIRE(outcome.applied());
    return outcome.details;
}

domain::Outcome Dealership::run_as(const base::Uuid& actor, std::string_view role,
                                   std::string_view name, base::Json args) {
    domain::Command command;
    command.name = name;
    command.args = std::move(args);
    command.actor_id = actor;
    command.actor_role = role;
    return must(processor_->run(std::move(command), clock_.wall()));
}

sync::Reply Dealership::handle(const crypto::Certificate& certificate,
                               const sync::Request& request) {
    net::HttpRequest http;
    http.method = request.method;
    const auto question = request.path.find('?');
    http.path = request.path.substr(0, question);
    if (question != std::string::npos) http.query = query_of(request.path.substr(question + 1));
    for (const auto& [name, value] : request.headers)
        http.headers[name] = value;
    http.body = request.body;
    http.peer_certificate = std::make_shared<const crypto::Certificate>(certificate);
    http.peer_certificate_in_date = true;
    net::HttpResponse response = api_->handle(http);
    sync::Reply reply;
    reply.status = response.status;
    for (const auto& [name, value] : response.headers)
        reply.headers.emplace_back(name, value);
    reply.body = response.file.empty() ? std::move(response.body)
                                       : must(base::read_file(response.file, 64UL << 20));
    if (!request.to_file.empty() && reply.status == 200) {
        std::ofstream(request.to_file, std::ios::binary) << reply.body;
        reply.body.clear();
    }
    return reply;
}

void Dealership::kill() {
    api_.reset();
    processor_.reset();
    store_.reset();
    open();
}

void Dealership::back_up() {
    must(store_->writer().connection().backup_to(folder_ / "backup.db"));
    backed_up_ = true;
}

void Dealership::restore() {
    api_.reset();
    processor_.reset();
    store_.reset();
    const std::string database = folder_ / "central/central.db";
    for (const char* suffix : {"", "-wal", "-shm"})
        fs::remove(database + suffix);
    fs::copy_file(folder_ / "backup.db", database);
    fs::remove_all(folder_ / "central/snapshots");
    {
        auto connection = must(database::Connection::open(database));
        must(central::set_value(connection, "epoch", new_id().to_string()));
        must(central::note_set_back(connection, clock_.wall()));
    }
    open();
}

}  // namespace showfloor::testing
