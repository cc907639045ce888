// What goes wrong in a shop: each is one clear sentence, and nothing is lost.

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "base/clock.hpp"
#include "base/file.hpp"
#include "base/random.hpp"
#include "crypto/x509.hpp"
#include "net/http_server.hpp"
#include "shop.hpp"

namespace showfloor::e2e {

using base::Json;

namespace {

constexpr base::UtcMs kDay = 86'400'000;

// One sentence for people: not empty, one line, no trace of code.
void check_clear(const Ran& ran) {
    INFO("exit " << ran.code << " err: " << ran.err);
    CHECK(ran.err.find("showfloor-terminal: ") != std::string::npos);
    for (const char* word : {"SQL", "terminate called", "std::", "Segmentation", "CHECK"})
        CHECK(ran.err.find(word) == std::string::npos);
}

struct Enrolment {
    Shop shop;
    Json code = shop.central({"enroll-code", "--branch", "NBO", "--name", "Till"});
    testing::FreshFolder place;
    std::string dir = place / "till";

    Ran enroll(const std::string& with_code, const std::string& url, std::string fingerprint = {}) {
        if (fingerprint.empty()) fingerprint = shop.fingerprint();
        return run("showfloor-terminal", {"enroll", "--data", dir, "--central", url, "--code",
                                          with_code, "--ca-fingerprint", fingerprint});
    }
    Ran enroll() { return enroll(code["code"], shop.url()); }
};

// A central of the test's own in the place of the real one, with any certificate and any answers.
class Impostor {
   public:
    Impostor(int port, const crypto::Authority& authority, const std::vector<std::string>& hosts,
             crypto::Validity validity, net::Handler handler) {
        const auto key = crypto::PrivateKey::generate(random_);
        net::HttpServerOptions options;
        options.port = static_cast<std::uint16_t>(port);
        options.key_pem = key.to_pem();
        const auto certificate =
            crypto::make_server_certificate(authority, key.public_key(), hosts, validity, random_);
        REQUIRE(certificate.ok());
        options.certificate_pem = certificate->to_pem();
        server_ = std::make_unique<net::HttpServer>(options, std::move(handler));
        const auto started = server_->start();
        REQUIRE_MESSAGE(started.ok(), (started ? "" : started.error().message));
    }

   private:
    base::SystemRandom random_;
    std::unique_ptr<net::HttpServer> server_;
};

// A till with a sale waiting, and its real central down.
struct Waiting {
    Shop shop;
    Till till{shop};
    std::vector<Json> cars = till.show({"car", "--limit", "20"});
    std::string customer = till.make_customer();
    base::SystemRandom random;
    base::UtcMs now = base::SystemClock().wall();

