#include "shop.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/file.hpp"
#include "base/random.hpp"
#include "base/uuid.hpp"
#include "crypto/crypto.hpp"
#include "crypto/x509.hpp"

namespace showfloor::e2e {

namespace {

namespace fs = std::filesystem;
using base::Json;

constexpr std::size_t kMostJson = 64u << 20;
constexpr char kNewPassword[] = "a quiet morning in the workshop";

void must_exit_0(const Ran& ran, const std::vector<std::string>& words) {
    if (ran.code == 0) return;
    std::string call;
    for (const auto& word : words)
        call += " " + word;
    FAIL("exit " << ran.code << " of" << call << ": " << ran.err << ran.out);
}

std::string new_key() {
    static base::SystemRandom random;
    return base::Uuid::v7(1, random).to_string();
}

std::string cars_csv() {
    std::string csv = "vin,make,model,year,price,currency,color,mileage,condition\n";
    for (int i = 0; i < kCars; ++i) {
        csv += "JTDBT923X000" + std::to_string(10'000 + i) + ",Toyota,Corolla,2020," +
               std::to_string(kPriceMinor / 100) + ",KES,white," + std::to_string(1000 + i) +
               ",used\n";
    }
    return csv;
}

}  // namespace

// The dealership that tests get copies of.
class Template {
   public:
    static const Template& instance() {
        static const Template only;
        return only;
    }
    [[nodiscard]] std::string folder() const { return place_ / "shop"; }
    std::string fingerprint;

   private:
    Template() {
        REQUIRE(crypto::initialise().ok());
        const std::string data = folder() + "/central";
        fs::create_directories(folder());
        const Json made = json_of(run("showfloor-central", {"init", "--data", data, "--json"}));
        fingerprint = made["ca_fingerprint"];
        const auto call = [&](std::vector<std::string> words) {
            words.insert(words.end(), {"--data", data, "--json"});
            const Ran ran = run("showfloor-central", words);
            must_exit_0(ran, words);
            return json_of(ran);
        };
        call({"branches", "add", "--code", "NBO", "--name", "Nairobi", "--currency", "KES"});
        std::vector<std::pair<std::string, std::string>> people = {
            {"admin", made["admin"]["password"]}};
        for (const std::string role : {"seller", "manager"}) {
            const Json added = call({"users", "add", "--first-name", "Sam", "--last-name", role,
                                     "--username", role, "--email", role + "@example.org", "--role",
                                     role == "manager" ? "admin" : role, "--branch", "NBO"});
            people.emplace_back(role, added["password"]);
        }
        const std::string csv = folder() + "/cars.csv";
        REQUIRE(base::write_file(csv, cars_csv()).ok());
        const Json report = call({"import", csv, "--branch", "NBO"});
        REQUIRE_MESSAGE(report["imported"] == kCars, report.dump());
        Shop shop(folder(), fingerprint);
        shop.start();
        for (const auto& [login, one_time] : people)
            change_password(shop, login, one_time);
        shop.stop();
    }
    // A one-time password is changed at the first sign-in, as a person would.
    void change_password(Shop& shop, const std::string& login, const std::string& one_time) {
        const auto sign_in = [&](const std::string& password) {
            const auto answer =
                shop.send("POST", "/api/v1/auth/login",
                          Json{{"login", login}, {"password", password}}.dump(), "");
            REQUIRE_MESSAGE(answer.status == 200, answer.body);
            return Json::parse(answer.body)["access_token"].get<std::string>();
        };
        const auto changed = shop.send(
            "POST", "/api/v1/auth/password",
            Json{{"password", one_time}, {"new_password", kNewPassword}}.dump(), sign_in(one_time));
        REQUIRE_MESSAGE(changed.status == 204, changed.body);
        (void)sign_in(kNewPassword);
        REQUIRE(base::write_file(shop.password_file(login), std::string(kNewPassword) + "\n", 0600)
                    .ok());
    }

