#pragma once
// A small dealership run by the real showfloor-central: one branch, a seller, a manager, 300 cars.
// Made once per test program, copied for each test. And terminals of it, by the real
// showfloor-terminal. Every call that must work fails the test with the program's own words.
// Thread contract: one test thread.

#include <doctest/doctest.h>
#include <filesystem>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "net/http_client.hpp"
#include "processes.hpp"

namespace showfloor::e2e {

inline constexpr int kCars = 300;
inline constexpr std::int64_t kPriceMinor = 1'000'000'00;

class Shop {
   public:
    Shop();  // a copy of the template, serving
    ~Shop();

    void start();  // waits until it answers
    void stop();   // SIGTERM
    void kill();   // -9
    [[nodiscard]] bool running() { return server_ && server_->running(); }
    [[nodiscard]] Child& server() { return *server_; }

    // A call of showfloor-central on this folder; exit 0 or the test fails. Its JSON.
    base::Json central(std::vector<std::string> words);
    // One REST call as the administrator (or whose token it is).
    struct Answer {
        int status = 0;
        base::Json json;
        std::string body;
    };
    Answer ask(const std::string& method, const std::string& path,
               const base::Json& body = nullptr);
    // Every row of a list, page by page.
    std::vector<base::Json> all(const std::string& plural);
    // Runs `verify`: every chain, series, ledger and reference.
    void check_verify();

    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::string password_file(const std::string& login) const;
    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }
    [[nodiscard]] net::HttpClient& client() { return *client_; }
    [[nodiscard]] const Ports& ports() const { return ports_; }
    [[nodiscard]] std::string token();  // of the administrator

   private:
    friend class Template;
    Shop(std::string folder, std::string fingerprint);  // the template's own
    net::HttpResponse send(const std::string& method, const std::string& path,
                           const std::string& body, const std::string& token);

    testing::FreshFolder place_;
    std::string folder_;
    std::string fingerprint_;
    Ports ports_;
    std::optional<Child> server_;
    std::unique_ptr<net::HttpClient> client_;
    std::string token_;
};

// A folder enrolled at a shop.
class Till {
   public:
    explicit Till(Shop& shop, bool filled = true);

    Ran call(std::string_view what, std::vector<std::string> words = {}, const Limits& limits = {});
    // `do` as the seller.
    Ran submit(const std::string& command, const base::Json& args, const Limits& limits = {});
    Ran sell(const base::Json& car, const std::string& customer_id, std::int64_t cash_minor,
             const Limits& limits = {});
    [[nodiscard]] static base::Json sale_args(const base::Json& car, const std::string& customer_id,
                                              std::int64_t cash_minor);
    std::string make_customer();  // its id
    base::Json status();
    void sync();  // --once; must work
    std::vector<base::Json> show(std::vector<std::string> words);
    // `sync` without --once: running until the child goes.
    // When this returns it holds the folder: a call before would hold it in its place.
    [[nodiscard]] Child start_sync() {
        Child child("showfloor-terminal", {"sync", "--data", dir});
        wait_until(
            [&] { return !child.running() || std::filesystem::exists(dir + "/engine.sock"); });
        return child;
    }

    Shop& shop;
    testing::FreshFolder place;
    std::string dir;
};

// The JSON of a line of output; the test fails when it is none.
base::Json json_of(const Ran& ran);

}  // namespace showfloor::e2e