    Waiting() {
        till.sync();
        shop.stop();
        CHECK(till.sell(cars[0], customer, 100'000).code == 0);
    }
    // The dealership's own authority, as somebody holds it who stole central's folder.
    crypto::Authority real_authority() {
        const auto read = [&](const char* name) {
            const auto text = base::read_file(shop.folder() + "/central/keys/" + name, 64 * 1024);
            REQUIRE_MESSAGE(text.ok(), name);
            return *text;
        };
        const auto key = crypto::PrivateKey::from_pem(read("ca.key"));
        const auto certificate = crypto::read_certificate(read("ca.pem"));
        REQUIRE(key.ok());
        REQUIRE(certificate.ok());
        return {*key, *certificate};
    }
    crypto::Validity today() const { return {now - kDay, now + kDay}; }
    // Sync says the cause in words within 5 s, sells on meanwhile, and delivers everything later.
    void check_survives(const std::string& word = {}) {
        const Ran ran = till.call("sync", {"--once", "--json"});
        check_clear(ran);
        CHECK(ran.code == 4);
        CHECK(ran.took_ms < 7000);
        CHECK_MESSAGE(ran.err.find(word) != std::string::npos, ran.err);
        CHECK(till.sell(cars[1], customer, 100'000).code == 0);
        CHECK(till.status()["pending"] == 2);
    }
    void check_arrives() {
        shop.start();
        till.sync();
        CHECK(till.status()["pending"] == 0);
        CHECK(shop.all("sales").size() == 2);
        shop.check_verify();
    }
};

}  // namespace

TEST_CASE_FIXTURE(Enrolment,
                  "enroll: wrong authority, wrong, used and stale code: refused in words") {
    const Ran wrong_ca = enroll(code["code"], shop.url(), std::string(64, 'a'));
    CHECK(wrong_ca.code == 3);
    check_clear(wrong_ca);
    const Ran wrong_code = enroll("AAAAA-BBBBB", shop.url());
    CHECK(wrong_code.code == 3);
    check_clear(wrong_code);
    const Ran plain = enroll(code["code"], "http://127.0.0.1:" + std::to_string(shop.ports().rest));
    CHECK(plain.code == 3);
    check_clear(plain);
    const Ran not_there = enroll(code["code"], "https://127.0.0.1:9");
    CHECK(not_there.code == 4);
    check_clear(not_there);
    const Ran no_name = enroll(code["code"], "https://no-such-central.invalid:8443");
    CHECK(no_name.code == 4);
    check_clear(no_name);
    CHECK(enroll().code == 0);  // and the code was not used up by all that
    dir = place / "second";
    const Ran used = enroll();
    CHECK(used.code == 3);
    check_clear(used);
    CHECK_FALSE(std::filesystem::exists(dir + "/identity.json"));
}

TEST_CASE_FIXTURE(Enrolment, "not enrolled: every call says what to do") {
    for (const char* what : {"sync", "status", "verify", "do", "show"}) {
        std::vector<std::string> words = {what, "--data", place / "nothing"};
        if (std::string(what) == "do") words.push_back("open_till");
        if (std::string(what) == "show") words.push_back("car");
        const Ran ran = run("showfloor-terminal", words);
        INFO(what);
        CHECK(ran.code != 0);
        if (std::string(what) != "verify") check_clear(ran);
    }
    const Ran ran = run("showfloor-terminal", {"status", "--data", place / "nothing", "--json"});
    CHECK(json_of(ran)["enrolled"] == false);
}

TEST_CASE_FIXTURE(Waiting, "central down: said, sold on, delivered later") {
    check_survives("central does not run");
    check_arrives();
}

TEST_CASE_FIXTURE(Waiting, "another authority in central's place: nothing is sent, sold on") {
    const auto other = crypto::make_authority("Somebody else", today(), random);
    REQUIRE(other.ok());
    int asked = 0;
    {
        const Impostor impostor(shop.ports().sync, *other, {"127.0.0.1"}, today(),
                                [&](const net::HttpRequest&) {
                                    ++asked;
                                    return net::HttpResponse{};
                                });
        check_survives();
    }
    CHECK(asked == 0);
    check_arrives();
}

TEST_CASE_FIXTURE(Waiting, "central's certificate for another host, or out of date: named") {
    {
        const Impostor impostor(shop.ports().sync, real_authority(), {"elsewhere.example"}, today(),
                                [](const net::HttpRequest&) { return net::HttpResponse{}; });
        const Ran ran = till.call("sync", {"--once"});
        check_clear(ran);
        CHECK(ran.code == 4);
    }
    {
        const Impostor impostor(shop.ports().sync, real_authority(), {"127.0.0.1"},
                                {now - 8 * kDay, now - kDay},
                                [](const net::HttpRequest&) { return net::HttpResponse{}; });
        check_survives("date");
    }
    check_arrives();
}

TEST_CASE_FIXTURE(Waiting,
                  "central answers garbage, errors or other people's pages: nothing is lost") {
    int turn = 0;
    {
        const Impostor impostor(shop.ports().sync, real_authority(), {"127.0.0.1"}, today(),
                                [&](const net::HttpRequest&) {
                                    net::HttpResponse response;
                                    switch (turn++ % 4) {
                                        case 0:
                                            response.body = "<html>Welcome to the hotel</html>";
                                            break;
                                        case 1:
                                            response.body = std::string(5000, '\xff');
                                            break;
                                        case 2:
                                            response.status = 500;
                                            break;
                                        default:
                                            response.body =
                                                R"({"results":[{"seq":99,"outcome":"applied"}],)"
                                                R"("last_seq":99,"epoch":"x","server_time":1})";
                                    }
                                    return response;
                                });
        for (int i = 0; i < 3; ++i) {
            const Ran ran = till.call("sync", {"--once"});
            check_clear(ran);
            CHECK(ran.code == 4);
        }
        check_survives();
    }
    check_arrives();
}

TEST_CASE_FIXTURE(Waiting,
                  "central accepts and never answers: named within 5 s, sold on meanwhile") {
    {
        const auto begun = now_ms();
        const Impostor impostor(shop.ports().sync, real_authority(), {"127.0.0.1"}, today(),
                                [&](const net::HttpRequest&) {
                                    constexpr std::int64_t kForEverMs = 8000;
                                    (void)wait_until([&] { return now_ms() - begun > kForEverMs; },
                                                     kForEverMs);
                                    return net::HttpResponse{};
                                });
        check_survives();
    }
    check_arrives();
}

TEST_CASE("revoked: the terminal is refused from then on, says so, and keeps what waits") {
    Shop shop;
    Till till(shop);
    const auto cars = till.show({"car", "--limit", "5"});
    const std::string customer = till.make_customer();
    const Json terminals = shop.central({"terminals", "list"});
    shop.central({"terminals", "revoke", terminals[0]["id"]});
    CHECK(till.sell(cars[0], customer, 100'000).code == 0);
    const Ran ran = till.call("sync", {"--once"});
    check_clear(ran);
    CHECK(ran.code == 4);
    CHECK(ran.err.find("enrol it anew") != std::string::npos);
    CHECK(till.status()["pending"] == 2);
    CHECK(shop.all("sales").empty());
    // Enrolled anew, what waited arrives under the new name.
    const Json code = shop.central({"enroll-code", "--branch", "NBO", "--name", "Till again"});
    const Ran again = till.call("enroll", {"--central", shop.url(), "--code", code["code"],
                                           "--ca-fingerprint", code["ca_fingerprint"]});
    CHECK_MESSAGE(again.code == 0, again.err);
    till.sync();
    CHECK(till.status()["pending"] == 0);
    CHECK(shop.all("sales").size() == 1);
    shop.check_verify();
}

TEST_CASE("sync port: no certificate is 401, plain HTTP is no answer, central lives on") {
    Shop shop;
    net::ClientRequest request;
    request.url = "https://127.0.0.1:" + std::to_string(shop.ports().sync) +
                  "/sync/v1/pull?cursor=0&limit=10";
    const auto answer = shop.client().perform(request);
    REQUIRE(answer.ok());
    CHECK(answer->status == 401);
    CHECK(answer->body.find("\"code\"") != std::string::npos);
    for (const int port : {shop.ports().rest, shop.ports().sync}) {
        net::ClientRequest plain;
        plain.url = "http://127.0.0.1:" + std::to_string(port) + "/healthz";
        CHECK_FALSE(shop.client().perform(plain).ok());
    }
    CHECK(shop.ask("GET", "/api/v1/cars?limit=1").status == 200);
}

TEST_CASE("sign-in: wrong six times locks, in words, and a restart does not open it") {
    Shop shop;
    Till till(shop);
    const std::string wrong = till.place / "wrong";
    REQUIRE(base::write_file(wrong, "not the password\n").ok());
    std::string last;
    for (int i = 0; i < 6; ++i) {
        const Ran ran =
            till.call("do", {"--as", "seller", "--password-file", wrong, "create_customer", "{}"});
        CHECK(ran.code == 3);
        check_clear(ran);
        last = ran.err;
    }
    CHECK(last.find("Wait") != std::string::npos);
    CHECK(till.submit("create_customer", Json::object()).err == last);  // the right one too
}

TEST_CASE(
    "rules: over the balance, sold twice, nonsense: refused with code, words, field; exit 3") {
    Shop shop;
    Till till(shop);
    const auto cars = till.show({"car", "--limit", "5"});
    const std::string customer = till.make_customer();
    const auto refused = [&](const Ran& ran, const std::string& code) {
        INFO(ran.out << ran.err);
        CHECK(ran.code == 3);
        const auto json = base::parse_json(ran.out, 10'000);
        REQUIRE(json.ok());
        CHECK((*json)["outcome"] == "refused");
        if (!code.empty()) CHECK((*json)["code"] == code);
        CHECK_FALSE(base::text_member(*json, "message").empty());
    };
    refused(till.sell(cars[0], customer, kPriceMinor * 2), "over_balance");
    CHECK(till.sell(cars[0], customer, 100).code == 0);
    refused(till.sell(cars[0], customer, 100), "");
    refused(till.submit("make_coffee", Json::object()), "unknown_command");
    refused(till.sell(cars[1], customer, -5), "");
    CHECK(till.submit("record_sale", "not an object").code != 0);
    CHECK(till.call("do", {"record_sale", "{broken"}).code == 2);
    CHECK(till.status()["pending"] == 2);
}

TEST_CASE("central: bad VIN, negative price, broken rows: each named, the rest goes on") {
    Shop shop;
    Json car = {{"branch_id", shop.all("branches").at(0)["id"]},
                {"make", "Subaru"},
                {"model", "Forester"},
                {"year", 2021},
                {"vin", "NOT-A-VIN"},
                {"color", "blue"},
                {"mileage", 12000},
                {"condition", "used"},
                {"price_minor", kPriceMinor},
                {"currency", "KES"}};
    const auto bad_vin = shop.ask("POST", "/api/v1/cars", car);
    CHECK_MESSAGE((bad_vin.status == 400 || bad_vin.status == 422), bad_vin.body);
    CHECK(bad_vin.body.find("vin") != std::string::npos);
    car["vin"] = "JF2SJABC0MH400001";
    car["price_minor"] = -1;
    const auto negative = shop.ask("POST", "/api/v1/cars", car);
    CHECK_MESSAGE((negative.status == 400 || negative.status == 422), negative.body);
    CHECK(negative.body.find("price_minor") != std::string::npos);
    const std::string csv = shop.folder() + "/broken.csv";
    std::ofstream(csv) << "vin,make,model,year,price,currency,color,mileage,condition\n"
                          "JF2SJABC0MH400002,Subaru,Forester,2021,100,KES,blue,10,used\n"
                          "NOT-A-VIN,Subaru,Forester,2021,100,KES,blue,10,used\n"
                          "JF2SJABC0MH400003,Subaru,Forester,2021,-100,KES,blue,10,used\n"
                          "too,few\n"
                          "JF2SJABC0MH400004,Subaru,Forester,no year,100,KES,blue,10,used\n"
                          "\xff\xfe\xff\n"
                          "JF2SJABC0MH400005,Subaru,Forester,2021,100,KES,blue,10,used\n";
    const Json report = shop.central({"import", csv, "--branch", "NBO"});
    INFO(report.dump());
    CHECK(report["imported"] == 2);
    CHECK(report["rejected"].size() == 5);
    for (const Json& row : report["rejected"]) {
        CHECK(row["line"].get<int>() > 1);
        CHECK_FALSE(row["reason"].get<std::string>().empty());
    }
    CHECK(shop.all("cars").size() == kCars + 2);
}

TEST_CASE("disk full while selling: said, not sold, nothing lost; sold when there is room") {
    Shop shop;
    Till till(shop);
    const auto cars = till.show({"car", "--limit", "5"});
    const std::string customer = till.make_customer();
    CHECK(till.sell(cars[0], customer, 100).code == 0);
    // No file may grow any more: every write behind it fails as on a full disk.
    Limits full;
    full.file_bytes = 4096;
    const Ran ran = till.sell(cars[1], customer, 100, full);
    check_clear(ran);
    CHECK(ran.code == 1);
    CHECK(ran.out.empty());
    CHECK(till.call("verify", {"--json"}).code == 0);
    CHECK(till.status()["pending"] == 2);
    CHECK(till.sell(cars[1], customer, 100).code == 0);
    till.sync();
    CHECK(shop.all("sales").size() == 2);
    shop.check_verify();
}

TEST_CASE("DIR without rights: said, and what to do") {
    if (::geteuid() != 0) return;  // only root can become somebody else
    Shop shop;
    Till till(shop);
    constexpr unsigned kNobody = 65534;
    Limits somebody;
    somebody.user = kNobody;
    REQUIRE(::chmod(till.place.path().c_str(), 0755) == 0);
    const Ran foreign = till.call("status", {}, somebody);
    CHECK(foreign.code != 0);
    check_clear(foreign);
    const Ran enrolling = run("showfloor-terminal",
                              {"enroll", "--data", "/proc/showfloor", "--central", shop.url(),
                               "--code", "AAAAA-BBBBB", "--ca-fingerprint", shop.fingerprint()},
                              somebody);
    CHECK(enrolling.code != 0);
    check_clear(enrolling);
}

TEST_CASE("damaged files: each is named, exit 5; a damaged cache heals by itself") {
    Shop shop;
    Till till(shop);
    const auto cars = till.show({"car", "--limit", "5"});
    const std::string customer = till.make_customer();
    const auto spoil = [&](const char* name) {
        std::ofstream(till.dir + "/" + name, std::ios::binary | std::ios::trunc)
            << "this was a file once";
    };
    for (const char* suffix : {"-wal", "-shm"})
        std::filesystem::remove(till.dir + "/replica.db" + suffix);
    spoil("replica.db");
    till.sync();
    CHECK(till.status()["rows"]["car"] == kCars);
    const std::string identity = till.dir + "/identity.json";
    std::filesystem::copy(identity, till.place / "identity");
    spoil("identity.json");
    const Ran no_identity = till.call("status");
    CHECK(no_identity.code == 5);
    check_clear(no_identity);
    std::filesystem::copy(till.place / "identity", identity,
                          std::filesystem::copy_options::overwrite_existing);
    for (const char* suffix : {"-wal", "-shm"})
        std::filesystem::remove(till.dir + "/outbox.db" + suffix);
    spoil("outbox.db");
    const Ran no_outbox = till.call("status");
    CHECK(no_outbox.code == 5);
    check_clear(no_outbox);
    CHECK(till.call("verify", {"--json"}).code == 5);
}

TEST_CASE("pictures: a lying name, a bomb and a cut file are refused in words; central lives on") {
    Shop shop;
    const auto upload = [&](const std::string& name, const std::string& type,
                            const std::string& bytes) {
        net::ClientRequest request;
        request.method = "POST";
        request.url = shop.url() + "/api/v1/blobs";
        request.headers["Authorization"] = "Bearer " + shop.token();
        request.headers["Idempotency-Key"] = name;
        request.headers["Content-Type"] = "multipart/form-data; boundary=border";
        request.body = "--border\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
                       name + "\"\r\nContent-Type: " + type + "\r\n\r\n" + bytes +
                       "\r\n--border--\r\n";
        const auto answer = shop.client().perform(std::move(request));
        REQUIRE_MESSAGE(answer.ok(), (answer ? "" : answer.error().message));
        return *answer;
    };
    // A PNG's head that promises 30,000 x 30,000 pixels: 3.6 GB.
    const std::string bomb("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0",
                           29);
    const std::string cut("\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0", 20);
    const std::vector<std::pair<std::string, std::string>> pictures = {
        {"zip.png", std::string("PK\x03\x04\x14\0\0\0", 8) + std::string(2000, 'z')},
        {"bomb.png", bomb + std::string(2000, '\0')},
        {"cut.jpg", cut},
        {"empty.jpg", ""}};
    for (const auto& [name, bytes] : pictures) {
        const auto answer = upload(name, "image/png", bytes);
        INFO(name << ": " << answer.status << " " << answer.body);
        CHECK((answer.status == 400 || answer.status == 413 || answer.status == 415 ||
               answer.status == 422));
        const auto json = base::parse_json(answer.body, 10'000);
        REQUIRE(json.ok());
        CHECK(base::text_member(*json, "detail").size() > 10);
    }
    CHECK(shop.ask("GET", "/api/v1/cars?limit=1").status == 200);
}

TEST_CASE_FIXTURE(Waiting,
                  "the terminal's own certificate expired: it renews by itself and delivers") {
    const std::string path = till.dir + "/certificate.pem";
    const auto key = crypto::PrivateKey::from_pem(
        base::read_file(till.dir + "/keys/terminal.key", 64 * 1024).value());
    REQUIRE(key.ok());
    const auto request = crypto::make_request(*key, "till");
    REQUIRE(request.ok());
    const auto old = crypto::sign_request(real_authority(), *request, "till",
                                          {now - 800 * kDay, now - kDay}, random);
    REQUIRE(old.ok());
    REQUIRE(base::write_file(path, old->to_pem(), 0600).ok());
    shop.start();
    SUBCASE("in the background") {
        Child syncing = till.start_sync();
        const bool delivered = wait_until([&] { return till.status()["pending"] == 0; });
        INFO(syncing.err());
        CHECK(delivered);
        syncing.signal(SIGTERM);
        CHECK(syncing.wait() == 0);
    }
    SUBCASE("at once, by one call") {
        till.sync();
        CHECK(till.status()["pending"] == 0);
    }
    const auto fresh = crypto::read_certificate(base::read_file(path, 64 * 1024).value());
    REQUIRE(fresh.ok());
    CHECK(fresh->validity.not_after > now + 300 * kDay);
    CHECK(shop.all("sales").size() == 1);
}

}  // namespace showfloor::e2e