    testing::FreshFolder place_;
};

Json json_of(const Ran& ran) {
    if (ran.code != 0) FAIL("exit " << ran.code << ": " << ran.err << ran.out);
    auto json = base::parse_json(ran.out, kMostJson);
    if (!json) FAIL("no JSON: " << ran.out << ran.err);
    return *json;
}

// ---- Shop ---------------------------------------------------------------------------------------

Shop::Shop(std::string folder, std::string fingerprint)
    : folder_(std::move(folder)), fingerprint_(std::move(fingerprint)), ports_(free_ports()) {}

Shop::Shop() : Shop(std::string(), Template::instance().fingerprint) {
    folder_ = place_ / "shop";
    fs::copy(Template::instance().folder(), folder_, fs::copy_options::recursive);
    start();
}

Shop::~Shop() = default;

std::string Shop::url() const {
    return "https://127.0.0.1:" + std::to_string(ports_.rest);
}

std::string Shop::password_file(const std::string& login) const {
    return folder_ + "/" + login + ".password";
}

void Shop::start() {
    const std::string at = "127.0.0.1:";
    server_.reset();
    server_.emplace("showfloor-central",
                    std::vector<std::string>{"serve", "--data", folder_ + "/central", "--listen",
                                             at + std::to_string(ports_.rest), "--sync-listen",
                                             at + std::to_string(ports_.sync)});
    const bool up = wait_until([&] {
        if (!server_->running()) return true;
        if (client_ == nullptr) {
            const auto ca = net::fetch_ca_unverified(url() + "/ca.pem");
            if (!ca) return false;
            const auto authority = crypto::read_certificate(*ca);
            REQUIRE(authority.ok());
            REQUIRE(authority->fingerprint == fingerprint_);
            client_ = std::make_unique<net::HttpClient>(net::ClientTls{*ca, {}, {}});
        }
        net::ClientRequest request;
        request.url = url() + "/healthz";
        const auto answer = client_->perform(request);
        return answer && answer->status == 200;
    });
    if (!up || !server_->running()) FAIL("central does not start: " << server_->err());
}

void Shop::stop() {
    server_->signal(SIGTERM);
    const auto code = server_->wait();
    INFO(server_->err());
    CHECK(code == 0);
}

void Shop::kill() {
    server_->kill();
}

Json Shop::central(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", folder_ + "/central", "--json"});
    const Ran ran = run("showfloor-central", words);
    must_exit_0(ran, words);
    return json_of(ran);
}

net::HttpResponse Shop::send(const std::string& method, const std::string& path,
                             const std::string& body, const std::string& token) {
    net::ClientRequest request;
    request.method = method;
    request.url = url() + path;
    request.body = body;
    if (!body.empty()) request.headers["Content-Type"] = "application/json";
    if (method == "POST") request.headers["Idempotency-Key"] = new_key();
    if (!token.empty()) request.headers["Authorization"] = "Bearer " + token;
    auto answer = client_->perform(std::move(request));
    if (!answer) FAIL(path << ": " << answer.error().message);
    return std::move(*answer);
}

std::string Shop::token() {
    if (token_.empty()) {
        const auto answer = send("POST", "/api/v1/auth/login",
                                 Json{{"login", "admin"}, {"password", kNewPassword}}.dump(), "");
        REQUIRE_MESSAGE(answer.status == 200, answer.body);
        token_ = Json::parse(answer.body)["access_token"];
    }
    return token_;
}

Shop::Answer Shop::ask(const std::string& method, const std::string& path, const Json& body) {
    const auto answer = send(method, path, body.is_null() ? "" : body.dump(), token());
    auto json = base::parse_json(answer.body, kMostJson);
    return {answer.status, json ? *json : Json(), answer.body};
}

std::vector<Json> Shop::all(const std::string& plural) {
    std::vector<Json> rows;
    std::string next;
    do {
        const auto page = ask(
            "GET", "/api/v1/" + plural + "?limit=100" + (next.empty() ? "" : "&cursor=" + next));
        REQUIRE_MESSAGE(page.status == 200, page.body);
        for (const Json& row : page.json["data"])
            rows.push_back(row);
        const Json& more = page.json["cursor"]["next"];
        next = more.is_string() ? more.get<std::string>() : std::string();
    } while (!next.empty());
    return rows;
}

void Shop::check_verify() {
    const Ran ran = run("showfloor-central", {"verify", "--data", folder_ + "/central", "--json"});
    INFO(ran.out << ran.err);
    CHECK(ran.code == 0);
}

// ---- Till ---------------------------------------------------------------------------------------

Till::Till(Shop& at, bool filled) : shop(at), dir(place / "till") {
    const Json code = shop.central({"enroll-code", "--branch", "NBO", "--name", "Till"});
    must_exit_0(
        run("showfloor-terminal", {"enroll", "--data", dir, "--central", shop.url(), "--code",
                                   code["code"], "--ca-fingerprint", code["ca_fingerprint"]}),
        {"enroll"});
    if (filled) sync();
}

Ran Till::call(std::string_view what, std::vector<std::string> words, const Limits& limits) {
    words.insert(words.begin(), {std::string(what), "--data", dir});
    return run("showfloor-terminal", words, limits);
}

Ran Till::submit(const std::string& command, const Json& args, const Limits& limits) {
    return call(
        "do",
        {"--as", "seller", "--password-file", shop.password_file("seller"), command, args.dump()},
        limits);
}

Json Till::sale_args(const Json& car, const std::string& customer_id, std::int64_t cash_minor) {
    Json args = {{"car_id", car["id"]},
                 {"customer_id", customer_id},
                 {"discount_minor", 0},
                 {"discount_reason", ""},
                 {"payments", Json::array()}};
    if (cash_minor != 0)
        args["payments"].push_back(
            {{"method", "cash"}, {"amount_minor", cash_minor}, {"reference", ""}});
    return args;
}

Ran Till::sell(const Json& car, const std::string& customer_id, std::int64_t cash_minor,
               const Limits& limits) {
    return submit("record_sale", sale_args(car, customer_id, cash_minor), limits);
}

std::string Till::make_customer() {
    const Json made = json_of(submit("create_customer", {{"first_name", "Ann"},
                                                         {"last_name", "Lee"},
                                                         {"phone", "+254700111222"},
                                                         {"email", "ann@example.org"},
                                                         {"address", "Moi Avenue"}}));
    CHECK(made["outcome"] == "pending");
    return made["id"];
}

Json Till::status() {
    return json_of(call("status", {"--json"}));
}

void Till::sync() {
    must_exit_0(call("sync", {"--once", "--json"}), {"sync --once"});
}

std::vector<Json> Till::show(std::vector<std::string> words) {
    const Ran ran = call("show", words);
    must_exit_0(ran, words);
    std::vector<Json> rows;
    std::istringstream lines(ran.out);
    for (std::string line; std::getline(lines, line);)
        rows.push_back(Json::parse(line));
    return rows;
}

}  // namespace showfloor::e2e
